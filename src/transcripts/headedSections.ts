/**
 * Cuts a text file at the lines that begin with a mark, without looking at the other lines: files of gigabytes are
 * mostly bodies that nobody needs, and finding a few bytes is many times faster than making a string of every line.
 */
import { isUtf8 } from 'node:buffer';
import { textOf, withoutMark } from './lines.ts';

/** What stands between two headers. */
export interface Section {
  /** The header's line without its line break; undefined for what stands before the first header. */
  readonly header: string | undefined;
  /** The text below it, line breaks as `\n`. */
  body(): string;
}

export interface Sectioning {
  /** What a header begins with. */
  readonly mark: string;
  /** Whether a line that begins so is one. No line over {@link maxHeader} bytes is asked about. */
  isHeader(line: string): boolean;
  /** Which end of a body is kept where it is longer than `maxBody` bytes. */
  keeps(header: string | undefined): 'beginning' | 'end';
  readonly maxBody: number;
}

const maxHeader = 1000;
const lineFeed = 0x0a;

/** Text of bytes of which a few lines may be in another encoding than the rest. */
function linesText(bytes: Buffer): string {
  const read = isUtf8(bytes)
    ? bytes.toString('utf8')
    : bytes
        .toString('latin1')
        .split('\n')
        .map((line) => textOf(Buffer.from(line, 'latin1')))
        .join('\n');
  return read.includes('\r') ? read.replace(/\r\n?/g, '\n') : read;
}

/** A body that is put together from parts, never longer than needed. */
function createBody(keeps: 'beginning' | 'end', limit: number) {
  let parts: Buffer[] = [];
  let bytes = 0;
  return {
    /** @param kept true where `part` stays as it is until the body is asked for. */
    add(part: Buffer, kept: boolean): void {
      if (part.length === 0 || (keeps === 'beginning' && bytes >= limit)) return;
      parts.push(kept ? part : Buffer.from(part));
      bytes += part.length;
      const [first] = parts;
      if (keeps === 'end' && first !== undefined && bytes - first.length >= limit) {
        parts.shift();
        bytes -= first.length;
      }
    },
    text(): string {
      const [first] = parts;
      const whole = parts.length === 1 && first !== undefined ? first : Buffer.concat(parts, bytes);
      parts = [whole];
      if (whole.length <= limit) return linesText(whole);
      /* Cut between lines, so that no character is cut in two. */
      if (keeps === 'beginning')
        return linesText(whole.subarray(0, limit).subarray(0, lastBreak(whole, limit)));
      const from = whole.indexOf(lineFeed, whole.length - limit);
      return linesText(whole.subarray(from < 0 ? whole.length - limit : from + 1));
    },
  };
}

function lastBreak(bytes: Buffer, limit: number): number {
  const at = bytes.lastIndexOf(lineFeed, limit);
  return at <= 0 ? limit : at;
}

/** The sections in order, in batches; a body is only valid until the next batch is asked for. */
export async function* sectionsOf(
  chunks: AsyncIterable<Buffer>,
  sectioning: Sectioning,
): AsyncGenerator<readonly Section[]> {
  const mark = Buffer.from(`\n${sectioning.mark}`);
  const firstMark = mark.subarray(1);
  let header: string | undefined;
  let body = createBody(sectioning.keeps(undefined), sectioning.maxBody);
  /** Of the chunk before: what may be the beginning of a header, from its line break on. */
  let carried = Buffer.alloc(0);
  let begun = false;

  const headerAt = (data: Buffer, at: number, end: number): string | undefined => {
    if (end - at > maxHeader) return undefined;
    const line = textOf(data.subarray(at, end)).replace(/\r$/, '');
    return sectioning.isHeader(line) ? line : undefined;
  };

  for await (const chunk of chunks) {
    const data = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
    const sections: Section[] = [];
    let from = 0;
    let search = 0;
    const open = (at: number, line: string, next: number): void => {
      body.add(data.subarray(from, at), true);
      sections.push({ header, body: body.text });
      header = line;
      body = createBody(sectioning.keeps(header), sectioning.maxBody);
      from = next;
    };
    if (!begun) {
      begun = true;
      from = data.length - withoutMark(data).length;
      search = from;
      if (data.subarray(from, from + firstMark.length).equals(firstMark)) {
        const end = data.indexOf(lineFeed, from);
        const line = headerAt(data, from, end < 0 ? data.length : end);
        if (line !== undefined && end >= 0) open(from, line, end + 1);
      }
      search = Math.max(from - 1, 0);
    }
    let held = data.length;
    for (let at = data.indexOf(mark, search); at >= 0; at = data.indexOf(mark, search)) {
      const end = data.indexOf(lineFeed, at + 1);
      if (end < 0) {
        if (data.length - at <= maxHeader) held = at;
        break;
      }
      const line = headerAt(data, at + 1, end);
      if (line !== undefined) open(Math.max(at, from), line, end + 1);
      search = Math.max(end, from - 1);
    }
    /* The mark itself may be cut in two. */
    if (held === data.length) {
      const last = data.lastIndexOf(lineFeed);
      if (last >= Math.max(from, data.length - mark.length)) held = last;
    }
    if (sections.length > 0) yield sections;
    held = Math.max(held, from);
    body.add(data.subarray(from, held), false);
    carried = Buffer.from(data.subarray(held));
  }
  const last: Section[] = [];
  const at =
    carried.indexOf(mark) === 0 ? 1 : carried.indexOf(firstMark) === 0 && header === undefined ? 0 : -1;
  const line = at < 0 ? undefined : headerAt(carried, at, carried.length);
  if (line === undefined) body.add(carried, true);
  last.push({ header, body: body.text });
  if (line !== undefined) last.push({ header: line, body: () => '' });
  yield last;
}
