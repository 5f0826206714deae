/**
 * One night: takes the lease and a snapshot, goes through its course (`night/course.ts`) or, where nothing has happened
 * since the last, tells so; and lets go what is old. Whatever stops it, the next sleep goes on with what is left.
 */
import { ReverieError } from '../errors.ts';
import { breathingSteps } from '../steps.ts';
import { tunables } from '../tunables.ts';
import { createBreath, realPace, TimeUsedUp } from './night/breath.ts';
import { type Bounds, Course } from './night/course.ts';
import { type Opening, openNight, recollect } from './night/opening.ts';
import type { SleepDeps, SleepOptions } from './night/order.ts';
import { quietStages } from './night/quiet.ts';
import { createMorning, type Morning } from './night/report.ts';
import { orderSteps, type Picture, pictureSteps } from './night/snapshot.ts';
import type { Lease } from './night/store.ts';
import type { NightReport, PhaseReport, SleepPhase, SleepSnapshot } from './phase.ts';
import { selectPhases, sleepPhases } from './phases.ts';

/** A lease is stale after so long without a heartbeat. Long enough for the largest single commit. */
const leaseMs = 90_000;

/**
 * Sleeps. Answers the morning's report; its state is `interrupted` if `signal` stopped the night (what was committed
 * until then stays). Throws `already-asleep` if another sleeper holds the lease, `invalid-input` for unknown phases.
 */
export async function sleepOneNight(deps: SleepDeps, options: SleepOptions): Promise<NightReport> {
  const phases = selectPhases(deps.phases ?? sleepPhases, options.phases);
  if (options.dryRun === true) return spendNight(deps, options, phases, undefined);
  const lease = await deps.sleep.acquireLease(options.owner, deps.clock.now(), leaseMs);
  if (lease === undefined)
    throw new ReverieError('already-asleep', 'Another window is asleep on this memory already.');
  try {
    return await spendNight(deps, options, phases, lease);
  } finally {
    await lease.release();
  }
}

/** Without a lease nothing is written. */
async function spendNight(
  deps: SleepDeps,
  options: SleepOptions,
  phases: readonly SleepPhase[],
  lease: Lease | undefined,
): Promise<NightReport> {
  const bounds = boundsOf(deps, options, lease);
  const opening = await openNight(deps, options, phases, bounds.isTrial);
  const { id, number, startedAt } = opening;
  const morning = createMorning({ id, number, startedAt });
  if (opening.settled !== undefined) return spendQuietNight(deps, options, phases, opening, morning);
  const { sleep, clock } = deps;
  const { breathe, isTrial } = bounds;
  const { interrupted } = opening;
  let done: ReadonlyMap<string, PhaseReport> = new Map();
  if (interrupted !== undefined)
    try {
      done = await recollect(interrupted, sleep, morning, options.signal);
    } catch (error) {
      /* Nothing was done, and not all is known that was: it stays as it was broken off. */
      if (ReverieError.is(error, 'aborted')) return { ...interrupted.report, state: 'interrupted' };
      throw error;
    }
  let snapshot: SleepSnapshot;
  let picture: Picture;
  try {
    const seen = await sleep.snapshot(opening.now, options.signal);
    snapshot = await breathingSteps(orderSteps(seen), breathe);
    picture = await breathingSteps(pictureSteps(snapshot), breathe);
  } catch (error) {
    if (!(error instanceof TimeUsedUp) && !ReverieError.is(error, 'aborted')) throw error;
    const state = error instanceof TimeUsedUp ? 'complete' : 'interrupted';
    const report = morning.report(state, clock.now(), () => undefined, undefined);
    if (!isTrial) await sleep.finishNight(id, state, report, report.finishedAt);
    return report;
  }
  const begun = { phases, opening, morning, done, snapshot, picture };
  const report = await new Course(deps, options, bounds, begun).run();
  if (!isTrial) await letGo(deps, options);
  return report;
}

function boundsOf(deps: SleepDeps, options: SleepOptions, lease: Lease | undefined): Bounds {
  const { pace = realPace } = deps;
  const { budgetSeconds, signal } = options;
  const deadline =
    budgetSeconds === undefined ? Number.POSITIVE_INFINITY : pace.elapsed() + budgetSeconds * 1000;
  const breathe = createBreath({
    pace,
    heartbeatMs: leaseMs / 6,
    deadline,
    ...(signal === undefined ? {} : { signal }),
    ...(lease === undefined ? {} : { heartbeat: () => lease.heartbeat() }),
  });
  return { pace, deadline, breathe, isTrial: lease === undefined };
}

/** The night writes its hypnogram without looking at the memory: nothing has happened since the last. */
async function spendQuietNight(
  deps: SleepDeps,
  options: SleepOptions,
  phases: readonly SleepPhase[],
  { id, now, settled }: Opening,
  morning: Morning,
): Promise<NightReport> {
  const { sleep, clock } = deps;
  const last = settled?.night.report.history?.after;
  for (const [step, report] of quietStages(phases, now, last).entries()) {
    const { cycle, stage, phase } = report;
    await sleep.commitPhase(id, report, [], now);
    morning.addStage(report);
    options.onProgress?.({ cycle, stage, phase, step, steps: phases.length, changes: 0, report });
  }
  const report = morning.report('complete', clock.now(), () => undefined, last);
  await sleep.finishNight(id, 'complete', report, report.finishedAt, settled?.settled);
  await letGo(deps, options);
  return report;
}

/** What a finished night lets go: the journal of old nights and, where their owner wants it, words. */
async function letGo({ sleep, log }: SleepDeps, options: SleepOptions): Promise<void> {
  await sleep.letGo(options.keepNights ?? tunables.journal.keepNights, options.signal);
  const forgotten = options.forgetWords === true ? await sleep.forgetWords(options.signal) : 0;
  if (forgotten > 0) log.info(`The words of ${forgotten} episodes were let go: their rules stand.`);
}
