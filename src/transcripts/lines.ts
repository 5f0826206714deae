/** Cuts a stream of bytes into lines without ever holding more than one batch or one long line. */
import { isUtf8 } from 'node:buffer';
import type { Line } from './reader.ts';

/**
 * A line over this many bytes is passed over. Real records stay far below it (the largest hold pasted images); the
 * limit keeps memory bounded: bytes, text and parsed values of one line exist at the same time.
 */
export const maxLineBytes = 8 * 1024 * 1024;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** The lines of `chunks`, whose first byte is at offset `start`, in batches of about a chunk each. */
export async function* linesOf(
  chunks: AsyncIterable<Buffer>,
  start = 0,
  limit = maxLineBytes,
): AsyncGenerator<readonly Line[]> {
  let carried: Buffer[] = [];
  let carriedBytes = 0;
  let tooLong = false;
  let lineStart = start;
  let chunkStart = start;

  const finish = (rest: Buffer, end: number, finished: boolean): Line => {
    const offset = lineStart;
    let bytes: Buffer | undefined;
    if (!tooLong && carriedBytes + rest.length <= limit) {
      bytes = carriedBytes === 0 ? rest : Buffer.concat([...carried, rest], carriedBytes + rest.length);
      if (bytes.length > 0 && bytes[bytes.length - 1] === carriageReturn) {
        bytes = bytes.subarray(0, bytes.length - 1);
      }
    }
    carried = [];
    carriedBytes = 0;
    tooLong = false;
    lineStart = end;
    return { offset, end, bytes, finished };
  };

  for await (const chunk of chunks) {
    const batch: Line[] = [];
    let at = 0;
    for (let next = chunk.indexOf(lineFeed, at); next >= 0; next = chunk.indexOf(lineFeed, at)) {
      batch.push(finish(chunk.subarray(at, next), chunkStart + next + 1, true));
      at = next + 1;
    }
    if (at < chunk.length) {
      carriedBytes += chunk.length - at;
      if (carriedBytes > limit) {
        tooLong = true;
        carried = [];
      }
      /* Copied, for the chunk's memory is used again. */
      if (!tooLong) carried.push(Buffer.from(chunk.subarray(at)));
    }
    chunkStart += chunk.length;
    if (batch.length > 0) yield batch;
  }
  if (carriedBytes > 0) yield [finish(Buffer.alloc(0), chunkStart, false)];
}

/** The text of UTF-8 bytes; bytes that are not UTF-8 are read as Latin-1, as old files on Windows are. */
export function textOf(bytes: Buffer): string {
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
}

const mark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Without a byte order mark at its beginning. */
export function withoutMark(bytes: Buffer): Buffer {
  return bytes.length >= 3 && bytes.subarray(0, 3).equals(mark) ? bytes.subarray(3) : bytes;
}

/** True if there is nothing but white space. */
export function isBlank(bytes: Buffer): boolean {
  if (bytes.length > 64) return false;
  for (const byte of bytes) if (byte !== 0x20 && byte !== 0x09 && byte !== carriageReturn) return false;
  return true;
}
