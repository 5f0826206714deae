/**
 * Phase 8, REM. Three things: *dreams* – analogies between lessons of different projects, tested before they are kept
 * and only ever proposed; *generative replay* – other words for the lessons, kept as recall cues; *emotional
 * processing* – what hurt loses its arousal once a rule covers it.
 *
 * A day is dreamt about once: where no episode was added since the last dreams, no new dream comes.
 */
import { effectiveStrength, type Memory, type MemoryId } from '../memory.ts';
import { tunables } from '../tunables.ts';
import { cuesFor } from './dreamCues.ts';
import { type DreamPair, dreamPairs, dreamTable, homeOf, homesKey, pairKey } from './dreamPairs.ts';
import { keepDream } from './dreamTelling.ts';
import type { Change, PhaseContext, SleepPhase, SleepSnapshot } from './phase.ts';

/** Fact: what was dreamt about. `pairs` are the latest {@link mostPairs} pairs. */
const seenFact = 'dream.seen';
const mostPairs = 4000;
/** Arousal of an episode whose lesson an active rule holds. */
const relieved = 0.25;

interface Seen {
  readonly newest: number;
  readonly episodes: number;
  readonly pairs: readonly string[];
}

export const dream: SleepPhase = {
  name: 'dream',
  stage: 'REM',
  async run(snapshot, context) {
    const changes: Change[] = [];
    const dreams = await dreamOf(snapshot, context, changes);
    const cued = await replayInOtherWords(snapshot, context, changes);
    const calmed = calm(snapshot, context, changes);
    return {
      changes,
      report: {
        read: snapshot.memories.length,
        detail: detailOf(dreams.kept, cued, calmed),
        measures: {
          dreams: dreams.kept,
          considered: dreams.considered,
          failed: dreams.failed,
          cues: cued,
          relieved: calmed,
        },
      },
    };
  },
};

function detailOf(dreams: number, cued: number, calmed: number): string {
  if (dreams + cued + calmed === 0) return 'A quiet night: nothing new to dream about.';
  return `${dreams} dreams; ${cued} lessons can be found in other words; ${calmed} old hurts eased, as rules cover them.`;
}

function seenOf(snapshot: SleepSnapshot): Seen {
  const value = snapshot.facts.get(seenFact);
  const none: Seen = { newest: Number.NEGATIVE_INFINITY, episodes: 0, pairs: [] };
  if (
    typeof value !== 'object' ||
    value === null ||
    !('newest' in value) ||
    !('episodes' in value) ||
    !('pairs' in value)
  )
    return none;
  const { newest, episodes, pairs } = value;
  if (typeof newest !== 'number' || typeof episodes !== 'number' || !Array.isArray(pairs)) return none;
  return { newest, episodes, pairs: pairs.filter((pair): pair is string => typeof pair === 'string') };
}

const inUse = (memory: Memory) => memory.status === 'active' || memory.status === 'proposed';

async function dreamOf(
  snapshot: SleepSnapshot,
  context: PhaseContext,
  changes: Change[],
): Promise<{ kept: number; considered: number; failed: number }> {
  const seen = seenOf(snapshot);
  const episodes = snapshot.memories.filter((memory) => memory.kind === 'episode' && context.inScope(memory));
  const newest = episodes.reduce(
    (latest, memory) => Math.max(latest, memory.createdAt),
    Number.NEGATIVE_INFINITY,
  );
  if (episodes.length === 0 || (newest <= seen.newest && episodes.length <= seen.episodes))
    return { kept: 0, considered: 0, failed: 0 };

  const { behind, covered } = evidenceIn(snapshot);
  const worth = (memory: Memory) => effectiveStrength(memory, context.now) + memory.salience.total;
  const lessons = snapshot.memories
    .filter(
      (memory) =>
        context.inScope(memory) &&
        inUse(memory) &&
        memory.obsoleteAt === undefined &&
        memory.contradictedBy === undefined,
    )
    .filter(
      (memory) =>
        memory.kind === 'rule' ||
        memory.kind === 'skill' ||
        (memory.kind === 'episode' && !memory.oneOff && memory.label !== 'outcome'),
    )
    .map((memory) => ({ memory, worth: worth(memory) + (memory.kind === 'episode' ? 0 : 1) }))
    .sort((a, b) => b.worth - a.worth || (a.memory.id < b.memory.id ? -1 : 1))
    .slice(0, dreamTable.lessons)
    .map(({ memory }) => memory);
  const pairs = await dreamPairs(lessons, {
    now: context.now,
    seen: new Set(seen.pairs),
    tied: tiesIn(snapshot),
    behind,
    breathe: () => context.breathe(),
  });
  // What a rule says already is dreamt through the rule; a dream must have passed its test.
  const good = pairs.filter(
    ({ score, a, b }) => score.total >= tunables.dream.keep && !covered.has(a.id) && !covered.has(b.id),
  );
  const tested = good.filter(({ helps }) => helps !== undefined);
  const kept = choose(tested, context);
  for (const pair of kept) changes.push(...keepDream(pair, context));
  const dreamt = kept.map(({ a, b }) => pairKey(a.id, b.id));
  changes.push({
    type: 'fact',
    key: seenFact,
    value: { newest, episodes: episodes.length, pairs: [...seen.pairs, ...dreamt].slice(-mostPairs) },
    why: 'No pair is dreamt twice, and no day.',
  });
  return { kept: kept.length, considered: pairs.length, failed: good.length - tested.length };
}

/** The best few, no lesson and no kind of analogy twice, and one at random among the rest for diversity. */
export function choose(
  pairs: readonly DreamPair[],
  context: Pick<PhaseContext, 'random'>,
): readonly DreamPair[] {
  const used = new Map<MemoryId, number>();
  const kept: DreamPair[] = [];
  const relations = new Set<string>();
  const fits = ({ a, b, relation }: DreamPair) =>
    !relations.has(relation) &&
    (used.get(a.id) ?? 0) < dreamTable.perLesson &&
    (used.get(b.id) ?? 0) < dreamTable.perLesson;
  const take = (pair: DreamPair) => {
    kept.push(pair);
    relations.add(pair.relation);
    for (const { id } of [pair.a, pair.b]) used.set(id, (used.get(id) ?? 0) + 1);
  };
  for (const pair of pairs) {
    if (kept.length >= tunables.dream.top) break;
    if (fits(pair)) take(pair);
  }
  const rest = pairs.filter((pair) => fits(pair));
  const random = rest[Math.floor(context.random.next() * rest.length)];
  if (random !== undefined) take(random);
  return kept;
}

function evidenceIn(snapshot: SleepSnapshot): {
  behind: Map<MemoryId, Set<MemoryId>>;
  covered: Set<MemoryId>;
} {
  const behind = new Map<MemoryId, Set<MemoryId>>();
  const lessons = new Set(
    snapshot.memories
      .filter((memory) => (memory.kind === 'rule' || memory.kind === 'skill') && inUse(memory))
      .map(({ id }) => id),
  );
  const covered = new Set<MemoryId>();
  for (const { memory, episode } of snapshot.evidence) {
    behind.set(memory, (behind.get(memory) ?? new Set()).add(episode));
    if (lessons.has(memory)) covered.add(episode);
  }
  return { behind, covered };
}

/** How many insights tie two homes, or tell of one relation, already. */
function tiesIn(snapshot: SleepSnapshot): ReadonlyMap<string, number> {
  const home = new Map(snapshot.memories.map((memory) => [memory.id, homeOf(memory)]));
  const ends = new Map<MemoryId, string[]>();
  for (const { from, to, kind } of snapshot.links) {
    if (kind !== 'analogy') continue;
    ends.set(from, [...(ends.get(from) ?? []), home.get(to) ?? '']);
  }
  const ties = new Map<string, number>();
  const add = (key: string) => ties.set(key, (ties.get(key) ?? 0) + 1);
  for (const [one = '', other = ''] of ends.values()) add(homesKey(one, other));
  for (const { kind, tags } of snapshot.memories) if (kind === 'insight') for (const tag of tags) add(tag);
  return ties;
}

/** Today's lessons and all rules get cues in other words. */
async function replayInOtherWords(
  snapshot: SleepSnapshot,
  context: PhaseContext,
  changes: Change[],
): Promise<number> {
  let cued = 0;
  for (const { memory, cues } of await cuesFor(snapshot, context)) {
    changes.push({
      type: 'update',
      id: memory.id,
      patch: { cues },
      why: 'So that it is found when it is asked for in other words.',
    });
    cued += 1;
  }
  return cued;
}

/** What hurt loses its arousal once an active rule holds the lesson. Down to a floor, so once only. */
function calm(snapshot: SleepSnapshot, context: PhaseContext, changes: Change[]): number {
  const rules = new Set(
    snapshot.memories
      .filter((memory) => (memory.kind === 'rule' || memory.kind === 'skill') && memory.status === 'active')
      .map(({ id }) => id),
  );
  const covered = new Set(
    snapshot.evidence.filter(({ memory }) => rules.has(memory)).map(({ episode }) => episode),
  );
  let calmed = 0;
  for (const memory of snapshot.memories) {
    if (
      memory.kind !== 'episode' ||
      !covered.has(memory.id) ||
      memory.salience.arousal <= relieved ||
      !context.inScope(memory)
    )
      continue;
    const salience = {
      ...memory.salience,
      arousal: relieved,
      total: Math.max(0, memory.salience.total - (memory.salience.arousal - relieved) / 5),
    };
    changes.push({
      type: 'update',
      id: memory.id,
      patch: { salience },
      why: 'A rule holds its lesson now; the sting may go.',
    });
    calmed += 1;
  }
  return calmed;
}
