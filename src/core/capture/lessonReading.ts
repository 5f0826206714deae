/** What a sentence is read into, and the small turns of phrase by which people say how it should have been. */

import { isImperative } from '../text/imperative.ts';
import { readsAsThing } from './nounPhrase.ts';
import { coreOf, trimmed } from './sentences.ts';
import { baseOfGerund, baseOfPast, isImperativeVerb } from './verbs.ts';

export interface Reading {
  /** Imperative, without closing dot. */
  readonly statement: string;
  readonly wrong?: string | undefined;
  readonly right?: string | undefined;
  /** 0..1. */
  readonly certainty: number;
  /** About the state of this task only. */
  readonly taskBound?: boolean;
  /** The words say outright that the right thing was left undone. */
  readonly omitted?: boolean;
  /** Tells what was done amiss: what is asked for next to it is the point. */
  readonly fault?: boolean;
}

export type Shape = readonly [pattern: RegExp, read: (...groups: readonly string[]) => Reading | undefined];

export const past =
  '(?:(?!need\\b|feed\\b|seed\\b|speed\\b|proceed\\b|exceed\\b|succeed\\b|embed\\b|shed\\b)[a-z-]+ed|did|made|put|ran|wrote|broke|forgot|left|lost|built|took|gave|went|got|set|kept|sent|chose|began|overwrote|rewrote|undid|threw|hid|brought|cut|split|reset|mixed|read|found|showed|told)';
export const adverb =
  '(?:just|also|still|again|only|now|already|always|never|keep|actually|really|even|simply|accidentally|apparently|wrongly|probably|maybe)';

/** What follows as an instruction: "you should use X" and "we use X" and "to use X" become "use X". */
export function imperative(phrase: string): string {
  const text = coreOf(trimmed(phrase));
  const direct = text
    .replace(
      /^(?:that )?(?:you|we|i)(?:'ll|'d)? (?:should |must |need to |have to |has to |ought to |want (?:you )?to |would like (?:you )?to |will |can |could |are (?:supposed|expected) to |might want to |may )+(?:just |also |please |really )*/i,
      '',
    )
    .replace(/^(?:that )?(?:you|we) (?:should|must)(?:n't| not) /i, 'do not ')
    .replace(/^(?:that )?(?:you|we) (?:don't|do not|dont) /i, 'do not ')
    .replace(/^(?:that )?(?:you|we) (always|never) /i, '$1 ')
    .replace(/^(?:please |just |to |lets |let's |let us |go ahead and )+/i, '')
    .replace(/^be able to /i, '')
    .replace(/^not to /i, 'do not ')
    .replace(/^not (?=[a-z]+ )/i, 'do not ')
    .replace(/^(always|never) (?:to )/i, '$1 ')
    .replace(/^(?:don't|dont|do n't) /i, 'do not ')
    .replace(/^do not (?:have|need) to /i, 'do not ');
  const ours = /^(?:that )?(?:we|you) ([a-z]+)\b(.*)$/i.exec(direct);
  if (ours?.[1] !== undefined && isImperativeVerb(ours[1])) return `${ours[1]}${ours[2] ?? ''}`;
  return direct;
}

export function firstWord(text: string): string {
  return /^[\p{L}'-]+/u.exec(text)?.[0] ?? '';
}

/** Already an instruction as it stands. */
export const instructs = (text: string): boolean => isImperativeVerb(firstWord(text));

/** "when fixing a bug to first always write a test" → "when fixing a bug, first always write a test". */
export function orderedCondition(phrase: string): string {
  const match =
    /^((?:when(?:ever)?|if|before|after|while) [^,]{3,80}?),? (?:to|you should|always) (.{4,})$/i.exec(
      phrase,
    );
  if (match?.[1] === undefined || match[2] === undefined) return imperative(phrase);
  return `${match[1]}, ${imperative(match[2]).replace(/^(?:first always|always first) /i, 'always first ')}`;
}

/** An order, possibly behind its condition. */
export const instructsAtLast = (text: string): boolean =>
  instructs(text) ||
  /^(?:when(?:ever)?|if|before|after|while) [^,]+, (?:first |always |never )*[a-z]+ /i.test(text);

/** "X instead of Y", with X the right one. */
export function replacement(right: string, wrong: string, joint: string): Reading | undefined {
  /* "you used X instead of Y": then X is the wrong one, and another shape reads it. */
  if (
    new RegExp(`^(?:you(?:'ve| have)? )?(?:${adverb} )*${past}\\b`, 'i').test(right) &&
    !isImperativeVerb(firstWord(right))
  )
    return undefined;
  const good = imperative(right).replace(/^using (?=\S)/i, 'use ');
  /* A heading, or a whole report before "rather than", is nothing that could be used. */
  if (!instructs(good) && (/:\s/.test(good) || good.split(/\s+/).length > 10)) return undefined;
  const bad = trimmed(wrong).replace(/ (?:here|please|instead|now|everywhere|next time)$/i, '');
  if (good === '' || bad === '' || bad.replace(/`[^`]*`/g, 'x').split(/\s+/).length > 14) return undefined;
  const act = instructs(good)
    ? good
    : isImperative(good)
      ? good
      : /^(?:it|this|that|they|these|those|he|which|there|i)\b|^\S+(?: \S+){0,4} (?:is|are|was|were|has|have|did|does|says?|shows?)\b/i.test(
            good,
          ) || !mayBeUsed(good)
        ? undefined
        : `use ${good}`;
  if (act === undefined) return undefined;
  return { statement: `${act}${joint}${bad}`, wrong: bad, right: withoutVerb(good), certainty: 0.9 };
}

/** What stands where the thing to use should: a name, or at least no clause. */
export const mayBeUsed = (words: string): boolean =>
  !/^(?:no|nothing|something|anything|both|stuck|same thing)\b/i.test(words) &&
  readsAsThing(words.split(/[,;:]/)[0]?.split(/\s+/).slice(0, 4).join(' ') ?? '');

/** "use pnpm" → "pnpm": what is right, as a thing where it is one. */
export const withoutVerb = (act: string): string =>
  trimmed(act.replace(/^(?:use|go with|prefer|stick (?:to|with)|keep to)\s+/i, ''));

/** Then the "not" after it denies a verb of its own: "never move the seeds and do not run them". */
export const auxiliaryAtEnd =
  /\b(?:do|does|did|is|are|was|were|should|must|shall|may|can|could|will|would|have|has|had)$/i;

/** "to test X" is an act, "X" a thing to use; a reason is neither. */
export function useNot(right: string, wrong: string): Reading | undefined {
  const good = trimmed(right);
  if (auxiliaryAtEnd.test(good) || /\b(?:just|or|and|even|only)$/i.test(good)) return undefined;
  if (/^(?:because|that|what|how|why|just|really|actually|still|clear|possible|a bit)\b/i.test(good))
    return undefined;
  const act = good.replace(/^to /i, '');
  return {
    statement: `${act === good && !instructs(good) ? `use ${good}` : act}, not ${trimmed(wrong).replace(/^to /i, '')}`,
    wrong: trimmed(wrong),
    right: act,
    certainty: 0.9,
  };
}

export const whyNot = (rest: string): Reading | undefined => {
  const act = trimmed(rest.replace(/^(?:just|simply|you|we) /i, ''));
  if (/^(?:if|because|when|then|though)\b/i.test(act)) return undefined;
  return { statement: act, right: act, certainty: 0.75, omitted: true };
};
export const verbBase = (verb: string): string =>
  /ing$/.test(verb) ? baseOfGerund(verb) : verb.toLowerCase();
export const verbPhraseBase = (act: string): string => {
  const verb = firstWord(act);
  return `${/ed$/.test(verb) ? baseOfPast(verb) : /ing$/.test(verb) ? baseOfGerund(verb) : verb}${act.slice(verb.length)}`;
};
