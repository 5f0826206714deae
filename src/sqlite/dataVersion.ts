import { numberAt } from './columns.ts';
import type { Session } from './connection.ts';

/** Moves by one with every committed write, of whatever process. */
export async function dataVersion(sql: Session): Promise<number> {
  const [row] = await sql.all('SELECT data_version FROM coherence');
  return row === undefined ? 0 : numberAt(row, 'data_version');
}
