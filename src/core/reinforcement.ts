/** What being recalled does to a memory and to the links between what was recalled together. */
import { dayMs, type Link, type Memory } from './memory.ts';
import { tunables } from './tunables.ts';

type Usage = Pick<Memory, 'strength' | 'rate' | 'lastAccessedAt' | 'accessCount'>;

/**
 * A recall at `now`: `strength += gain × min(maxSpacing, 1 + log2(1 + days)) / (1 + fatigue × recalls)`, at most 1;
 * `rate += rateGain × (rateCap − rate)`, never lowered. The gain is added to the strength that is left after decay,
 * because from now on decay is counted from this moment. Source: the sleep design (spacing effect).
 */
export function reinforced(memory: Usage & Pick<Memory, 'pinned'>, now: number): Usage {
  const { gain, maxSpacing, fatigue, rateGain, rateCap } = tunables.reinforce;
  const days = Math.max(0, now - memory.lastAccessedAt) / dayMs;
  const left = memory.pinned ? memory.strength : memory.strength * memory.rate ** days;
  const spacing = Math.min(maxSpacing, 1 + Math.log2(1 + days));
  return {
    strength: Math.min(1, left + (gain * spacing) / (1 + fatigue * memory.accessCount)),
    rate: memory.rate + rateGain * Math.max(0, rateCap - memory.rate),
    lastAccessedAt: Math.max(now, memory.lastAccessedAt),
    accessCount: memory.accessCount + 1,
  };
}

/** Hebbian: the weight left after decay grows by `gain × (1 − w)`; a new link starts at `start`. */
export function strengthened(
  link: Pick<Link, 'weight' | 'usedAt'> | undefined,
  now: number,
): Pick<Link, 'weight' | 'usedAt'> {
  const { start, gain, rate } = tunables.link;
  if (link === undefined) return { weight: start, usedAt: now };
  const left = link.weight * rate ** (Math.max(0, now - link.usedAt) / dayMs);
  return { weight: left + gain * (1 - left), usedAt: Math.max(now, link.usedAt) };
}
