/** Finds pairs of lessons from different projects (or topics) that have one structure in different words. */
import type { Memory, MemoryId } from '../memory.ts';
import { isImperative, ordersIn } from '../text/imperative.ts';
import { type Corpus, createCorpus } from '../text/similarity.ts';
import { isLocal } from './crystalEvidence.ts';
import {
  type DreamScore,
  type StructureBackground,
  scoreDream,
  structuralLikeness,
  structureBackground,
  structureRarity,
} from './dreamScore.ts';
import { type Relation, type Structure, structureOf } from './dreamStructure.ts';

export const dreamTable = {
  /** Lessons that take part in a night's dreams, the worthiest first. */
  lessons: 600,
  /** Structures at least this alike are analogous. */
  analogous: 0.6,
  /** Words more alike than this are the same lesson, not an analogy. */
  sameWords: 0.25,
  /** Each lesson is compared with at most this many others. */
  partners: 120,
  /** Held-out episodes looked at for each pair, by side. */
  heldOut: 60,
  /** Words of a lesson that can be told in a dream. */
  leastWords: 4,
  mostWords: 30,
  /** One lesson is in at most this many dreams of a night. */
  perLesson: 1,
} as const;

export interface DreamPair {
  readonly a: Memory;
  readonly b: Memory;
  readonly relation: Relation;
  readonly structure: number;
  readonly score: DreamScore;
  /** An episode of the other project that the lesson would have helped; the test a dream must pass. */
  readonly helps: { readonly of: Memory; readonly by: Memory } | undefined;
}

/** Where a lesson is at home: its project, else its topic's first part, else the owner. */
export function homeOf(memory: Memory): string {
  const project = memory.scope.level === 'user' ? memory.source.project : memory.scope.project;
  return project ?? (memory.topic.split('/')[0] || 'you');
}

const differ = (a: Memory, b: Memory) =>
  homeOf(a) !== homeOf(b) ||
  (a.topic !== '' && b.topic !== '' && a.topic.split('/')[0] !== b.topic.split('/')[0]);

interface Lesson {
  readonly memory: Memory;
  readonly structure: Structure;
  readonly at: number;
}

/** Scored pairs, best first. `tied` counts earlier insights between two homes; `seen` are pairs dreamt before. */
export async function dreamPairs(
  lessons: readonly Memory[],
  options: {
    readonly now: number;
    readonly seen: ReadonlySet<string>;
    readonly tied: ReadonlyMap<string, number>;
    /** Episodes that stand behind a lesson: not held out from it. */
    readonly behind: ReadonlyMap<MemoryId, ReadonlySet<MemoryId>>;
    readonly breathe: () => Promise<void>;
  },
): Promise<readonly DreamPair[]> {
  const corpus = createCorpus(lessons);
  const read = lessons.map((memory, at): Lesson => ({ memory, structure: structureOf(memory), at }));
  const background = structureBackground(read.map(({ structure }) => structure));
  const pairs: DreamPair[] = [];
  const byFeature = new Map<string, Lesson[]>();
  for (const lesson of read) {
    await options.breathe();
    const near = new Map<Lesson, number>();
    for (const [feature, weight] of lesson.structure.features) {
      const gain = weight * structureRarity(background, feature);
      for (const other of (byFeature.get(feature) ?? []).slice(-dreamTable.partners * 4))
        near.set(other, (near.get(other) ?? 0) + gain);
    }
    const partners = [...near].sort((x, y) => y[1] - x[1] || x[0].at - y[0].at).slice(0, dreamTable.partners);
    for (const [other] of isTellable(lesson) ? partners : []) {
      if (!isTellable(other)) continue;
      if (
        !differ(lesson.memory, other.memory) ||
        options.seen.has(pairKey(lesson.memory.id, other.memory.id))
      )
        continue;
      const pair = pairOf(other, lesson, corpus, background, read, options);
      if (pair !== undefined) pairs.push(pair);
    }
    for (const feature of lesson.structure.features.keys()) {
      const list = byFeature.get(feature);
      if (list === undefined) byFeature.set(feature, [lesson]);
      else list.push(lesson);
    }
  }
  return pairs.sort(
    (x, y) => y.score.total - x.score.total || (pairKey(x.a.id, x.b.id) < pairKey(y.a.id, y.b.id) ? -1 : 1),
  );
}

/** Only what can be told in one order, and is not about one thing at hand, is worth an analogy. */
function isTellable({ memory, structure }: Lesson): boolean {
  const statement = memory.lesson.statement === '' ? memory.text : memory.lesson.statement;
  if (!structure.told || deictic.test(statement)) return false;
  if (memory.kind !== 'episode') return true;
  const words = statement.split(/\s+/).length;
  if (words < dreamTable.leastWords || words > dreamTable.mostWords || memory.oneOff) return false;
  return (isImperative(statement) || ordersIn(statement).length > 0) && !isLocal([memory]);
}

/** Words that point at something only that conversation knew. */
const deictic = /\b(?:this|that|these|those|it|etc|i)\b/i;

/** Order does not matter to a pair. */
export const pairKey = (a: MemoryId, b: MemoryId) => (a < b ? `${a} ${b}` : `${b} ${a}`);
export const homesKey = (a: string, b: string) => (a < b ? `${a}\n${b}` : `${b}\n${a}`);

function pairOf(
  one: Lesson,
  other: Lesson,
  corpus: Corpus<Memory>,
  background: StructureBackground,
  all: readonly Lesson[],
  options: Parameters<typeof dreamPairs>[1],
): DreamPair | undefined {
  const [relation] = one.structure.relations;
  if (relation === undefined || relation !== other.structure.relations[0]) return undefined;
  const structure = structuralLikeness(one.structure, other.structure, background);
  if (structure < dreamTable.analogous) return undefined;
  const wordLikeness = corpus.similarity(one.at, other.at);
  if (wordLikeness > dreamTable.sameWords || corpus.opposite(one.at, other.at)) return undefined;
  const helped = [
    ...helpedBy(one, other, corpus, background, all, options),
    ...helpedBy(other, one, corpus, background, all, options),
  ];
  const shared = [...one.structure.features.keys()].filter((feature) =>
    other.structure.features.has(feature),
  );
  const score = scoreDream({
    a: one.memory,
    b: other.memory,
    wordLikeness,
    ties: options.tied.get(homesKey(homeOf(one.memory), homeOf(other.memory))) ?? 0,
    helped: helped.length,
    shared,
    background,
    now: options.now,
  });
  return { a: one.memory, b: other.memory, relation, structure, score, helps: helped[0] };
}

/** Held-out episodes at `to`'s home that `from` speaks to: the same structure, not what `to` itself came from. */
function helpedBy(
  from: Lesson,
  to: Lesson,
  corpus: Corpus<Memory>,
  background: StructureBackground,
  all: readonly Lesson[],
  options: Parameters<typeof dreamPairs>[1],
): { readonly of: Memory; readonly by: Memory }[] {
  const home = homeOf(to.memory);
  const own = options.behind.get(to.memory.id);
  const found: { readonly of: Memory; readonly by: Memory; readonly likeness: number }[] = [];
  let looked = 0;
  for (const held of all) {
    if (held.memory.kind !== 'episode' || held === to || held === from || homeOf(held.memory) !== home)
      continue;
    if (own?.has(held.memory.id)) continue;
    looked += 1;
    if (looked > dreamTable.heldOut) break;
    const likeness = structuralLikeness(from.structure, held.structure, background);
    if (likeness < dreamTable.analogous || corpus.opposite(from.at, held.at)) continue;
    found.push({ of: held.memory, by: from.memory, likeness });
  }
  return found.sort((x, y) => y.likeness - x.likeness || (x.of.id < y.of.id ? -1 : 1)).slice(0, 4);
}
