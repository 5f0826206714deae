/** Opens a transcript: whatever its encoding or compression, readers see UTF-8. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Decompress } from 'fzstd';
import { linesOf } from './lines.ts';
import type { TranscriptInput } from './reader.ts';

const chunkBytes = 256 * 1024;
const headBytes = 64 * 1024;

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'zstd' | 'sqlite' | 'binary';

export interface OpenedInput extends TranscriptInput {
  readonly encoding: Encoding;
  /** True if offsets in the content are offsets in the file, so that reading can begin in the middle. */
  readonly seekable: boolean;
}

/**
 * Bytes from `start` on, in one buffer that is filled again and again: what is in `head` first, then the file, up to the
 * size it had when it was opened. What was appended since is for the next reading.
 */
async function* bytesOf(
  path: string,
  start: number,
  { head, size }: { readonly head: Buffer; readonly size: number },
  signal?: AbortSignal,
): AsyncGenerator<Buffer> {
  if (start < head.length) yield head.subarray(start);
  let at = Math.max(start, head.length);
  if (at >= size) return;
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, size - at));
    while (at < size) {
      /* Whoever wants to stop us is heard between two chunks. To wait for each read would cost more than the read. */
      await nextTurn();
      if (signal?.aborted) return;
      const bytesRead = readSync(file, buffer, 0, Math.min(buffer.length, size - at), at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    closeSync(file);
  }
}

/** Decompresses; ends quietly where the compressed data is damaged or cut off, after all that could be read. */
async function* decompressed(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const ready: Buffer[] = [];
  const stream = new Decompress((data) => {
    if (data.length > 0) ready.push(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  });
  for await (const chunk of chunks) {
    /* In small steps, for a compressed chunk may grow a hundredfold. */
    for (let at = 0; at < chunk.length; at += 16 * 1024) {
      try {
        stream.push(new Uint8Array(chunk.subarray(at, at + 16 * 1024)));
      } catch {
        yield* ready;
        return;
      }
      yield* ready.splice(0);
    }
  }
  try {
    stream.push(new Uint8Array(0), true);
  } catch {
    /* Cut off: what came out before stands. */
  }
  yield* ready;
}

async function* decoded(
  chunks: AsyncIterable<Buffer>,
  encoding: 'utf-16le' | 'utf-16be',
): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }), 'utf8');
  yield Buffer.from(decoder.decode(), 'utf8');
}

/** What the first bytes say. NUL bytes on every second place without a mark are UTF-16 too. */
export function encodingOf(head: Buffer): Encoding {
  if (head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528) return 'zstd';
  if (head.subarray(0, 16).toString('latin1') === 'SQLite format 3\0') return 'sqlite';
  if (head.length >= 2 && head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head.length >= 2 && head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const sample = head.subarray(0, 4096);
  let even = 0;
  let odd = 0;
  /** Bytes that do not occur in text; line breaks, tabs and the escape of terminal colours do. */
  let controls = 0;
  for (let at = 0; at < sample.length; at++) {
    const byte = sample[at] ?? 0;
    if (byte === 0) {
      if (at % 2 === 0) even++;
      else odd++;
    } else if (byte < 0x20 && !(byte >= 0x08 && byte <= 0x0d) && byte !== 0x1b) {
      controls++;
    }
  }
  const half = sample.length / 2;
  if (even === 0 && odd > half * 0.6) return 'utf-16le';
  if (odd === 0 && even > half * 0.6) return 'utf-16be';
  /* A stray NUL in a long text happens when a machine crashed while a log was written. */
  return sample.length > 0 && (even + odd + controls) / sample.length > 0.05 ? 'binary' : 'utf-8';
}

async function headOf(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    parts.push(Buffer.from(chunk.subarray(0, headBytes - bytes)));
    bytes += chunk.length;
    if (bytes >= headBytes) break;
  }
  return Buffer.concat(parts);
}

/**
 * Opens a file. Throws the system's error where it cannot be read. `start` must be the beginning of a line, and is
 * ignored where the content is not seekable.
 */
export async function openInput(path: string, signal?: AbortSignal): Promise<OpenedInput> {
  /* A short read, so it does not wait for the event loop. */
  const file = openSync(path, 'r');
  let raw: Buffer;
  let size: number;
  let mtimeMs: number;
  try {
    ({ size, mtimeMs } = fstatSync(file));
    raw = Buffer.alloc(Math.min(headBytes, size));
    raw = raw.subarray(0, readSync(file, raw, 0, raw.length, 0));
  } finally {
    closeSync(file);
  }
  const encoding = encodingOf(raw);
  const seekable = encoding === 'utf-8';
  const chunks = (start = 0): AsyncIterable<Buffer> => {
    const from = seekable ? start : 0;
    const bytes = bytesOf(path, from, { head: raw, size }, signal);
    if (encoding === 'zstd') return decompressed(bytes);
    if (encoding === 'utf-16le' || encoding === 'utf-16be') return decoded(bytes, encoding);
    return bytes;
  };
  const isText = encoding !== 'binary' && encoding !== 'sqlite';
  const head = seekable || !isText ? raw : await headOf(chunks());
  return { path, size, mtimeMs, head, encoding, seekable, chunks, lines: () => linesOf(chunks()) };
}
