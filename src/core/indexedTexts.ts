/** What of a memory is found by its words: the index, and whoever counts words without it, agree on it. */
import type { Memory } from './memory.ts';

export type Indexed = Pick<
  Memory,
  'scope' | 'text' | 'lesson' | 'cues' | 'tags' | 'topic' | 'citations' | 'context'
>;

export interface IndexedTexts {
  readonly words: string;
  readonly lesson: string;
  readonly cues: string;
  readonly tags: string;
  readonly citations: string;
  readonly context: string;
}

const lines = (...texts: readonly (string | undefined)[]): string =>
  texts.filter((text) => text !== undefined && text !== '').join('\n');

export function indexedTexts(memory: Indexed): IndexedTexts {
  const { lesson } = memory;
  return {
    words: lines(memory.text, lesson.statement === memory.text ? '' : lesson.statement),
    lesson: lines(lesson.when, lesson.why, lesson.right, lesson.wrong),
    cues: lines(...memory.cues),
    tags: lines(...memory.tags, memory.topic),
    citations: lines(...memory.citations.map((citation) => citation.path)),
    context: lines(memory.context),
  };
}
