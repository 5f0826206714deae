/** Nights put together by hand, and everything that one can change. */
import type { Database } from '../../src/core/database.ts';
import type { NightId } from '../../src/core/memory.ts';
import type { PhaseName, PhaseReport } from '../../src/core/sleep/phase.ts';
import { noon } from './builders.ts';

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
