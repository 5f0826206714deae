/**
 * Phase 9, REM: taking stock. Per project, language and topic: how much is known, what exactly, where the gaps are,
 * and what to ask the owner again.
 */
import { foremost } from '../lists.ts';
import { dayMs, effectiveStrength, isKnowledge, type Memory, type MemoryId } from '../memory.ts';
import { type Breathe, eachOf } from '../steps.ts';
import { tunables } from '../tunables.ts';
import { clamp01, livingIn } from './night/living.ts';
import type { Change, PhaseContext, SleepPhase } from './phase.ts';
import { doubtfulFact } from './prune.ts';
import {
  areaFact,
  type Expertise,
  type ExpertiseBand,
  expertiseFact,
  type Place,
  placeKey,
  profilesIn,
} from './stock/expertiseFacts.ts';
import { placesOf } from './stock/expertisePlaces.ts';
import { readReviews, reviewFact, reviewQueue } from './stock/review.ts';

export const expertise: SleepPhase = {
  name: 'expertise',
  stage: 'REM',
  looksBack: true,
  async run(snapshot, context) {
    const living = await livingIn(snapshot, context);
    const covered = await coveredEpisodes(snapshot.evidence, living, context.breathe);
    const areas = new Map<string, Place & { readonly members: Memory[] }>();
    for (const memory of living) {
      await context.breathe();
      for (const place of placesOf(memory)) {
        const key = placeKey(place);
        const known = areas.get(key);
        if (known === undefined) areas.set(key, { ...place, members: [memory] });
        else known.members.push(memory);
      }
    }
    const earlier = new Map<string, Expertise>();
    await eachOf(profilesIn(snapshot.facts), context.breathe, (one) => {
      earlier.set(placeKey(one), one);
    });
    const found: { readonly key: string; readonly profile: Expertise }[] = [];
    let updated = 0;
    for (const [key, { members, ...place }] of areas) {
      await context.breathe();
      if (members.length < leastMembers) continue;
      const basis = await basisOf(members, context);
      const before = earlier.get(key);
      const stands = before?.basis === basis;
      if (!stands) updated += 1;
      found.push({
        key,
        profile: stands ? before : await profileOf(place, members, covered, basis, context),
      });
    }
    /* A night cued to one corner leaves the profiles of the others as they are. */
    const elsewhere = new Set<string>();
    await eachOf(snapshot.memories, context.breathe, (memory) => {
      if (!context.inScope(memory)) for (const place of placesOf(memory)) elsewhere.add(placeKey(place));
    });
    for (const [key, profile] of earlier)
      if (!areas.has(key) && elsewhere.has(key)) found.push({ key, profile });
    const profiles = new Map<string, Expertise>();
    const changes: Change[] = [];
    await eachOf(found, context.breathe, ({ key, profile }) => {
      profiles.set(key, profile);
      const fact = areaFact(profile, context.ids);
      if (earlier.get(key) === profile && snapshot.facts.has(fact)) return;
      changes.push({
        type: 'fact',
        key: fact,
        value: profile,
        why: 'Stock was taken of an area of knowledge.',
      });
    });
    await eachOf([...earlier], context.breathe, ([key, profile]) => {
      if (profiles.has(key)) return;
      const fact = areaFact(profile, context.ids);
      if (snapshot.facts.has(fact))
        changes.push({ type: 'fact', key: fact, value: undefined, why: 'Nothing is left of this area.' });
    });
    if (snapshot.facts.has(expertiseFact))
      changes.push({
        type: 'fact',
        key: expertiseFact,
        value: undefined,
        why: 'Each area is kept by itself now.',
      });
    const doubtful = snapshot.facts.get(doubtfulFact);
    const queue = reviewQueue(
      snapshot.memories,
      readReviews(snapshot.facts.get(reviewFact)),
      new Set(Array.isArray(doubtful) ? doubtful.map(String) : []),
    );
    if (JSON.stringify(queue) !== JSON.stringify(readReviews(snapshot.facts.get(reviewFact)))) {
      changes.push({ type: 'fact', key: reviewFact, value: queue, why: 'What to ask again, and when.' });
    }
    const bands = { awareness: 0, working: 0, deep: 0, expert: 0 };
    for (const { band } of profiles.values()) if (band !== 'none') bands[band]++;
    return {
      changes,
      report: {
        read: living.length,
        detail:
          `${profiles.size} areas of knowledge: ${bands.expert} expert, ${bands.deep} deep, ${bands.working} working, ${bands.awareness} aware; ` +
          `${queue.length} rules to review in time.`,
        measures: {
          areas: profiles.size,
          updated,
          ...bands,
          review: queue.length,
        },
      },
    };
  },
};

/** One memory is no area. */
const leastMembers = 2;
const mostContributing = 12;
const mostKnown = 5;

/**
 * `.25 min(1,n/5) + .25 mean strength + .20 min(1,access/10) + .15 min(1,span/30 d) + .15 shared/unique tags`
 * (source: the sleep design, after omelas-tech/brain). Tags are shared if two members carry them.
 */
export function expertiseScore(
  members: readonly Memory[],
  now: number,
  strengthOf = (memory: Memory) => effectiveStrength(memory, now),
): number {
  const table = tunables.expertise;
  if (members.length === 0) return 0;
  let [sum, access, first, last] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const tags = new Map<string, number>();
  for (const memory of members) {
    sum += strengthOf(memory);
    access += memory.accessCount;
    first = Math.min(first, memory.createdAt);
    last = Math.max(last, memory.createdAt);
    for (const tag of memory.tags) tags.set(tag, (tags.get(tag) ?? 0) + 1);
  }
  const strength = sum / members.length;
  const span = (last - first) / dayMs;
  const shared = [...tags.values()].filter((count) => count > 1).length;
  return clamp01(
    table.countWeight * Math.min(1, members.length / table.countFull) +
      table.strengthWeight * strength +
      table.accessWeight * Math.min(1, access / table.accessFull) +
      table.spanWeight * Math.min(1, span / table.spanFullDays) +
      table.tagWeight * (tags.size === 0 ? 0 : shared / tags.size),
  );
}

export function expertiseBand(score: number): ExpertiseBand {
  const { awareness, working, deep, expert } = tunables.expertise.bands;
  if (score >= expert) return 'expert';
  if (score >= deep) return 'deep';
  if (score >= working) return 'working';
  return score >= awareness ? 'awareness' : 'none';
}

async function profileOf(
  place: Place,
  members: readonly Memory[],
  covered: ReadonlySet<MemoryId>,
  basis: string,
  { now, breathe }: Pick<PhaseContext, 'now' | 'breathe'>,
): Promise<Expertise> {
  const strengths = new Map<Memory, number>();
  await eachOf(members, breathe, (memory) => {
    strengths.set(memory, effectiveStrength(memory, now));
  });
  const strengthOf = (memory: Memory) => strengths.get(memory) ?? 0;
  const score = Math.round(expertiseScore(members, now, strengthOf) * 100) / 100;
  await breathe();
  const conclusions = members.filter((memory) => isKnowledge(memory) && memory.status === 'active');
  const known = foremost(
    conclusions,
    mostKnown,
    (a, b) => b.confidence - a.confidence || strengthOf(b) - strengthOf(a) || (a.id < b.id ? -1 : 1),
  );
  await breathe();
  const strongest = foremost(
    members,
    mostContributing,
    (a, b) => strengthOf(b) - strengthOf(a) || (a.id < b.id ? -1 : 1),
  );
  return {
    ...place,
    score,
    band: expertiseBand(score),
    memories: members.length,
    conclusions: conclusions.length,
    known: known.map(({ id, text }) => ({ id, text })),
    gaps: gapsOf(members, covered),
    contributing: strongest.map(({ id }) => id),
    basis,
  };
}

function gapsOf(members: readonly Memory[], covered: ReadonlySet<MemoryId>): readonly string[] {
  const gaps: string[] = [];
  const uncovered = members.filter(
    (memory) =>
      memory.kind === 'episode' && memory.label === 'correction' && !memory.oneOff && !covered.has(memory.id),
  );
  const disputed = members.filter((memory) => isKnowledge(memory) && memory.contradictedBy !== undefined);
  const waiting = members.filter((memory) => memory.status === 'proposed');
  const unproved = members.filter(
    (memory) => memory.kind === 'rule' && memory.status === 'active' && memory.alpha + memory.beta <= 2,
  );
  const say = (n: number, one: string, many: string) => {
    if (n > 0) gaps.push(n === 1 ? one : many.replace('#', String(n)));
  };
  say(uncovered.length, 'One correction has no rule yet.', '# corrections have no rule yet.');
  say(disputed.length, 'One rule is contradicted.', '# rules are contradicted.');
  say(waiting.length, 'One proposal waits for your word.', '# proposals wait for your word.');
  say(
    unproved.length,
    'One rule was never seen obeyed or broken.',
    '# rules were never seen obeyed or broken.',
  );
  return gaps;
}

async function coveredEpisodes(
  evidence: readonly { readonly memory: MemoryId; readonly episode: MemoryId }[],
  living: readonly Memory[],
  breathe: Breathe,
): Promise<ReadonlySet<MemoryId>> {
  const lessons = new Set(living.filter(isKnowledge).map((memory) => memory.id));
  const covered = new Set<MemoryId>();
  await eachOf(evidence, breathe, ({ memory, episode }) => {
    if (lessons.has(memory)) covered.add(episode);
  });
  return covered;
}

/**
 * A fingerprint of all that a profile depends on but the time: strengths fade by the minute, and a profile that
 * changed with them would change in every night. It is made anew when something happened in its area.
 */
async function basisOf(members: readonly Memory[], context: PhaseContext): Promise<string> {
  const parts: string[] = [];
  const digests: string[] = [];
  const digest = () => {
    digests.push(context.ids.derive('x', ...parts));
    parts.length = 0;
  };
  await eachOf(members, context.breathe, (memory) => {
    if (parts.length === digested) digest();
    parts.push(lineOf(memory));
  });
  digest();
  return digests.length === 1 ? (digests[0] as string) : context.ids.derive('x', ...digests);
}

/** Members that one digest is made of at once. */
const digested = 500;

function lineOf(memory: Memory): string {
  const { id, status, strength, accessCount, alpha, beta, confidence, contradictedBy, tags } = memory;
  const words = isKnowledge(memory) ? memory.text : '';
  return `${id} ${status} ${strength} ${accessCount} ${alpha} ${beta} ${confidence} ${contradictedBy ?? ''} ${tags.length} ${words}`;
}
