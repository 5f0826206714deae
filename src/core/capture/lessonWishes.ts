/** Wishes: how it should be, what somebody wants, what is to be done together. */
import { isImperative } from '../text/imperative.ts';
import { subjectShould } from './lessonDuties.ts';
import { imperative, instructs, mayBeUsed, type Shape } from './lessonReading.ts';
import { trimmed } from './sentences.ts';

export const wishShapes: readonly Shape[] = [
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
    /^(?:i|we) (?:specifically |really |just |only )*(?:want|need|wanted)( to)? (?:specifically |only |just )*(.{3,})$/i,
    (to, what) =>
      instructs(what) || (to !== '' && isImperative(what))
        ? { statement: what, right: trimmed(what), certainty: 0.55 }
        : to === '' && mayBeUsed(what)
          ? { statement: `use ${what}`, right: trimmed(what), certainty: 0.4 }
          : undefined,
  ],
  [
    /^(?:that|this|it|these|those)(?:'s| is|s| are)(?:n't| not|nt) (?:a |an |the |in )?(?!(?:right|correct|true|working|good|ok|okay|fine|what|how|it|necessary|needed|sure|clear|enough|quite|really|possible|relevant|\w+ed|\w+ing (?:anything|at all|it|me|us)|been|being|any\w*|all|always|even|just|only|so|too|very|that|like|because|actual\w*|real|an? actual)\b)(?!.*\b(?:and|but|so|n't|not)\b)(\S+(?: \S+){0,3})$/i,
    (what) => ({
      statement: `make sure the result is ${what}`,
      right: trimmed(what),
      wrong: `not ${what}`,
      certainty: 0.55,
      fault: true,
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
