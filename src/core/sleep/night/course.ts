/**
 * The course of a night: cycles of N1 → N2 → N3 → REM over one picture of the memory until one changes nothing or the time is
 * used up. Each phase is committed in one transaction, so a night may be stopped or killed anywhere.
 */
import { ReverieError } from '../../errors.ts';
import type { LanguageModel } from '../../ports.ts';
import { breathingSteps } from '../../steps.ts';
import type { Change, NightReport, PhaseReport, SleepPhase, SleepSnapshot } from '../phase.ts';
import { notAsked, usualModelBudget, wordable, wordByModel, wordingReport } from '../words/wording.ts';
import { asFirstMeasures, measureSteps, measuresOf } from './account.ts';
import { type Pace, TimeUsedUp } from './breath.ts';
import { digestOf } from './digest.ts';
import { type Opening, stepKey } from './opening.ts';
import type { SleepDeps, SleepOptions } from './order.ts';
import { settledAt } from './quiet.ts';
import type { Morning } from './report.ts';
import type { Picture } from './snapshot.ts';
import { contextOf, runPhase } from './step.ts';

/** A night that has not settled after so many cycles ends all the same; people have four to six. */
const mostCycles = 6;

/** What holds for all of a night. */
export interface Bounds {
  readonly pace: Pace;
  /** On `pace`; infinite without a time budget. */
  readonly deadline: number;
  readonly breathe: () => Promise<void>;
  /** Nothing is written. */
  readonly isTrial: boolean;
}

/** Where a night begins: anew, or as it was broken off. */
export interface Beginning {
  /** Those it goes through, in their order. */
  readonly phases: readonly SleepPhase[];
  readonly opening: Opening;
  readonly morning: Morning;
  /** What was done before it was broken off, by {@link stepKey}. */
  readonly done: ReadonlyMap<string, PhaseReport>;
  readonly snapshot: SleepSnapshot;
  readonly picture: Picture;
}

/**
 * Nights under way, held where V8 sees them from the beginning: it collects garbage in small steps, but what hangs on nothing but a
 * statement of SQLite that is waited for it finds in the last of them only, and a hundred thousand memories take it 300 ms.
 */
const underWay = new Set<Course>();

/** A night under way: cycle after cycle over one snapshot, which each committed phase moves on. Nothing is let go yet. */
export class Course {
  private cycle = 0;
  /** Committed so far, in this process. */
  private changes = 0;
  /** What phases keep for later cycles, see `PhaseContext.nightLong`. */
  private readonly nightLong = {};
  private isFirstStep: boolean;
  /** The memory after all that is committed. */
  private snapshot: SleepSnapshot;
  /** What a phase that failed would have done is not known: the next night looks again. */
  private hasCrashed = false;
  /** The latest cycle changed nothing: the night has not only ended, there was nothing left to do. */
  private foundNothing = false;

  constructor(
    private readonly deps: SleepDeps,
    private readonly options: SleepOptions,
    private readonly bounds: Bounds,
    private readonly begun: Beginning,
  ) {
    this.isFirstStep = begun.done.size === 0;
    this.snapshot = begun.snapshot;
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
          this.begun.morning.setModel(notAsked(model.name, this.wordable().length));
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
      for (const [step, phase] of this.begun.phases.entries()) {
        const before = this.begun.done.get(stepKey(this.cycle, phase.name));
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
    const { deps, options, bounds, cycle } = this;
    const { opening } = this.begun;
    const { stage, name } = phase;
    const progress = { cycle, stage, phase: name, step, steps: this.begun.phases.length };
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
        this.begun.picture,
      );
    await this.tell(report, result.changes);
    deps.log.debug(`${stage} ${name}, cycle ${cycle}: ${report.changed} changes in ${report.ms} ms`);
    options.onProgress?.({ ...progress, changes: this.changes, report });
    return report.changed;
  }

  /** First of all in the account: what is committed must be told even if a stop is heard right after. */
  private async tell(report: PhaseReport, committed: readonly Change[]): Promise<void> {
    this.changes += committed.length;
    this.begun.morning.addStage(report);
    this.begun.morning.add(digestOf(committed, this.begun.picture.memory));
    this.snapshot = await this.begun.picture.apply(committed, this.bounds.breathe);
  }

  private wordable() {
    return wordable(this.snapshot, this.begun.morning.born());
  }

  /** The language model's turn; answers how much it changed. What it is asked and answers can spoil nothing. */
  private async word(model: LanguageModel): Promise<number> {
    const { deps, options, bounds, cycle } = this;
    const { opening } = this.begun;
    const before = this.begun.done.get(stepKey(cycle, 'wording'));
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
    this.begun.morning.setModel(account);
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
    const { opening, morning, picture } = this.begun;
    /* Nobody who stops a night waits until all memories are measured. */
    const after = state === 'complete' ? measuresOf(this.snapshot, opening.now) : undefined;
    const report = morning.report(state, this.deps.clock.now(), picture.memory, after);
    if (this.bounds.isTrial) return report;
    const hasSettled = this.foundNothing && !this.hasCrashed;
    await this.deps.sleep.finishNight(
      opening.id,
      state,
      report,
      report.finishedAt,
      hasSettled ? settledAt(this.snapshot, opening.now, opening.basis) : undefined,
    );
    return report;
  }
}
