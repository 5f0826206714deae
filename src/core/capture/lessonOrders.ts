/** Orders and customs: rules asked for outright, what shall always or never be, what was asked for and not. */
import { isImperative } from '../text/imperative.ts';
import { contrastOf } from './lessonContrasts.ts';
import { readShould, subjectShould } from './lessonDuties.ts';
import {
  imperative,
  instructs,
  instructsAtLast,
  orderedCondition,
  type Shape,
  verbPhraseBase,
} from './lessonReading.ts';
import { trimmed } from './sentences.ts';
import { baseOfGerund, isImperativeVerb } from './verbs.ts';

/** Rules asked for outright. */
export const ruleShapes: readonly Shape[] = [
  [
    /^(?:can you |could you |please |also |and |is there a way (?:we|you) can |think about how you can )*(?:make|add|create|write|record|save|update|improve|need|let's make|lets make) (?:it |this |that |a |an |the |our |my |your |another |new |cursor |project |global |or update an existing |\S+\.\w+ )*?(?:rules?|convention|guideline|instructions?|memory|note)\b[^,:]{0,25}?(?: (?:that|to|which|for|so that)|:)\s*(?:(?:specif(?:y|ies)|says?|states?|mentions?|make sure|ensure|note|remember|requires?)\s*)?(?:that |to )?(?:you |we )?(.{8,})$/i,
    (act) => {
      const order = orderedCondition(act);
      return { statement: order, right: order, certainty: instructsAtLast(order) ? 0.9 : 0.6 };
    },
  ],
  [
    /^(?:mention|note|specify|state) (?:also )?that (.{8,})$/i,
    (act) => {
      const read = readShould(act);
      return read ?? { statement: imperative(act), right: imperative(act), certainty: 0.6 };
    },
  ],
  [
    /^(?:from now on|going forward|in (?:the )?future|next time|from here on|in all cases|as a rule)[,:]?\s+(.{4,})$/i,
    (act) => contrastOf(act) ?? { statement: imperative(act), right: imperative(act), certainty: 0.9 },
  ],
  [
    /^(.{6,}?),?\s+(?:from now on|going forward|in (?:the )?future|next time)$/i,
    (act) => contrastOf(act) ?? { statement: imperative(act), certainty: 0.85 },
  ],
  [
    /^remember (?:to |that |:)\s*(.{5,})$/i,
    (act) => ({ statement: imperative(act), right: imperative(act), certainty: 0.8 }),
  ],
];

/** "We are using the larger corners again" tells how things stand, not how they shall be. */
const ofTheMoment = /\b(?:again|still|now|currently|different|the (?:wrong|same|old))\b/i;

/** Lasting orders, and what was asked for and not. */
export const orderShapes: readonly Shape[] = [
  [
    /^(?:you|we|it|this|that|please|and|i want you to|make sure (?:to|you))?\s*(?:should |must |need to |have to )?(always|never) (?!(?:been|mind|worked|seen|had|was|is)\b)([a-z].{3,})$/i,
    (how, act) => {
      const base = instructs(act)
        ? act
        : act.replace(/^be (\w+ing)\b/i, (_all, gerund: string) => baseOfGerund(gerund));
      return how.toLowerCase() === 'never'
        ? { statement: `never ${base}`, wrong: base, certainty: 0.92 }
        : { statement: `always ${base}`, right: base, certainty: 0.92 };
    },
  ],
  [
    /^(?:i |we )(?:don't|do not|dont) want (?:you )?to (.{3,})$/i,
    (act) => ({ statement: `do not ${act}`, wrong: act, certainty: 0.88 }),
  ],
  [
    /^(?:i|we) (?:don't|do not|dont) need to (.{3,})$/i,
    (act) => ({ statement: `do not ${act}`, wrong: act, certainty: 0.6 }),
  ],
  /* "We don't want each boat to have its own crane". */
  [
    /^(?:i|we) (?:don't|do not|dont) want ((?:the|each|every|any|all|our|my|your|these|those|an?) [^,;:]{2,50}?|it|them|they|[A-Z`]\S*(?: \S+){0,2}?) to ((?:be )?[a-z]+\b.*)$/i,
    (subject, said) => subjectShould(subject, true, said),
  ],
  [
    /^(?:i|we) (?:don't|do not|dont) (?:want|need) (.{3,})$/i,
    (what) =>
      /^(?:this|that|it|these|those)\b\W*$/i.test(what)
        ? undefined
        : { statement: `do not add ${what}`, wrong: what, certainty: 0.6 },
  ],
  /* "It makes no sense to sand it first". */
  [
    /^(?:(?:yes|no|except|but|only)(?: that)?,? )*(?:it|there)(?:'s| (?:doesn't|does not|makes|make|is))(?: make)?(?: any| no| much)? (?:sense|point|use) (?:to|in) (.{4,})$/i,
    (said) => {
      const act = /^\w+ing\b/i.test(said) ? verbPhraseBase(said) : said;
      return instructs(act) || isImperative(act)
        ? { statement: `do not ${act}`, wrong: act, certainty: 0.75 }
        : undefined;
    },
  ],
  [
    /^(?:we|this (?:project|repo|repository|codebase|team)) (?:don't|do not|dont|doesn't|does not) (.{3,})$/i,
    (act) =>
      instructs(act) || /^(?:use|do|mock|support)/i.test(act)
        ? { statement: `do not ${act}`, wrong: act, certainty: 0.88 }
        : undefined,
  ],
  [
    /^(?:we|this (?:project|repo|repository|codebase|package|team)|our (?:team|project|repo))(?:'re| are| is)? (?:all |only |exclusively |always |usually |currently )*(use|uses|using|on|prefer|prefers|follow|follows) (.{2,})$/i,
    (how, what) =>
      /^using$/i.test(how) && ofTheMoment.test(what)
        ? undefined
        : { statement: `use ${what}`, right: trimmed(what), certainty: 0.88 },
  ],
  [
    /^(?:please )?(?:don't|do not|dont) (?!(?:know|think|understand|see|have|remember|care|mind|worry|get|believe|like|want|need|seem|recall|you|we|they|i|the|these|those|it|any)\b)(.{3,})$/i,
    (act) => ({ statement: `do not ${act}`, wrong: act, certainty: 0.88 }),
  ],
  [
    /^(?:please )?(?:stop|quit) (\w+ing)\b(.*)$/i,
    (gerund, rest) => ({
      statement: `do not ${baseOfGerund(gerund)}${rest}`,
      wrong: `${gerund}${rest}`,
      certainty: 0.88,
    }),
  ],
  /* "You don't need the proxy to read local files". */
  [
    /^(?:you|we) (?:don't|do not|dont) need (?:to use )?((?:the|an?|any) [^,;]{2,60}?|`[^`]+`|[A-Z]\S*) (?:in order )?to ([a-z]+ .{3,100})$/i,
    (means, act) =>
      instructs(act)
        ? {
            statement: `${act} without ${means}`,
            wrong: means,
            right: `${act} without ${means}`,
            certainty: 0.75,
          }
        : undefined,
  ],
  [
    /^(?:there(?:'s| is) )?no need to (.{3,})$/i,
    (act) => ({ statement: `do not ${act}; there is no need to`, wrong: act, certainty: 0.7 }),
  ],
  [
    /^you (?:don't|do not|dont) (?:need|have) to (?!(?:check|worry|look|wait|ask|do (?:it|that|this)|explain|answer|apologi[sz]e|thank|repeat|know|understand)\b)(.{3,})$/i,
    (act) => ({ statement: `do not ${act}; it is not needed`, wrong: act, certainty: 0.7 }),
  ],
  [
    /^(?:please )?(?:make sure|be sure|ensure|see to it|make certain) (.{4,})$/i,
    (act) => ({
      statement: `make sure ${act
        .replace(/^you are (?:now |always )?(\w+ing)\b/i, (_all, verb: string) => `to ${baseOfGerund(verb)}`)
        .replace(/^you (\w+)/i, (all, verb: string) => (isImperativeVerb(verb) ? `to ${verb}` : all))}`,
      right: trimmed(act.replace(/^(?:to|that|you) /i, '')),
      certainty: 0.8,
    }),
  ],
  /* What was asked for and not. */
  [
    /^i (?:only |just |specifically |clearly )*(?:asked|told|wanted|want) (?:you )?to (.{3,100}?),? (?:and )?not (?:to )?(.{3,100})$/i,
    (right, wrong) => ({
      statement: `${trimmed(right)}; do not ${trimmed(wrong)}`,
      right: trimmed(right),
      wrong: trimmed(wrong),
      certainty: 0.88,
    }),
  ],
  [
    /^i (?:didn't|did not|never) (?:ask|tell|want|told|asked|wanted) (?:for you|you)? ?to (.{3,})$/i,
    (act) => ({ statement: `do not ${act} unasked`, wrong: trimmed(act), certainty: 0.8 }),
  ],
  [
    /^i (?:didn't|did not|never) (?:ask(?:ed)? for|want(?:ed)?|mean(?:t)?) (.{3,})$/i,
    (what) => ({ statement: `do not add ${what} unasked`, wrong: trimmed(what), certainty: 0.6 }),
  ],
  [
    /^i (?:already )?(?:asked|told) you to (.{3,})$/i,
    (act) => ({ statement: act, right: trimmed(act), certainty: 0.8 }),
  ],
  [
    /^(?:that|this)(?:'s| is)(?: not|n't) how (?:you|we|to|one) (.{3,})$/i,
    (act) =>
      /^(?:is|are|was|were|am)\b/i.test(act)
        ? undefined
        : {
            statement: `do not ${trimmed(act).replace(/^to /, '')} that way`,
            wrong: `the way it was done: ${trimmed(act)}`,
            certainty: 0.6,
          },
  ],
  [
    /^why (?:are|were) (?:you|we) (?:in|on|at|under|inside) (.{3,})$/i,
    (where) => ({ statement: `do not work in ${trimmed(where)}`, wrong: trimmed(where), certainty: 0.6 }),
  ],
];
