/**
 * Groups of memories that say the same thing. Theme linkage over a sparse graph of near neighbours: never all
 * pairs. Two memories that ask for opposite things are never in one group, however many words they share.
 */
import { areOpposite, type Comparable, type Corpus, dot, type Vector } from '../text/similarity.ts';

export const clusterTable = {
  /** Likeness of their themes at which two groups become one. */
  join: 0.24,
  /** Neighbours looked at for each memory. */
  neighbours: 24,
  /** A memory is looked up under this many of its heaviest features. */
  features: 16,
  /** Of a feature that many memories share, only this many of the latest are compared: fewer among more memories. */
  postings: 160,
  /** From here on the nearest by shared features are taken without a wider look. */
  many: 5000,
  leastPostings: 32,
  lookups: 400_000,
  /** Edges weaker than this are not kept. */
  edge: 0.16,
  passes: 4,
  /** Features kept of the sum of a large group. */
  theme: 600,
} as const;

interface Edge {
  readonly a: number;
  readonly b: number;
  readonly weight: number;
}

/**
 * Positions of `corpus.memories` in groups, each group and the list in order of first member; single members
 * included. `mayJoin` can forbid a pair (another scope, say).
 */
export async function clustersOf<T extends Comparable>(
  corpus: Corpus<T>,
  options: {
    readonly mayJoin?: (a: number, b: number) => boolean;
    readonly breathe?: () => Promise<void>;
    readonly join?: number;
  } = {},
): Promise<readonly (readonly number[])[]> {
  const edges = await edgesOf(corpus.vectors, options.mayJoin ?? (() => true), options.breathe);
  const join = options.join ?? clusterTable.join;
  const grouping = createGrouping(corpus);
  for (let pass = 0; pass < clusterTable.passes; pass += 1) {
    let merged = 0;
    for (const edge of edges) {
      if (grouping.likeness(edge) < join || grouping.apart(edge)) continue;
      grouping.merge(edge);
      merged += 1;
      if (merged % 64 === 0) await options.breathe?.();
    }
    if (merged === 0) break;
  }
  return grouping.groups();
}

interface Grouping {
  /** Likeness of the groups an edge ties; 0 where they are one already. */
  likeness(edge: Edge): number;
  apart(edge: Edge): boolean;
  merge(edge: Edge): void;
  groups(): readonly (readonly number[])[];
}

interface Group {
  readonly members: number[];
  readonly sum: Map<string, number>;
  /** Squared length of `sum`. */
  length: number;
}

function createGrouping<T extends Comparable>(corpus: Corpus<T>): Grouping {
  const all: Group[] = corpus.vectors.map((vector, index) => ({
    members: [index],
    sum: new Map(vector),
    // The vectors of a corpus are of length 1, also where features were left out that no other has.
    length: vector.size === 0 ? 0 : 1,
  }));
  const owner = corpus.vectors.map((_, index) => index);
  const forbidden = new Set<string>();
  const { poles } = corpus.background;
  const empty: Group = { members: [], sum: new Map(), length: 0 };
  const at = (index: number) => all[owner[index] ?? index] ?? empty;
  return {
    likeness({ a, b }) {
      const [one, other] = [at(a), at(b)];
      if (one === other || one.length === 0 || other.length === 0) return 0;
      return dot(one.sum, other.sum) / Math.sqrt(one.length * other.length);
    },
    apart({ a, b }) {
      const [left, right] = [owner[a] ?? a, owner[b] ?? b];
      const key = left < right ? `${left} ${right}` : `${right} ${left}`;
      if (forbidden.has(key)) return true;
      const opposite =
        areOpposite(at(a).sum, at(b).sum, poles) ||
        areOpposite(corpus.vectors[a] ?? none, corpus.vectors[b] ?? none, poles);
      if (opposite) forbidden.add(key);
      return opposite;
    },
    merge({ a, b }) {
      const [one, other] = [at(a), at(b)];
      const [large, small] = one.members.length >= other.members.length ? [one, other] : [other, one];
      const kept = owner[large.members[0] ?? 0] ?? 0;
      large.length += small.length + 2 * dot(large.sum, small.sum);
      for (const member of small.members) {
        large.members.push(member);
        owner[member] = kept;
      }
      for (const [feature, weight] of small.sum) {
        large.sum.set(feature, (large.sum.get(feature) ?? 0) + weight);
      }
      small.sum.clear();
      trim(large.sum);
    },
    groups() {
      const byOwner = new Map<number, number[]>();
      owner.forEach((group, index) => {
        const list = byOwner.get(group);
        if (list === undefined) byOwner.set(group, [index]);
        else list.push(index);
      });
      return [...byOwner.values()].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
    },
  };
}

/** Keeps the sum of a very large group bounded: what few of its members say is no part of its theme. */
function trim(sum: Map<string, number>): void {
  if (sum.size <= clusterTable.theme * 2) return;
  const heavy = [...sum].sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]) || (a[0] < b[0] ? -1 : 1));
  for (const [feature] of heavy.slice(clusterTable.theme)) sum.delete(feature);
}

/**
 * Likeness of two groups by the sums of their vectors: the cosine, that is average linkage divided by how closely
 * each group holds together. What all members share adds up in the sum and what only one says fades, so a short
 * remark is compared with the theme and not with every turn of phrase.
 */
export function likenessOf(a: Vector, b: Vector): number {
  const length = Math.sqrt(dot(a, a) * dot(b, b));
  return length === 0 ? 0 : dot(a, b) / length;
}

const none: Vector = new Map();

/** The strongest edges of each memory, heaviest first; ties by position, so that the order is always the same. */
async function edgesOf(
  vectors: readonly Vector[],
  mayJoin: (a: number, b: number) => boolean,
  breathe?: () => Promise<void>,
): Promise<readonly Edge[]> {
  const most = Math.min(
    clusterTable.postings,
    Math.max(clusterTable.leastPostings, Math.round(clusterTable.lookups / vectors.length)),
  );
  const postings = new Map<string, number[]>();
  const edges: Edge[] = [];
  for (let index = 0; index < vectors.length; index += 1) {
    if (index % 64 === 0) await breathe?.();
    const vector = vectors[index] ?? none;
    const heavy = [...vector]
      .filter(([feature]) => !feature.startsWith('±'))
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, clusterTable.features);
    const scores = new Map<number, number>();
    for (const [feature, weight] of heavy) {
      const list = postings.get(feature);
      if (list === undefined) continue;
      for (let at = list.length - 1, read = 0; at >= 0 && read < most; at -= 1, read += 1) {
        const other = list[at] ?? 0;
        scores.set(other, (scores.get(other) ?? 0) + weight);
      }
    }
    const near = [...scores]
      .sort((a, b) => b[1] - a[1] || b[0] - a[0])
      .slice(0, vectors.length > clusterTable.many ? clusterTable.neighbours : clusterTable.neighbours * 2)
      .map(([other]) => ({ a: other, b: index, weight: dot(vector, vectors[other] ?? none) }))
      .filter(({ a, b, weight }) => weight >= clusterTable.edge && mayJoin(a, b))
      .sort((x, y) => y.weight - x.weight || y.a - x.a)
      .slice(0, clusterTable.neighbours);
    edges.push(...near);
    for (const [feature] of heavy) {
      const list = postings.get(feature);
      if (list === undefined) postings.set(feature, [index]);
      else list.push(index);
    }
  }
  return edges.sort((x, y) => y.weight - x.weight || x.a - y.a || x.b - y.b);
}
