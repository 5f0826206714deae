/** The files of a database: private to their owner, and set aside – never deleted – when they are damaged. */
import { accessSync, chmodSync, closeSync, constants, mkdirSync, openSync, statSync } from 'node:fs';
import { chmod, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ReverieError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import { reverieHome } from './location.ts';
import { wait } from './wait.ts';

const onlyOwnerFolder = 0o700;
const onlyOwnerFile = 0o600;
/** SQLite gives the log and its index the mode of the database. */
const companions = ['-wal', '-shm'] as const;
/** A process that died while it set a file aside must not block the others for ever, ms. */
const staleLockMs = 10_000;
const lockTriesMs = 20_000;

/*
 * What is asked at every opening is asked without handing over to another thread: each is a single call to the system, and
 * a hook would wait for ten hand-overs.
 */

/** Size in bytes; undefined where there is no such file. */
export function sizeOf(file: string): number | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false })?.size;
  } catch {
    return undefined;
  }
}

/**
 * Makes the folder and an empty file, both for their owner alone, before SQLite could make them for everybody.
 * Only a folder that is ours is narrowed: a database may also stand in `/tmp`. Throws `database-read-only`.
 */
export function prepareFiles(file: string): void {
  const folder = dirname(resolve(file));
  try {
    mkdirSync(folder, { recursive: true, mode: onlyOwnerFolder });
    if (folder === resolve(reverieHome())) chmodSync(folder, onlyOwnerFolder);
    makeIfMissing(file);
  } catch (error) {
    throw new ReverieError(
      'database-read-only',
      'The memory cannot be written: check the rights of its folder.',
      {
        cause: error,
      },
    );
  }
  for (const path of [file, ...companions.map((end) => file + end)]) {
    try {
      chmodSync(path, onlyOwnerFile);
    } catch {
      /* Windows has no such modes, and a file of another user keeps its own. */
    }
  }
}

/**
 * A file that is there is not opened: closing it again would drop the locks that SQLite may hold on it in this process
 * (https://www.sqlite.org/howtocorrupt.html, 2.2).
 */
function makeIfMissing(file: string): void {
  try {
    if (sizeOf(file) === undefined) closeSync(openSync(file, 'wx', onlyOwnerFile));
  } catch (error) {
    /* Another process may have made it meanwhile. */
    if (sizeOf(file) === undefined) throw error;
  }
  accessSync(file, constants.W_OK);
}

/** Left beside a database in which SQLite met damage while it was in use: the next opening looks more closely. */
const suspicion = (file: string) => `${file}.suspect`;
export const isSuspect = (file: string): boolean => sizeOf(suspicion(file)) !== undefined;
export async function markSuspect(file: string): Promise<void> {
  await (await open(suspicion(file), 'a', onlyOwnerFile)).close();
}
export async function clearSuspicion(file: string): Promise<void> {
  await rm(suspicion(file), { force: true });
}

/**
 * Renames the database and its log to `FILE.damaged-TIMESTAMP…`; answers the new path. `stillDamaged` is asked again
 * once no other process can be doing the same: undefined if another was faster and the file is sound by now.
 */
export async function setDamagedAside(
  file: string,
  now: number,
  stillDamaged: () => Promise<boolean>,
  log: Log,
): Promise<string | undefined> {
  const release = await lockFile(`${file}.setting-aside`);
  try {
    if (!(await stillDamaged())) return undefined;
    const stamp = new Date(now).toISOString().replace(/[:.]/g, '-');
    let aside = `${file}.damaged-${stamp}`;
    for (let nth = 2; sizeOf(aside) !== undefined; nth += 1) aside = `${file}.damaged-${stamp}-${nth}`;
    /* The log first: alone, it must never be taken for that of the new database. */
    for (const end of companions) {
      if (sizeOf(file + end) !== undefined) await rename(file + end, aside + end);
    }
    await rename(file, aside);
    await chmod(aside, onlyOwnerFile).catch(() => undefined);
    await clearSuspicion(file);
    log.warn('The database was damaged: it was set aside and a new one begun.');
    return aside;
  } finally {
    await release();
  }
}

async function lockFile(lock: string): Promise<() => Promise<void>> {
  const until = performance.now() + lockTriesMs;
  for (;;) {
    try {
      await (await open(lock, 'wx', onlyOwnerFile)).close();
      return () => rm(lock, { force: true });
    } catch (error) {
      const made = await stat(lock).catch(() => undefined);
      if (made !== undefined && Date.now() - made.mtimeMs > staleLockMs) await rm(lock, { force: true });
      else if (performance.now() > until) {
        throw new ReverieError('database-busy', 'Another program is repairing the memory.', { cause: error });
      } else await wait(20);
    }
  }
}

/** An empty file that is the owner's alone, for a copy. Throws `invalid-input` if there is one already. */
export async function claimNewFile(file: string): Promise<void> {
  try {
    await (await open(file, 'wx', onlyOwnerFile)).close();
  } catch (error) {
    throw new ReverieError(
      'invalid-input',
      'The copy cannot be written there: the file exists or its folder does not.',
      {
        cause: error,
      },
    );
  }
}
