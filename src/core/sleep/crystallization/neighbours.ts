/** The few nearest of every memory, by an inverted index over the features that weigh most in it. Never all pairs. */
import type { Vectors } from '../../text/similarity.ts';
import { dot, heaviest, plainAt } from '../../text/vector.ts';

export const neighbourTable = {
  /** Neighbours kept for each memory, among few and among many memories. */
  neighbours: 24,
  neighboursOfMany: 8,
  /** From here on there are many. */
  many: 5000,
  /** A memory is looked up under this many of its heaviest features. */
  features: 16,
  /** Of a feature that many memories share, only this many of the latest are compared: fewer among more memories. */
  postings: 160,
  leastPostings: 24,
  lookups: 400_000,
  /** Edges weaker than this are not kept. */
  edge: 0.1,
  /** Edges are ordered by weight in steps this fine. */
  steps: 4096,
} as const;

/** Pairs of positions with their likeness, the strongest first. */
export interface Edges {
  readonly size: number;
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  readonly weight: Float32Array;
}

/** @param apart says which pairs are no neighbours, however alike. */
export async function nearNeighbours(
  vectors: Vectors,
  breathe?: () => Promise<void>,
  apart?: (a: number, b: number) => boolean,
): Promise<Edges> {
  const table = neighbourTable;
  const { size } = vectors;
  const few = size <= table.many;
  const kept = few ? table.neighbours : table.neighboursOfMany;
  const read = Math.min(table.postings, Math.max(table.leastPostings, Math.round(table.lookups / size)));
  const postings = new Map<number, number[]>();
  const found = createEdges();
  /* One scratch sheet for all questions. */
  const scores = new Float32Array(size);
  let touched = new Uint32Array(1024);
  const best = createBest(few ? table.neighbours * 2 : table.neighboursOfMany + 8);
  const near = createBest(table.neighbours * 2);
  /* What is near in meaning may have no word in common: few are compared each with each. */
  const each = size > 0 && vectors.at(0).meaning.length > 0;
  for (let index = 0; index < size; index += 1) {
    if (index % 16 === 0) await breathe?.();
    const vector = vectors.at(index);
    const heavy = each ? [] : heaviest(vector, table.features);
    let seen = 0;
    for (const id of heavy) {
      const list = postings.get(id);
      if (list === undefined) continue;
      const weight = plainAt(vector, id);
      for (let at = list.length - 1, end = Math.max(0, list.length - read); at >= end; at -= 1) {
        const other = list[at] as number;
        if (scores[other] === 0) {
          if (seen === touched.length) touched = longer(touched);
          touched[seen++] = other;
        }
        scores[other] = (scores[other] as number) + weight;
      }
    }
    best.clear();
    for (let at = 0; at < seen; at += 1) {
      const other = touched[at] as number;
      best.offer(other, scores[other] as number);
      scores[other] = 0;
    }
    if (each)
      for (let other = 0; other < index; other += 1) best.offer(other, dot(vector, vectors.at(other)));
    near.clear();
    for (let at = 0; at < best.size(); at += 1) {
      const other = best.other(at);
      if (apart?.(other, index) === true) continue;
      const weight = dot(vector, vectors.at(other));
      if (weight >= table.edge) near.offer(other, weight);
    }
    for (let at = 0; at < Math.min(kept, near.size()); at += 1)
      found.add(near.other(at), index, near.score(at));
    for (const id of heavy) {
      const list = postings.get(id);
      if (list === undefined) postings.set(id, [index]);
      else {
        list.push(index);
        // What is out of reach for good need not be kept.
        if (list.length > read * 4) list.splice(0, list.length - read);
      }
    }
  }
  return found.sorted(breathe);
}

const longer = (list: Uint32Array) => {
  const twice = new Uint32Array(list.length * 2);
  twice.set(list);
  return twice;
};

/** The `most` best of those offered, kept in order by insertion: higher score first, then the later one. */
function createBest(most: number) {
  const others = new Uint32Array(most);
  const scores = new Float64Array(most);
  let size = 0;
  return {
    clear() {
      size = 0;
    },
    offer(other: number, score: number) {
      let at = size;
      for (; at > 0; at -= 1) {
        const above = scores[at - 1] as number;
        if (above > score || (above === score && (others[at - 1] as number) > other)) break;
        if (at === most) continue;
        scores[at] = above;
        others[at] = others[at - 1] as number;
      }
      if (at === most) return;
      scores[at] = score;
      others[at] = other;
      if (size < most) size += 1;
    },
    size: () => size,
    other: (at: number) => others[at] as number,
    score: (at: number) => scores[at] as number,
  };
}

/** Edges that are counted or put in their place between two breaths. */
const stride = 65_536;

/** Grows as edges come; sorted by counting, which is stable and can be stopped on the way. */
function createEdges() {
  let a = new Uint32Array(1024);
  let b = new Uint32Array(1024);
  let weight = new Float32Array(1024);
  let size = 0;
  return {
    add(one: number, other: number, likeness: number) {
      if (size === a.length) {
        const [x, y, z] = [a, b, weight];
        a = new Uint32Array(size * 2);
        b = new Uint32Array(size * 2);
        weight = new Float32Array(size * 2);
        a.set(x);
        b.set(y);
        weight.set(z);
      }
      a[size] = one;
      b[size] = other;
      weight[size] = likeness;
      size += 1;
    },
    async sorted(breathe: (() => Promise<void>) | undefined): Promise<Edges> {
      const { steps } = neighbourTable;
      const stepOf = (at: number) =>
        steps - Math.min(steps, Math.max(0, Math.round((weight[at] as number) * steps)));
      const starts = new Uint32Array(steps + 2);
      for (let at = 0; at < size; at += 1) {
        if (at % stride === 0) await breathe?.();
        starts[stepOf(at) + 1] = (starts[stepOf(at) + 1] as number) + 1;
      }
      for (let step = 1; step < starts.length; step += 1)
        starts[step] = (starts[step] as number) + (starts[step - 1] as number);
      const sorted = {
        size,
        a: new Uint32Array(size),
        b: new Uint32Array(size),
        weight: new Float32Array(size),
      };
      for (let at = 0; at < size; at += 1) {
        if (at % stride === 0) await breathe?.();
        const step = stepOf(at);
        const to = starts[step] as number;
        starts[step] = to + 1;
        sorted.a[to] = a[at] as number;
        sorted.b[to] = b[at] as number;
        sorted.weight[to] = weight[at] as number;
      }
      return sorted;
    },
  };
}
