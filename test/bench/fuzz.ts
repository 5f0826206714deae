/**
 * Damaged transcripts and hook inputs, many of them: every reader, every kind of damage. No crash, no hang, nothing
 * readable lost.
 *
 *   npm run bench -- fuzz [INPUTS] [--seed TEXT] [--from N]
 *
 * Each input is made from its number and the seed alone (`test/support/fuzzing.ts`), so that a failure is found again
 * with `--from N` and one input. The readers run on a thread of their own, watched from outside: one that is silent for
 * a minute hangs. Besides, databases of Cursor and OpenCode with damaged bytes and values (one in 500 inputs), and files
 * that grow between two readings (one in 200). Ends with 1 at any failure.
 */

import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { databaseCase, growingCase } from '../support/fuzzFiles.ts';
import { type FuzzCase, fuzzCase } from '../support/fuzzing.ts';

const silentForMs = 60_000;
const mostTold = 10;

interface Order {
  readonly seed: string;
  readonly from: number;
  readonly count: number;
}
interface Outcome {
  readonly counts: readonly (readonly [string, number])[];
  readonly failures: number;
  readonly told: readonly string[];
}

function casesOf(seed: string, number: number): readonly FuzzCase[] {
  return [
    fuzzCase(seed, number),
    ...(number % 500 === 0 ? [databaseCase(seed, number)] : []),
    ...(number % 200 === 0 ? [growingCase(seed, number)] : []),
  ];
}

async function work({ seed, from, count }: Order): Promise<Outcome> {
  const counts = new Map<string, number>();
  const told: string[] = [];
  let failures = 0;
  for (let number = from; number < from + count; number++) {
    if (number % 100 === 0) parentPort?.postMessage(number);
    for (const one of casesOf(seed, number)) {
      const name = `${one.format}: ${one.damage}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      try {
        await one.check();
      } catch (error) {
        failures += 1;
        if (told.length < mostTold)
          told.push(
            `input ${number}, ${name}: ${error instanceof Error ? (error.stack ?? error.message) : error}`,
          );
      }
    }
  }
  return { counts: [...counts], failures, told };
}

if (isMainThread) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seed: { type: 'string', default: 'damage' }, from: { type: 'string', default: '1' } },
  });
  const order: Order = {
    seed: values.seed,
    from: Number(values.from),
    count: Number(positionals[0] ?? 100_000),
  };
  const began = process.cpuUsage();
  const worker = new Worker(new URL(import.meta.url), { workerData: order });
  let last = order.from;
  let heard = performance.now();
  const watch = setInterval(() => {
    if (performance.now() - heard < silentForMs) return;
    console.error(`hangs at an input between ${last} and ${last + 100} of seed “${order.seed}”`);
    process.exit(1);
  }, 1000);
  worker.on('message', (message: number | Outcome) => {
    heard = performance.now();
    if (typeof message === 'number') {
      last = message;
      return;
    }
    clearInterval(watch);
    const { user, system } = process.cpuUsage(began);
    const total = message.counts.reduce((sum, [, count]) => sum + count, 0);
    for (const [name, count] of [...message.counts].sort(([a], [b]) => (a < b ? -1 : 1)))
      console.log(`${String(count).padStart(8)}  ${name}`);
    for (const line of message.told) console.log(`\n${line}`);
    console.log(
      `\n${total} inputs, ${message.failures} failures, ${((user + system) / 1e6).toFixed(0)} s of CPU`,
    );
    process.exitCode = message.failures > 0 ? 1 : 0;
  });
  worker.on('error', (error) => {
    clearInterval(watch);
    throw error;
  });
} else {
  parentPort?.postMessage(await work(workerData));
}
