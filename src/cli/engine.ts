/** What the engine is told before a command that reads a whole history. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Flag = readonly [set: string, back: string];

/** Major versions of V8: 11 is that of Node 20, 13 that of Node 24. */
const firstWithTurbofanCount = 13;
const lastWithPlainBudget = 11;

/**
 * A pattern is compiled at its first use, not interpreted first and compiled at its second: there are some nine hundred of
 * them, and both costs three times as much. And a function is optimised only after it ran much longer than usual, for
 * otherwise the engine spends a sixth of an import on code that is hardly used afterwards (decision 115).
 */
function bulkFlags(): readonly Flag[] {
  const major = Number.parseInt(process.versions.v8, 10);
  const flags: Flag[] = [['--no-regexp-tier-up', '--regexp-tier-up']];
  if (major === lastWithPlainBudget) flags.push(['--interrupt-budget=600000', '--interrupt-budget=67584']);
  if (major >= firstWithTurbofanCount)
    flags.push(['--invocation-count-for-turbofan=15000', '--invocation-count-for-turbofan=3000']);
  return flags;
}

/** From so many memories on what V8 has not collected yet would make up most of what a night holds. */
const manyMemories = 20_000;

/**
 * Usually V8 lets old garbage grow to several times of what lives before it collects it. A night on many memories looks
 * earlier, at a third more: half the memory for some more processor time (decision 122).
 */
const earlyCollection: Flag = ['--heap-growing-percent=30', '--heap-growing-percent=0'];

/**
 * To be called by a command once it is loaded: code that was compiled under other flags, Node's own as well, is not used.
 * At the end they are as before, so that what is kept of this run's code (`compiled.ts`) fits the next one.
 * @param memories how many the command will hold at once.
 */
export function tuneForBulk(memories = 0): void {
  const flags = [...bulkFlags(), ...(memories < manyMemories ? [] : [earlyCollection])];
  for (const [set] of flags) setFlagsFromString(set);
  process.prependOnceListener('exit', () => {
    for (const [, back] of flags) setFlagsFromString(back);
  });
}

/**
 * {@link tuneForBulk} before an import, and before any file is opened: reading and writing wait for each other anyway, and
 * each thread of the pool keeps what it once asked the system for (decision 140).
 */
export function tuneForImport(): void {
  process.env.UV_THREADPOOL_SIZE ??= '1';
  tuneForBulk();
}

/** Bytes of new objects after which garbage is looked for. What an import holds on to is some 50 MB. */
const sweepAfter = 20 * 1024 * 1024;

/**
 * To be called now and then by a command that makes much garbage for long: the engine lets its heap grow to three or four
 * times of what is alive before it looks for garbage that has survived for a while (decision 140). A sweep takes some
 * 50 ms.
 */
export function createSweep(): () => void {
  setFlagsFromString('--expose-gc');
  /* An engine whose flags are settled at its start has none. */
  const collect: (() => void) | undefined = runInNewContext('globalThis.gc');
  setFlagsFromString('--no-expose-gc');
  if (collect === undefined) return () => undefined;
  let alive = process.memoryUsage().heapUsed;
  return () => {
    if (process.memoryUsage().heapUsed - alive < sweepAfter) return;
    collect();
    alive = process.memoryUsage().heapUsed;
  };
}
