/**
 * Words the lesson of a message: one imperative sentence a person would have written, with what was wrong, what is
 * right, why and when. Where no shape fits, the core sentence of the message, at low certainty.
 */
import { plainly, requestedRule, withoutExamples } from '../text/plainSpeech.ts';
import { asksFirst } from '../text/questions.ts';
import { termsOf } from '../text/terms.ts';
import { type ExtractedLesson, type LessonInput, optional } from './lesson.ts';
import { lessonAsSaid, saysFailure } from './lessonAsSaid.ts';
import { withBeside, withException } from './lessonBeside.ts';
import { isMachineLine } from './lessonChaff.ts';
import { complaintBeside } from './lessonComplaint.ts';
import { completed } from './lessonEllipsis.ts';
import { withFurther, withPaper } from './lessonFurther.ts';
import { occasionOf } from './lessonOccasion.ts';
import { readSentence } from './lessonPatterns.ts';
import { pointedAt } from './lessonPointing.ts';
import { instructsAtLast, orderedCondition, type Reading } from './lessonReading.ts';
import { neighbouring, pointBeside, type Sides, undoneOrDone } from './lessonSides.ts';
import { spelledOut } from './lessonTerse.ts';
import { parts, reasonNext, whenTail } from './lessonWhy.ts';
import { lowered } from './nouns.ts';
import {
  asSentence,
  coreOf,
  sentencesOf,
  trimmed,
  withApostrophes,
  withoutEmphasis,
  withWholeCode,
} from './sentences.ts';
import { isStandingSentence } from './standing.ts';
import { holdsForKind } from './standingKinds.ts';
import { standsAlone } from './standsAlone.ts';

/** Sentences looked at; what matters is said early. */
const mostSentences = 14;

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

/** What a program printed orders nothing, whatever it says. */
function withoutMachineLines(text: string): string {
  const lines = text.split('\n');
  const said = lines.filter((line) => !isMachineLine(line.trim()));
  return said.length < lines.length && said.some((line) => /\p{L}{2}/u.test(line)) ? said.join('\n') : text;
}

/** A page's source pasted beside what is wanted of it orders nothing, whatever its buttons say. */
function withoutMarkup(sentences: readonly string[]): readonly string[] {
  const said = sentences.filter((sentence) => !/<\/[a-z][\w-]*>/i.test(sentence));
  return said.length > 0 ? said : sentences;
}

/** "Make a rule for it": what it shall say stands elsewhere. */
const bareRequest =
  /^(?:please |also |then )*(?:make|add|create|write|record|document|save|note|store) (?:(?:this|that|it) (?:as |down as |in |into )?)?(?:(?:an?|the|another|new|global|project|cursor) )*(?:rules?|memory|note|guideline|convention)(?: (?:for|about|of|from|out of|with) (?:it|this|that))?\.?$/i;

/** What was quoted, where the message asks for a rule of it and nothing more; undefined where that is no rule. */
function ofQuoted(read: ExtractedLesson, input: LessonInput): ExtractedLesson | undefined {
  if (input.quoted === '' || !bareRequest.test(read.statement)) return undefined;
  const quoted = readLesson({ ...input, own: input.quoted, quoted: '' });
  return quoted.alone && quoted.certainty >= 0.8 ? quoted : undefined;
}

/** Extracts the lesson. Never empty: at worst it says that the failure shown is to be fixed. */
export function extractLesson(input: LessonInput): ExtractedLesson {
  const read = readLesson(input);
  return ofQuoted(read, input) ?? read;
}

function readLesson(input: LessonInput): ExtractedLesson {
  const sentences = spelledOut(
    completed(
      withoutMarkup(
        sentencesOf(
          withoutEmphasis(withoutExamples(withApostrophes(withWholeCode(withoutMachineLines(input.own))))),
        ),
      ),
    ),
  ).slice(0, mostSentences);
  const found: Found[] = [];
  let best: Found | undefined;
  sentences.forEach((sentence, index) => {
    const plain = plainly(sentence);
    const { main, why, when } = parts(plain);
    const reading = readSentence(main) ?? asRule(sentence, main);
    if (
      reading === undefined ||
      namesWords.test(sentence) ||
      (input.begins === true && reading.fault === true)
    )
      return;
    /* What stands first is the point, if nothing else is called more important; a question at the end seldom is. */
    const certainty =
      reading.certainty -
      0.02 * index +
      (emphasised.test(sentence) ? 0.15 : 0) -
      (saysFailure(main) && reading.certainty < 0.8 ? 0.2 : 0);
    const resolved = pointedAt(reading.statement, input.prev);
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
  const failing = saysFailure(input.own) || input.failure !== undefined;
  if (best === undefined || best.reading.certainty < 0.4 || inquires(best, sentences))
    return lessonAsSaid(input, sentences, failing);
  const { reading, index, statement, alone } = best;
  const next = sentences[index + 1];
  const when = best.when ?? whenTail.exec(reading.statement)?.[1];
  const certainty = alone ? reading.certainty : Math.min(reading.certainty, mostUnclear);
  const told = neighbouring(best, found);
  const complaint =
    told.wrong === undefined && input.label === 'correction' ? complaintBeside(sentences, index) : undefined;
  const sides = complaint === undefined ? told : { ...told, wrong: complaint };
  const why =
    best.why ??
    (next === undefined ? undefined : reasonNext(coreOf(next), sides)) ??
    /* Who says in the next sentence how it shall be may say there why. */
    found.find((other) => other.index === index + 1 && other.reading.right === sides.right)?.why;
  const before = sides.wrong === undefined ? undoneOrDone(input, sides.right, reading, alone) : undefined;
  return {
    statement: alone
      ? withFurther(withException(statement, next), best, found, sentences.length)
      : withPaper(withBeside(statement, sentences, index), sentences),
    ...optional('wrong', sides.wrong),
    ...optional('before', before),
    ...optional('right', sides.right),
    ...optional('why', why),
    ...optional('when', when ?? observed(best, sides, input)),
    certainty: Math.max(0, Math.min(1, certainty)),
    taskBound: reading.taskBound === true || (failing && reading.certainty < 0.6),
    standing: best.standing,
    alone,
  };
}

/**
 * At which step it was said, where an order that says little says none ("did you push?"): without it nobody knows when it
 * is to be followed.
 */
function observed(best: Found, sides: Sides, input: LessonInput): string | undefined {
  const bare = !best.standing && (best.reading.omitted === true || !best.alone);
  return bare && sides.wrong === undefined && input.label === 'correction'
    ? occasionOf(input.prev, input.own)
    : undefined;
}

/** "For the step just now: "let me file it:"": what somebody said is named, not ordered. */
const namesWords = /^(?:for|about|regarding|re|on|at|after|with)\b[^"“]{2,60}[:,]? ["“][^"”]{3,}["”]?[.:]?$/i;

const emphasised = /^(?:but |and )?(?:most|more|very|even more) importantly\b|^important(?:ly)?\b/i;

/** "Let's check the logic to understand why": what is to be found out is no lesson where the complaint says more. */
const inquiry =
  /^(?:explain|think|investigate|analy[sz]e|check|find out|figure out|look)\b.*\b(?:why|what happened|what went wrong|how (?:this|that|it) (?:happened|came))\b/i;
const complained =
  /\b(?:not|wrong|only|instead|many more|too|still|missing|never|no longer|duplicates?)\b|n't\b/i;

const inquires = (best: Found, sentences: readonly string[]): boolean =>
  !best.standing &&
  inquiry.test(best.reading.right ?? '') &&
  sentences.some(
    (sentence, index) => index !== best.index && complained.test(sentence) && !asksFirst(coreOf(sentence)),
  );

/** "Make it a rule that hotfixes are cherry-picked": how things are is how they shall be. */
function asRule(sentence: string, main: string): Reading | undefined {
  const state = trimmed(main);
  /* "Every crate gets a label": said of each of a kind, it stays as it was said. */
  if (holdsForKind(state)) return { statement: state, right: state, certainty: 0.8 };
  if (requestedRule(sentence) === undefined) return undefined;
  if (/^(?:you|we|i)\b(?! (?:should|must|always|never|have to|need to)\b)/i.test(state)) return undefined;
  const order = orderedCondition(state);
  if (order !== state && instructsAtLast(order)) return { statement: order, right: order, certainty: 0.9 };
  return { statement: `make sure ${lowered(state)}`, right: state, certainty: 0.75 };
}
