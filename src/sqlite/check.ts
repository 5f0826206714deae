/** Is everything sound? For `doctor` and after drills. */
import { ReverieError } from '../core/errors.ts';
import { numberAt, textAt } from './columns.ts';
import type { Connection } from './connection.ts';

/** One sentence for each fault; empty = sound. The index is compared only where this process may write. */
export async function checkDatabase(connection: Connection, writable: boolean): Promise<readonly string[]> {
  const faults = await connection.read(async (sql) => {
    const found: string[] = [];
    for (const row of await sql.all('PRAGMA integrity_check')) {
      const line = textAt(row, 'integrity_check');
      if (line !== 'ok') found.push(line);
    }
    for (const row of await sql.all('PRAGMA foreign_key_check')) {
      found.push(`A row of ${textAt(row, 'table')} points to a missing row of ${textAt(row, 'parent')}.`);
    }
    const [unindexed] = await sql.all(
      'SELECT count(*) AS n FROM memories m WHERE NOT EXISTS (SELECT 1 FROM memory_terms t WHERE t.seq = m.seq)',
    );
    if (unindexed !== undefined && numberAt(unindexed, 'n') > 0) {
      found.push(`${numberAt(unindexed, 'n')} memories are not in the search index.`);
    }
    return found;
  });
  if (!writable) return faults;
  try {
    await connection.write(
      (sql) => sql.run(`INSERT INTO memory_index (memory_index, rank) VALUES ('integrity-check', 1)`),
      { counted: false },
    );
    return faults;
  } catch (error) {
    if (!ReverieError.is(error, 'database-damaged')) throw error;
    return [
      ...faults,
      'The search index does not agree with the memories; it is made anew at the next start.',
    ];
  }
}
