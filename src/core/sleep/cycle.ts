/**
 * One night: takes the lease and a snapshot, runs cycles of N1 → N2 → N3 → REM until a cycle changes nothing or the
 * time is used up, and is the only place that writes. Each phase is committed in one transaction, so a night may be
 * stopped or killed anywhere; the next sleep goes on with the phases that are left.
 */
import { ReverieError } from '../errors.ts';
import type { LanguageModel } from '../ports.ts';
import { breathingSteps } from '../steps.ts';
import { tunables } from '../tunables.ts';
import { asFirstMeasures, measureSteps, measuresOf } from './night/account.ts';
import { createBreath, type Pace, realPace, TimeUsedUp } from './night/breath.ts';
import { type Opening, openNight, recollect, stepKey } from './night/opening.ts';
import type { SleepDeps, SleepOptions } from './night/order.ts';
import { quietStages, settledAt } from './night/quiet.ts';
import { createMorning, type Morning } from './night/report.ts';
import { orderSteps, type Picture, pictureSteps } from './night/snapshot.ts';
import { contextOf, runPhase } from './night/step.ts';
import type { Lease } from './night/store.ts';
import type { Change, NightReport, PhaseReport, SleepPhase, SleepSnapshot } from './phase.ts';
import { selectPhases, sleepPhases } from './phases.ts';
import { notAsked, usualModelBudget, wordable, wordByModel, wordingReport } from './words/wording.ts';

/** A night that has not settled after so many cycles ends all the same; people have four to six. */
const mostCycles = 6;
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
  const { sleep, clock } = deps;
  const pace = deps.pace ?? realPace;
  const deadline =
    options.budgetSeconds === undefined
      ? Number.POSITIVE_INFINITY
      : pace.elapsed() + options.budgetSeconds * 1000;
  const opening = await openNight(deps, options, phases, lease === undefined);
  const { id, number, startedAt } = opening;
  const morning = createMorning({ id, number, startedAt });
  if (opening.settled !== undefined) return spendQuietNight(deps, options, phases, opening, morning);
  const done =
    opening.interrupted === undefined
      ? new Map<string, PhaseReport>()
      : await recollect(opening.interrupted, sleep, morning);
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
    const seen = await sleep.snapshot(opening.now, options.signal);
    snapshot = await breathingSteps(orderSteps(seen), breathe);
    picture = await breathingSteps(pictureSteps(snapshot), breathe);
  } catch (error) {
    if (!(error instanceof TimeUsedUp) && !ReverieError.is(error, 'aborted')) throw error;
    const state = error instanceof TimeUsedUp ? 'complete' : 'interrupted';
    const report = morning.report(state, clock.now(), () => undefined, undefined);
    if (lease !== undefined) await sleep.finishNight(id, state, report, report.finishedAt);
    return report;
  }
  const bounds = { pace, deadline, breathe, isTrial: lease === undefined };
  return new Course(deps, options, phases, opening, bounds, morning, done, snapshot, picture).run();
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

interface Bounds {
  readonly pace: Pace;
  /** On `pace`; infinite without a time budget. */
  readonly deadline: number;
  readonly breathe: () => Promise<void>;
  /** Nothing is written. */
  readonly isTrial: boolean;
}

/**
 * Nights under way, held where V8 sees them from the beginning: it collects garbage in small steps, but what hangs on nothing but a
 * statement of SQLite that is waited for it finds in the last of them only, and a hundred thousand memories take it 300 ms.
 */
const underWay = new Set<Course>();

/** A night under way: cycle after cycle over one snapshot, which each committed phase moves on. */
class Course {
  private cycle = 0;
  /** Committed so far, in this process. */
  private changes = 0;
  /** What phases keep for later cycles, see `PhaseContext.nightLong`. */
  private readonly nightLong = {};
  private isFirstStep: boolean;
  /** What a phase that failed would have done is not known: the next night looks again. */
  private hasCrashed = false;
  /** The latest cycle changed nothing: the night has not only ended, there was nothing left to do. */
  private foundNothing = false;

  /** `done` are the steps of an interrupted night, by {@link stepKey}. */
  constructor(
    private readonly deps: SleepDeps,
    private readonly options: SleepOptions,
    private readonly phases: readonly SleepPhase[],
    private readonly opening: Opening,
    private readonly bounds: Bounds,
    private readonly morning: Morning,
    private readonly done: ReadonlyMap<string, PhaseReport>,
    private snapshot: SleepSnapshot,
    private readonly picture: Picture,
  ) {
    this.isFirstStep = done.size === 0;
  }

  async run(): Promise<NightReport> {
    const { model } = this.deps;
    let hasSettled = false;
    underWay.add(this);
    try {
      await this.settle();
      hasSettled = true;
      if (model !== undefined && !this.bounds.isTrial && (await this.word(model)) > 0) {
        this.cycle++;
        await this.settle();
      }
      return await this.finish('complete');
    } catch (error) {
      if (error instanceof TimeUsedUp) {
        if (model !== undefined && !hasSettled)
          this.morning.setModel(notAsked(model.name, this.wordable().length));
        return this.finish('complete');
      }
      /* A night that had settled lacks nothing but better words. */
      if (ReverieError.is(error, 'aborted') || this.options.signal?.aborted === true)
        return this.finish(hasSettled ? 'complete' : 'interrupted');
      throw error;
    } finally {
      underWay.delete(this);
    }
  }

  /** Cycles until one changes nothing but what looks back on the night. */
  private async settle(): Promise<void> {
    this.foundNothing = false;
    for (; this.cycle < mostCycles; this.cycle++) {
      let changed = 0;
      /* What a phase found before the night was broken off says nothing of what was written since. */
      let isWhole = true;
      for (const [step, phase] of this.phases.entries()) {
        const before = this.done.get(stepKey(this.cycle, phase.name));
        if (before !== undefined) isWhole = false;
        /* A night with little time may end before it has come to rest. */
        const mayRest =
          changed === 0 || this.cycle === mostCycles - 1 || this.options.budgetSeconds !== undefined;
        if (phase.looksBack === true && !mayRest) continue;
        const made = before?.changed ?? (await this.runStep(phase, step));
        if (phase.looksBack !== true) changed += made;
      }
      this.foundNothing = changed === 0 && isWhole;
      if (changed === 0) break;
    }
  }

  /** One phase in this cycle: runs it, commits it, moves the snapshot on. Answers how much changed. */
  private async runStep(phase: SleepPhase, step: number): Promise<number> {
    const { deps, options, opening, bounds, cycle } = this;
    const { stage, name } = phase;
    const progress = { cycle, stage, phase: name, step, steps: this.phases.length };
    options.onProgress?.({ ...progress, changes: this.changes });
    await bounds.breathe();
    const started = deps.clock.now();
    const from = bounds.pace.elapsed();
    const context = contextOf(deps, options, {
      ...opening,
      cycle,
      phase: name,
      nightLong: this.nightLong,
      breathe: bounds.breathe,
    });
    const result = await runPhase(phase, this.snapshot, context, deps.log);
    if ('crashed' in result.report.measures) this.hasCrashed = true;
    const first = this.isFirstStep
      ? asFirstMeasures(await breathingSteps(measureSteps(this.snapshot, opening.now), bounds.breathe))
      : {};
    await bounds.breathe();
    /* Field by field, as the store answers it: the report of a resumed night is the same byte for byte. */
    const report: PhaseReport = {
      stage,
      phase: name,
      cycle,
      started,
      ms: options.fixedClock === true ? 0 : Math.round(bounds.pace.elapsed() - from),
      read: result.report.read,
      changed: result.changes.length,
      detail: result.report.detail,
      measures: { ...result.report.measures, ...first },
    };
    this.isFirstStep = false;
    if (!bounds.isTrial)
      await deps.sleep.commitPhase(
        opening.id,
        report,
        result.changes,
        opening.now,
        options.signal,
        this.picture,
      );
    await this.tell(report, result.changes);
    deps.log.debug(`${stage} ${name}, cycle ${cycle}: ${report.changed} changes in ${report.ms} ms`);
    options.onProgress?.({ ...progress, changes: this.changes, report });
    return report.changed;
  }

  /** First of all in the account: what is committed must be told even if a stop is heard right after. */
  private async tell(report: PhaseReport, committed: readonly Change[]): Promise<void> {
    this.changes += committed.length;
    this.morning.addStage(report);
    this.morning.addChanges(committed);
    this.snapshot = await this.picture.apply(committed, this.bounds.breathe);
  }

  private wordable() {
    return wordable(this.snapshot, this.morning.born());
  }

  /** The language model's turn; answers how much it changed. What it is asked and answers can spoil nothing. */
  private async word(model: LanguageModel): Promise<number> {
    const { deps, options, opening, bounds, cycle } = this;
    const before = this.done.get(stepKey(cycle, 'wording'));
    if (before !== undefined) return before.changed;
    const progress = { cycle, stage: 'REM', phase: 'wording', step: 0, steps: 1 } as const;
    options.onProgress?.({ ...progress, changes: this.changes });
    const started = deps.clock.now();
    const worded = await wordByModel(this.snapshot, this.wordable(), {
      model,
      budget: options.modelBudget ?? usualModelBudget,
      tokenizer: deps.tokenizer,
      log: deps.log,
      elapsed: () => bounds.pace.elapsed(),
      breathe: bounds.breathe,
      left: bounds.deadline - bounds.pace.elapsed(),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    const account = options.fixedClock === true ? { ...worded.account, ms: 0 } : worded.account;
    this.morning.setModel(account);
    if (account.candidates === 0) return 0;
    const report = wordingReport(account, cycle, started);
    /* Also where a stop was heard: these few changes are made, and asking for them again would cost again. */
    await deps.sleep.commitPhase(opening.id, report, worded.changes, opening.now);
    if (worded.changes.length > 0) this.foundNothing = false;
    await this.tell(report, worded.changes);
    options.onProgress?.({ ...progress, changes: this.changes, report });
    return report.changed;
  }

  private async finish(state: 'complete' | 'interrupted'): Promise<NightReport> {
    const { deps, opening } = this;
    /* Nobody who stops a night waits until all memories are measured. */
    const after = state === 'complete' ? measuresOf(this.snapshot, opening.now) : undefined;
    const report = this.morning.report(state, deps.clock.now(), this.picture.memory, after);
    if (this.bounds.isTrial) return report;
    const hasSettled = this.foundNothing && !this.hasCrashed;
    await deps.sleep.finishNight(
      opening.id,
      state,
      report,
      report.finishedAt,
      hasSettled ? settledAt(this.snapshot, opening.now, opening.basis) : undefined,
    );
    await letGo(deps, this.options);
    return report;
  }
}
