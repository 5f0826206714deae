/** What the sidebar is shown: plain values made for looking at, never the memory's inner state. */
import type { MemoryId, MemoryLabel, MemoryStatus, NightId, ProjectId } from '../memory.ts';
import type { ReceiptCounts } from '../ports.ts';
import type { NightState } from '../sleep/night/store.ts';
import type { PhaseName, PhaseReport, Stage } from '../sleep/phase.ts';
import type { ExpertiseBand } from '../sleep/stock/expertiseFacts.ts';

/** How awake Reverie is. `pressure` is sleep pressure, 0..1; `unslept` counts episodes no night has looked at. */
export type Mood =
  | { readonly state: 'awake'; readonly pressure: number; readonly unslept: number }
  | { readonly state: 'drowsy'; readonly pressure: number; readonly unslept: number }
  | {
      readonly state: 'asleep';
      readonly stage: Stage;
      readonly phase?: PhaseName;
      /** Epoch ms. */
      readonly since: number;
      /** Share of the night done, 0..1, where it can be told. */
      readonly progress?: number;
    }
  /** Nothing is noticed or told: everywhere, or only in this session. */
  | { readonly state: 'paused'; readonly where: 'everywhere' | 'this-session' };

/** Where a memory holds, flat. */
export interface ScopeCard {
  readonly level: 'user' | 'project' | 'path';
  readonly project?: ProjectId;
  readonly glob?: string;
}

/** One moment in a conversation: what the user said there, and just before it the assistant. */
export interface Moment {
  readonly id: MemoryId;
  readonly label: MemoryLabel;
  readonly text: string;
  /** Tail of what the assistant had said just before. */
  readonly context?: string;
  readonly assistant: string;
  readonly project?: ProjectId;
  readonly session?: string;
  /** Epoch ms. */
  readonly at: number;
}

/** An episode in the timeline. `archived` = faded or merged into another. */
export interface EpisodeCard extends Moment {
  readonly status: MemoryStatus;
  /** The memory that stands for this moment and others since a night merged them. */
  readonly merged?: MemoryId;
  /** 0..1. */
  readonly salience: number;
}

/** A rule, skill or dream. */
export interface MemoryCard {
  readonly id: MemoryId;
  readonly kind: 'rule' | 'skill' | 'insight';
  readonly label: MemoryLabel;
  readonly status: MemoryStatus;
  readonly text: string;
  readonly why?: string;
  readonly scope: ScopeCard;
  /** Strength now, 0..1, and the band of phase 1 it falls into. */
  readonly effective: number;
  readonly band: 'strong' | 'moderate' | 'weak' | 'fading';
  /** α / (α + β), 0..1. */
  readonly precision: number;
  readonly pinned: boolean;
  /** Assistants ask before they break it. */
  readonly guard: boolean;
  /** Broken so often although told that its owner may want to be asked first. */
  readonly offerGuard: boolean;
  readonly standing: boolean;
  /** Newer information contradicts it: waiting for the user. */
  readonly contradicted: boolean;
  readonly obsolete: boolean;
  /** The team's own instruction line that says the same: `file:line`. */
  readonly restates?: string;
  readonly createdAt: number;
  /** How many episodes, and how many distinct sessions, it came from. */
  readonly episodes: number;
  readonly sessions: number;
  readonly receipts: ReceiptCounts;
  /** Only dreams: what they bring together, at most a few. */
  readonly sources?: readonly Moment[];
  readonly dream?: DreamCard;
}

/** What a dream came out at and what follows from it. */
export interface DreamCard {
  /** `.5 novelty + .3 utility + .2 surprise`, all in 0..1. */
  readonly score: number;
  readonly novelty: number;
  readonly utility: number;
  readonly surprise: number;
  /** What an assistant would be told once it is kept; empty where it is a question for its owner alone. */
  readonly proposal: string;
}

export interface NightCard {
  readonly id: NightId;
  readonly number: number;
  readonly startedAt: number;
  readonly finishedAt?: number;
  readonly state: NightState;
  readonly scope?: string;
  readonly summary: string;
  readonly stages: readonly PhaseReport[];
  /** Changes made, whether or not taken back. */
  readonly changes: number;
}

/** One change of a night, in words. */
export interface NightChange {
  /** The journal's entry, to take it back. */
  readonly entry: string;
  readonly phase: string;
  readonly what: 'born' | 'changed' | 'linked' | 'other';
  /** The text of the memory concerned, where there is one. */
  readonly subject?: string;
  readonly why: string;
  readonly undone: boolean;
}

/** One area of knowledge, as the last night took stock of it. */
export interface AreaCard {
  readonly kind: 'project' | 'language' | 'topic';
  /** The project's identity, the language's name, or the topic's path. */
  readonly area: string;
  /** The project a topic belongs to; absent for the owner's own. */
  readonly project?: ProjectId;
  /** 0..1. */
  readonly score: number;
  readonly band: ExpertiseBand;
  readonly memories: number;
  /** How many of them are rules, skills or insights in use. */
  readonly conclusions: number;
  /** What is known best, at most a few. */
  readonly known: readonly { readonly id: MemoryId; readonly text: string }[];
  /** What is missing, as sentences. */
  readonly gaps: readonly string[];
}

/** A question that is due about a rule. */
export interface DueReview {
  readonly id: MemoryId;
  /** Why it is asked, as a question. */
  readonly why: string;
}

/** Everything but the episodes, which come in pages. */
export interface Snapshot {
  /** The host's clock, epoch ms: all ages are told from it. */
  readonly now: number;
  readonly mood: Mood;
  /** False: the database can only be read. */
  readonly writable: boolean;
  /** One-line messages that must not be missed (a damaged file was set aside…). */
  readonly notices: readonly string[];
  /** Projects open in this window: shown first. */
  readonly here: readonly ProjectId[];
  /** Rules, skills and insights of every status. */
  readonly memories: readonly MemoryCard[];
  /** Newest first. */
  readonly nights: readonly NightCard[];
  /** Best known first. */
  readonly areas: readonly AreaCard[];
  /** What is to be looked at again now, most overdue first. */
  readonly due: readonly DueReview[];
  /** `epoch` changes whenever older episodes may have changed; while it stays, episodes are only added in front. */
  readonly episodes: { readonly total: number; readonly epoch: string };
}

export interface EpisodePage {
  /** Newest first. */
  readonly episodes: readonly EpisodeCard[];
  readonly total: number;
  readonly epoch: string;
}
