/** Small questions that several phases ask about memories and links. */
import { append } from '../../lists.ts';
import {
  dayMs,
  type Evidence,
  effectiveStrength,
  type Link,
  type LinkKind,
  type Memory,
  type MemoryId,
} from '../../memory.ts';
import { type Breathe, breathingSteps, eachOf } from '../../steps.ts';
import { tunables } from '../../tunables.ts';
import type { Change, PhaseContext, SleepSnapshot } from '../phase.ts';
import { linkTableSteps } from './linkTable.ts';

/** In use or waiting for its owner's word; not archived, not retired. */
export function isLiving(memory: Memory): boolean {
  return memory.status === 'active' || memory.status === 'proposed';
}

/** The episodes behind each memory, in the order of `evidence`. */
export async function episodesBehind(
  evidence: readonly Evidence[],
  breathe: Breathe,
): Promise<ReadonlyMap<MemoryId, readonly MemoryId[]>> {
  const behind = new Map<MemoryId, MemoryId[]>();
  await eachOf(evidence, breathe, ({ memory, episode }) => {
    append(behind, memory, episode);
  });
  return behind;
}

/** Not slept on yet: an episode in use without a replay. */
export function isUnslept(memory: Memory): boolean {
  return memory.kind === 'episode' && memory.status === 'active' && memory.sleptAt === undefined;
}

/** The living memories the night is cued to, oldest first. */
export async function livingIn(snapshot: SleepSnapshot, context: PhaseContext): Promise<readonly Memory[]> {
  const living: Memory[] = [];
  await eachOf(snapshot.memories, context.breathe, (memory) => {
    if (isLiving(memory) && context.inScope(memory)) living.push(memory);
  });
  return living;
}

export async function idsOf(memories: readonly Memory[], breathe: Breathe): Promise<ReadonlySet<MemoryId>> {
  const ids = new Set<MemoryId>();
  await eachOf(memories, breathe, ({ id }) => {
    ids.add(id);
  });
  return ids;
}

/** Weight of a link now: its share kept per day since it was last used. */
export function linkWeight(link: Link, now: number): number {
  return link.weight * tunables.link.rate ** (Math.max(0, now - link.usedAt) / dayMs);
}

/** Is this band of strength strong, moderate, weak or fading? */
export function bandOf(memory: Memory, now: number): 'strong' | 'moderate' | 'weak' | 'fading' {
  const strength = effectiveStrength(memory, now);
  const { strong, moderate, weak } = tunables.bands;
  return strength > strong
    ? 'strong'
    : strength >= moderate
      ? 'moderate'
      : strength >= weak
        ? 'weak'
        : 'fading';
}

export interface LinkWriter {
  has(from: MemoryId, to: MemoryId, kind: LinkKind): boolean;
  /** Any link between the two, whichever way it runs. */
  joined(a: MemoryId, b: MemoryId): boolean;
  /** A new link at the start weight, or the Hebbian gain `w += gain × (1 − w)` on the one there; once a pair a run. */
  strengthen(from: MemoryId, to: MemoryId, kind: LinkKind, at: number, why: string): void;
  readonly changes: readonly Change[];
}

/** Collects link changes of one phase run, so that no link is written twice. */
export async function createLinkWriter(
  snapshot: SleepSnapshot,
  breathe: () => Promise<void>,
): Promise<LinkWriter> {
  const links = await breathingSteps(linkTableSteps(snapshot.links), breathe);
  const written = new Set<Link>();
  const changes: Change[] = [];
  return {
    changes,
    has: (from, to, kind) => links.get(from, to, kind) !== undefined,
    joined: links.joins,
    strengthen(from, to, kind, at, why) {
      if (from === to) return;
      const known = links.get(from, to, kind);
      if (known !== undefined && written.has(known)) return;
      const weight = known === undefined ? undefined : linkWeight(known, at);
      const link: Link = {
        from,
        to,
        kind,
        weight: weight === undefined ? tunables.link.start : weight + tunables.link.gain * (1 - weight),
        createdAt: known?.createdAt ?? at,
        usedAt: at,
      };
      written.add(link);
      links.set(link);
      changes.push({ type: 'link', link, why });
    },
  };
}

export function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** A fact that ought to be a number; anything else counts as absent. */
export function numberFact(snapshot: SleepSnapshot, key: string): number | undefined {
  const value = snapshot.facts.get(key);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

const judgedFact = 'decay.judgedAt';

/** When fading was last judged, epoch ms. */
export const lastJudged = (snapshot: SleepSnapshot): number | undefined => numberFact(snapshot, judgedFact);

/**
 * The moment at which fading is judged against a bound. Each minute a few of many memories cross one; so that a
 * second sleep soon after the first finds nothing to do, it judges at the moment of the first, for `everyHours`.
 */
export function judgingTime(snapshot: SleepSnapshot, now: number): number {
  const judged = lastJudged(snapshot);
  const lately = tunables.homeostasis.everyHours * 3_600_000;
  return judged !== undefined && Math.abs(now - judged) < lately ? judged : now;
}

/** What makes later sleeps judge at the same moment; nothing where they do already. */
export function judgedAt(snapshot: SleepSnapshot, at: number): readonly Change[] {
  if (lastJudged(snapshot) === at) return [];
  return [
    {
      type: 'fact',
      key: judgedFact,
      value: at,
      why: 'Fading is judged once a day, however often it sleeps.',
    },
  ];
}
