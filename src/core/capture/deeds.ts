/**
 * What the assistant had said it did, would do, or left to the user: what a correction that does not name its object is
 * about. Only such short clauses are taken from the assistant's words, and only to say what was wrong.
 */

import { isImperative } from '../text/imperative.ts';
import { termsOf } from '../text/terms.ts';
import { trimmed } from './sentences.ts';
import { baseOfGerund, isImperativeVerb } from './verbs.ts';

export interface Deed {
  /** "updated `a.ts`", "asked whether to continue", "left to the user: run the tests". */
  readonly clause: string;
  readonly terms: ReadonlySet<string>;
  /** A question, or work given back to the user. */
  readonly asks: boolean;
}

/** Only the end of an answer is what the user answers to. */
const tailLength = 1200;
const longestClause = 90;
const mostWords = 14;

const notBroken = '((?:[^.?!\\n]|\\.(?=\\S)){3,160}?)(?=[.?!:](?:\\s|$)|\\n|$)';
const did = new RegExp(
  `(?:^|[.!\\n]\\s*|\\b(?:and|then) )(?:perfect[!,] |great[!,] |now )?(?:I(?:'ve| have)?|we(?:'ve| have)?)(?: now| just| also| successfully| already| first)* (\\p{L}+ed|made|wrote|put|ran|built|kept|left|took|set|chose|found|read) ${notBroken}`,
  'giu',
);
const passive = new RegExp(
  `(?:^|[.!\\n]\\s*(?:[-*•\\d.]+\\s+)?)((?:the|all|your|this|a|an)? ?[^.?!\\n]{3,60}?) (?:has|have) (?:now |also |successfully )?been (\\p{L}+)${notBroken.replace('{3,160}', '{0,80}')}`,
  'giu',
);
const will = new RegExp(
  `(?:^|[.!\\n]\\s*)(?:now,? |next,? |so,? )?(?:I(?:'ll| will| am going to|'m going to| need to| should)|let me|let's|we (?:need to|should|can))(?: now| just| also| first| try to| try| go ahead and)* (\\p{L}+) ${notBroken}`,
  'giu',
);
const bullet = /(?:^|\n)\s*(?:[-*•]|\d+[.)])\s+(?:✅\s*)?\**(\p{L}+ed)\b\**:? ([^\n.]{3,120})/giu;
const asked =
  /(?:would you like(?: me)?|do you want(?: me)?|shall i|should i|want me|may i|let me know if you(?:'d like| want)(?: me)?|if you(?:'d)? (?:want|like|wish|prefer),? i can(?: also)?) (?:to )?([^?\n.]{3,140})/giu;
const given =
  /(?:^|[.!\n]\s*)(?:please|you can(?: now)?|you could|you should|you(?:'ll| will)? need to|try|could you(?: please)?|can you(?: please)?|make sure to) (?:now |also |try to )?(\p{L}+) ([^.?!\n]{3,120})/giu;

/** What the assistant said last about its work; in the order in which it said it. */
export function deedsIn(prev: string): readonly Deed[] {
  const text = prev
    .slice(-tailLength)
    .replace(/```[\s\S]*?(?:```|$)/g, '\n')
    .replace(/[’‘]/g, "'");
  const found: { readonly at: number; readonly clause: string; readonly asks: boolean }[] = [];
  const add = (at: number, clause: string, asks = false) => {
    const short = shortened(clause);
    if (short !== undefined) found.push({ at, clause: short, asks });
  };
  for (const match of text.matchAll(did)) add(match.index, `${match[1]?.toLowerCase()} ${match[2]}`);
  for (const match of text.matchAll(bullet)) add(match.index, `${match[1]?.toLowerCase()} ${match[2]}`);
  for (const match of text.matchAll(passive))
    add(match.index, `${match[2]?.toLowerCase()} ${match[1]?.replace(/^[-*•\d.)\s]+/, '')}${match[3] ?? ''}`);
  for (const match of text.matchAll(will)) {
    const verb = baseOfGerund((match[1] ?? '').toLowerCase());
    if (!/^(?:know|be|have|see|need|want)$/.test(verb)) add(match.index, `was to ${verb} ${match[2]}`);
  }
  for (const match of text.matchAll(asked))
    if (!/^(?:to|this|that|these|those|it|any|the|an?|more|help|further|me)\b/i.test(match[1] ?? ''))
      add(match.index, `asked whether to ${match[1]}`, true);
  for (const match of text.matchAll(given))
    add(match.index, `left to the user: ${match[1]?.toLowerCase()} ${match[2]}`, true);
  return found
    .sort((a, b) => a.at - b.at)
    .map(({ clause, asks }) => ({ clause, asks, terms: new Set(termsOf(clause)) }));
}

function shortened(clause: string): string | undefined {
  const plain = clause
    .replace(/[*_#|>]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const words = plain.split(' ').slice(0, mostWords).join(' ').slice(0, longestClause);
  const whole = trimmed(
    words
      .replace(/,? (?:which|so that|because|to (?:ensure|make sure|match|reflect))\b.*$/i, '')
      .replace(/\s+(?:the|a|an|of|in|to|for|with|and|or|by|from|that|on)$/i, ''),
  );
  return whole.split(' ').length < 2 || (whole.split('`').length - 1) % 2 === 1 ? undefined : whole;
}

/**
 * The deed a correction is about: the one that shares most with its words, the last among equals. Nothing where none
 * shares anything, unless `leaning`, when the last one is meant.
 */
export function deedMeant(
  deeds: readonly Deed[],
  own: string,
  options: { readonly leaning: boolean; readonly conduct: boolean },
): Deed | undefined {
  const terms = new Set(termsOf(own));
  let best: Deed | undefined;
  let most = 0;
  for (const deed of deeds) {
    const shared = [...deed.terms].filter((term) => terms.has(term)).length;
    const worth = shared + (options.conduct && deed.asks ? 1.5 : 0);
    if (worth > 0 && worth >= most) {
      best = deed;
      most = worth;
    }
  }
  if (best !== undefined && (most >= 2 || options.leaning || terms.size <= 4)) return best;
  return options.leaning ? deeds.at(-1) : undefined;
}

/** What was left undone: "not push" out of "push", "not so: the rules are sorted" out of a state that was demanded. */
export function leftUndone(right: string): string {
  const act = trimmed(right.replace(/^(?:always|only|just|please|also) /i, '').replace(/ anywhere$/i, ''));
  return isImperative(act) || isImperativeVerb(/^[\p{L}-]+/u.exec(act)?.[0] ?? '')
    ? `not ${act}`
    : `not so: ${act}`;
}
