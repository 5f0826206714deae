/**
 * Two ways of looking: for the answer to a question, where the conversation around a memory tells what it is about;
 * and for something like this said before, where its own words and its tone tell.
 */
import { dayMs, type Memory, type MemoryId } from '../memory.ts';
import type { Neighbours } from '../ports.ts';
import { tunables } from '../tunables.ts';
import { type Bag, bagAround, bagOf, bagOfText, blend, type Part } from './document.ts';
import type { Pool } from './pool.ts';
import { type Place, priorOf } from './prior.ts';
import { bm25, coverage, idf, type WeightedTerm } from './score.ts';
import { type Shape, shapeFit } from './shape.ts';
import { speechOf } from './speech.ts';

export interface Scored {
  readonly memory: Memory;
  readonly own: Bag;
  /** Before associations and sorting; ≥ 0. */
  readonly relevance: number;
  /** Share (0..1) of the question's informative words that the memory covers. */
  readonly covered: number;
}

interface Occasion {
  readonly now: number;
  readonly place?: Place;
}

export function rankAnswers(
  pool: Pool,
  question: readonly WeightedTerm[],
  shape: Shape,
  at: Occasion,
): readonly Scored[] {
  const bag = cached(bagOf);
  const lent = cached(bagAround);
  const whole = new Map(
    pool.memories.map((memory) => [
      memory.id,
      blend(bag(memory), saidAround(memory, pool.around.get(memory.id), lent)),
    ]),
  );
  const meanLength = meanOf([...whole.values()]);
  return pool.memories.map((memory) => {
    const own = bag(memory);
    const all = whole.get(memory.id) ?? own;
    const { k1, b } = tunables.recall;
    const relevance =
      bm25(all, question, { k1, b, meanLength }) * shapeFit(memory, own, shape) * priorOf(memory, at);
    return { memory, own, relevance, covered: coverage(all, question) };
  });
}

export function rankEchoes(
  pool: Pool,
  text: string,
  question: readonly WeightedTerm[],
  at: Occasion,
): readonly Scored[] {
  const { k1, b, pairs, context, recent } = tunables.recall.echo;
  const said = speechOf(text);
  const documents = pool.memories.map((memory) => {
    const speech = speechOf(memory.text);
    const own = blend(bagOf(memory), [{ bag: bagOfTerms(speech.functionWords), weight: 1 }]);
    const before = memory.context === undefined ? [] : [{ bag: bagOfText(memory.context), weight: context }];
    return { memory, own, speech, whole: blend(own, before) };
  });
  /* Function words are not in the index: how rare they are is seen in the pool. */
  const functionWords = [...new Set(said.functionWords)].map((term) => {
    const count = documents.filter(({ own }) => own.weights.has(term)).length;
    return { term, weight: idf(documents.length, count) };
  });
  const asked = [...question, ...functionWords];
  const worth = new Map(asked.map(({ term, weight }) => [term, weight]));
  const meanLength = meanOf(documents.map(({ own }) => own));
  const newest = documents.reduce((latest, { memory }) => Math.max(latest, memory.createdAt), 0);
  return documents.map(({ memory, own, speech, whole }) => {
    let relevance = bm25({ weights: whole.weights, length: own.length }, asked, { k1, b, meanLength });
    for (const [first, second] of said.pairs) {
      if (speech.pairKeys.has(`${first} ${second}`)) {
        relevance += pairs * Math.min(worth.get(first) ?? 0, worth.get(second) ?? 0);
      }
    }
    const days = (newest - memory.createdAt) / dayMs;
    relevance *= (1 + recent / Math.sqrt(1 + days)) * priorOf(memory, at);
    return { memory, own, relevance, covered: coverage(own, question) };
  });
}

function cached(make: (memory: Memory) => Bag): (memory: Memory) => Bag {
  const bags = new Map<MemoryId, Bag>();
  return (memory) => {
    const bag = bags.get(memory.id) ?? make(memory);
    bags.set(memory.id, bag);
    return bag;
  };
}

function bagOfTerms(terms: readonly string[]): Bag {
  const weights = new Map<string, number>();
  for (const term of terms) weights.set(term, (weights.get(term) ?? 0) + 1);
  return { weights, length: terms.length };
}

function meanOf(bags: readonly Bag[]): number {
  const sum = bags.reduce((lengths, bag) => lengths + bag.length, 0);
  return Math.max(1, sum / Math.max(1, bags.length));
}

function saidAround(
  memory: Memory,
  around: Neighbours | undefined,
  bag: (memory: Memory) => Bag,
): readonly Part[] {
  const { before, after, decay, lengthWeight } = tunables.recall.around;
  const previous = around?.before ?? [];
  const { context } = memory;
  const part = (said: Bag, weight: number): Part => ({ bag: said, weight, lengthWeight });
  /* What the assistant had said just before is mostly not a memory of its own; where it is, it counts once. */
  const said =
    context === undefined ||
    context === '' ||
    (previous[0] !== undefined && context.includes(previous[0].text))
      ? []
      : [part(bagOfText(context), before)];
  return [
    ...said,
    ...previous.map((other, step) => part(bag(other), before * decay ** (step + said.length))),
    ...(around?.after ?? []).map((other, step) => part(bag(other), after * decay ** step)),
  ];
}
