/** From SQLite's result codes to errors a person can act on. */
import { type ErrorReason, ReverieError } from '../core/errors.ts';

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html) that are told apart here. */
export const resultCode = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  interrupted: 9,
  io: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

/** The primary result code of an error of the driver; undefined for any other error. */
export function codeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errno' in error) || typeof error.errno !== 'number') return undefined;
  return error.errno & 0xff;
}

/** Somebody else holds the lock: to be tried again. */
export const isBusy = (error: unknown) => {
  const code = codeOf(error);
  return code === resultCode.busy || code === resultCode.locked;
};

/** The file is not, or no longer, a sound database. A lock, a full disk or a missing right is not damage. */
export const isDamage = (error: unknown) => {
  const code = codeOf(error);
  return code === resultCode.corrupt || code === resultCode.notADatabase;
};

const told: ReadonlyMap<number, readonly [ErrorReason, string]> = new Map([
  [
    resultCode.busy,
    ['database-busy', 'Another program has been writing to the memory for too long. Try again.'],
  ],
  [
    resultCode.locked,
    ['database-busy', 'Another program has been writing to the memory for too long. Try again.'],
  ],
  [
    resultCode.readOnly,
    ['database-read-only', 'The memory cannot be written: the file or its folder is read-only.'],
  ],
  [
    resultCode.corrupt,
    ['database-damaged', 'The memory file is damaged. It will be examined at the next start.'],
  ],
  [
    resultCode.notADatabase,
    ['database-damaged', 'The memory file is damaged. It will be examined at the next start.'],
  ],
  [resultCode.interrupted, ['aborted', 'Stopped; nothing of this step was written.']],
  [resultCode.full, ['unreadable', 'The disk is full: nothing was written.']],
  [resultCode.io, ['unreadable', 'The disk reported an error while the memory was read or written.']],
  [resultCode.cannotOpen, ['unreadable', 'The memory file cannot be opened: check its folder and rights.']],
]);

/** An error of the driver as a ReverieError; others as they are. */
export function toldError(error: unknown): unknown {
  const code = codeOf(error);
  const known = code === undefined ? undefined : told.get(code);
  return known === undefined ? error : new ReverieError(known[0], known[1], { cause: error });
}
