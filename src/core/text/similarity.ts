/**
 * How alike two memories are in what they ask for, 0..1, and whether they ask for opposite things.
 *
 * A memory becomes one sparse vector made of four views, each of unit length before it is weighted: *stance* (terms
 * and pairs of terms with their sign, see stance.ts), *mentions* (cited files and rules, whole), *surface* (runs of
 * plain words, small words included, which is all that "do it yourself" has) and *context* (what the assistant had
 * just said). Terms count by their rarity in the user's own memories. Because likeness is a dot product, the average
 * likeness of two groups is the dot product of their sums: average linkage costs no more than one comparison.
 */
import type { Memory } from '../memory.ts';
import { ownWords, type Stance, stancesOf, wordsOf } from './stance.ts';
import { termsOf } from './terms.ts';

/** Feature → weight. Features that begin with `±` carry the sign of a stance; all others are ≥ 0. */
export type Vector = ReadonlyMap<string, number>;

/** What the comparison reads of a memory. */
export type Comparable = Pick<Memory, 'text' | 'lesson'> &
  Partial<Pick<Memory, 'context' | 'label' | 'kind'>>;

/** Weights of the views (shares of 1 where all are there), and of the parts of a stance. */
export const similarityTable = {
  stance: 0.62,
  mentions: 0.2,
  surface: 0.22,
  context: 0.1,
  /** Of a shared term: what counts for being shared, and what for having the same sign. */
  unsigned: 0.4,
  signed: 0.6,
  /** A pair of neighbouring terms against a single term. */
  pair: 0.8,
  /** How strongly a learned contrast ("A, not B") speaks where only one side was said. */
  contrast: 0.75,
  /** Opposite: shared mass at least this, signed agreement at most that. */
  oppositeShared: 0.3,
  oppositeSigned: -0.12,
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

interface SignedTerm {
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

export function profileOf(memory: Comparable): Profile {
  const complaint = memory.label === undefined || memory.label === 'correction';
  const mass = new Map<string, { mass: number; signed: number }>();
  const mentions = new Set<string>();
  const add = (feature: string, force: number, sign: number) => {
    const known = mass.get(feature) ?? { mass: 0, signed: 0 };
    known.mass += force;
    known.signed += force * sign;
    mass.set(feature, known);
  };
  const read = (stance: Stance, weight: number) => {
    const force = stance.force * weight;
    let before: { term: string; sign: number } | undefined;
    for (const { word, sign } of stance.words) {
      if (isMention(word)) {
        mentions.add(mentionOf(word));
        continue;
      }
      const terms = termsOf(word).map(canonical);
      for (const term of terms) add(term, force, sign);
      const [term] = terms;
      if (term === undefined) continue;
      if (before !== undefined && before.sign * sign >= 0) {
        add(`${before.term} ${term}`, force * similarityTable.pair, (before.sign + sign) / 2);
      }
      before = { term, sign };
    }
  };
  for (const stance of stancesOf(memory.text, complaint)) read(stance, 1);
  const { statement, right, wrong } = memory.lesson;
  if (statement !== '' && statement !== memory.text) {
    for (const stance of stancesOf(statement, false)) read(stance, 1);
  }
  if (right !== undefined) read(saidOutright(right, 1), 1);
  if (wrong !== undefined) read(saidOutright(wrong, -1), 1);
  return {
    stance: new Map(
      [...mass].map(([feature, { mass: total, signed }]) => [feature, { mass: total, sign: signed / total }]),
    ),
    mentions,
    surface: surfaceOf(memory.text),
    context: new Set(memory.context === undefined ? [] : termsOf(memory.context.slice(-280)).map(canonical)),
  };
}

const saidOutright = (text: string, sign: number): Stance => ({
  words: wordsOf(text).map((word) => ({ word, sign })),
  force: 1,
  standing: false,
});

const isMention = (word: string) => word.startsWith('@') && word.length > 2;
/** The last part of a mentioned path without its extension: `@docs/style.md` and `@style.md` are the same. */
const mentionOf = (word: string) => (word.slice(1).split('/').pop() ?? word).replace(/\.[a-z0-9]{1,4}$/, '');

/** Runs of two and three plain words of the first sentences, small words included. */
function surfaceOf(text: string): ReadonlyMap<string, number> {
  const words = wordsOf(ownWords(text))
    .filter((word) => word !== ',' && !isMention(word))
    .slice(0, 40);
  const runs = new Map<string, number>();
  for (let at = 0; at < words.length; at += 1) {
    for (const length of [2, 3]) {
      if (at + length <= words.length)
        runs.set(words.slice(at, at + length).join(' '), length === 2 ? 1 : 1.3);
    }
  }
  if (words.length === 1 && words[0] !== undefined) runs.set(words[0], 1);
  return runs;
}

/** Rarity of features in a body of memories, and the contrasts its owner draws. */
export interface Background {
  rarity(feature: string): number;
  /** What is meant where `feature` is said with this sign: features with the sign and weight they imply. */
  implied(
    feature: string,
    sign: number,
  ): readonly { readonly feature: string; readonly sign: number; readonly weight: number }[];
}

/** Without other memories every feature is equally rare and nothing is implied. */
export const noBackground: Background = { rarity: () => 1, implied: () => [] };

/** Learns rarity and contrasts from the memories themselves. One pass, O(total words). */
export function backgroundOf(profiles: readonly Profile[]): Background {
  const counts = new Map<string, number>();
  const count = (feature: string) => counts.set(feature, (counts.get(feature) ?? 0) + 1);
  for (const profile of profiles) {
    for (const feature of profile.stance.keys()) count(feature);
    for (const mention of profile.mentions) count(`@${mention}`);
    for (const run of profile.surface.keys()) count(`"${run}`);
    for (const term of profile.context) count(`<${term}`);
  }
  const total = profiles.length;
  const top = Math.log(1 + total);
  const rarity = (feature: string) => {
    const known = counts.get(feature) ?? 1;
    return total < 3 ? 1 : Math.max(0.05, Math.log(1 + total / known) / top);
  };
  return { rarity, implied: contrastsOf(profiles) };
}

/** Clear signs only: a word that was merely near a negation says nothing. */
const clear = 0.45;
/** Features of a long message are not contrasts of each other. */
const mostContrasts = 10;

function contrastsOf(profiles: readonly Profile[]): Background['implied'] {
  const seen = new Map<string, number>();
  const together = new Map<string, Map<string, number>>();
  for (const profile of profiles) {
    const signed = [...profile.stance].filter(([, { sign }]) => Math.abs(sign) >= clear);
    for (const [feature, { sign }] of signed) {
      const key = `${sign > 0 ? '+' : '-'}${feature}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    const wanted = signed.filter(([, { sign }]) => sign > 0);
    const unwanted = signed.filter(([, { sign }]) => sign < 0);
    if (wanted.length > mostContrasts || unwanted.length > mostContrasts) continue;
    for (const [good] of wanted) {
      for (const [bad] of unwanted) {
        bump(together, `+${good}`, `-${bad}`);
        bump(together, `-${bad}`, `+${good}`);
      }
    }
  }
  const implied = new Map<string, { feature: string; sign: number; weight: number }[]>();
  for (const [key, others] of together) {
    const base = seen.get(key) ?? 1;
    const strong = [...others]
      .filter(([, times]) => times >= 2)
      .map(([other, times]) => {
        const reverse = times / (seen.get(other) ?? 1);
        return {
          feature: other.slice(1),
          sign: other.startsWith('+') ? 1 : -1,
          weight: Math.sqrt((times / base) * reverse),
        };
      })
      .filter(({ weight }) => weight >= 0.2)
      .sort((a, b) => b.weight - a.weight || (a.feature < b.feature ? -1 : 1))
      .slice(0, 4);
    if (strong.length > 0) implied.set(key, strong);
  }
  return (feature, sign) => implied.get(`${sign > 0 ? '+' : '-'}${feature}`) ?? [];
}

function bump(table: Map<string, Map<string, number>>, key: string, other: string): void {
  const row = table.get(key) ?? new Map<string, number>();
  row.set(other, (row.get(other) ?? 0) + 1);
  table.set(key, row);
}

/** The vector of one memory, of length 1 (or empty for a memory without words). */
export function vectorOf(profile: Profile, background: Background): Vector {
  const stance = new Map<string, { mass: number; sign: number }>();
  for (const [feature, { mass, sign }] of profile.stance) {
    stance.set(feature, { mass: Math.min(mass, 2) ** 0.5 * background.rarity(feature), sign });
  }
  for (const [feature, { sign }] of profile.stance) {
    if (Math.abs(sign) < clear) continue;
    const own = stance.get(feature)?.mass ?? 0;
    for (const { feature: other, sign: otherSign, weight } of background.implied(feature, sign)) {
      if (profile.stance.has(other)) continue;
      const mass = own * weight * similarityTable.contrast;
      const known = stance.get(other);
      if (known === undefined || known.mass < mass) stance.set(other, { mass, sign: otherSign });
    }
  }
  const vector = new Map<string, number>();
  const stanceLength = lengthOf([...stance.values()].map(({ mass }) => mass));
  const share = (view: number, mass: number, length: number) => (Math.sqrt(view) * mass) / length;
  for (const [feature, { mass, sign }] of stance) {
    const weight = share(similarityTable.stance, mass, stanceLength);
    vector.set(feature, weight * Math.sqrt(similarityTable.unsigned));
    if (sign !== 0) vector.set(`±${feature}`, weight * sign * Math.sqrt(similarityTable.signed));
  }
  const addView = (prefix: string, view: number, entries: readonly (readonly [string, number])[]) => {
    const weighed = entries.map(
      ([key, mass]) => [`${prefix}${key}`, mass * background.rarity(`${prefix}${key}`)] as const,
    );
    const length = lengthOf(weighed.map(([, mass]) => mass));
    for (const [key, mass] of weighed) vector.set(key, share(view, mass, length));
  };
  if (profile.mentions.size > 0)
    addView(
      '@',
      similarityTable.mentions,
      [...profile.mentions].map((mention) => [mention, 1]),
    );
  if (profile.surface.size > 0) addView('"', similarityTable.surface, [...profile.surface]);
  if (profile.context.size > 0)
    addView(
      '<',
      similarityTable.context,
      [...profile.context].map((term) => [term, 1]),
    );
  const length = lengthOf([...vector.values()]);
  if (length > 0) for (const [key, weight] of vector) vector.set(key, weight / length);
  return vector;
}

const lengthOf = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

export function dot(a: Vector, b: Vector): number {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [key, weight] of few) {
    const other = many.get(key);
    if (other !== undefined) sum += weight * other;
  }
  return sum;
}

/** Shared stance mass (0..1) and the agreement of its signs (−1..1), each relative to the smaller stance. */
export function agreementOf(a: Vector, b: Vector): { readonly shared: number; readonly signed: number } {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  let shared = 0;
  let signed = 0;
  for (const [key, weight] of few) {
    if (key.startsWith('±')) signed += weight * (many.get(key) ?? 0);
    else if (isStance(key)) shared += weight * (many.get(key) ?? 0);
  }
  const mass = Math.min(stanceMass(a), stanceMass(b));
  if (mass === 0) return { shared: 0, signed: 0 };
  return {
    shared: shared / mass,
    signed: (signed / mass) * (similarityTable.unsigned / similarityTable.signed),
  };
}

const isStance = (key: string) =>
  !key.startsWith('@') && !key.startsWith('"') && !key.startsWith('<') && !key.startsWith('±');

function stanceMass(vector: Vector): number {
  let mass = 0;
  for (const [key, weight] of vector) if (isStance(key)) mass += weight * weight;
  return mass;
}

/** Do two vectors (or sums of vectors) ask for opposite things in the same words? */
export function areOpposite(a: Vector, b: Vector): boolean {
  const { shared, signed } = agreementOf(a, b);
  return shared >= similarityTable.oppositeShared && signed <= similarityTable.oppositeSigned;
}

/** Similarities within one body of memories, each read once. */
export interface Corpus<T extends Comparable = Memory> {
  readonly memories: readonly T[];
  readonly profiles: readonly Profile[];
  readonly vectors: readonly Vector[];
  readonly background: Background;
  /** Likeness of the memories at two positions, 0..1. */
  similarity(a: number, b: number): number;
  opposite(a: number, b: number): boolean;
  /** The vector of something that is not part of it, against the same background. */
  vectorOf(memory: Comparable): Vector;
}

export function createCorpus<T extends Comparable>(memories: readonly T[]): Corpus<T> {
  const profiles = memories.map(profileOf);
  const background = backgroundOf(profiles);
  const vectors = profiles.map((profile) => vectorOf(profile, background));
  const none: Vector = new Map();
  const at = (index: number) => vectors[index] ?? none;
  return {
    memories,
    profiles,
    vectors,
    background,
    similarity: (a, b) => clamp(dot(at(a), at(b))),
    opposite: (a, b) => areOpposite(at(a), at(b)),
    vectorOf: (memory) => vectorOf(profileOf(memory), background),
  };
}

const clamp = (value: number) => Math.min(1, Math.max(0, value));

/** Likeness of two memories in what they ask for, 0..1, with nothing known of others. */
export function similarityOf(a: Comparable, b: Comparable): number {
  return clamp(dot(vectorOf(profileOf(a), noBackground), vectorOf(profileOf(b), noBackground)));
}

/** True where two memories speak of the same and ask for opposite things. */
export function oppositeOf(a: Comparable, b: Comparable): boolean {
  return areOpposite(vectorOf(profileOf(a), noBackground), vectorOf(profileOf(b), noBackground));
}
