/**
 * Phase 4, N3: episodes that say the same thing become one rule, a repeated error → fix becomes a skill. One-offs and
 * what was repeated in one sitting about one artefact stay episodes. A rule that exists gains evidence instead of a
 * twin. Goes on until nothing is left to do, so that a second night finds nothing.
 */
import type { Memory, MemoryId } from '../memory.ts';
import { eachOf } from '../steps.ts';
import { type Corpus, readCorpus } from '../text/similarity.ts';
import { dot, emptyVector } from '../text/vector.ts';
import { groupAlong } from './crystallization/clusters.ts';
import {
  createCounting,
  evidenceFor,
  mayCrystallize,
  meantIn,
  type Support,
  supportOf,
} from './crystallization/crystalEvidence.ts';
import { type KnownInstructions, readInstructions } from './crystallization/crystalInstructions.ts';
import { crystallizationTable, lessonFrom } from './crystallization/crystalLesson.ts';
import { isLocal, tellsHowToWork } from './crystallization/crystalReach.ts';
import { fingerprintAfter, fingerprintOf, settledFact } from './crystallization/crystalSettled.ts';
import {
  attach,
  join,
  type Standing,
  sameScope,
  standingIn,
  support,
  twinOf,
} from './crystallization/crystalStanding.ts';
import { type Edges, nearNeighbours } from './crystallization/neighbours.ts';
import { type Wording, wordingTable, wordRule } from './crystallization/ruleWording.ts';
import { utterancesOf } from './crystallization/utterances.ts';
import { isSlowDue, slowWritten } from './night/clocks.ts';
import { count } from './night/counting.ts';
import { numberFact } from './night/living.ts';
import type { Change, PhaseContext, PhaseResult, SleepPhase } from './phase.ts';

/** Fact: how many groups wait until the slow tier is due. */
const waitingFact = 'crystallization.waiting';

export const crystallization: SleepPhase = {
  name: 'crystallization',
  stage: 'N3',
  async run(snapshot, context) {
    const before = await fingerprintOf(snapshot, context);
    const slowDue = isSlowDue(snapshot, context);
    const waiting = numberFact(snapshot, waitingFact) ?? 0;
    if (snapshot.facts.get(settledFact) === before && !(slowDue && waiting > 0)) return nothingNew;
    const episodes = snapshot.memories.filter((memory) => mayCrystallize(memory) && context.inScope(memory));
    const isOriginal = createCounting();
    const originals = new Set<MemoryId>();
    const said: Memory[] = [];
    for (const episode of episodes) {
      await context.breathe();
      if (isOriginal(episode)) originals.add(episode.id);
      said.push(...utterancesOf(episode));
    }
    const corpus = await readCorpus(said, () => context.breathe());
    const changes: Change[] = [];
    const counts = { rules: 0, skills: 0, evidence: 0, restated: 0, weak: 0, waiting: 0 };
    const edges = await nearNeighbours(corpus.vectors, {
      breathe: () => context.breathe(),
      mayJoin: (a, b) => mayShareRule(said[a], said[b]),
    });
    const { standing, covered } = await standingIn(snapshot, corpus, context);
    const instructions = await readInstructions(corpus, context);
    const free = new Set([...said.keys()].filter((at) => !covered.has(at)));
    const born = new Set(snapshot.memories.map((memory) => memory.id));
    const work: Work = {
      corpus,
      originals,
      edges,
      instructions,
      standing,
      free,
      born,
      slowDue,
      loose: new Set(),
      untold: new Set(),
      context,
      changes,
      counts,
    };
    for (let round = 0; round < crystallizationTable.rounds; round += 1) {
      const attached = await attach(corpus, standing, free, context, changes);
      counts.evidence += attached;
      counts.waiting = 0;
      const made = await bear(work);
      if (attached + made === 0) break;
    }
    counts.restated = await restate(standing, instructions, context, changes);
    const byId = new Map<MemoryId, Memory>();
    await eachOf(snapshot.memories, context.breathe, (memory) => {
      byId.set(memory.id, memory);
    });
    const settled = await fingerprintAfter(before, changes, (id) => byId.get(id), context.breathe);
    if (episodes.length > 0)
      changes.push({
        type: 'fact',
        key: settledFact,
        value: settled,
        why: 'So that nothing is looked through again before something was said or decided.',
      });
    if (counts.waiting !== waiting)
      changes.push({
        type: 'fact',
        key: waitingFact,
        value: counts.waiting,
        why: 'What was said in one conversation only waits until the slow memory is due.',
      });
    if (slowDue && episodes.length > 0) changes.push(...slowWritten(snapshot, context));
    return {
      changes,
      report: {
        read: episodes.length,
        detail: sentenceOf(counts, episodes.length),
        measures: {
          rules: counts.rules,
          skills: counts.skills,
          evidence: counts.evidence,
          restated: counts.restated,
          weak: counts.weak,
          waiting: counts.waiting,
        },
      },
    };
  },
};

const nothingNew: PhaseResult = {
  changes: [],
  report: {
    read: 0,
    detail: 'Nothing was said or decided since rules were last looked for.',
    measures: { rules: 0, skills: 0, evidence: 0, restated: 0, weak: 0, waiting: 0 },
  },
};

function sentenceOf(
  counts: { rules: number; skills: number; evidence: number; restated: number },
  read: number,
): string {
  const written =
    counts.restated === 0
      ? ''
      : ` What your instruction files say already had to be said ${count(counts.restated, 'time')} all the same.`;
  if (counts.rules + counts.skills + counts.evidence === 0)
    return `Nothing new was said often enough among ${count(read, 'episode')}.${written}`;
  const came = `${count(counts.rules, 'rule')} and ${count(counts.skills, 'skill')} came out of ${count(read, 'episode')}`;
  const supported =
    counts.evidence === 0
      ? ''
      : `; ${counts.evidence} more ${counts.evidence === 1 ? 'says' : 'say'} what was known`;
  return `${came}${supported}.${written}`;
}

/** Rules that the team's own files say, also where the files came later. Answers how often what they say was said. */
async function restate(
  standing: readonly Standing[],
  instructions: KnownInstructions,
  context: PhaseContext,
  changes: Change[],
): Promise<number> {
  const made = new Set(changes.flatMap((change) => (change.type === 'create' ? [change.memory.id] : [])));
  let times = 0;
  for (const { memory, episodes, utterances } of standing) {
    await context.breathe();
    const isNew = made.has(memory.id);
    const restates =
      memory.restates ?? (isNew ? undefined : instructions.restatedBy(memory, memory.scope, [...utterances]));
    if (restates === undefined) continue;
    times += episodes.size;
    if (memory.restates !== undefined) continue;
    changes.push({
      type: 'update',
      id: memory.id,
      patch: { restates },
      why: `${restates} says it already, and it had to be said ${episodes.size === 1 ? 'once' : `${episodes.size} times`}.`,
    });
  }
  return times;
}

/** What a night works on. */
interface Work {
  readonly corpus: Corpus<Memory>;
  /** Episodes that are not copies of others. */
  readonly originals: ReadonlySet<MemoryId>;
  readonly edges: Edges;
  readonly instructions: KnownInstructions;
  readonly standing: Standing[];
  /** Utterances behind no rule. */
  readonly free: Set<number>;
  /** Memories there are. */
  readonly born: Set<MemoryId>;
  /** This sleep may write rules on weak evidence. */
  readonly slowDue: boolean;
  /** Groups of which it is known that they do not hold together, and that nothing can be told of: rounds repeat them. */
  readonly loose: Set<string>;
  readonly untold: Set<string>;
  readonly context: PhaseContext;
  readonly changes: Change[];
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
 * Groups among the free utterances that are strong enough become rules and skills. Where a group is none, what was
 * said outright as lasting in it may still be a rule by itself.
 */
async function bear(work: Work): Promise<number> {
  const { corpus, edges, free, context, counts } = work;
  const groups = await groupAlong(corpus, edges, { among: free, breathe: () => context.breathe() });
  let made = 0;
  for (const members of groups) {
    await context.breathe();
    const grown = lessonOf(work, members);
    if (grown === 'none') continue;
    if (grown === 'born') {
      made += 1;
      continue;
    }
    counts.weak += 1;
    if (members.length < 2) continue;
    for (const at of members) {
      await context.breathe();
      if (corpus.memories[at]?.standing !== true) continue;
      if (lessonOf(work, [at]) === 'born') made += 1;
    }
  }
  return made;
}

/** Makes a group a rule or skill, if enough stands behind it and it can be told. */
function lessonOf(work: Work, members: readonly number[]): 'born' | 'weak' | 'none' {
  const { corpus, originals, instructions, standing, free, born, slowDue, context, changes, counts } = work;
  const episodes = members.flatMap((at) => corpus.memories[at] ?? []);
  const meant = meantIn(episodes.filter(({ id }) => originals.has(id)));
  const said = supportOf(meant);
  if (!said.enough) return 'none';
  const name = members.join();
  if (work.loose.has(name)) return 'weak';
  if (!coheres(corpus, members)) {
    work.loose.add(name);
    return 'weak';
  }
  const twin = twinOf(corpus, members, standing);
  if (twin !== undefined) {
    for (const at of members) free.delete(at);
    counts.evidence += support(twin, members, corpus, context, changes);
    return 'none';
  }
  const wording = work.untold.has(name) ? undefined : tellable(corpus, members, meant, said);
  if (wording === undefined) {
    work.untold.add(name);
    return 'weak';
  }
  const memory = lessonFrom(corpus, members, { episodes, meant }, wording, instructions, context);
  if (born.has(memory.id)) return 'none';
  if (!said.strong && !slowDue) {
    counts.waiting += 1;
    return 'none';
  }
  born.add(memory.id);
  changes.push({
    type: 'create',
    memory,
    evidence: [...new Set(episodes.map((episode) => episode.id))],
    why: evidenceFor(meant, memory),
  });
  const lesson: Standing = {
    memory,
    sum: corpus.vectorOf({ text: memory.text, lesson: memory.lesson, label: 'decision' }),
    length: 1,
    born: changes.length - 1,
    utterances: new Set(),
    episodes: new Set(),
  };
  for (const at of members) {
    join(lesson, corpus, at);
    free.delete(at);
  }
  standing.push(lesson);
  if (memory.kind === 'skill') counts.skills += 1;
  else counts.rules += 1;
  return 'born';
}

/** The sentence of a group, where it is a lesson that can be told and would have been found. */
function tellable(
  corpus: Corpus<Memory>,
  members: readonly number[],
  meant: readonly Memory[],
  said: Support,
): Wording | undefined {
  if (isLocal(meant) || !tellsHowToWork(meant)) return undefined;
  const lasts = new Set(meant);
  const lasting = members.filter((at) => {
    const memory = corpus.memories[at];
    return memory !== undefined && lasts.has(memory);
  });
  const wording = wordRule(corpus, lasting);
  const alone = said.episodes === 1;
  const least = wordingTable.usable + (alone ? wordingTable.aloneUsable : 0);
  if (wording === undefined || wording.quality < least || (alone && !wording.lasting)) return undefined;
  return foundHeldOut(corpus, lasting, wording) ? wording : undefined;
}

function mayShareRule(a: Memory | undefined, b: Memory | undefined): boolean {
  return (
    a !== undefined &&
    b !== undefined &&
    sameScope(a.scope, b.scope) &&
    (a.label === 'fix') === (b.label === 'fix')
  );
}

function coheres(corpus: Corpus<Memory>, members: readonly number[]): boolean {
  if (members.length < 2) return true;
  let sum = 0;
  let pairs = 0;
  const some = members.slice(0, 40);
  for (let a = 0; a < some.length; a += 1) {
    for (let b = a + 1; b < some.length; b += 1) {
      sum += corpus.similarity(some[a] ?? 0, some[b] ?? 0);
      pairs += 1;
    }
  }
  const least = crystallizationTable.cohesion[Math.min(members.length, 4) - 2] ?? 0;
  return sum / pairs >= least;
}

/** The rule would have been found by what was said last, had it been made of the others. */
function foundHeldOut(corpus: Corpus<Memory>, members: readonly number[], wording: Wording): boolean {
  if (members.length < 2) return true;
  const rule = corpus.vectorOf({ text: wording.statement, lesson: { ...wording }, label: 'decision' });
  const found = members.filter(
    (at) => dot(rule, corpus.vectors[at] ?? emptyVector) >= crystallizationTable.heldOut,
  );
  return found.length * 2 >= members.length;
}
