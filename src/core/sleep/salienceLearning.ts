/**
 * Gentle learning, with precision: which dimensions of salience told beforehand what would prove worth keeping? Episodes
 * that stand behind a rule that was obeyed, accepted or reviewed as true are held against those of which nothing came. A
 * dimension that tells the two apart counts for a little more, one that tells them the wrong way round for a little less.
 *
 * Bounded, in small steps, only where many outcomes are known and only when more have become known; and only where it
 * ranks held-out episodes no worse. It changes what later episodes are worth, never those that are there.
 */
import { dayMs, isKnowledge, type Memory, type MemoryId } from '../memory.ts';
import {
  equalWeights,
  type SalienceDimension,
  type SalienceWeights,
  salienceDimensions,
} from '../salience/score.ts';
import { weightsFact, weightsFrom } from '../salience/weights.ts';
import { eachOf } from '../steps.ts';
import { tunables } from '../tunables.ts';
import type { Change, PhaseContext, SleepSnapshot } from './phase.ts';

/** Arousal is not learned: a night eases what hurt once a rule covers it, so what is left of it tells nothing. */
const learned = salienceDimensions.filter((name) => name !== 'arousal');

/** Episodes whose outcome is known, oldest first. */
interface Outcomes {
  readonly worth: readonly Memory[];
  readonly idle: readonly Memory[];
}

/** One change of the fact, or none. */
export async function learnWeights(
  snapshot: SleepSnapshot,
  context: PhaseContext,
): Promise<readonly Change[]> {
  const { least, grown } = tunables.salienceLearning;
  const { worth, idle } = await outcomesIn(snapshot, context);
  if (worth.length < least || idle.length < least) return [];
  const before = snapshot.facts.get(weightsFact);
  const known = worth.length + idle.length;
  if (known < knownBefore(before) * (1 + grown)) return [];
  const weights = weightsFrom(before);
  const next = nextWeights(weights, halfOf({ worth, idle }, 0));
  const test = halfOf({ worth, idle }, 1);
  const better = separation(test, totalBy(next)) >= separation(test, totalBy(weights));
  return [
    {
      type: 'fact',
      key: weightsFact,
      value: { weights: better ? next : weights, known },
      why: better
        ? `Of ${known} episodes whose outcome is known, those that proved worth keeping were told by: ${toldBy(next)}.`
        : `What ${known} known outcomes would teach did not help with held-out ones: the weights stay.`,
    },
  ];
}

const toldBy = (weights: SalienceWeights) =>
  learned.map((name) => `${name} × ${weights[name].toFixed(2)}`).join(', ');

/** How many outcomes the weights were learned from. */
function knownBefore(value: unknown): number {
  if (typeof value !== 'object' || value === null || !('known' in value)) return 0;
  return typeof value.known === 'number' ? value.known : 0;
}

async function outcomesIn(snapshot: SleepSnapshot, context: PhaseContext): Promise<Outcomes> {
  const { unprovedDays, most } = tunables.salienceLearning;
  const proved = new Set<MemoryId>();
  await eachOf(snapshot.memories, context.breathe, (memory) => {
    if (isKnowledge(memory) && memory.status === 'active' && memory.alpha > 1) proved.add(memory.id);
  });
  if (proved.size === 0) return { worth: [], idle: [] };
  const behind = new Set<MemoryId>();
  const confirmed = new Set<MemoryId>();
  await eachOf(snapshot.evidence, context.breathe, ({ memory, episode }) => {
    behind.add(episode);
    if (proved.has(memory)) confirmed.add(episode);
  });
  const worth: Memory[] = [];
  const idle: Memory[] = [];
  await eachOf(snapshot.memories, context.breathe, (memory) => {
    if (memory.kind !== 'episode' || memory.sleptAt === undefined || !context.inScope(memory)) return;
    if (confirmed.has(memory.id)) worth.push(memory);
    else if (
      !behind.has(memory.id) &&
      !memory.pinned &&
      memory.accessCount === 0 &&
      context.now - memory.createdAt >= unprovedDays * dayMs
    )
      idle.push(memory);
  });
  return { worth: worth.slice(-most), idle: idle.slice(-most) };
}

const halfOf = ({ worth, idle }: Outcomes, parity: 0 | 1): Outcomes => {
  const half = (memories: readonly Memory[]) => memories.filter((_, at) => at % 2 === parity);
  return { worth: half(worth), idle: half(idle) };
};

/** A step towards what each dimension deserves: 1 where it tells nothing, the bounds where it tells half as much again. */
function nextWeights(weights: SalienceWeights, outcomes: Outcomes): SalienceWeights {
  const { step, lowest, highest } = tunables.salienceLearning;
  const next: Record<SalienceDimension, number> = { ...equalWeights };
  for (const name of learned) {
    const apart = separation(outcomes, ({ salience }) => salience[name]);
    const deserved = Math.min(highest, Math.max(lowest, 1 + 2 * (apart - 0.5)));
    next[name] = Math.round((weights[name] + step * (deserved - weights[name])) * 100) / 100;
  }
  return next;
}

const totalBy =
  (weights: SalienceWeights) =>
  ({ salience }: Memory) =>
    learned.reduce((sum, name) => sum + weights[name] * salience[name], 0);

/**
 * The chance that `score` puts one that proved worth keeping above one that did not, ties counting half (the area under
 * the ROC curve, by ranks: Mann & Whitney 1947). 0..1; .5 says nothing.
 */
export function separation({ worth, idle }: Outcomes, score: (memory: Memory) => number): number {
  if (worth.length === 0 || idle.length === 0) return 0.5;
  const others = Float64Array.from(idle, score).sort();
  let above = 0;
  for (const memory of worth) {
    const own = score(memory);
    above += (countBelow(others, own, false) + countBelow(others, own, true)) / 2;
  }
  return above / (worth.length * idle.length);
}

/** How many of the ascending `values` are below `bound`, or not above it. */
function countBelow(values: Float64Array, bound: number, inclusive: boolean): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = values[middle] as number;
    if (value < bound || (inclusive && value === bound)) low = middle + 1;
    else high = middle;
  }
  return low;
}
