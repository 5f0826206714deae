/** How a memory was said, seen from its first and last characters and its terms: who speaks, whether it asks, and which terms name a time. */
import { later } from '../text/later.ts';
import { termSetOf, termsOf } from '../text/terms.ts';
import type { RecallEntry } from './entry.ts';

export interface Saying {
  /** The index term of the speaker's name ("Ada: …"). */
  readonly speaker?: string;
  readonly asks: boolean;
}

const speakerPrefix = later(() => /^\s*(\p{Lu}[\p{L} .'-]{0,30}):\s/u);
const asking = /\?\s*$/;

const timeTerms = later(() =>
  termSetOf(
    `yesterday today tonight tomorrow last next ago week weekend month year monday tuesday wednesday thursday friday
     saturday sunday january february march april may june july august september october november december recently`,
  ),
);

/** Whether an index term names a time, or is a number. */
export const namesTime = (term: string) => timeTerms().has(term) || /^\d+$/.test(term);

export function sayingOf(entry: Pick<RecallEntry, 'head' | 'tail'>): Saying {
  const name = speakerPrefix().exec(entry.head)?.[1];
  const speaker = name === undefined ? undefined : termsOf(name)[0];
  return { ...(speaker === undefined ? {} : { speaker }), asks: asking.test(entry.tail) };
}
