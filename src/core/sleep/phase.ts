/**
 * The one interface of a sleep phase: a pure function of a snapshot. Only `night/course.ts` writes what a phase returns,
 * in one transaction with a journal row per change.
 */

import type { Evidence, Link, LinkKind, Memory, MemoryId, NightId, ProjectId, Receipt } from '../memory.ts';
import type { ModelRefusal } from '../model.ts';
import type { Ids, MemoryPatch, Random, Tokenizer } from '../ports.ts';

/** In the order of a cycle. */
export const stages = ['N1', 'N2', 'N3', 'REM'] as const;
export type Stage = (typeof stages)[number];

export const phaseNames = [
  'replay',
  'homeostasis',
  'propagation',
  'precision',
  'crystallization',
  'reorganize',
  'consolidate',
  'prune',
  'dream',
  'expertise',
  /* Not one of the nine: after the night has settled, and only where its owner chose a language model. */
  'wording',
] as const;
export type PhaseName = (typeof phaseNames)[number];

/** All that a night may look at; never changed by a phase. Retired and archived memories are included. */
export interface SleepSnapshot {
  readonly memories: readonly Memory[];
  readonly links: readonly Link[];
  readonly evidence: readonly Evidence[];
  /** Receipts whose verdict is known and not yet counted. */
  readonly receipts: readonly Receipt[];
  /** Completed nights so far, newest first, at most 30: number, when, and their phase reports. */
  readonly pastNights: readonly PastNight[];
  /** Facts the engine keeps between nights (`homeostasis.lastAt`, `dream.seen`, `expertise`, `review`…). */
  readonly facts: ReadonlyMap<string, unknown>;
}

export interface PastNight {
  readonly id: NightId;
  readonly number: number;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly state: string;
  readonly stages: readonly PhaseReport[];
}

/** A line of the team's own instruction files (AGENTS.md, CLAUDE.md, .cursor/rules…), given to a night by its host. */
export interface InstructionLine {
  readonly project: ProjectId;
  /** Relative path and 1-based line. */
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

export interface PhaseContext {
  readonly night: NightId;
  /** The number this night will have; 1 for the first. */
  readonly number: number;
  /** 0-based cycle within the night. */
  readonly cycle: number;
  readonly now: number;
  readonly random: Random;
  readonly ids: Ids;
  readonly tokenizer: Tokenizer;
  /** Memories this night is cued to (targeted reactivation); everything where undefined. */
  readonly inScope: (memory: Memory) => boolean;
  readonly instructions: readonly InstructionLine[];
  readonly approval: 'auto' | 'balanced' | 'manual';
  /** Lives as long as the night: what a phase remembers under it spares a later cycle the work, and changes no result. */
  readonly nightLong?: object;
  /** The night has a time budget: it may end before all is done, so first things come first. */
  readonly limited?: boolean;
  /**
   * To be awaited in every loop over memories: lets the process hear a stop, and throws ReverieError `aborted`
   * once one was heard. Cheap: it really yields only every few milliseconds.
   */
  breathe(): Promise<void>;
}

/** One intended write. `why` is one sentence for the owner. */
export type Change =
  | {
      readonly type: 'create';
      readonly memory: Memory;
      readonly evidence: readonly MemoryId[];
      readonly why: string;
    }
  | { readonly type: 'update'; readonly id: MemoryId; readonly patch: MemoryPatch; readonly why: string }
  | { readonly type: 'evidence'; readonly memory: MemoryId; readonly episode: MemoryId; readonly why: string }
  | { readonly type: 'link'; readonly link: Link; readonly why: string }
  | {
      readonly type: 'unlink';
      readonly from: MemoryId;
      readonly to: MemoryId;
      readonly kind: LinkKind;
      readonly why: string;
    }
  | { readonly type: 'receipt-counted'; readonly receipt: string; readonly why: string }
  | { readonly type: 'fact'; readonly key: string; readonly value: unknown; readonly why: string };

/** What a phase did, for the hypnogram and the report. All counts ≥ 0. */
export interface PhaseReport {
  readonly stage: Stage;
  readonly phase: PhaseName;
  readonly cycle: number;
  /** Epoch ms by the night's clock. */
  readonly started: number;
  /** Wall time spent, ms; 0 under a fixed clock (`--now`), so that a replayed night is the same byte for byte. */
  readonly ms: number;
  /** Memories looked at. */
  readonly read: number;
  readonly changed: number;
  /** One readable sentence: what happened and why. */
  readonly detail: string;
  /** Numbers by name (`replayed`, `strong`, `factor`, `rules`, `dreams`…), for plots. */
  readonly measures: Readonly<Record<string, number>>;
}

export interface PhaseResult {
  readonly changes: readonly Change[];
  readonly report: Pick<PhaseReport, 'read' | 'detail' | 'measures'>;
}

export interface SleepPhase {
  readonly name: PhaseName;
  readonly stage: Stage;
  /**
   * It only tells what has become of the memory, and no other phase reads what it writes: so it is run once, when the
   * others have come to rest.
   */
  readonly looksBack?: true;
  run(snapshot: SleepSnapshot, context: PhaseContext): Promise<PhaseResult>;
}

/** One bar of the hypnogram: one stage in one cycle. Counts ≥ 0. */
export interface StageAccount {
  readonly cycle: number;
  readonly stage: Stage;
  /** Epoch ms by the night's clock, and wall time spent, ms. */
  readonly started: number;
  readonly ms: number;
  readonly changed: number;
  /** Events lived through again, old ones that were mixed in included. */
  readonly replayed: number;
  /** How much of the work at hand this stage has done by its end, 0..1; 1 where there was none. */
  readonly progress: number;
  /** Rule uses and contradictions weighed, and confirmations found. */
  readonly precision: number;
  /** REM: dreams kept, hurts eased, links between what had nothing to do with each other. */
  readonly dreams: number;
  readonly relieved: number;
  readonly creative: number;
}

/** What was learned, by type of memory. Counts ≥ 0. */
export interface Learned {
  /** What is so: decisions replayed for the first time, rules born, and known things confirmed. */
  readonly declarative: { readonly decisions: number; readonly rules: number; readonly confirmed: number };
  /** How it is done: skills born. */
  readonly procedural: { readonly skills: number };
  /** Hurts that lost their sting. */
  readonly emotional: { readonly relieved: number };
  /** Dreams kept. */
  readonly insight: { readonly dreams: number };
}

/** The memory at one moment. */
export interface NightMeasures {
  /** In use, or waiting for their owner's word. */
  readonly memories: number;
  /** Rules and skills in use. */
  readonly rules: number;
  /** Mean effective strength of what is in use, 0..1, four decimals; 0 where nothing is. */
  readonly strength: number;
  /** Episodes no night has replayed, and the pressure they make, 0..1, four decimals. */
  readonly unslept: number;
  readonly pressure: number;
}

/** The morning's account of a night. */
export interface NightReport {
  readonly id: NightId;
  readonly number: number;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly state: 'complete' | 'interrupted' | 'running' | 'undone';
  readonly stages: readonly PhaseReport[];
  /** Rules and skills born or changed this night. */
  readonly rules: readonly {
    readonly id: MemoryId;
    readonly text: string;
    readonly status: string;
    readonly change: 'new' | 'changed';
  }[];
  readonly dreams: readonly { readonly id: MemoryId; readonly text: string; readonly score: number }[];
  readonly changes: number;
  /** A bar for each stage of each cycle; absent in reports of nights before there were such. */
  readonly hypnogram?: readonly StageAccount[];
  readonly learned?: Learned;
  /** The memory at nightfall and in the morning; absent where a night was stopped. */
  readonly history?: { readonly before: NightMeasures; readonly after: NightMeasures };
  /** A paragraph a person reads in a minute. */
  readonly summary: string;
  /** What a language model was asked; absent where none was chosen. */
  readonly model?: ModelAccount;
}

/** What a language model was asked this night, and what became of its answers. All counts ≥ 0. */
export interface ModelAccount {
  readonly name: string;
  /** Lessons and dreams it could have worded. */
  readonly candidates: number;
  /** Questions asked. */
  readonly calls: number;
  /** Requests that left this process (more than `calls` where one was tried in another form), and their characters. */
  readonly requests: number;
  readonly characters: number;
  /** Wordings taken over. */
  readonly accepted: number;
  /** Candidates that kept the wording found without the model, by reason. */
  readonly refused: Readonly<Partial<Record<ModelRefusal, number>>>;
  /** Wall time spent, ms; 0 under a fixed clock. */
  readonly ms: number;
}
