/** How long our own handlers hold up the extension host: each is timed, and the sum can be asked for. */
import { createHistogram, performance } from 'node:perf_hooks';

export interface WorkloadReport {
  /** Calls of handlers. */
  readonly calls: number;
  /** Milliseconds a call held up the event loop. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
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

export function createWorkload(): Workload {
  const histogram = createHistogram();
  let slowest = { name: '', ms: 0 };
  const run = <T>(name: string, act: () => T): T => {
    const started = performance.now();
    try {
      return act();
    } finally {
      const ms = performance.now() - started;
      histogram.record(Math.max(1, Math.round(ms * nanosecondsPerMs)));
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
      slowest: slowest.name,
    }),
    reset() {
      histogram.reset();
      slowest = { name: '', ms: 0 };
    },
  };
}
