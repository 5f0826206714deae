/**
 * Recall: what is remembered about a question, or that there is nothing. Relevance leads; strength, confidence,
 * salience, recency and place are a mild prior; associations and the conversation around an episode help.
 */
import type { Memory, MemoryId } from '../memory.ts';
import type { Clock, MemoryStore } from '../ports.ts';
import { tunables } from '../tunables.ts';
import { fits, namesIn } from './abstention.ts';
import { rankClose } from './closeness.ts';
import { loadGlobTest } from './globs.ts';
import { standsIn } from './postings.ts';
import { pathFit } from './prior.ts';
import { askedTerms, toneOf } from './question.ts';
import {
  byRelevance,
  type Occasion,
  type Ranked,
  rankAnswers,
  rankEchoes,
  type Searched,
  soundAlike,
  standingFor,
  withoutHeads,
} from './ranking.ts';
import type { RecallAnswer, RecallRequest, RecallResult } from './request.ts';
import { createScratch, viewFrom, weigh } from './scoring.ts';
import { type Shape, shapeOf } from './shape.ts';
import { withSpelling } from './spelling.ts';
import { bringLessons, spread } from './spreading.ts';
import { type TimesNamed, timesIn } from './times.ts';

export type { RecallAnswer, RecallRequest, RecallResult } from './request.ts';

export interface Recall {
  recall(request: RecallRequest): Promise<RecallAnswer>;
}

export interface RecallDeps {
  readonly memories: Pick<
    MemoryStore,
    'recallIndex' | 'getMany' | 'linksOf' | 'reinforce' | 'textsOf' | 'lessonsFrom'
  >;
  readonly clock: Clock;
}

const nothing: RecallAnswer = { results: [], tokens: 0, abstained: true };

/** A pasted log has more words than a question: only its most telling terms are looked up. */
const mostTerms = 64;
/** So many of the first are looked at with a file in hand. */
const placed = 40;

/** Only one question is scored at a time: the arrays are free again when scoring ends. */
const scratch = createScratch();

export function createRecall({ memories, clock }: RecallDeps): Recall {
  async function ranked(
    searched: Searched,
    request: RecallRequest,
    shape: Shape,
    { spans }: TimesNamed,
  ): Promise<readonly Ranked[]> {
    const at: Occasion = { now: clock.now(), known: request.sessionSeen, spans };
    const { index } = searched;
    const found = shape.asks
      ? withoutHeads(index, rankAnswers(searched, shape, at, scratch))
      : standingFor(index, await alike(searched, request.text, at));
    const there = await inPlace(found, request.path);
    return shape.asks ? spread(there, memories, at.now) : there;
  }

  async function alike(searched: Searched, text: string, at: Occasion): Promise<readonly Ranked[]> {
    const moments = withoutHeads(searched.index, soundAlike(searched, at, scratch));
    const close = await rankClose(text, rankEchoes(moments, at), (ids) => memories.textsOf(ids));
    return bringLessons(searched, close, memories, at);
  }

  /** What holds for the file in hand comes first. */
  async function inPlace(found: readonly Ranked[], path: string | undefined): Promise<readonly Ranked[]> {
    if (path === undefined || found.length === 0) return found;
    const place = { path, globTest: await loadGlobTest() };
    const first = found.slice(0, placed);
    const there = new Map(
      (await memories.getMany(first.map(({ entry }) => entry.facts.id))).map((memory) => [memory.id, memory]),
    );
    const fitOf = (id: MemoryId) => {
      const memory = there.get(id);
      return memory === undefined ? 0 : pathFit(memory, place);
    };
    return [
      ...first.map((candidate) => ({
        ...candidate,
        relevance: candidate.relevance * (1 + tunables.recall.prior.path * fitOf(candidate.entry.facts.id)),
      })),
      ...found.slice(placed),
    ].sort(byRelevance);
  }

  return {
    async recall(request) {
      const index = await memories.recallIndex();
      const view = viewFrom(index, request.project);
      const shape = shapeOf(request.text);
      const times = timesIn(request.text, clock.now());
      const asked = withSpelling(
        index,
        askedTerms(request.text, request.neighbours, times.words),
        namesIn(request.text),
      );
      const question = [
        ...weigh(index, view, asked).slice(0, mostTerms),
        ...(shape.asks ? [] : weigh(index, view, toneOf(request.text)).slice(0, mostTerms)),
      ];
      if (question.length === 0) return nothing;
      const found = await ranked({ index, view, question }, request, shape, times);
      const best = found[0];
      if (best === undefined || !fits(found, request.text, shape, view, question)) return nothing;
      const results = await taken(found, request, best.relevance, (entry) =>
        question
          .filter(({ ids }) => ids.some(({ id }) => standsIn(index.own(id), entry.slot)))
          .map(({ term }) => term),
      );
      if (request.reinforce === true && results.length > 0) {
        await memories.reinforce(
          results.map(({ memory }) => memory.id),
          clock.now(),
        );
      }
      const tokens = results.reduce((sum, { memory }) => sum + memory.tokens, 0);
      return { results, tokens, abstained: results.length === 0 };
    },
  };

  /** The first that there is room for. */
  async function taken(
    found: readonly Ranked[],
    request: RecallRequest,
    most: number,
    matched: (entry: Ranked['entry']) => readonly string[],
  ): Promise<readonly RecallResult[]> {
    const k = request.k ?? tunables.recall.k;
    const results: RecallResult[] = [];
    let tokens = 0;
    for (let from = 0; from < found.length && results.length < k; from += k) {
      const group = found.slice(from, from + k);
      const read = new Map(
        (await memories.getMany(group.map(({ entry }) => entry.facts.id))).map((memory) => [
          memory.id,
          memory,
        ]),
      );
      for (const { entry, relevance } of group) {
        const memory = read.get(entry.facts.id);
        if (memory === undefined || results.length >= k) continue;
        if (request.budget !== undefined && tokens + memory.tokens > request.budget) continue;
        tokens += memory.tokens;
        results.push({ memory, score: relevance / most, why: reason(memory, matched(entry)) });
      }
      if (request.budget === undefined && results.length >= k) break;
    }
    return results;
  }
}

/** "rule: matches database, mock". */
function reason(memory: Memory, matched: readonly string[]): string {
  const kind = memory.status === 'archived' ? `archived ${memory.kind}` : memory.kind;
  return matched.length > 0
    ? `${kind}: matches ${matched.slice(0, 4).join(', ')}`
    : `${kind}: said in the same conversation`;
}
