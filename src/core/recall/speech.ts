/** The small words of what people say, which the index leaves out, and which words stand beside each other. */
import { stopWords } from '../text/stopWords.ts';
import { termsOf } from '../text/terms.ts';
import { featureId, views } from '../text/vector.ts';

/** Too common to tell anything, even the tone. */
const silent: ReadonlySet<string> = new Set(
  'a an the of to in is are and or it its this that be was were for on with at as by so if i we'.split(' '),
);

export interface PairSaid {
  readonly id: number;
  readonly first: string;
  readonly second: string;
}

const wordPattern = /[\p{L}\p{N}_][\p{L}\p{N}_'’.:/\\@#+-]*/gu;

/** A small word is marked with a leading `_`, so that it meets no index term. */
function smallWord(word: string): string | undefined {
  const lower = word.toLowerCase();
  const plain = /^[a-z]+$/.test(lower) ? lower : lower.replace(/[^\p{L}\p{N}]/gu, '');
  return stopWords.has(plain) && !silent.has(plain) && termsOf(word).length === 0 ? `_${plain}` : undefined;
}

/** In the order said. */
function* saidIn(text: string): Generator<string> {
  for (const [word] of text.matchAll(wordPattern)) {
    const said = termsOf(word)[0] ?? smallWord(word);
    if (said !== undefined) yield said;
  }
}

export function pairsOf(text: string): readonly PairSaid[] {
  const pairs = new Map<number, PairSaid>();
  let first: string | undefined;
  for (const second of saidIn(text)) {
    if (first !== undefined) {
      const id = featureId(views.pair, `${first} ${second}`);
      pairs.set(id, { id, first, second });
    }
    first = second;
  }
  return [...pairs.values()];
}

/** Small words with how often each was said. */
export function smallWordsOf(text: string): ReadonlyMap<string, number> {
  const words = new Map<string, number>();
  for (const [word] of text.matchAll(wordPattern)) {
    const small = smallWord(word);
    if (small !== undefined) words.set(small, (words.get(small) ?? 0) + 1);
  }
  return words;
}

/** Which pairs of neighbouring words were said, as ascending numbers: thousands of memories are kept read. */
export function pairIdsOf(text: string): Uint32Array {
  return Uint32Array.from(pairsOf(text), ({ id }) => id).sort();
}

/** Whether a number is among ascending ones. */
export function isAmong(ids: Uint32Array, id: number): boolean {
  let [low, high] = [0, ids.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const here = ids[middle] as number;
    if (here === id) return true;
    if (here < id) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
