/** The one interface every transcript reader keeps, and what it is given to read from. */
import type {
  SkippedPart,
  TranscriptEvent,
  TranscriptFormat,
  TranscriptMessage,
} from '../core/capture/message.ts';

/** A line of a file without its line break. `bytes` is only valid until the next batch is asked for. */
export interface Line {
  readonly offset: number;
  /** Offset of the byte after its line break, or the end of the file. */
  readonly end: number;
  /** Undefined for a line over the limit, which was passed over without being kept. */
  readonly bytes: Buffer | undefined;
  /** False for a last line without a line break: its writer may not be done with it. */
  readonly finished: boolean;
}

/** One file, opened. Content is UTF-8 here whatever it is on disk, and decompressed. */
export interface TranscriptInput {
  readonly path: string;
  /** Bytes on disk. */
  readonly size: number;
  readonly mtimeMs: number;
  /** For a database: the moment (epoch ms) from which on changes are of interest; absent = everything. */
  readonly from?: number;
  /** The first 64 KB or less. */
  readonly head: Buffer;
  /** The content from byte `start` on. A chunk is only valid until the next one is asked for. */
  chunks(start?: number): AsyncIterable<Buffer>;
  /** The lines from `start` on (the beginning of a line), in batches. */
  lines(): AsyncIterable<readonly Line[]>;
}

/** What the folder around a transcript tells about it; asked for only when a reader needs it. */
export interface ReadContext {
  /** The project's folder as named by the assistant's or editor's own file near the transcript. */
  workspaceFolder(): Promise<string | undefined>;
}

export interface TranscriptReader {
  readonly format: TranscriptFormat;
  /**
   * True if its files only ever grow, so that reading can go on from an offset. Such a reader must use `lines()`,
   * set `offset` on its messages and yield `cursor` events; the others are read again as a whole.
   */
  readonly appendOnly: boolean;
  /**
   * True if its file is a database of many conversations: offsets are then moments, epoch ms, and only conversations
   * changed since then are read again.
   */
  readonly database?: boolean;
  /** Whether this is its format. `head` is the beginning of the file as text, `path` has forward slashes. */
  detect(head: string, path: string): boolean;
  /**
   * The messages in order. Never throws for bad content: what cannot be read is yielded as `skipped`. Messages of a
   * session carry the same identities whenever they are read again. Events come in batches, for a step of an
   * asynchronous iteration costs more than reading a record.
   */
  read(input: TranscriptInput, context: ReadContext): AsyncIterable<readonly TranscriptEvent[]>;
  /**
   * What the assistant said last in the lines at and after `from`, where `lines()` leaves out the middle of the file. Undefined
   * where nothing was said there, or what it was rests on what is left out. `cwd` and `branch` may be those of later lines.
   */
  lastSaid?(input: TranscriptInput, from: number): Promise<TranscriptMessage | undefined>;
}

export function skipped(
  path: string,
  reason: string,
  at?: number,
): { readonly type: 'skipped'; readonly part: SkippedPart } {
  return { type: 'skipped', part: at === undefined ? { path, reason } : { path, reason, at } };
}

/** Reasons in the words of a summary. */
export const reasons = {
  notJson: 'not valid JSON',
  tooLong: 'longer than can be read in one piece',
  unfinished: 'last line is only half written',
  truncated: 'file ends too early',
  unknownShape: 'record of an unknown shape',
  binary: 'binary file',
  unknownFormat: 'no known transcript format',
  wrongFormat: 'not readable in the format given',
  missing: 'no such file or folder',
  notAFile: 'not a regular file',
} as const;

/** Why a part of a list could not be read, in the same words. */
export const unreadableReason = {
  'not-json': reasons.notJson,
  'too-long': reasons.tooLong,
  truncated: reasons.truncated,
} as const;
