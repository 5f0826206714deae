/** Registers commands; what goes wrong in one is told to the user in one line, and is never silent. */
import * as vscode from 'vscode';
import { ReverieError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';

/** Command name without `reverie.` → what it does. */
export type CommandTable = Readonly<
  Record<string, (...args: readonly unknown[]) => Promise<unknown> | unknown>
>;

export function registerCommands(table: CommandTable, log: Log): vscode.Disposable {
  const registered = Object.entries(table).map(([name, act]) =>
    vscode.commands.registerCommand(`reverie.${name}`, async (...args: readonly unknown[]) => {
      try {
        return await act(...args);
      } catch (error) {
        tellTrouble(error, log);
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}

/** One line for the person, with the log at hand; a stop they asked for is no trouble. */
export function tellTrouble(error: unknown, log: Log): void {
  if (ReverieError.is(error, 'aborted')) return;
  const message = error instanceof Error ? error.message : String(error);
  log.error(
    ReverieError.is(error)
      ? `${error.reason}`
      : `unexpected: ${error instanceof Error ? error.name : 'error'}`,
  );
  void vscode.window.showErrorMessage(`Reverie: ${message}`, 'Open Log').then((choice) => {
    if (choice === 'Open Log') void vscode.commands.executeCommand('reverie.openLog');
  });
}
