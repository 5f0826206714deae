/**
 * A sleep with nothing to do. A night ends when a whole cycle has changed nothing; until something is written, or time
 * makes a difference again, every later night would find the same. So that night leaves a mark, and one that finds the
 * mark writes its hypnogram without looking at all memories again.
 */
import type { Ids } from '../../ports.ts';
import { tunables } from '../../tunables.ts';
import { lastRescaled } from '../homeostasis.ts';
import type { NightMeasures, PhaseReport, SleepPhase, SleepSnapshot } from '../phase.ts';
import { asFirstMeasures } from './account.ts';
import { lastJudged } from './living.ts';
import type { SleepOptions } from './order.ts';
import type { Settled } from './store.ts';

/** All that a night depends on besides the memory and the time: with another basis there may be something to do. */
export function basisOf(ids: Ids, options: SleepOptions, phases: readonly SleepPhase[]): string {
  const { scope, approval = 'balanced', instructions = [], program = '' } = options;
  return ids.derive(
    'x',
    /* A later version may find what this one did not, also where only a bound of it has moved. */
    program,
    JSON.stringify(tunables),
    scope ?? '',
    approval,
    ...phases.map(({ name }) => name),
    ...instructions.map(({ project, file, line, text }) => `${project}\n${file}\n${line}\n${text}`),
  );
}

/** What a night leaves that has settled at `now`. Fading and rescaling are looked at again once a day. */
export function settledAt(snapshot: SleepSnapshot, now: number, basis: string): Settled {
  const restMs = tunables.homeostasis.everyHours * 3_600_000;
  const ends = [now, lastJudged(snapshot) ?? now, ...lastRescaled(snapshot).values()].map(
    (at) => at + restMs,
  );
  return { basis, from: now, until: Math.min(...ends.filter((end) => end > now)) };
}

export const isSettled = ({ basis, from, until }: Settled, now: number, asked: string): boolean =>
  basis === asked && now >= from && now < until;

/** The stages of a night in which nothing has happened since the last one; `last` is what was measured then. */
export function quietStages(
  phases: readonly SleepPhase[],
  started: number,
  last: NightMeasures | undefined,
): readonly PhaseReport[] {
  return phases.map(({ name, stage }, at) => ({
    stage,
    phase: name,
    cycle: 0,
    started,
    ms: 0,
    read: 0,
    changed: 0,
    detail: 'Nothing has happened since the last night.',
    measures: at > 0 ? {} : { settled: 1, ...(last === undefined ? {} : asFirstMeasures(last)) },
  }));
}
