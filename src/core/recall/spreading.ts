/**
 * Spreading activation: what is associated with a good answer is a better answer itself (Collins & Loftus 1975). It runs
 * along what nights and use have laid: links, and the evidence of lessons.
 */
import { dayMs, type Link, type MemoryId } from '../memory.ts';
import type { MemoryStore } from '../ports.ts';
import { tunables } from '../tunables.ts';
import { mayAnswer } from './families.ts';
import { byRelevance, type Occasion, type Ranked, type Searched } from './ranking.ts';
import type { Shape } from './shape.ts';

/** Sources of activation. */
const strongest = 10;

/** What runs along a link of this kind; where an answer is wanted, what was said around it counted already. */
function conductance(kind: Link['kind'], { asks }: Shape): number {
  const { related, follows } = tunables.recall.spreading;
  if (kind === 'follows') return asks ? 0 : follows;
  return kind === 'related' || kind === 'enriches' || kind === 'analogy' ? related : 0;
}

/**
 * Each of the strongest gives `conductance × link weight now` of its relevance to those it is linked with, one step
 * far, never more than it has; only memories that were found anyway are raised. Order and ties stay deterministic.
 */
export async function spread(
  ranked: readonly Ranked[],
  store: Pick<MemoryStore, 'linksOf'>,
  shape: Shape,
  now: number,
): Promise<readonly Ranked[]> {
  const sources = ranked.slice(0, strongest);
  if (sources.length < 2) return ranked;
  const links = await store.linksOf(sources.map(({ entry }) => entry.facts.id));
  const gained = new Map<MemoryId, number>();
  const of = new Map(sources.map(({ entry, relevance }) => [entry.facts.id, relevance]));
  for (const link of links) {
    const conducts = conductance(link.kind, shape);
    if (conducts === 0) continue;
    const days = Math.max(0, now - link.usedAt) / dayMs;
    const weight = link.weight * tunables.link.rate ** days * conducts;
    const give = (from: MemoryId, to: MemoryId) =>
      gained.set(to, Math.max(gained.get(to) ?? 0, weight * (of.get(from) ?? 0)));
    give(link.from, link.to);
    give(link.to, link.from);
  }
  if (gained.size === 0) return ranked;
  return ranked
    .map((found) => ({ ...found, relevance: found.relevance + (gained.get(found.entry.facts.id) ?? 0) }))
    .sort(byRelevance);
}

/**
 * A lesson is the bridge between the episodes it was learnt from: where one of them sounds like what is looked for, the
 * lesson comes too, nearly as high, and with it all that stands behind it.
 */
export async function bringLessons(
  { index, view }: Searched,
  ranked: readonly Ranked[],
  store: Pick<MemoryStore, 'lessonsFrom'>,
  at: Occasion,
): Promise<readonly Ranked[]> {
  const { sources, share } = tunables.recall.lessons;
  const episodes = ranked.filter(({ entry }) => entry.facts.kind === 'episode').slice(0, sources);
  const lessonsOf = await store.lessonsFrom(episodes.map(({ entry }) => entry.facts.id));
  if (lessonsOf.size === 0) return ranked;
  const found = new Map(ranked.map((one) => [one.entry.facts.id, one]));
  for (const { entry: episode, relevance, covered } of episodes) {
    for (const id of lessonsOf.get(episode.facts.id) ?? []) {
      const known = found.get(id);
      const entry = known?.entry ?? index.entryOfId(id);
      if (entry === undefined || !view.sees(entry.slot) || !mayAnswer(index, entry, at.known)) continue;
      const lifted = relevance * share;
      if (known === undefined || known.relevance < lifted)
        found.set(id, { entry, relevance: lifted, covered: Math.max(known?.covered ?? 0, covered * share) });
    }
  }
  return [...found.values()].sort(byRelevance);
}
