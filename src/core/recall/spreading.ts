/** Spreading activation: what is associated with a good answer is a better answer itself (Collins & Loftus 1975). */
import { dayMs, type Link, type Memory } from '../memory.ts';
import type { MemoryStore } from '../ports.ts';
import { tunables } from '../tunables.ts';
import { byRelevance, type Ranked } from './ranking.ts';

/** Sources of activation. */
const strongest = 10;
const associative: ReadonlySet<Link['kind']> = new Set(['related', 'enriches', 'analogy', 'follows']);

/**
 * Each of the strongest gives `spreading × link weight now` of its relevance to those it is linked with, one step
 * far, never more than it has; only memories that were found anyway are raised. Order and ties stay deterministic.
 */
export async function spread(
  ranked: readonly Ranked[],
  store: Pick<MemoryStore, 'linksOf'>,
  now: number,
): Promise<readonly Ranked[]> {
  const sources = ranked.slice(0, strongest);
  if (sources.length < 2) return ranked;
  const links = await store.linksOf(sources.map(({ entry }) => entry.facts.id));
  if (links.length === 0) return ranked;
  const gained = new Map<Memory['id'], number>();
  const of = new Map(sources.map(({ entry, relevance }) => [entry.facts.id, relevance]));
  for (const link of links) {
    if (!associative.has(link.kind)) continue;
    const days = Math.max(0, now - link.usedAt) / dayMs;
    const weight = link.weight * tunables.link.rate ** days * tunables.recall.spreading;
    const give = (from: Memory['id'], to: Memory['id']) =>
      gained.set(to, Math.max(gained.get(to) ?? 0, weight * (of.get(from) ?? 0)));
    give(link.from, link.to);
    give(link.to, link.from);
  }
  return ranked
    .map((found) => ({ ...found, relevance: found.relevance + (gained.get(found.entry.facts.id) ?? 0) }))
    .sort(byRelevance);
}
