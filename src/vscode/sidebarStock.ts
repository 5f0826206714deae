/**
 * What the last night wrote down about the memory as a whole, for the sidebar: areas of knowledge, questions that are
 * due. Read by hand and forgivingly: what an older version wrote otherwise is left out, and the next night writes anew.
 */
import type { Memory } from '../core/memory.ts';
import { parseArea } from '../core/protocol/parseCards.ts';
import type { AreaCard, DueReview } from '../core/protocol.ts';

/** More areas than anybody looks through, but a bound. */
const shownAreas = 300;

/** @param areas best known first. */
export function areasOf(areas: readonly unknown[]): readonly AreaCard[] {
  return areas.slice(0, shownAreas).flatMap((one) => {
    try {
      return [parseArea(one, 'an area')];
    } catch {
      return [];
    }
  });
}

/** @param fact the fact `review`; asked is only about what is in use. */
export function dueOf(fact: unknown, learned: readonly Memory[], now: number): readonly DueReview[] {
  if (!Array.isArray(fact)) return [];
  const inUse = new Map<string, Memory>(
    learned.filter(({ status }) => status === 'active').map((memory) => [memory.id, memory]),
  );
  return fact
    .flatMap((item: unknown) => {
      if (typeof item !== 'object' || item === null) return [];
      const { id, why, dueAt } = item as { readonly [key: string]: unknown };
      const memory = typeof id === 'string' ? inUse.get(id) : undefined;
      return memory !== undefined && typeof why === 'string' && typeof dueAt === 'number' && dueAt <= now
        ? [{ id: memory.id, why, dueAt }]
        : [];
    })
    .sort((a, b) => a.dueAt - b.dueAt || a.id.localeCompare(b.id))
    .map(({ id, why }) => ({ id, why }));
}
