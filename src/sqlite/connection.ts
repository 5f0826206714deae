/**
 * One connection: promises over the driver, and a queue, because two transactions on one connection would run
 * into each other. Every piece of work is one queue entry: a consistent read or a transaction that is rolled back
 * on any error.
 */
import type * as Driver from '@vscode/sqlite3';
import { ReverieError } from '../core/errors.ts';
import { isBusy, isDamage, toldError } from './failures.ts';
import { wait } from './wait.ts';

export type SqlValue = string | number | null;
export type Row = Readonly<Record<string, SqlValue>>;

/** What work inside the queue may do. Statements are prepared once and kept. */
export interface Session {
  all(sql: string, parameters?: readonly SqlValue[]): Promise<readonly Row[]>;
  /** Answers how many rows were changed. */
  run(sql: string, parameters?: readonly SqlValue[]): Promise<number>;
}

export interface WriteOptions {
  /** False for bookkeeping (leases) that is no change of the memory: the data version stays. Default true. */
  readonly counted?: boolean;
  /**
   * Heard also within a statement: all of the work is then rolled back and throws `aborted`. Heard once it is
   * committed, the answer stands, and only the log is left to be brought into the file by a later write.
   */
  readonly signal?: AbortSignal;
  /** Writes so much that bringing the log into the file takes long: with a `signal` that is a step of its own. */
  readonly large?: boolean;
}

export interface Connection {
  /** A consistent view over several statements. */
  read<T>(work: (sql: Session) => Promise<T>): Promise<T>;
  /** One transaction: all of `work` or nothing. Throws `database-busy`, `database-read-only`, `database-damaged`. */
  write<T>(work: (sql: Session) => Promise<T>, options?: WriteOptions): Promise<T>;
  /** Outside of any transaction: PRAGMA, VACUUM. Tried again while busy. */
  plain<T>(work: (sql: Session) => Promise<T>): Promise<T>;
  /** Several statements without parameters and answers, outside of any transaction, in one call. */
  script(sql: string): Promise<void>;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  readonly file: string;
  readonly readOnly: boolean;
  /** The file will not change while it is open: for folders where not even a lock file can be made. */
  readonly immutable?: boolean;
  /** How long to try for a lock, ms. */
  readonly busyMs: number;
  /** Told once when SQLite says that the file is damaged. */
  readonly onDamage?: () => void;
}

/** Pages of the log after which a COMMIT brings it into the file: SQLite's own default. */
const pagesBeforeCheckpoint = 1000;

/** How long SQLite itself waits for a lock before we hear of it, ms; between the tries others get their turn. */
const nativeBusyMs = 1000;

/** The native module, loaded at the first opening so that activation stays cheap. */
async function loadDriver(): Promise<typeof Driver> {
  const loaded: typeof Driver & { readonly default?: typeof Driver } = await import('@vscode/sqlite3');
  return loaded.default ?? loaded;
}

export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  const driver = await loadDriver();
  const flags = options.readOnly
    ? driver.OPEN_READONLY | driver.OPEN_URI
    : driver.OPEN_READWRITE | driver.OPEN_CREATE | driver.OPEN_URI;
  const address = options.immutable ? `${uriOf(options.file)}?immutable=1` : options.file;
  const database = await new Promise<Driver.Database>((resolve, reject) => {
    const opened = new driver.Database(address, flags, (error) =>
      error ? reject(toldError(error)) : resolve(opened),
    );
  });
  database.configure('busyTimeout', nativeBusyMs);

  const statements = new Map<string, Driver.Statement>();
  let damageTold = false;
  let closed = false;

  const prepared = (sql: string) =>
    new Promise<Driver.Statement>((resolve, reject) => {
      const known = statements.get(sql);
      if (known !== undefined) return resolve(known);
      const statement = database.prepare(sql, (error) => {
        if (error) return reject(error);
        statements.set(sql, statement);
        resolve(statement);
      });
    });
  /** A statement that failed still counts as under way, and would hinder the next COMMIT, until it is reset. */
  const settled = async <T>(
    statement: Driver.Statement,
    start: (done: (error: Error | null, answer: T) => void) => void,
  ): Promise<T> => {
    try {
      return await new Promise<T>((resolve, reject) => {
        start((error, answer) => (error ? reject(error) : resolve(answer)));
      });
    } catch (error) {
      await new Promise<void>((resolve) => statement.reset(() => resolve()));
      throw error;
    }
  };
  const session: Session = {
    async all(sql, parameters = []) {
      const statement = await prepared(sql);
      return settled<readonly Row[]>(statement, (done) => statement.all([...parameters], done));
    },
    async run(sql, parameters = []) {
      const statement = await prepared(sql);
      return settled<number>(statement, (done) =>
        statement.run([...parameters], function (error) {
          done(error, this?.changes ?? 0);
        }),
      );
    },
  };

  /** Tries `step` again while another process holds the lock. Safe only where `step` did nothing when it failed. */
  const patiently = async <T>(step: () => Promise<T>): Promise<T> => {
    const until = performance.now() + options.busyMs;
    for (let tries = 0; ; tries += 1) {
      try {
        return await step();
      } catch (error) {
        if (!isBusy(error) || performance.now() > until) throw error;
        await wait(1 + ((tries * 7) % 23));
      }
    }
  };

  let tail: Promise<unknown> = Promise.resolve();
  const queued = <T>(work: () => Promise<T>): Promise<T> => {
    if (closed) return Promise.reject(new ReverieError('database-missing', 'The memory is closed.'));
    const result = tail.then(work).catch((error: unknown) => {
      if (isDamage(error) && !damageTold) {
        damageTold = true;
        options.onDamage?.();
      }
      throw toldError(error);
    });
    tail = result.catch(() => undefined);
    return result;
  };

  /** Without parameters and answers: in one hand-over to the other thread, where a statement that is kept takes two the first time. */
  const execute = (sql: string) =>
    new Promise<void>((resolve, reject) => {
      database.exec(sql, (error) => (error ? reject(error) : resolve()));
    });

  const transaction = async <T>(begin: string, work: () => Promise<T>): Promise<T> => {
    await patiently(() => execute(begin));
    try {
      const answer = await work();
      await patiently(() => execute('COMMIT'));
      return answer;
    } catch (error) {
      /* Some errors end the transaction by themselves: then there is nothing left to roll back. */
      await execute('ROLLBACK').catch(() => undefined);
      throw error;
    }
  };

  return {
    read: (work) => queued(() => patiently(() => transaction('BEGIN', () => work(session)))),
    write: (work, { counted = true, signal, large = false } = {}) =>
      queued(async () => {
        const all = (heard: Session) =>
          transaction('BEGIN IMMEDIATE', async () => {
            const answer = await work(heard);
            if (counted) await heard.run('UPDATE coherence SET data_version = data_version + 1');
            return answer;
          });
        if (signal === undefined) return all(session);
        const interrupt = () => database.interrupt();
        signal.addEventListener('abort', interrupt, { once: true });
        try {
          /* Nobody can stop a COMMIT that goes on to bring a long log into the file: that is done apart. */
          if (large) await session.all('PRAGMA wal_autocheckpoint = 0');
          const answer = await all(hearing(session, signal));
          if (large && !signal.aborted)
            await session.all('PRAGMA wal_checkpoint(PASSIVE)').catch(() => undefined);
          return answer;
        } finally {
          signal.removeEventListener('abort', interrupt);
          /* Once stopped, what is left to write is little, and must not wait for the log either. */
          if (large && !signal.aborted)
            await session.all(`PRAGMA wal_autocheckpoint = ${pagesBeforeCheckpoint}`);
        }
      }),
    plain: (work) => queued(() => patiently(() => work(session))),
    script: (sql) => queued(() => patiently(() => execute(sql))),
    async close() {
      if (closed) return;
      const done = tail;
      closed = true;
      await done;
      for (const statement of statements.values()) {
        await new Promise<void>((resolve) => statement.finalize(() => resolve()));
      }
      await new Promise<void>((resolve, reject) => {
        database.close((error) => (error ? reject(toldError(error)) : resolve()));
      });
    },
  };
}

/** An interrupt between two statements is heard by neither: so it is asked for before each. */
function hearing(session: Session, signal: AbortSignal): Session {
  const stopIfAsked = () => {
    if (signal.aborted)
      throw new ReverieError('aborted', 'Stopped; nothing of what was under way was written.');
  };
  return {
    async all(sql, parameters) {
      stopIfAsked();
      return session.all(sql, parameters);
    },
    async run(sql, parameters) {
      stopIfAsked();
      return session.run(sql, parameters);
    },
  };
}

const uriOf = (file: string) =>
  `file:${file.replace(/[%?#]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)}`;
