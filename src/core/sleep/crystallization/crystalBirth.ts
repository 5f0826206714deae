/**
 * Groups of utterances become rules and skills: what is said often enough, holds together, is no twin of a lesson that
 * stands, can be told in a sentence, and would have been found by what was said last.
 */
import type { Memory, MemoryId } from '../../memory.ts';
import { breathingSteps, type Steps } from '../../steps.ts';
import type { Corpus } from '../../text/similarity.ts';
import { dot } from '../../text/vector.ts';
import type { Change, PhaseContext } from '../phase.ts';
import { evidenceFor, meantIn, type Support, supportOf } from './crystalEvidence.ts';
import type { KnownInstructions } from './crystalInstructions.ts';
import { crystallizationTable, lessonFrom } from './crystalLesson.ts';
import { isLocal, tellsHowToWork } from './crystalReach.ts';
import {
  type Birth,
  join,
  type Lessons,
  latestJoin,
  type Standing,
  supportSteps,
  twinSteps,
} from './crystalStanding.ts';
import type { Kind } from './kinds.ts';
import type { Page } from './pages.ts';
import { withItsPurpose } from './rulePurpose.ts';
import { onlySendsFor, readRuleSentence, ruleAsCompared, vectorOfSentence } from './ruleReading.ts';
import { type Wording, wordingSteps, wordingTable } from './ruleWording.ts';

/** What a night works on. */
export interface Work {
  readonly corpus: Corpus<Memory>;
  /** Episodes that are not copies of others. */
  readonly originals: ReadonlySet<MemoryId>;
  readonly instructions: KnownInstructions;
  readonly standing: Lessons;
  /** Memories there are. */
  readonly born: Set<MemoryId>;
  /** This sleep may write rules on weak evidence. */
  readonly slowDue: boolean;
  /** Groups of which it is known that they do not hold together, and that nothing can be told of: rounds repeat them. */
  readonly loose: Set<string>;
  readonly untold: Set<string>;
  /** What had been said for any lesson when a group was found to say none over again. */
  readonly compared: Map<string, number>;
  readonly context: PhaseContext;
  readonly counts: {
    rules: number;
    skills: number;
    evidence: number;
    restated: number;
    weak: number;
    waiting: number;
  };
}

/**
 * Groups among the free utterances of one kind that are strong enough become rules and skills. Where a group is none, what
 * was said outright as lasting in it may still be a rule by itself. Answers how many were made.
 */
export async function bear(work: Work, kind: Kind, page: Page): Promise<number> {
  const { context, counts } = work;
  let made = 0;
  for (const members of await kind.groups(() => context.breathe())) {
    await context.breathe();
    const place: Place = { free: kind.free, changes: [] };
    const grown = await breathingSteps(lessonSteps(work, members, place), context.breathe);
    if (grown === 'born') made += 1;
    if (grown === 'weak') {
      counts.weak += 1;
      if (members.length > 1) made += await bearAlone(work, members, place);
    }
    page.add(members[0] as number, place.changes);
  }
  return made;
}

/** What was said outright as lasting in a group that is no rule. */
async function bearAlone(work: Work, members: readonly number[], place: Place): Promise<number> {
  let made = 0;
  for (const at of members) {
    await work.context.breathe();
    if (work.corpus.memories[at]?.standing !== true) continue;
    if ((await breathingSteps(lessonSteps(work, [at], place), work.context.breathe)) === 'born') made += 1;
  }
  return made;
}

/** Where a group stands, and what comes of it is written. */
interface Place {
  readonly free: Set<number>;
  readonly changes: Change[];
}

/** Makes a group a rule or skill, if enough stands behind it and it can be told. */
function* lessonSteps(
  work: Work,
  members: readonly number[],
  { free, changes }: Place,
): Steps<'born' | 'weak' | 'none'> {
  const { corpus, instructions, standing, born, slowDue, context, counts } = work;
  const episodes = members.flatMap((at) => corpus.memories[at] ?? []);
  const meant = originalsAt(work, members);
  const said = supportOf(meant);
  if (!said.enough) return 'none';
  /* Of what one message says, each sentence is a lesson by itself. */
  if (members.length > 1 && new Set(episodes.map(({ id }) => id)).size === 1) return 'weak';
  const name = members.join();
  if (work.loose.has(name)) return 'weak';
  if (!work.untold.has(name) && !coheres(corpus, members)) {
    work.loose.add(name);
    return 'weak';
  }
  const twin = yield* twinSteps(corpus, members, standing, work.compared.get(name) ?? -1);
  if (twin !== undefined) {
    for (const at of members) free.delete(at);
    const sentence = readRuleSentence(corpus, twin.memory);
    const saying = members.filter((at) => !onlySendsFor(corpus, at, sentence));
    counts.evidence += yield* supportSteps(twin, saying, corpus, context, changes);
    return 'none';
  }
  work.compared.set(name, latestJoin());
  const told = work.untold.has(name) ? undefined : yield* tellableSteps(corpus, members, meant, said);
  if (told === undefined) {
    work.untold.add(name);
    return 'weak';
  }
  /* Whom the sentence does not speak of shares the things of the others, not their wish: no evidence. */
  const { likeness } = told;
  const spoken = members.filter((at) => told.isSpokenOf(at));
  if (spoken.length < members.length) {
    if (spoken.length > 0 && supportOf(originalsAt(work, spoken)).enough)
      return yield* lessonSteps(work, spoken, { free, changes });
    work.untold.add(name);
    return 'weak';
  }
  const clearly = new Set(
    members
      .filter((at) => likeness(at) >= crystallizationTable.clearlySpokenOf)
      .flatMap((at) => corpus.memories[at] ?? []),
  );
  /* Only now: who did not say what it is for is evidence all the same. */
  const wording = {
    ...told.wording,
    statement: yield* withItsPurpose(told.wording.statement, episodes, corpus.memories),
  };
  const memory = lessonFrom(corpus, members, { episodes, meant, clearly }, wording, instructions, context);
  if (born.has(memory.id)) return 'none';
  if (!said.strong && !slowDue) {
    counts.waiting += 1;
    return 'none';
  }
  born.add(memory.id);
  const birth: Birth = {
    type: 'create',
    memory,
    evidence: [...new Set(episodes.map((episode) => episode.id))],
    why: evidenceFor(meant, memory),
  };
  changes.push(birth);
  const lesson: Standing = {
    memory,
    sum: vectorOfSentence(corpus, memory),
    length: 1,
    born: birth,
    utterances: new Set(),
    episodes: new Set(),
    joinedAt: 0,
  };
  for (const at of members) {
    yield;
    join(lesson, corpus, at);
    free.delete(at);
  }
  standing.add(lesson);
  if (memory.kind === 'skill') counts.skills += 1;
  else counts.rules += 1;
  return 'born';
}

/** A sentence that may be told, how alike an utterance is to it (0..1), and whether it speaks of that utterance. */
interface Told {
  readonly wording: Wording;
  likeness(at: number): number;
  isSpokenOf(at: number): boolean;
}

/** What was said once is its own sentence. */
function toldOf(corpus: Corpus<Memory>, members: readonly number[], wording: Wording): Told {
  if (members.length < 2) return { wording, likeness: () => 1, isSpokenOf: () => true };
  const told = { text: wording.statement, lesson: { ...wording } };
  const sentence = readRuleSentence(corpus, told);
  const meant = corpus.words === undefined ? sentence.vector : corpus.meantOf(ruleAsCompared(told));
  const likeness = (at: number) => dot(meant, corpus.meant.at(at));
  return {
    wording,
    likeness,
    isSpokenOf: (at) => likeness(at) >= crystallizationTable.spokenOf && !onlySendsFor(corpus, at, sentence),
  };
}

/** What of these utterances was meant to last, copies left out. */
const originalsAt = ({ corpus, originals }: Work, members: readonly number[]): readonly Memory[] =>
  meantIn(members.flatMap((at) => corpus.memories[at] ?? []).filter(({ id }) => originals.has(id)));

/** The sentence of a group, where it is a lesson that can be told and would have been found. */
function* tellableSteps(
  corpus: Corpus<Memory>,
  members: readonly number[],
  meant: readonly Memory[],
  said: Support,
): Steps<Told | undefined> {
  if (isLocal(meant) || !tellsHowToWork(meant)) return undefined;
  const lasts = new Set(meant);
  const lasting = members.filter((at) => {
    const memory = corpus.memories[at];
    return memory !== undefined && lasts.has(memory);
  });
  const wording = yield* wordingSteps(corpus, lasting);
  const alone = said.episodes === 1;
  const least = wordingTable.usable + (alone ? wordingTable.aloneUsable : 0);
  if (wording === undefined || wording.quality < least || (alone && !wording.lasting)) return undefined;
  const told = toldOf(corpus, members, wording);
  return foundHeldOut(lasting, told) ? told : undefined;
}

function coheres(corpus: Corpus<Memory>, members: readonly number[]): boolean {
  if (members.length < 2) return true;
  let sum = 0;
  let pairs = 0;
  const some = members.slice(0, 40);
  for (let a = 0; a < some.length; a += 1) {
    for (let b = a + 1; b < some.length; b += 1) {
      sum += dot(corpus.meant.at(some[a] ?? 0), corpus.meant.at(some[b] ?? 0));
      pairs += 1;
    }
  }
  const least = crystallizationTable.cohesion[Math.min(members.length, 4) - 2] ?? 0;
  return sum / pairs >= least;
}

/** The rule would have been found by what was said last, had it been made of the others. */
function foundHeldOut(members: readonly number[], { likeness }: Told): boolean {
  if (members.length < 2) return true;
  const found = members.filter((at) => likeness(at) >= crystallizationTable.heldOut);
  return found.length * 2 >= members.length;
}
