/** What is read out of a message, and out of what. */
import type { Lesson, MemoryLabel } from '../memory.ts';
import { trimmed } from './sentences.ts';

export interface LessonInput {
  readonly own: string;
  readonly quoted: string;
  readonly failure?: string | undefined;
  readonly prev: string;
  /** The conversation begins with it: nothing was done before that could be reproached. */
  readonly begins?: boolean;
  readonly label: MemoryLabel;
}

/** A lesson in its parts: what is kept of it, and what is only shown beside it. */
export interface LessonParts extends Lesson {
  /**
   * What had been done, where the user's words do not say what was wrong: told by the assistant, or that it was left
   * undone. Not the user's own words: shown beside the lesson, never compared or told as part of it.
   */
  readonly before?: string;
}

export interface ExtractedLesson extends LessonParts {
  /** How sure the reading is, 0..1; low where the sentence is only the cleaned words of the message. */
  readonly certainty: number;
  /** About the state of the task at hand: a failure report, a fragment. */
  readonly taskBound: boolean;
  /** The sentence it was read from says outright that it holds for good, and the statement can be told as it is. */
  readonly standing: boolean;
  /** See `standsAlone`. */
  readonly alone: boolean;
}

/** The lesson alone, of something that holds it beside others. */
export function lessonOf({ statement, wrong, right, why, when }: Lesson): Lesson {
  return {
    statement,
    ...(wrong === undefined ? {} : { wrong }),
    ...(right === undefined ? {} : { right }),
    ...(why === undefined ? {} : { why }),
    ...(when === undefined ? {} : { when }),
  };
}

/** The same with what had been done. */
export const partsOf = (parts: LessonParts): LessonParts => ({
  ...lessonOf(parts),
  ...(parts.before === undefined ? {} : { before: parts.before }),
});

/** Longest part beside the statement, in characters. */
const longestPart = 160;

/** A part of a lesson, cut between words. */
export const clip = (text: string): string =>
  text.length <= longestPart ? text : `${text.slice(0, longestPart - 1).replace(/\s+\S*$/, '')}…`;

/** The part under its name, or nothing where there is none. */
export function optional<Key extends string>(key: Key, value: string | undefined): { [K in Key]?: string } {
  const text = value === undefined ? '' : trimmed(value);
  return (text === '' ? {} : { [key]: clip(text) }) as { [K in Key]?: string };
}
