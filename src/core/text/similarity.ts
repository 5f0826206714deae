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
  Partial<Pick<Memory, 'context' | 'label' | 'kind' | 'source' | 'createdAt'>>;

/** Weights of the views (shares of 1 where all are there), and of the parts of a stance. */
export const similarityTable = {
  stance: 0.62,
  mentions: 0.4,
  surface: 0.22,
  context: 0.06,
  /** What a message that hardly says anything itself takes from the assistant's words and from its own thread. */
  poorContext: 0.16,
  thread: 0.15,
  elliptic: 0,
  threadMs: 30 * 60_000,
  /** Fewer rare terms than this, and a message leans on what was said before it. */
  poor: 3,
  /** Runs of words are made of the first words only: a short remark has no others. */
  surfaceWords: 30,
  contextTerms: 28,
  /** Features lighter than this are left out of a vector of length 1. */
  least: 0.02,
  aloneTerm: 0.7,
  alonePair: 0.5,
  /** The second clause counts this share of the first, the third of the second … down to `leastRank`. */
  rank: 0.7,
  leastRank: 0.25,
  /** Of a shared term: what counts for being shared, and what for having the same sign. */
  unsigned: 0.4,
  signed: 0.6,
  /** A pair of neighbouring terms against a single term. */
  pair: 0.8,
  /** How strongly a learned contrast ("A, not B") speaks where only one side was said. */
  contrast: 0.9,
  /** Opposite: shared mass at least this, signed agreement at most that. */
  oppositeShared: 0.3,
  oppositeSigned: -0.12,
  /** At opposite poles: share of each vector that is about poles at least this, cosine over them at most that. */
  poleMass: 0.015,
  poleSigned: -0.3,
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

/** Small words that carry the point of a lesson; `termsOf` leaves them out. */
const telling: ReadonlySet<string> = new Set(
  'yourself only before after first all both same once without until every each'.split(' '),
);

/** Pronouns run together with their verb. */
const shortened: ReadonlySet<string> = new Set(
  'arent bc wouldve couldve shouldve youre youve youll im ive id ill were weve theyre thats theres whats heres hes shes'.split(
    ' ',
  ),
);

/** Terms of one word in their common form. Bare numbers name a ticket or a line, not a lesson. */
function readTerms(word: string): readonly string[] {
  if (telling.has(word)) return [word];
  if (shortened.has(word)) return [];
  return termsOf(word)
    .filter((term) => !/^[\d_]+$/.test(term))
    .map(canonical);
}

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
      if (word === ',') {
        before = undefined;
        continue;
      }
      if (isMention(word)) {
        mentions.add(mentionOf(word));
        continue;
      }
      const terms = readTerms(word);
      for (const term of terms) add(term, force, sign);
      const [term] = terms;
      if (term === undefined) continue;
      if (before !== undefined && before.sign === sign) {
        add(`${before.term} ${term}`, force * similarityTable.pair, sign);
      }
      before = { term, sign };
    }
  };
  const { statement, right, wrong } = memory.lesson;
  for (const stance of rejectedQuote(memory.text)) read(stance, 1);
  const ranked = [...stancesOf(memory.text, complaint)].sort((a, b) => b.force - a.force);
  ranked.forEach((stance, at) => {
    read(stance, Math.max(similarityTable.leastRank, similarityTable.rank ** at));
  });
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

const saidOutright = (text: string, sign: number): Stance => ({
  words: wordsOf(text).map((word) => ({ word, sign })),
  force: 1,
  standing: false,
});

const isMention = (word: string) => word.startsWith('@') && word.length > 2;
/** The last part of a mentioned path without its extension: `@docs/style.md` and `@style.md` are the same. */
const mentionOf = (word: string) => (word.slice(1).split('/').pop() ?? word).replace(/\.[a-z0-9]{1,4}$/, '');

/** The last terms of what the assistant had said. */
function contextOf(context: string | undefined): ReadonlySet<string> {
  if (context === undefined) return new Set();
  return new Set(termsOf(context.slice(-280)).slice(-similarityTable.contextTerms).map(canonical));
}

/** Runs of two and three plain words of the first sentences, small words included. */
function surfaceOf(text: string): ReadonlyMap<string, number> {
  const words = wordsOf(ownWords(text))
    .filter((word) => word !== ',' && !isMention(word))
    .slice(0, similarityTable.surfaceWords);
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
  /** Features (with `±`) that stand on one side of a contrast drawn several times. At most {@link mostPoles}. */
  readonly poles: ReadonlySet<string>;
}

/** Without other memories every feature is equally rare and nothing is implied. */
export const noBackground: Background = { rarity: () => 1, implied: () => [], poles: new Set() };

/**
 * What only one memory says cannot be shared with another: it keeps a part of its weight, as a sign that the memory
 * is about something else. Runs of words are nearly always alone and say less by it.
 */
const aloneShare = (feature: string) =>
  feature.includes(' ') ? similarityTable.alonePair : similarityTable.aloneTerm;

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
    if (total < 3) return 1;
    return Math.max(0.05, Math.log(1 + total / known) / top) * (known < 2 ? aloneShare(feature) : 1);
  };
  return { rarity, ...contrastsOf(profiles) };
}

/** Clear signs only: a word that was merely near a negation says nothing. */
const clear = 0.45;
/** Features of a long message are not contrasts of each other. */
const mostContrasts = 10;

/** Of all contrasts only the best drawn ones may keep memories apart. */
const mostPoles = 64;
const poleTimes = 3;

function contrastsOf(profiles: readonly Profile[]): Pick<Background, 'implied' | 'poles'> {
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
          weight: Math.sqrt(Math.min(1, times / 4) * Math.sqrt((times / base) * reverse)),
        };
      })
      .filter(({ weight }) => weight >= 0.2)
      .sort((a, b) => b.weight - a.weight || (a.feature < b.feature ? -1 : 1))
      .slice(0, 4);
    if (strong.length > 0) implied.set(key, strong);
  }
  const drawn = new Map<string, number>();
  for (const [key, others] of together) {
    const times = Math.max(...others.values());
    if (times >= poleTimes)
      drawn.set(`±${key.slice(1)}`, Math.max(times, drawn.get(`±${key.slice(1)}`) ?? 0));
  }
  const poles = [...drawn].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, mostPoles);
  return {
    implied: (feature, sign) => implied.get(`${sign > 0 ? '+' : '-'}${feature}`) ?? [],
    poles: new Set(poles.map(([feature]) => feature)),
  };
}

function bump(table: Map<string, Map<string, number>>, key: string, other: string): void {
  const row = table.get(key) ?? new Map<string, number>();
  row.set(other, (row.get(other) ?? 0) + 1);
  table.set(key, row);
}

/** The vector of one memory, of length 1 (or empty for a memory without words). */
export function vectorOf(profile: Profile, background: Background): Vector {
  const stance = new Map<string, { mass: number; sign: number }>();
  let said = 0;
  for (const [feature, { mass, sign }] of profile.stance) {
    const rarity = background.rarity(feature);
    stance.set(feature, { mass: Math.min(mass, 2) ** 0.5 * rarity, sign });
    if (!feature.includes(' ')) said += rarity;
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
  const { mentions, surface, context } = profile;
  // Not brought to length 1: a file that is cited on every occasion tells little.
  for (const mention of mentions) {
    const weight = background.rarity(`@${mention}`) / Math.sqrt(mentions.size);
    vector.set(`@${mention}`, Math.sqrt(similarityTable.mentions) * weight);
  }
  if (surface.size > 0) addView('"', similarityTable.surface, [...surface]);
  const poor = said + mentions.size < similarityTable.poor;
  const view = poor ? similarityTable.poorContext : similarityTable.context;
  if (context.size > 0)
    addView(
      '<',
      view,
      [...context].map((term) => [term, 1]),
    );
  return unit(vector);
}

/** Does the message say so little that it can only be understood from what went before? */
function isPoor(profile: Profile, background: Background): boolean {
  let said = profile.mentions.size;
  for (const feature of profile.stance.keys()) if (!feature.includes(' ')) said += background.rarity(feature);
  return said < similarityTable.elliptic;
}

function unit(vector: Map<string, number>): Map<string, number> {
  const length = lengthOf([...vector.values()]);
  if (length === 0) return vector;
  for (const [key, weight] of vector) {
    const share = weight / length;
    if (Math.abs(share) < similarityTable.least) vector.delete(key);
    else vector.set(key, share);
  }
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

/**
 * Do two vectors (or sums of vectors) ask for opposite things in the same words? `poles` are features of which it is
 * known that their owner sets them against each other: about those, a clear disagreement is enough.
 */
export function areOpposite(a: Vector, b: Vector, poles?: ReadonlySet<string>): boolean {
  const { shared, signed } = agreementOf(a, b);
  if (shared >= similarityTable.oppositeShared && signed <= similarityTable.oppositeSigned) return true;
  return poles !== undefined && poles.size > 0 && areAtOppositePoles(a, b, poles);
}

function areAtOppositePoles(a: Vector, b: Vector, poles: ReadonlySet<string>): boolean {
  let [agreement, left, right] = [0, 0, 0];
  for (const feature of poles) {
    const [one = 0, other = 0] = [a.get(feature), b.get(feature)];
    agreement += one * other;
    left += one * one;
    right += other * other;
  }
  const mass = Math.sqrt(left * right);
  const least = similarityTable.poleMass;
  return (
    left >= least * dot(a, a) && right >= least * dot(b, b) && agreement <= similarityTable.poleSigned * mass
  );
}

/** Similarities within one body of memories, each read once. */
export interface Corpus<T extends Comparable = Memory> {
  readonly memories: readonly T[];
  readonly vectors: readonly Vector[];
  readonly background: Background;
  /** Likeness of the memories at two positions, 0..1. */
  similarity(a: number, b: number): number;
  opposite(a: number, b: number): boolean;
  /** The reading of the memory at a position, made anew. */
  profile(at: number): Profile | undefined;
  /** The vector of something that is not part of it, against the same background. */
  vectorOf(memory: Comparable): Vector;
}

export function createCorpus<T extends Comparable>(memories: readonly T[]): Corpus<T> {
  const profiles = memories.map(profileOf);
  const background = backgroundOf(profiles);
  const vectors = withoutLoners(inThreads(memories, profiles, background));
  const none: Vector = new Map();
  const at = (index: number) => vectors[index] ?? none;
  return {
    memories,
    vectors,
    background,
    similarity: (a, b) => clamp(dot(at(a), at(b))),
    opposite: (a, b) => areOpposite(at(a), at(b), background.poles),
    profile: (at) => {
      const memory = memories[at];
      return memory === undefined ? undefined : profileOf(memory);
    },
    vectorOf: (memory) => vectorOf(profileOf(memory), background),
  };
}

/**
 * Takes out the features that only one vector has: no dot product within the corpus changes, and most of the memory
 * is saved. The vectors still count as of length 1.
 */
function withoutLoners(vectors: readonly Vector[]): readonly Vector[] {
  const counts = new Map<string, number>();
  for (const vector of vectors)
    for (const feature of vector.keys()) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  return vectors.map((vector) => new Map([...vector].filter(([feature]) => (counts.get(feature) ?? 0) > 1)));
}

/**
 * A second correction in the same conversation is often only "no, the branch": it means what the one before it meant.
 * A message that hardly says anything takes over a part of the one before it.
 */
function inThreads(
  memories: readonly Comparable[],
  profiles: readonly Profile[],
  background: Background,
): readonly Vector[] {
  const own = profiles.map((profile) => vectorOf(profile, background));
  const threads = new Map<string, number[]>();
  memories.forEach((memory, at) => {
    const session = memory.source?.session;
    if (session === undefined || memory.createdAt === undefined) return;
    const thread = threads.get(session);
    if (thread === undefined) threads.set(session, [at]);
    else thread.push(at);
  });
  const result = [...own];
  for (const thread of threads.values()) {
    thread.sort((a, b) => (memories[a]?.createdAt ?? 0) - (memories[b]?.createdAt ?? 0) || a - b);
    for (let step = 1; step < thread.length; step += 1) {
      const [before, at] = [thread[step - 1] ?? 0, thread[step] ?? 0];
      const profile = profiles[at];
      const [earlier, later] = [result[before], own[at]];
      if (
        profile === undefined ||
        earlier === undefined ||
        later === undefined ||
        !isPoor(profile, background)
      )
        continue;
      const gap = (memories[at]?.createdAt ?? 0) - (memories[before]?.createdAt ?? 0);
      if (gap > similarityTable.threadMs || areOpposite(earlier, later)) continue;
      const mixed = new Map<string, number>();
      for (const [feature, weight] of later)
        mixed.set(feature, weight * Math.sqrt(1 - similarityTable.thread));
      for (const [feature, weight] of earlier) {
        mixed.set(feature, (mixed.get(feature) ?? 0) + weight * Math.sqrt(similarityTable.thread));
      }
      result[at] = unit(mixed);
    }
  }
  return result;
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
