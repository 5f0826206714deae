/**
 * Counts the words of what is stored, so that a first import need not ask the memory for each message in how many memories
 * its words stand: those questions took a fifth of it (decision 116).
 */
import { indexedTexts } from '../indexedTexts.ts';
import type { Memory, ProjectId } from '../memory.ts';
import { termsOf } from '../text/terms.ts';
import type { CaptureDeps } from './capture.ts';
import type { TermCounts } from './knownTerms.ts';

type Memories = CaptureDeps['memories'];

/** A tally of more words than this (of all places together) would cost more memory than it saves time. */
const mostTerms = 400_000;

interface Place {
  total: number;
  readonly counts: Map<string, number>;
}

/**
 * The same memories; where there were none, it answers by itself what is stored through it. What another process stores
 * meanwhile is not counted: novelty does not turn on one memory more or less.
 */
export async function withTalliedTerms(memories: Memories): Promise<Memories> {
  if ((await memories.list({ limit: 1 })).length > 0) return memories;
  const places = new Map<ProjectId | undefined, Place>();
  const tallied = new Set<Memory['id']>();
  let size = 0;

  const placeOf = (project: ProjectId | undefined): Place => {
    let place = places.get(project);
    if (place === undefined) {
      place = { total: 0, counts: new Map() };
      places.set(project, place);
    }
    return place;
  };

  function tally(memory: Memory): void {
    if (tallied.has(memory.id)) return;
    tallied.add(memory.id);
    const place = placeOf(memory.scope.level === 'user' ? undefined : memory.scope.project);
    place.total += 1;
    for (const term of new Set(termsOf(indexedTexts(memory).join('\n')))) {
      const before = place.counts.get(term);
      if (before === undefined) size += 1;
      place.counts.set(term, (before ?? 0) + 1);
    }
  }

  function told(terms: readonly string[], project: ProjectId | undefined): TermCounts {
    const asked = project === undefined ? [undefined] : [undefined, project];
    const found = asked.flatMap((one) => places.get(one) ?? []);
    const sum = (of: (place: Place) => number) => found.reduce((all, place) => all + of(place), 0);
    return {
      total: sum(({ total }) => total),
      counts: new Map(terms.map((term) => [term, sum(({ counts }) => counts.get(term) ?? 0)])),
    };
  }

  return {
    list: (filter) => memories.list(filter),
    findByIdentity: (identity) => memories.findByIdentity(identity),
    findByExternalId: (externalId) => memories.findByExternalId(externalId),
    async add(added, act) {
      const ids = new Set(await memories.add(added, act));
      if (size <= mostTerms) for (const { memory } of added) if (ids.has(memory.id)) tally(memory);
      return [...ids];
    },
    termCounts: async (terms, project) =>
      size > mostTerms || project === 'any' ? memories.termCounts(terms, project) : told(terms, project),
  };
}
