/** What shall be done to a thing, as an act: "X must be kept in Y" → "keep X in Y". */
import { verbBase } from '../text/imperative.ts';
import { trimmed } from './sentences.ts';

export const pronoun = /^(?:it|this|that|these|those|them|they|there|he|she)$/i;

/** "X, not Y" and its like, at the end of a clause. */
export const contrastIn = (text: string) =>
  /^(.{2,90}?),? (?:and )?(?:not|instead of|rather than) (.{2,90})$/i.exec(text);

/** What an act wants and what it turns down. */
export function sidesOf(act: string): { readonly right: string; readonly wrong?: string } {
  const contrast = contrastIn(act);
  return contrast?.[1] === undefined || contrast[2] === undefined
    ? { right: act }
    : { right: trimmed(contrast[1]), wrong: trimmed(contrast[2]) };
}

/** "(every endpoint should) be documented in the schema" → "document every endpoint in the schema". */
export function passiveOf(subject: string, said: string): string | undefined {
  const [, participle = '', rest = ''] = /^be (\w+(?:ed|en|n|t|un|pt|ut))\b(.*)$/i.exec(said) ?? [];
  const verb = participle === '' ? undefined : verbBase(participle);
  if (verb === undefined || verb === participle.toLowerCase() || pronoun.test(subject)) return undefined;
  if (/^(?:allow|fix|do|expect|require|include|find|see|break|consider)$/.test(verb)) return undefined;
  if (/^\s*(?:is|are|was|were|has|have)\b/i.test(rest)) return undefined;
  if (subject.split(/\s+/).length > 7 || /\b(?:that|which|who|is|are|not|you|we|i)\b/i.test(subject))
    return undefined;
  /* Who does it must stay: "reviewed by a human". */
  if (/\bby (?!hand\b|default\b|name\b|\w+ing\b)/i.test(rest)) return undefined;
  return `${verb} ${subject}${rest}`;
}
