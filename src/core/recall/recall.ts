/**
 * Recall: what is remembered about a question, or that there is nothing. Relevance leads; strength, precision,
 * salience, recency and place are a mild prior; associations and the conversation around an episode help.
 */
import type { Memory, MemoryId, MemoryStatus, ProjectId } from '../memory.ts';
import type { Clock, MemoryStore, Neighbours } from '../ports.ts';
import { termsOf } from '../text/terms.ts';
import { tunables } from '../tunables.ts';
import { type Bag, bagOf, blend } from './document.ts';
import { priorOf } from './prior.ts';
import { bm25, coverage, idf, type WeightedTerm } from './score.ts';

export interface RecallRequest {
  readonly text: string;
  /** Memories of this project and the user's own; undefined = only the user's own; 'any' = all (the owner looking). */
  readonly project: ProjectId | 'any' | undefined;
  /** The file in hand, relative to the project, forward slashes. */
  readonly path?: string;
  /** At most so many results. */
  readonly k?: number;
  /** At most so many tokens over all results. */
  readonly budget?: number;
  /** What was said just before the question: its words count a little. */
  readonly neighbours?: readonly string[];
  /** Already known in this session: left out. */
  readonly sessionSeen?: ReadonlySet<MemoryId>;
  /** Strengthen what is recalled, and its associations. */
  readonly reinforce?: boolean;
}

export interface RecallResult {
  readonly memory: Memory;
  /** 0..1, comparable only within one answer. */
  readonly score: number;
  /** One short line for a person. */
  readonly why: string;
}

export interface RecallAnswer {
  readonly results: readonly RecallResult[];
  /** Sum of the results' tokens. */
  readonly tokens: number;
  /** True where nothing remembered fits well enough; `results` is empty then. */
  readonly abstained: boolean;
}

export interface Recall {
  recall(request: RecallRequest): Promise<RecallAnswer>;
}

interface Scored {
  readonly memory: Memory;
  readonly relevance: number;
  readonly covered: number;
  readonly own: Bag;
}

const nothing: RecallAnswer = { results: [], tokens: 0, abstained: true };

export function createRecall(deps: { readonly memories: MemoryStore; readonly clock: Clock }): Recall {
  const { memories, clock } = deps;

  async function questionOf(request: RecallRequest): Promise<readonly WeightedTerm[]> {
    const own = new Set(termsOf(request.text));
    const { total, counts } = await memories.termCounts([...own], request.project);
    return [...own].map((term) => ({ term, weight: idf(total, counts.get(term) ?? 0) }));
  }

  async function ranked(
    request: RecallRequest,
    question: readonly WeightedTerm[],
    statuses: readonly MemoryStatus[],
  ): Promise<readonly Scored[]> {
    const found = await memories.search({
      terms: question.map(({ term }) => term),
      project: request.project,
      statuses,
      limit: tunables.recall.candidates,
    });
    const candidates = found.map(({ memory }) => memory).filter((memory) => usable(memory, request));
    const around = await memories.neighboursOf(
      candidates.slice(0, tunables.recall.neighboursFor).map((memory) => memory.id),
      tunables.recall.radius,
    );
    const pool = new Map(candidates.map((memory) => [memory.id, memory]));
    const bags = new Map<MemoryId, Bag>();
    const bag = (memory: Memory) => {
      const known = bags.get(memory.id) ?? bagOf(memory);
      bags.set(memory.id, known);
      return known;
    };
    const scored = [...pool.values()].map((memory) => {
      const own = bag(memory);
      return { memory, own, whole: blend(own, conversationAround(around.get(memory.id), bag)) };
    });
    const meanLength = Math.max(
      1,
      scored.reduce((sum, { whole }) => sum + whole.length, 0) / Math.max(1, scored.length),
    );
    return scored
      .map(({ memory, own, whole }) => ({
        memory,
        own,
        covered: coverage(whole, question),
        relevance:
          bm25(whole, question, meanLength) * priorOf(memory, { now: clock.now(), ...pathOf(request) }),
      }))
      .sort((one, other) => other.relevance - one.relevance || compareIds(one.memory.id, other.memory.id));
  }

  return {
    async recall(request) {
      const question = await questionOf(request);
      if (question.length === 0) return nothing;
      const k = request.k ?? tunables.recall.k;
      let scored = await ranked(request, question, ['active']);
      if (bestCoverage(scored) < tunables.recall.coverage) {
        scored = await ranked(request, question, ['active', 'archived']);
      }
      const best = scored[0];
      if (best === undefined || bestCoverage(scored) < tunables.recall.coverage) return nothing;
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

const pathOf = (request: RecallRequest) => (request.path === undefined ? {} : { path: request.path });

const compareIds = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

function usable(memory: Memory, request: RecallRequest): boolean {
  return memory.replacedBy === undefined && request.sessionSeen?.has(memory.id) !== true;
}

function bestCoverage(scored: readonly Scored[]): number {
  return scored.slice(0, 3).reduce((best, { covered }) => Math.max(best, covered), 0);
}

function conversationAround(
  around: Neighbours | undefined,
  bag: (memory: Memory) => Bag,
): readonly { readonly bag: Bag; readonly weight: number }[] {
  if (around === undefined) return [];
  const { before, after, decay } = tunables.recall;
  return [
    ...around.before.map((memory, step) => ({ bag: bag(memory), weight: before * decay ** step })),
    ...around.after.map((memory, step) => ({ bag: bag(memory), weight: after * decay ** step })),
  ];
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
