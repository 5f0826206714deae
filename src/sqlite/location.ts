/** Where the one memory of this machine lives. */
import { homedir } from 'node:os';
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
