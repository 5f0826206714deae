import type { Migration } from './migration.ts';

/** What a night left settled: as long as nothing was written since, the next one need not look at everything again. */
export const m003: Migration = {
  version: 3,
  name: 'what a night left settled',
  statements: ['ALTER TABLE nights ADD COLUMN settled TEXT CHECK (settled IS NULL OR json_valid(settled))'],
};
