/**
 * The database, opened when it is first needed and not before: activation must cost next to nothing. Trouble with
 * it is told to the user once, in words they can act on.
 */
import * as vscode from 'vscode';
import type { Database } from '../core/database.ts';
import { ReverieError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';

export interface MemoryAccess extends vscode.Disposable {
  /** The open database. Rejects with ReverieError where it cannot be opened. */
  open(): Promise<Database>;
  /** The same, if it was opened already. */
  readonly opened: Database | undefined;
  /** Closes it (a restore or a deletion replaces the file); the next use opens it again. */
  close(): Promise<void>;
}

export function createMemoryAccess(deps: {
  readonly openDatabase: () => Promise<Database>;
  readonly log: Log;
}): MemoryAccess {
  let opening: Promise<Database> | undefined;
  let opened: Database | undefined;

  async function begin(): Promise<Database> {
    const database = await deps.openDatabase();
    opened = database;
    if (database.setAside !== undefined) {
      void vscode.window.showWarningMessage(
        `Reverie's database was damaged. It is kept as ${database.setAside}; a new one was begun.`,
      );
    }
    if (database.writable !== true) {
      void vscode.window.showWarningMessage(
        database.writable.reason === 'database-from-future'
          ? 'Reverie: the memory was written by a newer version. It can be read, not changed: please update the extension.'
          : 'Reverie: the memory can be read, not changed: its file or folder is read-only.',
      );
    }
    return database;
  }

  return {
    open() {
      opening ??= begin().catch((error: unknown) => {
        opening = undefined;
        const message = error instanceof Error ? error.message : String(error);
        deps.log.error(
          `the memory could not be opened: ${ReverieError.is(error) ? error.reason : 'unexpected'}`,
        );
        void vscode.window.showErrorMessage(`Reverie cannot open its memory: ${message}`);
        throw error;
      });
      return opening;
    },
    get opened() {
      return opened;
    },
    async close() {
      const closing = opening;
      opening = undefined;
      opened = undefined;
      await (await closing?.catch(() => undefined))?.close();
    },
    dispose() {
      void this.close();
    },
  };
}
