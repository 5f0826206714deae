/**
 * The sentence of a rule as a person would write it down: said aloud, what matters comes as it comes to mind. Only the
 * order of the words is changed, and what grammar asks for; no word that says something is added or taken away.
 */
import { isImperative, verbBase } from '../../text/imperative.ts';

/** "Format the diff, always." */
const alwaysLast = /^(?!.*\b(?:never|don'?t|do not)\b)(.)([^,;:]+?),? always([.!]*)$/i;
/** "Draw the chart, not send it to anybody": what follows is done to something, so it is a verb and no thing. */
const notVerb =
  /^(.+?), not (?:to )?([a-z]+)( (?:it|them|the|a|an|any|anything|anybody|on|to|in|into|with|for|yet)\b.*)$/i;
/** A mention that lost the clause it was in: "do it without asking, (see habits.md)". */
const mention = /,\s+(?=\(see )/gi;

/** One sentence in, the same sentence in the order of writing out. */
export function inWrittenOrder(text: string): string {
  return alwaysFirst(notAsOrder(text.replace(mention, ' ')));
}

function alwaysFirst(text: string): string {
  const [, first, rest, end] = alwaysLast.exec(text) ?? [];
  if (first === undefined || rest === undefined || !isImperative(first + rest)) return text;
  return `Always ${first.toLowerCase()}${rest}${end ?? ''}`;
}

function notAsOrder(text: string): string {
  const [, main, verb, rest] = notVerb.exec(text) ?? [];
  if (main === undefined || verb === undefined || rest === undefined) return text;
  return isImperative(main) && verbBase(verb) === verb ? `${main}; do not ${verb}${rest}` : text;
}
