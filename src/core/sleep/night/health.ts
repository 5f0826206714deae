/**
 * Sleep health from the nights so far: debt, fragmentation, too little N3 or REM, each with advice (the disorders and
 * interventions of the source documents, for a memory).
 */
import { dayMs } from '../../memory.ts';
import type { PastNight, PhaseReport, Stage } from '../phase.ts';
import type { Night } from './store.ts';

export interface SleepFinding {
  readonly name: 'debt' | 'fragmentation' | 'n3-deprivation' | 'rem-deprivation' | 'failing-phase';
  /** 0..1, how bad. */
  readonly severity: number;
  readonly detail: string;
  readonly advice: string;
}

export interface SleepHealth {
  /** 0..1, 1 = sound: one minus the worst finding. */
  readonly score: number;
  readonly findings: readonly SleepFinding[];
  /** Nights looked at, and the share of them that reached each stage. */
  readonly nights: number;
  readonly reached: Readonly<Record<Stage, number>>;
}

/** Days without a full night after which debt is complete. */
const debtDays = 7;
/** So many of the latest nights are looked at. */
export const nightsOfHealth = 10;

/**
 * @param pastNights newest first, also the interrupted ones; @param pressure 0..1, see `pressureOf`;
 * @param now epoch ms.
 */
export function sleepHealth(pastNights: readonly PastNight[], pressure: number, now: number): SleepHealth {
  const nights = pastNights.filter((night) => night.state !== 'undone').slice(0, nightsOfHealth);
  const findings: SleepFinding[] = [];
  const find = (name: SleepFinding['name'], severity: number, detail: string, advice: string) => {
    if (severity >= 0.2)
      findings.push({ name, severity: Math.round(Math.min(1, severity) * 100) / 100, detail, advice });
  };
  const share = (test: (night: PastNight) => boolean) =>
    nights.length === 0 ? 0 : nights.filter(test).length / nights.length;

  const lastWhole = nights.find((night) => night.state === 'complete');
  const wakeDays = lastWhole === undefined ? debtDays : Math.max(0, now - lastWhole.finishedAt) / dayMs;
  find(
    'debt',
    pressure * Math.min(1, wakeDays / debtDays),
    lastWhole === undefined
      ? 'There was no whole night yet.'
      : `The last whole night was ${wakeDays.toFixed(1)} days ago, and much is not slept on yet.`,
    'Run “Sleep Now”, or let it sleep by itself when the editor is idle.',
  );
  const broken = share((night) => night.state !== 'complete');
  find(
    'fragmentation',
    nights.length < 3 ? 0 : broken,
    `${Math.round(broken * 100)} % of the last ${nights.length} nights were interrupted.`,
    'Let it wait longer for idleness, or schedule its sleep for a time when you are away.',
  );
  const reached = {
    N1: share((night) => hasStage(night, 'N1')),
    N2: share((night) => hasStage(night, 'N2')),
    N3: share((night) => hasStage(night, 'N3')),
    REM: share((night) => hasStage(night, 'REM')),
  };
  const enough = nights.length >= 3;
  find(
    'n3-deprivation',
    enough ? 1 - reached.N3 : 0,
    `Only ${Math.round(reached.N3 * 100)} % of the nights reached N3: rules are not formed and nothing is cleared away.`,
    'Give the night a larger time budget.',
  );
  find(
    'rem-deprivation',
    enough ? 1 - reached.REM : 0,
    `Only ${Math.round(reached.REM * 100)} % of the nights reached REM: no dreams, no stock-taking, no relief.`,
    'Give the night a larger time budget, or let it sleep undisturbed now and then.',
  );
  const failing = new Set(
    nights
      .flatMap((night) => night.stages.filter((stage) => (stage.measures['crashed'] ?? 0) > 0))
      .map((stage) => stage.phase),
  );
  find(
    'failing-phase',
    failing.size > 0 ? 0.6 : 0,
    `A phase failed: ${[...failing].join(', ')}.`,
    'See the log, and report it.',
  );
  return {
    score:
      Math.round((1 - findings.reduce((worst, { severity }) => Math.max(worst, severity), 0)) * 100) / 100,
    findings: findings.sort((a, b) => b.severity - a.severity),
    nights: nights.length,
    reached,
  };
}

/** A night as the health check wants it: what is under way counts as far as it has come. */
export function asPastNight({ id, number, startedAt, finishedAt, state, report }: Night): PastNight {
  return { id, number, startedAt, finishedAt: finishedAt ?? startedAt, state, stages: report.stages };
}

/** The worst finding and what to do about it, in one line; undefined where sleep is sound. */
export function healthLine({ findings }: SleepHealth): string | undefined {
  const [worst] = findings;
  return worst === undefined ? undefined : `${worst.detail} ${worst.advice}`;
}

function hasStage(night: PastNight, stage: Stage): boolean {
  return night.stages.some((report: PhaseReport) => report.stage === stage);
}
