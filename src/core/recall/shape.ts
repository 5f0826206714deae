/** The outward form of question and answer: a question wants a statement, "when" wants a time. */
import { interrogatives, inverting } from '../text/questions.ts';
import { tunables } from '../tunables.ts';
import type { IndexedEntry } from './recallIndex.ts';

export interface Shape {
  /** Asked of the memory: an answer is wanted, not something that sounds alike. */
  readonly asks: boolean;
  readonly asksWhen: boolean;
}

const questionWord = new RegExp(
  `^\\s*(?:${interrogatives.join('|')}|(?:${inverting.join('|')}) (?!it\\b|not\\b|this\\b|that\\b)\\w+.*\\?)`,
  'is',
);
const timeQuestion =
  /\b(when|how (long|recently)|what (date|day|week|month|year|time)|which (day|week|month|year))\b/i;
/** "Why did you…" is said to an assistant, not asked of a memory. */
const addressed = /\b(you|your|you're|didnt|didn't)\b/i;

export function shapeOf(text: string): Shape {
  const asks = questionWord.test(text) && text.length < 300 && !addressed.test(text);
  return { asks, asksWhen: asks && timeQuestion.test(text) };
}

/** A factor around 1 for how well the form of a memory suits a question's. */
export function shapeFit(entry: IndexedEntry, shape: Shape): number {
  const { asking, rich, richTerms, dated } = tunables.recall.shape;
  const settled = entry.facts.kind !== 'episode';
  return (
    (!settled && entry.asksItself ? 1 - asking : 1) *
    (1 + rich * (settled ? 1 : Math.min(1, entry.distinct / richTerms))) *
    (shape.asksWhen && entry.dated ? 1 + dated : 1)
  );
}

/** The most that {@link shapeFit} can be. */
export function bestShape({ asksWhen }: Shape): number {
  const { rich, dated } = tunables.recall.shape;
  return (1 + rich) * (asksWhen ? 1 + dated : 1);
}
