/** Knowing when there is nothing: whether the best that was found speaks of enough of what was asked. */
import { termsOf } from '../text/terms.ts';
import { tunables } from '../tunables.ts';
import type { Ranked } from './ranking.ts';
import type { View, WeighedTerm } from './scoring.ts';
import type { Shape } from './shape.ts';

/** So many of the first may be the one that fits. */
const looksAt = 5;

const name = /(?<![.?!:]\s+|^\s*)(?<![\p{L}\p{N}_])\p{Lu}[\p{L}']+/gu;

/** Terms of names: words that begin with a capital letter where no sentence does. */
export const namesIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(name)].flatMap(([word]) => termsOf(word)));

/**
 * How well those whom a question names are known here, 0..1: where people are heard by name, one who was never met
 * cannot be what a memory is about, however well the other words fit. 1 where nobody is named, or nobody heard.
 */
export function familiarity(text: string, view: View, question: readonly WeighedTerm[]): number {
  if (view.totals.speaking === 0) return 1;
  const names = namesIn(text);
  if (names.size === 0) return 1;
  const most = Math.max(0, ...question.map(({ term, count }) => (names.has(term) ? count : 0)));
  return Math.min(1, most / Math.sqrt(Math.max(1, view.totals.memories)));
}

export function fits(
  found: readonly Ranked[],
  text: string,
  shape: Shape,
  view: View,
  question: readonly WeighedTerm[],
): boolean {
  const { asked, stranger, most, echo } = tunables.recall.coverage;
  if (found.length === 0) return false;
  /* What is said in small words alone can only sound alike. */
  if (!shape.asks && question.every(({ small }) => small)) return true;
  const needed = shape.asks
    ? Math.min(most, asked + stranger * (1 - familiarity(text, view, question)))
    : echo;
  return found.slice(0, looksAt).some(({ covered }) => covered >= needed);
}
