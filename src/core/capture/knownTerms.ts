/** How many memories hold each term, for novelty. */
import type { ProjectId } from '../memory.ts';
import type { MemoryStore } from '../ports.ts';

type Counting = Pick<MemoryStore, 'termCounts'>;

export interface TermCounts {
  readonly total: number;
  readonly counts: ReadonlyMap<string, number>;
}

export const noCounts: TermCounts = { total: 0, counts: new Map() };

/** Distinct terms of one message that are asked for. */
const mostTerms = 200;

export async function knownTerms(
  memories: Counting,
  terms: readonly string[],
  project: ProjectId | undefined,
): Promise<TermCounts> {
  const distinct = [...new Set(terms)].slice(0, mostTerms);
  return distinct.length === 0 ? noCounts : memories.termCounts(distinct, project);
}

export interface KnownTerms {
  of(terms: readonly string[], project: ProjectId | undefined): Promise<TermCounts>;
  /** New memories were stored: what was answered before no longer holds. */
  forget(): void;
}

/** Remembers what it was told until {@link KnownTerms.forget}: one conversation uses the same words again and again. */
export function createKnownTerms(memories: Counting): KnownTerms {
  const known = new Map<ProjectId | undefined, { total: number; readonly counts: Map<string, number> }>();
  return {
    async of(terms, project) {
      const distinct = [...new Set(terms)].slice(0, mostTerms);
      if (distinct.length === 0) return noCounts;
      let answer = known.get(project);
      if (answer === undefined) {
        answer = { total: 0, counts: new Map() };
        known.set(project, answer);
      }
      const { counts } = answer;
      const unknown = distinct.filter((term) => !counts.has(term));
      if (unknown.length > 0) {
        const told = await memories.termCounts(unknown, project);
        answer.total = told.total;
        for (const term of unknown) counts.set(term, told.counts.get(term) ?? 0);
      }
      return answer;
    },
    forget: () => known.clear(),
  };
}
