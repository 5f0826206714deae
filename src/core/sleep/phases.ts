/** The phases of a cycle, in the order of the night: N1 → N2 → N3 → REM. A new phase is one file and one line here. */
import { ReverieError } from '../errors.ts';
import { consolidate } from './consolidate.ts';
import { crystallization } from './crystallization.ts';
import { dream } from './dream.ts';
import { expertise } from './expertise.ts';
import { homeostasis } from './homeostasis.ts';
import type { PhaseName, SleepPhase } from './phase.ts';
import { precision } from './precision.ts';
import { propagation } from './propagation.ts';
import { prune } from './prune.ts';
import { reorganize } from './reorganize.ts';
import { replay } from './replay.ts';

export const sleepPhases: readonly SleepPhase[] = [
  replay,
  homeostasis,
  propagation,
  precision,
  crystallization,
  reorganize,
  consolidate,
  prune,
  dream,
  expertise,
];

const names = sleepPhases.map(({ name }) => name);

/** The numbers people know the phases by; `precision` has none and goes with the other two of N2. */
const numbered: readonly (readonly PhaseName[])[] = [
  ['replay'],
  ['homeostasis', 'precision'],
  ['propagation', 'precision'],
  ['crystallization'],
  ['reorganize'],
  ['consolidate'],
  ['prune'],
  ['dream'],
  ['expertise'],
];

/**
 * Those of `all` that were asked for, by number (1–9) or name, in the order of the night; all where nothing was
 * asked for. Throws `invalid-input` for what is no phase.
 */
export function selectPhases(
  all: readonly SleepPhase[],
  wanted: readonly (number | string)[] | undefined,
): readonly SleepPhase[] {
  if (wanted === undefined || wanted.length === 0) return all;
  const names = new Set<PhaseName>();
  for (const one of wanted) for (const name of namesOf(one)) names.add(name);
  return all.filter((phase) => names.has(phase.name));
}

function namesOf(wanted: number | string): readonly PhaseName[] {
  const text = String(wanted).trim().toLowerCase();
  const byNumber = /^\d+$/.test(text) ? numbered[Number(text) - 1] : undefined;
  if (byNumber !== undefined) return byNumber;
  const byName = names.find((name) => name === text);
  if (byName !== undefined) return [byName];
  throw new ReverieError(
    'invalid-input',
    `There is no such sleep phase; they are 1 to 9 or ${names.join(', ')}.`,
  );
}
