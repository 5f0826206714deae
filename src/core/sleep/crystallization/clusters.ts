/**
 * Groups of memories that say the same thing. Theme linkage over a sparse graph of near neighbours: never all
 * pairs. Two memories that ask for opposite things are never in one group, however many words they share.
 */
import { append } from '../../lists.ts';
import { breathingSteps, eachStep, type Steps } from '../../steps.ts';
import type { Background } from '../../text/background.ts';
import { areOpposite } from '../../text/opposition.ts';
import type { Vectors } from '../../text/similarity.ts';
import { dot, emptyVector, isEmpty, plus, type Vector } from '../../text/vector.ts';
import { type Edges, nearNeighbours } from './neighbours.ts';

export const clusterTable = {
  /** Likeness of their themes at which two groups become one. */
  join: 0.24,
  /** What is added to it by the share of meaning in the vectors: by that, all wishes of one project are a little alike. */
  meant: 0.42,
  /**
   * Some memories are near to many (everyday words), some to hardly any (a long message about several things): the
   * likeness asked of two groups scales with how near the near ones of their members are (local scaling, after
   * Zelnik-Manor & Perona 2004), down to this share of `join`; from `near` on all of it is asked.
   */
  leastJoin: 0.85,
  near: 0.35,
  nearest: 3,
  /** Sums of several vectors are less noisy, so two themes are nearer than two remarks: `join` grows by this a doubling. */
  doubling: 0.15,
  /** A theme of many is near to much that only mentions its things: as much more is asked a doubling of the larger. */
  crowd: 0.04,
  passes: 4,
  /** Features kept of the sum of a large group. */
  theme: 600,
} as const;

export interface ClusterOptions {
  readonly breathe?: () => Promise<void>;
  readonly join?: number;
}

/** What is grouped, and against what it is held. */
export interface Grouped {
  readonly vectors: Vectors;
  readonly background: Pick<Background, 'poles'>;
}

/** Positions of the vectors in groups, each group and the list in order of first member; single ones included. */
export async function clustersOf(
  grouped: Grouped,
  options: ClusterOptions = {},
): Promise<readonly (readonly number[])[]> {
  return groupAlong(grouped, await nearNeighbours(grouped.vectors, options.breathe), options);
}

/** The same over known edges, and only among the positions of which `isIn` says so. */
export async function groupAlong(
  grouped: Grouped,
  edges: Edges,
  options: ClusterOptions & { readonly isIn?: (at: number) => boolean } = {},
): Promise<readonly (readonly number[])[]> {
  const { isIn = () => true, breathe, join = joinOf(grouped.vectors) } = options;
  const grouping = await breathingSteps(createGrouping(grouped, edges), breathe ?? atOnce);
  for (let pass = 0; pass < clusterTable.passes; pass += 1) {
    let merged = 0;
    for (let edge = 0; edge < edges.size; edge += 1) {
      if (edge % 64 === 0) await breathe?.();
      const [a, b] = [edges.a[edge] as number, edges.b[edge] as number];
      if (!isIn(a) || !isIn(b) || !grouping.changedSince(pass - 1, a, b)) continue;
      if (!grouping.alike(a, b, edges.weight[edge] as number, join) || grouping.apart(a, b)) continue;
      grouping.merge(a, b, pass);
      merged += 1;
    }
    if (merged === 0) break;
  }
  return breathingSteps(grouping.groups(isIn), breathe ?? atOnce);
}

/** Likeness asked of the first two, by how much the meaning of their words counts in it: the same in all vectors that have any. */
function joinOf(vectors: Vectors): number {
  for (let at = 0; at < vectors.size; at += 1) {
    const { meaning } = vectors.at(at);
    if (meaning.length === 0) break;
    const share = meaning.reduce((sum, value) => sum + value * value, 0);
    if (share > 0) return clusterTable.join + clusterTable.meant * share;
  }
  return clusterTable.join;
}

const atOnce = async (): Promise<void> => undefined;

/** Edges that are counted between two breaths. */
const stride = 16_384;

/** Mean likeness of each memory to its few nearest. */
function* nearnessOf(memories: number, edges: Edges): Steps<Float32Array> {
  const sums = new Float32Array(memories);
  const counts = new Uint8Array(memories);
  for (let edge = 0; edge < edges.size; edge += 1) {
    if (edge % stride === 0) yield;
    for (const at of [edges.a[edge] as number, edges.b[edge] as number]) {
      if ((counts[at] as number) >= clusterTable.nearest) continue;
      counts[at] = (counts[at] as number) + 1;
      sums[at] = (sums[at] as number) + (edges.weight[edge] as number);
    }
  }
  return sums.map((sum) => sum / clusterTable.nearest);
}

interface Group {
  /** Summed nearness of the members. */
  near: number;
  readonly members: number[];
  sum: Vector;
  /** Squared length of `sum`. */
  length: number;
  /** The last pass in which it grew. */
  grown: number;
}

/** Edges keep their weight in single precision: so near to a bound it does not tell, and the likeness is worked out. */
const rounding = 1e-6;

/** The share of `join` that two groups need. */
function askedOf(one: Group, other: Group): number {
  const [small, large] =
    one.members.length < other.members.length
      ? [one.members.length, other.members.length]
      : [other.members.length, one.members.length];
  const mean = Math.sqrt((one.near / one.members.length) * (other.near / other.members.length));
  const { near, leastJoin, doubling, crowd } = clusterTable;
  return (
    Math.min(1, Math.max(leastJoin, mean / near)) *
    (1 + doubling * Math.log2(small)) *
    (1 + crowd * Math.log2(large))
  );
}

interface Grouping {
  /** Is there anything new about this edge after pass `pass`? */
  changedSince(pass: number, a: number, b: number): boolean;
  /** Are the groups an edge of this weight ties two, and as alike as is asked of them? `join` is the same for all. */
  alike(a: number, b: number, weight: number, join: number): boolean;
  apart(a: number, b: number): boolean;
  merge(a: number, b: number, pass: number): void;
  /** Each group and the list in order of first member. */
  groups(isIn: (at: number) => boolean): Steps<readonly (readonly number[])[]>;
}

function* createGrouping({ vectors, background: { poles } }: Grouped, edges: Edges): Steps<Grouping> {
  const nearness = yield* nearnessOf(vectors.size, edges);
  const all: Group[] = [];
  const owner = new Int32Array(vectors.size);
  yield* eachStep(owner, (_, index) => {
    const sum = vectors.at(index);
    owner[index] = index;
    all.push({
      members: [index],
      near: nearness[index] as number,
      sum,
      // The vectors of a corpus are of length 1, also where features were left out that no other has.
      length: isEmpty(sum) ? 0 : 1,
      grown: -1,
    });
  });
  const forbidden = new Set<number>();
  /* Two groups are tied by many edges: how many members they had when they were found not to be alike enough. */
  const unlike = new Map<number, number>();
  const keyOf = (a: number, b: number) => {
    const [left, right] = [owner[a] as number, owner[b] as number];
    return left < right ? left * all.length + right : right * all.length + left;
  };
  const groupAt = (index: number) => all[owner[index] as number] as Group;
  return {
    changedSince(pass: number, a: number, b: number): boolean {
      return pass < 0 || groupAt(a).grown >= pass || groupAt(b).grown >= pass;
    },
    alike(a: number, b: number, weight: number, join: number): boolean {
      const [one, other] = [groupAt(a), groupAt(b)];
      if (one === other || one.length === 0 || other.length === 0) return false;
      const bound = join * askedOf(one, other);
      const size = one.members.length + other.members.length;
      if (size === 2 && Math.abs(weight - bound) > rounding) return weight > bound;
      const key = keyOf(a, b);
      /* A group changes by growing only. */
      if (unlike.get(key) === size) return false;
      if (dot(one.sum, other.sum) / Math.sqrt(one.length * other.length) >= bound) return true;
      unlike.set(key, size);
      return false;
    },
    apart(a: number, b: number): boolean {
      const key = keyOf(a, b);
      if (forbidden.has(key)) return true;
      const [one, other] = [groupAt(a), groupAt(b)];
      const opposite =
        areOpposite(one.sum, other.sum, poles) ||
        // Two single ones have been compared by this.
        (one.members.length + other.members.length > 2 && areOpposite(vectors.at(a), vectors.at(b), poles));
      if (opposite) forbidden.add(key);
      return opposite;
    },
    merge(a: number, b: number, pass: number): void {
      const [one, other] = [groupAt(a), groupAt(b)];
      const [large, small] = one.members.length >= other.members.length ? [one, other] : [other, one];
      const kept = owner[large.members[0] as number] as number;
      large.length += small.length + 2 * dot(large.sum, small.sum);
      for (const member of small.members) {
        large.members.push(member);
        owner[member] = kept;
      }
      // What few members of a very large group say is no part of its theme.
      large.sum = plus(large.sum, small.sum, clusterTable.theme);
      large.near += small.near;
      large.grown = pass;
      small.sum = emptyVector;
    },
    *groups(isIn: (at: number) => boolean): Steps<readonly (readonly number[])[]> {
      const byOwner = new Map<number, number[]>();
      yield* eachStep(owner, (_, index) => {
        if (!isIn(index)) return;
        const group = owner[index] as number;
        append(byOwner, group, index);
      });
      return [...byOwner.values()];
    },
  };
}
