/** Temporary folders with transcripts in them, and reading them to the end. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TranscriptMessage } from '../../src/core/capture/message.ts';
import type { ImportCursor } from '../../src/core/ports.ts';
import { type ReadEvent, type ReadOptions, readTranscripts } from '../../src/transcripts/files.ts';

export type Files = Readonly<Record<string, string | Uint8Array | readonly unknown[]>>;

/** Runs `use` with a folder that holds `files`; a list is written as JSON lines. */
export async function withFolder<T>(files: Files, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'reverie-transcripts-'));
  try {
    for (const [name, content] of Object.entries(files)) await put(join(folder, name), content);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function put(path: string, content: Files[string]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const isBytes = typeof content === 'string' || content instanceof Uint8Array;
  await writeFile(path, isBytes ? content : jsonLines(content));
}

export function jsonLines(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

export interface Outcome {
  readonly messages: readonly TranscriptMessage[];
  /** Texts of the user's messages. */
  readonly typed: readonly string[];
  readonly said: readonly string[];
  readonly skipped: ReadonlyMap<string, number>;
  readonly formats: readonly string[];
  readonly cursors: ReadonlyMap<string, ImportCursor>;
  readonly events: readonly ReadEvent[];
}

export async function readAll(paths: readonly string[], options: ReadOptions = {}): Promise<Outcome> {
  const events: ReadEvent[] = [];
  for await (const event of readTranscripts(paths, options)) events.push(event);
  const messages = events.flatMap((event) => (event.type === 'message' ? [event.message] : []));
  const skipped = new Map<string, number>();
  const cursors = new Map<string, ImportCursor>();
  for (const event of events) {
    if (event.type === 'skipped') {
      skipped.set(event.part.reason, (skipped.get(event.part.reason) ?? 0) + (event.part.count ?? 1));
    }
    if (event.type === 'cursor') cursors.set(event.file, event.cursor);
  }
  return {
    messages,
    typed: messages.filter(({ role }) => role === 'user').map(({ text }) => text),
    said: messages.filter(({ role }) => role === 'assistant').map(({ text }) => text),
    skipped,
    formats: events.flatMap((event) => (event.type === 'opened' ? [event.format] : [])),
    cursors,
    events,
  };
}

/** Reads one file of the given name and content. */
export function readOne(name: string, content: Files[string], options: ReadOptions = {}): Promise<Outcome> {
  return withFolder({ [name]: content }, (folder) => readAll([join(folder, name)], options));
}
