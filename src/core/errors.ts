/** A failure a person can act on. `reason` is for code, `message` one line for the person; never user text. */
export class ReverieError extends Error {
  override readonly name = 'ReverieError';
  constructor(
    readonly reason: ErrorReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** True if `error` is a ReverieError, of `reason` where one is given. */
  static is(error: unknown, reason?: ErrorReason): error is ReverieError {
    return error instanceof ReverieError && (reason === undefined || error.reason === reason);
  }
}

export type ErrorReason =
  /** The database was written by a newer Reverie: it can be read, not written. */
  | 'database-from-future'
  /** The database was damaged: it was set aside under another name and a new one begun. */
  | 'database-damaged'
  /** Another process holds the write lock for too long. */
  | 'database-busy'
  | 'database-read-only'
  | 'database-missing'
  /** Another sleeper holds the lease. */
  | 'already-asleep'
  /** The user came back, or asked for a stop. */
  | 'aborted'
  | 'not-found'
  /** An undo meets a memory that was changed since. */
  | 'undo-conflict'
  /** The journal of that night was let go: it is too long ago. */
  | 'not-undoable'
  | 'invalid-input'
  | 'unreadable'
  /** A text could not be checked for secrets, and so was not written. */
  | 'redaction-failed'
  | 'usage'
  | 'model-unavailable'
  | 'model-answer';
