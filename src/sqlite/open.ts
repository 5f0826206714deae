/** Opens the memory: makes it, brings it up to date, or sets a damaged one aside and begins anew. */
import { writeFileSync } from 'node:fs';
import type { Database } from '../core/database.ts';
import { ReverieError } from '../core/errors.ts';
import type { Clock, Log } from '../core/ports.ts';
import { checkDatabase } from './check.ts';
import { type Connection, openConnection } from './connection.ts';
import { createCursorStore } from './cursorStore.ts';
import { diagnose, diagnoseFile, type Finding, isCurrent } from './diagnosis.ts';
import { factOf, factsOf, putFact } from './facts.ts';
import { claimNewFile, clearSuspicion, isSuspect, prepareFiles, setDamagedAside, sizeOf } from './files.ts';
import { createMemoryStore } from './memoryStore.ts';
import { migrate } from './migrations/migrate.ts';
import { createReceiptStore } from './receiptStore.ts';
import { createSleepStore } from './sleepStore.ts';

export interface OpenOptions {
  readonly file: string;
  /** `read` never writes, not even the index of the log where that can be helped. Default `write`. */
  readonly mode?: 'write' | 'read';
  readonly log: Log;
  /** When things were done, in the journal; and the present, for strength and leases. Default the system's. */
  readonly clock?: Clock;
  /** How long to try for a lock before `database-busy`, ms. Default 15,000; a hook wants less. */
  readonly busyMs?: number;
}

const systemClock: Clock = { now: () => Date.now() };
const defaultBusyMs = 15_000;

interface Opened {
  readonly connection: Connection;
  readonly writable: Database['writable'];
  readonly setAside?: string;
}

/**
 * Throws `database-missing` (mode `read`, no file), `database-busy`, `database-read-only` (a file that would have to
 * be made or brought up to date, but cannot be), `invalid-input` (a sound database of another program).
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const clock = options.clock ?? systemClock;
  const busyMs = options.busyMs ?? defaultBusyMs;
  const opened =
    options.mode === 'read'
      ? await openForReading(options, busyMs)
      : await openForWriting(options, clock, busyMs, false);
  const { connection, writable } = opened;
  const mayWrite = () => {
    if (writable === true) return;
    throw new ReverieError(
      writable.reason,
      writable.reason === 'database-from-future'
        ? 'The memory was written by a newer Reverie: update this one. Until then it is only read.'
        : 'The memory is open for reading only.',
    );
  };
  return {
    memories: createMemoryStore({ connection, mayWrite, clock, file: options.file }),
    receipts: createReceiptStore(connection, mayWrite),
    cursors: createCursorStore(connection, mayWrite),
    sleep: createSleepStore({ connection, mayWrite, clock }),
    writable,
    ...(opened.setAside !== undefined && { setAside: opened.setAside }),
    getFact: (key) => connection.plain((sql) => factOf(sql, key)),
    getFacts: (beginning) => connection.plain((sql) => factsOf(sql, beginning)),
    async setFact(key, value) {
      mayWrite();
      await connection.write((sql) => putFact(sql, key, value));
    },
    check: () => checkDatabase(connection, writable === true),
    async backup(file) {
      await claimNewFile(file);
      await connection.plain((sql) => sql.run('VACUUM INTO ?', [file]));
    },
    close: () => connection.close(),
  };
}

async function connect(
  file: string,
  readOnly: boolean,
  busyMs: number,
  immutable = false,
): Promise<Connection> {
  const connection = await openConnection({
    file,
    readOnly,
    immutable,
    busyMs,
    /* At once and without a promise: the process may be about to end. */
    onDamage: () => {
      try {
        writeFileSync(`${file}.suspect`, '', { mode: 0o600 });
      } catch {
        /* A folder that cannot be written: then nothing can be set aside either. */
      }
    },
  });
  return connection;
}

/**
 * The cache is in KiB (negative by SQLite's convention): what does not fit is kept by the system, and what a large write
 * changes goes into the log with each statement, which can be stopped, instead of all of it with the COMMIT, which cannot
 * (decisions 90, 140). Of the log's space so much is kept after a checkpoint, in bytes. One script, because each call is handed to another thread and back, at every
 * start of a hook.
 */
const configuration = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA foreign_keys = ON;
  PRAGMA secure_delete = ON;
  PRAGMA cache_size = -8192;
  PRAGMA journal_size_limit = 16777216;`;

const configure = (connection: Connection): Promise<void> => connection.script(configuration);

async function openForWriting(
  options: OpenOptions,
  clock: Clock,
  busyMs: number,
  again: boolean,
): Promise<Opened> {
  const { file, log } = options;
  let finding: Finding;
  let connection: Connection | undefined;
  try {
    prepareFiles(file);
  } catch (error) {
    if ((sizeOf(file) ?? 0) > 0) return openForReading(options, busyMs);
    throw error;
  }
  try {
    connection = await connect(file, false, busyMs);
    finding = await diagnose(file, connection);
  } catch (error) {
    await connection?.close();
    if (!ReverieError.is(error, 'database-damaged')) throw error;
    connection = undefined;
    finding = { state: 'damaged' };
  }
  switch (finding.state) {
    case 'empty':
    case 'ours':
      if (connection === undefined) break;
      try {
        await configure(connection);
        if (!isCurrent(finding)) await migrate(connection, log);
        if (isSuspect(file)) await repairIndex(connection, file, log);
      } catch (error) {
        await connection.close();
        throw error;
      }
      return { connection, writable: true };
    case 'future':
      await connection?.close();
      log.warn(
        `The database is of version ${finding.version}, from a newer Reverie: it is opened for reading only.`,
      );
      return { connection: await connect(file, true, busyMs), writable: { reason: 'database-from-future' } };
    case 'foreign':
      await connection?.close();
      throw new ReverieError(
        'invalid-input',
        'The file is a database of another program, not a memory of Reverie.',
      );
    case 'damaged': {
      await connection?.close();
      const stillDamaged = async () => (await diagnoseFile(file, busyMs)).state === 'damaged';
      const setAside = await setDamagedAside(file, clock.now(), stillDamaged, log);
      if (again) break;
      const opened = await openForWriting(options, clock, busyMs, true);
      return setAside === undefined ? opened : { ...opened, setAside };
    }
  }
  throw new ReverieError('database-damaged', 'The memory file is damaged and could not be replaced.');
}

/** The tables are sound (or we would not be here); the index can be made from them anew. */
async function repairIndex(connection: Connection, file: string, log: Log): Promise<void> {
  await connection.write((sql) => sql.run(`INSERT INTO memory_index (memory_index) VALUES ('rebuild')`));
  await clearSuspicion(file);
  log.info('The search index was made anew after a sign of damage.');
}

async function openForReading(options: OpenOptions, busyMs: number): Promise<Opened> {
  const { file, log } = options;
  if ((sizeOf(file) ?? 0) === 0) throw new ReverieError('database-missing', 'There is no memory yet.');
  const connection = await connectForReading(file, busyMs);
  const finding = await diagnose(file, connection).catch(async (error: unknown) => {
    await connection.close();
    throw error;
  });
  const readOnly = { connection, writable: { reason: 'database-read-only' } } as const;
  if (isCurrent(finding)) return readOnly;
  if (finding.state === 'future') return { connection, writable: { reason: 'database-from-future' } };
  await connection.close();
  switch (finding.state) {
    case 'empty':
      throw new ReverieError('database-missing', 'There is no memory yet.');
    case 'damaged':
      throw new ReverieError(
        'database-damaged',
        'The memory file is damaged. It is replaced when it is next written.',
      );
    case 'foreign':
      throw new ReverieError(
        'invalid-input',
        'The file is a database of another program, not a memory of Reverie.',
      );
    case 'ours': {
      /* Of an older version: brought up to date first, because everything here speaks only the newest. */
      const writer = await connect(file, false, busyMs);
      try {
        await configure(writer);
        await migrate(writer, log);
      } finally {
        await writer.close();
      }
      return { connection: await connect(file, true, busyMs), writable: { reason: 'database-read-only' } };
    }
  }
}

/** In a folder that cannot be written SQLite can make no index of the log: without a log it needs none. */
async function connectForReading(file: string, busyMs: number): Promise<Connection> {
  const connection = await connect(file, true, busyMs);
  try {
    await connection.plain((sql) => sql.all('SELECT count(*) FROM sqlite_schema'));
    return connection;
  } catch (error) {
    await connection.close();
    const noIndex = ReverieError.is(error, 'unreadable') || ReverieError.is(error, 'database-read-only');
    if (noIndex && (sizeOf(`${file}-wal`) ?? 0) === 0) {
      return connect(file, true, busyMs, true);
    }
    if (ReverieError.is(error, 'database-damaged')) {
      throw new ReverieError(
        'database-damaged',
        'The memory file is damaged. It is replaced when it is next written.',
        {
          cause: error,
        },
      );
    }
    throw error;
  }
}
