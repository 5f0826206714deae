/**
 * Spreading activation: what is associated with a good answer is a better answer itself (Collins & Loftus 1975). It runs
 * along what nights and use have laid: links where an answer is wanted, the evidence of lessons where something alike is
 * looked for. There each was compared with the text itself, and likeness at second hand only adds what is less like it.
 */
import { dayMs, type Link, type MemoryId } from '../memory.ts';
import type { MemoryStore } from '../ports.ts';
import { tunables } from '../tunables.ts';
import { headOf, mayAnswer } from './families.ts';
import { byRelevance, type Occasion, type Ranked, type Searched } from './ranking.ts';

/** Sources of activation. */
const strongest = 10;

/** What runs along a link of this kind; what was said around a memory (`follows`) counted already. */
function conductance(kind: Link['kind']): number {
  return kind === 'related' || kind === 'enriches' || kind === 'analogy'
    ? tunables.recall.spreading.related
    : 0;
}

/**
 * Each of the strongest gives `conductance × link weight now` of its relevance to those it is linked with, one step
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
  const gained = new Map<MemoryId, number>();
  const of = new Map(sources.map(({ entry, relevance }) => [entry.facts.id, relevance]));
  for (const link of links) {
    const conducts = conductance(link.kind);
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
 * lesson comes too, nearly as high, and with it all that stands behind it. For an episode that was merged it stands in
 * full: the merged memory beside it would say the same twice.
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
    const merged = headOf(index, episode) !== undefined;
    for (const id of lessonsOf.get(episode.facts.id) ?? []) {
      const known = found.get(id);
      const entry = known?.entry ?? index.entryOfId(id);
      if (entry === undefined || !view.sees(entry.slot) || !mayAnswer(index, entry, at.known)) continue;
      if (merged) found.delete(episode.facts.id);
      const lifted = merged ? relevance : relevance * share;
      if (known === undefined || known.relevance < lifted)
        found.set(id, { entry, relevance: lifted, covered: Math.max(known?.covered ?? 0, covered * share) });
    }
  }
  return [...found.values()].sort(byRelevance);
}
