/**
 * How good a dream is: `.5 novelty + .3 utility + .2 surprise` (weights in `tunables.dream`), each in 0..1.
 *
 * - novelty = (1 − √(words / most words)) × (1 − roles / 2) × (1 − known) / (1 + told): `words` is the likeness of the
 *   two lessons (a squared measure, hence the root), `known` how nearly a rule at the one home says the other's lesson,
 *   `roles` the share of the kinds of things that both are about (Jaccard): an analogy from far away is newer than one
 *   next door; `told` counts earlier insights of the same relation, those between the same two homes twice.
 * - utility = (1 − 2^(−h/2)) × (½ + ½ √(worth(a) × worth(b))): h other episodes of the two homes that the pair's lessons
 *   speak to, worth = mean of strength now, salience and confidence.
 * - surprise = ln(n / r) / ln(n): r of all n pairs between homes have a structure in common at least as strong. It is
 *   the information in such a match, against the base rate, on a scale from any pair (0) to the only one (1).
 */
import { effectiveStrength, type Memory } from '../memory.ts';
import { tunables } from '../tunables.ts';
import type { Structure } from './dreamStructure.ts';

export interface DreamScore {
  readonly novelty: number;
  readonly utility: number;
  readonly surprise: number;
  readonly total: number;
}

/** Counts of structural features over all lessons. */
export interface StructureBackground {
  readonly lessons: number;
  readonly counts: ReadonlyMap<string, number>;
}

export function structureBackground(structures: readonly Structure[]): StructureBackground {
  const counts = new Map<string, number>();
  for (const { features } of structures) {
    for (const feature of features.keys()) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  return { lessons: structures.length, counts };
}

/** 0 for what every lesson has, 1 for what only one has. */
export function structureRarity(background: StructureBackground, feature: string): number {
  const { lessons, counts } = background;
  return lessons < 2 ? 1 : Math.log(lessons / (counts.get(feature) ?? 1)) / Math.log(lessons);
}

/** Likeness of two structures, 0..1: cosine over features weighted by √rarity. */
export function structuralLikeness(a: Structure, b: Structure, background: StructureBackground): number {
  const weigh = (feature: string, weight: number) =>
    weight * weight * (0.15 + structureRarity(background, feature));
  let shared = 0;
  let [left, right] = [0, 0];
  for (const [feature, weight] of a.features) {
    left += weigh(feature, weight);
    const other = b.features.get(feature);
    if (other !== undefined) shared += weight * other * (0.15 + structureRarity(background, feature));
  }
  for (const [feature, weight] of b.features) right += weigh(feature, weight);
  return left === 0 || right === 0 ? 0 : Math.min(1, shared / Math.sqrt(left * right));
}

/** The shape of a lesson without its relation: which kinds of things it is about. */
export function sharedRoles(a: Structure, b: Structure): number {
  const rolesOf = ({ features }: Structure) =>
    new Set([...features.keys()].filter((feature) => /^[a-z]/.test(feature)));
  const [one, other] = [rolesOf(a), rolesOf(b)];
  const both = [...one].filter((role) => other.has(role)).length;
  const all = one.size + other.size - both;
  return all === 0 ? 0 : both / all;
}

export function scoreDream(parts: {
  readonly a: Memory;
  readonly b: Memory;
  /** Likeness of words as a share of the most that is still an analogy. */
  readonly words: number;
  readonly roles: number;
  readonly known: number;
  readonly told: number;
  readonly helped: number;
  /** How many of `pairs` pairs are at least as alike in structure, this one included. */
  readonly rank: number;
  readonly pairs: number;
  readonly now: number;
}): DreamScore {
  const { a, b, now } = parts;
  const worth = (memory: Memory) =>
    clamp((effectiveStrength(memory, now) + memory.salience.total + memory.confidence) / 3);
  const novelty =
    ((1 - Math.sqrt(clamp(parts.words))) * (1 - clamp(parts.roles) / 2) * (1 - clamp(parts.known))) /
    (1 + parts.told);
  const utility = (1 - 2 ** (-parts.helped / 2)) * (0.5 + 0.5 * Math.sqrt(worth(a) * worth(b)));
  const surprise =
    parts.pairs < 2 ? 1 : clamp(Math.log(parts.pairs / Math.max(1, parts.rank)) / Math.log(parts.pairs));
  const weights = tunables.dream;
  return {
    novelty,
    utility,
    surprise,
    total: weights.novelty * novelty + weights.utility * utility + weights.surprise * surprise,
  };
}

const clamp = (value: number) => Math.min(1, Math.max(0, value));
