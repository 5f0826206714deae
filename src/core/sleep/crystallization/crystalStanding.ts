/** Rules that exist: what is said again becomes their evidence instead of a twin, and makes them surer. */
import { append } from '../../lists.ts';
import { isLesson, type Memory, type MemoryId } from '../../memory.ts';
import { breathingSteps, eachOf, type Steps } from '../../steps.ts';
import { areOpposite } from '../../text/opposition.ts';
import type { Corpus } from '../../text/similarity.ts';
import { shareOfTerms } from '../../text/terms.ts';
import { apart, dot, emptyVector, plus, type Vector } from '../../text/vector.ts';
import { tunables } from '../../tunables.ts';
import { episodesBehind } from '../night/living.ts';
import type { Change, PhaseContext, SleepSnapshot } from '../phase.ts';
import { clusterTable } from './clusters.ts';
import { supportOf } from './crystalEvidence.ts';
import { crystallizationTable } from './crystalLesson.ts';
import { type Kind, kindOfLesson, kindOfUtterance } from './kinds.ts';
import { lessonIndex } from './lessonIndex.ts';
import type { Page } from './pages.ts';
import { onlySendsFor, readRuleSentence, type Sentence, vectorOfSentence } from './ruleReading.ts';
import { mayComeIntoUse } from './ruleWording.ts';
import { saysTheSame } from './secondLook.ts';
import { createThemeIndex } from './themeIndex.ts';

/** A rule or skill in use, with what stands behind it. */
export interface Standing {
  readonly memory: Memory;
  /** In a buffer of its own ({@link apart}), as it stays through the phase. */
  sum: Vector;
  /** Squared length of `sum`. */
  length: number;
  /** The change by which this night makes it; absent where it was there before. */
  readonly born?: Birth;
  /** What was said for it (positions in the corpus), and the episodes in which it was said. */
  readonly utterances: Set<number>;
  readonly episodes: Set<MemoryId>;
  /** {@link latestJoin} when `sum` last changed; 0 as long as it has not. */
  joinedAt: number;
  /** In how many conversations it was said, once they are counted; until more is said for it. */
  sessions?: number | undefined;
}

/** Told as it turns out in the end: what is born may gain evidence in the same night. */
export type Birth = Omit<Extract<Change, { readonly type: 'create' }>, 'memory'> & { memory: Memory };

let joins = 0;
/** Counts what was ever said for any lesson; compared with itself only. */
export const latestJoin = () => joins;

/** Lessons, as they come and by their kind: one of another kind is never asked for, and there may be thousands. */
export interface Lessons {
  readonly all: readonly Standing[];
  of(kind: string): readonly Standing[];
  /** The dot products of a theme with the sums of those of a kind, by their place in {@link of}. */
  sharedWith(kind: string, theme: Vector): Steps<{ at(place: number): number }>;
  add(lesson: Standing): void;
}

function createLessons(): Lessons {
  const all: Standing[] = [];
  const byKind = new Map<string, Standing[]>();
  const indexes = new Map<string, ReturnType<typeof createThemeIndex>>();
  return {
    all,
    of: (kind) => byKind.get(kind) ?? [],
    sharedWith: (kind, theme) => (indexes.get(kind) ?? createThemeIndex([]))(theme),
    add(lesson) {
      all.push(lesson);
      const kind = kindOfLesson(lesson.memory.scope, lesson.memory.kind === 'skill');
      append(byKind, kind, lesson);
      if (!indexes.has(kind)) indexes.set(kind, createThemeIndex(byKind.get(kind) ?? []));
    },
  };
}

/**
 * Rules and skills in use, with the sum of their evidence (their own words where they have none), and the utterances
 * that stand behind any rule, whatever became of it: a retired rule keeps its evidence. Of a message that says several
 * things, the one that is nearest to the rule stands behind it.
 */
export async function standingIn(
  snapshot: SleepSnapshot,
  corpus: Corpus<Memory>,
  context: PhaseContext,
): Promise<{ readonly standing: Lessons; readonly covered: ReadonlySet<number> }> {
  const positions = new Map<MemoryId, number[]>();
  await eachOf(corpus.memories, context.breathe, ({ id }, at) => {
    append(positions, id, at);
  });
  const behind = await episodesBehind(snapshot.evidence, context.breathe);
  const covered = new Set<number>();
  const standing = createLessons();
  for (const memory of snapshot.memories) {
    if (!isLesson(memory)) continue;
    await context.breathe();
    const own = vectorOfSentence(corpus, memory);
    const lesson: Standing = {
      memory,
      sum: apart(own),
      length: 1,
      utterances: new Set(),
      episodes: new Set(),
      joinedAt: 0,
    };
    for (const episode of behind.get(memory.id) ?? []) {
      await context.breathe();
      const at = nearestOf(positions.get(episode) ?? [], own, corpus);
      if (at === undefined) continue;
      covered.add(at);
      join(lesson, corpus, at);
    }
    const inUse = memory.status === 'active' || memory.status === 'proposed';
    if (inUse && memory.obsoleteAt === undefined) standing.add(lesson);
  }
  return { standing, covered };
}

function nearestOf(positions: readonly number[], own: Vector, corpus: Corpus<Memory>): number | undefined {
  let best: { at: number; likeness: number } | undefined;
  for (const at of positions) {
    const likeness = positions.length === 1 ? 1 : dot(corpus.vectors.at(at), own);
    if (best === undefined || likeness > best.likeness) best = { at, likeness };
  }
  return best?.at;
}

export function join(lesson: Standing, corpus: Corpus<Memory>, at: number): void {
  if (lesson.utterances.has(at)) return;
  const { sum, length } = withOneMore(lesson, corpus.vectors.at(at));
  lesson.sum = apart(sum);
  lesson.length = length;
  joins += 1;
  lesson.joinedAt = joins;
  lesson.sessions = undefined;
  lesson.utterances.add(at);
  const episode = corpus.memories[at];
  if (episode !== undefined) lesson.episodes.add(episode.id);
}

/**
 * Free utterances of one kind that say what a rule says become its evidence: at first sight, by their likeness to what was
 * said for it; on a second look, by what its sentence says. Answers in how many episodes they were made.
 */
export async function attach(
  corpus: Corpus<Memory>,
  lessons: Lessons,
  kind: Kind,
  context: PhaseContext,
  page: Page,
  look: 'first' | 'second' = 'first',
): Promise<number> {
  const { free } = kind;
  const index = await lessonIndex(lessons.of(kind.name), context);
  const sentences = new Map<Standing, Sentence>();
  const sentenceOf = (lesson: Standing): Sentence => {
    const sentence = sentences.get(lesson) ?? readRuleSentence(corpus, lesson.memory);
    sentences.set(lesson, sentence);
    return sentence;
  };
  const gained = new Map<Standing, number[]>();
  for (const at of [...free]) {
    await context.breathe();
    const episode = corpus.memories[at];
    if (episode === undefined) continue;
    const vector = corpus.vectors.at(at);
    let best: { lesson: Standing; likeness: number } | undefined;
    for (const lesson of index(vector)) {
      const likeness = dot(vector, lesson.sum) / Math.sqrt(lesson.length);
      const asked =
        crystallizationTable.attach *
        (1 + clusterTable.crowd * Math.log2(Math.max(1, lesson.utterances.size)));
      if (best !== undefined && likeness <= best.likeness) continue;
      if (look === 'first' && likeness < asked) continue;
      if (saysBesides(lesson, episode)) continue;
      if (look === 'second' && !saysTheSame(corpus, at, sentenceOf(lesson), { likeness, asked })) continue;
      if (areOpposite(vector, lesson.sum, corpus.background.poles)) continue;
      if (look === 'first' && onlySendsFor(corpus, at, sentenceOf(lesson))) continue;
      best = { lesson, likeness };
    }
    if (best === undefined) continue;
    free.delete(at);
    // Said twice in one message, it is said once.
    if (best.lesson.episodes.has(episode.id)) continue;
    append(gained, best.lesson, at);
  }
  let attached = 0;
  for (const [lesson, positions] of gained) {
    const changes: Change[] = [];
    attached += await breathingSteps(
      supportSteps(lesson, positions, corpus, context, changes),
      context.breathe,
    );
    page.add(positions[0] as number, changes);
  }
  return attached;
}

/** Utterances become evidence of a lesson; answers in how many episodes they were made. */
export function* supportSteps(
  lesson: Standing,
  positions: readonly number[],
  corpus: Corpus<Memory>,
  context: PhaseContext,
  changes: Change[],
): Steps<number> {
  const counts = canGrow(lesson, context);
  const before = counts ? sessionsBehind(lesson, corpus) : 0;
  let attached = 0;
  for (const at of positions) {
    yield;
    const episode = corpus.memories[at];
    if (episode === undefined || lesson.episodes.has(episode.id)) continue;
    changes.push({
      type: 'evidence',
      memory: lesson.memory.id,
      episode: episode.id,
      why: 'It says again what this rule says.',
    });
    join(lesson, corpus, at);
    attached += 1;
  }
  if (counts) {
    const sessions = sessionsBehind(lesson, corpus);
    strengthen(lesson, { sessions, more: Math.max(0, sessions - before) }, context, changes);
  }
  return attached;
}

/** Conversations in which the lesson was said, counted as for a new one: no copies, and nothing that held once only. */
function sessionsBehind(lesson: Standing, corpus: Corpus<Memory>): number {
  if (lesson.sessions === undefined) {
    const said = [...lesson.utterances].sort((a, b) => a - b).flatMap((at) => corpus.memories[at] ?? []);
    lesson.sessions = supportOf(said.filter(({ oneOff }) => !oneOff)).sessions;
  }
  return lesson.sessions;
}

/** The lesson of the same place, or of everywhere, that a group says over again, if there is one; of those that changed after `since`. */
export function* twinSteps(
  corpus: Corpus<Memory>,
  members: readonly number[],
  lessons: Lessons,
  since: number,
): Steps<Standing | undefined> {
  const [first] = members.flatMap((at) => corpus.memories[at] ?? []);
  if (first === undefined) return undefined;
  /* What holds everywhere holds in a project, too, and is no rule of its own there. */
  const own = kindOfUtterance(first);
  const everywhere = kindOfLesson({ level: 'user' }, first.label === 'fix');
  const isNew = ({ joinedAt }: Standing) => joinedAt > since;
  const kinds = [...new Set([own, everywhere])].filter((kind) => lessons.of(kind).some(isNew));
  if (kinds.length === 0) return undefined;
  const { sum: theme, length } = yield* themeSteps(corpus, members);
  const square = dot(theme, theme);
  let best: { lesson: Standing; likeness: number } | undefined;
  for (const kind of kinds) {
    const dots = yield* lessons.sharedWith(kind, theme);
    for (const [place, lesson] of lessons.of(kind).entries()) {
      if (!isNew(lesson)) continue;
      const shared = dots.at(place);
      /* Of little weight in common the angle alone says nothing: two short sentences with "keep" in them. */
      if (shared < crystallizationTable.attach * Math.sqrt(length * lesson.length)) continue;
      yield;
      const angle = Math.sqrt(square * squareOf(lesson));
      const likeness = angle === 0 ? 0 : shared / angle;
      if (likeness < crystallizationTable.twin || (best !== undefined && likeness <= best.likeness)) continue;
      if (members.length === 1 && saysBesides(lesson, first)) continue;
      if (areOpposite(theme, lesson.sum, corpus.background.poles)) continue;
      best = { lesson, likeness };
    }
  }
  return best?.lesson;
}

/**
 * Said to last in a message that stands behind the lesson already, and in other words: another of the several lessons of
 * that message, however alike two of few sentences look.
 */
const saysBesides = ({ memory, episodes }: Standing, utterance: Memory): boolean =>
  utterance.standing &&
  episodes.has(utterance.id) &&
  shareOfTerms(memory.text, utterance.text) < crystallizationTable.again;

const squares = new WeakMap<Vector, number>();

/** Squared length of the sum as it is kept, without what was cut off of it. */
function squareOf({ sum }: Standing): number {
  const known = squares.get(sum) ?? dot(sum, sum);
  squares.set(sum, known);
  return known;
}

type Theme = Pick<Standing, 'sum' | 'length'>;

const withOneMore = ({ sum, length }: Theme, vector: Vector): Theme => ({
  sum: plus(sum, vector, clusterTable.theme),
  length: length + 1 + 2 * dot(vector, sum),
});

/** What some utterances say together. */
function* themeSteps(corpus: Corpus<Memory>, members: readonly number[]): Steps<Theme> {
  let theme: Theme = { sum: emptyVector, length: 0 };
  for (const at of members) {
    yield;
    theme = withOneMore(theme, corpus.vectors.at(at));
  }
  return theme;
}

/** Waits for more evidence to come into use. */
const isWaiting = (known: Memory, context: PhaseContext): boolean =>
  known.status === 'proposed' && context.approval !== 'manual' && mayComeIntoUse(known);

/** Could it become surer by any number of conversations? Where hundreds stand behind it, they need not be counted then. */
const canGrow = ({ memory }: Standing, context: PhaseContext): boolean =>
  memory.confidence !== crystallizationTable.confidenceMost || isWaiting(memory, context);

/** More evidence: surer, and a proposed rule that three sessions support comes into use if it can be told. */
function strengthen(
  lesson: Standing,
  { sessions, more }: { readonly sessions: number; readonly more: number },
  context: PhaseContext,
  changes: Change[],
): void {
  const known = lesson.memory;
  const status =
    sessions >= tunables.crystallization.activeSessions && isWaiting(known, context)
      ? 'active'
      : known.status;
  const confidence = Math.min(
    crystallizationTable.confidenceMost,
    known.confidence + crystallizationTable.confidenceGain * more,
  );
  if (status === known.status && confidence === known.confidence) return;
  const { born } = lesson;
  if (born !== undefined) born.memory = { ...born.memory, confidence, status };
  else {
    changes.push({
      type: 'update',
      id: known.id,
      patch: { confidence, ...(status === known.status ? {} : { status }) },
      why:
        more === 0
          ? `It was said in ${sessions} sessions.`
          : `It was said in ${more} more ${more === 1 ? 'session' : 'sessions'}, ${sessions} in all.`,
    });
  }
  (lesson as { memory: Memory }).memory = { ...known, confidence, status };
}
