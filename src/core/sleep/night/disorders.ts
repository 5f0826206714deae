/**
 * Disordered sleep, tried on a copy: the episodes of a memory are lived through once more, day by day, with healthy
 * nights and with disordered ones. Tells what suffers and what recovery nights bring back; nothing is written. It is
 * also the engine's fault test: whatever the disorder, a night's promises hold.
 */
import { ReverieError } from '../../errors.ts';
import { dayMs, type Memory } from '../../memory.ts';
import type { Ids, Log, Tokenizer } from '../../ports.ts';
import { tunables } from '../../tunables.ts';
import { sleepOneNight } from '../cycle.ts';
import type { NightReport, PastNight, SleepSnapshot, Stage } from '../phase.ts';
import { sleepPhases } from '../phases.ts';
import { type Pace, realPace } from './breath.ts';
import { createCopy, type MemoryCopy } from './copy.ts';
import { type CopyState, complaints, stateOf } from './disorderStates.ts';
import { pressureOf, unsleptSalience } from './drive.ts';
import { type SleepFinding, sleepHealth } from './health.ts';
import { canonicalSnapshot } from './snapshot.ts';

export const disorders = [
  'insomnia',
  'fragmentation',
  'n3-deprivation',
  'rem-deprivation',
  'oversleep',
] as const;
export type Disorder = (typeof disorders)[number];

/** What each is, for its owner. */
export const disorderTexts: Readonly<Record<Disorder, string>> = {
  insomnia: 'each night ends after a fifth of the time it needs',
  fragmentation: 'each night is broken off four times, and the morning comes before it is gone on with',
  'n3-deprivation': 'no N3: nothing is crystallized, sorted, merged or cleared away',
  'rem-deprivation': 'no REM: no dreams, no stock-taking',
  oversleep: 'ten nights a day',
};

export interface Simulation {
  readonly disorder: Disorder;
  readonly nights: number;
  readonly recoveryNights: number;
  /** After the last disordered night, and after the recovery nights; each beside healthy sleep at the same time. */
  readonly disordered: CopyState;
  readonly healthyThen: CopyState;
  readonly recovered: CopyState;
  readonly healthyAtEnd: CopyState;
  /** Phase runs of the disordered nights by stage, and of as many healthy ones. */
  readonly stages: Readonly<Record<Stage, number>>;
  readonly healthyStages: Readonly<Record<Stage, number>>;
  /** Changes made in the first recovery night, and by healthy sleep in the same one: the rebound. */
  readonly rebound: { readonly changes: number; readonly healthy: number };
  /** What the sleep's own health check says of the disordered nights. */
  readonly findings: readonly SleepFinding[];
  /** One sentence each: what was worse than in healthy sleep, and whether it came back. */
  readonly suffers: readonly string[];
}

export interface SimulationDeps {
  readonly ids: Ids;
  readonly tokenizer: Tokenizer;
  readonly log: Log;
}

export interface SimulationOptions {
  readonly disorder: Disorder;
  /** Over how many nights the history is spread, at least 1. Default 7. */
  readonly nights?: number;
  /** Healthy nights after that. Default 3. */
  readonly recoveryNights?: number;
  /** Sees the copy in the morning of each night that was not healthy, and of each recovery night. */
  readonly onMorning?: (copy: SleepSnapshot) => void;
  readonly signal?: AbortSignal;
}

/** A real night is budgeted in seconds; here in looks at the watch, one a memory, so that chance has no part in it. */
interface Watch extends Pace {
  readonly looks: number;
}

function createWatch(onLook?: (looks: number) => void): Watch {
  let looks = 0;
  return {
    get looks() {
      return looks;
    },
    elapsed() {
      looks++;
      onLook?.(looks);
      return looks;
    },
    rest: realPace.rest,
  };
}

const insomniaShare = 0.2;
const wakings = 4;
const oversleeps = 10;

/** Throws `aborted` once `signal` is heard. */
export async function simulateDisorder(
  start: SleepSnapshot,
  deps: SimulationDeps,
  options: SimulationOptions,
): Promise<Simulation> {
  const nights = Math.max(1, options.nights ?? 7);
  const recoveryNights = options.recoveryNights ?? 3;
  const days = daysOf(start, nights);
  const needs: number[] = [];
  const healthy = await live(days, recoveryNights, options.signal, async (copy, at, night) => {
    const watch = createWatch();
    const report = await sleepOn(copy, deps, at, watch, options.signal);
    needs[night] = watch.looks;
    return [report];
  });
  const ill = await live(days, recoveryNights, options.signal, async (copy, at, night) => {
    const reports =
      night >= nights
        ? [await sleepOn(copy, deps, at, createWatch(), options.signal)]
        : await disorderedNight(options, copy, deps, at, needs[night] ?? 0);
    options.onMorning?.(copy.content);
    return reports;
  });
  const disordered = stateOf(ill.then, healthy.then, ill.thenAt);
  const healthyThen = stateOf(healthy.then, healthy.then, healthy.thenAt);
  const recovered = stateOf(ill.end, healthy.end, ill.endAt);
  const healthyAtEnd = stateOf(healthy.end, healthy.end, healthy.endAt);
  const disorderedReports = ill.reports.slice(0, nights).flat();
  return {
    disorder: options.disorder,
    nights,
    recoveryNights,
    disordered,
    healthyThen,
    recovered,
    healthyAtEnd,
    stages: stagesIn(disorderedReports),
    healthyStages: stagesIn(healthy.reports.slice(0, nights).flat()),
    rebound: { changes: changesOf(ill.reports[nights]), healthy: changesOf(healthy.reports[nights]) },
    findings: sleepHealth(
      disorderedReports.map(asPast).reverse(),
      pressureOf(unsleptSalience(ill.then.memories).salience),
      ill.thenAt,
    ).findings,
    suffers: complaints(disordered, healthyThen, recovered, healthyAtEnd),
  };
}

interface Day {
  /** When its night begins. */
  readonly at: number;
  readonly episodes: readonly Memory[];
}

/** The episodes as they were when they happened, in equal parts, oldest first; a night after each part. */
function daysOf(start: SleepSnapshot, nights: number): readonly Day[] {
  const episodes = canonicalSnapshot(start)
    .memories.filter(({ kind, status }) => kind === 'episode' && status !== 'retired')
    .map(asBorn);
  const days: Day[] = [];
  let at = Number.NEGATIVE_INFINITY;
  for (let night = 0; night < nights; night++) {
    const part = episodes.slice(
      Math.floor((night * episodes.length) / nights),
      Math.floor(((night + 1) * episodes.length) / nights),
    );
    at = Math.max(at + dayMs, (part.at(-1)?.createdAt ?? 0) + dayMs / 2);
    days.push({ at, episodes: part });
  }
  return days;
}

/** Without what sleep and use have made of it. */
function asBorn(memory: Memory): Memory {
  const { sleptAt: _1, replacedBy: _2, contradictedBy: _3, obsoleteAt: _4, restates: _5, ...rest } = memory;
  return {
    ...rest,
    ...tunables.start[memory.label],
    status: 'active',
    alpha: 1,
    beta: 1,
    topic: '',
    cues: [],
    lastAccessedAt: memory.createdAt,
    accessCount: 0,
  };
}

interface Life {
  readonly then: SleepSnapshot;
  readonly thenAt: number;
  readonly end: SleepSnapshot;
  readonly endAt: number;
  /** By night, also the recovery nights. */
  readonly reports: readonly (readonly NightReport[])[];
}

async function live(
  days: readonly Day[],
  recoveryNights: number,
  signal: AbortSignal | undefined,
  night: (copy: MemoryCopy, at: number, night: number) => Promise<readonly NightReport[]>,
): Promise<Life> {
  const empty = { memories: [], links: [], evidence: [], receipts: [], pastNights: [], facts: new Map() };
  const copy = createCopy(empty);
  const reports: (readonly NightReport[])[] = [];
  let at = 0;
  const stopIfAsked = () => {
    if (signal?.aborted === true) throw new ReverieError('aborted', 'The simulation was stopped.');
  };
  for (const [number, day] of days.entries()) {
    await copy.take(day.episodes);
    at = day.at;
    reports.push(await night(copy, at, number));
    stopIfAsked();
  }
  const [then, thenAt] = [copy.content, at + dayMs / 2];
  for (let extra = 0; extra < recoveryNights; extra++) {
    at += dayMs;
    reports.push(await night(copy, at, days.length + extra));
    stopIfAsked();
  }
  return { then, thenAt, end: copy.content, endAt: at + dayMs / 2, reports };
}

const once = async (report: Promise<NightReport>): Promise<readonly NightReport[]> => [await report];

function sleepOn(
  copy: MemoryCopy,
  deps: SimulationDeps,
  at: number,
  watch: Watch,
  signal: AbortSignal | undefined,
  more: { readonly budgetSeconds?: number; readonly without?: Stage } = {},
): Promise<NightReport> {
  const { without, ...options } = more;
  return sleepOneNight(
    {
      ...deps,
      sleep: copy,
      clock: { now: () => at },
      pace: watch,
      phases: sleepPhases.filter(({ stage }) => stage !== without),
    },
    {
      owner: 'simulation',
      fixedClock: true,
      /* The same chance for the healthy and the ill. */
      seed: `simulated ${Math.floor(at / dayMs)}`,
      ...(signal === undefined ? {} : { signal }),
      ...options,
    },
  );
}

async function disorderedNight(
  { disorder, signal }: SimulationOptions,
  copy: MemoryCopy,
  deps: SimulationDeps,
  at: number,
  need: number,
): Promise<readonly NightReport[]> {
  switch (disorder) {
    case 'insomnia':
      return once(
        sleepOn(copy, deps, at, createWatch(), signal, { budgetSeconds: (insomniaShare * need) / 1000 }),
      );
    case 'fragmentation': {
      const reports: NightReport[] = [];
      for (let waking = 0; waking < wakings; waking++) {
        const woken = new AbortController();
        const watch = createWatch((looks) => {
          if (looks >= need / (2 * wakings)) woken.abort();
        });
        const heard = signal === undefined ? woken.signal : AbortSignal.any([signal, woken.signal]);
        const report = await sleepOn(copy, deps, at + waking * 60_000, watch, heard);
        reports.push(report);
        if (report.state === 'complete') break;
      }
      return reports;
    }
    case 'n3-deprivation':
      return once(sleepOn(copy, deps, at, createWatch(), signal, { without: 'N3' }));
    case 'rem-deprivation':
      return once(sleepOn(copy, deps, at, createWatch(), signal, { without: 'REM' }));
    case 'oversleep': {
      const reports: NightReport[] = [];
      for (let turn = 0; turn < oversleeps; turn++)
        reports.push(await sleepOn(copy, deps, at + turn * 3_600_000, createWatch(), signal));
      return reports;
    }
  }
}

function stagesIn(reports: readonly NightReport[]): Readonly<Record<Stage, number>> {
  const counts = { N1: 0, N2: 0, N3: 0, REM: 0 };
  const told = new Map(reports.map((report) => [report.id, report]));
  for (const { stages } of told.values()) for (const { stage } of stages) counts[stage]++;
  return counts;
}

const changesOf = (reports: readonly NightReport[] | undefined) =>
  (reports ?? []).reduce((sum, { changes }) => sum + changes, 0);

const asPast = ({ id, number, startedAt, finishedAt, state, stages }: NightReport): PastNight => ({
  id,
  number,
  startedAt,
  finishedAt,
  state,
  stages,
});
