/**
 * How good a dream is: `.5 novelty + .3 utility + .2 surprise` (weights in `tunables.dream`), each in 0..1.
 *
 * - novelty = (1 − √words / 2) × (1 − roles / 4) × (1 − known) / (1 + told): `words` is the likeness of the two lessons
 *   (a squared measure, hence the root) and `roles` the share of kinds of things both are about (Jaccard): an analogy
 *   from far away is newer than one next door. `known` says how nearly a rule of the place that is to learn says it
 *   already, `told` counts earlier insights of the same schema.
 * - utility = (1 − 2^(−h/2)) × (½ + ½ √(worth(a) × worth(b))): h held-out episodes that the lesson would have helped,
 *   worth = mean of strength now, salience and confidence.
 * - surprise = ln(n / s) / ln(n): s of all n lessons show the schema. It is the information in meeting it, on a scale
 *   from what every lesson shows (0) to what only one does (1).
 */
import { effectiveStrength, type Memory } from '../../memory.ts';
import { tunables } from '../../tunables.ts';

export interface DreamScore {
  readonly novelty: number;
  readonly utility: number;
  readonly surprise: number;
  readonly total: number;
}

export interface DreamParts {
  readonly a: Memory;
  readonly b: Memory;
  /** Likeness of words, 0..1. */
  readonly words: number;
  readonly roles: number;
  readonly known: number;
  readonly told: number;
  readonly helped: number;
  /** How many lessons show the schema, and how many there are. */
  readonly showing: number;
  readonly lessons: number;
  readonly now: number;
}

export function scoreDream(parts: DreamParts): DreamScore {
  const { a, b, lessons, now } = parts;
  const worth = (memory: Memory) =>
    clamp((effectiveStrength(memory, now) + memory.salience.total + memory.confidence) / 3);
  const novelty =
    ((1 - Math.sqrt(clamp(parts.words)) / 2) * (1 - clamp(parts.roles) / 4) * (1 - clamp(parts.known))) /
    (1 + parts.told);
  const utility = (1 - 2 ** (-parts.helped / 2)) * (0.5 + 0.5 * Math.sqrt(worth(a) * worth(b)));
  const surprise =
    lessons < 2 ? 1 : clamp(Math.log(lessons / Math.max(1, parts.showing)) / Math.log(lessons));
  const weights = tunables.dream;
  return {
    novelty,
    utility,
    surprise,
    total: weights.novelty * novelty + weights.utility * utility + weights.surprise * surprise,
  };
}

const clamp = (value: number) => Math.min(1, Math.max(0, value));
