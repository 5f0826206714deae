/** Whether two vectors ask for opposite things in the same words. */
import { dot, isStance, signedAt, type Vector } from './vector.ts';

export const oppositionTable = {
  /** Of a shared term: what counts for being shared, and what for having the same sign. */
  unsigned: 0.4,
  signed: 0.6,
  /** Opposite: shared mass at least this, signed agreement at most that. */
  oppositeShared: 0.3,
  oppositeSigned: -0.12,
  /** At opposite poles: share of each vector that is about poles at least this, cosine over them at most that. */
  poleMass: 0.015,
  poleSigned: -0.3,
} as const;

/** Shared stance mass (0..1) and the agreement of its signs (−1..1), each relative to the smaller stance. */
export function agreementOf(a: Vector, b: Vector): { readonly shared: number; readonly signed: number } {
  let [i, j, shared, signed] = [0, 0, 0, 0];
  while (i < a.ids.length && j < b.ids.length) {
    const one = a.ids[i] as number;
    const other = b.ids[j] as number;
    if (one === other) {
      if (isStance(one)) {
        shared += (a.plain[i] as number) * (b.plain[j] as number);
        signed += (a.signed[i] as number) * (b.signed[j] as number);
      }
      i += 1;
      j += 1;
    } else if (one < other) i += 1;
    else j += 1;
  }
  if (shared === 0) return { shared: 0, signed: 0 };
  const mass = Math.min(stanceMass(a), stanceMass(b));
  return {
    shared: shared / mass,
    signed: (signed / mass) * (oppositionTable.unsigned / oppositionTable.signed),
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
  const { shared, signed } = agreementOf(a, b);
  if (shared >= oppositionTable.oppositeShared && signed <= oppositionTable.oppositeSigned) return true;
  return poles !== undefined && poles.size > 0 && areAtOppositePoles(a, b, poles);
}

function areAtOppositePoles(a: Vector, b: Vector, poles: ReadonlySet<number>): boolean {
  let [agreement, left, right] = [0, 0, 0];
  for (const id of poles) {
    const one = signedAt(a, id);
    const other = signedAt(b, id);
    agreement += one * other;
    left += one * one;
    right += other * other;
  }
  if (agreement >= 0) return false;
  const mass = Math.sqrt(left * right);
  const least = oppositionTable.poleMass;
  return (
    left >= least * dot(a, a) && right >= least * dot(b, b) && agreement <= oppositionTable.poleSigned * mass
  );
}
