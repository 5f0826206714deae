/**
 * Says what a message is: a correction, a decision, a preference, a fix, an outcome, or neither. No model of
 * language: readable cues, weighed by a small learned linear model. Pure and deterministic.
 */
import type { MemoryLabel } from '../memory.ts';
import { tunables } from '../tunables.ts';
import { saysAgain } from './again.ts';
import { cues } from './cues.ts';
import { isJudged } from './evidence.ts';
import { featuresOf, withReach } from './features.ts';
import { type LessonParts, partsOf } from './lesson.ts';
import { choosesMeans } from './means.ts';
import type { MessageSignal } from './message.ts';
import { guessScope, saysHowToServe } from './scope.ts';
import { extractLesson } from './statement.ts';
import { type StrippedMessage, stripMessage } from './strip.ts';
import { correctionModel, type LinearModel, memorableModel, oneOffModel } from './weights.ts';

export interface ClassifyInput {
  /** The raw message. */
  readonly text: string;
  /** What the assistant had said just before. */
  readonly prev?: string | undefined;
  readonly signals?: readonly MessageSignal[] | undefined;
}

/** The statement is empty for `neither`. */
export interface Classification extends LessonParts {
  readonly label: MemoryLabel | 'neither';
  /** How sure the label is, 0..1. */
  readonly confidence: number;
  /** How likely it is worth remembering at all, 0..1, whatever the label. */
  readonly memorable: number;
  readonly scope: 'user' | 'project' | 'path' | 'oneoff';
  /** Only for `path`. */
  readonly glob?: string;
  /** Said outright as lasting. */
  readonly standing: boolean;
  /** Holds for this task only. */
  readonly oneOff: boolean;
  /** Worth keeping past the session. */
  readonly durable: boolean;
  /** What it was judged by, for the owner to read. */
  readonly reasons: readonly string[];
  readonly stripped: StrippedMessage;
}

/** Judges a raw message. */
export function classify(input: ClassifyInput): Classification {
  return classifyStripped(stripMessage(input.text, input.prev), input.prev, input.signals ?? []);
}

/** Judges a message that was taken apart already. */
export function classifyStripped(
  stripped: StrippedMessage,
  prev: string | undefined,
  signals: readonly MessageSignal[],
): Classification {
  const features = featuresOf({ stripped, prev, signals });
  const memorable = isJudged(stripped.own, features) ? probability(memorableModel, features) : 0;
  const saysStanding = features.has('standingSaid');
  const label = labelOf(stripped, features, memorable, saysStanding);
  if (label === 'neither') {
    return {
      label,
      confidence: round(1 - memorable),
      memorable: round(memorable),
      statement: '',
      scope: 'project',
      standing: false,
      oneOff: false,
      durable: false,
      reasons: ['no sign of a correction or decision'],
      stripped,
    };
  }
  const lesson = extractLesson({
    own: stripped.own,
    quoted: stripped.quoted,
    failure: stripped.failure,
    prev: prev ?? '',
    begins: prev === '',
    label,
  });
  const standing = (saysStanding && lesson.standing) || (lesson.alone && choosesMeans(stripped.own, lesson));
  const scope = guessScope(stripped.own, standing);
  const passing = probability(oneOffModel, withReach(features, stripped, lesson));
  const oneOff =
    !standing &&
    !saysAgain(stripped.own) &&
    !saysHowToServe(stripped.own) &&
    (scope.level === 'oneoff' || passing >= tunables.capture.oneOff);
  return {
    label,
    confidence: round(
      Math.max(memorable, standing ? 0.8 : 0) *
        (lesson.alone
          ? tunables.capture.reading.alone + (1 - tunables.capture.reading.alone) * lesson.certainty
          : tunables.capture.reading.leaning),
    ),
    memorable: round(memorable),
    ...partsOf(lesson),
    scope: oneOff ? 'oneoff' : scope.level,
    ...(scope.level === 'path' && !oneOff ? { glob: scope.glob } : {}),
    standing,
    oneOff,
    durable: !oneOff,
    reasons: reasonsOf(features, signals),
    stripped,
  };
}

/**
 * A second reading (of redacted words) that keeps the verdict of the first: a redacted secret must not turn a
 * correction into nothing.
 */
export function relabelled(
  again: Classification,
  first: Classification,
  stripped: StrippedMessage,
  prev: string,
): Classification {
  if (again.label !== 'neither' || first.label === 'neither') return again;
  const { own, quoted, failure } = stripped;
  const lesson = extractLesson({ own, quoted, failure, prev, label: first.label });
  const { wrong: _w, before: _b, right: _r, why: _y, when: _n, glob: _g, ...kept } = first;
  return {
    ...kept,
    scope: first.scope === 'path' ? 'project' : first.scope,
    ...partsOf(lesson),
    stripped,
  };
}

function probability(model: LinearModel, features: ReadonlyMap<string, number>): number {
  let sum = model.bias;
  for (const [name, value] of features) sum += (model.weights[name] ?? 0) * value;
  return 1 / (1 + Math.exp(-sum));
}

const fixReport =
  /\b(?:the (?:fix|solution|culprit|root cause|cause|problem|issue) (?:was|is|turned out)|turn(?:s|ed) out|(?:i |that |it )?(?:fixed|solved|resolved) (?:it|this|that|the \w+) by|fixed by|that (?:fixed|solved) it|was caused by|die ursache war|la causa era|la cause était|причина (?:была|в))\b/i;
const goodOutcome =
  /\b(?:all (?:the )?tests? (?:now )?pass(?:ed|ing)?|tests? (?:are green|(?:now |all )*pass(?:ed|es|ing)?)|(?:build|ci|pipeline|deploy(?:ment)?) (?:is green|passes|passed|succeeded|works|went through)|(?:it |that |everything )?works now|deployed|released|shipped|merged)\b/i;
const badOutcome =
  /\b(?:(?:tests?|build|ci|pipeline|deploy(?:ment)?|install(?:ation)?|command|migration) (?:is |are |has |have )?(?:now |still )?(?:red|fail(?:s|ed|ing)?|broken|crash(?:es|ed)?)|did(?:n't| not) (?:work|pass|build|compile))\b/i;
/** Longer messages say more than how it came out. */
const outcomeLength = 240;

/** A success told with any of these comes with something else that matters more. */
const objections = [
  'startsNo',
  'startsActually',
  'wrong',
  'youDidNot',
  'should',
  'dont',
  'insteadOf',
  'contrast',
  'stillFails',
  'butNot',
  'notWorking',
  'negativeQuestion',
  'isNot',
  'standing',
  'weUse',
  'makeRule',
] as const;

/** How a command came out, in the user's words, that the command itself bears out; not an order, not a question. */
function tellsOutcome(own: string, features: ReadonlyMap<string, number>): boolean {
  if (own.length > outcomeLength || features.has('endsQuestion') || features.has('plainQuestion'))
    return false;
  return (
    (features.has('commandSucceeded') && goodOutcome.test(own) && !badOutcome.test(own)) ||
    (features.has('commandFailed') && badOutcome.test(own))
  );
}

const preference =
  /\b(?:i(?:'d| would)?(?: \w+)? (?:prefer|like|love|hate|dislike|rather)|my preference|prefer\w*|please (?:always|never)|(?:don't|dont|do not|never|stop) (?:ask|apologi|explain|tell|thank|summari)\w*|be (?:more )?(?:concise|brief|terse)|lieber|prefiero|je préfère|prefiro|предпочитаю|我喜欢|我更喜欢)\b/i;

function labelOf(
  stripped: StrippedMessage,
  features: ReadonlyMap<string, number>,
  memorable: number,
  standing: boolean,
): MemoryLabel | 'neither' {
  const own = stripped.own;
  if (
    features.has('commandSucceeded') &&
    tellsOutcome(own, features) &&
    !objections.some((name) => features.has(name))
  )
    return 'outcome';
  const explicit = standing && own.length < 1500 && !features.has('endsQuestion');
  if (memorable < tunables.capture.memorable && !(explicit && memorable > 0.08)) {
    if (fixReport.test(own) && memorable > 0.15 && !features.has('endsQuestion')) return 'fix';
    return tellsOutcome(own, features) ? 'outcome' : 'neither';
  }
  const correction = probability(correctionModel, features);
  if (fixReport.test(own) && !features.has('startsNo') && !features.has('endsQuestion')) return 'fix';
  if (preference.test(own) && (correction < 0.85 || standing)) return 'preference';
  if (standing && correction < 0.75) return 'decision';
  return correction >= 0.5 ? 'correction' : 'decision';
}

const cueReasons = cues.flatMap((cue) => (cue.reason === undefined ? [] : [[cue.name, cue.reason] as const]));

function reasonsOf(
  features: ReadonlyMap<string, number>,
  signals: readonly MessageSignal[],
): readonly string[] {
  const reasons = new Map<string, number>();
  for (const signal of signals) {
    if (signal.type === 'tool-rejected') reasons.set('a tool call was rejected', 9);
    if (signal.type === 'interrupted') reasons.set('the assistant was interrupted', 8);
    if (signal.type === 'vote' && !signal.up) reasons.set('voted down', 8);
    if (signal.type === 'edit' && signal.outcome === 'undone') reasons.set('the edit was undone', 8);
  }
  for (const [name, reason] of cueReasons) {
    const weight = memorableModel.weights[name] ?? 0;
    if (features.has(name) && weight > 0) reasons.set(reason, Math.max(weight, reasons.get(reason) ?? 0));
  }
  if (features.has('terseReply')) reasons.set('a terse reply to what was just done', 0.3);
  if (features.has('failsAfterClaim')) reasons.set('reports that something does not work', 0.5);
  if (features.has('failureAfterWork')) reasons.set('shows a failure after the assistant’s work', 0.5);
  /* What was the only occasion to judge is told, however little it weighs. */
  if (reasons.size === 0)
    for (const [name, reason] of cueReasons) if (features.has(name)) reasons.set(reason, 0);
  return [...reasons]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 5)
    .map(([reason]) => reason);
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
