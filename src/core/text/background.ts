/**
 * What a body of memories tells about its features: how rare each is, and which things its owner sets against each
 * other ("A, not B" said several times ties the one to the other). Learned memory by memory, so that a night can
 * breathe, and from numbers instead of words, so that a hundred thousand memories fit.
 */
import type { Profile } from './profile.ts';
import { idOf, type Reading, readingOf } from './reading.ts';
import { termsOf } from './terms.ts';
import { isStance, viewOf, views } from './vector.ts';

export interface Implied {
  readonly feature: string;
  readonly sign: number;
  readonly weight: number;
}

export interface ImpliedId {
  readonly id: number;
  readonly sign: number;
  readonly weight: number;
}

/** Rarity of features in a body of memories, and the contrasts its owner draws. */
export interface Background {
  /** 0.05..1, of a feature of the stance. */
  rarity(feature: string): number;
  /** The same by number, for every view; `words` are those the number is made of. */
  rarityOf(id: number, words: string): number;
  /** What is meant where `feature` is said with this sign: features with the sign and weight they imply. */
  implied(feature: string, sign: number): readonly Implied[];
  /** The same by number. */
  impliedBy(id: number, sign: number): readonly ImpliedId[];
  /** Ids of features that stand on one side of a contrast drawn several times. At most {@link mostPoles}. */
  readonly poles: ReadonlySet<number>;
}

/** Without other memories every feature is equally rare and nothing is implied. */
export const noBackground: Background = {
  rarity: () => 1,
  rarityOf: () => 1,
  implied: () => [],
  impliedBy: () => [],
  poles: new Set(),
};

/**
 * What only one memory says cannot be shared with another: it keeps a part of its weight, as a sign that the memory
 * is about something else. Runs of words are nearly always alone and say less by it.
 */
const alone = { term: 0.7, pair: 0.5 } as const;
const leastRarity = 0.05;

/** Clear signs only: a word that was merely near a negation says nothing. */
export const clearSign = 0.45;
/** Features of a long message are not contrasts of each other. */
const mostContrasts = 10;
/** Of all contrasts only the best drawn ones may keep memories apart. */
const mostPoles = 64;
const poleTimes = 3;
/** A contrast has to be drawn so often, and to tie its sides by this much. */
const impliedTimes = 2;
const leastTie = 0.2;
const mostImplied = 4;

/** Slots of the tables of counts: a few for each feature expected, within bounds. Powers of two. */
const slotsFor = (memories: number, each: number) =>
  2 ** Math.min(24, Math.max(14, Math.ceil(Math.log2(Math.max(1, memories) * each))));
const slotOf = (id: number, slots: number) => (Math.imul(id, 0x9e3779b1) >>> 0) & (slots - 1);

/** How rare features are among memories that were counted. */
export interface Rarities {
  count(reading: Reading): void;
  /** 0.05..1. */
  rarityOf(id: number): number;
  /** In how many memories a feature is; rare features may count those of another feature too. */
  countOf(id: number): number;
}

/** How often each of many slots was counted. */
export interface Counts {
  readonly slots: number;
  add(slot: number): void;
  of(slot: number): number;
  clear(): void;
}

const mostInByte = 255;

/** A table of counts for so many memories: a byte for each slot, and apart from it the few that were counted more often. */
export function countsFor(memories: number): Counts {
  const slots = slotsFor(memories, 160);
  const few = new Uint8Array(slots);
  const many = new Map<number, number>();
  return {
    slots,
    add(slot) {
      const count = few[slot] as number;
      if (count < mostInByte - 1) few[slot] = count + 1;
      else {
        many.set(slot, (many.get(slot) ?? count) + 1);
        few[slot] = mostInByte;
      }
    },
    of(slot) {
      const count = few[slot] as number;
      return count < mostInByte ? count : (many.get(slot) as number);
    },
    clear() {
      few.fill(0);
      many.clear();
    },
  };
}

/**
 * What is believed of words before much was said: so many messages are imagined besides those there are, and each everyday
 * word stands in this share of them. Of three memories that all speak of one thing, that thing is not common, and "use" is
 * not rare because it was said once. Of many memories it changes nothing.
 */
const imagined = { memories: 10, everyday: 0.1 } as const;
const everyday =
  'use make add need want work change show file code run test fix try new update create see set look check';
const everydayIds: ReadonlySet<number> = new Set(termsOf(everyday).map(idOf));

/**
 * Of `memories` memories; the number must be known beforehand.
 * @param counts all zero, of {@link countsFor} as many memories or more.
 * @param besides memories imagined besides these
 */
export function createRarities(
  memories: number,
  counts: Counts = countsFor(memories),
  besides: number = 0,
): Rarities {
  const { slots } = counts;
  const top = Math.log(1 + memories + besides);
  const countOf = (id: number) => counts.of(slotOf(id, slots));
  const rarityFor = (count: number, more = 0) =>
    Math.max(leastRarity, Math.log(1 + (memories + besides) / (Math.max(1, count) + more)) / top);
  /** Most features are in a few memories: their logarithm is taken once. */
  const few = Float64Array.from({ length: 64 }, (_, count) => rarityFor(count));
  return {
    count({ ids }) {
      for (let at = 0; at < ids.length; at += 1) counts.add(slotOf(ids[at] as number, slots));
    },
    countOf,
    rarityOf(id) {
      if (memories < 3) return 1;
      const count = Math.max(1, countOf(id));
      const rarity =
        besides > 0 && everydayIds.has(id)
          ? rarityFor(count, besides * imagined.everyday)
          : (few[count] ?? rarityFor(count));
      if (count > 1) return rarity;
      const view = viewOf(id);
      return rarity * (view === views.pair || view === views.run ? alone.pair : alone.term);
    },
  };
}

export interface LearnedBackground extends Background {
  rarityOf(id: number): number;
  /** In how many memories a feature is. */
  countOf(id: number): number;
}

export interface BackgroundLearner {
  /** First all memories are read … */
  read(profile: Profile): Reading;
  /** … then all readings are compared for contrasts, … */
  contrast(reading: Reading): void;
  /** … then the background is there. */
  learned(): LearnedBackground;
}

/** Learns from `memories` memories; the number must be known beforehand. */
export function learnBackground(memories: number): BackgroundLearner {
  const counted = createRarities(memories, countsFor(memories), imagined.memories);
  const pairSlots = slotsFor(memories, 64);
  /** How often a pair of contrasted features may have been seen: never too small, so that the rest needs no memory. */
  const maybe = new Uint8Array(pairSlots);
  const names = new Map<number, string>();
  const together = new Map<number, Map<number, number>>();
  const seen = new Map<number, number>();

  const contrastsIn = ({ ids, sign }: Reading, use: (wanted: number, unwanted: number) => void) => {
    const wanted: number[] = [];
    const unwanted: number[] = [];
    for (let at = 0; at < sign.length; at += 1) {
      const value = sign[at] as number;
      if (value >= clearSign) wanted.push(ids[at] as number);
      else if (value <= -clearSign) unwanted.push(ids[at] as number);
    }
    if (wanted.length > mostContrasts || unwanted.length > mostContrasts) return;
    for (const good of wanted) for (const bad of unwanted) use(good, bad);
  };
  const pairSlot = (good: number, bad: number) => slotOf(Math.imul(good, 31) ^ bad, pairSlots);

  return {
    read(profile) {
      const reading = readingOf(profile, (id, feature) => {
        if (isStance(id) && counted.countOf(id) > 0) names.set(id, feature);
      });
      counted.count(reading);
      contrastsIn(reading, (good, bad) => {
        const slot = pairSlot(good, bad);
        maybe[slot] = Math.min(255, (maybe[slot] as number) + 1);
      });
      return reading;
    },
    contrast(reading) {
      const { ids, sign } = reading;
      for (let at = 0; at < sign.length; at += 1) {
        const value = sign[at] as number;
        if (Math.abs(value) < clearSign || !names.has(ids[at] as number)) continue;
        const key = signedKey(ids[at] as number, value);
        seen.set(key, (seen.get(key) ?? 0) + 1);
      }
      contrastsIn(reading, (good, bad) => {
        if ((maybe[pairSlot(good, bad)] as number) < impliedTimes || !names.has(good) || !names.has(bad))
          return;
        bump(together, signedKey(good, 1), signedKey(bad, -1));
        bump(together, signedKey(bad, -1), signedKey(good, 1));
      });
    },
    learned: () => backgroundFrom(counted, names, contrastsOf(together, seen)),
  };
}

/** A function of its own, so that what was only needed for learning goes. */
function backgroundFrom(
  { rarityOf, countOf }: Rarities,
  names: ReadonlyMap<number, string>,
  { implied, poles }: ReturnType<typeof contrastsOf>,
): LearnedBackground {
  return {
    rarityOf,
    rarity: (feature) => rarityOf(idOf(feature)),
    countOf,
    impliedBy: (id, sign) => implied.get(signedKey(id, sign)) ?? nothing,
    implied: (feature, sign) =>
      (implied.get(signedKey(idOf(feature), sign)) ?? []).flatMap(({ id, ...rest }) => {
        const name = names.get(id);
        return name === undefined ? [] : [{ feature: name, ...rest }];
      }),
    poles,
  };
}

const nothing: readonly ImpliedId[] = [];

/** A feature with its sign as one number. */
const signedKey = (id: number, sign: number) => id * 2 + (sign > 0 ? 1 : 0);

function contrastsOf(
  together: ReadonlyMap<number, ReadonlyMap<number, number>>,
  seen: ReadonlyMap<number, number>,
) {
  const implied = new Map<number, { id: number; sign: number; weight: number }[]>();
  const drawn = new Map<number, number>();
  for (const [key, others] of together) {
    const base = seen.get(key) ?? 1;
    const strong: { id: number; sign: number; weight: number }[] = [];
    let most = 0;
    for (const [other, times] of others) {
      most = Math.max(most, times);
      if (times < impliedTimes) continue;
      const reverse = times / (seen.get(other) ?? 1);
      const weight = Math.sqrt(Math.min(1, times / 4) * Math.sqrt((times / base) * reverse));
      if (weight >= leastTie)
        strong.push({ id: Math.floor(other / 2), sign: other % 2 === 1 ? 1 : -1, weight });
    }
    if (strong.length > 0)
      implied.set(key, strong.sort((a, b) => b.weight - a.weight || a.id - b.id).slice(0, mostImplied));
    const id = Math.floor(key / 2);
    if (most >= poleTimes) drawn.set(id, Math.max(most, drawn.get(id) ?? 0));
  }
  const poles = [...drawn].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, mostPoles);
  return { implied, poles: new Set(poles.map(([id]) => id)) };
}

function bump(table: Map<number, Map<number, number>>, key: number, other: number): void {
  const row = table.get(key);
  if (row === undefined) table.set(key, new Map([[other, 1]]));
  else row.set(other, (row.get(other) ?? 0) + 1);
}
