/**
 * Sparse vectors of what a memory asks for, as flat arrays: a hundred thousand of them fit into a hundred megabytes,
 * and a dot product is one walk along two sorted lists.
 *
 * A feature is known by a number only, a hash of its words with its view in the lowest bits. Two features of one view
 * share a number once in half a billion pairs; it costs a trace of likeness and nothing else.
 */
import { type Room, room } from './room.ts';

/** Which reading of a memory a feature belongs to. `term` and `pair` are the stance: they have a sign. */
export const views = { term: 0, pair: 1, mention: 2, run: 3, context: 4 } as const;

/** `plain` is the weight whatever the sign, ≥ 0; `signed` the part that counts for or against, 0 outside the stance. */
export interface Vector {
  /** Ascending. */
  readonly ids: Uint32Array;
  readonly plain: Float32Array;
  readonly signed: Float32Array;
  /** What its words mean, whatever the words (wordVectors.ts): as many numbers as these have; empty where it is not known. */
  readonly meaning: Float32Array;
}

export const emptyVector: Vector = {
  ids: new Uint32Array(0),
  plain: new Float32Array(0),
  signed: new Float32Array(0),
  meaning: new Float32Array(0),
};

export const isEmpty = ({ ids, meaning }: Vector) => ids.length === 0 && meaning.length === 0;

/** FNV-1a over the words, the view in the three lowest bits. */
export function featureId(view: number, words: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < words.length; at += 1) {
    hash ^= words.charCodeAt(at);
    hash = Math.imul(hash, 0x01000193);
  }
  hash ^= hash >>> 15;
  return (((hash << 3) >>> 0) | view) >>> 0;
}

const blank = (size: number, dimensions: number): Vector =>
  vectorIn(room(size * 12 + dimensions * 4), size, dimensions);

function vectorIn({ buffer, offset }: Room, size: number, dimensions: number): Vector {
  return {
    ids: new Uint32Array(buffer, offset, size),
    plain: new Float32Array(buffer, offset + size * 4, size),
    signed: new Float32Array(buffer, offset + size * 8, size),
    meaning: new Float32Array(buffer, offset + size * 12, dimensions),
  };
}

export const viewOf = (id: number) => id & 7;
export const isStance = (id: number) => viewOf(id) <= views.pair;

/**
 * The same in a buffer of its own, for what stays: where it shares one, it would keep all others in it, which were made on the
 * way to it or at the same time.
 */
export function apart({ ids, plain, signed, meaning }: Vector): Vector {
  const buffer = new ArrayBuffer(ids.length * 12 + meaning.length * 4);
  const copy = vectorIn({ buffer, offset: 0 }, ids.length, meaning.length);
  copy.ids.set(ids);
  copy.plain.set(plain);
  copy.signed.set(signed);
  copy.meaning.set(meaning);
  return copy;
}

/** Entries of a vector as they come, in any order; one sheet is used over and over. */
export interface Entries {
  clear(): void;
  add(id: number, plain: number, signed: number): void;
  /** Sorted by id and scaled so that the whole has length 1; what is then lighter than `least`, or not kept, goes. */
  vector(options: {
    readonly least: number;
    readonly keep?: (id: number) => boolean;
    /** Of any length; what it weighs is part of the whole. */
    readonly meaning?: Float64Array | undefined;
  }): Vector;
}

/** Positions fit into so many bits, so that a position and its id make one number that can be sorted. */
const positionBits = 2 ** 16;

export function createEntries(): Entries {
  let ids = new Uint32Array(256);
  let plain = new Float64Array(256);
  let signed = new Float64Array(256);
  let order = new Float64Array(256);
  let size = 0;
  const grow = () => {
    const [oldIds, oldPlain, oldSigned] = [ids, plain, signed];
    const room = size * 2;
    [ids, plain, signed, order] = [
      new Uint32Array(room),
      new Float64Array(room),
      new Float64Array(room),
      new Float64Array(room),
    ];
    ids.set(oldIds);
    plain.set(oldPlain);
    signed.set(oldSigned);
  };
  return {
    clear() {
      size = 0;
    },
    add(id, one, other) {
      if (size === positionBits) return;
      if (size === ids.length) grow();
      ids[size] = id;
      plain[size] = one;
      signed[size] = other;
      size += 1;
    },
    vector({ least, keep, meaning = nothingMeant }) {
      let length = 0;
      for (const value of meaning) length += value * value;
      for (let at = 0; at < size; at += 1)
        length +=
          (plain[at] as number) * (plain[at] as number) + (signed[at] as number) * (signed[at] as number);
      if (length === 0) return emptyVector;
      const scale = 1 / Math.sqrt(length);
      const bound = (least / scale) ** 2;
      let kept = 0;
      for (let at = 0; at < size; at += 1) {
        const square =
          (plain[at] as number) * (plain[at] as number) + (signed[at] as number) * (signed[at] as number);
        if (square < bound || keep?.(ids[at] as number) === false) continue;
        order[kept] = (ids[at] as number) * positionBits + at;
        kept += 1;
      }
      const sorted = order.subarray(0, kept).sort();
      const vector = blank(kept, meaning.length);
      for (let at = 0; at < meaning.length; at += 1) vector.meaning[at] = (meaning[at] as number) * scale;
      let end = 0;
      for (let place = 0; place < kept; place += 1) {
        const from = (sorted[place] as number) % positionBits;
        const id = ids[from] as number;
        const to = end > 0 && vector.ids[end - 1] === id ? end - 1 : end++;
        vector.ids[to] = id;
        vector.plain[to] = (vector.plain[to] as number) + (plain[from] as number) * scale;
        vector.signed[to] = (vector.signed[to] as number) + (signed[from] as number) * scale;
      }
      if (end === kept) return vector;
      return {
        ids: vector.ids.slice(0, end),
        plain: vector.plain.slice(0, end),
        signed: vector.signed.slice(0, end),
        meaning: vector.meaning,
      };
    },
  };
}

const nothingMeant = new Float64Array(0);

export function dot(a: Vector, b: Vector): number {
  const [left, right] = [a.ids, b.ids];
  const [n, m] = [left.length, right.length];
  let [i, j, sum] = [0, 0, 0];
  while (i < n && j < m) {
    const one = left[i] as number;
    const other = right[j] as number;
    if (one === other) {
      sum +=
        (a.plain[i] as number) * (b.plain[j] as number) + (a.signed[i] as number) * (b.signed[j] as number);
      i += 1;
      j += 1;
    } else if (one < other) i += 1;
    else j += 1;
  }
  const [one, other] = [a.meaning, b.meaning];
  if (one.length === other.length)
    for (let at = 0; at < one.length; at += 1) sum += (one[at] as number) * (other[at] as number);
  return sum;
}

/** The sum of two vectors; `most` bounds its size: what weighs least goes. */
export function plus(a: Vector, b: Vector, most = Number.POSITIVE_INFINITY): Vector {
  const { ids, plain, signed } = sheetOf(a.ids.length + b.ids.length);
  let [i, j, at] = [0, 0, 0];
  while (i < a.ids.length || j < b.ids.length) {
    const one = i < a.ids.length ? (a.ids[i] as number) : Number.POSITIVE_INFINITY;
    const other = j < b.ids.length ? (b.ids[j] as number) : Number.POSITIVE_INFINITY;
    if (one === other) {
      ids[at] = one;
      plain[at] = (a.plain[i] as number) + (b.plain[j] as number);
      signed[at] = (a.signed[i] as number) + (b.signed[j] as number);
      i += 1;
      j += 1;
    } else if (one < other) {
      ids[at] = one;
      plain[at] = a.plain[i] as number;
      signed[at] = a.signed[i] as number;
      i += 1;
    } else {
      ids[at] = other;
      plain[at] = b.plain[j] as number;
      signed[at] = b.signed[j] as number;
      j += 1;
    }
    at += 1;
  }
  const sum = blank(at, Math.max(a.meaning.length, b.meaning.length));
  for (const { meaning } of [a, b])
    for (let k = 0; k < meaning.length; k += 1)
      sum.meaning[k] = (sum.meaning[k] as number) + (meaning[k] as number);
  sum.ids.set(ids.subarray(0, at));
  sum.plain.set(plain.subarray(0, at));
  sum.signed.set(signed.subarray(0, at));
  return at <= most * 2 ? sum : heaviestOf(sum, most);
}

/** One sheet on which all sums are worked out: three new lists for each were a third of the cost. */
let sheet = blank(1024, 0);

function sheetOf(size: number): Vector {
  if (sheet.ids.length < size) sheet = blank(size * 2, 0);
  return sheet;
}

function heaviestOf(vector: Vector, most: number): Vector {
  const kept = heaviestAt(vector, most).sort((a, b) => a - b);
  return {
    ids: Uint32Array.from(kept, (at) => vector.ids[at] as number),
    plain: Float32Array.from(kept, (at) => vector.plain[at] as number),
    signed: Float32Array.from(kept, (at) => vector.signed[at] as number),
    meaning: vector.meaning,
  };
}

/** Positions of the `most` heaviest entries, heaviest first. */
function heaviestAt({ plain, ids }: Vector, most: number): number[] {
  if (ids.length > most * 8) {
    const order = Array.from(ids, (_, at) => at);
    order.sort((a, b) => (plain[b] as number) - (plain[a] as number) || a - b);
    return order.slice(0, most);
  }
  /* Few of few: kept in order by insertion. */
  const best: number[] = [];
  for (let at = 0; at < ids.length; at += 1) {
    const weight = plain[at] as number;
    let place = best.length;
    while (place > 0 && weight > (plain[best[place - 1] as number] as number)) place -= 1;
    if (place >= most) continue;
    if (best.length < most) best.push(at);
    for (let above = best.length - 1; above > place; above -= 1) best[above] = best[above - 1] as number;
    best[place] = at;
  }
  return best;
}

/** Ids of the `most` heaviest features, heaviest first. */
export function heaviest(vector: Vector, most: number): readonly number[] {
  return heaviestAt(vector, most).map((at) => vector.ids[at] as number);
}

/**
 * Likeness of two groups by the sums of their vectors: the cosine, that is average linkage divided by how closely
 * each group holds together. What all members share adds up in the sum and what only one says fades, so a short
 * remark is compared with the theme and not with every turn of phrase.
 */
export function likenessOf(a: Vector, b: Vector): number {
  return likenessWithin(dot(a, b), dot(a, a) * dot(b, b));
}

/** {@link likenessOf} where the dot product and the product of the squared lengths are known. */
export function likenessWithin(shared: number, squares: number): number {
  const length = Math.sqrt(squares);
  return length === 0 ? 0 : shared / length;
}

/** Weight of a feature, 0 where it is not there. */
export const plainAt = (vector: Vector, id: number) => valueAt(vector.ids, vector.plain, id);
/** Its signed part. */
export const signedAt = (vector: Vector, id: number) => valueAt(vector.ids, vector.signed, id);

function valueAt(ids: Uint32Array, values: Float32Array, id: number): number {
  let [low, high] = [0, ids.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const here = ids[middle] as number;
    if (here === id) return values[middle] as number;
    if (here < id) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}
