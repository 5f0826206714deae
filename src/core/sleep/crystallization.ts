/**
 * Phase 4, N3: episodes that say the same thing become one rule, a repeated error → fix becomes a skill. One-offs and
 * what was repeated in one sitting about one artefact stay episodes. A rule that exists gains evidence instead of a
 * twin. Goes on until nothing is left to do, so that a second night finds nothing.
 */
import type { Memory, MemoryId } from '../memory.ts';
import { type Corpus, readCorpus } from '../text/similarity.ts';
import { dot, emptyVector } from '../text/vector.ts';
import { groupAlong } from './clusters.ts';
import { evidenceFor, isLesson, isLocal, mayCrystallize, supportOf } from './crystalEvidence.ts';
import { type KnownInstructions, readInstructions } from './crystalInstructions.ts';
import { crystallizationTable, lessonFrom } from './crystalLesson.ts';
import { fingerprintAfter, fingerprintOf, settledFact } from './crystalSettled.ts';
import { attach, join, type Standing, sameScope, standingIn } from './crystalStanding.ts';
import { type Edges, nearNeighbours } from './neighbours.ts';
import type { Change, PhaseContext, PhaseResult, SleepPhase, SleepSnapshot } from './phase.ts';
import { type Wording, wordingTable, wordRule } from './ruleWording.ts';

export const crystallization: SleepPhase = {
  name: 'crystallization',
  stage: 'N3',
  async run(snapshot, context) {
    const before = await fingerprintOf(snapshot, context);
    if (snapshot.facts.get(settledFact) === before) return nothingNew;
    const covered = coverage(snapshot);
    const episodes = snapshot.memories.filter((memory) => mayCrystallize(memory) && context.inScope(memory));
    const corpus = await readCorpus(episodes, () => context.breathe());
    const changes: Change[] = [];
    const counts = { rules: 0, skills: 0, evidence: 0, restated: 0, weak: 0 };
    const edges = await nearNeighbours(corpus.vectors, {
      breathe: () => context.breathe(),
      mayJoin: (a, b) => mayShareRule(episodes[a], episodes[b]),
    });
    const standing = standingIn(snapshot, corpus, covered);
    const instructions = await readInstructions(corpus, context);
    const free = new Set(episodes.keys());
    episodes.forEach((episode, at) => {
      if (covered.has(episode.id)) free.delete(at);
    });
    const born = new Set(snapshot.memories.map((memory) => memory.id));
    for (let round = 0; round < crystallizationTable.rounds; round += 1) {
      const attached = await attach(corpus, standing, free, context, changes);
      counts.evidence += attached;
      const made = await bear(corpus, edges, instructions, standing, free, born, context, changes, counts);
      if (attached + made === 0) break;
    }
    counts.restated = await restate(standing, instructions, context, changes);
    const byId = new Map(snapshot.memories.map((memory) => [memory.id, memory]));
    const settled = fingerprintAfter(before, changes, (id) => byId.get(id));
    if (episodes.length > 0)
      changes.push({
        type: 'fact',
        key: settledFact,
        value: settled,
        why: 'So that nothing is looked through again before something was said or decided.',
      });
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
    measures: { rules: 0, skills: 0, evidence: 0, restated: 0, weak: 0 },
  },
};

function sentenceOf(
  counts: { rules: number; skills: number; evidence: number; restated: number },
  read: number,
): string {
  const written =
    counts.restated === 0
      ? ''
      : ` What your instruction files say already had to be said ${counts.restated} times all the same.`;
  if (counts.rules + counts.skills + counts.evidence === 0)
    return `Nothing new was said often enough among ${read} episodes.${written}`;
  return `${counts.rules} rules and ${counts.skills} skills came out of ${read} episodes; ${counts.evidence} episodes support what was known.${written}`;
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
  for (const { memory, episodes } of standing) {
    await context.breathe();
    const isNew = made.has(memory.id);
    const restates =
      memory.restates ?? (isNew ? undefined : instructions.restatedBy(memory, memory.scope, [...episodes]));
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

/** Episodes that already stand behind a rule or skill, whatever became of it: a retired rule keeps its evidence. */
function coverage(snapshot: SleepSnapshot): ReadonlySet<MemoryId> {
  const lessons = new Set(snapshot.memories.filter(isLesson).map((memory) => memory.id));
  return new Set(snapshot.evidence.filter((one) => lessons.has(one.memory)).map((one) => one.episode));
}

/** Groups among the free episodes that are strong enough become rules and skills. */
async function bear(
  corpus: Corpus<Memory>,
  edges: Edges,
  instructions: KnownInstructions,
  standing: Standing[],
  free: Set<number>,
  born: Set<MemoryId>,
  context: PhaseContext,
  changes: Change[],
  counts: { rules: number; skills: number; restated: number; weak: number },
): Promise<number> {
  const groups = await groupAlong(corpus, edges, { among: free, breathe: () => context.breathe() });
  let made = 0;
  for (const members of groups) {
    await context.breathe();
    const episodes = members.flatMap((at) => corpus.memories[at] ?? []);
    const support = supportOf(episodes);
    if (!support.enough) continue;
    if (!coheres(corpus, members) || isLocal(episodes)) {
      counts.weak += 1;
      continue;
    }
    const wording = wordRule(corpus, members);
    const least = wordingTable.usable + (support.episodes === 1 ? wordingTable.aloneUsable : 0);
    const alone = support.episodes === 1;
    if (
      wording === undefined ||
      wording.quality < least ||
      (alone && !wording.lasting) ||
      !foundHeldOut(corpus, members, wording)
    ) {
      counts.weak += 1;
      continue;
    }
    const memory = lessonFrom(corpus, members, episodes, wording, instructions, context);
    if (born.has(memory.id)) continue;
    born.add(memory.id);
    changes.push({
      type: 'create',
      memory,
      evidence: episodes.map((episode) => episode.id),
      why: evidenceFor(episodes, memory),
    });
    const lesson: Standing = {
      memory,
      sum: corpus.vectorOf({ text: memory.text, lesson: memory.lesson, label: 'decision' }),
      length: 1,
      episodes: new Set(),
    };
    for (const at of members) {
      join(lesson, corpus, at);
      free.delete(at);
    }
    standing.push(lesson);
    if (memory.kind === 'skill') counts.skills += 1;
    else counts.rules += 1;
    made += 1;
  }
  return made;
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
