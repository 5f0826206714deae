/**
 * Reads one long list inside a JSON document element by element, without holding the document: files of any size
 * are read in little memory, and of a file that was cut off all that is whole is still read.
 */

export type JsonElement =
  /** An element of the list. */
  | { readonly type: 'element'; readonly value: unknown; readonly index: number }
  /** A value beside the list, at the top of the document. */
  | { readonly type: 'field'; readonly key: string; readonly value: unknown }
  | { readonly type: 'unreadable'; readonly why: 'not-json' | 'too-long' | 'truncated'; readonly at: number };

/** Deeper nesting is no transcript. */
const maxDepth = 2000;
/** Values beside the list are small; longer ones are of no interest. */
const maxFieldBytes = 256 * 1024;

const quote = 0x22;
const backslash = 0x5c;

/**
 * @param path the keys that lead to the list; empty if the document is the list.
 * @param maxElementBytes longer elements are passed over.
 */
export async function* jsonElements(
  chunks: AsyncIterable<Buffer>,
  path: readonly string[],
  maxElementBytes: number,
): AsyncGenerator<JsonElement> {
  const scanner = createScanner(path, maxElementBytes);
  for await (const chunk of chunks) {
    yield* scanner.scan(chunk);
    if (scanner.ended()) return;
  }
  yield* scanner.finish();
}

/** A key as written between its quotes, its escapes resolved. */
function keyOf(written: string): string {
  if (!written.includes('\\')) return written;
  try {
    return String(JSON.parse(`"${written}"`));
  } catch {
    return written;
  }
}

function createScanner(path: readonly string[], maxElementBytes: number) {
  /** For each open bracket, whether it is a list. */
  const open: boolean[] = [];
  /** How many of the open brackets, from the outermost, lead to the list. */
  let onPath = 0;
  let inString = false;
  let escaped = false;
  let isKey = false;
  let afterColon = false;
  let inPrimitive = false;
  let key = '';
  let keyParts: Buffer[] = [];
  let keyBytes = 0;
  let done = false;
  let offset = 0;
  let index = 0;

  let capture: 'element' | 'field' | undefined;
  let captureDepth = 0;
  let captureKey = '';
  let captureFrom = 0;
  let captured: Buffer[] = [];
  let capturedBytes = 0;
  let captureStart = 0;
  let tooLong = false;
  let results: JsonElement[] = [];

  const keep = (part: Buffer, copy: boolean): void => {
    capturedBytes += part.length;
    if (capturedBytes > (capture === 'field' ? maxFieldBytes : maxElementBytes)) {
      tooLong = true;
      captured = [];
    }
    if (!tooLong && part.length > 0) captured.push(copy ? Buffer.from(part) : part);
  };

  const beginValue = (at: number): void => {
    if (capture !== undefined) return;
    const depth = open.length;
    const inList = open[depth - 1] === true;
    if (inList && onPath === depth && depth === path.length + 1) capture = 'element';
    else if (depth === 1 && !inList && path.length > 0 && key !== path[0]) capture = 'field';
    else return;
    captureDepth = depth;
    captureKey = key;
    captureFrom = at;
    captureStart = offset + at;
  };

  const endValue = (chunk: Buffer, at: number): void => {
    if (capture === undefined || open.length !== captureDepth) return;
    keep(chunk.subarray(captureFrom, at), false);
    if (tooLong) {
      if (capture === 'element') results.push({ type: 'unreadable', why: 'too-long', at: captureStart });
    } else {
      try {
        const value: unknown = JSON.parse(Buffer.concat(captured, capturedBytes).toString('utf8'));
        results.push(
          capture === 'element'
            ? { type: 'element', value, index }
            : { type: 'field', key: captureKey, value },
        );
      } catch {
        results.push({ type: 'unreadable', why: 'not-json', at: captureStart });
      }
    }
    if (capture === 'element') index++;
    capture = undefined;
    captured = [];
    capturedBytes = 0;
    tooLong = false;
  };

  const endPrimitive = (chunk: Buffer, at: number): void => {
    if (!inPrimitive) return;
    inPrimitive = false;
    endValue(chunk, at);
  };

  /** Passes over a string; answers the position after it, or the end of the chunk. */
  const passString = (chunk: Buffer, from: number): number => {
    let at = from;
    if (escaped) {
      escaped = false;
      at++;
    }
    while (at < chunk.length) {
      const byte = chunk[at];
      if (byte === backslash) {
        at += 2;
        if (at > chunk.length) escaped = true;
        continue;
      }
      if (byte === quote) {
        inString = false;
        break;
      }
      at++;
    }
    const end = Math.min(at, chunk.length);
    if (isKey && capture === undefined && keyBytes < 256) {
      keyParts.push(Buffer.from(chunk.subarray(from, end)));
      keyBytes += end - from;
    }
    if (inString) return chunk.length;
    if (isKey) {
      if (capture === undefined) key = keyOf(Buffer.concat(keyParts).toString('utf8'));
      isKey = false;
    } else {
      endValue(chunk, at + 1);
    }
    return at + 1;
  };

  const scan = (chunk: Buffer): readonly JsonElement[] => {
    results = [];
    if (capture !== undefined) captureFrom = 0;
    for (let at = 0; at < chunk.length && !done; ) {
      if (inString) {
        at = passString(chunk, at);
        continue;
      }
      const byte = chunk[at];
      switch (byte) {
        case quote:
          isKey = open.length > 0 && open[open.length - 1] === false && !afterColon;
          if (isKey) {
            keyParts = [];
            keyBytes = 0;
          } else {
            beginValue(at);
          }
          inString = true;
          break;
        case 0x7b /* { */:
        case 0x5b /* [ */:
          {
            beginValue(at);
            const depth = open.length;
            const leads =
              depth === 0 || (onPath === depth && open[depth - 1] === false && key === path[depth - 1]);
            if (leads && capture === undefined) onPath = depth + 1;
            open.push(byte === 0x5b);
            afterColon = false;
            if (open.length > maxDepth) {
              results.push({ type: 'unreadable', why: 'not-json', at: offset + at });
              done = true;
            }
            break;
          }
        case 0x7d /* } */:
        case 0x5d /* ] */:
          endPrimitive(chunk, at);
          open.pop();
          if (onPath > open.length) onPath = open.length;
          afterColon = false;
          endValue(chunk, at + 1);
          if (open.length === 0) done = true;
          break;
        case 0x2c /* , */:
          endPrimitive(chunk, at);
          afterColon = false;
          break;
        case 0x3a /* : */:
          afterColon = true;
          break;
        case 0x20:
        case 0x09:
        case 0x0a:
        case 0x0d:
          break;
        default:
          if (!inPrimitive && open.length > 0) {
            inPrimitive = true;
            beginValue(at);
          }
      }
      at++;
    }
    if (capture !== undefined) keep(chunk.subarray(captureFrom), true);
    offset += chunk.length;
    return results;
  };

  return {
    scan,
    ended: (): boolean => done,
    /** To be called where the bytes end before the document does. */
    finish: (): readonly JsonElement[] =>
      done ? [] : [{ type: 'unreadable', why: open.length === 0 ? 'not-json' : 'truncated', at: offset }],
  };
}
