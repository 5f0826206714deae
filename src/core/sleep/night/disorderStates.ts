/** How a copy of a memory fared under disordered sleep, beside healthy sleep. */
import { effectiveStrength, isLesson, type Memory, type MemoryId } from '../../memory.ts';
import { tunables } from '../../tunables.ts';
import type { SleepSnapshot } from '../phase.ts';
import { isLiving, isUnslept } from './living.ts';

/** How a copy fared, at one moment. */
export interface CopyState {
  readonly inUse: number;
  /** Mean effective strength of what is in use, 0..1. */
  readonly meanStrength: number;
  /** Rules and skills, in use or proposed. */
  readonly rules: number;
  /** Of the rules of healthy sleep, the share that is there too: at least half of the evidence is the same. 0..1. */
  readonly kept: number;
  /** Rules that healthy sleep did not learn. */
  readonly spurious: number;
  /** Insights. */
  readonly dreams: number;
  /** Faded below the bound of pruning, not salient, and still in use. */
  readonly clutter: number;
  readonly unslept: number;
}

const isLivingLesson = (memory: Memory) => isLesson(memory) && isLiving(memory);

function lessonsOf(snapshot: SleepSnapshot): ReadonlyMap<MemoryId, ReadonlySet<MemoryId>> {
  const lessons = new Map<MemoryId, Set<MemoryId>>();
  for (const memory of snapshot.memories) if (isLivingLesson(memory)) lessons.set(memory.id, new Set());
  for (const { memory, episode } of snapshot.evidence) lessons.get(memory)?.add(episode);
  return lessons;
}

/** `now` in epoch ms; `healthy` is the copy that slept well, at the same moment. */
export function stateOf(snapshot: SleepSnapshot, healthy: SleepSnapshot, now: number): CopyState {
  const inUse = snapshot.memories.filter(isLiving);
  const sum = inUse.reduce((total, memory) => total + effectiveStrength(memory, now), 0);
  const [own, others] = [[...lessonsOf(snapshot).values()], [...lessonsOf(healthy).values()]];
  const alike = (a: ReadonlySet<MemoryId>, b: ReadonlySet<MemoryId>) => {
    const shared = [...a].filter((episode) => b.has(episode)).length;
    return shared > 0 && shared >= Math.max(a.size, b.size) / 2;
  };
  const found = others.filter((one) => own.some((other) => alike(one, other))).length;
  const { below, salient } = tunables.prune;
  return {
    inUse: inUse.length,
    meanStrength: inUse.length === 0 ? 0 : round(sum / inUse.length),
    rules: own.length,
    kept: others.length === 0 ? 1 : round(found / others.length),
    spurious: own.filter((one) => !others.some((other) => alike(one, other))).length,
    dreams: inUse.filter(({ kind }) => kind === 'insight').length,
    clutter: inUse.filter(
      (memory) =>
        (memory.kind === 'episode' || memory.kind === 'merged') &&
        effectiveStrength(memory, now) < below &&
        memory.salience.total < salient,
    ).length,
    unslept: inUse.filter(isUnslept).length,
  };
}

const round = (value: number) => Math.round(value * 1000) / 1000;

/** What is less, or more, than it should be; by how much it has to differ to be told. */
const judged: readonly {
  readonly name: string;
  readonly read: (state: CopyState) => number;
  readonly worse: 'less' | 'more' | 'either';
  readonly from: number;
}[] = [
  { name: 'Rules that healthy sleep learned', read: ({ kept }) => kept, worse: 'less', from: 0.05 },
  {
    name: 'Rules that healthy sleep did not learn',
    read: ({ spurious }) => spurious,
    worse: 'more',
    from: 1,
  },
  { name: 'Mean strength', read: ({ meanStrength }) => meanStrength, worse: 'either', from: 0.02 },
  { name: 'Dreams', read: ({ dreams }) => dreams, worse: 'less', from: 1 },
  { name: 'Faded memories still in use', read: ({ clutter }) => clutter, worse: 'more', from: 1 },
  { name: 'Memories not slept on', read: ({ unslept }) => unslept, worse: 'more', from: 1 },
];

/** One sentence for each thing that is worse than in healthy sleep, and whether recovery brought it back. */
export function complaints(
  ill: CopyState,
  healthy: CopyState,
  recovered: CopyState,
  healthyAtEnd: CopyState,
): readonly string[] {
  return judged.flatMap(({ name, read, worse, from }) => {
    const gap = (one: CopyState, other: CopyState) => {
      const difference = read(one) - read(other);
      return worse === 'more' ? difference : worse === 'less' ? -difference : Math.abs(difference);
    };
    if (gap(ill, healthy) < from) return [];
    const back = gap(recovered, healthyAtEnd) < from;
    return [
      `${name}: ${read(ill)} instead of ${read(healthy)}; ${back ? 'recovery brought it back' : `after recovery ${read(recovered)} instead of ${read(healthyAtEnd)}`}.`,
    ];
  });
}
