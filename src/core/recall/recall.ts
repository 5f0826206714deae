/**
 * Recall: what is remembered about a question, or that there is nothing. Relevance leads; strength, precision,
 * salience, recency and place are a mild prior; associations and the conversation around an episode help.
 */
import type { Memory, MemoryStatus } from '../memory.ts';
import type { Clock, MemoryStore } from '../ports.ts';
import { termsOf } from '../text/terms.ts';
import { tunables } from '../tunables.ts';
import type { Bag } from './document.ts';
import { loadGlobTest } from './globs.ts';
import { gather } from './pool.ts';
import { rankAnswers, rankEchoes, type Scored } from './ranking.ts';
import type { RecallAnswer, RecallRequest, RecallResult } from './request.ts';
import { idf, type WeightedTerm } from './score.ts';
import { type Shape, shapeOf } from './shape.ts';
import { spread } from './spreading.ts';

export type { RecallAnswer, RecallRequest, RecallResult } from './request.ts';

export interface Recall {
  recall(request: RecallRequest): Promise<RecallAnswer>;
}

const nothing: RecallAnswer = { results: [], tokens: 0, abstained: true };

/** A pasted log has more words than a question: only its most telling terms are looked up. */
const mostTerms = 64;

export function createRecall(deps: { readonly memories: MemoryStore; readonly clock: Clock }): Recall {
  const { memories, clock } = deps;

  async function questionOf(request: RecallRequest): Promise<readonly WeightedTerm[]> {
    const own = new Set(termsOf(request.text));
    const aside = new Set((request.neighbours ?? []).flatMap(termsOf).filter((term) => !own.has(term)));
    const { total, counts } = await memories.termCounts([...own, ...aside], request.project);
    const weighted = (terms: ReadonlySet<string>, factor: number) =>
      [...terms].map((term) => ({ term, weight: factor * idf(total, counts.get(term) ?? 0) }));
    const asked = [...weighted(own, 1), ...weighted(aside, tunables.recall.beforeQuestion)];
    return asked
      .sort((one, other) => other.weight - one.weight || compare(one.term, other.term))
      .slice(0, mostTerms);
  }

  async function ranked(
    request: RecallRequest,
    question: readonly WeightedTerm[],
    statuses: readonly MemoryStatus[],
    shape: Shape,
  ): Promise<readonly Scored[]> {
    const terms = question.map(({ term }) => term);
    const pool = await gather(memories, request, terms, statuses, shape.asks);
    const { path } = request;
    const at = {
      now: clock.now(),
      ...(path === undefined ? {} : { place: { path, globTest: await loadGlobTest() } }),
    };
    const scored = shape.asks
      ? rankAnswers(pool, question, shape, at)
      : rankEchoes(pool, request.text, question, at);
    const sorted = [...scored].sort(byRelevance);
    return spread(sorted, memories, at.now);
  }

  return {
    async recall(request) {
      const question = await questionOf(request);
      if (question.length === 0) return nothing;
      const shape = shapeOf(request.text);
      const k = request.k ?? tunables.recall.k;
      let scored = await ranked(request, question, ['active'], shape);
      if (!fits(scored, shape)) scored = await ranked(request, question, ['active', 'archived'], shape);
      const best = scored[0];
      if (best === undefined || !fits(scored, shape)) return nothing;
      const results: RecallResult[] = [];
      let tokens = 0;
      for (const { memory, relevance, own } of scored) {
        if (results.length >= k) break;
        if (request.budget !== undefined && tokens + memory.tokens > request.budget) continue;
        tokens += memory.tokens;
        results.push({ memory, score: relevance / best.relevance, why: reason(memory, own, question) });
      }
      if (request.reinforce === true && results.length > 0) {
        await memories.reinforce(
          results.map(({ memory }) => memory.id),
          clock.now(),
        );
      }
      return { results, tokens, abstained: results.length === 0 };
    },
  };
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** Ties are broken by identity, so that every process ranks alike. */
const byRelevance = (one: Scored, other: Scored) =>
  other.relevance - one.relevance || compare(one.memory.id, other.memory.id);

/** Know when there is nothing: one of the first must speak of enough of what was asked. */
function fits(scored: readonly Scored[], shape: Shape): boolean {
  const { asked, echo } = tunables.recall.coverage;
  return scored.slice(0, 3).some(({ covered }) => covered >= (shape.asks ? asked : echo));
}

/** "rule · matches database, mock". */
function reason(memory: Memory, bag: Bag, question: readonly WeightedTerm[]): string {
  const matched = question
    .filter(({ term }) => bag.weights.has(term))
    .sort((one, other) => other.weight - one.weight)
    .slice(0, 4)
    .map(({ term }) => term);
  const kind = memory.status === 'archived' ? `archived ${memory.kind}` : memory.kind;
  return matched.length > 0
    ? `${kind}: matches ${matched.join(', ')}`
    : `${kind}: said in the same conversation`;
}
