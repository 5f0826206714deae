/**
 * The two sides of a lesson that sets one thing against another ("edit the branch, not the main copy"), so that a
 * dream can say what is to what. Undefined where the two sides are not plainly two names of things.
 */
import { verbBase } from '../text/imperative.ts';

export interface Contrast {
  /** As it is told, with its article: "the branch". */
  readonly wanted: string;
  readonly unwanted: string;
  /** Two places for one act, or two means to one end. */
  readonly kind: 'place' | 'means';
}

const patterns: readonly { readonly pattern: RegExp; readonly turned?: boolean }[] = [
  { pattern: /^(.+?),? (?:and )?(?:not|never) (.+)$/i },
  { pattern: /^(.+?),? (?:instead of|rather than|in place of) (.+)$/i },
  {
    pattern: /^(?:when .+?, )?(?:never|do not|don'?t) (.+?),? but (?:rather |use |instead )*(.+)$/i,
    turned: true,
  },
  { pattern: /^(?:never|do not|don'?t) (.+?)[;,] (?:use |prefer )(.+?)(?: instead)?$/i, turned: true },
];
const place = /\b(?:in|into|on|onto|to|from|at|under|inside|within)$/i;
const article = /^(?:the|a|an|our|your|its)\s+/i;
const lead = /^(?:(?:always|please|only|just|never|run|using|use)\s+)+/i;
/** Under what condition it holds is no part of the name. */
const circumstance = /\s+(?:when|while|if|for|before|after|unless|until|as|so|because|whenever|during)\s.*$/i;
/** One name: a few words without a clause in them. */
const name = /^(?:(?:the|a|an|our|your)\s+)?(?:[\w`'"@./:+#-]+\s?){1,4}$/i;
const notInName =
  /\b(?:and|or|but|if|when|while|because|that|which|who|is|are|was|were|be|to|for|with|by|of|it|them|this|do|not|never|always|so|then|as|than|any|all|every)\b/i;

export function contrastIn(statement: string): Contrast | undefined {
  const text = statement.replace(/\s*\((?:see|e\.g\.|i\.e\.)[^)]*\)/gi, '').replace(/[.\s]+$/, '');
  if (/[.;:!?]\s/.test(text)) return undefined;
  for (const { pattern, turned } of patterns) {
    const [, left, right] = pattern.exec(text) ?? [];
    if (left === undefined || right === undefined) continue;
    const [good, bad] = turned === true ? [right, left] : [left, right];
    const kept = sideOf(good, true);
    const refused = sideOf(bad.replace(turned === true ? /^$/ : circumstance, ''), false);
    if (kept === undefined || refused === undefined || kept.name.toLowerCase() === refused.name.toLowerCase())
      return undefined;
    return {
      wanted: kept.name,
      unwanted: refused.name,
      kind: kept.placed || refused.placed ? 'place' : 'means',
    };
  }
  return undefined;
}

/** The name at the end of a side: behind its last preposition, or behind the verb. */
function sideOf(
  side: string,
  main: boolean,
): { readonly name: string; readonly placed: boolean } | undefined {
  const words = side
    .replace(/^,?\s*(?:then )?/i, '')
    .replace(lead, '')
    .split(/\s+/);
  let start = 0;
  let placed = false;
  /* "Mark the task as in review" names a state, "having a copy" an act. */
  if (words.some((word) => /^(?:is|are|was|were|be|as)$/i.test(word)) || /^\w{3,}ing$/i.test(words[0] ?? ''))
    return undefined;
  for (let at = 0; at < (main ? words.length - 1 : Math.min(1, words.length - 1)); at += 1) {
    if (place.test(words[at] ?? '')) {
      start = at + 1;
      placed = true;
    }
  }
  if (!placed && main) while (start < words.length - 1 && isVerb(words[start] ?? '')) start += 1;
  if (!placed && !main && isVerb(words[start] ?? '') && words.length > start + 1) start += 1;
  const found = words.slice(start).join(' ');
  const bare = found.replace(article, '');
  if (!name.test(found) || notInName.test(bare) || bare.length < 2) return undefined;
  return { name: found, placed };
}

const isVerb = (word: string) =>
  !/[`"]/.test(word) && verbBase(word.replace(/\W+$/, '')) === word.toLowerCase();
