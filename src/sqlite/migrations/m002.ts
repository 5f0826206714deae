import type { Migration } from './migration.ts';

/** The data version that the write under way will have made. */
const coming = '(SELECT data_version + 1 FROM coherence)';

const touch = (what: string) => `INSERT INTO memory_touched (seq, version) VALUES (${what}, ${coming})
  ON CONFLICT (seq) DO UPDATE SET version = excluded.version`;

/** What was touched when: other processes bring their index up to date with this and need not read everything again. */
export const m002: Migration = {
  version: 2,
  name: 'when each memory was last touched',
  statements: [
    `CREATE TABLE memory_touched (
      seq INTEGER PRIMARY KEY,
      version INTEGER NOT NULL
    )`,
    'CREATE INDEX memory_touched_by_version ON memory_touched (version)',
    `CREATE TRIGGER memories_added AFTER INSERT ON memories BEGIN ${touch('new.seq')}; END`,
    `CREATE TRIGGER memories_changed AFTER UPDATE ON memories BEGIN ${touch('new.seq')}; END`,
    `CREATE TRIGGER memories_removed AFTER DELETE ON memories BEGIN ${touch('old.seq')}; END`,
  ],
};
