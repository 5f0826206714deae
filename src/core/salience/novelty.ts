/** Novelty: share of the informative terms, by idf mass, that memory of the same scope does not hold yet. */
import { clamp01, type Dimension, type SalienceInput } from './signals.ts';

/** Routine talk is full of new words that will never matter again: its novelty counts half. */
const routineShare = 0.5;

/**
 * `Σ idf(t)·[t unknown] / Σ idf(t)` with `idf = ln(1 + (N + 1) / (n + .5))` over N memories. With fewer than four
 * terms the share is drawn toward the middle, for one word proves little.
 */
export function noveltyOf(input: Pick<SalienceInput, 'terms' | 'known' | 'kind'>): Dimension {
  const distinct = new Set(input.terms);
  if (distinct.size === 0) return { value: 0 };
  let all = 0;
  let unseen = 0;
  for (const term of distinct) {
    const count = input.known.counts.get(term) ?? 0;
    const idf = Math.log(1 + (input.known.total + 1) / (count + 0.5));
    all += idf;
    if (count === 0) unseen += idf;
  }
  const trust = Math.min(1, distinct.size / 4);
  const share = trust * (unseen / all) + (1 - trust) * 0.5;
  const value = clamp01(input.kind === 'neither' ? share * routineShare : share);
  return value >= 0.7 ? { value, reason: 'most of its words are new here' } : { value };
}
