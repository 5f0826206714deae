/** Many rows in one statement: a statement per row costs more in crossing to the native side than in SQLite. */
import type { Session, SqlValue } from './connection.ts';

/** SQLite takes at most 32,766 variables in a statement; larger statements stop paying long before. */
const mostVariables = 8000;
const mostRows = 400;

/** Runs `statement(rowsOfPlaceholders)` over all of `rows`; every row has `width` values. Answers rows changed. */
export async function runMany(
  sql: Session,
  rows: readonly (readonly SqlValue[])[],
  width: number,
  statement: (values: string) => string,
): Promise<number> {
  if (rows.length === 0) return 0;
  const size = Math.max(1, Math.min(mostRows, Math.floor(mostVariables / width)));
  let changed = 0;
  for (let from = 0; from < rows.length; ) {
    const left = rows.length - from;
    /* Few different sizes, so that few different statements are kept prepared. */
    const count = left >= size ? size : left >= 20 ? 20 : 1;
    changed += await sql.run(statement(placeholders(count, width)), rows.slice(from, from + count).flat());
    from += count;
  }
  return changed;
}

const placeholders = (rows: number, width: number): string => {
  const row = `(${'?,'.repeat(width - 1)}?)`;
  return `${`${row},`.repeat(rows - 1)}${row}`;
};

/** For `… IN (SELECT value FROM json_each(?))`: one statement for any number of keys. */
export const keys = (values: Iterable<string>): string => JSON.stringify([...values]);

/** One list after the other, each of at most `size`: what is answered at once holds the thread until it is taken over. */
export function* slicesOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}

/** Keys that are looked up at once. */
export const lookupSize = 2000;
