/** What capture is asked for and what it answers. */
import type { Memory, MemoryLabel, ProjectId, Salience } from '../memory.ts';
import type { Clock, FileBlob, Ids, Log, MemoryStore, Redactor, Tokenizer } from '../ports.ts';
import type { Classification } from './classify.ts';
import type { TranscriptEvent } from './message.ts';

export interface CaptureDeps {
  readonly memories: Pick<MemoryStore, 'add' | 'list' | 'termCounts' | 'findByIdentity' | 'findByExternalId'>;
  readonly redactor: Redactor;
  /** Slow to load: asked for when the first episode is made. */
  readonly tokenizer: () => Promise<Tokenizer>;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly log: Log;
  /** Without it, what a memory cites is not known to change. */
  readonly fileBlob?: FileBlob;
  getFact(key: string): Promise<unknown>;
  setFact(key: string, value: unknown): Promise<void>;
}

export interface IngestProgress {
  readonly stage: string;
  /** Messages so far. */
  readonly done: number;
  /** Episodes so far. */
  readonly kept: number;
}

export interface IngestOptions {
  /** Each message becomes an episode as it is (still redacted), whatever it says. */
  readonly verbatim?: boolean;
  /** The project of messages that name none. */
  readonly project?: ProjectId;
  /** Overrides the `assistant` of the source. */
  readonly source?: string;
  /** Stops at a safe point: what was taken in stays. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: IngestProgress) => void;
  /**
   * Called now and then, and at the end: all that the events before told is stored. A place to go on from, should
   * the process end now, may be remembered.
   */
  readonly onStored?: () => Promise<void>;
}

/** An episode as an example for its owner. */
export interface ShownMoment {
  readonly kind: MemoryLabel;
  readonly statement: string;
  readonly assistant: string;
  readonly project?: ProjectId;
  /** Epoch ms. */
  readonly at: number;
}

export interface CaptureSummary {
  readonly files: number;
  readonly sessions: number;
  /** Messages of users looked at; in verbatim mode, rows. */
  readonly messages: number;
  readonly episodes: number;
  readonly duplicates: number;
  readonly skipped: readonly { readonly path: string; readonly reason: string; readonly count?: number }[];
  /** Secrets that were replaced. */
  readonly redacted: number;
  /** Counted and forgotten. */
  readonly belowGate: number;
  /** New episodes by their label. */
  readonly kinds: Readonly<Partial<Record<MemoryLabel, number>>>;
  /** By the format of the transcripts, in the order in which they came. */
  readonly assistants: readonly {
    readonly assistant: string;
    readonly sessions: number;
    readonly messages: number;
    readonly episodes: number;
  }[];
  /** Lessons of the most salient new episodes that stand alone, at most five. */
  readonly examples: readonly string[];
  /** The same with where they are from. */
  readonly moments: readonly ShownMoment[];
}

export interface RememberOptions {
  readonly kind?: MemoryLabel;
  /** A path scope, relative to the project's root. */
  readonly glob?: string;
  readonly scope?: 'user' | 'project';
  readonly project?: ProjectId;
  /** Where it was said; `command` by default. */
  readonly source?: string;
  readonly session?: string;
}

/** A single message judged, as `reverie classify` prints it; `wrong` falls back on what had been done before. */
export type Judgement = Omit<Classification, 'stripped' | 'before'> & { readonly salience: Salience };

export interface Capture {
  ingest(events: AsyncIterable<TranscriptEvent>, options?: IngestOptions): Promise<CaptureSummary>;
  /** Throws `invalid-input` for text that is empty, or is private as a whole. */
  remember(text: string, options?: RememberOptions): Promise<Memory>;
  classifyOne(text: string, prev?: string): Promise<Judgement>;
}
