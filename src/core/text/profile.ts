/**
 * What is read of a memory before anything is known about the others, in four views: *stance* (terms and pairs of
 * terms with their sign, see stance.ts), *mentions* (cited files and rules, whole), *surface* (runs of plain words,
 * small words included, which is all that "do it yourself" has) and *context* (what the assistant had just said).
 */
import type { Memory } from '../memory.ts';
import { conditions, ownWords, type Stance, stancesOf, wordsOf } from './stance.ts';
import { termsOf } from './terms.ts';
import { asCompared } from './tongues.ts';

/** What the comparison reads of a memory. */
export type Comparable = Pick<Memory, 'text' | 'lesson'> &
  Partial<Pick<Memory, 'context' | 'label' | 'kind' | 'source' | 'createdAt'>>;

export const profileTable = {
  /** The second clause counts this share of the first, the third of the second … down to `leastRank`. */
  rank: 0.7,
  leastRank: 0.25,
  /** A pair of neighbouring terms against a single term. */
  pair: 0.8,
  /** A verb that nearly every order has, against another term. */
  light: 0.5,
  /** Runs of words are made of the first words only: a short remark has no others. */
  surfaceWords: 30,
  contextTerms: 28,
} as const;

/** Everyday verbs and nouns of programming that say the same; stems as `termsOf` makes them. Not project words. */
const sameMeaning: ReadonlyMap<string, string> = new Map(
  [
    ['edit', 'edit chang modifi updat alter rewrit revis adjust touch'],
    ['creat', 'creat add new introduc'],
    ['remov', 'remov delet drop eras'],
    ['use', 'use run ran invok execut call'],
    ['directori', 'directori dir folder'],
    ['repo', 'repo repositori'],
    ['function', 'function func fn method'],
    ['config', 'config configur'],
    ['error', 'error failur except'],
    ['fix', 'fix repair solv resolv'],
    ['document', 'document doc docum'],
    ['db', 'db databas'],
    ['env', 'env environ'],
    ['depend', 'depend dep'],
    ['verifi', 'verifi check confirm valid'],
    ['comment', 'comment remark'],
  ].flatMap(([canon = '', words = '']) => words.split(' ').map((word): [string, string] => [word, canon])),
);

export interface SignedTerm {
  /** Summed force. */
  readonly mass: number;
  /** Mean sign, −1..1. */
  readonly sign: number;
}

/** A memory as it is read before anything is known about the others. */
export interface Profile {
  readonly stance: ReadonlyMap<string, SignedTerm>;
  readonly mentions: ReadonlySet<string>;
  readonly surface: ReadonlyMap<string, number>;
  readonly context: ReadonlySet<string>;
}

const canonical = (term: string) => sameMeaning.get(term) ?? term;

/** Small words that carry the point of a lesson; `termsOf` leaves them out. */
const telling: ReadonlySet<string> = new Set(
  'yourself only before after first all both same once without until every each'.split(' '),
);

/** Verbs that nearly every order has: sharing one says little, however few memories there are to tell so. */
const light: ReadonlySet<string> = new Set(
  'use make do get want need put go set keep have try let give take pleas work be follow look see'.split(' '),
);

/** A verb that nearly every order has. @param term as `termsOf` makes it */
export const isLight = (term: string): boolean => light.has(term);

/** Pronouns run together with their verb. */
const shortened: ReadonlySet<string> = new Set(
  'arent bc wouldve couldve shouldve youre youve youll im ive id ill were weve theyre thats theres whats heres hes shes'.split(
    ' ',
  ),
);

/** The same words come again and again: what one gives is remembered, up to so many. */
const remembered = new Map<string, readonly string[]>();
const rememberedWords = 20_000;
const longestRemembered = 32;

/** The terms by which a word is compared, in their common form; none for a word that tells nothing. */
export function comparedTerms(word: string): readonly string[] {
  const known = remembered.get(word);
  if (known !== undefined) return known;
  const terms = commonTerms(word);
  if (word.length > longestRemembered) return terms;
  if (remembered.size >= rememberedWords) remembered.clear();
  remembered.set(word, terms);
  return terms;
}

/** Terms of one word in their common form. Bare numbers name a ticket or a line, not a lesson. */
function commonTerms(word: string): readonly string[] {
  if (telling.has(word)) return [word];
  if (shortened.has(word)) return [];
  const elsewhere = asCompared(word);
  if (elsewhere !== undefined) return elsewhere === '' ? [] : [elsewhere];
  return termsOf(word)
    .filter((term) => !/^[\d_]+$/.test(term))
    .map(canonical);
}

/** The latest profiles: the same memory is often read again within a few steps. By identity, as memories never change. */
let latest = new WeakMap<Comparable, Profile>();
let kept = 0;
const mostKept = 400;

/** Pure; the answer may be one given before. */
export function profileOf(memory: Comparable): Profile {
  const known = latest.get(memory);
  if (known !== undefined) return known;
  if (kept >= mostKept) {
    latest = new WeakMap();
    kept = 0;
  }
  const profile = readProfile(memory);
  latest.set(memory, profile);
  kept += 1;
  return profile;
}

function readProfile(memory: Comparable): Profile {
  const complaint = memory.label === undefined || memory.label === 'correction';
  const mass = new Map<string, { mass: number; signed: number }>();
  const mentions = new Set<string>();
  const add = (feature: string, full: number, sign: number) => {
    const force = light.has(feature) ? full * profileTable.light : full;
    const known = mass.get(feature) ?? { mass: 0, signed: 0 };
    known.mass += force;
    known.signed += force * sign;
    mass.set(feature, known);
  };
  const read = (stance: Stance, weight: number) => {
    const force = stance.force * weight;
    let before: { term: string; sign: number } | undefined;
    for (const { word, sign } of stance.words) {
      if (word === ',') {
        before = undefined;
        continue;
      }
      if (isMention(word)) {
        mentions.add(mentionOf(word));
        continue;
      }
      const terms = comparedTerms(word);
      /* A name made of several words is one thing named. */
      for (const term of terms) add(term, force / terms.length, sign);
      const [term] = terms;
      if (term === undefined) continue;
      if (before !== undefined && before.sign === sign) {
        add(`${before.term} ${term}`, force * profileTable.pair, sign);
      }
      before = { term, sign };
    }
  };
  const { statement, right, wrong } = memory.lesson;
  for (const stance of rejectedQuote(memory.text)) read(stance, 1);
  const ranked = [...stancesOf(memory.text, complaint)].sort((a, b) => b.force - a.force);
  ranked.forEach((stance, at) => {
    read(stance, Math.max(profileTable.leastRank, profileTable.rank ** at));
  });
  if (statement !== '' && statement !== memory.text) {
    for (const stance of stancesOf(statement, false)) read(stance, 1);
  }
  if (right !== undefined) read(saidOutright(right, 1), 1);
  if (wrong !== undefined) read(saidOutright(wrong, -1), 1);
  /* "Follow @style.md": the file is all that is said. */
  if (mentions.size > 0 && [...mass.keys()].every((feature) => light.has(feature))) mass.clear();
  return {
    stance: new Map(
      [...mass].map(([feature, { mass: total, signed }]) => [feature, { mass: total, sign: signed / total }]),
    ),
    mentions,
    surface: surfaceOf(memory.text),
    context: contextOf(memory.context),
  };
}

const rejection =
  /^\W*(?:no+\b|nope\b|wrong\b|incorrect\b|not (?:true|right|correct)\b|that'?s (?:not|wrong|the opposite|incorrect)|this is(?:n'?t| not| wrong)|that is(?:n'?t| not| wrong))/i;

/** Lines quoted from the assistant and turned down at once: what they ask for is unwanted, what they refuse wanted. */
function rejectedQuote(text: string): Stance[] {
  if (!/^\s*>/m.test(text) || !rejection.test(ownWords(text))) return [];
  const quoted = [...text.slice(0, 1200).matchAll(/^\s*>\s?(.*)$/gm)].map(([, line = '']) => line).join('\n');
  return stancesOf(quoted, false)
    .slice(0, 3)
    .map((stance) => ({
      ...stance,
      words: stance.words.map(({ word, sign }) => ({ word, sign: -sign })),
    }));
}

/** One side of a lesson: wanted or not as a whole, but for its circumstances; "add it without asking" wants asking. */
function saidOutright(text: string, sign: number): Stance {
  const words = wordsOf(text);
  const lack = words.indexOf('without');
  const step = words.findIndex((word, at) => at > 0 && conditions.has(word));
  const signOf = (at: number) => {
    if (lack > 0 && at >= lack) return -sign;
    if ((lack > 0 && sign < 0) || (step > 0 && at >= step)) return 0;
    return sign;
  };
  return { words: words.map((word, at) => ({ word, sign: signOf(at) })), force: 1, standing: false };
}

const isMention = (word: string) => word.startsWith('@') && word.length > 2;
/** The last part of a mentioned path without its extension: `@docs/style.md` and `@style.md` are the same. */
export const mentionOf = (word: string) =>
  (word.slice(1).split('/').pop() ?? word).replace(/\.[a-z0-9]{1,4}$/, '');

/** The last terms of what the assistant had said. */
function contextOf(context: string | undefined): ReadonlySet<string> {
  if (context === undefined) return new Set();
  return new Set(termsOf(context.slice(-280)).slice(-profileTable.contextTerms).map(canonical));
}

/** Runs of two and three plain words of the first sentences, small words included. */
function surfaceOf(text: string): ReadonlyMap<string, number> {
  const words = wordsOf(ownWords(text))
    .filter((word) => word !== ',' && !isMention(word))
    .slice(0, profileTable.surfaceWords);
  const runs = new Map<string, number>();
  for (let at = 0; at + 1 < words.length; at += 1) {
    const two = `${words[at]} ${words[at + 1]}`;
    runs.set(two, 1);
    if (at + 2 < words.length) runs.set(`${two} ${words[at + 2]}`, 1.3);
  }
  if (words.length === 1 && words[0] !== undefined) runs.set(words[0], 1);
  return runs;
}
