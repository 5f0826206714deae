/** Free key/value facts, as JSON. */
import { jsonAt, storable, textAt } from './columns.ts';
import type { Row, Session } from './connection.ts';

/** Undefined for a key nobody set. */
export async function factOf(sql: Session, key: string): Promise<unknown> {
  const [row] = await sql.all('SELECT value FROM facts WHERE key = ?', [key]);
  return row === undefined ? undefined : jsonAt(row, 'value');
}

/** `undefined` removes the fact. */
export async function putFact(sql: Session, key: string, value: unknown): Promise<void> {
  const json: string | undefined = JSON.stringify(value);
  if (json === undefined) await sql.run('DELETE FROM facts WHERE key = ?', [key]);
  else {
    await sql.run(
      'INSERT INTO facts (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      [key, storable(json)],
    );
  }
}

/** Those whose key begins so, by key. */
export async function factsOf(sql: Session, beginning: string): Promise<ReadonlyMap<string, unknown>> {
  const rows = await sql.all(
    'SELECT key, value FROM facts WHERE key >= ?1 AND substr(key, 1, length(?1)) = ?1 ORDER BY key',
    [beginning],
  );
  return new Map(rows.map(decodeFact));
}

export const decodeFact = (row: Row): [string, unknown] => [textAt(row, 'key'), jsonAt(row, 'value')];
