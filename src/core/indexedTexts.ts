/** What of a memory is found by its words: the index, and whoever counts words without it, agree on it. */
import type { Memory } from './memory.ts';

const lines = (...texts: readonly (string | undefined)[]): string =>
  texts.filter((text) => text !== undefined && text !== '').join('\n');

/** The text of each column of the index, by the fields it is made of. */
export const indexedText = {
  words: ({ text, lesson: { statement } }: Pick<Memory, 'text' | 'lesson'>) =>
    lines(text, statement === text ? '' : statement),
  lesson: ({ lesson: { when, why, right, wrong } }: Pick<Memory, 'lesson'>) => lines(when, why, right, wrong),
  cues: ({ cues }: Pick<Memory, 'cues'>) => lines(...cues),
  tags: ({ tags, topic }: Pick<Memory, 'tags' | 'topic'>) => lines(...tags, topic),
  citations: ({ citations }: Pick<Memory, 'citations'>) => lines(...citations.map(({ path }) => path)),
  context: ({ context }: Pick<Memory, 'context'>) => lines(context),
} as const;

/** All that a memory is found by. */
export const indexedTexts = (memory: Memory): readonly string[] =>
  Object.values(indexedText).map((read) => read(memory));
