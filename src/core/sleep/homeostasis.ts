/**
 * Phase 2, N2: synaptic homeostasis (Tononi & Cirelli 2014). Waking makes everything stronger; sleep scales all of it
 * down by one factor, so that differences stay and room is made, then lifts what matters.
 */
import { dayMs, effectiveStrength, type Memory } from '../memory.ts';
import { eachOf } from '../steps.ts';
import { tunables } from '../tunables.ts';
import { clamp01, livingIn } from './night/living.ts';
import { homeOf } from './night/neighbourhood.ts';
import type { Change, SleepPhase, SleepSnapshot } from './phase.ts';

const factKey = 'homeostasis.lastAt';

/**
 * When each project (and '', the user's own) was last rescaled. Kept by project, since a night may be cued to one.
 * Anything that is not such a table counts as never.
 */
export function lastRescaled(snapshot: SleepSnapshot): ReadonlyMap<string, number> {
  const value = snapshot.facts.get(factKey);
  if (typeof value !== 'object' || value === null) return new Map();
  return new Map(
    Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

/** `max(minFactor, target / mean)` where the mean is above target, else 1. */
export function scalingFactor(mean: number): number {
  const { target, minFactor } = tunables.homeostasis;
  return mean > target ? Math.max(minFactor, target / mean) : 1;
}

/** What is added after scaling: salient, lately used, often used. */
export function boostOf(memory: Memory, now: number): number {
  const { salient, salientBoost, recentDays, recentBoost, oftenCount, oftenBoost } = tunables.homeostasis;
  return (
    (memory.salience.total >= salient ? salientBoost : 0) +
    (now - memory.lastAccessedAt <= recentDays * dayMs ? recentBoost : 0) +
    (memory.accessCount >= oftenCount ? oftenBoost : 0)
  );
}

/** Only waking strengthens: what a night itself made out of others is nothing new. */
function wasLivedSince({ kind, createdAt, lastAccessedAt }: Memory, since: number): boolean {
  if (kind === 'episode') return createdAt > since || lastAccessedAt > since;
  return lastAccessedAt > since && lastAccessedAt > createdAt;
}

export const homeostasis: SleepPhase = {
  name: 'homeostasis',
  stage: 'N2',
  async run(snapshot, context) {
    const { now } = context;
    const last = lastRescaled(snapshot);
    const restMs = tunables.homeostasis.everyHours * 3_600_000;
    const due = new Map<string, boolean>();
    const isDue = (memory: Memory) => {
      const home = homeOf(memory);
      let answer = due.get(home);
      if (answer === undefined) {
        answer = now - (last.get(home) ?? Number.NEGATIVE_INFINITY) >= restMs;
        due.set(home, answer);
      }
      return answer;
    };
    /* Pinned memories keep the strength their owner gave them. */
    const memories: Memory[] = [];
    let sum = 0;
    let fresh = last.size === 0;
    for (const memory of await livingIn(snapshot, context)) {
      await context.breathe();
      if (memory.pinned || !isDue(memory)) continue;
      memories.push(memory);
      sum += effectiveStrength(memory, now);
      const since = last.get(homeOf(memory)) ?? Number.NEGATIVE_INFINITY;
      fresh ||= wasLivedSince(memory, since);
    }
    const mean = memories.length === 0 ? 0 : sum / memories.length;
    const factor = fresh ? scalingFactor(mean) : 1;
    const measures = { mean: round(mean), factor: round(factor) };
    if (factor === 1) {
      const why =
        memories.length === 0 || !fresh
          ? 'nothing new since the last rescaling'
          : 'the mean is not above the target';
      return {
        changes: [],
        report: {
          read: memories.length,
          detail: `Mean strength ${mean.toFixed(2)}: ${why}.`,
          measures: { ...measures, boosted: 0 },
        },
      };
    }

    const changes: Change[] = [];
    const scaled = new Set<string>();
    const homes = new Set<string>();
    let boosted = 0;
    for (const memory of memories) {
      await context.breathe();
      scaled.add(memory.id);
      homes.add(homeOf(memory));
      const boost = boostOf(memory, now);
      if (boost > 0) boosted++;
      const strength = clamp01(memory.strength * factor + boost);
      if (strength === memory.strength) continue;
      changes.push({
        type: 'update',
        id: memory.id,
        patch: { strength },
        why: `All strengths × ${factor.toFixed(3)}, as their mean was ${mean.toFixed(2)}${boost > 0 ? `; + ${boost.toFixed(2)} as it matters or is used` : ''}.`,
      });
    }
    const why = `All links × ${factor.toFixed(3)}, with the memories.`;
    await eachOf(snapshot.links, context.breathe, (link) => {
      if (!scaled.has(link.from)) return;
      changes.push({ type: 'link', link: { ...link, weight: clamp01(link.weight * factor) }, why });
    });
    const times = Object.fromEntries(
      [...last, ...[...homes].map((home): [string, number] => [home, now])].sort(([a], [b]) =>
        a < b ? -1 : 1,
      ),
    );
    changes.push({
      type: 'fact',
      key: factKey,
      value: times,
      why: 'Strengths are rescaled at most once a day.',
    });
    return {
      changes,
      report: {
        read: memories.length,
        detail: `Mean strength ${mean.toFixed(2)} was above ${tunables.homeostasis.target}: all strengths and links × ${factor.toFixed(3)}, ${boosted} lifted again.`,
        measures: { ...measures, boosted },
      },
    };
  },
};

const round = (value: number) => Math.round(value * 10_000) / 10_000;
