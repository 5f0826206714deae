/** Finds pairs of lessons from different projects (or topics) that have one structure in different words. */
import type { Memory, MemoryId } from '../memory.ts';
import { type Corpus, readCorpus } from '../text/similarity.ts';
import { isLocal } from './crystalEvidence.ts';
import {
  type DreamScore,
  type StructureBackground,
  scoreDream,
  sharedRoles,
  structuralLikeness,
  structureBackground,
} from './dreamScore.ts';
import { type Relation, type Structure, structureOf } from './dreamStructure.ts';
import { standsAsRule } from './ruleSentence.ts';

export const dreamTable = {
  /** Lessons that take part in a night's dreams, the worthiest first. */
  lessons: 600,
  /** Structures at least this alike are analogous. */
  analogous: 0.6,
  /** Words more alike than this are the same lesson, not an analogy. */
  sameWords: 0.25,
  /** From here on a rule says the same lesson. */
  sameLesson: 0.5,
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
  readonly home: string;
}

export interface DreamOptions {
  readonly now: number;
  /** Keys of pairs dreamt before. */
  readonly seen: ReadonlySet<string>;
  /** Earlier insights: by homes and by relation, see {@link homesKey}. */
  readonly tied: ReadonlyMap<string, number>;
  /** Episodes that stand behind a lesson: not held out from it. */
  readonly behind: ReadonlyMap<MemoryId, ReadonlySet<MemoryId>>;
  readonly breathe: () => Promise<void>;
}

/** Scored pairs, best first. */
export async function dreamPairs(
  lessons: readonly Memory[],
  options: DreamOptions,
): Promise<readonly DreamPair[]> {
  const corpus = await readCorpus(lessons, options.breathe);
  const read: Lesson[] = [];
  for (const [at, memory] of lessons.entries()) {
    await options.breathe();
    read.push({ memory, structure: structureOf(memory), at, home: homeOf(memory) });
  }
  const background = structureBackground(read.map(({ structure }) => structure));
  const told = read.filter(isTellable);
  const analogies = await analogiesAmong(told, corpus, background, options);
  /* The match of a pair against the base rate of all pairs between homes. */
  const strongest = analogies.map(({ structure }) => structure).sort((a, b) => b - a);
  const all = pairsBetweenHomes(told);
  const helped = createHelp(read, corpus, background);
  const rules = read.filter(({ memory }) => memory.kind === 'rule');
  /** How nearly the other home has a rule that says what a lesson says, 0..1. */
  const alreadyKnown = (lesson: Lesson, at: Lesson) =>
    rules
      .filter((rule) => rule !== at && rule !== lesson && rule.home === at.home)
      .reduce(
        (most, rule) => Math.max(most, corpus.similarity(lesson.at, rule.at) / dreamTable.sameLesson),
        0,
      );
  const pairs: DreamPair[] = [];
  for (const { one, other, relation, structure, words } of analogies) {
    await options.breathe();
    const helps = [
      ...helped(one, other, options.behind.get(other.memory.id)),
      ...helped(other, one, options.behind.get(one.memory.id)),
    ];
    const score = scoreDream({
      a: one.memory,
      b: other.memory,
      words: words / dreamTable.sameWords,
      roles: sharedRoles(one.structure, other.structure),
      known: Math.max(alreadyKnown(one, other), alreadyKnown(other, one)),
      told:
        (options.tied.get(homesKey(one.home, other.home)) ?? 0) / 2 + (options.tied.get(relation) ?? 0) / 2,
      helped: helps.length,
      rank: countAtLeast(strongest, structure),
      pairs: all,
      now: options.now,
    });
    pairs.push({ a: one.memory, b: other.memory, relation, structure, score, helps: helps[0] });
  }
  return pairs.sort(
    (x, y) => y.score.total - x.score.total || (pairKey(x.a.id, x.b.id) < pairKey(y.a.id, y.b.id) ? -1 : 1),
  );
}

interface Analogy {
  readonly one: Lesson;
  readonly other: Lesson;
  readonly relation: Relation;
  readonly structure: number;
  readonly words: number;
}

/** Pairs of different homes with one relation and like structure, whose words differ and do not contradict. */
async function analogiesAmong(
  told: readonly Lesson[],
  corpus: Corpus<Memory>,
  background: StructureBackground,
  options: DreamOptions,
): Promise<readonly Analogy[]> {
  const found: Analogy[] = [];
  const byRelation = new Map<Relation, Lesson[]>();
  for (const other of told) {
    const [relation] = other.structure.relations;
    if (relation === undefined) continue;
    const partners = byRelation.get(relation) ?? [];
    if (partners.length === 0) byRelation.set(relation, partners);
    let taken = 0;
    for (const one of partners) {
      if (taken >= dreamTable.partners) break;
      if (!differ(one.memory, other.memory)) continue;
      if (options.seen.has(pairKey(one.memory.id, other.memory.id))) continue;
      await options.breathe();
      const structure = structuralLikeness(one.structure, other.structure, background);
      if (structure < dreamTable.analogous || !sharesMore(one, other)) continue;
      const words = corpus.similarity(one.at, other.at);
      if (words > dreamTable.sameWords || corpus.opposite(one.at, other.at)) continue;
      taken += 1;
      found.push({ one, other, relation, structure, words });
    }
    partners.push(other);
  }
  return found;
}

/** One relation alone makes no analogy: something must play the same part, or both set two things apart. */
function sharesMore(one: Lesson, other: Lesson): boolean {
  for (const feature of one.structure.features.keys())
    if (feature !== `=${one.structure.relations[0]}` && other.structure.features.has(feature)) return true;
  return false;
}

/** How many of the numbers, largest first, are at least this large. */
function countAtLeast(numbers: readonly number[], least: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) >= least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function pairsBetweenHomes(lessons: readonly Lesson[]): number {
  const counts = new Map<string, number>();
  for (const { home } of lessons) counts.set(home, (counts.get(home) ?? 0) + 1);
  let pairs = (lessons.length * lessons.length) / 2;
  for (const count of counts.values()) pairs -= (count * count) / 2;
  return Math.max(1, Math.round(pairs));
}

/** Only what can be told in one order, and is not about one thing at hand, is worth an analogy. */
function isTellable({ memory, structure }: Lesson): boolean {
  const statement = sayingOf(memory);
  const words = statement.split(/\s+/).length;
  if (!structure.told || words < dreamTable.leastWords || words > dreamTable.mostWords) return false;
  return standsAsRule(statement) && (memory.kind !== 'episode' || !isLocal([memory]));
}

/** What a lesson says, in its own words. */
export const sayingOf = ({ text, lesson }: Pick<Memory, 'text' | 'lesson'>) =>
  lesson.statement === '' ? text : lesson.statement;

/** Order does not matter to a pair. */
export const pairKey = (a: MemoryId, b: MemoryId) => (a < b ? `${a} ${b}` : `${b} ${a}`);
export const homesKey = (a: string, b: string) => (a < b ? `${a}\n${b}` : `${b}\n${a}`);

type Help = { readonly of: Memory; readonly by: Memory };

/**
 * Held-out episodes at the other lesson's home that a lesson speaks to: the same structure, and not what the other
 * lesson itself came from. Looked up once for each lesson and home.
 */
function createHelp(all: readonly Lesson[], corpus: Corpus<Memory>, background: StructureBackground) {
  const episodes = new Map<string, Lesson[]>();
  for (const lesson of all) {
    if (lesson.memory.kind !== 'episode') continue;
    const list = episodes.get(lesson.home);
    if (list === undefined) episodes.set(lesson.home, [lesson]);
    else if (list.length < dreamTable.heldOut) list.push(lesson);
  }
  const known = new Map<string, readonly { readonly held: Lesson; readonly likeness: number }[]>();
  const near = (from: Lesson, home: string) => {
    const key = `${from.at} ${home}`;
    const found =
      known.get(key) ??
      (episodes.get(home) ?? [])
        .map((held) => ({ held, likeness: structuralLikeness(from.structure, held.structure, background) }))
        .filter(
          ({ held, likeness }) => likeness >= dreamTable.analogous && !corpus.opposite(from.at, held.at),
        )
        .sort((x, y) => y.likeness - x.likeness || (x.held.memory.id < y.held.memory.id ? -1 : 1));
    known.set(key, found);
    return found;
  };
  return (from: Lesson, to: Lesson, own: ReadonlySet<MemoryId> | undefined): readonly Help[] =>
    near(from, to.home)
      .filter(({ held }) => held !== to && held !== from && own?.has(held.memory.id) !== true)
      .slice(0, 4)
      .map(({ held }) => ({ of: held.memory, by: from.memory }));
}
