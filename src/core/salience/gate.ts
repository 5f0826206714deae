/**
 * The gate: what is salient enough, against the run of ordinary events, to become an episode. Adaptive, and harder
 * to pass the fuller the buffer of what was not slept on yet. Its state is a plain value that the caller keeps.
 */

export interface GateState {
  /** Exponentially weighted mean and variance of the salience of all user messages. */
  readonly mean: number;
  readonly variance: number;
  /** Events seen, ≥ 0. */
  readonly count: number;
}

/** Table of the gate: share of a new event in the running mean, k of k·σ, floor and ceiling of the threshold, rise when the buffer is full. */
export const gateTable = {
  share: 0.02,
  k: 0.5,
  floor: 0.2,
  ceiling: 0.36,
  rise: 0.06,
  bufferFull: 400,
} as const;

export const initialGate: GateState = { mean: 0.25, variance: 0.01, count: 0 };

/** The state after one more event. Early events count by their number, later ones by the fixed share. */
export function withEvent(state: GateState, salience: number): GateState {
  const share = Math.max(gateTable.share, 1 / (state.count + 10));
  const difference = salience - state.mean;
  const mean = state.mean + share * difference;
  const variance = (1 - share) * (state.variance + share * difference * difference);
  return { mean, variance, count: state.count + 1 };
}

/** Salience needed now, with `unslept` episodes waiting for sleep. */
export function threshold(state: GateState, unslept: number): number {
  const fullness = Math.max(0, Math.min(1, unslept / gateTable.bufferFull));
  const base = state.mean + gateTable.k * Math.sqrt(state.variance);
  return Math.max(gateTable.floor, Math.min(gateTable.ceiling, base)) + gateTable.rise * fullness * fullness;
}

/**
 * Whether an event passes. `certain` events (said outright as lasting, or without doubt a correction or decision)
 * always do: a lesson said for the fifth time is not new any more, and just that makes it worth keeping.
 */
export function passes(state: GateState, salience: number, unslept: number, certain: boolean): boolean {
  return certain || salience >= threshold(state, unslept);
}

/** A stored state, or the initial one if what was stored is not one. */
export function gateFrom(value: unknown): GateState {
  if (typeof value !== 'object' || value === null) return initialGate;
  const { mean, variance, count } = value as Record<string, unknown>;
  const fits = (entry: unknown): entry is number =>
    typeof entry === 'number' && Number.isFinite(entry) && entry >= 0;
  return fits(mean) && mean <= 1 && fits(variance) && fits(count) ? { mean, variance, count } : initialGate;
}
