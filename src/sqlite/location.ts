/** Where the one memory of this machine lives. */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** `$REVERIE_HOME`, else `~/.reverie`. */
export function reverieHome(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const named = env['REVERIE_HOME']?.trim();
  return named ? named : join(homedir(), '.reverie');
}

/** `$REVERIE_HOME/memory.db`. */
export function databaseFile(env?: Readonly<Record<string, string | undefined>>): string {
  return join(reverieHome(env), 'memory.db');
}
