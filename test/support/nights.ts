/** Nights slept and nights put together by hand, and everything that one can change. */
import type { Database } from '../../src/core/database.ts';
import type { NightId } from '../../src/core/memory.ts';
import { sleepOneNight } from '../../src/core/sleep/cycle.ts';
import type { SleepDeps, SleepOptions } from '../../src/core/sleep/night/order.ts';
import type { NightReport, PhaseName, PhaseReport } from '../../src/core/sleep/phase.ts';
import { fixedClock, noon, silentLog, testIds } from './builders.ts';
import type { SleepStoreTwin } from './sleepStore.ts';

const tokenizer = { count: (text: string) => Math.ceil(text.length / 4) };

/** A whole night over the twin of a store, at a time that stands still. */
export const sleep = (
  store: SleepStoreTwin,
  at: number,
  options: Partial<SleepOptions> = {},
  deps: Partial<SleepDeps> = {},
): Promise<NightReport> =>
  sleepOneNight(
    { sleep: store, clock: fixedClock(at), ids: testIds, tokenizer, log: silentLog, ...deps },
    { owner: 'test', fixedClock: true, ...options },
  );

export const nightId = (name: string) => name as NightId;

export const phaseReport = (name: PhaseName, fields: Partial<PhaseReport> = {}): PhaseReport => ({
  stage: 'N2',
  phase: name,
  cycle: 0,
  started: noon,
  ms: 3,
  read: 5,
  changed: 1,
  detail: 'Something happened.',
  measures: { factor: 0.93 },
  ...fields,
});

/** Everything a night can change. */
export async function everything({ sleep }: Database) {
  const { memories, links, evidence, receipts, facts } = await sleep.snapshot(noon);
  return { memories, links, evidence, receipts, facts: [...facts] };
}
