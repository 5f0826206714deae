/** Which night a sleep begins: a new one, one that was broken off and is gone on with, or one with nothing to do. */
import { ReverieError } from '../../errors.ts';
import { dayMs, type NightId } from '../../memory.ts';
import type { PhaseName, PhaseReport, SleepPhase } from '../phase.ts';
import type { SleepDeps, SleepOptions } from './order.ts';
import { basisOf, isSettled } from './quiet.ts';
import type { Morning } from './report.ts';
import type { Night, SleepStore } from './store.ts';

/** An interrupted night older than this is not gone on with: its morning has long passed. */
const resumableMs = dayMs;
const journalPage = 5000;

/** What is known of a night before anything was looked at. */
export interface Opening {
  readonly id: NightId;
  readonly number: number;
  readonly seed: string;
  /** The clock at its beginning, also where it was interrupted since; and now. */
  readonly startedAt: number;
  readonly now: number;
  /** What it depends on besides the memory and the time, see {@link basisOf}. */
  readonly basis: string;
  /** As it was broken off. */
  readonly interrupted?: Night;
  /** The night after which there has been nothing to do until now, and the mark it left. */
  readonly settled?: Awaited<ReturnType<SleepStore['settledNight']>>;
}

/** Opens the night, in the database too unless this is a trial (`isTrial`): a trial goes on with nothing. */
export async function openNight(
  deps: SleepDeps,
  options: SleepOptions,
  phases: readonly SleepPhase[],
  isTrial: boolean,
): Promise<Opening> {
  const { sleep, clock, ids } = deps;
  const now = clock.now();
  const basis = basisOf(ids, options, phases);
  const [latest] = await sleep.nights(1);
  const interrupted = isTrial ? undefined : unfinished(latest, options, now);
  if (interrupted !== undefined) {
    const { id, number, seed, startedAt } = interrupted;
    return { id, number, seed, startedAt, now, basis, interrupted };
  }
  const number = (latest?.number ?? 0) + 1;
  const seed = options.seed ?? `night ${number}`;
  const id = ids.derive('n', seed, String(number), String(now)) as NightId;
  const opening = { id, number, seed, startedAt: now, now, basis };
  if (isTrial) return opening;
  const before = await sleep.settledNight();
  const { scope } = options;
  await sleep.beginNight({ id, startedAt: now, seed, ...(scope === undefined ? {} : { scope }) });
  return before !== undefined && isSettled(before.settled, now, basis)
    ? { ...opening, settled: before }
    : opening;
}

/** The night before, if it was stopped or killed and this sleep may go on with it. */
function unfinished(latest: Night | undefined, options: SleepOptions, now: number): Night | undefined {
  if (latest === undefined || (latest.state !== 'running' && latest.state !== 'interrupted'))
    return undefined;
  const same = latest.scope === options.scope && (options.seed === undefined || options.seed === latest.seed);
  return same && now - latest.startedAt < resumableMs ? latest : undefined;
}

/** A step of a night: one phase in one cycle. */
export const stepKey = (cycle: number, phase: PhaseName) => `${cycle} ${phase}`;

/**
 * Tells `morning` what an interrupted night had done already. Answers its steps, by {@link stepKey}. Throws ReverieError
 * `aborted` where `signal` says so: the journal of a night on many memories takes seconds.
 */
export async function recollect(
  night: Night,
  sleep: SleepStore,
  morning: Morning,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, PhaseReport>> {
  const done = new Map<string, PhaseReport>();
  for (const stage of night.report.stages) {
    done.set(stepKey(stage.cycle, stage.phase), stage);
    morning.addStage(stage);
  }
  if (night.report.model !== undefined) morning.setModel(night.report.model);
  /* Page by page: the journal of a night on many memories is larger than they are. */
  for (let after = 0; ; ) {
    if (signal?.aborted === true)
      throw new ReverieError('aborted', 'The sleep was stopped before it went on.');
    const { last, ...digest } = await sleep.journalDigest(night.id, after, journalPage);
    morning.add(digest);
    if (last === undefined || digest.changes < journalPage) return done;
    after = last;
  }
}
