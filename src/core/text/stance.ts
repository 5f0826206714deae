/**
 * What a sentence asks for and what it turns down. "You edited the main copy, not the branch" and "edit the branch,
 * never the main copy" say the same thing; "put tasks in the main copy" uses the same words and says the opposite.
 * So words are compared together with their sign: +1 wanted, −1 unwanted, 0 only mentioned.
 *
 * The reading is shallow on purpose: one clause, one frame (order, complaint, question, condition), and the few
 * small words that turn the sign inside it. It needs no grammar and errs towards 0.
 */

import { inverting } from './questions.ts';
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

const setOf = (words: string): ReadonlySet<string> =>
  new Set(words.split(/\s+/).filter((word) => word !== ''));

const fillers = setOf(
  `no nope nah hey hi ok okay so also and but again actually please pls well wait still hmm oh yes yeah sorry , then
  just now instead nein non nej stop`,
);
const negations = setOf(
  `not never no dont doesnt didnt isnt arent wasnt werent wont wouldnt shouldnt mustnt cant cannot couldnt havent hasnt
  hadnt neednt aint avoid without nicht kein keine keinen nie niemals pas jamais nunca não nao nunca не никогда non ne mai nigdy nie nikdy
  ніколи ikke aldri aldrig inte geen niet nooit 不要 不用 别 別 禁止 而不是 不要用 别用`,
);
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
const complaintVerbs = setOf('are were re did do have had keep kept still ve went always just also again');
const missing = setOf('forgot forget missed miss skipped skip ignored omitted failed neglected');
const duties = setOf('should must need needs have supposed ought could can better');
const lasting =
  /\b(?:always|never|ever|from now on|going forward|in (?:the )?future|every time|in all cases|by default|as a rule|must|immer|nie|jamais|toujours|siempre|nunca)\b/i;

/** With what is left of "n't" once apostrophes are gone. */
const questionStart: ReadonlySet<string> = new Set([
  ...inverting,
  ...setOf('didnt isnt arent dont havent shouldnt'),
]);

/** "Do it", "have a look", "don't touch it" are orders; "do you …?", "have we …?" are not. */
const maybeOrder = setOf('do dont have');
const subjects = setOf('you we they i these those');

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

interface Frame {
  readonly start: number;
  readonly sign: number;
  readonly force: number;
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

/** "Fix it", "add a button": rather today's task than a lesson. */
export const plainOrder = 0.55;
const markers = setOf(
  'not never always instead rather dont only must should yourself without before first every',
);
const marked = (words: readonly string[]) => words.some((word) => markers.has(word));

/** Where the clause proper begins, and whether what it names is wanted. */
function frameOf(words: readonly string[], complaint: boolean): Frame {
  let at = 0;
  while (at < words.length && fillers.has(words[at] ?? '')) at += 1;
  const opened = at;
  at = skipOpinion(words, at);
  const [first = '', second = '', third = ''] = [words[at], words[at + 1], words[at + 2]];
  if (first === 'why' || first === 'how' || first === 'warum' || first === 'pourquoi') {
    const negated = negations.has(second) || negations.has(words[at + 3] ?? '') || negations.has(third);
    const start = negated
      ? Math.max(...[1, 2, 3].filter((step) => negations.has(words[at + step] ?? ''))) + at + 1
      : at + (first === 'why' ? 3 : 1);
    if (first === 'how') return { start: at + 1, sign: 0, force: 0.3 };
    return { start, sign: negated ? 1 : -1, force: 0.9 };
  }
  if (first === 'you' || first === 'youre' || first === 'youve') {
    const next = first === 'you' ? second : 'are';
    const after = first === 'you' ? third : second;
    const step = first === 'you' ? 2 : 1;
    if (next === 'need' || next === 'have' ? after === 'to' : duties.has(next)) {
      const turned = negations.has(after);
      return { start: at + step + (turned ? 1 : 0), sign: turned ? -1 : 1, force: 1 };
    }
    if (next === 'shouldnt' || next === 'mustnt' || next === 'cant' || next === 'dont')
      return { start: at + step, sign: -1, force: 1 };
    if (negations.has(next)) return { start: at + step, sign: 1, force: 1 };
    if (negations.has(after) && complaintVerbs.has(next)) return { start: at + step + 1, sign: 1, force: 1 };
    if (missing.has(next) || (next === 'left' && after === 'out'))
      return { start: at + step, sign: 1, force: 1 };
    if (complaint) return { start: at + step - (complaintVerbs.has(next) ? 0 : 1), sign: -1, force: 1 };
    return { start: at + 1, sign: 0, force: 0.5 };
  }
  if (first === 'i' || first === 'id' || first === 'im' || first === 'we' || first === 'lets') {
    const turned = negations.has(second) ? 1 : negations.has(third) && second === 'do' ? 2 : 0;
    if (first !== 'im' && turned > 0) return { start: at + 1 + turned, sign: -1, force: 1 };
    return { start: at + 1, sign: 1, force: first === 'i' || first === 'im' ? 0.8 : 1 };
  }
  if (
    first === 'this' ||
    first === 'that' ||
    first === 'it' ||
    first === 'its' ||
    first === 'thats' ||
    first === 'there'
  ) {
    const turned = negations.has(second) ? 2 : negations.has(third) ? 3 : 0;
    if (turned > 0) return { start: at + turned, sign: 0.6, force: 0.7 };
    if (duties.has(second)) return { start: at + 2, sign: 1, force: 1 };
    return { start: at + 1, sign: complaint ? -0.3 : 0, force: 0.5 };
  }
  if (questionStart.has(first) && (!maybeOrder.has(first) || subjects.has(second))) {
    const either = words.includes('or');
    const turned = negations.has(first);
    return { start: at + 1, sign: either ? 0 : turned || second === 'you' ? 0.6 : 0.3, force: 0.5 };
  }
  if (negations.has(first)) return { start: at, sign: 1, force: 1 };
  if (complaint && thereAgain(words.slice(at))) return { start: at, sign: -1, force: 1 };
  return { start: at, sign: 1, force: at > opened || marked(words) ? 1 : plainOrder };
}

/** "Inline styles again": what is there again is complained of; "try it again" is an order. */
const thereAgain = (words: readonly string[]) => {
  const end = words.indexOf('again');
  const rest = words[end + 1];
  return end > 0 && end <= 4 && (rest === undefined || rest === ',') && !repeated.has(words[0] ?? '');
};
const repeated = setOf(
  'try run fix check read look test build start restart use make do go open generate upload push pull send load say write come once over then and see me do',
);

/** "I think …", "looks like …", "make sure (that) …": what follows is the clause. */
function skipOpinion(words: readonly string[], from: number): number {
  let at = from;
  for (let turn = 0; turn < 3; turn += 1) {
    const [first = '', second = ''] = [words[at], words[at + 1]];
    if (
      first === 'i' &&
      (second === 'think' ||
        second === 'see' ||
        second === 'notice' ||
        second === 'noticed' ||
        second === 'guess')
    )
      at += 2;
    else if ((first === 'looks' || first === 'seems') && (second === 'like' || second === 'that')) at += 2;
    else if (first === 'it' && (second === 'looks' || second === 'seems'))
      at += words[at + 2] === 'like' ? 3 : 2;
    else if ((first === 'make' || first === 'be' || first === 'making') && second === 'sure') at += 2;
    else if (first === 'note' || first === 'notice' || first === 'remember' || first === 'ensure') at += 1;
    else break;
    while (words[at] === 'that' || words[at] === 'to' || (words[at] === 'you' && isMakeSure(words, at)))
      at += 1;
  }
  return Math.min(at, Math.max(0, words.length - 1));
}

const isMakeSure = (words: readonly string[], at: number) =>
  words[at - 1] === 'sure' || words[at - 2] === 'sure';
