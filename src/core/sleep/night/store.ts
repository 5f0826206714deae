/** What sleep needs of a database: a lease, a picture of everything, nights and their journal. */
import type { Link, LinkKind, Memory, MemoryId, NightId } from '../../memory.ts';
import type { Change, NightReport, PhaseName, PhaseReport, SleepSnapshot } from '../phase.ts';
import type { NightDigest } from './digest.ts';

export interface Lease {
  /** Extends the lease; false if it was lost to another sleeper. */
  heartbeat(): Promise<boolean>;
  release(): Promise<void>;
}

export type NightState = 'running' | 'complete' | 'interrupted' | 'undone';

export interface Night {
  readonly id: NightId;
  /** 1 for the first night of this database. */
  readonly number: number;
  readonly startedAt: number;
  readonly finishedAt?: number;
  readonly state: NightState;
  readonly scope?: string;
  readonly seed: string;
  readonly report: NightReport;
}

/** What a night left behind in which a whole cycle had changed nothing. Times are epoch ms. */
export interface Settled {
  /** What was asked of it, see `basisOf`. */
  readonly basis: string;
  readonly from: number;
  /** When the time alone may make a difference again. */
  readonly until: number;
}

/** What is known of a night when it begins. */
export function nightBegun(
  number: number,
  { id, startedAt, scope, seed }: Pick<Night, 'id' | 'startedAt' | 'scope' | 'seed'>,
): Night {
  const common = { id, number, startedAt, state: 'running' } as const;
  return {
    ...common,
    seed,
    report: {
      ...common,
      finishedAt: startedAt,
      stages: [],
      rules: [],
      dreams: [],
      changes: 0,
      summary: '',
    },
    ...(scope === undefined ? {} : { scope }),
  };
}

/** One journalled change: enough to explain it and to take it back. */
export interface JournalEntry {
  readonly id: string;
  readonly night?: NightId;
  /** Phase name, or the wake act (`accept`, `edit`, `remember`…). */
  readonly act: string;
  readonly at: number;
  readonly change: Change;
  /** The changed fields before; null where the thing did not exist. */
  readonly before: unknown;
  /** The changed fields after; null where the thing is gone. */
  readonly after: unknown;
  readonly why: string;
  readonly undone: boolean;
}

/** What of a night is to be taken back; all of it where neither is named. */
export interface UndoChoice {
  /** Identity of a journal entry. */
  readonly change?: string;
  /** Every cycle's run of this phase. */
  readonly phase?: PhaseName;
  /** Of a whole night: what was changed since stays, with all that speaks of it; the rest is taken back. */
  readonly keepChanged?: boolean;
}

/** What a sleeper knows of the memory as it stood after its latest commit. */
export interface Known {
  memory(id: MemoryId): Memory | undefined;
  link(from: MemoryId, to: MemoryId, kind: LinkKind): Link | undefined;
  hasEvidence(memory: MemoryId, episode: MemoryId): boolean;
}

export interface SleepStore {
  /** One sleeper per database: undefined if another holds a fresh lease; a stale one is taken over. */
  acquireLease(owner: string, now: number, ttlMs: number): Promise<Lease | undefined>;
  /** A consistent view of all that is not forgotten. `signal` is heard while it is read: then it throws `aborted`. */
  snapshot(now: number, signal?: AbortSignal): Promise<SleepSnapshot>;
  beginNight(night: Pick<Night, 'id' | 'startedAt' | 'scope' | 'seed'>): Promise<Night>;
  /** Applies the changes and journals each, in one transaction together with the phase's report. */
  commitPhase(
    night: NightId,
    report: PhaseReport,
    changes: readonly Change[],
    at: number,
    /** May be heard while a large commit is under way: it is then rolled back whole and throws `aborted`. */
    signal?: AbortSignal,
    /** Spares reading what is known; not looked at where anybody else has written since the snapshot. */
    known?: Known,
  ): Promise<void>;
  finishNight(
    night: NightId,
    state: NightState,
    report: NightReport,
    finishedAt: number,
    settled?: Settled,
  ): Promise<void>;
  /** The latest night, if it left the memory settled and nothing was written since. */
  settledNight(): Promise<{ readonly night: Night; readonly settled: Settled } | undefined>;
  /** Newest first. */
  nights(limit: number): Promise<readonly Night[]>;
  night(id: NightId): Promise<Night | undefined>;
  journal(night: NightId, offset?: number, limit?: number): Promise<readonly JournalEntry[]>;
  /**
   * What the morning is told of a night's journal: of at most `limit` entries after the place `after` (0: from the beginning).
   * `last` is the place of the last of them; undefined where there are none.
   */
  journalDigest(
    night: NightId,
    after: number,
    limit: number,
  ): Promise<NightDigest & { readonly last?: number }>;
  journalOf(memory: MemoryId): Promise<readonly JournalEntry[]>;
  /**
   * Lets the journal of all but the latest `nights` nights with changes go, so that the memory does not grow for ever.
   * Answers how many entries went; `signal` is heard, and the next night goes on.
   */
  letGo(nights: number, signal?: AbortSignal): Promise<number>;
  /**
   * Lets the words go of episodes for which a rule in use stands, where both are older than every night that can be
   * taken back; the sentence that was learnt stays. Not journalled: it cannot be taken back. Answers how many episodes.
   */
  forgetWords(signal?: AbortSignal): Promise<number>;
  /**
   * Takes back a night, or of it one phase or one change together with what the night built on it, newest change first.
   * Throws `undo-conflict` where a memory was changed since (unless that is to stay), `not-undoable` where the night's journal was let go.
   */
  undo(night: NightId, only?: UndoChoice): Promise<readonly JournalEntry[]>;
}
