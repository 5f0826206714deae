/** A dream between two homes: what it is made of, and how it is scored. */
import { isLesson, type Memory, type MemoryId } from '../../memory.ts';
import type { Corpus } from '../../text/similarity.ts';
import type { Trace } from './dreamReading.ts';
import type { LessonSchema } from './dreamSchema.ts';
import { type DreamScore, scoreDream } from './dreamScore.ts';

export const dreamTable = {
  /** Lessons that take part in a night's dreams, the worthiest first. */
  lessons: 600,
  /** Of each schema at each home, so many of the most telling are tried as its example. */
  examples: 4,
  /** Words more alike than this are the same lesson, not an analogy. */
  sameWords: 0.35,
  /** From here on two places say the same. */
  sameLesson: 0.5,
  /** Together so many utterances make a mistake common to two places. */
  common: 3,
  /** Orders that are compared one by one for sameness and contrast. */
  orders: 250,
  /** One lesson is in at most this many dreams of a night. */
  perLesson: 1,
} as const;

/**
 * `transfer` – settled at the one home, still hurting at the other; `common` – the same mistake at both; `same` – the
 * same order at both; `contrast` – the one asks for what the other turns down.
 */
export type DreamKind = 'transfer' | 'common' | 'same' | 'contrast';

export interface DreamSide {
  readonly memory: Memory;
  readonly home: string;
  readonly quote: string;
  /** It went wrong there, and was not only to be guarded against. */
  readonly hurt: boolean;
  /** Distinct utterances at this home that show the schema; of a rule those behind it. */
  readonly times: number;
}

export interface DreamPair {
  readonly kind: DreamKind;
  /** Where it is settled, or the more telling one. */
  readonly a: DreamSide;
  /** Where it could be learned. */
  readonly b: DreamSide;
  /** Undefined for orders that are the same, or opposite, without one. */
  readonly schema: LessonSchema | undefined;
  readonly score: DreamScore;
  /** Episodes, held out from the lesson, that it would have helped; the test a dream must pass. */
  readonly helps: readonly Memory[];
}

/** The home of a rule that holds everywhere, where a project is held against it. No path and no name of a project. */
export const everywhereHome = '*';

/** Where a lesson is at home: its project, else its topic's first part, else the owner. */
export function homeOf(memory: Memory): string {
  const project = memory.scope.level === 'user' ? memory.source.project : memory.scope.project;
  return project ?? (memory.topic.split('/')[0] || 'you');
}

export interface DreamOptions {
  readonly now: number;
  /** Keys of dreams dreamt before, see {@link dreamKey}. */
  readonly seen: ReadonlySet<string>;
  /** How many insights there are of each schema. */
  readonly told: ReadonlyMap<string, number>;
  /** Episodes that stand behind a lesson: not held out from it. */
  readonly behind: ReadonlyMap<MemoryId, ReadonlySet<MemoryId>>;
  readonly breathe: () => Promise<void>;
}

/** What was dreamt: a schema (or `same`, `contrast`) between two homes; their order does not matter. */
export const dreamKey = (what: string, one: string, other: string) =>
  one < other ? `${what}\n${one}\n${other}` : `${what}\n${other}\n${one}`;

/** All lessons of a night, and what is known of them. */
export interface Scene {
  readonly lessons: readonly Memory[];
  readonly corpus: Corpus<Memory>;
  readonly at: ReadonlyMap<MemoryId, number>;
  readonly options: DreamOptions;
}

/** The two lessons that a dream is told by. */
export interface Example {
  readonly a: Told;
  readonly b: Told;
  readonly words: number;
  readonly roles: number;
}

/** As much of a trace as a dream tells. */
export type Told = Pick<Trace, 'memory' | 'quote' | 'side'>;

/** How often it was met at a home. */
export interface Count {
  readonly home: string;
  readonly times: number;
}

export function scored(
  kind: DreamKind,
  schema: LessonSchema | undefined,
  { a, b, words, roles }: Example,
  [one, other]: readonly [Count, Count],
  helps: readonly Memory[],
  showing: number,
  { lessons, corpus, at, options }: Scene,
): DreamPair {
  const timesOf = (memory: Memory, times: number) =>
    isLesson(memory) ? (options.behind.get(memory.id)?.size ?? 0) : times;
  /* How nearly the place that is to learn has a rule that says it. */
  const known = lessons
    .filter((memory) => isLesson(memory) && (homeOf(memory) === other.home || memory.scope.level === 'user'))
    .filter((memory) => memory !== b.memory && memory !== a.memory)
    .reduce(
      (most, rule) =>
        Math.max(
          most,
          corpus.similarity(at.get(a.memory.id) ?? 0, at.get(rule.id) ?? 0) / dreamTable.sameLesson,
        ),
      0,
    );
  return {
    kind,
    schema,
    a: {
      memory: a.memory,
      home: one.home,
      quote: a.quote,
      hurt: a.side === 'problem',
      times: timesOf(a.memory, one.times),
    },
    b: {
      memory: b.memory,
      home: other.home,
      quote: b.quote,
      hurt: b.side === 'problem',
      times: timesOf(b.memory, other.times),
    },
    helps,
    score: scoreDream({
      a: a.memory,
      b: b.memory,
      words,
      roles,
      known,
      told: options.told.get(schema?.name ?? kind) ?? 0,
      helped: helps.length,
      showing,
      lessons: lessons.length,
      now: options.now,
    }),
  };
}

/** What a lesson says, in its own words. */
export const sayingOf = ({ text, lesson }: Pick<Memory, 'text' | 'lesson'>) =>
  lesson.statement === '' ? text : lesson.statement;
