/** What capture is asked for and what it answers. */
import type { Memory, MemoryLabel, ProjectId, Salience } from '../memory.ts';
import type { Clock, Ids, Log, MemoryStore, Redactor, Tokenizer } from '../ports.ts';
import type { Classification } from './classify.ts';
import type { TranscriptEvent } from './message.ts';

export interface CaptureDeps {
  readonly memories: Pick<MemoryStore, 'add' | 'list' | 'termCounts' | 'findByIdentity' | 'findByExternalId'>;
  readonly redactor: Redactor;
  readonly tokenizer: Tokenizer;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly log: Log;
  getFact(key: string): Promise<unknown>;
  setFact(key: string, value: unknown): Promise<void>;
}

export interface IngestProgress {
  readonly stage: string;
  /** Messages so far. */
  readonly done: number;
  readonly detail?: string;
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
  /** Lessons of the most salient new episodes that stand alone, at most five. */
  readonly examples: readonly string[];
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

/** A single message judged, as `reverie classify` prints it. */
export type Judgement = Omit<Classification, 'stripped'> & { readonly salience: Salience };

export interface Capture {
  ingest(events: AsyncIterable<TranscriptEvent>, options?: IngestOptions): Promise<CaptureSummary>;
  /** Throws `invalid-input` for text that is empty, or is private as a whole. */
  remember(text: string, options?: RememberOptions): Promise<Memory>;
  classifyOne(text: string, prev?: string): Promise<Judgement>;
}
