/**
 * How alike two memories are in what they ask for, 0..1.
 *
 * A memory becomes one sparse vector made of the four views of its profile, each of unit length before it is weighted.
 * Terms count by their rarity in the user's own memories. Because likeness is a dot product, the average likeness of
 * two groups is the dot product of their sums: average linkage costs no more than one comparison.
 */
import { keepLatest } from '../latest.ts';
import type { Memory } from '../memory.ts';
import { allSteps, type Breathe, breathingSteps, type Steps } from '../steps.ts';
import {
  type Background,
  type Counts,
  clearSign,
  countsFor,
  createRarities,
  type ImpliedId,
  type LearnedBackground,
  learnBackground,
  noBackground,
} from './background.ts';
import { areOpposite, oppositionTable } from './opposition.ts';
import { type Comparable, type Profile, profileOf } from './profile.ts';
import { createReadings, type Reading, readingOf } from './reading.ts';
import { createEntries, dot, emptyVector, type Vector, viewOf, views } from './vector.ts';
import type { WordVectors } from './wordVectors.ts';

/** Weights of the views (shares of 1 where all are there). */
export const similarityTable = {
  stance: 0.62,
  mentions: 0.4,
  surface: 0.22,
  context: 0.06,
  /** What a message that hardly says anything itself takes from the assistant's words. */
  poorContext: 0.16,
  /** Fewer rare terms than this, and a message leans on what was said before it. */
  poor: 3,
  /** Features lighter than this are left out of a vector of length 1. */
  least: 0.02,
  /**
   * What the words mean, whatever the words, where vectors of words are at hand: so much as long as there is nothing else to
   * go by, half of it at so many memories. The more of them there are, the better they tell themselves which words belong
   * together, and in one project everything is near in meaning.
   */
  meaning: 0.3,
  halved: 70,
  /** How strongly a learned contrast ("A, not B") speaks where only one side was said. */
  contrast: 0.9,
} as const;

/** What words mean, and what that weighs beside the views. */
interface Meant {
  readonly words: WordVectors;
  readonly share: number;
}

interface Weighing {
  /** Of the feature `id`, which stands at `at` in the reading. */
  rarity(id: number, at: number): number;
  impliedBy(id: number, sign: number): readonly ImpliedId[];
  /** Features that no other memory has are left out, if this says so; the rest still counts as of length 1. */
  keep?(id: number): boolean;
  readonly meant?: Meant | undefined;
}

/** The vector of one memory, of length 1 (or empty for a memory without words). */
export function vectorOf(profile: Profile, background: Background, meant?: Meant): Vector {
  const rarities: number[] = [];
  const reading = readingOf(profile, (id, words, at) => {
    rarities[at] = background.rarityOf(id, words);
  });
  return weigh(reading, {
    rarity: (_, at) => rarities[at] as number,
    impliedBy: background.impliedBy,
    meant,
  });
}

/** What is worked out for one vector after the other. */
const entries = createEntries();
const lengths = new Float64Array(8);
let weights = new Float64Array(256);

function weigh(reading: Reading, weighing: Weighing): Vector {
  entries.clear();
  weighEach(reading, weighing, entries.add);
  return entries.vector({
    least: similarityTable.least,
    meaning: weighing.meant === undefined ? undefined : meaningOf(reading, weighing.meant),
    ...(weighing.keep === undefined ? {} : { keep: weighing.keep }),
  });
}

let summed = new Float64Array(0);

/** The sum of what its terms mean, as long as its share; `weights` are those of what is said. */
function meaningOf({ ids, sign }: Reading, { words, share }: Meant): Float64Array {
  if (summed.length !== words.dimensions) summed = new Float64Array(words.dimensions);
  summed.fill(0);
  for (let at = 0; at < sign.length; at += 1) words.add(summed, ids[at] as number, weights[at] as number);
  let square = 0;
  for (const value of summed) square += value * value;
  const scale = square === 0 ? 0 : Math.sqrt(share / square);
  for (let at = 0; at < summed.length; at += 1) summed[at] = (summed[at] as number) * scale;
  return summed;
}

/** Tells `add` of every feature with its weight, whatever its length as a whole; a feature may come more than once. */
function weighEach(
  { ids, mass, sign }: Reading,
  weighing: Weighing,
  add: (id: number, plain: number, signed: number) => void,
): void {
  const spoken = sign.length;
  if (weights.length < ids.length) weights = new Float64Array(ids.length * 2);
  let said = 0;
  let length = 0;
  for (let at = 0; at < spoken; at += 1) {
    const id = ids[at] as number;
    const rarity = weighing.rarity(id, at);
    const weight = Math.sqrt(Math.min(mass[at] as number, 2)) * rarity;
    weights[at] = weight;
    length += weight * weight;
    if (viewOf(id) === views.term) said += rarity;
  }
  const meant = impliedIn(ids, sign, weighing);
  for (const one of meant?.values() ?? []) length += one.mass * one.mass;
  const scale = length === 0 ? 0 : Math.sqrt(similarityTable.stance / length);
  const [unsigned, signed] = [Math.sqrt(oppositionTable.unsigned), Math.sqrt(oppositionTable.signed)];
  for (let at = 0; at < spoken; at += 1) {
    const weight = (weights[at] as number) * scale;
    add(ids[at] as number, weight * unsigned, weight * (sign[at] as number) * signed);
  }
  for (const [id, one] of meant ?? []) {
    const weight = one.mass * scale;
    add(id, weight * unsigned, weight * one.sign * signed);
  }
  lengths.fill(0);
  const mentions = countOf(ids, spoken, views.mention);
  for (let at = spoken; at < ids.length; at += 1) {
    const id = ids[at] as number;
    const weight = (mass[at] as number) * weighing.rarity(id, at);
    weights[at] = weight;
    lengths[viewOf(id)] = (lengths[viewOf(id)] as number) + weight ** 2;
  }
  const poor = said + mentions < similarityTable.poor;
  const context = poor ? similarityTable.poorContext : similarityTable.context;
  for (let at = spoken; at < ids.length; at += 1) {
    const id = ids[at] as number;
    const view = viewOf(id);
    // Mentions are not brought to length 1: a file that is cited on every occasion tells little.
    const share =
      view === views.mention
        ? similarityTable.mentions / mentions
        : (view === views.run ? similarityTable.surface : context) / (lengths[view] || 1);
    add(id, (weights[at] as number) * Math.sqrt(share), 0);
  }
}

/** What is meant without being said, by the contrasts its owner draws elsewhere; `weights` are those of what is said. */
function impliedIn(
  ids: Uint32Array,
  sign: Float32Array,
  weighing: Weighing,
): ReadonlyMap<number, { readonly mass: number; readonly sign: number }> | undefined {
  let own: ReadonlySet<number> | undefined;
  let meant: Map<number, { readonly mass: number; readonly sign: number }> | undefined;
  for (let at = 0; at < sign.length; at += 1) {
    if (Math.abs(sign[at] as number) < clearSign) continue;
    const implied = weighing.impliedBy(ids[at] as number, sign[at] as number);
    if (implied.length === 0) continue;
    own ??= new Set(ids.subarray(0, sign.length));
    meant ??= new Map();
    const strength = (weights[at] as number) * similarityTable.contrast;
    for (const { id, sign: otherSign, weight } of implied) {
      const known = meant.get(id);
      // What was said outright is never overruled by what is usually meant.
      if (own.has(id) || (known !== undefined && known.mass >= strength * weight)) continue;
      meant.set(id, { mass: strength * weight, sign: otherSign });
    }
  }
  return meant;
}

function countOf(ids: Uint32Array, from: number, view: number): number {
  let count = 0;
  for (let at = from; at < ids.length; at += 1) if (viewOf(ids[at] as number) === view) count += 1;
  return count;
}

/** Vectors by position, made when they are asked for. */
export interface Vectors {
  readonly size: number;
  /** Empty where there is none. */
  at(position: number): Vector;
}

/** Some of them, which are known by their place in `positions`. */
export const vectorsAmong = (vectors: Vectors, positions: readonly number[]): Vectors => ({
  size: positions.length,
  at: (place) => vectors.at(positions[place] as number),
});

/** Vectors kept: they are a multiple of what was read, and are asked for again and again within a project. */
const keptVectors = 6000;

/** Similarities within one body of memories, each read once. */
export interface Corpus<T extends Comparable = Memory> {
  readonly memories: readonly T[];
  readonly vectors: Vectors;
  /** The same with what their words mean, where that is known; else the same. */
  readonly meant: Vectors;
  readonly background: Background;
  /** Where it is known what words mean. */
  readonly words: WordVectors | undefined;
  /** Likeness of the memories at two positions, 0..1. */
  similarity(a: number, b: number): number;
  opposite(a: number, b: number): boolean;
  /** The reading of the memory at a position, made anew. */
  profile(at: number): Profile | undefined;
  /** The vector of something that is not part of it, against the same background. */
  vectorOf(memory: Comparable): Vector;
  /** The same with what its words mean. */
  meantOf(memory: Comparable): Vector;
}

/**
 * A corpus for the night: breathes between memories.
 * @param words where it is to be seen that other words mean the same
 */
export const readCorpus = <T extends Comparable>(
  memories: readonly T[],
  breathe: Breathe,
  words?: WordVectors,
): Promise<Corpus<T>> => breathingSteps(corpusSteps(memories, words), breathe);

/** The same at once, for few memories. */
export const createCorpus = <T extends Comparable>(memories: readonly T[], words?: WordVectors): Corpus<T> =>
  allSteps(corpusSteps(memories, words));

function* corpusSteps<T extends Comparable>(
  memories: readonly T[],
  words: WordVectors | undefined,
): Steps<Corpus<T>> {
  const learner = learnBackground(memories.length);
  const readings = createReadings();
  for (const memory of memories) {
    readings.add(learner.read(profileOf(memory)));
    yield;
  }
  for (let at = 0; at < memories.length; at += 1) {
    learner.contrast(readings.at(at));
    yield;
  }
  const background = learner.learned();
  const vectorsBy = (weighing: Weighing): Vectors => ({
    size: memories.length,
    at: keepLatest(keptVectors, (at: number) =>
      at < memories.length ? weigh(readings.at(at), weighing) : emptyVector,
    ),
  });
  const weighing = weighingOf(background);
  const { meaning, halved } = similarityTable;
  const meant =
    words === undefined ? undefined : { words, share: (meaning * halved) / (halved + memories.length) };
  const vectors = vectorsBy(weighing);
  const vectorAt = vectors.at;
  return {
    memories,
    vectors,
    meant: meant === undefined ? vectors : vectorsBy({ ...weighing, meant }),
    background,
    words,
    similarity: (a, b) => clamp(dot(vectorAt(a), vectorAt(b))),
    opposite: (a, b) => areOpposite(vectorAt(a), vectorAt(b), background.poles),
    profile: (at) => {
      const memory = memories[at];
      return memory === undefined ? undefined : profileOf(memory);
    },
    vectorOf: (memory) => vectorOf(profileOf(memory), background),
    meantOf: (memory) => vectorOf(profileOf(memory), background, meant),
  };
}

const weighingOf = (background: LearnedBackground): Weighing => ({
  rarity: background.rarityOf,
  impliedBy: background.impliedBy,
  keep: (id) => background.countOf(id) > 1,
});

/**
 * How close each of some readings comes to another, 0..1, features counting by their rarity among just these: what all of
 * a few likely answers have in common tells none of them from the rest. Nothing needs to be known of other memories.
 */
export function likenessAmong(asked: Reading, readings: readonly Reading[]): readonly number[] {
  const rarities = createRarities(readings.length, fewCounts(readings.length));
  for (const reading of readings) rarities.count(reading);
  const weighing: Weighing = { rarity: rarities.rarityOf, impliedBy: () => [] };
  const wanted = new Map<number, { plain: number; signed: number }>();
  const askedSquare = squareOf(asked, weighing, (id, plain, signed) => {
    const known = wanted.get(id);
    wanted.set(id, { plain: plain + (known?.plain ?? 0), signed: signed + (known?.signed ?? 0) });
  });
  return readings.map((reading) => {
    let shared = 0;
    const square = squareOf(reading, weighing, (id, plain, signed) => {
      const same = wanted.get(id);
      if (same !== undefined) shared += same.plain * plain + same.signed * signed;
    });
    return shared === 0 ? 0 : clamp(shared / Math.sqrt(askedSquare * square));
  });
}

/** One table for every question, as long as the answers are few. */
const mostFew = 100;
const counts = countsFor(mostFew);
function fewCounts(memories: number): Counts {
  if (memories > mostFew) return countsFor(memories);
  counts.clear();
  return counts;
}

/** The square of the length of all its features, each told to `see`. */
function squareOf(
  reading: Reading,
  weighing: Weighing,
  see: (id: number, plain: number, signed: number) => void,
): number {
  let square = 0;
  weighEach(reading, weighing, (id, plain, signed) => {
    square += plain * plain + signed * signed;
    see(id, plain, signed);
  });
  return square;
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
