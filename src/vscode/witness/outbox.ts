/** What was witnessed waits here and goes, many at once, to a process of low priority that keeps it. */
import { ReverieError } from '../../core/errors.ts';
import type { Log } from '../../core/ports.ts';
import type { Observation } from '../../core/witness/observation.ts';
import type { Worker } from '../worker.ts';
import type { Workload } from './workload.ts';

export interface Outbox {
  push(observation: Observation): void;
  /** Sends what waits, now. */
  flush(): Promise<void>;
  /** Drops what waits. */
  clear(): void;
  dispose(): void;
}

/** After the last observation, ms; and at most so many wait. */
const restMs = 5_000;
const mostWaiting = 200;

export function createOutbox(deps: {
  readonly worker: Worker;
  readonly log: Log;
  readonly workload: Workload;
  /** Asked again when it is sent: what may no longer be kept is dropped. */
  readonly mayKeep: () => boolean;
  readonly sent: () => void;
}): Outbox {
  let waiting: Observation[] = [];
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> = Promise.resolve();

  async function send(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const observations = waiting;
    waiting = [];
    if (observations.length === 0 || !deps.mayKeep()) return;
    const input = observations.map((one) => JSON.stringify(one)).join('\n');
    try {
      await deps.workload.run('send', () => deps.worker.run(['observe'], { input }));
      deps.sent();
    } catch (error) {
      deps.log.warn(
        `what was witnessed could not be kept: ${ReverieError.is(error) ? error.reason : 'unexpected'}`,
      );
    }
  }
  const flush = () => {
    sending = sending.then(send);
    return sending;
  };
  return {
    push(observation) {
      waiting = [...waiting.slice(-mostWaiting), observation];
      clearTimeout(timer);
      timer = setTimeout(() => void flush(), restMs);
    },
    flush,
    clear() {
      clearTimeout(timer);
      waiting = [];
    },
    dispose() {
      void send();
    },
  };
}
