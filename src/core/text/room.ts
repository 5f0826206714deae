/**
 * Room for short lists of numbers, many to a buffer: a buffer of its own costs each of them more than what it holds, and the
 * collector looks at every buffer. Lists that are made together mostly end together, and their buffer with them.
 */

/** A few hundred lists. Bytes. */
const bufferSize = 262_144;
/** A longer list has a buffer of its own: it would leave much of one unused. Bytes. */
const longest = bufferSize / 16;

let buffer = new ArrayBuffer(0);
let used = 0;

export interface Room {
  readonly buffer: ArrayBuffer;
  readonly offset: number;
}

/** `bytes` zeroed bytes, from `offset` on; a multiple of 4 is asked for. */
export function room(bytes: number): Room {
  if (bytes > longest) return { buffer: new ArrayBuffer(bytes), offset: 0 };
  if (used + bytes > buffer.byteLength) {
    buffer = new ArrayBuffer(bufferSize);
    used = 0;
  }
  const offset = used;
  used += bytes;
  return { buffer, offset };
}
