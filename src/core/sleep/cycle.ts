/**
 * One night: takes the lease and a snapshot, runs cycles of N1 → N2 → N3 → REM until a cycle changes nothing or the
 * time is used up, and is the only place that writes. Each phase is committed in one transaction, so a night may be
 * stopped or killed anywhere; the next sleep goes on with the phases that are left.
 */
import { ReverieError } from '../errors.ts';
import type { NightId } from '../memory.ts';
import type { LanguageModel } from '../ports.ts';
import { breathingSteps } from '../steps.ts';
import { tunables } from '../tunables.ts';
import { asFirstMeasures, measureSteps, measuresOf } from './night/account.ts';
import { createBreath, realPace, TimeUsedUp } from './night/breath.ts';
import type { SleepDeps, SleepOptions } from './night/order.ts';
import { basisOf, isSettled, quietStages, settledAt } from './night/quiet.ts';
import { createMorning } from './night/report.ts';
import { orderSteps, type Picture, pictureSteps } from './night/snapshot.ts';
import { contextOf, runPhase } from './night/step.ts';
import type { Lease, Night } from './night/store.ts';
import type { Change, NightReport, PhaseName, PhaseReport, SleepPhase, SleepSnapshot } from './phase.ts';
import { selectPhases, sleepPhases } from './phases.ts';
import { notAsked, usualModelBudget, wordable, wordByModel, wordingReport } from './words/wording.ts';

/** A night that has not settled after so many cycles ends all the same; people have four to six. */
const mostCycles = 6;
/** A lease is stale after so long without a heartbeat. Long enough for the largest single commit. */
const leaseMs = 90_000;
/** An interrupted night older than this is not gone on with: its morning has long passed. */
const resumableMs = 86_400_000;
const journalPage = 5000;

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
  const { sleep, clock, log } = deps;
  const pace = deps.pace ?? realPace;
  const began = pace.elapsed();
  const now = clock.now();
  const [latest] = await sleep.nights(1);
  const open = lease === undefined ? undefined : unfinished(latest, options, now);
  const startedAt = open?.startedAt ?? now;
  const number = open?.number ?? (latest?.number ?? 0) + 1;
  const seed = open?.seed ?? options.seed ?? `night ${number}`;
  const id = open?.id ?? (deps.ids.derive('n', seed, String(number), String(now)) as NightId);
  const basis = basisOf(deps.ids, options, phases);
  const before = lease === undefined || open !== undefined ? undefined : await sleep.settledNight();
  if (lease !== undefined && open === undefined) {
    await sleep.beginNight({
      id,
      startedAt: now,
      seed,
      ...(options.scope === undefined ? {} : { scope: options.scope }),
    });
  }

  const morning = createMorning({ id, number, startedAt });
  const letGo = async () => {
    await sleep.letGo(options.keepNights ?? tunables.journal.keepNights, options.signal);
    const forgotten = options.forgetWords === true ? await sleep.forgetWords(options.signal) : 0;
    if (forgotten > 0) log.info(`The words of ${forgotten} episodes were let go: their rules stand.`);
  };
  if (before !== undefined && isSettled(before.settled, now, basis)) {
    const last = before.night.report.history?.after;
    for (const [step, report] of quietStages(phases, now, last).entries()) {
      const { cycle, stage, phase } = report;
      await sleep.commitPhase(id, report, [], now);
      morning.addStage(report);
      options.onProgress?.({ cycle, stage, phase, step, steps: phases.length, changes: 0, report });
    }
    const report = morning.report('complete', clock.now(), () => undefined, last);
    await sleep.finishNight(id, 'complete', report, report.finishedAt, before.settled);
    await letGo();
    return report;
  }
  const done = new Map<string, PhaseReport>();
  let isFirst = (open?.report.stages.length ?? 0) === 0;
  for (const stage of open?.report.stages ?? []) {
    done.set(stepKey(stage.cycle, stage.phase), stage);
    morning.addStage(stage);
  }
  if (open?.report.model !== undefined) morning.setModel(open.report.model);
  if (open !== undefined) {
    /* Page by page: the journal of a night on many memories is larger than they are. */
    for (let offset = 0; ; offset += journalPage) {
      const entries = await sleep.journal(open.id, offset, journalPage);
      morning.addChanges(entries.map(({ change }) => change));
      if (entries.length < journalPage) break;
    }
  }

  const deadline =
    options.budgetSeconds === undefined ? Number.POSITIVE_INFINITY : began + options.budgetSeconds * 1000;
  const breathe = createBreath({
    pace,
    heartbeatMs: leaseMs / 6,
    deadline,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(lease === undefined ? {} : { heartbeat: () => lease.heartbeat() }),
  });
  let snapshot: SleepSnapshot;
  let picture: Picture;
  try {
    const seen = await sleep.snapshot(now, options.signal);
    snapshot = await breathingSteps(orderSteps(seen), breathe);
    picture = await breathingSteps(pictureSteps(snapshot), breathe);
  } catch (error) {
    if (!(error instanceof TimeUsedUp) && !ReverieError.is(error, 'aborted')) throw error;
    const state = error instanceof TimeUsedUp ? 'complete' : 'interrupted';
    const report = morning.report(state, clock.now(), () => undefined, undefined);
    if (lease !== undefined) await sleep.finishNight(id, state, report, report.finishedAt);
    return report;
  }
  const nightLong = {};
  let changes = 0;
  /** What a phase that failed would have done is not known: the next night looks again. */
  let crashed = false;

  /** First of all in the account: what is committed must be told even if a stop is heard right after. */
  const tell = async (report: PhaseReport, committed: readonly Change[]) => {
    changes += committed.length;
    morning.addStage(report);
    morning.addChanges(committed);
    snapshot = await picture.apply(committed, breathe);
  };

  /** One phase in one cycle: runs it, commits it, moves the snapshot on. Answers how much changed. */
  const runStep = async (phase: SleepPhase, cycle: number, step: number): Promise<number> => {
    const { stage, name } = phase;
    const progress = { cycle, stage, phase: name, step, steps: phases.length };
    options.onProgress?.({ ...progress, changes });
    await breathe();
    const started = clock.now();
    const from = pace.elapsed();
    const context = contextOf(deps, options, {
      id,
      number,
      startedAt,
      cycle,
      now,
      seed,
      phase: name,
      nightLong,
      breathe,
    });
    const result = await runPhase(phase, snapshot, context, log);
    if ('crashed' in result.report.measures) crashed = true;
    const first = isFirst ? asFirstMeasures(await breathingSteps(measureSteps(snapshot, now), breathe)) : {};
    await breathe();
    /* Field by field, as the store answers it: the report of a resumed night is the same byte for byte. */
    const report: PhaseReport = {
      stage,
      phase: name,
      cycle,
      started,
      ms: options.fixedClock === true ? 0 : Math.round(pace.elapsed() - from),
      read: result.report.read,
      changed: result.changes.length,
      detail: result.report.detail,
      measures: { ...result.report.measures, ...first },
    };
    isFirst = false;
    if (lease !== undefined)
      await sleep.commitPhase(id, report, result.changes, now, options.signal, picture);
    await tell(report, result.changes);
    log.debug(`${stage} ${name}, cycle ${cycle}: ${report.changed} changes in ${report.ms} ms`);
    options.onProgress?.({ ...progress, changes, report });
    return report.changed;
  };

  const finish = async (state: 'complete' | 'interrupted') => {
    /* Nobody who stops a night waits until all memories are measured. */
    const after = state === 'complete' ? measuresOf(snapshot, now) : undefined;
    const report = morning.report(state, clock.now(), picture.memory, after);
    if (lease === undefined) return report;
    await sleep.finishNight(
      id,
      state,
      report,
      report.finishedAt,
      foundNothing && !crashed ? settledAt(snapshot, now, basis) : undefined,
    );
    await letGo();
    return report;
  };

  let settled = false;
  /** The latest cycle changed nothing: the night has not only ended, there was nothing left to do. */
  let foundNothing = false;
  let cycle = 0;
  const settle = async () => {
    foundNothing = false;
    for (; cycle < mostCycles; cycle++) {
      let changed = 0;
      /* What a phase found before the night was broken off says nothing of what was written since. */
      let isWhole = true;
      for (const [step, phase] of phases.entries()) {
        const before = done.get(stepKey(cycle, phase.name));
        if (before !== undefined) isWhole = false;
        changed += before?.changed ?? (await runStep(phase, cycle, step));
      }
      foundNothing = changed === 0 && isWhole;
      if (changed === 0) break;
    }
  };

  /** The language model's turn; answers how much it changed. What it is asked and answers can spoil nothing. */
  const word = async (model: LanguageModel): Promise<number> => {
    const before = done.get(stepKey(cycle, 'wording'));
    if (before !== undefined) return before.changed;
    const progress = { cycle, stage: 'REM', phase: 'wording', step: 0, steps: 1 } as const;
    options.onProgress?.({ ...progress, changes });
    const started = clock.now();
    const worded = await wordByModel(snapshot, wordable(snapshot, morning.born()), {
      model,
      budget: options.modelBudget ?? usualModelBudget,
      tokenizer: deps.tokenizer,
      log,
      elapsed: () => pace.elapsed(),
      breathe,
      left: deadline - pace.elapsed(),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    const account = options.fixedClock === true ? { ...worded.account, ms: 0 } : worded.account;
    morning.setModel(account);
    if (account.candidates === 0) return 0;
    const report = wordingReport(account, cycle, started);
    /* Also where a stop was heard: these few changes are made, and asking for them again would cost again. */
    await sleep.commitPhase(id, report, worded.changes, now);
    if (worded.changes.length > 0) foundNothing = false;
    await tell(report, worded.changes);
    options.onProgress?.({ ...progress, changes, report });
    return report.changed;
  };

  try {
    await settle();
    settled = true;
    if (deps.model !== undefined && lease !== undefined && (await word(deps.model)) > 0) {
      cycle++;
      await settle();
    }
    return await finish('complete');
  } catch (error) {
    if (error instanceof TimeUsedUp) {
      if (deps.model !== undefined && !settled)
        morning.setModel(notAsked(deps.model.name, wordable(snapshot, morning.born()).length));
      return finish('complete');
    }
    /* A night that had settled lacks nothing but better words. */
    if (ReverieError.is(error, 'aborted') || options.signal?.aborted === true)
      return finish(settled ? 'complete' : 'interrupted');
    throw error;
  }
}

const stepKey = (cycle: number, phase: PhaseName) => `${cycle} ${phase}`;

/** The night before, if it was stopped or killed and this sleep may go on with it. */
function unfinished(latest: Night | undefined, options: SleepOptions, now: number): Night | undefined {
  if (latest === undefined || (latest.state !== 'running' && latest.state !== 'interrupted'))
    return undefined;
  const same = latest.scope === options.scope && (options.seed === undefined || options.seed === latest.seed);
  return same && now - latest.startedAt < resumableMs ? latest : undefined;
}
