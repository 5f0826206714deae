/** The small words of what people say, which the index leaves out. */
import { later } from '../text/later.ts';
import { stopWords } from '../text/stopWords.ts';
import { termsOf } from '../text/terms.ts';

/** Too common to tell anything, even the tone. */
const silent: ReadonlySet<string> = new Set(
  'a an the of to in is are and or it its this that be was were for on with at as by so if i we'.split(' '),
);

const wordPattern = later(() => /[\p{L}\p{N}_][\p{L}\p{N}_'’.:/\\@#+-]*/gu);

/** A small word is marked with a leading `_`, so that it meets no index term. */
function smallWord(word: string): string | undefined {
  const lower = word.toLowerCase();
  const plain = /^[a-z]+$/.test(lower) ? lower : lower.replace(/[^\p{L}\p{N}]/gu, '');
  return stopWords.has(plain) && !silent.has(plain) && termsOf(word).length === 0 ? `_${plain}` : undefined;
}

/** Small words with how often each was said. */
export function smallWordsOf(text: string): ReadonlyMap<string, number> {
  const words = new Map<string, number>();
  for (const [word] of text.matchAll(wordPattern())) {
    const small = smallWord(word);
    if (small !== undefined) words.set(small, (words.get(small) ?? 0) + 1);
  }
  return words;
}
