/**
 * The complaint beside an order: "The message names the docs only. Write one that covers the tests, too." What is
 * said of how things are, in the user's own words, is what was wrong.
 */
import { isImperative } from '../text/imperative.ts';
import { asksFirst } from '../text/questions.ts';
import { coreOf, trimmed } from './sentences.ts';
import { isImperativeVerb } from './verbs.ts';

const mostWords = 22;
const fewestWords = 3;
/** How far from the point somebody may complain of the same. */
const nearby = 2;

const faulty =
  /\b(?:only|still|too|not|no|never|nothing|nobody|none|wrong|missing|fail(?:s|ed|ing)?|broken?|lost|gone|duplicat\w+|mal\w{4,}|mess(?:ed|y)|incorrect(?:ly)?|unused|irrelevant|confusing|empty|hard-?coded|instead|unneeded|unnecessary|outdated|stale|redundant|slow|ugly|twice)\b|n't\b/i;
const tells =
  /\b(?:is|are|was|were|has|have|had|do|does|did|got|get|gets|seems?|looks?|feels?|can(?:'t|not)?|could(?:n't)?|(?:is|are|was|were|has|have|do|does|did|would|wo)n't|[a-z]{3,}(?:ed|es|[^s]s))\b/i;
/** Praise, an answer, and talk about the talk find no fault. */
const noFault =
  /^(?:that's (?:not |n't )?(?:right|correct|true|good)|this is (?:not )?(?:right|correct|good)|no (?:problem|worries|need)|not (?:bad|sure|yet)|i (?:don't|do not) (?:know|think|understand|see why|want|need|like)|you\b|let\b|perhaps|maybe|instead|hopefully|only (?:at|then|if|when))|\b(?:no longer throwing|works? (?:great|fine|well)|looks? (?:good|great))\b/i;

const complains = (core: string): boolean => {
  const words = core.split(/\s+/).length;
  return (
    words >= fewestWords &&
    words <= mostWords &&
    faulty.test(core) &&
    tells.test(core) &&
    !noFault.test(core) &&
    !/\b(?:should|must|ought to|need(?:s)? to|please)\b/i.test(core) &&
    !isImperative(core) &&
    !isImperativeVerb(/^[\p{L}'-]+/u.exec(core)?.[0] ?? '')
  );
};

/** The nearest sentence that finds fault, the one before the point first; undefined where there is none. */
export function complaintBeside(sentences: readonly string[], point: number): string | undefined {
  const order = [0, -1, 1, -2, 2].filter((step) => Math.abs(step) <= nearby && step !== 0);
  for (const step of order) {
    const sentence = sentences[point + step];
    if (sentence === undefined || /[?？]\s*$/.test(sentence) || asksFirst(coreOf(sentence))) continue;
    const core = trimmed(coreOf(sentence));
    if (complains(core)) return core;
  }
  return undefined;
}

/** Whether a sentence by itself finds fault with how things are. */
export const findsFault = (sentence: string): boolean =>
  !/[?？]\s*$/.test(sentence) && !asksFirst(sentence) && complains(trimmed(sentence));
