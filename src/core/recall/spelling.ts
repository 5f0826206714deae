/**
 * Words of a question that nothing remembered has, but for a slip of the finger: one letter wrong, missing, too many, or
 * two exchanged (Damerau 1964: four in five misspellings). Only such words are looked at, so a question in known words
 * is answered as if there were no spelling.
 */
import { tunables } from '../tunables.ts';
import type { RecallIndex } from './recallIndex.ts';
import type { AskedTerm } from './scoring.ts';

/** @param names terms that stay as they are: one who was never met is not somebody of a similar name. */
export function withSpelling(
  index: RecallIndex,
  asked: readonly AskedTerm[],
  names: ReadonlySet<string>,
): readonly AskedTerm[] {
  const { shortest, share, most } = tunables.recall.spelling;
  const isKnown = (term: string) => {
    const id = index.termId(term);
    return id !== undefined && (index.own(id)?.size ?? 0) > 0;
  };
  return asked.map((one) => {
    const term = one.forms[0]?.term ?? '';
    if (one.small === true || term.length < shortest || !/^[a-z]+$/.test(term) || names.has(term)) return one;
    if (one.forms.some((form) => isKnown(form.term))) return one;
    const meant = termsNear(index, term)
      .filter(isKnown)
      .slice(0, most)
      .map((other) => ({ term: other, share }));
    return meant.length === 0 ? one : { ...one, forms: [...one.forms, ...meant] };
  });
}

type ByLength = ReadonlyMap<number, readonly string[]>;
const read = new WeakMap<RecallIndex, { readonly revision: number; readonly words: ByLength }>();

function wordsOf(index: RecallIndex): ByLength {
  const earlier = read.get(index);
  if (earlier?.revision === index.revision) return earlier.words;
  const words = new Map<number, string[]>();
  for (const term of index.terms()) {
    if (!/^[a-z]+$/.test(term)) continue;
    const alike = words.get(term.length);
    if (alike === undefined) words.set(term.length, [term]);
    else alike.push(term);
  }
  read.set(index, { revision: index.revision, words });
  return words;
}

/** Terms one slip away, those in most memories first; ties by the alphabet, so that every process finds the same. */
function termsNear(index: RecallIndex, term: string): readonly string[] {
  const words = wordsOf(index);
  const near = [term.length - 1, term.length, term.length + 1].flatMap((length) =>
    (words.get(length) ?? []).filter((other) => isOneSlip(term, other)),
  );
  const memories = (word: string) => {
    const id = index.termId(word);
    return id === undefined ? 0 : (index.own(id)?.size ?? 0);
  };
  return near.sort((one, other) => memories(other) - memories(one) || (one < other ? -1 : 1));
}

/** Whether exactly one letter is wrong, missing or too many, or two neighbours are exchanged. */
export function isOneSlip(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1 || short === long) return false;
  let before = 0;
  while (before < short.length && short[before] === long[before]) before += 1;
  let after = 0;
  while (after < short.length - before && short[short.length - 1 - after] === long[long.length - 1 - after])
    after += 1;
  const differing = short.length - before - after;
  if (differing === 0 || (differing === 1 && short.length === long.length)) return true;
  return (
    differing === 2 &&
    short.length === long.length &&
    short[before] === long[before + 1] &&
    short[before + 1] === long[before]
  );
}
