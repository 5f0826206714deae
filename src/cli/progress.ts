/** Progress of long jobs on stderr: a moving line on a terminal, JSON for a program, silence otherwise. */
import type { SleepProgress } from '../core/sleep/night/order.ts';

export interface Progress {
  /** What is going on: `import`, a sleep phase… */
  readonly stage: string;
  readonly done: number;
  readonly total?: number;
  readonly detail?: string;
  /** Of the whole job, 0..1. */
  readonly share?: number;
}

/** @param how `jsonl` for one JSON object a step; anything else shows a line where stderr is a terminal. */
export function showProgress(how: string | undefined): (progress: Progress) => void {
  if (how === 'jsonl') return (progress) => void process.stderr.write(`${JSON.stringify({ progress })}\n`);
  if (!process.stderr.isTTY) return () => undefined;
  let last = 0;
  return (progress) => {
    /* A person reads at most a few lines a second. */
    const now = performance.now();
    if (now - last < 80 && progress.done !== progress.total) return;
    last = now;
    const count = progress.total === undefined ? `${progress.done}` : `${progress.done}/${progress.total}`;
    process.stderr.write(`\r\x1b[K${progress.stage} ${count} ${progress.detail ?? ''}`);
    if (progress.done === progress.total) process.stderr.write('\r\x1b[K');
  };
}

/** The same for a night: stage, phase, and how far the cycle has come. */
export function showNightProgress(how: string | undefined): (progress: SleepProgress) => void {
  const show = showProgress(how);
  return ({ stage, phase, step, steps }) => show({ stage, done: step, total: steps, detail: phase });
}
