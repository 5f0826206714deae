/** SNARC: surprise, novelty, arousal, reward, conflict, and their weighted mean. */
import type { Salience } from '../memory.ts';
import { arousalOf } from './arousal.ts';
import { conflictOf } from './conflict.ts';
import { noveltyOf } from './novelty.ts';
import { rewardOf } from './reward.ts';
import type { SalienceInput } from './signals.ts';
import { surpriseOf } from './surprise.ts';

export const salienceDimensions = ['surprise', 'novelty', 'arousal', 'reward', 'conflict'] as const;
export type SalienceDimension = (typeof salienceDimensions)[number];
/** Non-negative; only their proportions count. */
export type SalienceWeights = Readonly<Record<SalienceDimension, number>>;

export const equalWeights: SalienceWeights = { surprise: 1, novelty: 1, arousal: 1, reward: 1, conflict: 1 };

/** Below this novelty a lesson counts as said before. */
const knownAlready = 0.2;

export interface ScoredSalience {
  readonly salience: Salience;
  /** One readable reason per dimension that had something to say. */
  readonly reasons: readonly string[];
}

/** Scores one event. Values are rounded to three decimals, so that a score prints and stores the same. */
export function scoreSalience(input: SalienceInput, weights: SalienceWeights = equalWeights): ScoredSalience {
  const novelty = noveltyOf(input);
  const repeated = input.kind !== 'neither' && input.terms.length > 0 && novelty.value < knownAlready;
  const dimensions = {
    surprise: surpriseOf(input),
    novelty,
    arousal: arousalOf(input, repeated),
    reward: rewardOf(input),
    conflict: conflictOf(input),
  };
  let sum = 0;
  let mass = 0;
  const reasons: string[] = [];
  for (const name of salienceDimensions) {
    sum += dimensions[name].value * weights[name];
    mass += weights[name];
    const { reason } = dimensions[name];
    if (reason !== undefined) reasons.push(`${name}: ${reason}`);
  }
  return {
    salience: {
      surprise: round(dimensions.surprise.value),
      novelty: round(dimensions.novelty.value),
      arousal: round(dimensions.arousal.value),
      reward: round(dimensions.reward.value),
      conflict: round(dimensions.conflict.value),
      total: mass > 0 ? round(sum / mass) : 0,
    },
    reasons,
  };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
