/**
 * Finds what two places have in common in structure: a lesson settled in one and still hurting in the other, a mistake
 * made in both, the same order given in both, or opposite orders.
 */
import { append } from '../../lists.ts';
import { isLesson, type Memory } from '../../memory.ts';
import { readCorpus } from '../../text/similarity.ts';
import { tunables } from '../../tunables.ts';
import { distinctUtterances } from '../crystallization/crystalEvidence.ts';
import { ordersOf } from './dreamOrders.ts';
import {
  type DreamOptions,
  type DreamPair,
  dreamKey,
  dreamTable,
  type Example,
  everywhereHome,
  homeOf,
  type Scene,
  scored,
  type Told,
} from './dreamPair.ts';
import { readingTable, readyPatterns, type Trace, templatesIn, tracesOf } from './dreamReading.ts';
import { roleLikeness, rolesOf } from './dreamRoles.ts';
import type { LessonSchema } from './dreamSchema.ts';

/** Scored dreams, best first. */
export async function dreamPairs(
  lessons: readonly Memory[],
  options: DreamOptions,
): Promise<readonly DreamPair[]> {
  const corpus = await readCorpus(lessons, options.breathe);
  const traces: Trace[] = [];
  const templates = await templatesIn(lessons, options.breathe);
  await readyPatterns(options.breathe);
  const everywhere: Trace[] = [];
  for (const memory of lessons) {
    await options.breathe();
    /* What holds everywhere already has nowhere to be carried to; but a project may ask for the opposite. */
    const holdsEverywhere = isLesson(memory) && memory.scope.level === 'user';
    (holdsEverywhere ? everywhere : traces).push(...tracesOf(memory, templates));
  }
  const at = new Map(lessons.map((memory, index) => [memory.id, index]));
  const scene: Scene = { lessons, corpus, at, options };
  const pairs: DreamPair[] = [];
  for (const [schema, shown] of groupBy(traces, ({ schema }) => schema)) {
    await options.breathe();
    const rules = everywhere.filter((trace) => trace.schema === schema);
    pairs.push(...onceAtEachHome(await analogiesOf(schema, shown, scene)));
    pairs.push(...(await contrastsWithAll(schema, shown, rules, scene)));
  }
  pairs.push(...(await ordersOf(scene)));
  return pairs.sort(byScore);
}

const byScore = (x: DreamPair, y: DreamPair) =>
  y.score.total - x.score.total || (keyOf(x) < keyOf(y) ? -1 : 1);

/** Of one schema each home is told once, by the best: beside a third home it would be the same lesson over again. */
function onceAtEachHome(pairs: readonly DreamPair[]): readonly DreamPair[] {
  const told = new Set<string>();
  return [...pairs].sort(byScore).filter(({ a, b, helps, score }) => {
    /* What is not good enough to be told takes nobody's place. */
    if (helps.length === 0 || score.total < tunables.dream.keep) return true;
    const homes = [homeOf(a.memory), homeOf(b.memory)];
    if (homes.some((home) => told.has(home))) return false;
    for (const home of homes) told.add(home);
    return true;
  });
}

const keyOf = ({ a, b }: DreamPair) => `${a.memory.id} ${b.memory.id}`;

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    append(groups, key, item);
  }
  return groups;
}

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

async function analogiesOf(
  schema: LessonSchema,
  shown: readonly Trace[],
  scene: Scene,
): Promise<readonly DreamPair[]> {
  const homes = [...groupBy(shown, ({ memory }) => homeOf(memory))]
    .map(([home, traces]) => experienceOf(home, traces, scene))
    .sort((x, y) => (x.home < y.home ? -1 : 1));
  const showing = new Set(shown.map(({ memory }) => memory.id)).size;
  const pairs: DreamPair[] = [];
  for (const [index, one] of homes.entries())
    for (const other of homes.slice(index + 1)) {
      await scene.options.breathe();
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

/** One project asks, more than once, for what a rule that holds everywhere turns down. */
async function contrastsWithAll(
  schema: LessonSchema,
  shown: readonly Trace[],
  rules: readonly Trace[],
  scene: Scene,
): Promise<readonly DreamPair[]> {
  const reversed = rules.filter(({ side, memory }) => side === 'reverse' && memory.status === 'active');
  if (reversed.length === 0) return [];
  const showing = new Set([...shown, ...rules].map(({ memory }) => memory.id)).size;
  const pairs: DreamPair[] = [];
  for (const [home, traces] of groupBy(shown, ({ memory }) => homeOf(memory))) {
    await scene.options.breathe();
    const one = experienceOf(home, traces, scene);
    if (scene.options.seen.has(dreamKey(schema.name, home, everywhereHome))) continue;
    if (one.times < dreamTable.common - 1 || one.times <= one.reversed.length) continue;
    const best = bestExample(schema, one.settled.length > 0 ? one.settled : one.traces, reversed, scene);
    if (best === undefined) continue;
    const helps = helpedBy(best.b, one.traces, scene).filter((memory) => memory !== best.a.memory);
    const counts = [one, { home: everywhereHome, times: reversed.length }] as const;
    pairs.push(scored('contrast', schema, best, counts, helps, showing, scene));
  }
  return pairs;
}

/** The loudest of one home's traces: it is compared with every other home. */
const loudest = new WeakMap<readonly Trace[], readonly Trace[]>();

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
  const tellable = (traces: readonly Trace[]) => {
    const known = loudest.get(traces);
    if (known !== undefined) return known;
    const found = traces
      .filter(({ telling }) => telling >= readingTable.telling)
      .sort(
        (x, y) =>
          loudness(y) - loudness(x) ||
          y.memory.salience.total - x.memory.salience.total ||
          (x.memory.id < y.memory.id ? -1 : 1),
      )
      .slice(0, dreamTable.examples);
    loudest.set(traces, found);
    return found;
  };
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
function helpedBy(lesson: Told, held: readonly Trace[], { options }: Scene): readonly Memory[] {
  const own = options.behind.get(lesson.memory.id);
  return distinctUtterances(
    held
      .map(({ memory }) => memory)
      .filter(
        (memory) => memory.kind === 'episode' && memory !== lesson.memory && own?.has(memory.id) !== true,
      ),
  );
}
