/** Long jobs run in a process of their own, at low priority, so that the editor never feels them. */
import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { z } from 'zod/mini';
import { ReverieError } from '../core/errors.ts';
import { ModelFailure } from '../core/model.ts';
import { type AnswerLine, type AskLine, parseNightLine } from '../core/modelBridge.ts';
import type { Log } from '../core/ports.ts';

const progressLine = z.object({
  progress: z.object({
    stage: z.string(),
    done: z.number(),
    total: z.optional(z.number()),
    detail: z.optional(z.string()),
    share: z.optional(z.number()),
  }),
});

export type WorkerProgress = z.infer<typeof progressLine>['progress'];

/** A language model's answer to what a night asks. Rejects with ModelFailure. */
export type AnswerQuestion = (
  question: Omit<AskLine['ask'], 'id'>,
  signal: AbortSignal,
) => Promise<{ readonly text: string; readonly model: string }>;

export interface Worker {
  /**
   * Runs one command of the command line and answers its JSON document. An abort stops it at a safe point (what it
   * had committed stays). `input` goes to its standard input: no text of the user's is ever an argument, which other
   * processes could see. With `acceptFailure` the answer of a command that failed is an answer too. Throws ReverieError: `aborted`, or `unreadable` with the command's own one-line reason.
   */
  run(
    args: readonly string[],
    options?: {
      readonly signal?: AbortSignal;
      readonly onProgress?: (progress: WorkerProgress) => void;
      readonly input?: string;
      readonly acceptFailure?: boolean;
      /** Added to the environment of this process only: for what must not be an argument either. */
      readonly env?: Readonly<Record<string, string>>;
      /** Answers what the command asks a language model (`--model parent`). */
      readonly answer?: AnswerQuestion;
    },
  ): Promise<unknown>;
}

/** Nice value of the job; 19 is the lowest priority there is. */
const niceness = 15;
/**
 * On Linux each thread keeps memory of its own for what it asks for, and hardly gives it back: a fifth of what a long import
 * holds. One place for all of them costs no time that could be measured (decision 97). Other systems do not know the word.
 */
export const leanMemory = { MALLOC_ARENA_MAX: '1' } as const;
/**
 * For a night, whose phases each need other things: what is larger than 128 KiB is given back to the system when it is let
 * go. Without a word the bound moves up to 32 MiB, and what a phase needed stays with the process (decision 122).
 */
export const nightMemory = { MALLOC_MMAP_THRESHOLD_: '131072' } as const;
/** A job that was asked to stop and does not is ended after so long, ms: every phase is atomic, nothing is lost. */
const patienceMs = 2_000;

export function createWorker(options: {
  readonly commandLine: string;
  readonly database: string;
  readonly log: Log;
}): Worker {
  return {
    run: (args, { signal, onProgress, input, acceptFailure, env, answer } = {}) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(new ReverieError('aborted', 'Stopped.'));
        const child = spawn(
          process.execPath,
          [options.commandLine, ...args, '--json', '--db', options.database],
          {
            env: { ...leanMemory, ...process.env, ...env, ELECTRON_RUN_AS_NODE: '1' },
            stdio: ['pipe', 'pipe', 'pipe'],
            windowsHide: true,
          },
        );
        if (child.pid !== undefined) {
          try {
            setPriority(child.pid, niceness);
          } catch {
            options.log.debug('the job runs at normal priority: the system does not allow another');
          }
        }
        let output = '';
        let reason = '';
        let patience: NodeJS.Timeout | undefined;
        const stop = () => {
          child.kill('SIGTERM');
          patience = setTimeout(() => child.kill('SIGKILL'), patienceMs);
        };
        signal?.addEventListener('abort', stop, { once: true });
        child.stdin.on('error', () => options.log.debug('the job ended before it had read its input'));
        const bridge =
          answer === undefined
            ? undefined
            : createBridge(answer, (line) => child.stdin.write(`${JSON.stringify(line)}\n`));
        if (bridge === undefined) child.stdin.end(input ?? '');
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          output += text;
        });
        createInterface({ input: child.stderr }).on('line', (line) => {
          const progress = parseProgress(line);
          if (progress !== undefined) onProgress?.(progress);
          else if (bridge?.hear(line)) return;
          else if (line.startsWith('reverie: ')) reason = line.slice('reverie: '.length);
          else options.log.warn(line);
        });
        child.on('error', (error) =>
          reject(new ReverieError('unreadable', `The job could not be started: ${error.message}`)),
        );
        child.on('close', (code) => {
          clearTimeout(patience);
          bridge?.close();
          signal?.removeEventListener('abort', stop);
          if (code === 0 || (acceptFailure && output !== '')) {
            try {
              return resolve(JSON.parse(output));
            } catch (error) {
              return reject(new ReverieError('unreadable', 'The job answered no JSON.', { cause: error }));
            }
          }
          if (signal?.aborted) return reject(new ReverieError('aborted', 'Stopped.'));
          reject(new ReverieError('unreadable', reason === '' ? `The job ended with code ${code}.` : reason));
        });
      }),
  };
}

function parseProgress(line: string): WorkerProgress | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const parsed = progressLine.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data.progress : undefined;
  } catch {
    return undefined;
  }
}

/** Hears the night's questions, and writes the answers; what the night gave up is no longer asked. */
function createBridge(
  answer: AnswerQuestion,
  write: (line: AnswerLine) => void,
): { hear(line: string): boolean; close(): void } {
  const asked = new Map<number, AbortController>();
  const reply = async ({ id, ...question }: AskLine['ask']) => {
    const abort = new AbortController();
    asked.set(id, abort);
    try {
      const answered = await answer(question, abort.signal);
      if (asked.has(id)) write({ answer: { id, ...answered } });
    } catch (error) {
      const kind = error instanceof ModelFailure ? error.kind : 'unavailable';
      if (asked.has(id)) write({ answer: { id, error: kind } });
    } finally {
      asked.delete(id);
    }
  };
  return {
    hear(line) {
      const heard = parseNightLine(line);
      if (heard === undefined) return false;
      if ('ask' in heard) void reply(heard.ask);
      else {
        asked.get(heard.cancel.id)?.abort();
        asked.delete(heard.cancel.id);
      }
      return true;
    },
    close() {
      for (const abort of asked.values()) abort.abort();
      asked.clear();
    },
  };
}
