/**
 * What a sentence leaves open and its evidence says: "Follow the standard format for the index" tells nobody which. Who said
 * so often said it in the same breath ("…, look at the others, particularly the header"). Only words that were said.
 */
import type { Memory } from '../../memory.ts';
import { shareOfTerms } from '../../text/terms.ts';

/** A form is asked for by name … */
const form = /\b(?:formats?|styles?|conventions?|structure|template|layout|schema|naming)\b/i;
/** … and told already. */
const told =
  /\b(?:like|such as|particularly|especially|including|in particular|namely|e\.?g|i\.?e|with|using|see|@\S)|[`"(]/i;

/** What the form consists of, or an example of it between marks. */
const part =
  /\b(?:particularly|especially|in particular|including|namely),? (?:it'?s |its )?((?:(?:the|an?|all|every) )?(?:[\p{L}\d`-]+ ){0,3}[\p{L}\d`-]+)(?=\s*(?:[.;!\n]|$))/iu;
const example = /\b(?:like|such as|e\.?g\.?,?|for example,?) (`[^`\n]{3,60}`|"[^"\n]{3,60}")/i;

/** It must be understood elsewhere: no pointing, no number of a task. */
const ofTheMoment = /\b(?:this|that|these|those|here|there|it|you|your|i|my|we|again|one)\b|#?\d{2,}/i;

/** Words of a sentence that a member must have said for its form to be the one that is meant, 0..1. */
const sameForm = 0.5;

/**
 * The sentence with what its evidence says of the form it names; as it was where it says so itself, or nobody does.
 * @param said what the members said, in the order they are to be asked.
 */
export function withItsForm(sentence: string, said: readonly Pick<Memory, 'text'>[]): string {
  if (!form.test(sentence) || told.test(sentence.replace(form, ''))) return sentence;
  for (const { text } of said) {
    if (shareOfTerms(sentence, text) < sameForm) continue;
    const shown = example.exec(text)?.[1];
    if (shown !== undefined && !ofTheMoment.test(shown))
      return ended(sentence, `, like ${shown.replace(/[\s.:…]+(?=[`"]$)/, ' …')}`);
    const named = part.exec(text)?.[1];
    if (named !== undefined && !ofTheMoment.test(named)) return ended(sentence, `, particularly ${named}`);
  }
  return sentence;
}

const ended = (sentence: string, more: string) => `${sentence.replace(/[.!]+$/, '')}${more}.`;
