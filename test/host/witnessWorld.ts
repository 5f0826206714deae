/** What the tests of the witness do as a person and as an assistant, and what of it was kept. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { z } from 'zod';
import { unhurried } from '../support/commandLine.ts';
import { findExtension, type ReverieApi } from './extension.ts';

const run = promisify(execFile);

const episodeViews = z.array(
  z.looseObject({ text: z.string(), statement: z.string(), label: z.string(), kind: z.string() }),
);
export type KeptEpisode = z.infer<typeof episodeViews>[number];

export function workspaceFolder(): string {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  assert.ok(folder, 'the tests need a workspace folder');
  return folder;
}

/** The packaged command line, asked as a script would. */
export async function ask(...words: readonly string[]): Promise<unknown> {
  const cli = join(findExtension().extensionPath, 'dist', 'cli.js');
  const { stdout } = await run(process.execPath, [cli, ...words, '--json'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout);
}

export const episodes = async (): Promise<readonly KeptEpisode[]> =>
  episodeViews.parse(await ask('episodes'));

/** Waits until `found` answers something, up to `ms`; says what was waited for when it does not come. */
export async function until<T>(
  what: string,
  found: () => Promise<T | undefined> | T | undefined,
  ms = 20_000,
): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const value = await found();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`waited ${ms / 1000} s for ${what}`);
    await after(100);
  }
}

/** Waits until something about this is kept. */
export const untilKeptAbout = (api: ReverieApi, about: RegExp): Promise<KeptEpisode> =>
  until(`something about ${about} to be kept`, async () => {
    await api.flush();
    return (await episodes()).find(({ text, statement }) => about.test(`${statement} ${text}`));
  });

/** What was kept beyond what had been before. */
export async function keptBecause(
  api: ReverieApi,
  act: () => Promise<void>,
): Promise<readonly KeptEpisode[]> {
  await api.flush();
  const before = (await episodes()).length;
  await act();
  await api.flush();
  const all = await episodes();
  return all.slice(0, all.length - before);
}

/** A file of the workspace, written to disk and shown with the focus in it. */
export async function show(name: string, content: string): Promise<vscode.TextEditor> {
  const file = join(workspaceFolder(), name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file), { preview: false });
}

/** Waits until the window has left its address for agents' hooks. */
export async function untilListening(): Promise<void> {
  const windows = join(process.env['REVERIE_HOME'] ?? '', 'windows');
  await until('the window to listen to agents', () =>
    existsSync(windows) && readdirSync(windows).length > 0 ? true : undefined,
  );
}

/** Tells Reverie as an agent's own hook does, in a process of its own, that a tool wrote a file; the window has heard it then. */
export async function agentSays(
  file: string,
  input: Readonly<Record<string, unknown>>,
  tool = 'create_file',
): Promise<void> {
  const hook = join(findExtension().extensionPath, 'dist', 'cli.js');
  const told = JSON.stringify({
    hook_event_name: 'PostToolUse',
    session_id: 'agent-session',
    cwd: workspaceFolder(),
    tool_name: tool,
    tool_input: { filePath: file, ...input },
    tool_response: 'The file was edited.',
  });
  const hooked = run(process.execPath, [hook, 'hook', 'PostToolUse'], {
    env: { ...process.env, ...unhurried, ELECTRON_RUN_AS_NODE: '1' },
  });
  hooked.child.stdin?.end(told);
  await hooked;
}

/** Puts text into a document as an assistant's extension does: without a caret, undoable. */
export async function agentEdits(
  document: vscode.TextDocument,
  at: vscode.Position,
  text: string,
): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, at, text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/**
 * Another program writes the file, and the editor has read it anew. What comes together with the editor's own save its
 * watcher can take for that: then it is written again.
 */
export async function writeOutside(document: vscode.TextDocument, content: string): Promise<void> {
  let polls = 0;
  await until(
    'the file to be read anew',
    () => {
      if (document.getText() === content) return true;
      if (polls % 50 === 0) writeFileSync(document.uri.fsPath, content);
      polls += 1;
      return undefined;
    },
    60_000,
  );
}

/** Selects each occurrence of `old` in turn and types `now` over it, key by key. */
export async function retype(editor: vscode.TextEditor, old: string, now: string): Promise<void> {
  for (
    let at = editor.document.getText().indexOf(old);
    at >= 0;
    at = editor.document.getText().indexOf(old, at + now.length)
  ) {
    const from = editor.document.positionAt(at);
    editor.selection = new vscode.Selection(from, editor.document.positionAt(at + old.length));
    await vscode.commands.executeCommand('type', { text: now });
  }
}
