/** Another program's SQLite database, opened to be read only. Its owner may be running and writing to it. */

import { statSync } from 'node:fs';
import type * as Driver from '@vscode/sqlite3';
import { type Fields, isFields } from './fields.ts';

export type StoredValue = string | number | null | Uint8Array;
export type StoredRow = Readonly<Record<string, StoredValue>>;

export interface SqliteFile {
  all(sql: string, parameters?: readonly (string | number)[]): Promise<readonly StoredRow[]>;
  close(): Promise<void>;
}

/** How long to wait for the owner's lock, ms. */
const busyMs = 2000;

async function loadDriver(): Promise<typeof Driver> {
  const loaded: typeof Driver & { readonly default?: typeof Driver } = await import('@vscode/sqlite3');
  return loaded.default ?? loaded;
}

/** Throws the driver's error where the file is no database, is damaged, or may not be read. */
export async function openSqliteFile(path: string): Promise<SqliteFile> {
  const driver = await loadDriver();
  const address = `file:${path.replace(/[%?#]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`;
  try {
    return await openAt(driver, `${address}?mode=ro`);
  } catch (error) {
    /* Where not even the lock file may be made: as it stands, without what is still in its log. */
    if (error instanceof Error && /SQLITE_(CANTOPEN|READONLY)/.test(error.message))
      return openAt(driver, `${address}?immutable=1`);
    throw error;
  }
}

async function openAt(driver: typeof Driver, address: string): Promise<SqliteFile> {
  const database = await new Promise<Driver.Database>((resolve, reject) => {
    const opened = new driver.Database(address, driver.OPEN_READONLY | driver.OPEN_URI, (error) =>
      error ? reject(error) : resolve(opened),
    );
  });
  database.configure('busyTimeout', busyMs);
  const file: SqliteFile = {
    all: (sql, parameters = []) =>
      new Promise((resolve, reject) => {
        database.all(sql, [...parameters], (error: Error | null, rows: readonly StoredRow[]) =>
          error ? reject(error) : resolve(rows),
        );
      }),
    close: () => new Promise((resolve) => database.close(() => resolve())),
  };
  try {
    await file.all('SELECT count(*) FROM sqlite_schema');
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The words of a value that is text, or bytes of text. */
export function storedText(value: StoredValue | undefined): string {
  if (typeof value === 'string') return value;
  return value instanceof Uint8Array
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8')
    : '';
}

/** Size and time of a database with what is still in its log: the file alone does not change with every write. */
export function databaseState(path: string): { readonly size: number; readonly mtimeMs: number } {
  const { size, mtimeMs } = statSync(path);
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  /* Looking at a database leaves an empty log behind. */
  if (log === undefined || log.size === 0) return { size, mtimeMs };
  return { size: size + log.size, mtimeMs: Math.max(mtimeMs, log.mtimeMs) };
}

/** Stays the same while the database is the one it was, and changes if another was put in its place. */
export function databaseIdentity(path: string): string {
  const { ino, birthtimeMs } = statSync(path);
  return `${ino}:${Math.round(birthtimeMs)}`;
}

/** A stored JSON object; undefined for anything else. */
export function storedFields(value: StoredValue | undefined): Fields | undefined {
  try {
    const read: unknown = JSON.parse(storedText(value));
    return isFields(read) ? read : undefined;
  } catch {
    return undefined;
  }
}
