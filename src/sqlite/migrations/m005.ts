import type { Migration } from './migration.ts';

/**
 * Each row of the journal and of the phases looks its night up. In the table itself, where each row carries its report, SQLite
 * copies a whole row to compare one name: .2 ms for one of 500 kB. It takes the latest index that fits (decision 146).
 */
export const m005: Migration = {
  version: 5,
  name: 'nights are found without their reports',
  statements: ['CREATE UNIQUE INDEX nights_by_id ON nights (id)'],
};
