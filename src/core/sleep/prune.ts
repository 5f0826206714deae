/**
 * Phase 7, N3: what has faded and never mattered is archived (still found as a fallback, restorable); links that
 * have worn thin are dropped. Rules do not die silently: those long unused and unproved go to the review queue.
 */
import { dayMs, effectiveStrength, isLesson, type Memory, type MemoryId } from '../memory.ts';
import { eachOf, sortedOf } from '../steps.ts';
import { tunables } from '../tunables.ts';
import { count } from './night/counting.ts';
import { idsOf, judgedAt, judgingTime, linkWeight, livingIn } from './night/living.ts';
import { ration } from './night/rations.ts';
import type { Change, SleepPhase } from './phase.ts';

export const doubtfulFact = 'review.doubtful';

/** Faded, never salient, not pinned, and no conclusion. */
export function mayBePruned(memory: Memory, now: number): boolean {
  const { below, salient } = tunables.prune;
  return (
    !memory.pinned &&
    !isLesson(memory) &&
    memory.salience.total < salient &&
    effectiveStrength(memory, now) < below
  );
}

/** A rule nobody used for long and nothing ever proved. */
function isDoubtful(memory: Memory, now: number): boolean {
  return (
    isLesson(memory) &&
    memory.status === 'active' &&
    !memory.pinned &&
    memory.alpha + memory.beta <= 2 &&
    now - memory.lastAccessedAt > tunables.prune.reviewDays * dayMs
  );
}

export const prune: SleepPhase = {
  name: 'prune',
  stage: 'N3',
  async run(snapshot, context) {
    const now = judgingTime(snapshot, context.now);
    const living = await livingIn(snapshot, context);
    const faded: { readonly memory: Memory; readonly strength: number }[] = [];
    let fading = 0;
    const doubtful: MemoryId[] = [];
    for (const memory of living) {
      await context.breathe();
      const strength = effectiveStrength(memory, now);
      if (strength < tunables.bands.moderate) fading++;
      if (mayBePruned(memory, now)) faded.push({ memory, strength });
      if (isDoubtful(memory, now)) doubtful.push(memory.id);
    }
    const weakest = await sortedOf(
      faded,
      (a, b) => a.strength - b.strength || (a.memory.id < b.memory.id ? -1 : 1),
      context.breathe,
    );
    const chosen = weakest.slice(0, ration('N3', context.cycle, faded.length));
    const changes: Change[] = [];
    await eachOf(chosen, context.breathe, ({ memory, strength }) => {
      changes.push({
        type: 'update',
        id: memory.id,
        patch: { status: 'archived' },
        why: `Faded to ${strength.toFixed(3)} and never salient (${memory.salience.total.toFixed(2)}): archived, can be restored.`,
      });
    });
    const inScope = await idsOf(living, context.breathe);
    let dropped = 0;
    await eachOf(snapshot.links, context.breathe, (link) => {
      /* What contradicts or replaces what is a fact, not an association: it does not wear off. */
      if (link.kind === 'contradicts' || link.kind === 'supersedes') return;
      if (!inScope.has(link.from) || linkWeight(link, now) >= tunables.prune.linkFloor) return;
      changes.push({
        type: 'unlink',
        from: link.from,
        to: link.to,
        kind: link.kind,
        why: `Worn below ${tunables.prune.linkFloor}.`,
      });
      dropped++;
    });
    const outside = previouslyDoubtful(snapshot.facts.get(doubtfulFact)).filter(
      (id) => !inScope.has(id as MemoryId),
    );
    const known: ReadonlySet<string> =
      outside.length === 0 ? new Set() : await idsOf(snapshot.memories, context.breathe);
    const queue = [...outside.filter((id) => known.has(id)), ...doubtful].sort();
    if (queue.join(' ') !== previouslyDoubtful(snapshot.facts.get(doubtfulFact)).join(' ')) {
      changes.push({
        type: 'fact',
        key: doubtfulFact,
        value: queue,
        why: 'Rules unused and unproved for long are asked about, not forgotten.',
      });
    }
    if (fading > 0 || snapshot.links.length > 0) changes.push(...judgedAt(snapshot, now));
    return {
      changes,
      report: {
        read: living.length,
        detail:
          chosen.length + dropped === 0
            ? 'Nothing has faded.'
            : `Archived ${count(chosen.length, 'faded memory', 'faded memories')} and dropped ${count(dropped, 'worn link')}${doubtful.length > 0 ? `; to review: ${count(doubtful.length, 'old rule')}` : ''}.`,
        measures: {
          archived: chosen.length,
          left: faded.length - chosen.length,
          dropped,
          doubtful: doubtful.length,
        },
      },
    };
  },
};

function previouslyDoubtful(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : [];
}
