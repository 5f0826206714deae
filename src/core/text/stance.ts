/**
 * What a sentence asks for and what it turns down. "You edited the main copy, not the branch" and "edit the branch,
 * never the main copy" say the same thing; "put tasks in the main copy" uses the same words and says the opposite.
 * So words are compared together with their sign: +1 wanted, −1 unwanted, 0 only mentioned.
 *
 * The reading is shallow on purpose: one clause, one frame (order, complaint, question, condition), and the few
 * small words that turn the sign inside it. It needs no grammar and errs towards 0.
 */

import { type Frame, fillers, frameOf, negations, setOf, thereAgain } from './stanceFrame.ts';
import { withOneWordFor } from './tongues.ts';

/** A word as it stood in the text, with its sign in −1..1. */
export interface SignedWord {
  readonly word: string;
  readonly sign: number;
}

/** One clause; `force` in 0..1 tells an order or a complaint (1) from an aside (.3). */
export interface Stance {
  readonly words: readonly SignedWord[];
  readonly force: number;
  /** "always", "never", "from now on": said as lasting. */
  readonly standing: boolean;
}

const longestRead = 1600;
const mostClauses = 24;

/** Fenced code and quoted lines are somebody else's words. */
export function ownWords(text: string): string {
  return text
    .slice(0, longestRead * 4)
    .replace(/```[\s\S]*?(?:```|$)/g, ' ')
    .replace(/^\s*>.*$/gm, ' ')
    .slice(0, longestRead);
}

/** Word tokens: mentions, code, paths and plain words, lower-cased; commas are kept as they carry structure. */
const tokenPattern = /@[\w./-]*\w|`[^`\n]{1,80}`|[\p{L}\p{N}_][\p{L}\p{N}_'’./:#+-]*|,/gu;

export function wordsOf(clause: string): string[] {
  return (clause.toLowerCase().match(tokenPattern) ?? []).map((token) =>
    token === ','
      ? token
      : token
          .replace(/^`|`$/g, '')
          .replace(/['’]/g, '')
          .replace(/[./:#-]+$/, ''),
  );
}

const clauseBreak =
  /[.!?;](?=\s|$)|\n+|\s[-–—]\s|:\s|,\s+(?=(?:but(?! (?:rather|instead|only|use|with))|so|then|because|and then|and also)\b)|\s(?=(?:but(?! (?:rather|instead|only|use|with))|because)\s)|,?\s+(?:and\s+)?(?=(?:make sure|making sure|be sure to|please)\b)|\s(?=so that\s)/gu;

/** "Add a rule that says to …", "record in the guidelines that …": where it is to be written down is not the lesson. */
const bookkeeping =
  /^(?:(?:please|also|and|then|now|ok|so|lets|let's|we should|can you|could you|go ahead and|you should|i want you to)[\s,]+)*(?:add|make|create|write|update|change|edit|improve|extend|record|note|document|put|save|remember|store|mention|specify|state|include)\b(?:\s+(?:me|us|a|an|the|this|that|my|our|your|new|another|to|in|into|it|down|or|existing|one|relevant|cursor|project|global|standing|copilot|agent|memory|memories|rules?|rule file|guidelines?|conventions?|instructions?|docs?|document(?:ation)?|preferences?|note|file|whichever|is|most|here|as|@?[\w./-]+\.(?:mdc?|txt|json|ya?ml)|@[\w./-]+))*\s+(?:(?:that|which)\s+)?(?:to\s+)?(?:specif(?:y|ies)|say(?:s|ing)?|state[sd]?|record(?:s|ing)?|mention(?:s|ing)?|ensure[sd]?|make sure|note[sd]?|remember|require[sd]?|cover|providing guidance on|re|about|that|to)(?:\s+(?:that|to|always to|how to|what we just learned re))*\s+/i;

/** "A rule that prevents the agent from ever running …" */
const prevention =
  /\b(?:(?:that|which|to) )?(?:prevents?|forbids?|stops?|keeps?) (?:you|it|the \w+|\w+s?|any\w+)(?: \w+)? from (?:ever )?(?=\w+ing\b)/i;

/** The clause without the order to write it down; as it is where nothing else would be left. */
export function withoutBookkeeping(clause: string): string {
  const rest = clause.replace(prevention, 'to never be ').replace(bookkeeping, '');
  return rest.split(/\s+/).length >= 3 ? rest : clause;
}

/** Nothing is taken away where nothing would be left. */
function withoutAsides(clause: string): string {
  const rest = clause.replace(aside, ' ').trim();
  return /[\p{L}\p{N}]{2}/u.test(rest) ? rest : clause;
}

export function clausesOf(text: string): string[] {
  return ownWords(text)
    .split(clauseBreak)
    .map((clause) => withoutAsides(clause))
    .map((clause) => withoutBookkeeping(clause.replace(/^[\s*•\-\d.)]+(?=\D)/u, '').trim()))
    .filter((clause) => clause !== '')
    .slice(0, mostClauses);
}

/** Followed by what is turned down. */
const insteadOf = setOf('statt anstatt вместо замість zamiast místo');
const instead: ReadonlySet<string> = new Set([...insteadOf, ...setOf('instead rather sino plutôt')]);
/** What follows is a circumstance, neither wanted nor unwanted. */
export const conditions = setOf(
  'when if while before after whenever unless once during until wenn falls quand si cuando',
);
const steps = setOf('before after until unless');
const preferring = setOf('prefer prefers preferred favor favour choose');
const resumes = setOf(
  `do use run make put keep write add create set edit work go do it instead just rather only should must always but
  prefer try call let sondern sino mais`,
);
/** "You used …", "why are you …", "the sail again". */
const isReproach = (words: readonly string[]) => {
  const first = words.find((word) => !fillers.has(word)) ?? '';
  return reproaching.has(first) || thereAgain(words);
};
const reproaching = setOf('you youre youve why');
/** After a reproach: "you used the sail, take the oar". */
const ordersInstead = setOf(
  'use run make put keep write add create set take only just prefer always please go import move pick choose replace read store save return throw',
);
const endsCondition = setOf('always first must should please make');
const lasting =
  /\b(?:always|never|ever|from now on|going forward|in (?:the )?future|every time|in all cases|by default|as a rule|must|immer|nie|jamais|toujours|siempre|nunca)\b/i;

/** What is said around a lesson and is none: "go ahead", "think carefully", "explain in detail". */
const aside =
  /\b(?:go ahead(?: and)?|(?:please )?(?:think|look|read)(?: \w+)? (?:carefully|hard(?:er)?|again)|be (?:more |very )?(?:careful|specific|precise)|explain(?: in detail\w*| why| yourself)?$|i want to know|do you know|can you tell me|right now|just now|as (?:is )?(?:specified|stated|described|defined|written) (?:by|in)|as per)\b/gi;

/** Reads every clause of `text`. `complaint` says that the text corrects somebody ("you did …" is then unwanted). */
export function stancesOf(text: string, complaint = true): Stance[] {
  const stances: Stance[] = [];
  for (const clause of clausesOf(text)) {
    const stance = readClause(clause, complaint);
    if (stance !== undefined) stances.push(stance);
  }
  return stances;
}

function readClause(clause: string, complaint: boolean): Stance | undefined {
  const words = wordsOf(withOneWordFor(clause));
  if (words.every((word) => word === ',')) return undefined;
  const frame = frameOf(words, complaint);
  const signed: SignedWord[] = [];
  let sign = frame.sign;
  let base = frame.sign;
  let condition = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (at < frame.start) {
      signed.push({ word, sign: 0 });
      continue;
    }
    if (word === ',') {
      signed.push({ word, sign: 0 });
      const next = words[at + 1] ?? '';
      if (condition || opensWithVerdict(words, at)) {
        condition = false;
        const rest = frameOf(words.slice(at + 1), complaint);
        sign = rest.sign;
        base = rest.sign;
      } else if (sign < 0 && declares(words, at + 1)) {
        sign = 1;
        base = 1;
      } else if (sign < 0 && base >= 0 && resumes.has(next)) {
        sign = 1;
        base = 1;
      } else if (
        sign < 0 &&
        base < 0 &&
        (isOrder(words, frame) ? resumes.has(next) : isReproach(words) && ordersInstead.has(next))
      ) {
        sign = 1;
        base = 1;
      }
      continue;
    }
    /* "When you mend a bug always write …": the order ends the condition without a comma. */
    if (condition && endsCondition.has(word) && at > frame.start + 1) {
      condition = false;
      sign = Math.max(base, frame.sign);
      signed.push({ word, sign });
      continue;
    }
    if (
      conditions.has(word) &&
      (at === frame.start || signed.length > 2 || (steps.has(word) && at > frame.start))
    ) {
      condition = true;
      signed.push({ word, sign: 0 });
      continue;
    }
    if (negations.has(word)) {
      /* "Never deploy without a tag" does not turn deploying down: it says what must come with it. */
      if (word === 'without' && base < 0)
        for (const [place, one] of signed.entries()) if (one.sign < 0) signed[place] = { ...one, sign: 0 };
      signed.push({ word, sign: 0 });
      // "never"/"don't" open an order; "A, not B" turns against what the clause stood for so far.
      sign = base === 0 ? -0.5 : -base;
      if (at === frame.start && base > 0) base = -1;
      condition = false;
      continue;
    }
    /* "Prefer the oar over the sail". */
    if (word === 'over' && sign > 0 && words.slice(frame.start, at).some((one) => preferring.has(one))) {
      signed.push({ word, sign: 0 });
      sign = -base;
      continue;
    }
    if (instead.has(word)) {
      signed.push({ word, sign: 0 });
      const next = words[at + 1];
      if (next === 'of' || next === 'than' || insteadOf.has(word)) sign = -base || -1;
      else if (sign < 0 && base >= 0) sign = 1;
      continue;
    }
    signed.push({ word, sign: condition ? 0 : sign });
  }
  return { words: signed, force: frame.force, standing: lasting.test(clause) };
}

/** "Don't run npm here, this repository uses pnpm": a statement with a subject of its own says how things are. */
const declares = (words: readonly string[], at: number) =>
  ownSubject.has(words[at] ?? '') && words.slice(at + 1, at + 4).some((word) => declaring.has(word));
const ownSubject = setOf('this that our we it its they the everything everyone here');
const declaring = setOf(
  'use uses using is are has have run runs need needs want wants expect expects require requires follow follows prefer prefers live lives belong belongs go goes',
);

/** "That's not right, just use …": the clause proper comes after the verdict. */
const opensWithVerdict = (words: readonly string[], comma: number) =>
  comma <= 4 && comma + 2 < words.length && verdictStart.has(words.find((word) => !fillers.has(word)) ?? '');
const verdictStart = setOf('thats that this its it wrong incorrect');

const isOrder = (words: readonly string[], frame: Frame) => negations.has(words[frame.start] ?? '');
