/** What stands in a Reverie home, asked through the packaged command line. */
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);

const memoryView = z.looseObject({
  id: z.string(),
  kind: z.string(),
  text: z.string(),
  statement: z.string(),
  status: z.string(),
  precision: z.number(),
  receipts: z.looseObject({ injected: z.number(), violated: z.number() }).optional(),
  evidence: z.array(z.looseObject({ source: z.string(), session: z.string().optional(), text: z.string() })),
});
export type MemoryInHome = z.infer<typeof memoryView>;

const nightView = z.looseObject({ id: z.string(), state: z.string() });

export interface ReverieHome {
  /** The database. */
  readonly file: string;
  episodes(): Promise<readonly MemoryInHome[]>;
  rules(): Promise<readonly MemoryInHome[]>;
  nights(): Promise<readonly z.infer<typeof nightView>[]>;
  /** Any other command, its JSON unparsed. */
  ask(...words: readonly string[]): Promise<unknown>;
}

/** @param extensions the folder in which the extension's package was installed. */
export async function reverieHome(home: string, extensions: string): Promise<ReverieHome> {
  const folder = (await readdir(extensions)).find((name) => name.startsWith('reverie.reverie-'));
  if (folder === undefined) throw new Error(`The extension is not installed in ${extensions}.`);
  const cli = join(extensions, folder, 'dist', 'cli.js');
  const file = join(home, 'memory.db');
  const ask = async (...words: readonly string[]): Promise<unknown> => {
    const told = await run(process.execPath, [cli, ...words, '--json', '--db', file], {
      maxBuffer: 64 * 1024 * 1024,
    });
    return JSON.parse(told.stdout);
  };
  return {
    file,
    episodes: async () => z.array(memoryView).parse(await ask('episodes')),
    rules: async () => z.array(memoryView).parse(await ask('rules', '--status', 'all')),
    nights: async () => z.array(nightView).parse(await ask('nights')),
    ask,
  };
}

/** Asks until there is an answer; throws what was waited for when there is none in time. */
export async function until<T>(
  what: string,
  question: () => Promise<T | undefined>,
  timeoutMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await question();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s in vain: ${what}.`);
    await after(250);
  }
}
