/** Where reading stopped, and whether the file is still the one that was read. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { ImportCursor } from '../core/ports.ts';

/** Bytes hashed at the beginning of a file and before the offset. */
const headBytes = 1024;
const tailBytes = 256;

/**
 * A hash over the beginning of what was read and its end: it changes if the file was replaced, compacted or cut and
 * written anew, and stays if the file only grew.
 */
export async function fingerprintOf(path: string, offset: number): Promise<string> {
  const handle = await open(path, 'r');
  try {
    const head = Buffer.alloc(Math.min(headBytes, offset));
    const tail = Buffer.alloc(Math.min(tailBytes, offset));
    const headRead = await handle.read(head, 0, head.length, 0);
    const tailRead = await handle.read(tail, 0, tail.length, offset - tail.length);
    const hash = createHash('sha256');
    hash.update(`${offset}:${headRead.bytesRead}:${tailRead.bytesRead}:`);
    return hash.update(head).update(tail).digest('base64url').slice(0, 22);
  } finally {
    await handle.close();
  }
}

export type Resumption =
  /** Nothing new. */
  | { readonly type: 'unchanged' }
  /** Everything before `offset` was handed over before; 0 = read it all. */
  | { readonly type: 'from'; readonly offset: number };

/** How to go on with a file that may have been read before. */
export async function resume(
  path: string,
  size: number,
  mtimeMs: number,
  cursor: ImportCursor | undefined,
  canSeek: boolean,
): Promise<Resumption> {
  if (cursor === undefined || cursor.offset > size) return { type: 'from', offset: 0 };
  if ((await fingerprintOf(path, cursor.offset)) !== cursor.fingerprint) return { type: 'from', offset: 0 };
  if (cursor.size === size && cursor.mtimeMs === mtimeMs) return { type: 'unchanged' };
  if (canSeek) return { type: 'from', offset: cursor.offset };
  return { type: 'from', offset: 0 };
}
