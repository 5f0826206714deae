/** A question as terms: its own words with their other forms and what is of their kind, and faintly what was said before it. */
import { formsOf } from '../text/irregular.ts';
import { namesOfKindsIn } from '../text/kinds.ts';
import { termsOf } from '../text/terms.ts';
import { tunables } from '../tunables.ts';
import type { AskedTerm } from './scoring.ts';
import { smallWordsOf } from './speech.ts';

/**
 * @param before what was said just before the question.
 * @param when its words that name a time: a memory of that time need not say them, so they cover nothing.
 */
export function askedTerms(text: string, before: readonly string[] = [], when = ''): readonly AskedTerm[] {
  const { otherForm, ofItsKind, beforeQuestion } = tunables.recall;
  const terms = termsOf(text);
  const own = new Set(terms);
  const timely = new Set(termsOf(when));
  const named = namesOfKindsIn(terms);
  const aside = new Set(before.flatMap(termsOf).filter((term) => !own.has(term)));
  const asked = (term: string, weight: number): AskedTerm => ({
    forms: [
      { term, share: 1 },
      ...formsOf(term)
        .filter((form) => !own.has(form))
        .map((form) => ({ term: form, share: otherForm })),
      ...(named.get(term) ?? [])
        .filter((name) => !own.has(name))
        .map((name) => ({ term: name, share: ofItsKind })),
    ],
    weight,
    small: timely.has(term),
  });
  return [
    ...[...own].map((term) => asked(term, 1)),
    ...[...aside].map((term) => asked(term, beforeQuestion)),
  ];
}

/** The small words of a text, which tell a reproach from a plan. */
export function toneOf(text: string): readonly AskedTerm[] {
  return [...smallWordsOf(text).keys()].map((term) => ({
    forms: [{ term, share: 1 }],
    weight: tunables.recall.echo.tone,
    small: true,
  }));
}
