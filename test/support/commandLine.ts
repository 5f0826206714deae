/** Runs the built command line as a person or a script would: a process of its own, looked at from outside. */
import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  /** Goes to standard input. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export const commandLine = resolve('dist/cli.js');
/** A hook that is to say something has the time for it, on however busy a machine; it stops hard far sooner in use. ms */
export const unhurried = { REVERIE_HOOK_MS: '30000' } as const;

export function start(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd?: string,
): ChildProcess {
  const options = {
    env: { ...process.env, ...unhurried, ...env },
    stdio: 'pipe',
    ...(cwd === undefined ? {} : { cwd }),
  } as const;
  return spawn(process.execPath, [commandLine, ...args], options);
}

/** Runs to the end. `input` goes to standard input. */
export function reverie(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return new Promise((done, reject) => {
    const child = start(args, options.env, options.cwd);
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => done({ code, stdout, stderr }));
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input ?? '');
  });
}

/** The JSON document of a command that must succeed. */
export async function reverieJson(args: readonly string[], options: RunOptions = {}): Promise<unknown> {
  const outcome = await reverie([...args, '--json'], options);
  if (outcome.code !== 0) throw new Error(`reverie ${args[0]} ended with ${outcome.code}: ${outcome.stderr}`);
  return JSON.parse(outcome.stdout);
}
