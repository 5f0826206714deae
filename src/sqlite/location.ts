/** Where the one memory of this machine lives. */
import { createHash } from 'node:crypto';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** `$REVERIE_HOME`, else `~/.reverie`. */
export function reverieHome(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const named = env['REVERIE_HOME']?.trim();
  return named ? named : join(homedir(), '.reverie');
}

/** `$REVERIE_HOME/memory.db`. */
export function databaseFile(env?: Readonly<Record<string, string | undefined>>): string {
  return join(reverieHome(env), 'memory.db');
}

/** What a language model was asked last, beside the database `file`: it holds words of memories and goes with them. */
export function modelRequestsFile(file: string): string {
  return join(dirname(file), 'last-model-requests.jsonl');
}

/** Longest path of a socket that every system takes. */
const longestSocketPath = 100;

/**
 * Where the windows that watch leave their address, one file each. A home too far down for a socket has its folder
 * among the temporary ones.
 */
export function windowsFolder(env?: Readonly<Record<string, string | undefined>>): string {
  const folder = join(reverieHome(env), 'windows');
  if (process.platform === 'win32' || folder.length + 20 <= longestSocketPath) return folder;
  return join(tmpdir(), `reverie-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`);
}

/** The address on which the window that left `name` in `folder` listens: a socket, on Windows a named pipe. */
export function windowAddress(folder: string, name: string): string {
  if (process.platform !== 'win32') return join(folder, name);
  const mark = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  return `\\\\.\\pipe\\reverie-${mark}-${name}`;
}
