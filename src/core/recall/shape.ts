/** The outward form of question and answer: a question wants a statement, "when" wants a time. */
import type { Memory } from '../memory.ts';
import { tunables } from '../tunables.ts';
import type { Bag } from './document.ts';

export interface Shape {
  /** Asked of the memory: an answer is wanted, not something that sounds alike. */
  readonly asks: boolean;
  readonly asksWhen: boolean;
}

const questionWord =
  /^\s*(who|whom|whose|what|when|where|which|why|how|(is|are|was|were|does|did|has|have|had|can|could|would|will|should|do) (?!it\b|not\b|this\b|that\b)\w+.*\?)/is;
const timeQuestion =
  /\b(when|how (long|recently)|what (date|day|week|month|year|time)|which (day|week|month|year))\b/i;
const timeWord =
  /\b(yesterday|today|tonight|tomorrow|last|next|ago|week|weekend|month|year|(mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|december|recently|\d+)\b/i;
/** "Why did you…" is said to an assistant, not asked of a memory. */
const addressed = /\b(you|your|you're|didnt|didn't)\b/i;
const asking = /\?\s*$/;

export function shapeOf(text: string): Shape {
  const asks = questionWord.test(text) && text.length < 300 && !addressed.test(text);
  return { asks, asksWhen: asks && timeQuestion.test(text) };
}

/** A factor around 1 for how well a memory's form suits the question's; 1 for what is not asked as a question. */
export function shapeFit(memory: Memory, own: Bag, shape: Shape): number {
  if (!shape.asks) return 1;
  const { asking: penalty, rich, richTerms, dated } = tunables.recall.shape;
  const settled = memory.kind !== 'episode';
  return (
    (!settled && asking.test(memory.text) ? 1 - penalty : 1) *
    (1 + rich * (settled ? 1 : Math.min(1, own.weights.size / richTerms))) *
    (shape.asksWhen && timeWord.test(memory.text) ? 1 + dated : 1)
  );
}
