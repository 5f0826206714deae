import type { Migration } from './migration.ts';

const coming = '(SELECT data_version + 1 FROM coherence)';

const touch = (memory: string) => `INSERT INTO memory_touched (seq, version)
  SELECT seq, ${coming} FROM memories WHERE id = ${memory}
  ON CONFLICT (seq) DO UPDATE SET version = excluded.version`;

/** A memory is as late as the latest moment behind it: what comes to stand behind it, or goes, touches it as well. */
export const m004: Migration = {
  version: 4,
  name: 'evidence touches the memory it stands behind',
  statements: [
    `CREATE TRIGGER evidence_added AFTER INSERT ON evidence BEGIN ${touch('new.memory')}; END`,
    `CREATE TRIGGER evidence_removed AFTER DELETE ON evidence BEGIN ${touch('old.memory')}; END`,
  ],
};
