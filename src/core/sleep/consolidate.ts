/**
 * Phase 6, N3: weak memories that belong together become one stronger one. The merged memory is there before its
 * sources are archived; nothing it knew is lost, and every source can be restored.
 */
import { effectiveStrength, type Lesson, type Link, type Memory, type MemoryId } from '../memory.ts';
import { type Breathe, eachOf, sortedOf } from '../steps.ts';
import { tunables } from '../tunables.ts';
import { count } from './night/counting.ts';
import { episodesBehind, idsOf, judgedAt, judgingTime, linkWeight, livingIn } from './night/living.ts';
import { byHome, createNeighbourhood, homeOf } from './night/neighbourhood.ts';
import { ration } from './night/rations.ts';
import { linkKey } from './night/snapshot.ts';
import type { Change, PhaseContext, SleepPhase, SleepSnapshot } from './phase.ts';

export const consolidate: SleepPhase = {
  name: 'consolidate',
  stage: 'N3',
  async run(snapshot, context) {
    const at = judgingTime(snapshot, context.now);
    const weak: Memory[] = [];
    for (const memory of await livingIn(snapshot, context)) {
      await context.breathe();
      if (mayMerge(memory, at)) weak.push(memory);
    }
    const groups = await groupsOf(weak, context);
    const chosen = groups.slice(0, ration('N3', context.cycle, groups.length));
    const sources = await episodesBehind(chosen.length > 0 ? snapshot.evidence : [], context.breathe);
    const known = await idsOf(snapshot.memories, context.breathe);
    const changes: Change[] = [];
    const replaced = new Map<MemoryId, MemoryId>();
    let merged = 0;
    for (const group of chosen) {
      await context.breathe();
      const memory = mergedMemory(group, context);
      if (known.has(memory.id)) continue;
      merged++;
      const evidence = new Set(
        group.flatMap((one) => (one.kind === 'episode' ? [one.id] : (sources.get(one.id) ?? []))),
      );
      changes.push({
        type: 'create',
        memory,
        evidence: [...evidence].sort(),
        why: `${group.length} weak memories say much the same; together they hold better.`,
      });
      for (const one of group) {
        replaced.set(one.id, memory.id);
        changes.push({
          type: 'update',
          id: one.id,
          patch: { status: 'archived', replacedBy: memory.id },
          why: 'Merged with others like it; can be restored.',
        });
      }
    }
    await movedLinks(snapshot, replaced, context, changes);
    if (weak.length > 0) changes.push(...judgedAt(snapshot, at));
    return {
      changes,
      report: {
        read: weak.length,
        detail:
          merged === 0
            ? `${count(weak.length, 'weak memory', 'weak memories')}, none of which belong together.`
            : `Merged ${replaced.size} weak memories into ${merged}.`,
        measures: {
          weak: weak.length,
          merged,
          mergedFrom: replaced.size,
          left: groups.length - chosen.length,
        },
      },
    };
  },
};

/** Weak, in use, and not itself a conclusion; what is disputed or outdated is not carried on. */
export function mayMerge(memory: Memory, now: number): boolean {
  return (
    (memory.kind === 'episode' || memory.kind === 'merged') &&
    memory.status === 'active' &&
    !memory.pinned &&
    !memory.oneOff &&
    memory.contradictedBy === undefined &&
    memory.obsoleteAt === undefined &&
    effectiveStrength(memory, now) < tunables.consolidate.below
  );
}

const bySalience = (a: Memory, b: Memory) => b.salience.total - a.salience.total || (a.id < b.id ? -1 : 1);

/** Groups around the most salient member: each other member is like it, and nobody says the opposite of anybody. */
async function groupsOf(
  weak: readonly Memory[],
  context: PhaseContext,
): Promise<readonly (readonly Memory[])[]> {
  const { related, minGroup, maxGroup } = tunables.consolidate;
  if (weak.length < minGroup) return [];
  const neighbourhood = await createNeighbourhood(weak, context.breathe);
  const holds = await holdsOf(weak, context.breathe);
  const taken = new Set<MemoryId>();
  const groups: { readonly seed: Memory; readonly members: readonly Memory[] }[] = [];
  const seeds = await byHome(await sortedOf(weak, bySalience, context.breathe), context.breathe);
  for (const seed of seeds) {
    await context.breathe();
    if (taken.has(seed.id)) continue;
    const near = neighbourhood.near(seed, {
      atLeast: related,
      limit: maxGroup - 1,
      may: (other, own) => holds[other] === holds[own] && !taken.has((weak[other] as Memory).id),
    });
    const group = [seed];
    for (const { memory, opposite, likeness } of near) {
      if (opposite || likeness < related) continue;
      if (group.some((member) => member !== seed && neighbourhood.compare(member, memory).opposite)) continue;
      group.push(memory);
    }
    if (group.length < minGroup) continue;
    for (const { id } of group) taken.add(id);
    /* A member may be more salient than the seed: one that found no group of its own. */
    groups.push({ seed, members: group.sort(bySalience) });
  }
  const foremost = await sortedOf(groups, (a, b) => bySalience(a.seed, b.seed), context.breathe);
  return foremost.map(({ members }) => members);
}

/** Only what holds for the same place and is of the same kind of event is merged: such memories have the same number. */
async function holdsOf(memories: readonly Memory[], breathe: Breathe): Promise<Uint32Array> {
  const numbers = new Map<string, number>();
  const holds = new Uint32Array(memories.length);
  await eachOf(memories, breathe, (memory, at) => {
    const glob = memory.scope.level === 'path' ? memory.scope.glob : '';
    const name = JSON.stringify([homeOf(memory), glob, memory.label]);
    const known = numbers.get(name) ?? numbers.size;
    numbers.set(name, known);
    holds[at] = known;
  });
  return holds;
}

/** One memory out of several. `group[0]`, the most salient, gives the words. */
export function mergedMemory(
  group: readonly Memory[],
  context: Pick<PhaseContext, 'ids' | 'now' | 'tokenizer'>,
): Memory {
  const [lead] = group;
  if (lead === undefined) throw new RangeError('A group has members.');
  const { now } = context;
  const ids = group.map((memory) => memory.id).sort();
  const lesson = joinedLesson(lead, group);
  const most = (read: (memory: Memory) => number) => Math.max(...group.map(read));
  const { sleptAt: _slept, restates: _restates, ...rest } = lead;
  return {
    ...rest,
    id: context.ids.derive('m', ...ids) as MemoryId,
    kind: 'merged',
    tier: 'mid',
    lesson,
    strength: Math.min(1, most((memory) => effectiveStrength(memory, now)) + tunables.consolidate.bonus),
    rate: most((memory) => memory.rate),
    confidence: most((memory) => memory.confidence),
    alpha: 1 + group.reduce((sum, memory) => sum + memory.alpha - 1, 0),
    beta: 1 + group.reduce((sum, memory) => sum + memory.beta - 1, 0),
    guard: group.some((memory) => memory.guard),
    standing: group.some((memory) => memory.standing),
    tags: [...new Set(group.flatMap((memory) => memory.tags))].slice(0, 16),
    cues: [
      ...new Set(
        group.flatMap((memory) => [...memory.cues, ...(memory.id === lead.id ? [] : [memory.text])]),
      ),
    ].slice(0, 12),
    citations: [
      ...new Map(
        group.flatMap((memory) => memory.citations).map((citation) => [citation.path, citation]),
      ).values(),
    ].slice(0, 8),
    tokens: context.tokenizer.count([lead.text, lesson.why ?? ''].join('\n')),
    createdAt: now,
    lastAccessedAt: now,
    accessCount: most((memory) => memory.accessCount),
    sleptAt: now,
  };
}

/** The lead's lesson; what it lacks is taken from the next that has it. */
function joinedLesson(lead: Memory, group: readonly Memory[]): Lesson {
  const first = (part: 'wrong' | 'right' | 'why' | 'when') => {
    const value = group.map((memory) => memory.lesson[part]).find((text) => text !== undefined);
    return value === undefined ? {} : { [part]: value };
  };
  return {
    statement: lead.lesson.statement,
    ...first('wrong'),
    ...first('right'),
    ...first('why'),
    ...first('when'),
  };
}

/** Links of the sources now run from and to what replaced them; the heavier of two that fall together stays. */
async function movedLinks(
  snapshot: SleepSnapshot,
  replaced: ReadonlyMap<MemoryId, MemoryId>,
  { now, breathe }: Pick<PhaseContext, 'now' | 'breathe'>,
  changes: Change[],
): Promise<void> {
  if (replaced.size === 0) return;
  const moved = new Map<string, Link>();
  await eachOf(snapshot.links, breathe, (link) => {
    const from = replaced.get(link.from) ?? link.from;
    const to = replaced.get(link.to) ?? link.to;
    if (from === link.from && to === link.to) return;
    changes.push({
      type: 'unlink',
      from: link.from,
      to: link.to,
      kind: link.kind,
      why: 'Moved to the merged memory.',
    });
    if (from === to) return;
    const next: Link = { ...link, from, to };
    const rival = moved.get(linkKey(next));
    if (rival === undefined || linkWeight(next, now) > linkWeight(rival, now)) moved.set(linkKey(next), next);
  });
  await eachOf([...moved.values()], breathe, (link) => {
    changes.push({ type: 'link', link, why: 'Moved from a merged source.' });
  });
}
