/** Whether two vectors ask for opposite things in the same words. */
import { dot, isStance, type Vector } from './vector.ts';

export const oppositionTable = {
  /** Of a shared term: what counts for being shared, and what for having the same sign. */
  unsigned: 0.4,
  signed: 0.6,
  /** Opposite: shared mass at least this, signed agreement at most that. */
  oppositeShared: 0.3,
  oppositeSigned: -0.12,
  /** … or, however much they agree on beside it, this much is wanted by the one and turned down by the other, and vice versa. */
  swapped: 0.06,
  /** At opposite poles: share of each vector that is about poles at least this, cosine over them at most that. */
  poleMass: 0.015,
  poleSigned: -0.3,
} as const;

export interface Agreement {
  readonly shared: number;
  readonly signed: number;
  /** Share of the smaller stance that changes sides both ways, 0..½: what one wants and the other turns down, and the reverse. */
  readonly swapped: number;
  readonly dot: number;
}

/**
 * Shared stance mass (0..1) and the agreement of its signs (−1..1), each relative to the smaller stance; and the dot
 * product, which comes of the same walk.
 */
export function agreementOf(a: Vector, b: Vector): Agreement {
  const [left, right] = [a.ids, b.ids];
  const [n, m] = [left.length, right.length];
  let [i, j, shared, signed, sum, given, taken] = [0, 0, 0, 0, 0, 0, 0];
  while (i < n && j < m) {
    const one = left[i] as number;
    const other = right[j] as number;
    if (one === other) {
      const both = (a.plain[i] as number) * (b.plain[j] as number);
      const agreed = (a.signed[i] as number) * (b.signed[j] as number);
      sum += both + agreed;
      if (isStance(one)) {
        shared += both;
        signed += agreed;
        if (agreed < 0) {
          if ((a.signed[i] as number) > 0) given -= agreed;
          else taken -= agreed;
        }
      }
      i += 1;
      j += 1;
    } else if (one < other) i += 1;
    else j += 1;
  }
  if (shared === 0) return { shared: 0, signed: 0, swapped: 0, dot: sum };
  const mass = Math.min(stanceMass(a), stanceMass(b));
  return {
    shared: shared / mass,
    signed: (signed / mass) * (oppositionTable.unsigned / oppositionTable.signed),
    swapped: (Math.min(given, taken) / mass) * (oppositionTable.unsigned / oppositionTable.signed),
    dot: sum,
  };
}

function stanceMass({ ids, plain }: Vector): number {
  let mass = 0;
  for (let at = 0; at < ids.length; at += 1)
    if (isStance(ids[at] as number)) mass += (plain[at] as number) ** 2;
  return mass;
}

/**
 * Do two vectors (or sums of vectors) ask for opposite things in the same words? `poles` are features of which it is
 * known that their owner sets them against each other: about those, a clear disagreement is enough.
 */
export function areOpposite(a: Vector, b: Vector, poles?: ReadonlySet<number>): boolean {
  if (disagree(agreementOf(a, b))) return true;
  return poles !== undefined && poles.size > 0 && areAtOppositePoles(a, b, poles);
}

/** So much in common, and so little agreed upon: opposite. */
export const disagree = ({ shared, signed, swapped }: Omit<Agreement, 'dot'>) =>
  shared >= oppositionTable.oppositeShared &&
  (signed <= oppositionTable.oppositeSigned || swapped >= oppositionTable.swapped);

/** What a vector says about the poles, and the sum of its squares; undefined where that is next to nothing. */
interface Polar {
  readonly signed: Float32Array;
  readonly mass: number;
}

interface Poles {
  /** Ascending, as the features of a vector. */
  readonly ids: Uint32Array;
  /** A vector is compared with many. */
  readonly known: WeakMap<Vector, Polar | 'none'>;
}

const read = new WeakMap<ReadonlySet<number>, Poles>();

function polesOf(poles: ReadonlySet<number>): Poles {
  const before = read.get(poles);
  if (before !== undefined) return before;
  const made: Poles = { ids: Uint32Array.from(poles).sort(), known: new WeakMap() };
  read.set(poles, made);
  return made;
}

function polarOf(vector: Vector, { ids, known }: Poles): Polar | undefined {
  const before = known.get(vector);
  if (before !== undefined) return before === 'none' ? undefined : before;
  let signed: Float32Array | undefined;
  let mass = 0;
  for (let at = 0, pole = 0; at < vector.ids.length && pole < ids.length; ) {
    const [here, there] = [vector.ids[at] as number, ids[pole] as number];
    if (here === there) {
      const value = vector.signed[at] as number;
      signed ??= new Float32Array(ids.length);
      signed[pole] = value;
      mass += value * value;
    }
    if (here <= there) at += 1;
    if (there <= here) pole += 1;
  }
  const polar =
    signed === undefined || mass === 0 || mass < oppositionTable.poleMass * dot(vector, vector)
      ? undefined
      : { signed, mass };
  known.set(vector, polar ?? 'none');
  return polar;
}

function areAtOppositePoles(a: Vector, b: Vector, set: ReadonlySet<number>): boolean {
  const poles = polesOf(set);
  const left = polarOf(a, poles);
  if (left === undefined) return false;
  const right = polarOf(b, poles);
  if (right === undefined) return false;
  let agreement = 0;
  for (let at = 0; at < left.signed.length; at += 1)
    agreement += (left.signed[at] as number) * (right.signed[at] as number);
  return agreement < 0 && agreement <= oppositionTable.poleSigned * Math.sqrt(left.mass * right.mass);
}
