/** How long our own handlers hold up the extension host: each is timed, and the sum can be asked for. */
import { createHistogram, performance } from 'node:perf_hooks';

export interface HandlerLoad {
  readonly name: string;
  readonly calls: number;
  /** Milliseconds. */
  readonly total: number;
  readonly max: number;
}

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
  /**
   * The same of the processor's time alone, without what other programs took in between; only since a reset, and where
   * the runtime can tell (Node 24).
   */
  readonly processor?: { readonly p99: number; readonly max: number; readonly long: number };
  /** The handler that took longest. */
  readonly slowest: string;
  /** Each of the handlers, the costliest first. */
  readonly each: readonly HandlerLoad[];
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

/** Processor time of this thread so far, ms; undefined in an older runtime. */
function processorTime(): number | undefined {
  const usage = (process as { threadCpuUsage?: () => NodeJS.CpuUsage }).threadCpuUsage?.();
  return usage === undefined ? undefined : (usage.user + usage.system) / 1000;
}

export function createWorkload(): Workload {
  const histogram = createHistogram();
  const processor = createHistogram();
  /* Asking costs as much as a short handler: only who measures wants it. */
  let measuring = false;
  let longProcessor = 0;
  let slowest = { name: '', ms: 0 };
  let long = 0;
  const each = new Map<string, { calls: number; total: number; max: number }>();
  const run = <T>(name: string, act: () => T): T => {
    const before = measuring ? processorTime() : undefined;
    const started = performance.now();
    try {
      return act();
    } finally {
      const ms = performance.now() - started;
      if (before !== undefined) {
        const spent = (processorTime() ?? before) - before;
        processor.record(Math.max(1, Math.round(spent * nanosecondsPerMs)));
        if (spent > longMs) longProcessor += 1;
      }
      histogram.record(Math.max(1, Math.round(ms * nanosecondsPerMs)));
      const load = each.get(name) ?? { calls: 0, total: 0, max: 0 };
      each.set(name, { calls: load.calls + 1, total: load.total + ms, max: Math.max(load.max, ms) });
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
      total: [...each.values()].reduce((sum, load) => sum + load.total, 0),
      long,
      ...(processor.count === 0
        ? {}
        : {
            processor: {
              p99: processor.percentile(99) / nanosecondsPerMs,
              max: processor.max / nanosecondsPerMs,
              long: longProcessor,
            },
          }),
      slowest: slowest.name,
      each: [...each]
        .map(([name, load]) => ({ name, ...load }))
        .sort((one, other) => other.total - one.total),
    }),
    reset() {
      long = 0;
      longProcessor = 0;
      measuring = true;
      processor.reset();
      each.clear();
      histogram.reset();
      slowest = { name: '', ms: 0 };
    },
  };
}
