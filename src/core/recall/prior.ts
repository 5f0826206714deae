/** How likely a memory is to be wanted before a word of the question is read. Only ever a mild factor on relevance. */
import { dayMs, effectiveStrength, type Memory } from '../memory.ts';
import { tunables } from '../tunables.ts';
import type { GlobTest } from './globs.ts';
import type { EntryFacts } from './recallIndex.ts';

/** @returns a factor around 1, > 0. */
export function priorOf(facts: EntryFacts, now: number): number {
  const { prior } = tunables.recall;
  const age = Math.max(0, now - Math.max(facts.createdAt, facts.lastAccessedAt)) / dayMs;
  const settled = facts.kind === 'episode' ? 0 : 1;
  return (
    1 +
    prior.strength * (effectiveStrength(facts, now) - 0.5) +
    prior.confidence * (facts.confidence - 0.5) +
    prior.salience * (facts.salience - 0.5) +
    prior.recency * (prior.recencyDays / (prior.recencyDays + age) - 0.5) +
    prior.settled * settled
  );
}

/** An answer is better sought in what is alive; whether something alike was said, the archive tells as well. */
export function livingFit({ status }: EntryFacts): number {
  return status === 'archived' ? 1 - tunables.recall.prior.archived : 1;
}

/** No prior is more. */
export const bestPrior = (() => {
  const { strength, confidence, salience, recency, settled } = tunables.recall.prior;
  return 1 + (strength + confidence + salience + recency) / 2 + settled;
})();

/** The file in hand, relative to its project. */
export interface Place {
  readonly path: string;
  readonly globTest: GlobTest;
}

/** 1 if the memory holds for or cites the file, −1 if it holds for other files only, else 0. */
export function pathFit(memory: Memory, { path, globTest }: Place): number {
  const file = path.replace(/\\/g, '/');
  if (memory.scope.level === 'path') return globTest(memory.scope.glob, file) ? 1 : -1;
  return memory.citations.some((citation) => file === citation.path || file.endsWith(`/${citation.path}`))
    ? 1
    : 0;
}
