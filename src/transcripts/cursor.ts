/** Where reading stopped, and whether the file is still the one that was read. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import type { ImportCursor } from '../core/ports.ts';

/** Bytes hashed at the beginning of a file and before the offset. */
const headBytes = 1024;
const tailBytes = 256;

/**
 * A hash over the beginning of what was read and its end: it changes if the file was replaced, compacted or cut and
 * written anew, and stays if the file only grew. Two short reads, so they do not wait for the event loop.
 */
export function fingerprintOf(path: string, offset: number): string {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(Math.min(headBytes, offset));
    const tail = Buffer.alloc(Math.min(tailBytes, offset));
    const headRead = readSync(file, head, 0, head.length, 0);
    const tailRead = readSync(file, tail, 0, tail.length, offset - tail.length);
    const hash = createHash('sha256');
    hash.update(`${offset}:${headRead}:${tailRead}:`);
    return hash.update(head).update(tail).digest('base64url').slice(0, 22);
  } finally {
    closeSync(file);
  }
}

export type Resumption =
  /** Nothing new. */
  | { readonly type: 'unchanged' }
  /** Everything before `offset` was handed over before; 0 = read it all. */
  | { readonly type: 'from'; readonly offset: number };

/** How to go on with a file that may have been read before. */
export function resume(
  path: string,
  size: number,
  mtimeMs: number,
  cursor: ImportCursor | undefined,
  canSeek: boolean,
): Resumption {
  if (cursor === undefined || cursor.offset > size) return { type: 'from', offset: 0 };
  if (fingerprintOf(path, cursor.offset) !== cursor.fingerprint) return { type: 'from', offset: 0 };
  if (cursor.size === size && cursor.mtimeMs === mtimeMs) return { type: 'unchanged' };
  if (canSeek) return { type: 'from', offset: cursor.offset };
  return { type: 'from', offset: 0 };
}

/** The same for a database: from the moment up to which it was read, if it is still the same one. */
export function resumeDatabase(
  state: { readonly size: number; readonly mtimeMs: number; readonly identity: string },
  cursor: ImportCursor | undefined,
): Resumption {
  if (cursor === undefined || cursor.fingerprint !== state.identity) return { type: 'from', offset: 0 };
  if (cursor.size === state.size && cursor.mtimeMs === state.mtimeMs) return { type: 'unchanged' };
  return { type: 'from', offset: cursor.offset };
}
