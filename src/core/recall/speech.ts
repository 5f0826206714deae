/** The small words of what people say, which the index leaves out, and which words stand beside each other. */
import { stopWords } from '../text/stopWords.ts';
import { termsOf } from '../text/terms.ts';

/** Too common to tell anything, even the tone. */
const silent: ReadonlySet<string> = new Set(
  'a an the of to in is are and or it its this that be was were for on with at as by so if i we'.split(' '),
);

export interface Speech {
  /** Marked with a leading `_`, so that they meet no index term; repetitions kept. */
  readonly functionWords: readonly string[];
  readonly pairs: readonly (readonly [string, string])[];
  readonly pairKeys: ReadonlySet<string>;
}

const wordPattern = /[\p{L}\p{N}_][\p{L}\p{N}_'’.:/\\@#+-]*/gu;

export function speechOf(text: string): Speech {
  const functionWords: string[] = [];
  const pairs: (readonly [string, string])[] = [];
  let last: string | undefined;
  for (const [word] of text.matchAll(wordPattern)) {
    const [term] = termsOf(word);
    const plain = term === undefined ? word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '') : '';
    if (term === undefined && (plain === '' || silent.has(plain) || !stopWords.has(plain))) continue;
    const said = term ?? `_${plain}`;
    if (term === undefined) functionWords.push(said);
    if (last !== undefined) pairs.push([last, said]);
    last = said;
  }
  return { functionWords, pairs, pairKeys: new Set(pairs.map((pair) => pair.join(' '))) };
}
