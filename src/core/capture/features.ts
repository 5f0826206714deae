/** Turns one message into named numbers between −1 and 1 that a person can read. */

import { asciiOnly } from '../text/terms.ts';
import { broken, claimsWork, failing, setAnswered, tailOf } from './afterWork.ts';
import { circumstancesOf, reachOf } from './circumstances.ts';
import { type Cue, holdsOfParts, isPlain, type Pattern, plainTwin } from './cue.ts';
import { cuePriors } from './cuePriors.ts';
import { cues, functionWords } from './cues.ts';
import { hasEvidence } from './evidence.ts';
import { reachOfLesson } from './lessonReach.ts';
import type { MessageSignal } from './message.ts';
import {
  afterPleasantry,
  framing,
  plainLower,
  plainSentences,
  withoutMarks,
  withoutMatter,
  withoutNoFaults,
} from './plainText.ts';
import { isStanding } from './standing.ts';
import type { StrippedMessage } from './strip.ts';
import { barePath, isThing, mostWordsOfThing, speaksEnglish } from './terseThing.ts';

export interface FeatureInput {
  readonly stripped: StrippedMessage;
  /** Tail of what the assistant had said just before; empty for a first message, undefined where nobody knows. */
  readonly prev: string | undefined;
  readonly signals: readonly MessageSignal[];
}

/** One thing named against another, in several languages. */
const contrasts =
  /\b(?:use|using|do|put|keep|want|prefer|go with|it's|is|be|said|meant|on)\b[^.!?\n]{1,70}(?:, ?not|;?(?<!\bif) not|instead of|rather than) [\w`'"./@-]|^\W*(?:no,? )?[\w`./@-]+(?: [\w`./@-]+){0,3}, not [\w`]|\binstead of [^.!?\n]{2,60}, |(?:don't|do not|dont|never|stop) [^.!?\n]{2,60}[,;.] ?(?:but |just )?(?:use|prefer|do|put|keep|go) |(?<!\p{L})(?:statt|en (?:vez|lugar) de|au lieu de|em vez de|invece di|вместо)(?!\p{L})|(?:不要|别|別)[^，,。]{0,3}用|じゃなくて|ではなく|而不是|말고/u;
/** Most messages hold none of these words: looked for first, because it is cheap. */
const contrastHint =
  /not |instead|rather|don't|dont|never|stop|statt|en vez|en lugar|au lieu|em vez|invece|вместо|不|别|別|じゃ|では|말고/u;
/** An order not to, at the head of a sentence. */
const forbids =
  /(?:^|[.!?,;:\n]\s*|\b(?:please|and|but|also|so) )(?:(?:don't|do not|dont|never|avoid|no more) (?!know|think|understand|see|mind|care|worry|have|need)\w+|(?:stop|quit) (?:it|that|\w+ing)\b)|\b(?:you|we) (?:should|must)(?:n't| not| never) |\b(?:i|we) (?:don't|do not|dont) want (?:you )?to /;

/** Cues of a choice or a prohibition: they are no less so as the first words of a conversation. */
const ordering = [
  'contrast',
  'forbids',
  'xNotY',
  'insteadOf',
  'weUse',
  'standing',
  'makeRule',
  'prefer',
  'conforms',
  'nothingBut',
  'thisOnly',
  'bareContrast',
  'verdict',
  'isTheRule',
  'movesAway',
  'everyArtefact',
] as const;

/**
 * The features of a message. Names are stable: `weights.ts` refers to them. Cues count 1 when present; shapes are
 * scaled into 0..1.
 */
export function featuresOf(input: FeatureInput): ReadonlyMap<string, number> {
  const features = new Map<string, number>();
  const { stripped, signals } = input;
  const prev = input.prev ?? '';
  const whole = plainLower(framing(stripped.own));
  const words = whole.match(/[\p{L}\p{N}_'-]+/gu) ?? [];
  /* Courtesy before the point says nothing about the point. */
  const point = afterPleasantry(whole);
  if (point !== whole) features.set('courtesy', 1);
  const text = withoutNoFaults(point);
  const bare = withoutMarks(text);
  for (const cue of cuesFor(bare).all)
    if (
      (cue.within === undefined || bare.length <= cue.within) &&
      cue.hint?.test(bare) !== false &&
      cue.pattern.test(bare)
    )
      features.set(cue.name, 1);
  if (features.has('seeksFault')) dropSought(features, bare);
  if (contrastHint.test(text) && contrasts.test(text)) features.set('contrast', 1);
  if (forbids.test(text)) features.set('forbids', 1);
  if (isStanding(withoutMatter(stripped.own))) features.set('standingSaid', 1);
  /* Scripts without spaces: two characters count as a word. */
  const spaceless = asciiOnly.test(text)
    ? 0
    : (text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu) ?? []).length;
  const count = words.length + Math.floor(spaceless / 2);
  const orders = ordering.some((name) => features.has(name));
  if (
    /\b[A-Z]{3,}\b.*\b[A-Z]{3,}\b/.test(stripped.own) &&
    /\b(?:NOT|NEVER|ALWAYS|MUST|STOP|DON'?T|ONLY|WRONG|NO)\b/.test(stripped.own)
  )
    features.set('shouting', 1);
  /* What the assistant had said matters only where the words, or what was pasted, could be a reason. */
  const matters =
    words.length <= mostWordsOfThing ||
    stripped.pasted.size > 0 ||
    stripped.failure !== undefined ||
    listed.test(text) ||
    failing.test(text) ||
    broken.some((name) => features.has(name)) ||
    hasEvidence(features);
  const claims = matters && claimsWork(prev);
  for (const name of circumstancesOf(text, input.prev, { claims, words: count, orders }))
    features.set(name, 1);
  /* “When I save, …” without a question mark tells what happens. */
  if (features.has('questionStart') && /^\W*when\b[^?？]*$/.test(text)) features.delete('questionStart');
  if (barePath.test(stripped.own.trim())) features.set('barePath', 1);
  const thing =
    prev !== '' && stripped.pasted.size === 0 && isThing(words, features) && speaksEnglish(tailOf(prev));
  features.set('length', Math.min(1, Math.log2(1 + count) / 8));
  if (thing) features.set('terseReply', 1);
  if (count > 0 && count <= 3 && !thing) features.set('terse', 1);
  else if (count <= 8) features.set('short', 1);
  else if (count > 80) features.set('long', 1);
  if (words.length === 0) features.set('noWords', 1);
  const tasks = ['taskStart', 'foreignTask', 'foreignTaskCjk', 'list'].some((name) => features.has(name));
  if (count > 40 && tasks) features.set('longTask', 1);
  if (/[?？]/.test(text)) features.set('hasQuestion', 1);
  if (/!/.test(text)) features.set('hasExclamation', 1);
  if (/\*\*?\w+\*?\*|(?<![\w])_\w+_(?![\w])/.test(stripped.own)) features.set('emphasis', 1);
  if (/^\s*(?:\d+[.)]|[-*]) /m.test(text)) features.set('list', 1);
  if (/`[^`]+`/.test(text)) features.set('namesCode', 1);
  if (stripped.quoted !== '') features.set('quotes', 1);
  for (const kind of stripped.pasted) features.set(`paste:${kind}`, 1);
  if (stripped.failure !== undefined) features.set('pastedFailure', 1);
  if (stripped.failure !== undefined && words.length <= 12) features.set('mostlyFailure', 1);
  if (input.prev === '') features.set('noPrev', 1);
  else if (prev !== '' && matters)
    setAnswered(features, { prev, text, words: words.length, claims }, stripped);
  const fails = features.has('notWorking') || features.has('pastedFailure');
  /* A failure that the assistant had no hand in is a task, not a correction. */
  if (fails && prev === '') features.set('failsWithoutWork', 1);
  const doubts = [
    'negativeQuestion',
    'whyYou',
    'whySo',
    'asksIntent',
    'didYouAsk',
    'insteadOf',
    'makeRule',
  ].some((name) => features.has(name));
  /* In tongues whose words of asking are not known, the mark alone says that it is a question. */
  const asks =
    features.has('questionStart') ||
    (!features.has('foreignNot') && !speaksEnglish(stripped.own, fewestToTell));
  if (asks && features.has('endsQuestion') && !doubts) features.set('plainQuestion', 1);
  if (features.has('courtesy') && complaints.some((name) => features.has(name)))
    features.set('courtesyThenComplaint', 1);
  let stopped = stripped.interrupted;
  for (const signal of signals) {
    if (signal.type === 'tool-rejected') features.set('toolRejected', 1);
    else if (signal.type === 'interrupted') stopped = true;
    else if (signal.type === 'vote' && !signal.up) features.set('votedDown', 1);
    else if (signal.type === 'edit' && signal.outcome === 'undone') features.set('editUndone', 1);
    else if (signal.type === 'command') features.set(signal.failed ? 'commandFailed' : 'commandSucceeded', 1);
  }
  if (stopped && !resuming.some((name) => features.has(name))) features.set('interrupted', 1);
  if (features.has('ownFault')) for (const name of objecting) features.delete(name);
  /* Only what shows a reason is weighed: of all else nobody asks where in it the cues stand. */
  if (hasEvidence(features)) {
    if (prev !== '') features.set('echo', echoOf(words, tailOf(prev)));
    setPeak(features, bare);
    if (words.length > 0) setHead(features, text);
  }
  return features;
}

/** Who wants to know whether anything is wrong finds nothing wrong: what is only said there is no complaint. */
function dropSought(features: Map<string, number>, bare: string): void {
  const { named } = cuesFor(bare);
  const sought = named.get('seeksFault');
  if (sought === undefined) return;
  const rest = bare.replace(new RegExp(sought.source, `${sought.flags}g`), ' ');
  for (const name of complaints)
    if (features.has(name) && named.get(name)?.test(rest) === false) features.delete(name);
}

/** Words from which on a question is known not to be English. */
const fewestToTell = 5;

/** Who goes on as before, gives a task or asks did not stop the assistant because of what it did. */
const resuming = [
  'goAhead',
  'approvalStart',
  'taskStart',
  'foreignTask',
  'foreignTaskCjk',
  'questionStart',
  'foreignQuestion',
  'endsQuestion',
] as const;
/** Openings of an objection: who owns to a mistake objects to nobody else. */
const objecting = ['startsHold', 'startsNo', 'startsActually'] as const;

/** Cues that count more where the message begins. */
function setHead(features: Map<string, number>, text: string): void {
  const head = text.split(/[.!?\n]/, 1)[0] ?? '';
  const { named } = cuesFor(head);
  for (const name of ['should', 'dont', 'again', 'isNot', 'youDid'] as const)
    if (named.get(name)?.test(head)) features.set(`head:${name}`, 1);
}

const listed = /^\s*(?:\d+[.)]|[-*•])\s+\S/m;
/**
 * How much the strongest sentence says by itself, 0..1: a complaint is one also amid tasks and thanks. What stands in
 * the other sentences counts half: a long message holds many a cue by the way.
 */
function setPeak(features: Map<string, number>, text: string): void {
  const sentences = plainSentences(text);
  if (sentences.length < 2) return;
  const { all, weighing } = cuesFor(text);
  const parts = asciiOnly.test(text);
  /* What does not stand in the whole stands in no part of it. */
  const possible = weighing.filter(
    ({ name, ofParts, terse }) => features.has(name) || !(terse || (parts && ofParts)),
  );
  const sums = sentences.map((sentence) =>
    possible.reduce((sum, { pattern, prior }) => sum + (pattern.test(sentence) ? prior : 0), 0),
  );
  const peak = Math.max(...sums);
  const strongest = sentences[sums.indexOf(peak)] ?? '';
  for (const { name, pattern } of all)
    if (features.has(name) && !pattern.test(strongest)) features.set(name, elsewhere);
  /* A question beside a complaint is about what to do now. */
  if (peak > 0 && features.has('whQuestion') && !/[?？]/.test(strongest))
    features.set('whQuestion', elsewhere);
  if (peak > 0) features.set('peak', Math.min(1, peak / peakFull));
  features.set('several', 1);
}
/** What a cue counts outside the strongest sentence. Of 0.01 to 1, 0.5 ranked messages of unseen projects best. */
const elsewhere = 0.5;
/** The cues as one kind of text is read with them. */
interface CueReading {
  readonly all: readonly Cue[];
  /** Those of which anything is believed. */
  readonly weighing: readonly {
    readonly name: string;
    readonly pattern: Pattern;
    readonly prior: number;
    /** What matches a part of a text matches the whole. */
    readonly ofParts: boolean;
    /** Only looked for where the whole is short. */
    readonly terse: boolean;
  }[];
  readonly named: ReadonlyMap<string, Pattern>;
}

const readingWith = (patternOf: (pattern: Pattern) => Pattern): CueReading => {
  const all = cues.map((cue) => ({ ...cue, pattern: patternOf(cue.pattern) }));
  const weighing = cues.flatMap(({ name, pattern, within }, index) => {
    const prior = cuePriors[name]?.memorable ?? 0;
    const own = all[index]?.pattern ?? pattern;
    return prior === 0
      ? []
      : [{ name, pattern: own, prior, ofParts: holdsOfParts(pattern), terse: within !== undefined }];
  });
  return { all, weighing, named: new Map(all.map((cue) => [cue.name, cue.pattern])) };
};
let plainReading: CueReading | undefined;
let wholeReading: CueReading | undefined;

/** Made when first needed: most texts are plain. */
function cuesFor(text: string): CueReading {
  if (isPlain(text)) {
    plainReading ??= readingWith(plainTwin);
    return plainReading;
  }
  wholeReading ??= readingWith((pattern) => pattern);
  return wholeReading;
}
/** Sum of priors (log-odds) at which a sentence counts in full. */
const peakFull = 3;

/** Cues that find fault, whatever stands before them. */
const complaints = [
  'wrong',
  'isNot',
  'notWorking',
  'missing',
  'noMore',
  'insteadOf',
  'youDid',
  'youDidNot',
  'startsActually',
  'stillFails',
  'butNot',
  'tooMuch',
  'foreignNot',
  'errorName',
] as const;

/** The features of a memorable message with those that tell how far it reaches. */
export function withReach(
  features: ReadonlyMap<string, number>,
  stripped: StrippedMessage,
  lesson: Parameters<typeof reachOfLesson>[1],
): ReadonlyMap<string, number> {
  const wider = new Map(features);
  for (const name of reachOf(plainLower(stripped.own))) wider.set(name, 1);
  for (const name of reachOfLesson(stripped.own, lesson)) wider.set(name, 1);
  return wider;
}

/** Share of the message's longer words that the assistant had just used: it speaks about the assistant's work. */
function echoOf(words: readonly string[], prev: string): number {
  const telling = words.filter((entry) => entry.length >= 4 && !functionWords.has(entry));
  if (telling.length === 0) return 0;
  const said = new Set(prev.toLowerCase().match(/[\p{L}\p{N}_'-]+/gu) ?? []);
  return telling.filter((entry) => said.has(entry)).length / telling.length;
}
