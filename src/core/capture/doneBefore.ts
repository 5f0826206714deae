/** What had been done before a correction, for whoever looks at the moment later. */
import type { Memory } from '../memory.ts';
import { extractLesson } from './statement.ts';

/**
 * A short clause of what the assistant had said it did, or that it was left undone: read out of the words that are kept
 * beside the moment, which are redacted and bounded. Undefined where the user's own words say what was wrong, and for
 * what was witnessed, which holds both sides itself.
 */
export function doneBefore({
  kind,
  label,
  text,
  lesson,
  context,
}: Pick<Memory, 'kind' | 'label' | 'text' | 'lesson' | 'context'>): string | undefined {
  if (kind !== 'episode' || label !== 'correction' || context === undefined || lesson.wrong !== undefined)
    return undefined;
  return extractLesson({ own: text, quoted: '', prev: context, label }).before;
}
