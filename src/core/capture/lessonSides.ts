/** Both sides of a lesson: what was wrong and what is right, where the sentence it is read from says only one. */
import { type Deed, deedMeant, deedsIn, leftUndone } from './deeds.ts';
import type { LessonInput } from './lesson.ts';
import type { Reading } from './lessonReading.ts';
import { trimmed } from './sentences.ts';

/** A sentence read, and where it stands in the message. */
export interface Read {
  readonly reading: Reading;
  readonly index: number;
}

export interface Sides {
  readonly wrong?: string | undefined;
  readonly right?: string | undefined;
}

/** How far another sentence may stand from the point and still speak of the same. */
const nearby = 2;
const leastCertain = 0.45;
const leastPoint = 0.45;

/** About how the assistant goes about its work with the user: what it asked, or left to be done, is what was wrong. */
const conduct =
  /\byourself\b|\b(?:don't|do not|never|stop|without) (?:just )?(?:ask\w*|tell\w*|suggest\w*|recommend\w*|explain\w*)\b|\b(?:just|go ahead and) do\b|\bdo it\b|\bgo ahead\b|\bfigure (?:it|this|that) out\b|\bwhat do you think\b|\bwithout (?:asking|confirmation)\b/i;

/** Wants talk, not work: no right side of anything. */
const talk =
  /^(?:(?:record|document|note|save|write) (?:it|this|that)\b|explain|think|tell me|let me know|summari[sz]e|analy[sz]e|investigate|find out|look|be specific|describe|try again)\b/i;

/** Whether the point of the message is what a sentence asks for beside the fault it tells. */
export const pointBeside = (fault: Read, other: Read): boolean =>
  fault.reading.fault === true &&
  other.reading.fault !== true &&
  other.reading.right !== undefined &&
  other.reading.certainty >= leastPoint &&
  other.index > fault.index &&
  other.index - fault.index <= nearby &&
  !talk.test(other.reading.right);

/** "pnpm, never npm", "pnpm instead of npm": a means named beside the one that is wanted, not a manner or a time. */
const inItself =
  /^(.{3,110}?)(?:,? (?:and |but )?(?:not|instead of|rather than)|(?:, (?:and |but )?| and | but )never) (?:to |with |in |using |via )?((?!(?:by|on|at|for|if|when|before|after|until|unless|because|just|only|even|always|an?|the|this|that|it|them|more|less|too|yet|again|sure|needed|necessary|required|allowed|available|enough|anything|nothing|one|both|all|any)\b)[^\s,;:]+(?: [^\s,;:]+){0,2})$/i;

/** "glue every hinge, don't screw it": an order, and the act it is set against. What must not be forgotten is no act. */
const orderThenBan =
  /^(.{3,110}?)[,;] ?(?:and |but |please )*(?:don't|do not|dont|never) (?:just |simply )?((?!(?:worry|mind|forget|miss|omit|know|care|bother|hesitate|be|have|need|want|let|ask me|with|by|in|on|at|for|to|via|using|from|into|as|if|when|before|after|until|unless|because|only|even|always|an?|the|this|that|more|less)\b)[a-z]+(?: [^\s,;]+){1,8})$/i;

/** Both sides of what only seemed to say what is right. */
function withinItself(right: string | undefined): Sides | undefined {
  const [, wanted, unwanted] = orderThenBan.exec(right ?? '') ?? inItself.exec(right ?? '') ?? [];
  return wanted === undefined || unwanted === undefined || wanted.split('(').length > wanted.split(')').length
    ? undefined
    : { right: trimmed(wanted), wrong: trimmed(unwanted) };
}

const bans = /^(?:do not|don't|never|not) (?:ever )?(?=[a-z`])/i;

/** What a ban names is what is wrong, though it was read as what is wanted. */
function sideOfBan({ wrong, right }: Sides): Sides {
  const unwanted = right === undefined ? '' : right.replace(bans, '');
  return right === undefined ||
    wrong !== undefined ||
    unwanted === right ||
    /[;,] (?:but|use|just)\b/i.test(unwanted)
    ? { wrong, right }
    : { wrong: unwanted };
}

/** What the sentence itself, or a neighbouring one, says of the other side. */
export const neighbouring = (best: Read, others: readonly Read[]): Sides =>
  sideOfBan(sidesNear(best, others));

function sidesNear(best: Read, others: readonly Read[]): Sides {
  const within = best.reading.wrong === undefined ? withinItself(best.reading.right) : undefined;
  if (within !== undefined) return within;
  const near = others
    .filter(
      ({ reading, index }) =>
        index !== best.index &&
        Math.abs(index - best.index) <= nearby &&
        /* A rule that is mentioned beside it says how it should be. */
        (reading.certainty >= leastCertain || reading.right?.startsWith('@') === true),
    )
    .sort((a, b) => Math.abs(a.index - best.index) - Math.abs(b.index - best.index));
  const { wrong, right } = best.reading;
  return {
    wrong: wrong ?? near.find(({ reading }) => reading.right === undefined)?.reading.wrong,
    right:
      right ??
      near.find(({ reading }) => reading.wrong === undefined && !talk.test(reading.right ?? ''))?.reading
        .right ??
      /* "Don't oil the hinge. The lock should be oiled, not this": the other half is said with both sides. */
      near.find(({ reading, index }) => index > best.index && reading.wrong !== undefined)?.reading.right,
  };
}

/**
 * What was wrong with what was done, where the user's words say only how it should be: what the assistant had said it
 * did, if the words point at it, else that it was left undone.
 */
function wrongBefore(
  right: string | undefined,
  context: {
    readonly own: string;
    readonly prev: string;
    /** The lesson leans on what was said before. */
    readonly leaning: boolean;
    /** The words say outright that something was left undone. */
    readonly omitted: boolean;
  },
): string | undefined {
  if (context.omitted && right !== undefined && !context.leaning) return leftUndone(right);
  const deed: Deed | undefined =
    context.prev === ''
      ? undefined
      : deedMeant(deedsIn(context.prev), context.own, {
          leaning: context.leaning,
          conduct: conduct.test(context.own),
        });
  if (deed !== undefined) return deed.clause;
  return right === undefined || trimmed(right).length < 4 ? undefined : leftUndone(right);
}

/** Only what corrects says that something was wrong. */
export const undoneOrDone = (
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
