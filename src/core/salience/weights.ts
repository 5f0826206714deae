/** How much each dimension of salience counts: equally, until nights have learned otherwise (`sleep/salienceLearning.ts`). */
import { tunables } from '../tunables.ts';
import { equalWeights, type SalienceDimension, type SalienceWeights, salienceDimensions } from './score.ts';

/** Fact: what nights have learned. */
export const weightsFact = 'salience.weights';

/** The weights out of the fact; equal ones where there are none. A value out of bounds counts as the nearest bound. */
export function weightsFrom(value: unknown): SalienceWeights {
  if (typeof value !== 'object' || value === null || !('weights' in value)) return equalWeights;
  const { weights } = value;
  if (typeof weights !== 'object' || weights === null) return equalWeights;
  const { lowest, highest } = tunables.salienceLearning;
  const read: Record<SalienceDimension, number> = { ...equalWeights };
  for (const name of salienceDimensions) {
    const weight: unknown = (weights as Readonly<Record<string, unknown>>)[name];
    if (typeof weight === 'number' && Number.isFinite(weight))
      read[name] = Math.min(highest, Math.max(lowest, weight));
  }
  return read;
}

/** The part of the total that a dimension makes, 0..1. */
export function shareOf(weights: SalienceWeights, name: SalienceDimension): number {
  return weights[name] / salienceDimensions.reduce((sum, one) => sum + weights[one], 0);
}
