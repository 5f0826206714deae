/** The few nearest of every memory, by an inverted index over the features that weigh most in it. Never all pairs. */
import { dot, emptyVector, heaviest, plainAt, type Vector } from '../../text/vector.ts';

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

export async function nearNeighbours(
  vectors: readonly Vector[],
  options: {
    readonly mayJoin?: (a: number, b: number) => boolean;
    readonly breathe?: () => Promise<void>;
  } = {},
): Promise<Edges> {
  const table = neighbourTable;
  const few = vectors.length <= table.many;
  const kept = few ? table.neighbours : table.neighboursOfMany;
  const read = Math.min(
    table.postings,
    Math.max(table.leastPostings, Math.round(table.lookups / Math.max(1, vectors.length))),
  );
  const postings = new Map<number, number[]>();
  const found = createEdges();
  /* One scratch sheet for all questions. */
  const scores = new Float32Array(vectors.length);
  const touched: number[] = [];
  const best = createBest(few ? kept * 2 : kept + 8);
  for (let index = 0; index < vectors.length; index += 1) {
    if (index % 16 === 0) await options.breathe?.();
    const vector = vectors[index] ?? emptyVector;
    const heavy = heaviest(vector, table.features);
    for (const id of heavy) {
      const list = postings.get(id);
      if (list === undefined) continue;
      const weight = plainAt(vector, id);
      for (let at = list.length - 1, end = Math.max(0, list.length - read); at >= end; at -= 1) {
        const other = list[at] as number;
        if (scores[other] === 0) touched.push(other);
        scores[other] = (scores[other] as number) + weight;
      }
    }
    best.clear();
    for (const other of touched) {
      if (options.mayJoin?.(other, index) !== false) best.offer(other, scores[other] as number);
      scores[other] = 0;
    }
    touched.length = 0;
    const near = best
      .taken()
      .map((other) => ({ other, weight: dot(vector, vectors[other] ?? emptyVector) }))
      .filter(({ weight }) => weight >= table.edge)
      .sort((x, y) => y.weight - x.weight || y.other - x.other)
      .slice(0, kept);
    for (const { other, weight } of near) found.add(other, index, weight);
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
  return found.sorted();
}

/** The `most` best of those offered: higher score first, then the later one. */
function createBest(most: number) {
  let items: { other: number; score: number }[] = [];
  let least = Number.NEGATIVE_INFINITY;
  const shrink = () => {
    items.sort((x, y) => y.score - x.score || y.other - x.other);
    items.length = Math.min(items.length, most);
    if (items.length === most) least = items[most - 1]?.score ?? least;
  };
  return {
    clear() {
      items = [];
      least = Number.NEGATIVE_INFINITY;
    },
    offer(other: number, score: number) {
      if (score < least) return;
      items.push({ other, score });
      if (items.length >= most * 4) shrink();
    },
    taken(): readonly number[] {
      shrink();
      return items.map(({ other }) => other);
    },
  };
}

/** Grows as edges come; sorted by counting, which is stable and does not stop the thread for seconds. */
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
    sorted(): Edges {
      const { steps } = neighbourTable;
      const stepOf = (at: number) =>
        steps - Math.min(steps, Math.max(0, Math.round((weight[at] as number) * steps)));
      const starts = new Uint32Array(steps + 2);
      for (let at = 0; at < size; at += 1) starts[stepOf(at) + 1] = (starts[stepOf(at) + 1] as number) + 1;
      for (let step = 1; step < starts.length; step += 1)
        starts[step] = (starts[step] as number) + (starts[step - 1] as number);
      const order = new Uint32Array(size);
      for (let at = 0; at < size; at += 1) {
        const step = stepOf(at);
        order[starts[step] as number] = at;
        starts[step] = (starts[step] as number) + 1;
      }
      return {
        size,
        a: order.map((at) => a[at] as number),
        b: order.map((at) => b[at] as number),
        weight: Float32Array.from(order, (at) => weight[at] as number),
      };
    },
  };
}
