/**
 * How good a dream is: `.5 novelty + .3 utility + .2 surprise` (weights in `tunables.dream`), each in 0..1.
 *
 * - novelty = 1 − likeness of the two lessons' words, less where the two projects are already tied by insights:
 *   × 1 / (1 + ties/4).
 * - utility = √(worth(a) × worth(b)) × reach, worth = mean of strength now, salience and confidence, and
 *   reach = h / (h + 1) for h other episodes of the two projects that have the shared structure.
 * - surprise = mean rarity of the shared structural features, rarity(f) = ln(n / count(f)) / ln(n) over all lessons.
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

export function scoreDream(parts: {
  readonly a: Memory;
  readonly b: Memory;
  readonly wordLikeness: number;
  readonly ties: number;
  readonly helped: number;
  readonly shared: readonly string[];
  readonly background: StructureBackground;
  readonly now: number;
}): DreamScore {
  const { a, b, background, now } = parts;
  const worth = (memory: Memory) =>
    (effectiveStrength(memory, now) + memory.salience.total + memory.confidence) / 3;
  const novelty = clamp(1 - parts.wordLikeness) / (1 + parts.ties / 4);
  const utility = clamp(Math.sqrt(worth(a) * worth(b)) * (parts.helped / (parts.helped + 1)));
  const rarities = parts.shared.map((feature) => structureRarity(background, feature));
  const surprise =
    rarities.length === 0 ? 0 : clamp(rarities.reduce((sum, value) => sum + value, 0) / rarities.length);
  const weights = tunables.dream;
  return {
    novelty,
    utility,
    surprise,
    total: weights.novelty * novelty + weights.utility * utility + weights.surprise * surprise,
  };
}

const clamp = (value: number) => Math.min(1, Math.max(0, value));
