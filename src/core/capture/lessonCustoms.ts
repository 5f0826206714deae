/** How things are here, what is banned, what one would rather have: orders that do not look like one. */
import { verbBase } from '../text/imperative.ts';
import { subjectShould } from './lessonDuties.ts';
import { sidesOf } from './lessonPassive.ts';
import { instructs, type Reading, type Shape } from './lessonReading.ts';
import { readsAsThing } from './nounPhrase.ts';
import { lowered } from './nouns.ts';
import { coreOf, trimmed } from './sentences.ts';
import { baseOfGerund, baseOfPast, isImperativeVerb } from './verbs.ts';

const pointed = /^(?:it|this|that|these|those|they|there|he|she|which|what|who|why|how|you|we|i)\b/i;

/** Where a thing has its place, as something to do with it. */
const placing: Readonly<Record<string, string>> = {
  go: 'put',
  belong: 'put',
  live: 'keep',
  stay: 'keep',
  sit: 'keep',
  come: 'take',
};

const forbidden = (what: string, rest: string, use: string): Reading | undefined => {
  const thing = trimmed(what);
  if (thing === '' || pointed.test(thing)) return undefined;
  const [, gerund, object = ''] = /^(\w+ing)\b(.*)$/i.exec(thing) ?? [];
  const verb = gerund === undefined ? undefined : verbBase(gerund);
  const act = verb === undefined ? `${use} ${lowered(thing)}` : `${verb}${object}`;
  const whole = trimmed(`${act}${rest}`);
  return { statement: `do not ${whole}`, wrong: verb === undefined ? thing : whole, certainty: 0.85 };
};

/** "(is defined here but never) read there": what does not happen, not what is turned down. */
const isReport = (wrong: string): boolean => {
  const first = /^\p{L}+/u.exec(wrong)?.[0] ?? '';
  return isImperativeVerb(first) || baseOfPast(first) !== first.toLowerCase();
};

export const customShapes: readonly Shape[] = [
  /* "Floats are forbidden", "the word X is banned in the UI". */
  [
    /^([^,;:]{2,80}?) (?:is|are) (?:strictly |completely |totally |absolutely |simply )?(banned|forbidden|prohibited|off.?limits|taboo|a no-?go|no-?gos|not (?:allowed|permitted|acceptable))((?: (?:in|on|at|from|for|outside|inside|anywhere|without|within|during|as)\b[^,;:]*)?)(?:, .*)?$/i,
    (thing, how, rest) => forbidden(thing, rest, /^off/i.test(how) ? 'touch' : 'use'),
  ],
  /* "The config goes into TOML, never YAML", "the tests live next to the source, not in a folder of their own". */
  [
    /^((?:the|our|all|every|each|any) [^,;:]{2,50}?|[\w-]+(?: [\w-]+)?) (goes|go|belongs?|lives?|stays?|sits?|comes?) ((?:in|into|to|under|inside|next to|beside|below|from|on|with) [^,;:—–]{2,80}?),? (?:and |but )?(?:not|never|instead of|rather than) ([^,;:—–]{2,80})$/i,
    (subject, verb, place, wrong) => {
      const act = placing[verb.toLowerCase().replace(/(?<=go)es$|s$/, '')];
      if (act === undefined || pointed.test(subject)) return undefined;
      const where = act === 'put' ? place.replace(/^to\b/i, 'in') : place;
      return {
        statement: `${act} ${lowered(subject)} ${where}, not ${trimmed(wrong)}`,
        wrong: trimmed(wrong),
        right: where,
        certainty: 0.86,
      };
    },
  ],
  /* "The app talks to the gateway, not to the services". */
  [
    /^((?:the|our|all|every|each|any) [^,;:]{2,50}?) ([a-z]{3,}s) ([^,;:—–]{3,80}?), (?:and |but )?(?:not|never) ([^,;:—–]{2,80})$/i,
    (subject, verb, how, wrong) => {
      const base = verbBase(verb.replace(/(?<=(?:ch|sh|x|z|s|o))es$|s$/, ''));
      if (base === undefined || /\b(?:is|are|was|were|not|n't|you|i|that|which)\b/i.test(subject))
        return undefined;
      return {
        statement: `make sure ${lowered(subject)} ${verb} ${how}, not ${trimmed(wrong)}`,
        wrong: trimmed(wrong),
        right: trimmed(how),
        certainty: 0.8,
      };
    },
  ],
  /* "All refunds always go through the till": said of all, it is no report. */
  [
    /^((?:all|every|each) [^,;:]{2,60}?) (always|never) ((?!is\b|are\b|was\b|were\b|been\b)[a-z]+ .{4,120})$/i,
    (subject, how, act) => ({
      statement: `make sure ${lowered(subject)} ${how.toLowerCase()} ${act}`,
      ...(/^never/i.test(how) ? { wrong: act } : sidesOf(act)),
      certainty: 0.8,
    }),
  ],
  /* "Prices are always stored in cents", "dates are written day first, not month first". */
  [
    /^((?:the|our|all|every|each) [^,;:]{2,50}?|[\w-]+s(?: [\w-]+s)?) (?:is|are) (always |only |never )?(\w+(?:ed|en|n|t)) ((?:in|into|with|by|as|on|to|at|under|through|via|from|day|before|after|without)\b.+)$/i,
    (subject, how, participle, rest) => {
      const base = verbBase(participle);
      if (base === undefined || pointed.test(subject)) return undefined;
      const contrast = /^(.{2,80}?),? (?:and |but )?(?:not|never|instead of|rather than) (.{2,80})$/i.exec(
        rest,
      );
      if (how === '' && (contrast === null || isReport(contrast[2] ?? ''))) return undefined;
      const act = `${base} ${lowered(subject)} ${rest}`;
      return /never/i.test(how)
        ? { statement: `never ${act}`, wrong: act, certainty: 0.82 }
        : {
            statement: `${how.toLowerCase()}${act}`,
            right: trimmed(contrast?.[1] ?? rest),
            wrong: contrast?.[2],
            certainty: 0.82,
          };
    },
  ],
  /* "Money is always integer cents in this codebase, never floats": what a thing is here, and never is. */
  [
    /^([^,;:]{2,60}?) (is|are) (always |only )([^,;:]{2,60}?)(?: (?:here|with us|in (?:this|our) \w+))?,? (?:and |but )?(?:not|never) (?!(?:just|only|yet|even)\b)([^,;:]{2,60})$/i,
    (subject, be, how, what, wrong) =>
      pointed.test(subject) || !readsAsThing(subject) || !readsAsThing(what)
        ? undefined
        : {
            statement: `make sure ${lowered(subject)} ${be.toLowerCase()} ${how.toLowerCase()}${what}, not ${trimmed(wrong)}`,
            right: what,
            wrong: trimmed(wrong),
            certainty: 0.82,
          },
  ],
  [
    /^(?:our|the|my) (?:[\w-]+ ){0,3}?(?:guide|guidelines?|rules?|policy|convention|standard|team|client|customer|company|brand|editor|house style|style) (?:wants?|requires?|asks? for|demands?|calls? for|prescribes?|mandates?|insists? on) (?!you\b|that\b|to\b|it\b)(.{3,})$/i,
    (what) => ({ statement: `use ${trimmed(what)}`, right: trimmed(what), certainty: 0.8 }),
  ],
  [
    /^i(?:'d| would) (?:much |really |strongly )?(?:rather|prefer(?: it)?(?: if)?) you (?:had |would )?(not |didn't |did not |wouldn't )?(\w+)\b(.*)$/i,
    (negation, verb, rest) => {
      const base = isImperativeVerb(verb) ? verb.toLowerCase() : baseOfPast(verb);
      const act = trimmed(`${base}${rest}`).replace(/^ask me (?=(?:first|before)\b)/i, 'ask ');
      return negation === ''
        ? { statement: act, right: act, certainty: 0.85 }
        : { statement: `do not ${act}`, wrong: act, certainty: 0.88 };
    },
  ],
  [
    /^my (?:strong |clear |personal |general )?preference is (?:for |to (?:have |use )?)?(.{3,})$/i,
    (what) =>
      pointed.test(what)
        ? undefined
        : {
            statement: instructs(what) ? what : `prefer ${trimmed(what)}`,
            right: trimmed(what),
            certainty: 0.85,
          },
  ],
  [
    /^(?:can|could|would|will) you (?:please |just )*(?:not|stop) (?!just\b|simply\b|also\b|instead\b|rather\b|use\b.*\binstead)(\w+)\b(.{3,})$/i,
    (verb, rest) => {
      const base = /ing$/i.test(verb) ? baseOfGerund(verb) : verb.toLowerCase();
      return { statement: `do not ${base}${rest}`, wrong: `${base}${rest}`, certainty: 0.86 };
    },
  ],
  [
    /^(?:please )?(?:stop|quit) (\w+ing)\b([^,;]*?),? and (?:just |instead |rather )*(.{4,})$/i,
    (gerund, object, then) =>
      instructs(then)
        ? {
            statement: `${then}; do not ${baseOfGerund(gerund)}${object}`,
            wrong: `${gerund}${object}`,
            right: then,
            certainty: 0.89,
          }
        : undefined,
  ],
  [
    /^(?:it would be|it'd be|would be) (?:great|nice|good|better|best|helpful|cool|lovely) if ([^,;]{2,60}?) (?:were|was|could be) (?:always )?([^,;]{3,80})$/i,
    (subject, state) =>
      pointed.test(subject)
        ? undefined
        : {
            statement: `make sure ${lowered(subject)} ${/s$/i.test(subject) ? 'are' : 'is'} ${state}`,
            right: `${subject} ${state}`,
            certainty: 0.7,
          },
  ],
  [
    /^i (always )?(?:want|need|would like|'d like) to see (.{4,}? (?:before|after|when|whenever|first|each time|every time)\b.*)$/i,
    (how, what) => ({
      statement: `${how.toLowerCase()}show ${trimmed(what)}`,
      right: `show ${trimmed(what)}`,
      certainty: 0.8,
    }),
  ],
  [
    /^i (?:always |really |just |also )?(?:want|need|expect|would like|'d like) ((?:all|every|each|the|our|any|no) [^,;:]{2,50}?|[\w-]+s|[A-Z`]\S*(?: \S+){0,2}?) (not )?to ((?:be )?\w+\b.*)$/i,
    (subject, negation, said) => {
      const reading = subjectShould(subject, negation !== '', said);
      return reading === undefined ? undefined : { ...reading, certainty: Math.min(reading.certainty, 0.7) };
    },
  ],
  /* "That's not how we name branches – it's feature/<topic>". */
  [
    /^(?:that|this)(?:'s| is)(?: not|n't) how (?:we|you|to|one) ([^,;:–—]{4,60}?)(?: here| in this \w+)?(?:[,;:.]| -| –| —) ?(?:it(?:'s| is)|we (?:use|do|have)|use|do) (.{2,80})$/i,
    (act, how) => ({
      statement: `${coreOf(act)} as ${trimmed(how)}`,
      right: trimmed(how),
      certainty: 0.85,
    }),
  ],
];
