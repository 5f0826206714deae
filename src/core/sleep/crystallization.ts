/**
 * Phase 4, N3: episodes that say the same thing become one rule, a repeated error → fix becomes a skill. One-offs and
 * what was repeated in one sitting about one artefact stay episodes. A rule that exists gains evidence instead of a
 * twin. Goes on until nothing is left to do, so that a second night finds nothing.
 */
import type { Memory, MemoryId, Scope } from '../memory.ts';
import { areOpposite } from '../text/opposition.ts';
import { type Corpus, readCorpus } from '../text/similarity.ts';
import { dot, emptyVector, heaviest, plainAt, plus, type Vector } from '../text/vector.ts';
import { tunables } from '../tunables.ts';
import { clusterTable, groupAlong } from './clusters.ts';
import { evidenceFor, isLesson, isLocal, mayCrystallize, sessionOf, supportOf } from './crystalEvidence.ts';
import { crystallizationTable, lessonFrom } from './crystalLesson.ts';
import { fingerprintAfter, fingerprintOf, settledFact } from './crystalSettled.ts';
import { type Edges, nearNeighbours, neighbourTable } from './neighbours.ts';
import type { Change, PhaseContext, PhaseResult, SleepPhase, SleepSnapshot } from './phase.ts';
import { type Wording, wordingTable, wordRule } from './ruleWording.ts';

interface Standing {
  readonly memory: Memory;
  sum: Vector;
  /** Squared length of `sum`. */
  length: number;
  readonly episodes: Set<number>;
}

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
    const standing = existing(snapshot, corpus, covered);
    const free = new Set(episodes.keys());
    episodes.forEach((episode, at) => {
      if (covered.has(episode.id)) free.delete(at);
    });
    const born = new Set(snapshot.memories.map((memory) => memory.id));
    for (let round = 0; round < crystallizationTable.rounds; round += 1) {
      const attached = await attach(corpus, standing, free, context, changes);
      counts.evidence += attached;
      const made = await bear(corpus, edges, standing, free, born, context, changes, counts);
      if (attached + made === 0) break;
    }
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

function sentenceOf(counts: { rules: number; skills: number; evidence: number }, read: number): string {
  if (counts.rules + counts.skills + counts.evidence === 0)
    return `Nothing new was said often enough among ${read} episodes.`;
  return `${counts.rules} rules and ${counts.skills} skills came out of ${read} episodes; ${counts.evidence} episodes support what was known.`;
}

/** Episodes that already stand behind a rule or skill, whatever became of it: a retired rule keeps its evidence. */
function coverage(snapshot: SleepSnapshot): ReadonlySet<MemoryId> {
  const lessons = new Set(snapshot.memories.filter(isLesson).map((memory) => memory.id));
  return new Set(snapshot.evidence.filter((one) => lessons.has(one.memory)).map((one) => one.episode));
}

/** Rules and skills in use, with the sum of their evidence (their own words where they have none). */
function existing(
  snapshot: SleepSnapshot,
  corpus: Corpus<Memory>,
  covered: ReadonlySet<MemoryId>,
): Standing[] {
  const position = new Map(corpus.memories.map((memory, at) => [memory.id, at]));
  const behind = new Map<MemoryId, number[]>();
  if (covered.size > 0) {
    for (const { memory, episode } of snapshot.evidence) {
      const at = position.get(episode);
      if (at === undefined) continue;
      const list = behind.get(memory);
      if (list === undefined) behind.set(memory, [at]);
      else list.push(at);
    }
  }
  return snapshot.memories
    .filter(
      (memory) =>
        isLesson(memory) &&
        (memory.status === 'active' || memory.status === 'proposed') &&
        memory.obsoleteAt === undefined,
    )
    .map((memory) => {
      const own = corpus.vectorOf({ text: memory.text, lesson: memory.lesson, label: 'decision' });
      const lesson: Standing = { memory, sum: own, length: 1, episodes: new Set() };
      for (const at of behind.get(memory.id) ?? []) join(lesson, corpus, at);
      return lesson;
    });
}

function join(lesson: Standing, corpus: Corpus<Memory>, at: number): void {
  if (lesson.episodes.has(at)) return;
  const vector = corpus.vectors[at] ?? emptyVector;
  lesson.length += 1 + 2 * dot(vector, lesson.sum);
  lesson.sum = plus(lesson.sum, vector, clusterTable.theme);
  lesson.episodes.add(at);
}

/** Free episodes that say what a rule says become its evidence. */
async function attach(
  corpus: Corpus<Memory>,
  lessons: readonly Standing[],
  free: Set<number>,
  context: PhaseContext,
  changes: Change[],
): Promise<number> {
  const index = lessonIndex(lessons);
  const gained = new Map<Standing, number[]>();
  for (const at of [...free]) {
    await context.breathe();
    const episode = corpus.memories[at];
    const vector = corpus.vectors[at];
    if (episode === undefined || vector === undefined) continue;
    let best: { lesson: Standing; likeness: number } | undefined;
    for (const lesson of index(vector)) {
      if (
        !sameScope(lesson.memory.scope, episode.scope) ||
        (lesson.memory.kind === 'skill') !== (episode.label === 'fix')
      )
        continue;
      const likeness = dot(vector, lesson.sum) / Math.sqrt(lesson.length);
      if (likeness < crystallizationTable.attach || (best !== undefined && likeness <= best.likeness))
        continue;
      if (areOpposite(vector, lesson.sum, corpus.background.poles)) continue;
      best = { lesson, likeness };
    }
    if (best === undefined) continue;
    free.delete(at);
    gained.set(best.lesson, [...(gained.get(best.lesson) ?? []), at]);
  }
  let attached = 0;
  for (const [lesson, positions] of gained) {
    const known = new Set([...lesson.episodes].map((at) => sessionOf(corpus.memories[at])));
    let sessions = 0;
    for (const at of positions) {
      const episode = corpus.memories[at];
      if (episode === undefined) continue;
      changes.push({
        type: 'evidence',
        memory: lesson.memory.id,
        episode: episode.id,
        why: 'It says again what this rule says.',
      });
      if (!known.has(sessionOf(episode))) sessions += 1;
      known.add(sessionOf(episode));
      join(lesson, corpus, at);
      attached += 1;
    }
    strengthen(lesson, sessions, context, corpus, changes);
  }
  return attached;
}

/** More evidence: surer, and a proposed rule that three sessions support comes into use. */
function strengthen(
  lesson: Standing,
  sessions: number,
  context: PhaseContext,
  corpus: Corpus<Memory>,
  changes: Change[],
): void {
  const at = changes.findIndex((change) => change.type === 'create' && change.memory.id === lesson.memory.id);
  const total = new Set([...lesson.episodes].map((position) => sessionOf(corpus.memories[position]))).size;
  const known = lesson.memory;
  const status =
    known.status === 'proposed' &&
    context.approval !== 'manual' &&
    total >= tunables.crystallization.activeSessions
      ? 'active'
      : known.status;
  const confidence = Math.min(
    crystallizationTable.confidenceMost,
    known.confidence + crystallizationTable.confidenceGain * sessions,
  );
  if (status === known.status && confidence === known.confidence) return;
  const before = changes[at];
  if (before?.type === 'create') {
    changes[at] = { ...before, memory: { ...before.memory, confidence, status } };
  } else {
    changes.push({
      type: 'update',
      id: known.id,
      patch: { confidence, ...(status === known.status ? {} : { status }) },
      why: `It was said in ${sessions} more sessions, ${total} in all.`,
    });
  }
  (lesson as { memory: Memory }).memory = { ...known, confidence, status };
}

/** The few lessons that share most with a vector, by the heaviest features of their themes. */
function lessonIndex(lessons: readonly Standing[]): (vector: Vector) => readonly Standing[] {
  const postings = new Map<number, { lesson: Standing; weight: number }[]>();
  for (const lesson of lessons) {
    const scale = 1 / Math.sqrt(lesson.length || 1);
    for (const id of heaviest(lesson.sum, neighbourTable.features * 2)) {
      const entry = { lesson, weight: scale * plainAt(lesson.sum, id) };
      const list = postings.get(id);
      if (list === undefined) postings.set(id, [entry]);
      else list.push(entry);
    }
  }
  return (vector) => {
    const found = new Map<Standing, number>();
    for (const id of heaviest(vector, neighbourTable.features)) {
      const own = plainAt(vector, id);
      for (const { lesson, weight } of (postings.get(id) ?? []).slice(-neighbourTable.postings))
        found.set(lesson, (found.get(lesson) ?? 0) + own * weight);
    }
    return [...found]
      .sort((a, b) => b[1] - a[1] || (a[0].memory.id < b[0].memory.id ? -1 : 1))
      .slice(0, crystallizationTable.candidates)
      .map(([lesson]) => lesson);
  };
}

/** Groups among the free episodes that are strong enough become rules and skills. */
async function bear(
  corpus: Corpus<Memory>,
  edges: Edges,
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
    const memory = lessonFrom(corpus, members, episodes, wording, context);
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
    if (memory.restates !== undefined) counts.restated += 1;
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

/** The owner's own lessons go with themselves, a project's with that project's. */
function sameScope(a: Scope, b: Scope): boolean {
  if (a.level === 'user' || b.level === 'user') return a.level === b.level;
  return a.project === b.project;
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
