/**
 * Finds what two places have in common in structure: a lesson settled in one and still hurting in the other, a mistake
 * made in both, the same order given in both, or opposite orders.
 */
import type { Memory, MemoryId } from '../memory.ts';
import { type Corpus, readCorpus } from '../text/similarity.ts';
import { distinctUtterances } from './crystalEvidence.ts';
import { readingTable, type Trace, templatesIn, tracesOf } from './dreamReading.ts';
import { roleLikeness, rolesOf } from './dreamRoles.ts';
import type { LessonSchema } from './dreamSchemas.ts';
import { type DreamScore, scoreDream } from './dreamScore.ts';
import { standsAsRule } from './ruleSentence.ts';

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

/** Scored dreams, best first. */
export async function dreamPairs(
  lessons: readonly Memory[],
  options: DreamOptions,
): Promise<readonly DreamPair[]> {
  const corpus = await readCorpus(lessons, options.breathe);
  const traces: Trace[] = [];
  const templates = await templatesIn(lessons, options.breathe);
  for (const memory of lessons) {
    await options.breathe();
    /* What holds everywhere already has nowhere to be carried to. */
    if (isLesson(memory) && memory.scope.level === 'user') continue;
    traces.push(...tracesOf(memory, templates));
  }
  const at = new Map(lessons.map((memory, index) => [memory.id, index]));
  const scene: Scene = { lessons, corpus, at, options };
  const pairs: DreamPair[] = [];
  for (const [schema, shown] of groupBy(traces, ({ schema }) => schema)) {
    await options.breathe();
    pairs.push(...analogiesOf(schema, shown, scene));
  }
  pairs.push(...(await ordersOf(scene)));
  return pairs.sort((x, y) => y.score.total - x.score.total || (keyOf(x) < keyOf(y) ? -1 : 1));
}

const keyOf = ({ a, b }: DreamPair) => `${a.memory.id} ${b.memory.id}`;

interface Scene {
  readonly lessons: readonly Memory[];
  readonly corpus: Corpus<Memory>;
  readonly at: ReadonlyMap<MemoryId, number>;
  readonly options: DreamOptions;
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [item]);
    else list.push(item);
  }
  return groups;
}

const isLesson = ({ kind }: Memory) => kind === 'rule' || kind === 'skill';

/** One home's experience with a schema. */
interface Experience {
  readonly home: string;
  readonly traces: readonly Trace[];
  /** Rules and skills there that say it. */
  readonly settled: readonly Trace[];
  readonly reversed: readonly Trace[];
  readonly times: number;
}

function experienceOf(home: string, all: readonly Trace[], { options }: Scene): Experience {
  const traces = all.filter(({ side }) => side !== 'reverse');
  const settled = traces.filter(({ memory }) => isLesson(memory));
  const episodes = distinctUtterances(
    traces.filter(({ memory }) => !isLesson(memory)).map(({ memory }) => memory),
  );
  const counted = new Set(episodes.map(({ id }) => id));
  for (const { memory } of settled) for (const id of options.behind.get(memory.id) ?? []) counted.add(id);
  return {
    home,
    traces,
    settled,
    reversed: all.filter(({ side }) => side === 'reverse'),
    times: counted.size,
  };
}

function analogiesOf(schema: LessonSchema, shown: readonly Trace[], scene: Scene): readonly DreamPair[] {
  const homes = [...groupBy(shown, ({ memory }) => homeOf(memory))]
    .map(([home, traces]) => experienceOf(home, traces, scene))
    .sort((x, y) => (x.home < y.home ? -1 : 1));
  const showing = new Set(shown.map(({ memory }) => memory.id)).size;
  const pairs: DreamPair[] = [];
  for (const [index, one] of homes.entries())
    for (const other of homes.slice(index + 1)) {
      if (scene.options.seen.has(dreamKey(schema.name, one.home, other.home))) continue;
      const pair =
        contrastOf(schema, one, other, showing, scene) ??
        contrastOf(schema, other, one, showing, scene) ??
        analogyOf(schema, one, other, showing, scene);
      if (pair !== undefined) pairs.push(pair);
    }
  return pairs;
}

function analogyOf(
  schema: LessonSchema,
  one: Experience,
  other: Experience,
  showing: number,
  scene: Scene,
): DreamPair | undefined {
  /* The teacher has the rule, or else has said it more often. */
  const [teacher, learner] =
    Math.sign(other.settled.length - one.settled.length) || other.times - one.times > 0
      ? other.settled.length === 0 && one.settled.length > 0
        ? [one, other]
        : [other, one]
      : [one, other];
  const transfer = teacher.settled.length > 0 && learner.settled.length === 0;
  if (learner.times === 0 || (!transfer && teacher.times + learner.times < dreamTable.common))
    return undefined;
  const best = bestExample(schema, transfer ? teacher.settled : teacher.traces, learner.traces, scene);
  if (best === undefined) return undefined;
  const helps = transfer
    ? helpedBy(best.a, learner.traces, scene)
    : [...helpedBy(best.a, learner.traces, scene), ...helpedBy(best.b, teacher.traces, scene)].filter(
        (memory) => memory !== best.a.memory && memory !== best.b.memory,
      );
  return scored(transfer ? 'transfer' : 'common', schema, best, [teacher, learner], helps, showing, scene);
}

/** One home asks for what the other turns down; its own second thoughts are no contrast. */
function contrastOf(
  schema: LessonSchema,
  one: Experience,
  other: Experience,
  showing: number,
  scene: Scene,
): DreamPair | undefined {
  if (one.times <= one.reversed.length || other.reversed.length === 0 || other.times > 0) return undefined;
  const best = bestExample(schema, one.settled.length > 0 ? one.settled : one.traces, other.reversed, scene);
  if (best === undefined) return undefined;
  const helps = [...one.traces, ...other.reversed]
    .map(({ memory }) => memory)
    .filter((memory) => !isLesson(memory) && memory !== best.a.memory && memory !== best.b.memory);
  const counts = [one, { ...other, times: other.reversed.length }] as const;
  return scored('contrast', schema, best, counts, helps, showing, scene);
}

interface Example {
  readonly a: Trace;
  readonly b: Trace;
  readonly words: number;
  readonly roles: number;
}

/** The two that tell it best and are alike in what plays which part, not in words. */
function bestExample(
  schema: LessonSchema,
  as: readonly Trace[],
  bs: readonly Trace[],
  { corpus, at, options }: Scene,
): Example | undefined {
  /* A rule speaks the louder the more stands behind it. */
  const loudness = ({ telling, memory, side }: Trace) =>
    telling +
    Math.min(1, (options.behind.get(memory.id)?.size ?? 0) / 20) +
    (side === 'problem' && !isLesson(memory) ? 0.15 : 0);
  const tellable = (traces: readonly Trace[]) =>
    traces
      .filter(({ telling }) => telling >= readingTable.telling)
      .sort(
        (x, y) =>
          loudness(y) - loudness(x) ||
          y.memory.salience.total - x.memory.salience.total ||
          (x.memory.id < y.memory.id ? -1 : 1),
      )
      .slice(0, dreamTable.examples);
  let best: (Example & { readonly worth: number }) | undefined;
  for (const a of tellable(as))
    for (const b of tellable(bs)) {
      const words = corpus.similarity(at.get(a.memory.id) ?? 0, at.get(b.memory.id) ?? 0);
      if (words > dreamTable.sameWords) continue;
      const roles = roleLikeness(rolesIn(a), rolesIn(b));
      if (schema.wide === true && roles === 0) continue;
      const worth = loudness(a) + loudness(b) + roles - words;
      if (best === undefined || worth > best.worth) best = { a, b, words, roles, worth };
    }
  return best;
}

const rolesIn = ({ quote, memory }: Trace) =>
  rolesOf(quote, memory.kind === 'episode' && memory.label === 'correction');

/** Episodes of the other home in which the schema went wrong, and which the lesson did not come from. */
function helpedBy(lesson: Trace, held: readonly Trace[], { options }: Scene): readonly Memory[] {
  const own = options.behind.get(lesson.memory.id);
  return distinctUtterances(
    held
      .map(({ memory }) => memory)
      .filter(
        (memory) => memory.kind === 'episode' && memory !== lesson.memory && own?.has(memory.id) !== true,
      ),
  );
}

function scored(
  kind: DreamKind,
  schema: LessonSchema | undefined,
  { a, b, words, roles }: Example,
  [one, other]: readonly [Pick<Experience, 'home' | 'times'>, Pick<Experience, 'home' | 'times'>],
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

/** Orders that are given at two homes in much the same words, or in the same words and opposite. */
async function ordersOf(scene: Scene): Promise<readonly DreamPair[]> {
  const { lessons, corpus, at, options } = scene;
  const orders = lessons
    .filter((memory) => !memory.oneOff && memory.scope.level !== 'user')
    .map((memory) => ({ memory, said: sayingOf(memory), home: homeOf(memory) }))
    .filter(({ said }) => said.length <= readingTable.longestQuote && standsAsRule(said))
    .slice(0, dreamTable.orders);
  const pairs: DreamPair[] = [];
  for (const [index, one] of orders.entries()) {
    await options.breathe();
    for (const other of orders.slice(index + 1)) {
      if (one.home === other.home) continue;
      const [x, y] = [at.get(one.memory.id) ?? 0, at.get(other.memory.id) ?? 0];
      const words = corpus.similarity(x, y);
      const opposite = words >= dreamTable.sameWords / 2 && corpus.opposite(x, y);
      if (!opposite && words < dreamTable.sameLesson) continue;
      const kind = opposite ? 'contrast' : 'same';
      if (options.seen.has(dreamKey(kind, one.home, other.home))) continue;
      const trace = ({ memory, said }: typeof one) => ({
        memory,
        quote: said.replace(/[.\s]+$/, ''),
        telling: 1,
      });
      const helps = lessons.filter(
        (memory) =>
          memory.kind === 'episode' &&
          memory !== one.memory &&
          memory !== other.memory &&
          (homeOf(memory) === one.home || homeOf(memory) === other.home) &&
          Math.max(
            corpus.similarity(at.get(memory.id) ?? 0, x),
            corpus.similarity(at.get(memory.id) ?? 0, y),
          ) >= dreamTable.sameLesson,
      );
      const times = (home: string) => 1 + helps.filter((memory) => homeOf(memory) === home).length;
      const [a, b] = [trace(one), trace(other)];
      pairs.push(
        scored(
          kind,
          undefined,
          { a: a as Trace, b: b as Trace, words: kind === 'same' ? 0 : words, roles: 0 },
          [
            { home: one.home, times: times(one.home) },
            { home: other.home, times: times(other.home) },
          ],
          helps,
          2 + helps.length,
          scene,
        ),
      );
    }
  }
  return pairs;
}

/** What a lesson says, in its own words. */
export const sayingOf = ({ text, lesson }: Pick<Memory, 'text' | 'lesson'>) =>
  lesson.statement === '' ? text : lesson.statement;
