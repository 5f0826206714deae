/**
 * When to sleep: the two-process model (Borbély 1982). Process S, *pressure*, is the salience not slept on yet
 * against a capacity; the place of process C, the daily rhythm, is taken by *opportunity*: the editor is idle, or a time
 * has come that its owner set. High pressure shortens the wait.
 */
import type { Memory } from '../../memory.ts';
import type { MemoryStore } from '../../ports.ts';
import { tunables } from '../../tunables.ts';
import { isUnslept } from './living.ts';

/** Sleep pressure in 0..1 for a summed unslept salience: `min(1, S / capacity)`. */
export function pressureOf(unsleptSalience: number): number {
  return Math.min(1, Math.max(0, unsleptSalience) / tunables.drive.capacity);
}

/** Summed salience of the memories that no night has replayed yet. */
export function unsleptSalience(memories: Iterable<Memory>): {
  readonly salience: number;
  readonly unslept: number;
} {
  let salience = 0;
  let unslept = 0;
  for (const memory of memories) {
    if (!isUnslept(memory)) continue;
    salience += memory.salience.total;
    unslept++;
  }
  return { salience, unslept };
}

/** Pages of episodes read to measure pressure: full pressure is long reached by then. */
const page = 500;
const mostPages = 6;

/** Pressure now, from the store; reads newest episodes first and stops once pressure is full. */
export async function sleepPressure(
  memories: Pick<MemoryStore, 'list'>,
  _now: number,
): Promise<{ readonly pressure: number; readonly unslept: number }> {
  let salience = 0;
  let unslept = 0;
  for (let offset = 0; offset < page * mostPages; offset += page) {
    const found = await memories.list({
      kinds: ['episode'],
      statuses: ['active'],
      order: 'newest',
      limit: page,
      offset,
    });
    const more = unsleptSalience(found);
    salience += more.salience;
    unslept += more.unslept;
    if (found.length < page || pressureOf(salience) === 1) break;
  }
  return { pressure: pressureOf(salience), unslept };
}

export interface Opportunity {
  /** 0..1, see {@link pressureOf}. */
  readonly pressure: number;
  /** How long nobody typed, chatted or ran anything, ms. */
  readonly idleMs: number;
  /** Minutes of idleness wanted at no pressure; default `drive.idleMinutes`. */
  readonly idleMinutes?: number;
  /** A task, debug session or chat answer is under way. */
  readonly busy?: boolean;
  /** The window has lost the focus: counts as a better opportunity. */
  readonly unfocused?: boolean;
  readonly onBatterySaver?: boolean;
  /** Minutes since a time its owner set for sleeping, see {@link minutesSinceAppointed}; undefined where none is near. */
  readonly sinceAppointedMinutes?: number;
  /** Milliseconds since the last night ended; undefined = never slept. */
  readonly sinceLastSleepMs?: number;
}

export type SleepDecision =
  | { readonly sleep: true; readonly why: string }
  | { readonly sleep: false; readonly why: string };

/** Below this there is nothing worth a night: about two plain episodes. */
const leastPressure = 0.05;
/** Two nights by themselves are at least so far apart, unless pressure is full. */
const leastWakeMs = 30 * 60_000;

/** Minutes of idleness wanted at this pressure: from `idleMinutes` at none down to `idleMinutesAtFullPressure` at full. */
export function idleMinutesAt(pressure: number, idleMinutes: number = tunables.drive.idleMinutes): number {
  const least = Math.min(idleMinutes, tunables.drive.idleMinutesAtFullPressure);
  return idleMinutes - (idleMinutes - least) * Math.min(1, Math.max(0, pressure));
}

/** How long after an appointed time a night may still begin by it, minutes. */
const appointmentMinutes = 60;
const dayMinutes = 1440;

/**
 * Minutes since the latest of `times` (`HH:MM` by the clock on the wall), where that is at most an hour ago; what is no
 * time is passed over.
 * @param minuteOfDay minutes since midnight by the same clock, 0..1439
 */
export function minutesSinceAppointed(times: readonly string[], minuteOfDay: number): number | undefined {
  const since = times.flatMap((time) => {
    const [, hours, minutes] = /^\s*([01]?\d|2[0-3]):([0-5]\d)\s*$/.exec(time) ?? [];
    if (hours === undefined || minutes === undefined) return [];
    return (minuteOfDay - (Number(hours) * 60 + Number(minutes)) + dayMinutes) % dayMinutes;
  });
  const latest = Math.min(...since, appointmentMinutes);
  return latest < appointmentMinutes ? latest : undefined;
}

/** Sleep now, or wait, and why. */
export function decideSleep(opportunity: Opportunity): SleepDecision {
  const { pressure, idleMs, sinceLastSleepMs } = opportunity;
  const wait = (why: string): SleepDecision => ({ sleep: false, why });
  if (pressure < leastPressure) return wait('nothing new to sleep on');
  if (opportunity.busy === true) return wait('something is running');
  if (opportunity.onBatterySaver === true) return wait('the machine saves its battery');
  const sinceAppointed = opportunity.sinceAppointedMinutes;
  const appointed =
    sinceAppointed !== undefined &&
    (sinceLastSleepMs === undefined || sinceLastSleepMs > sinceAppointed * 60_000);
  if (!appointed && sinceLastSleepMs !== undefined && sinceLastSleepMs < leastWakeMs && pressure < 1)
    return wait('slept a short while ago');
  /* At an appointed time a pause is enough. */
  const wanted =
    idleMinutesAt(appointed ? 1 : pressure, opportunity.idleMinutes) *
    (opportunity.unfocused === true ? 0.5 : 1);
  const idle = idleMs / 60_000;
  if (idle < wanted) return wait(`idle ${idle.toFixed(1)} of ${wanted.toFixed(1)} minutes`);
  return {
    sleep: true,
    why: `pressure ${(pressure * 100).toFixed(0)} %, idle for ${idle.toFixed(1)} minutes${appointed ? ', at a time that was set' : ''}`,
  };
}
