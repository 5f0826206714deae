/** What this editor leaves for the hooks, which run outside of it: its runtime, its folders and its settings. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { settingsFact } from '../core/injection/hookFacts.ts';
import type { Log } from '../core/ports.ts';
import type { MemoryAccess } from './memoryAccess.ts';
import { hookSettings, untouchedHookSettings } from './settings.ts';

/** Below the home: what the files of connected assistants held before. */
export const connectionsFolder = 'connections';
/** Settings that are as they were are left once the editor has settled, ms. */
const settledMs = 15_000;

/** Where hooks are met. */
export interface HooksReach {
  readonly commandLine: string;
  /** The folder of the memory. */
  readonly home: string;
  /** The variable that names a window's folders. */
  readonly foldersVariable: string;
  readonly log: Log;
}

/**
 * Hooks run where there may be no `node` on the PATH: they use this editor's runtime. Children of this process find
 * it in the environment, other programs in a file.
 * @param moved called where assistants were connected and this program or its runtime was elsewhere before.
 */
export function leaveWordForHooks(
  context: vscode.ExtensionContext,
  { commandLine, home, foldersVariable, log }: HooksReach,
  moved: () => void,
): void {
  process.env['REVERIE_RUNTIME'] = process.execPath;
  /* Hooks of this window notice nothing before its owner trusts the workspace. */
  if (!vscode.workspace.isTrusted) {
    process.env['REVERIE_UNTRUSTED'] = '1';
    context.subscriptions.push(
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        delete process.env['REVERIE_UNTRUSTED'];
      }),
    );
  }
  const leaveFolders = () => leaveFoldersIn(foldersVariable);
  leaveFolders();
  context.subscriptions.push(vscode.workspace.onDidChangeWorkspaceFolders(leaveFolders));
  if (context.extensionMode === vscode.ExtensionMode.Test) return;
  setImmediate(() => {
    try {
      mkdirSync(home, { recursive: true, mode: 0o700 });
      const places = { runtime: process.execPath, 'cli-path': commandLine };
      let elsewhere = false;
      for (const [name, place] of Object.entries(places)) {
        const file = join(home, name);
        elsewhere ||= existsSync(file) && readFileSync(file, 'utf8') !== place;
        writeFileSync(file, place, { mode: 0o600 });
      }
      if (elsewhere && existsSync(join(home, connectionsFolder))) moved();
    } catch {
      log.warn(
        'the runtime for hooks could not be written down: assistants outside this editor need node on the PATH',
      );
    }
  });
}

/** In a window of several folders an agent's hook is told one of them only. */
function leaveFoldersIn(variable: string): void {
  const folders = (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => uri.fsPath);
  if (folders.length > 1) process.env[variable] = JSON.stringify(folders);
  else delete process.env[variable];
}

/** Hooks cannot read the editor's settings: those that concern them are left in the database. */
export function watchSettings(seen: vscode.Memento, access: MemoryAccess, log: Log): vscode.Disposable {
  const leave = async () => {
    const database = await access.open();
    const settings = hookSettings();
    if (database.writable !== true) return;
    await database.setFact(settingsFact, settings);
    await seen.update(settingsFact, JSON.stringify(settings));
  };
  const tryLeave = () => leave().catch(() => log.warn('the settings could not be left for the hooks'));
  /* What was changed while no editor was open is left before a hook may ask for it; else there is no hurry. */
  const hurry =
    seen.get(settingsFact, JSON.stringify(untouchedHookSettings)) !== JSON.stringify(hookSettings());
  const first = setTimeout(tryLeave, hurry ? 0 : settledMs);
  return vscode.Disposable.from(
    new vscode.Disposable(() => clearTimeout(first)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('reverie')) void tryLeave();
    }),
  );
}
