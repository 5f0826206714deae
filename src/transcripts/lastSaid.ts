/**
 * The last thing the assistant said, read from the end of a transcript: this is asked at every prompt, and a long
 * conversation has tens of megabytes.
 */
import { realpathSync, statSync } from 'node:fs';
import type { TranscriptMessage } from '../core/capture/message.ts';
import { readTranscripts } from './files.ts';
import { openInput } from './input.ts';
import { linesOf, textOf, withoutMark } from './lines.ts';
import type { Line } from './reader.ts';
import { readerFor } from './readers.ts';

/** How much of the end is looked at, bytes: mostly the first is enough. After the last one all is read. */
const tails = [64 * 1024, 512 * 1024, 4 * 1024 * 1024] as const;

/**
 * Undefined where the assistant has said nothing, or the file cannot be read. Without `cwd`, `project` and `branch`, which the
 * lines before tell.
 * @param sizes of the ends that are tried, bytes, growing
 */
export async function lastSaid(
  path: string,
  sizes: readonly number[] = tails,
): Promise<TranscriptMessage | undefined> {
  return (await lastAtEnd(path, sizes).catch(() => undefined)) ?? (await lastOfAll(path));
}

async function lastOfAll(path: string): Promise<TranscriptMessage | undefined> {
  let last: TranscriptMessage | undefined;
  for await (const event of readTranscripts([path])) {
    if (event.type === 'message' && event.message.role === 'assistant') last = event.message;
  }
  return last === undefined ? undefined : said(last, last.file);
}

function said(message: TranscriptMessage, file: string | undefined): TranscriptMessage {
  const { format, role, text, session, conversation, message: id, at, path, signals } = message;
  return { format, role, text, session, conversation, message: id, at, path, file, signals };
}

/** Undefined where only the whole tells. */
async function lastAtEnd(path: string, sizes: readonly number[]): Promise<TranscriptMessage | undefined> {
  const file = realpathSync(path);
  if (!statSync(file).isFile()) return undefined;
  const input = await openInput(file);
  if (!input.seekable) return undefined;
  const reader = readerFor(textOf(withoutMark(input.head)), file);
  if (reader?.lastSaid === undefined) return undefined;
  for (const size of sizes) {
    const from = input.size - size;
    if (from < input.head.length) return undefined;
    const lines = () => withoutMiddle(input.head, input.chunks(from), from);
    const found = await reader.lastSaid({ ...input, lines }, from);
    if (found !== undefined) return said(found, file);
  }
  return undefined;
}

/** The whole lines of the beginning, and those of the end, which begins at `from`. */
async function* withoutMiddle(
  head: Buffer,
  end: AsyncIterable<Buffer>,
  from: number,
): AsyncGenerator<readonly Line[]> {
  for await (const batch of linesOf(only(head))) yield batch.filter(({ finished }) => finished);
  /* The end begins in the middle of a line, or nobody can tell that it does not. */
  let partial = true;
  for await (const batch of linesOf(end, from)) {
    yield partial ? batch.slice(1) : batch;
    partial = false;
  }
}

async function* only(chunk: Buffer): AsyncGenerator<Buffer> {
  yield chunk;
}
