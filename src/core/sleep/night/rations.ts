/**
 * How a night's work is shared out over its cycles: early cycles are mostly N3, late ones mostly REM, as in people
 * (slow-wave sleep is homeostatically front-loaded, REM grows towards the morning).
 */
import type { Stage } from '../phase.ts';

/** Share of the work at hand that a stage may take on in each cycle; beyond the last column, all of it. */
const shares: Readonly<Record<Stage, readonly number[]>> = {
  N1: [0.6, 0.8, 1],
  N2: [1],
  N3: [0.7, 0.9, 1],
  REM: [0.3, 0.6, 1],
};

/** Below this many pieces of work sharing out is not worth a further cycle. */
const atLeast: Readonly<Record<Stage, number>> = { N1: 40, N2: 0, N3: 12, REM: 6 };

/** How many of `total` pieces of work the stage takes on in this cycle: a whole number in 0..total. */
export function ration(stage: Stage, cycle: number, total: number): number {
  const share = shares[stage][cycle] ?? 1;
  return Math.min(total, Math.max(atLeast[stage], Math.ceil(total * share)));
}
