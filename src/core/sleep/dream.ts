/**
 * Phase 8, REM. Three things: *dreams* – analogies between lessons of different projects, tested before they are kept
 * and only ever proposed; *generative replay* – other words for the lessons, kept as recall cues; *emotional
 * processing* – what hurt loses its arousal once a rule covers it.
 *
 * A day is dreamt about once: where no episode was added since the last dreams, no new dream comes.
 */
import { z } from 'zod/mini';
import { effectiveStrength, isLesson, type Memory, type MemoryId } from '../memory.ts';
import { shareOf, weightsFact, weightsFrom } from '../salience/weights.ts';
import { type Breathe, eachOf, sortedOf } from '../steps.ts';
import { tunables } from '../tunables.ts';
import { cuesFor } from './dream/dreamCues.ts';
import { type DreamPair, dreamKey, dreamTable, homeOf } from './dream/dreamPair.ts';
import { dreamPairs } from './dream/dreamPairs.ts';
import { keepDream, keyOfDream } from './dream/dreamTelling.ts';
import { count } from './night/counting.ts';
import { episodesBehind } from './night/living.ts';
import type { Change, PhaseContext, SleepPhase, SleepSnapshot } from './phase.ts';

/** Fact: what was dreamt about. `dreams` are the keys of the latest {@link mostDreams}. */
const seenFact = 'dream.seen';
const mostDreams = 4000;
/** Arousal of an episode whose lesson an active rule holds. */
const relieved = 0.25;

const seenShape = z.object({ newest: z.number(), episodes: z.number(), dreams: z.array(z.string()) });
type Seen = Readonly<z.infer<typeof seenShape>>;

export const dream: SleepPhase = {
  name: 'dream',
  stage: 'REM',
  async run(snapshot, context) {
    const changes: Change[] = [];
    const dreams = await dreamOf(snapshot, context, changes);
    const cued = await replayInOtherWords(snapshot, context, changes);
    const calmed = await calm(snapshot, context, changes);
    return {
      changes,
      report: {
        read: snapshot.memories.length,
        detail: detailOf(dreams.kept, cued, calmed),
        measures: {
          dreams: dreams.kept,
          analogies: changes.filter(({ type }) => type === 'link').length,
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
  return `${count(dreams, 'dream')}; ${count(cued, 'lesson')} can be found in other words; ${count(calmed, 'hurt')} eased, as rules cover what hurt.`;
}

function seenOf(snapshot: SleepSnapshot): Seen {
  const parsed = seenShape.safeParse(snapshot.facts.get(seenFact));
  return parsed.success ? parsed.data : { newest: Number.NEGATIVE_INFINITY, episodes: 0, dreams: [] };
}

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

  const behind = await evidenceBehind(snapshot, context.breathe);
  const told = await dreamtOf(snapshot, context.breathe);
  const pairs = await dreamPairs(await lessonsOf(snapshot, behind, context), {
    now: context.now,
    seen: new Set([...seen.dreams, ...told.keys]),
    told: told.counts,
    behind,
    breathe: () => context.breathe(),
  });
  const good = pairs.filter(({ score }) => score.total >= tunables.dream.keep);
  const tested = good.filter(({ helps }) => helps.length > 0);
  const kept = choose(tested, context);
  for (const pair of kept) changes.push(...keepDream(pair, behind, context));
  changes.push({
    type: 'fact',
    key: seenFact,
    value: {
      newest,
      episodes: episodes.length,
      dreams: [...new Set([...seen.dreams, ...kept.map(keyOfDream)])].slice(-mostDreams),
    },
    why: 'No dream is dreamt twice, and no day.',
  });
  return { kept: kept.length, considered: pairs.length, failed: good.length - tested.length };
}

/**
 * What may be dreamt of: rules and skills in use, and the owner's own words beside them, the worthiest first. What
 * faded into the archive still counts. What a rule says already is dreamt through the rule.
 */
export async function lessonsOf(
  snapshot: SleepSnapshot,
  behind: ReadonlyMap<MemoryId, ReadonlySet<MemoryId>>,
  context: Pick<PhaseContext, 'now' | 'inScope' | 'breathe'>,
): Promise<readonly Memory[]> {
  const inUse = ({ status }: Memory) => status === 'active' || status === 'proposed';
  const covered = new Set<MemoryId>();
  await eachOf(snapshot.memories, context.breathe, (memory) => {
    if (isLesson(memory) && inUse(memory)) for (const id of behind.get(memory.id) ?? []) covered.add(id);
  });
  const worth = (memory: Memory) =>
    effectiveStrength(memory, context.now) + memory.salience.total + (isLesson(memory) ? 1 : 0);
  const found: { readonly memory: Memory; readonly worth: number }[] = [];
  await eachOf(snapshot.memories, context.breathe, (memory) => {
    if (!context.inScope(memory) || memory.obsoleteAt !== undefined || memory.contradictedBy !== undefined)
      return;
    const may = isLesson(memory)
      ? inUse(memory)
      : memory.kind === 'episode' && memory.status !== 'retired' && !covered.has(memory.id);
    if (may) found.push({ memory, worth: worth(memory) });
  });
  const worthiest = await sortedOf(
    found,
    (a, b) => b.worth - a.worth || (a.memory.id < b.memory.id ? -1 : 1),
    context.breathe,
  );
  return worthiest.slice(0, dreamTable.lessons).map(({ memory }) => memory);
}

/** The best few, no lesson and no kind of analogy twice, and one at random among the rest for diversity. */
export function choose(
  pairs: readonly DreamPair[],
  context: Pick<PhaseContext, 'random'>,
): readonly DreamPair[] {
  const used = new Map<MemoryId, number>();
  const kept: DreamPair[] = [];
  const about = new Set<string>();
  const topic = ({ kind, schema }: DreamPair) => schema?.name ?? kind;
  const fits = (pair: DreamPair) =>
    !about.has(topic(pair)) &&
    [pair.a, pair.b].every(({ memory }) => (used.get(memory.id) ?? 0) < dreamTable.perLesson);
  const take = (pair: DreamPair) => {
    kept.push(pair);
    about.add(topic(pair));
    for (const { memory } of [pair.a, pair.b]) used.set(memory.id, (used.get(memory.id) ?? 0) + 1);
  };
  for (const pair of pairs) {
    if (kept.length >= tunables.dream.top) break;
    if (fits(pair)) take(pair);
  }
  const rest = pairs.filter(fits);
  const random = rest[Math.floor(context.random.next() * rest.length)];
  if (random !== undefined) take(random);
  return kept;
}

export async function evidenceBehind(
  snapshot: SleepSnapshot,
  breathe: Breathe,
): Promise<ReadonlyMap<MemoryId, ReadonlySet<MemoryId>>> {
  const behind = new Map<MemoryId, ReadonlySet<MemoryId>>();
  for (const [memory, episodes] of await episodesBehind(snapshot.evidence, breathe)) {
    await breathe();
    behind.set(memory, new Set(episodes));
  }
  return behind;
}

/** What there are insights of, whatever became of them: a dismissed dream never comes back. */
async function dreamtOf(
  snapshot: SleepSnapshot,
  breathe: Breathe,
): Promise<{ readonly keys: readonly string[]; readonly counts: ReadonlyMap<string, number> }> {
  const analogies = snapshot.links.filter(({ kind }) => kind === 'analogy');
  const told = new Set(analogies.map(({ to }) => to));
  const home = new Map<MemoryId, string>();
  await eachOf(snapshot.memories, breathe, (memory) => {
    if (told.has(memory.id)) home.set(memory.id, homeOf(memory));
  });
  const ends = new Map<MemoryId, string[]>();
  for (const { from, to } of analogies) ends.set(from, [...(ends.get(from) ?? []), home.get(to) ?? '']);
  const counts = new Map<string, number>();
  const keys: string[] = [];
  for (const { id, kind, tags } of snapshot.memories) {
    const [what] = tags;
    if (kind !== 'insight' || what === undefined) continue;
    counts.set(what, (counts.get(what) ?? 0) + 1);
    const [one, other] = ends.get(id) ?? [];
    if (one !== undefined && other !== undefined) keys.push(dreamKey(what, one, other));
  }
  return { keys, counts };
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
async function calm(snapshot: SleepSnapshot, context: PhaseContext, changes: Change[]): Promise<number> {
  const rules = new Set<MemoryId>();
  await eachOf(snapshot.memories, context.breathe, ({ id, kind, status }) => {
    if (isLesson({ kind }) && status === 'active') rules.add(id);
  });
  const covered = new Set<MemoryId>();
  await eachOf(snapshot.evidence, context.breathe, ({ memory, episode }) => {
    if (rules.has(memory)) covered.add(episode);
  });
  const share = shareOf(weightsFrom(snapshot.facts.get(weightsFact)), 'arousal');
  let calmed = 0;
  await eachOf(snapshot.memories, context.breathe, (memory) => {
    if (
      memory.kind !== 'episode' ||
      !covered.has(memory.id) ||
      memory.salience.arousal <= relieved ||
      !context.inScope(memory)
    )
      return;
    const salience = {
      ...memory.salience,
      arousal: relieved,
      total: Math.max(0, memory.salience.total - (memory.salience.arousal - relieved) * share),
    };
    changes.push({
      type: 'update',
      id: memory.id,
      patch: { salience },
      why: 'A rule holds its lesson now; the sting may go.',
    });
    calmed += 1;
  });
  return calmed;
}
