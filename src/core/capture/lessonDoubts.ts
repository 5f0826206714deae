/** Doubts about what was done or not, and how it should be. */
import {
  adverb,
  imperative,
  instructs,
  past,
  type Shape,
  subjectShould,
  verbBase,
  verbPhraseBase,
  whyNot,
  youDid,
} from './lessonReading.ts';
import { trimmed } from './sentences.ts';
import { baseOfGerund, baseOfPast } from './verbs.ts';

export const doubtShapes: readonly Shape[] = [
  /* Doubts about what was done or not. */
  [/^why (?:did|do|would) (?:you|we) (?:not|n't) (.{3,})$/i, (act) => whyNot(act)],
  [
    /^why (?:didn't|didnt|don't|dont|haven't|wouldn't|can't|couldn't) (?:you|we|i) (.{3,})$/i,
    (act) => whyNot(act),
  ],
  [/^why not (?:just )?(.{3,})$/i, (act) => whyNot(act)],
  [
    /^why (?:wasn't|wasnt|weren't|isn't|isnt|aren't) (.{3,80}?) (\w+ed|used|run|done|written|kept)\b(.*)$/i,
    (subject, verb, rest) => ({
      statement: `make sure ${subject} is ${verb}${rest}`,
      right: `${subject} is ${verb}`,
      certainty: 0.7,
      omitted: true,
    }),
  ],
  [
    /^why (?:did|do|would|have) (?:you|we) (\w+)\b(.*)$/i,
    (verb, rest) => ({
      statement: `do not ${verbBase(verb)}${rest}`,
      wrong: `${verbBase(verb)}${rest}`.trim(),
      certainty: trimmed(rest).length > 4 ? 0.65 : 0.35,
    }),
  ],
  [
    /^why (?:are|were) (?:you|we) (\w+ing)\b(.*)$/i,
    (gerund, rest) => ({
      statement: `do not ${baseOfGerund(gerund)}${rest}`,
      wrong: `${gerund}${rest}`,
      certainty: 0.68,
    }),
  ],
  [
    /^(?:can't|cant|couldn't|shouldn't|can not|wouldn't it be better (?:to|if (?:we|you))|why don't) (?:we|you|it|i)?\s*(?:just |simply |also )*(.{3,})$/i,
    (act) =>
      instructs(act) || /^[a-z]+ /i.test(act)
        ? { statement: trimmed(act), right: trimmed(act), certainty: 0.72 }
        : undefined,
  ],
  [
    /^(?:did|didn't|didnt) (?:you|we) (?:not |even |actually |already |just |also |remember to )*(.{3,})$/i,
    (act) => ({
      statement: trimmed(act.replace(/\banywhere\b/i, '').replace(/\?.*$/, '')),
      right: trimmed(act),
      certainty: 0.55,
      omitted: true,
    }),
  ],
  [
    /^(?:have|haven't|havent) (?:you|we) (?:not |even |actually |already |also )*(\w+)\b(.*)$/i,
    (verb, rest) => ({
      statement: `${baseOfPast(verb)}${rest.replace(/\?.*$/, '')}`,
      right: `${baseOfPast(verb)}${rest}`.trim(),
      certainty: 0.55,
      omitted: true,
    }),
  ],
  [
    /^you (?:still |also |just )*(?:forgot|failed|neglected|missed) to (.{3,})$/i,
    (act) => ({ statement: act, right: trimmed(act), wrong: `not ${act}`, certainty: 0.82 }),
  ],
  [
    /^you (?:still |also |just )*(?:didn't|didnt|did not|don't|haven't|never) (?!(?:need|have|know)\b)(.{3,})$/i,
    (act) => ({
      statement: verbPhraseBase(act),
      right: trimmed(verbPhraseBase(act)),
      certainty: 0.75,
      omitted: true,
    }),
  ],
  [
    new RegExp(`^you(?:'ve| have)? (?:${adverb} )*(${past})\\b ?(.*)$`, 'i'),
    (verb, rest) => youDid(verb, rest),
  ],
  [
    new RegExp(`^you(?:'re| are|re)? (?:${adverb} )*(?!missing\\b)(\\w+ing)\\b(.*)$`, 'i'),
    (gerund, rest) => youDid(`${baseOfGerund(gerund)}`, trimmed(rest)),
  ],
  /* How it should be. */
  [
    /^(.{1,90}?) (?:is|are|was|were)(?:n't| not) (?:supposed|meant|allowed|expected) to (.{2,})$/i,
    (subject, rest) => subjectShould(subject, true, rest),
  ],
  [
    /^(.{1,90}?) (?:is|are) (?:supposed|meant|expected) to (.{2,})$/i,
    (subject, rest) => subjectShould(subject, false, rest),
  ],
  [
    /^i only (?:want|wanted|need|asked)(?: you)? to (.{3,})$/i,
    (act) => ({ statement: `only ${act}`, right: act, certainty: 0.75 }),
  ],
  [
    /^i (?:want|wanted|would like|'d like|need)(?:ed)? you to (.{3,})$/i,
    (act) => ({ statement: imperative(act), right: act, certainty: 0.75 }),
  ],
  [
    /^(?:i|we) (?:specifically |really |just )*(?:want|need|wanted)(?: to)? (.{3,})$/i,
    (what) => ({
      statement: instructs(what) ? what : `use ${what}`,
      right: trimmed(what),
      certainty: instructs(what) ? 0.55 : 0.4,
    }),
  ],
  [
    /^(?:that|this|it|these|those)(?:'s| is|s| are)(?:n't| not|nt) (?:a |an |the |in )?(?!(?:right|correct|true|working|good|ok|okay|fine|what|how|it|necessary|needed|sure|clear|enough|quite|really|possible|relevant|\w+ed|been|being|any\w*|all|always|even|just|only|so|too|very|that|like|because|actual\w*|real|an? actual)\b)(?!.*\b(?:and|but|so|n't|not)\b)(\S+(?: \S+){0,3})$/i,
    (what) => ({
      statement: `make sure the result is ${what}`,
      right: trimmed(what),
      wrong: `not ${what}`,
      certainty: 0.55,
    }),
  ],
  [
    /^(?:let's|lets|let us) not (.{3,})$/i,
    (act) => ({ statement: `do not ${act}`, wrong: act, certainty: 0.85 }),
  ],
  [
    /^(?:let's|lets|let us|i agree,? let's|(?:ok|yes),? let's) (?:just |also |please )*(.{3,})$/i,
    (act) => ({ statement: act, right: act, certainty: 0.7 }),
  ],
  [
    /^(?:can|could|would|will) (?:you|we) (?:please |just |also )*(.{3,})$/i,
    (act) => ({ statement: trimmed(act), right: trimmed(act), certainty: 0.5 }),
  ],
];
