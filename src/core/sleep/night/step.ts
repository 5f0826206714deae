/** One phase of a night as the cycle runs it: what it is given, and what becomes of one that fails. */
import { ReverieError } from '../../errors.ts';
import type { NightId } from '../../memory.ts';
import type { Log } from '../../ports.ts';
import type { Change, PhaseContext, PhaseName, PhaseResult, SleepPhase, SleepSnapshot } from '../phase.ts';
import { TimeUsedUp } from './breath.ts';
import { cueOf } from './cue.ts';
import type { SleepDeps, SleepOptions } from './order.ts';
import { createRandom } from './random.ts';

interface Step {
  readonly id: NightId;
  readonly number: number;
  /** When the night began, also where it was interrupted since. */
  readonly startedAt: number;
  readonly cycle: number;
  readonly now: number;
  readonly seed: string;
  readonly phase: PhaseName;
  readonly nightLong: object;
  readonly breathe: () => Promise<void>;
}

/** All that a phase may know besides its snapshot. */
export function contextOf(deps: SleepDeps, options: SleepOptions, step: Step): PhaseContext {
  const random = deps.random ?? createRandom;
  return {
    night: step.id,
    number: step.number,
    cycle: step.cycle,
    now: step.now,
    /*
     * A sequence of its own for each step: a resumed night draws what an unbroken one would have drawn, and with the
     * same seed it draws the same however many nights there were before.
     */
    random: random([step.seed, String(step.startedAt), String(step.cycle), step.phase].join('/')),
    ids: deps.ids,
    tokenizer: deps.tokenizer,
    inScope: cueOf(options.scope),
    instructions: options.instructions ?? [],
    approval: options.approval ?? 'balanced',
    nightLong: step.nightLong,
    limited: options.budgetSeconds !== undefined,
    breathe: step.breathe,
  };
}

/** A phase that fails loses its own work, not the night: it is reported and the others go on. */
export async function runPhase(
  phase: SleepPhase,
  snapshot: SleepSnapshot,
  context: PhaseContext,
  log: Log,
): Promise<PhaseResult> {
  try {
    return await phase.run(snapshot, context);
  } catch (error) {
    if (error instanceof TimeUsedUp || ReverieError.is(error)) throw error;
    /* Name and place only: the message of an unforeseen error could quote the user. */
    const place =
      error instanceof Error
        ? (error.stack ?? '').split('\n').find((line) => /^\s+at /.test(line))
        : undefined;
    log.error(
      `Sleep phase ${phase.name} failed: ${error instanceof Error ? error.name : typeof error}${place ?? ''}`,
    );
    const changes: readonly Change[] = [];
    return {
      changes,
      report: {
        read: 0,
        detail: 'This phase failed and changed nothing; the log says where.',
        measures: { crashed: 1 },
      },
    };
  }
}
