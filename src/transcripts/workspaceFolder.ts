/**
 * The folder that stored chats belong to: VS Code's `workspace.json` or Gemini's `.project_root` stand above them.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { textAt } from './fields.ts';

/** How many folders above a chat the file may stand: `<hash>/GitHub.copilot-chat/transcripts/x.jsonl`. */
const levels = 3;

/** Undefined if there is none, if it cannot be read, or if it names something on another machine. */
export async function workspaceFolderOf(path: string): Promise<string | undefined> {
  let folder = dirname(path);
  for (let level = 0; level < levels; level++) {
    const root = await readFile(join(folder, '.project_root'), 'utf8').catch(() => '');
    if (root.trim().length > 0 && root.length < 4096) return root.trim();
    try {
      const named: unknown = JSON.parse(await readFile(join(folder, 'workspace.json'), 'utf8'));
      return folderOf(textAt(named, 'folder')) ?? parentOf(folderOf(textAt(named, 'workspace')));
    } catch {
      folder = dirname(folder);
    }
  }
  return undefined;
}

function folderOf(uri: string | undefined): string | undefined {
  if (uri === undefined) return undefined;
  try {
    if (uri.startsWith('file:')) return fileURLToPath(uri);
    /* A folder opened through code-server or a remote connection is a path on the machine this runs on. */
    if (uri.startsWith('vscode-remote:')) return decodeURIComponent(new URL(uri).pathname);
  } catch {
    /* Not a location that can be read; the chat is read without one. */
  }
  return undefined;
}

function parentOf(path: string | undefined): string | undefined {
  return path === undefined ? undefined : dirname(path);
}
