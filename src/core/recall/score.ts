/** BM25 over weighted bags (BM25F, Robertson & Zaragoza 2009), and the share of a question that an answer covers. */
import type { Bag } from './document.ts';

/** A question's terms with what each is worth: idf, times how sure we are that it was meant (1 for its own words). */
export interface WeightedTerm {
  readonly term: string;
  readonly weight: number;
}

/** ln(1 + (N − n + ½) / (n + ½)): > 0, higher for rarer terms. */
export function idf(total: number, count: number): number {
  return Math.log(1 + (Math.max(total, count) - count + 0.5) / (count + 0.5));
}

/** @param form term saturation, length normalisation 0..1, mean of the bags' lengths, > 0. @returns ≥ 0. */
export function bm25(
  bag: Bag,
  question: readonly WeightedTerm[],
  form: { readonly k1: number; readonly b: number; readonly meanLength: number },
): number {
  const { k1, b, meanLength } = form;
  const norm = k1 * (1 - b + (b * bag.length) / meanLength);
  let score = 0;
  for (const { term, weight } of question) {
    const frequency = bag.weights.get(term);
    if (frequency !== undefined) score += (weight * frequency * (k1 + 1)) / (frequency + norm);
  }
  return score;
}

/** Share (0..1) of the question's weight whose terms appear in the bag, a faint appearance counting less. */
export function coverage(bag: Bag, question: readonly WeightedTerm[]): number {
  let covered = 0;
  let all = 0;
  for (const { term, weight } of question) {
    all += weight;
    covered += weight * Math.min(1, bag.weights.get(term) ?? 0);
  }
  return all === 0 ? 0 : covered / all;
}
