/**
 * Words the lesson of a message: one imperative sentence a person would have written, with what was wrong, what is
 * right, why and when. Where no shape fits, the core sentence of the message, at low certainty.
 */
import type { MemoryLabel } from '../memory.ts';
import { isImperative } from '../text/imperative.ts';
import { plainly, reasonBeside, requestedRule, withoutExamples } from '../text/plainSpeech.ts';
import { termsOf } from '../text/terms.ts';
import { readSentence } from './lessonPatterns.ts';
import { instructsAtLast, orderedCondition, type Reading } from './lessonReading.ts';
import { neighbouring, pointBeside, wrongBefore } from './lessonSides.ts';
import { lowered } from './nouns.ts';
import { asSentence, coreOf, sentencesOf, trimmed, withApostrophes } from './sentences.ts';
import { isStandingSentence } from './standing.ts';
import { standsAlone } from './standsAlone.ts';
import { baseOfPast, isImperativeVerb } from './verbs.ts';

export interface LessonInput {
  readonly own: string;
  readonly quoted: string;
  readonly failure?: string | undefined;
  readonly prev: string;
  readonly label: MemoryLabel;
}

export interface ExtractedLesson {
  readonly statement: string;
  readonly wrong?: string;
  /**
   * What had been done, where the user's words do not say what was wrong: told by the assistant, or that it was left
   * undone. Not the user's own words: shown beside the lesson, never compared or told as part of it.
   */
  readonly before?: string;
  readonly right?: string;
  readonly why?: string;
  readonly when?: string;
  /** How sure the reading is, 0..1; low where the sentence is only the cleaned words of the message. */
  readonly certainty: number;
  /** About the state of the task at hand: a failure report, a fragment. */
  readonly taskBound: boolean;
  /** The sentence it was read from says outright that it holds for good, and the statement can be told as it is. */
  readonly standing: boolean;
  /** See {@link standsAlone}. */
  readonly alone: boolean;
}

/** Sentences looked at; what matters is said early. */
const mostSentences = 14;
const longestPart = 160;

const whyClause =
  /^(.{6,}?)(?:,|;|\s[—–-])?\s+(?:because|since(?! (?:the )?(?:last|then|yesterday|version))|as (?=(?:it|this|that|we|they|the|there|you|i)\b)|so that|otherwise|due to|weil|porque|parce que|потому что)\s+(.{4,})$/iu;
const whySentence =
  /^(?:because|otherwise|that's because|the reason(?: is| being)?(?: that)?|it (?:breaks|causes|interferes|is (?:not )?(?:needed|necessary)|isn't)|this (?:is not necessary|breaks|causes|interferes|would|will)|that (?:breaks|causes|would|will)|weil|porque|因为)\b[,:]?\s*(.+)$/iu;
const whenClause =
  /^((?:when(?:ever)?|before|after|while|if|once|for|during|in|on) (?!(?:this|that|the|my|a) (?:reason|way|time|moment)\b|(?:fact|general|short|future)\b|it\b)[^,]{3,70}), (.{5,})$/i;
const whenTail =
  /\b((?:when(?:ever)?|before|while) (?:you |we |i )?(?:\w+ing|creating|writing|are|re)\b[^,.;]{2,60}|(?:in|for) (?:unit |integration |e2e )?tests)$/i;
const failureTalk =
  /\b(?:fail(?:s|ed|ing|ure)?|errors?|crash\w*|broken|(?:does|did|do|is|are|was)(?:n't|nt| not) (?:work\w*|run\w*|load\w*|show\w*|appear\w*|start\w*|compil\w*|updat\w*)|timeout|timed out|exception|warning|not working|hangs?|no longer works|still (?:an issue|seeing|see|getting|get|have|happening|not|no|failing|broken))\b/i;

/** What a reading gains for coming from a sentence said as lasting, for making one that stands alone, and for each word that tells something. */
const bonus = { standing: 0.3, alone: 0.15, term: 0.015, mostTerms: 10 } as const;
/** Where the sentence cannot be told to anybody who was not there, its reading is not sure of much. */
const mostUnclear = 0.35;

interface Found {
  readonly reading: Reading;
  readonly statement: string;
  readonly alone: boolean;
  readonly standing: boolean;
  readonly score: number;
  readonly index: number;
  readonly why: string | undefined;
  readonly when: string | undefined;
}

/** A page's source pasted beside what is wanted of it orders nothing, whatever its buttons say. */
function withoutMarkup(sentences: readonly string[]): readonly string[] {
  const said = sentences.filter((sentence) => !/<\/[a-z][\w-]*>/i.test(sentence));
  return said.length > 0 ? said : sentences;
}

/** Extracts the lesson. Never empty: at worst it says that the failure shown is to be fixed. */
export function extractLesson(input: LessonInput): ExtractedLesson {
  const sentences = withoutMarkup(sentencesOf(withoutExamples(withApostrophes(input.own)))).slice(
    0,
    mostSentences,
  );
  const found: Found[] = [];
  let best: Found | undefined;
  sentences.forEach((sentence, index) => {
    const plain = plainly(sentence);
    const { main, why, when } = parts(plain);
    const reading = readSentence(main) ?? asRule(sentence, main);
    if (reading === undefined) return;
    /* What stands first is the point; a question at the end seldom is. */
    const certainty =
      reading.certainty - 0.02 * index - (failureTalk.test(main) && reading.certainty < 0.8 ? 0.2 : 0);
    const resolved = resolve(reading.statement, input.prev);
    const statement = asSentence(
      when === undefined ? resolved : `${when}, ${resolved.charAt(0).toLowerCase()}${resolved.slice(1)}`,
    );
    const alone = standsAlone(statement);
    const standing = alone && (isStandingSentence(sentence) || isStandingSentence(plain));
    const said = Math.min(bonus.mostTerms, new Set(termsOf(statement)).size);
    const score = certainty + (standing ? bonus.standing : 0) + (alone ? bonus.alone : 0) + bonus.term * said;
    /* Said to last, "here" is wherever it was said. */
    const told = standing ? statement.replace(/(?<=\S \S+ \S+) here\.$/i, '.') : statement;
    const one = {
      reading: { ...reading, certainty },
      statement: told,
      alone,
      standing,
      score,
      index,
      why,
      when,
    };
    found.push(one);
    if (best === undefined || score > best.score) best = one;
  });
  const fault = best;
  if (fault !== undefined && !fault.standing)
    best = found.find((other) => pointBeside(fault, other) && (other.alone || !fault.alone)) ?? fault;
  const failing = failureTalk.test(input.own) || input.failure !== undefined;
  if (best === undefined || best.reading.certainty < 0.4) return fallback(input, sentences, failing);
  const { reading, index, statement, alone } = best;
  const next = sentences[index + 1];
  const when = best.when ?? whenTail.exec(reading.statement)?.[1];
  const certainty = alone ? reading.certainty : Math.min(reading.certainty, mostUnclear);
  const sides = neighbouring(best, found);
  const why =
    best.why ??
    (next === undefined ? undefined : reasonNext(coreOf(next), sides)) ??
    /* Who says in the next sentence how it shall be may say there why. */
    found.find((other) => other.index === index + 1 && other.reading.right === sides.right)?.why;
  const before = sides.wrong === undefined ? undoneOrDone(input, sides.right, reading, alone) : undefined;
  return {
    statement,
    ...optional('wrong', sides.wrong),
    ...optional('before', before),
    ...optional('right', sides.right),
    ...optional('why', why),
    ...optional('when', when),
    certainty: Math.max(0, Math.min(1, certainty)),
    taskBound: reading.taskBound === true || (failing && reading.certainty < 0.6),
    standing: best.standing,
    alone,
  };
}

/** What the sentence after a lesson says of it ("it breaks …"), or of the very thing: "Use pnpm, not npm. npm writes a lock file." */
function reasonNext(next: string, { wrong, right }: Pick<Reading, 'wrong' | 'right'>): string | undefined {
  const stated = whySentence.exec(next)?.[1];
  if (stated !== undefined) return stated;
  const [, thing, said] =
    /^(?:the |our |my )?(\S+(?: \S+){0,2}?) (?:(?:only|always|never|also|just) )?(?:\p{L}{2,}s|can(?:not|'t)?) (\S.{6,150})$/iu.exec(
      next,
    ) ?? [];
  if (thing === undefined || said === undefined || /\?/.test(said)) return undefined;
  const same = (side: string | undefined) => side !== undefined && bareName(side) === bareName(thing);
  return same(wrong) || same(right) ? trimmed(next) : undefined;
}

const bareName = (phrase: string) =>
  phrase
    .toLowerCase()
    .replace(/^(?:the|our|my|an?) /, '')
    .replace(/[`"']/g, '');

/** "Make it a rule that hotfixes are cherry-picked": how things are is how they shall be. */
function asRule(sentence: string, main: string): Reading | undefined {
  if (requestedRule(sentence) === undefined) return undefined;
  const state = trimmed(main);
  const order = orderedCondition(state);
  if (order !== state && instructsAtLast(order)) return { statement: order, right: order, certainty: 0.9 };
  return { statement: `make sure ${lowered(state)}`, right: state, certainty: 0.75 };
}

/** Only what corrects says that something was wrong. */
const undoneOrDone = (
  input: LessonInput,
  right: string | undefined,
  reading: Pick<Reading, 'omitted'>,
  alone: boolean,
): string | undefined =>
  input.label !== 'correction' && reading.omitted !== true
    ? undefined
    : wrongBefore(right, {
        own: input.own,
        prev: input.prev,
        leaning: !alone,
        omitted: reading.omitted === true,
      });

/** A sentence without its reason and its condition. */
function parts(sentence: string): { main: string; why?: string; when?: string } {
  let main = coreOf(sentence);
  let why: string | undefined;
  let when: string | undefined;
  const reason = whyClause.exec(main);
  if (reason?.[1] !== undefined && reason[2] !== undefined) {
    main = reason[1];
    why = trimmed(reason[2]);
  }
  const beside = reasonBeside(main, isImperative);
  if (beside !== undefined) {
    main = beside.order;
    why ??= trimmed(beside.reason);
  }
  const condition = whenClause.exec(main);
  if (condition?.[1] !== undefined && condition[2] !== undefined) {
    when = condition[1];
    main = coreOf(condition[2]);
  }
  return { main, ...(why === undefined ? {} : { why }), ...(when === undefined ? {} : { when }) };
}

const finite =
  /\b(?:is|are|was|were|has|have|pass(?:es|ed)?|works?|worked|fails?|failed|looks?|seems?|now)\b/i;

/** A word thrown in that tells how things stand, and names nothing. */
const says =
  /\b(?:still|again|nothing|something|anything|everything|none|both|same|stuck|better|worse|wrong|right|good|bad|complete|done|ready|finally|yet|yes|nope|hm+|(?!need|feed|seed|embed)\w{2,}ed|happened|didn'?t|isn'?t|don'?t|won'?t|can'?t|doesn'?t)\b/i;

function fallback(input: LessonInput, sentences: readonly string[], failing: boolean): ExtractedLesson {
  const cores = sentences.map(coreOf).filter((core) => core.length > 3);
  const words = (cores[0] ?? '').split(/\s+/);
  /* A fragment thrown in answers what was just done: it names what was meant. */
  if (
    cores.length === 1 &&
    words.length <= 4 &&
    !finite.test(cores[0] ?? '') &&
    !says.test(cores[0] ?? '') &&
    !/^(?:it|that|this|there|they|these|those|we|he|she|i|you)(?:'\w+)?\b/i.test(cores[0] ?? '') &&
    !/\S (?:the|a|an|my|your|our|this|that) /i.test(cores[0] ?? '') &&
    !isImperativeVerb((cores[0] ?? '').split(/\s/)[0] ?? '') &&
    !/^(?:in|on|at|to|for|from|with|of|by|no|not|why|how|what|where|when)\b/i.test(cores[0] ?? '') &&
    /^[\x20-\x7e’]+$/.test(cores[0] ?? '') &&
    !failing &&
    input.label === 'correction' &&
    !/[?]$/.test(input.own.trim())
  ) {
    const thing = trimmed(cores[0] ?? '');
    const named = /^(?:the|a|an|my|our|your)\b|[`./_]|^[A-Z]/.test(thing) ? thing : `the ${thing}`;
    const statement = asSentence(`Use ${named}`);
    return {
      statement,
      ...optional('before', undoneOrDone(input, thing, {}, true)),
      right: thing,
      certainty: 0.4,
      taskBound: false,
      standing: false,
      alone: standsAlone(statement),
    };
  }
  if (failing) {
    const told = cores.find((core) => failureTalk.test(core)) ?? input.failure ?? cores[0] ?? '';
    const what = trimmed(
      told.replace(
        /^(?:i'm |we're |i am |we are |there's |there is )?(?:still |now |again )*(?:seeing|getting (?=an?\b|the\b|this\b|these\b)|having|got|get|see|have)\s+/i,
        '',
      ),
    );
    return {
      statement: questioning.test(what) ? asSaid(told) : asSentence(`Fix: ${what}`),
      wrong: clip(what),
      certainty: 0.3,
      taskBound: true,
      standing: false,
      alone: false,
    };
  }
  const core = [...cores].sort((a, b) => weight(b) - weight(a))[0] ?? trimmed(input.own) ?? input.quoted;
  const statement = asSaid(core);
  const alone = standsAlone(statement);
  return {
    statement,
    ...optional('before', undoneOrDone(input, undefined, {}, false)),
    certainty: 0.25,
    taskBound: false,
    standing: false,
    alone,
  };
}

const questioning =
  /^(?:why |(?:what|how|where|when|who|which)(?:'s)? (?:is|are|was|were|do|does|did|can|could|has|have|would|should|isn't|doesn't|didn't|won't)\b|(?:could|can|is|are|was|were|does|did|has|should|would|(?:do|have) (?:you|we|they|i|the|these|those|people)) )/i;

/** Words that could not be put into an order, as they were said: what was asked stays a question. */
const asSaid = (core: string): string =>
  /\?\s*$/.test(core) || questioning.test(core) ? asSentence(core).replace(/\.$/, '?') : asSentence(core);

/** Says that something is wrong, not what. */
const verdict =
  /^(?:(?:no|nope|hm+|wait|but|and|so|this|that|it|that's|it's|this is|these are|is|was|looks?|seems?|still|just|really|completely|totally|way|too|a bit|much|not|isn't|wasn't|quite|right|correct|wrong|incorrect|good|bad|better|worse|weird|odd|strange|enough|close|yet|what i (?:asked for|want(?:ed)?|mean(?:t)?))[\s,.!]*)+$/i;
/** A prompt, a path, a line of a listing. */
const machineLine =
  /^(?:[\w.@~/-]+\.\w{1,5}|[$%#>❯➜].*|\(\w+\) .*|.*(?:git:\(|\bat \S+:\d+).*|[MADRU?]{1,2} +\S+)$/;

/** Prefers a sentence of middling length that denies or demands something. */
function weight(core: string): number {
  const words = core.split(/\s+/).length;
  let score = words < 3 ? -2 : words > 40 ? -1 : 0;
  if (verdict.test(core) || machineLine.test(core)) score -= 4;
  if (/\b(?:not|n't|never|always|should|must|instead|only|wrong|too|already|rather|want|need)\b/i.test(core))
    score += 2;
  if (/[?]$/.test(core)) score -= 1;
  return score;
}

const claim =
  /(?:^|[.\n]\s*)I(?:'ve| have)?(?: now| just| also| successfully)* ((?:updat|creat|add|chang|remov|renam|mov|delet|edit|commit|push|mock|replac|install|refactor|format)\w*ed|made|wrote|ran|put|ran) ((?:[^.\n]|\.(?=\S)){3,60}?)(?=\.(?:\s|$)|\n|$)/gi;

/** "do that" becomes what the assistant said it did, where it said only one thing. */
function resolve(statement: string, prev: string): string {
  if (!/\bdo (?:that|this|it)\b/i.test(statement) || prev === '') return statement;
  const claims = [...prev.matchAll(claim)];
  const [only] = claims;
  if (claims.length !== 1 || only?.[1] === undefined || only[2] === undefined) return statement;
  if (only[2].split(/\s+/).length > 9) return statement;
  const act = `${baseOfPast(only[1])} ${trimmed(only[2])}`;
  return statement.replace(/\bdo (?:that|this|it)\b/i, act);
}

const clip = (text: string): string =>
  text.length <= longestPart ? text : `${text.slice(0, longestPart - 1).replace(/\s+\S*$/, '')}…`;

function optional<Key extends string>(key: Key, value: string | undefined): { [K in Key]?: string } {
  const text = value === undefined ? '' : trimmed(value);
  return (text === '' ? {} : { [key]: clip(text) }) as { [K in Key]?: string };
}
