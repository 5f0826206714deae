/** Surprise: this kind of event was unlikely after the previous one in this project. */
import { clamp01, type Dimension, type EventKind, type SalienceInput, type Transitions } from './signals.ts';

/** Virtual counts per kind before anything was seen: most messages are routine. Shares as in labelled sessions. */
const prior: Readonly<Record<EventKind, number>> = {
  neither: 6,
  correction: 1.5,
  decision: 1,
  preference: 0.5,
  fix: 0.5,
  outcome: 0.5,
};
const priorTotal = Object.values(prior).reduce((sum, count) => sum + count, 0);

/** `1 − P(kind | previous kind)` with additive smoothing by the prior. */
export function surpriseOf(input: Pick<SalienceInput, 'kind' | 'previousKind' | 'transitions'>): Dimension {
  const row = input.transitions[input.previousKind ?? 'start'] ?? {};
  const total = Object.values(row).reduce((sum, count) => sum + count, 0);
  const probability = ((row[input.kind] ?? 0) + prior[input.kind]) / (total + priorTotal);
  const value = clamp01(1 - probability);
  return value >= 0.7
    ? { value, reason: `a ${input.kind} was unlikely here (${Math.round(probability * 100)} %)` }
    : { value };
}

/** The counts after one more step. Halved when they grow large, so that old habits fade. */
export function withTransition(
  transitions: Transitions,
  previous: EventKind | undefined,
  kind: EventKind,
): Transitions {
  const before = previous ?? 'start';
  const row = { ...transitions[before], [kind]: (transitions[before]?.[kind] ?? 0) + 1 };
  const total = Object.values(row).reduce((sum, count) => sum + count, 0);
  const kept =
    total > 400 ? Object.fromEntries(Object.entries(row).map(([name, count]) => [name, count / 2])) : row;
  return { ...transitions, [before]: kept };
}
