/**
 * The clocks of the tiers (the continuum memory system of the source documents): fast memories are written at every
 * event, mid ones in every sleep, slow ones, the rules, in every sleep on strong evidence and else only in every
 * fourth. Only sleeps that had something new to replay count: lying down again makes nobody surer.
 */
import type { NightId } from '../../memory.ts';
import { tunables } from '../../tunables.ts';
import type { Change, PhaseContext, SleepSnapshot } from '../phase.ts';

const sleepsFact = 'clocks.sleeps';
const slowFact = 'clocks.slow';

/** How many sleeps there were by some night. */
interface Mark {
  readonly night: NightId;
  readonly sleeps: number;
}

function markOf(snapshot: SleepSnapshot, key: string): Mark | undefined {
  const value = snapshot.facts.get(key);
  if (typeof value !== 'object' || value === null || !('night' in value) || !('sleeps' in value))
    return undefined;
  const { night, sleeps } = value;
  return typeof night === 'string' && typeof sleeps === 'number'
    ? { night: night as NightId, sleeps }
    : undefined;
}

/** This night replays something new: one more sleep; nothing where it was counted already. */
export function sleepCounted(snapshot: SleepSnapshot, context: PhaseContext): readonly Change[] {
  const mark = markOf(snapshot, sleepsFact);
  if (mark?.night === context.night) return [];
  return [
    {
      type: 'fact',
      key: sleepsFact,
      value: { night: context.night, sleeps: (mark?.sleeps ?? 0) + 1 } satisfies Mark,
      why: 'A sleep with something new.',
    },
  ];
}

/**
 * May this sleep write slow memories on weak evidence? The first may, and each that comes `slowEverySleeps` sleeps
 * after the last that did; within such a night all cycles.
 */
export function isSlowDue(snapshot: SleepSnapshot, context: PhaseContext): boolean {
  const written = markOf(snapshot, slowFact);
  if (written === undefined || written.night === context.night) return true;
  const sleeps = markOf(snapshot, sleepsFact)?.sleeps ?? 0;
  return sleeps - written.sleeps >= tunables.clocks.slowEverySleeps;
}

/** The slow tier was gone through in a night in which it was due. */
export function slowWritten(snapshot: SleepSnapshot, context: PhaseContext): readonly Change[] {
  if (markOf(snapshot, slowFact)?.night === context.night) return [];
  return [
    {
      type: 'fact',
      key: slowFact,
      value: { night: context.night, sleeps: markOf(snapshot, sleepsFact)?.sleeps ?? 0 } satisfies Mark,
      why: `Weak evidence is looked at again in ${tunables.clocks.slowEverySleeps} sleeps.`,
    },
  ];
}
