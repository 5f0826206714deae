/** How long our own handlers hold up the extension host: each is timed, and the sum can be asked for. */
import { createHistogram, performance } from 'node:perf_hooks';

export interface WorkloadReport {
  /** Calls of handlers. */
  readonly calls: number;
  /** Milliseconds a call held up the event loop. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** All of them together. */
  readonly total: number;
  /** Calls that took longer than a person may notice. */
  readonly long: number;
  /** The handler that took longest. */
  readonly slowest: string;
}

export interface Workload {
  /** Runs `act` now, timed under `name`. */
  run<T>(name: string, act: () => T): T;
  /** The same handler, timed. */
  timed<Args extends readonly unknown[], T>(
    name: string,
    handler: (...args: Args) => T,
  ): (...args: Args) => T;
  report(): WorkloadReport;
  reset(): void;
}

const nanosecondsPerMs = 1_000_000;
/** A handler is to take no longer, ms. */
const longMs = 5;

export function createWorkload(): Workload {
  const histogram = createHistogram();
  let slowest = { name: '', ms: 0 };
  let [total, long] = [0, 0];
  const run = <T>(name: string, act: () => T): T => {
    const started = performance.now();
    try {
      return act();
    } finally {
      const ms = performance.now() - started;
      histogram.record(Math.max(1, Math.round(ms * nanosecondsPerMs)));
      total += ms;
      if (ms > longMs) long += 1;
      if (ms > slowest.ms) slowest = { name, ms };
    }
  };
  return {
    run,
    timed:
      (name, handler) =>
      (...args) =>
        run(name, () => handler(...args)),
    report: () => ({
      calls: histogram.count,
      p50: histogram.percentile(50) / nanosecondsPerMs,
      p99: histogram.percentile(99) / nanosecondsPerMs,
      max: histogram.count === 0 ? 0 : histogram.max / nanosecondsPerMs,
      total,
      long,
      slowest: slowest.name,
    }),
    reset() {
      [total, long] = [0, 0];
      histogram.reset();
      slowest = { name: '', ms: 0 };
    },
  };
}
