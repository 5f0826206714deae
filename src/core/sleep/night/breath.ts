/**
 * How a night stays interruptible: long loops await `breathe()`, which every few milliseconds hands the thread back,
 * hears a stop, keeps the lease alive and watches the time budget.
 */
import { ReverieError } from '../../errors.ts';

/** Real time, whatever the night's own clock says; replaced in tests. */
export interface Pace {
  /** Monotonic milliseconds. */
  elapsed(): number;
  /** Lets everything else on this thread run once. */
  rest(): Promise<void>;
}

export const realPace: Pace = {
  elapsed: () => performance.now(),
  rest: () =>
    new Promise((resolve) => {
      /* A timer costs at least a millisecond each time; where the host has setImmediate, it is nearly free. */
      if (typeof setImmediate === 'function') setImmediate(resolve);
      else setTimeout(resolve, 0);
    }),
};

/** Thrown inside a phase when the night's time is used up; never leaves the cycle. */
export class TimeUsedUp extends Error {}

/** Milliseconds of work between two rests: far below the 200 ms in which a stop must be honoured. */
const sliceMs = 12;
const rested: Promise<void> = Promise.resolve();

export interface BreathOptions {
  readonly pace: Pace;
  readonly signal?: AbortSignal;
  /** On `pace`; the night ends there at the next breath. */
  readonly deadline?: number;
  /** Extends the lease; false = lost. Called about every `heartbeatMs`. */
  readonly heartbeat?: () => Promise<boolean>;
  readonly heartbeatMs: number;
}

export function createBreath(options: BreathOptions): () => Promise<void> {
  const { pace, signal, deadline, heartbeat } = options;
  let sliceEnd = pace.elapsed() + sliceMs;
  let nextBeat = pace.elapsed() + options.heartbeatMs;

  const stopIfAsked = () => {
    if (signal?.aborted === true)
      throw new ReverieError('aborted', 'The sleep was stopped; it goes on from here next time.');
  };
  const rest = async () => {
    await pace.rest();
    stopIfAsked();
    const now = pace.elapsed();
    if (deadline !== undefined && now >= deadline) throw new TimeUsedUp();
    if (heartbeat !== undefined && now >= nextBeat) {
      if (!(await heartbeat())) throw new ReverieError('already-asleep', 'Another sleeper took over.');
      nextBeat = pace.elapsed() + options.heartbeatMs;
    }
    sliceEnd = pace.elapsed() + sliceMs;
  };
  return () => {
    /* Not an async function: the common case must cost next to nothing, it is awaited once a memory. */
    if (signal?.aborted === true) return rest();
    return pace.elapsed() < sliceEnd ? rested : rest();
  };
}
