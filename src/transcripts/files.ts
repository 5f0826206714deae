/** Reads transcripts from files and folders: finds them, tells their format, goes on where it stopped. */
import type { SkippedPart, TranscriptFormat, TranscriptMessage } from '../core/capture/message.ts';
import type { ImportCursor } from '../core/ports.ts';
import { fingerprintOf, resume, resumeDatabase } from './cursor.ts';
import { type OpenedInput, openInput } from './input.ts';
import { linesOf, textOf, withoutMark } from './lines.ts';
import { createProjectRoots } from './projectRoot.ts';
import { type Line, reasons } from './reader.ts';
import { readerFor } from './readers.ts';
import { databaseIdentity, databaseState } from './sqliteFile.ts';
import { refusal, walkFiles } from './walk.ts';
import { workspaceFolderOf } from './workspaceFolder.ts';

export interface ReadOptions {
  /** Read every file as this format; `auto` and undefined tell it from the file. */
  readonly format?: TranscriptFormat | 'auto';
  /** Where reading stopped last time. Without it everything is read. */
  readonly cursors?: (file: string) => Promise<ImportCursor | undefined>;
  /** Epoch ms; messages before it, or at and after `until`, are left out. Messages without a time are kept. */
  readonly since?: number;
  readonly until?: number;
  /** Told of each file when its turn comes, whether or not there is something new in it. `path` as it was found. */
  readonly onFile?: (path: string, size: number) => void;
  /** Told of each file in which nothing is new. */
  readonly onUnchanged?: (path: string) => void;
  /** Bytes between two places to go on from within one file; 8 MB by default. */
  readonly markEvery?: number;
  readonly signal?: AbortSignal;
}

/** `file` is the real path, the key of its cursor. */
export type ReadEvent =
  /** A file is about to be read. `from` > 0: its beginning was read before. */
  | {
      readonly type: 'opened';
      readonly file: string;
      readonly format: TranscriptFormat;
      readonly size: number;
      readonly from: number;
    }
  | { readonly type: 'message'; readonly file: string; readonly message: TranscriptMessage }
  /** Comes once a file and reason, after its messages; `part.count` says how often. */
  | { readonly type: 'skipped'; readonly file: string; readonly part: SkippedPart }
  /** All messages before were handed over; may be saved as soon as they are dealt with. */
  | { readonly type: 'cursor'; readonly file: string; readonly cursor: ImportCursor };

/** Before an offset, this much is read again to know the session and what the assistant had said. */
const memoryBytes = 256 * 1024;
/** Bytes between two places to go on from within one file. */
const markEvery = 8 * 1024 * 1024;
/** And this much of the beginning, where the session's folder stands. */
const headBytes = 64 * 1024;

/**
 * Streams what the files at and below `paths` hold, file by file. Nothing bad in a file or folder throws; it comes
 * as `skipped`. Stops early, at a safe point, when `signal` is aborted.
 */
export async function* readTranscripts(
  paths: readonly string[],
  options: ReadOptions = {},
): AsyncGenerator<ReadEvent> {
  const roots = createProjectRoots();
  const unknown = new Set<string>();
  for await (const walked of walkFiles(paths, options.signal)) {
    if (walked.type === 'skipped') {
      yield { type: 'skipped', file: walked.part.path, part: walked.part };
      continue;
    }
    try {
      for await (const batch of readFile(walked.path, walked.real, options, roots)) {
        for (const event of batch) {
          if (event.type === 'skipped' && event.part.reason === reasons.unknownFormat && !walked.named) {
            unknown.add(event.part.path);
          } else {
            yield event;
          }
        }
      }
    } catch (error) {
      yield { type: 'skipped', file: walked.path, part: { path: walked.path, reason: refusal(error) } };
    }
    if (options.signal?.aborted) return;
  }
  /* Other files in a folder are no fault of anyone: one line says how many there were. */
  if (unknown.size > 0) {
    const [first] = unknown;
    const path = paths.length === 1 ? (paths[0] ?? '') : (first ?? '');
    yield { type: 'skipped', file: path, part: { path, reason: reasons.unknownFormat, count: unknown.size } };
  }
}

async function* readFile(
  path: string,
  file: string,
  options: ReadOptions,
  roots: (directory: string) => NonNullable<TranscriptMessage['project']>,
): AsyncGenerator<readonly ReadEvent[]> {
  const input = await openInput(file, options.signal);
  options.onFile?.(path, input.size);
  if (input.size === 0) return;
  const skipped = (reason: string): ReadEvent => ({ type: 'skipped', file, part: { path: file, reason } });
  if (input.encoding === 'binary') {
    yield [skipped(reasons.binary)];
    return;
  }
  const format = options.format === 'auto' ? undefined : options.format;
  const reader = readerFor(textOf(withoutMark(input.head)), file, format);
  if (reader === undefined) {
    yield [skipped(reasons.unknownFormat)];
    return;
  }
  const database =
    input.encoding === 'sqlite' && reader.database === true
      ? { ...databaseState(file), identity: databaseIdentity(file) }
      : undefined;
  if (database === undefined && input.encoding === 'sqlite') {
    yield [skipped(reasons.unknownFormat)];
    return;
  }
  /** Offsets mean something: bytes, or moments of a database. */
  const canSeek = (reader.appendOnly && input.seekable) || database !== undefined;
  const { size, mtimeMs } = database ?? input;
  const known = await options.cursors?.(file);
  const resumption =
    database === undefined ? resume(file, size, mtimeMs, known, canSeek) : resumeDatabase(database, known);
  if (resumption.type === 'unchanged') {
    options.onUnchanged?.(path);
    return;
  }
  const from = resumption.offset;
  yield [{ type: 'opened', file, format: reader.format, size, from: database === undefined ? from : 0 }];

  const skips = new Map<string, { readonly at: number | undefined; count: number }>();
  const filter = createFilter(from, options);
  const cursorAt = (offset: number): ReadEvent => ({
    type: 'cursor',
    file,
    cursor: { file, offset, size, mtimeMs, fingerprint: database?.identity ?? fingerprintOf(file, offset) },
  });

  /** How far all was handed over, and how far a cursor says so. */
  let reached = from;
  let marked = from;
  const opened = database === undefined ? linesFrom(input, from) : { ...input, from };
  for await (const batch of reader.read(opened, { workspaceFolder: () => workspaceFolderOf(file) })) {
    if (options.signal?.aborted) return;
    const events: ReadEvent[] = [];
    for (const event of batch) {
      switch (event.type) {
        case 'message':
          for (const message of filter(event.message, event.offset)) {
            events.push({ type: 'message', file, message: completed(message, file, roots) });
          }
          break;
        case 'skipped': {
          const { at } = event.part;
          if (at !== undefined && at < from) break;
          const known = skips.get(event.part.reason);
          if (known === undefined) skips.set(event.part.reason, { at, count: event.part.count ?? 1 });
          else known.count += event.part.count ?? 1;
          break;
        }
        case 'cursor':
          if (!canSeek || event.offset <= reached) break;
          reached = event.offset;
          if (database !== undefined || reached - marked < (options.markEvery ?? markEvery)) break;
          marked = reached;
          events.push(cursorAt(reached));
          break;
      }
    }
    yield events;
  }
  if (options.signal?.aborted) return;
  const last: ReadEvent[] = [];
  if (!canSeek) last.push(cursorAt(size));
  else if (reached > marked || database !== undefined) last.push(cursorAt(reached));
  for (const [reason, { at, count }] of skips) {
    const part = { path: file, reason, ...(at !== undefined && { at }), ...(count > 1 && { count }) };
    last.push({ type: 'skipped', file, part });
  }
  yield last;
}

function completed(
  message: TranscriptMessage,
  file: string,
  roots: (directory: string) => NonNullable<TranscriptMessage['project']>,
): TranscriptMessage {
  const project = message.project ?? (message.cwd === undefined ? undefined : roots(message.cwd));
  /* Field by field, for a spread of objects of many shapes is slow and there may be millions of messages. */
  return {
    format: message.format,
    role: message.role,
    text: message.text,
    session: message.session,
    conversation: message.conversation,
    message: message.message,
    at: message.at,
    cwd: message.cwd,
    project,
    path: message.path,
    file,
    branch: message.branch,
    signals: message.signals,
    externalId: message.externalId,
    givenKind: message.givenKind,
  };
}

function linesFrom(input: OpenedInput, from: number): OpenedInput {
  return from === 0 ? input : { ...input, lines: () => linesAround(input, from) };
}

/** The first lines of the file, those shortly before `from`, and all from there on. */
async function* linesAround(input: OpenedInput, from: number): AsyncGenerator<readonly Line[]> {
  const gap = from > headBytes + memoryBytes;
  let next = 0;
  if (gap) {
    for await (const batch of linesOf(input.chunks())) {
      const whole = batch.filter((line) => line.end <= headBytes);
      next = whole[whole.length - 1]?.end ?? 0;
      if (whole.length > 0) yield whole;
      break;
    }
    /* The first line after the gap is read from its middle, so it is dropped. */
    const start = Math.max(next, from - memoryBytes);
    let partial = start > next;
    for await (const batch of linesOf(input.chunks(start), start)) {
      yield partial ? batch.slice(1) : batch;
      partial = false;
    }
    return;
  }
  yield* input.lines();
}

/**
 * Lets through what is new and in time. Of what was handed over before only the assistant's last words pass again,
 * ahead of the first new message: they are its context.
 */
function createFilter(
  from: number,
  options: ReadOptions,
): (message: TranscriptMessage, offset: number | undefined) => readonly TranscriptMessage[] {
  let before: TranscriptMessage | undefined;
  const inTime = ({ at }: TranscriptMessage): boolean =>
    at === undefined ||
    ((options.since === undefined || at >= options.since) &&
      (options.until === undefined || at < options.until));
  return (message, offset) => {
    if (offset !== undefined && offset < from) {
      before = message.role === 'assistant' ? message : undefined;
      return [];
    }
    if (!inTime(message)) {
      before = message.role === 'assistant' ? message : undefined;
      return [];
    }
    const context = before;
    before = undefined;
    return context !== undefined && message.role === 'user' ? [context, message] : [message];
  };
}
