/** Nights in the editor: on command, or by themselves when pressure and quiet meet; stopped when the user comes back. */
import * as vscode from 'vscode';
import { z } from 'zod/mini';
import type { Database } from '../core/database.ts';
import { ReverieError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import { decideSleep, minutesSinceAppointed, sleepPressure } from '../core/sleep/night/drive.ts';
import { type PhaseName, phaseNames, type Stage } from '../core/sleep/phase.ts';
import type { IdleWatch } from './idle.ts';
import type { MemoryAccess } from './memoryAccess.ts';
import type { ChooseModel } from './modelChoice.ts';
import type { MoodState } from './moodState.ts';
import { isSavingPower } from './powerSaving.ts';
import { readSetting, readSleepTimes } from './settings.ts';
import { nightMemory, type Worker, type WorkerProgress } from './worker.ts';

const nightSummary = z.object({
  id: z.string(),
  number: z.number(),
  state: z.string(),
  changes: z.number(),
  summary: z.string(),
  model: z.optional(
    z.object({
      name: z.string(),
      calls: z.number(),
      requests: z.number(),
      characters: z.number(),
      accepted: z.number(),
      refused: z.record(z.string(), z.number()),
      ms: z.number(),
    }),
  ),
  rules: z.array(z.object({ id: z.string(), text: z.string(), status: z.string(), change: z.string() })),
});
/** What the extension needs to know of a night's report. */
export type NightSummary = z.infer<typeof nightSummary>;

export interface Sleeping extends vscode.Disposable {
  /** Sleeps now, with a cancellable progress notification; undefined if it was stopped. Rejects with ReverieError. */
  sleepNow(scope?: string): Promise<NightSummary | undefined>;
  /** Stops the night at a safe point. */
  stop(): void;
  /** Measures sleep pressure and, when automatic sleep is on, sleeps if it is time. */
  consider(): Promise<void>;
  readonly onDidSleep: vscode.Event<NightSummary>;
}

const stages: readonly Stage[] = ['N1', 'N2', 'N3', 'REM'];

export function createSleeping(deps: {
  readonly access: MemoryAccess;
  readonly worker: Worker;
  readonly idle: IdleWatch;
  readonly chooseModel: ChooseModel;
  readonly moods: MoodState;
  readonly log: Log;
  readonly now: () => number;
}): Sleeping {
  const { moods, log } = deps;
  const slept = new vscode.EventEmitter<NightSummary>();
  let running: AbortController | undefined;
  let automatic = false;

  function showProgress(since: number, { stage, done, total, detail }: WorkerProgress): void {
    const known = stages.find((one) => one === stage);
    const phase = phaseNames.find((name): name is PhaseName => name === detail);
    moods.setAsleep({
      stage: known ?? 'N1',
      since,
      ...(phase === undefined ? {} : { phase }),
      ...(total === undefined || total === 0 ? {} : { progress: Math.min(1, done / total) }),
    });
  }

  async function night(
    scope: string | undefined,
    onProgress: (progress: WorkerProgress) => void,
    abort: AbortController,
  ): Promise<NightSummary | undefined> {
    if (running !== undefined) throw new ReverieError('already-asleep', 'Reverie is asleep already.');
    running = abort;
    const since = deps.now();
    moods.setAsleep({ stage: 'N1', since });
    try {
      const { args, ...asking } = await deps.chooseModel(!automatic);
      const answer = await deps.worker.run(
        [
          'sleep',
          '--progress',
          'jsonl',
          '--approval',
          readSetting('rules.approval'),
          '--budget',
          String(readSetting('sleep.budgetSeconds')),
          '--keep-nights',
          String(Math.max(1, Math.floor(readSetting('sleep.undoableNights')))),
          ...(readSetting('sleep.forgetWords') ? ['--forget-words'] : []),
          ...args,
          ...(scope === undefined ? [] : ['--scope', scope]),
        ],
        {
          ...asking,
          env: { ...nightMemory, ...asking.env },
          signal: abort.signal,
          onProgress: (progress) => {
            showProgress(since, progress);
            onProgress(progress);
          },
        },
      );
      const summary = nightSummary.parse(answer);
      if (summary.model !== undefined && summary.model.requests > 0) {
        const { name, requests, characters } = summary.model;
        log.info(`sent to the language model ${name}: ${requests} requests, ${characters} characters`);
      }
      slept.fire(summary);
      return summary;
    } catch (error) {
      if (ReverieError.is(error, 'aborted')) return undefined;
      throw error;
    } finally {
      running = undefined;
      moods.setAsleep(undefined);
      void measure().catch(() => undefined);
    }
  }

  async function measure(): Promise<number> {
    const database: Database = await deps.access.open();
    const { pressure, unslept } = await sleepPressure(database.memories, deps.now());
    moods.setPressure(pressure, unslept);
    return pressure;
  }

  async function sinceLastSleep(): Promise<{ readonly sinceLastSleepMs?: number }> {
    const [last] = await (await deps.access.open()).sleep.nights(1);
    const ended = last?.finishedAt;
    return ended === undefined ? {} : { sinceLastSleepMs: deps.now() - ended };
  }

  return {
    onDidSleep: slept.event,
    async sleepNow(scope) {
      return vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title: 'Reverie sleeps', cancellable: true },
        (progress, token) => {
          const abort = new AbortController();
          token.onCancellationRequested(() => abort.abort());
          automatic = false;
          return night(
            scope,
            ({ stage, detail }) => progress.report({ message: `${stage} ${detail ?? ''}` }),
            abort,
          );
        },
      );
    },
    stop() {
      running?.abort();
    },
    async consider() {
      if (running !== undefined || moods.paused) return;
      const pressure = await measure();
      if (!readSetting('sleep.automatic') || !vscode.workspace.isTrusted) return;
      const wall = new Date(deps.now());
      const sinceAppointedMinutes = minutesSinceAppointed(
        readSleepTimes(),
        wall.getHours() * 60 + wall.getMinutes(),
      );
      const opportunity = {
        pressure,
        idleMs: deps.idle.idleMs(),
        idleMinutes: readSetting('sleep.idleMinutes'),
        unfocused: !vscode.window.state.focused,
        ...(sinceAppointedMinutes === undefined ? {} : { sinceAppointedMinutes }),
        ...(await sinceLastSleep()),
      };
      let decision = decideSleep(opportunity);
      /* Asked for last: it may take a process. */
      if (decision.sleep && (await isSavingPower()) === true)
        decision = decideSleep({ ...opportunity, onBatterySaver: true });
      if (!decision.sleep) return;
      log.info(`falling asleep: ${decision.why}`);
      automatic = true;
      const abort = new AbortController();
      const returned = deps.idle.onDidReturn(() => {
        if (automatic) abort.abort();
      });
      try {
        await night(undefined, () => undefined, abort);
      } catch (error) {
        /* Another window sleeps already: that is as good. */
        if (!ReverieError.is(error)) throw error;
        log.info(`did not sleep: ${error.message}`);
      } finally {
        returned.dispose();
      }
    },
    dispose() {
      running?.abort();
      slept.dispose();
    },
  };
}
