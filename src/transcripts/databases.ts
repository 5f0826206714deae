/** What a database of conversations holds, counted without reading any of them. */
import { openSqliteFile, type StoredRow } from './sqliteFile.ts';

export interface CountedDatabase {
  readonly conversations: number;
  /** Epoch ms; absent where the database does not say. */
  readonly from?: number;
  readonly to?: number;
}

export const isDatabase = (path: string): boolean => /\.(vscdb|db)$/.test(path);

const questions: Readonly<Record<string, string>> = {
  cursor: `SELECT count(*) AS conversations FROM cursorDiskKV
    WHERE key > 'composerData:' AND key < 'composerData;'`,
  opencode: `SELECT count(*) AS conversations, min(time_created) AS earliest, max(time_updated) AS latest
    FROM session WHERE parent_id IS NULL`,
};

/** None where the database has no such table (every editor of VS Code's family has one of that name). */
export async function countDatabase(path: string, assistant: string): Promise<CountedDatabase> {
  const question = questions[assistant];
  if (question === undefined) return { conversations: 0 };
  const file = await openSqliteFile(path).catch(() => undefined);
  if (file === undefined) return { conversations: 0 };
  try {
    const [row] = await file.all(question);
    const from = numberIn(row, 'earliest');
    const to = numberIn(row, 'latest');
    return {
      conversations: numberIn(row, 'conversations') ?? 0,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    };
  } catch {
    return { conversations: 0 };
  } finally {
    await file.close();
  }
}

function numberIn(row: StoredRow | undefined, column: string): number | undefined {
  const value = row?.[column];
  return typeof value === 'number' ? value : undefined;
}
