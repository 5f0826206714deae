/** How a memory was said, seen from its first and last characters and its terms: who speaks, whether it asks, names a time. */
import { termsOf } from '../text/terms.ts';
import type { RecallEntry } from './entry.ts';

export interface Saying {
  /** The index term of the speaker's name ("Ada: …"). */
  readonly speaker?: string;
  readonly asks: boolean;
  readonly dated: boolean;
}

const speakerPrefix = /^\s*(\p{Lu}[\p{L} .'-]{0,30}):\s/u;
const asking = /\?\s*$/;

const timeTerms: ReadonlySet<string> = new Set(
  termsOf(
    `yesterday today tonight tomorrow last next ago week weekend month year monday tuesday wednesday thursday friday
     saturday sunday january february march april may june july august september october november december recently`,
  ),
);

export function sayingOf(entry: Pick<RecallEntry, 'head' | 'tail' | 'words'>): Saying {
  const name = speakerPrefix.exec(entry.head)?.[1];
  const speaker = name === undefined ? undefined : termsOf(name)[0];
  return {
    ...(speaker === undefined ? {} : { speaker }),
    asks: asking.test(entry.tail),
    dated: entry.words.split(' ').some((term) => timeTerms.has(term) || /^\d+$/.test(term)),
  };
}
