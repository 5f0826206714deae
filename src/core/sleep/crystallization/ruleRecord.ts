/**
 * A rule that was asked for together with where it is to be recorded ("mention that keys must always be sorted"): what the
 * record shall say is the rule, in the same words.
 */
import { verbBase } from '../../text/imperative.ts';

/** "Mention that keys must always be sorted". */
const writtenDown =
  /^(?:please )?(?:also )?(?:mention|note|say|state|write down|document|record|specify|clarify|remember|emphasi[sz]e|stress) that (?=.*\b(?:must|should|always|never|only|has to|have to)\b)(?!(?:it|they|this|that|these|those|we|you|i)\b)(.{2,})$/iu;

/** "Make sure the guide says to always sort keys": what it shall say is the rule. */
const saidThere =
  /^(?:please )?(?:make sure|ensure|check)(?: that)? (?:(?:the|that|this|our|every|your) )?(?:[\w.@/-]+ ){0,2}(?:rules?|guides?|guidelines?|docs?|documents?|instructions?|conventions?|files?) (?:says?|states?|mentions?|specif(?:y|ies)|requires?)(?: that| to)? (?=\S+ \S)(.{2,})$/iu;

/** "Record what we just learned about using X", "make a rule to record …": the rule is to use X. */
const learned =
  /^(?:please )?(?:also )?(?:(?:make|create|add|write) (?:an? |another )?(?:new )?(?:rule|note|instruction) (?:to|that) )?(?:record|note|document|remember|write down|save|keep|add) what (?:we|you|i)(?:'ve| have)? (?:just |all )?(?:learned|learnt|found(?: out)?|discussed|agreed(?: on)?|decided|said|noticed)(?: here| now)? (?:re|about|on|regarding|concerning):? (?:(always|never|not) )?([a-z]+ing) (.+)$/i;

/** Who wants it recorded says it outright as lasting, in one sentence or within a message. */
export const asksForItsRecord = (said: string): boolean =>
  said.split(/(?<=[.!?])\s+|\n+/).some((sentence) => learned.test(sentence.trim()));

/** The sentence itself; as it was where it asks for no record, or nothing else would be left. */
export function withoutItsRecord(sentence: string): string {
  const [, how = '', verb = '', what] = learned.exec(sentence) ?? [];
  const base = what === undefined ? undefined : verbBase(verb.toLowerCase());
  if (base !== undefined)
    return capital(`${how.toLowerCase() === 'not' ? 'do not' : how.toLowerCase()} ${base} ${what}`.trim());
  const [, said] = writtenDown.exec(sentence) ?? saidThere.exec(sentence) ?? [];
  return said === undefined ? sentence : capital(said);
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
