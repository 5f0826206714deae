/** A stretch of a document that an assistant wrote, followed through every later change. */
import type { Origin, TextChange } from './edit.ts';
import { isByHand } from './edit.ts';

export interface Span {
  /** Offsets in the document as it is now. */
  readonly start: number;
  readonly end: number;
  /** As the assistant left it; tools (formatter, rename) may have changed it since. */
  readonly before: string;
  /** As the assistant first left it, where rewriting was told before. */
  readonly first?: string;
  /** As it is now; `end − start` characters. */
  readonly now: string;
  /** When the assistant wrote it, epoch ms. */
  readonly at: number;
  /** Characters put in or taken out by a person, and by tools. */
  readonly byHand: number;
  readonly byTool: number;
  /** A person took it back with undo. */
  readonly undone: boolean;
  /** It was taken out as a whole: what is typed at its end is put in its place. */
  readonly regrown: boolean;
  /** It is known that an assistant wrote it; else it only looks so. */
  readonly proven: boolean;
}

export function newSpan(start: number, text: string, at: number, proven: boolean): Span {
  return {
    start,
    end: start + text.length,
    before: text,
    now: text,
    at,
    byHand: 0,
    byTool: 0,
    undone: false,
    regrown: false,
    proven,
  };
}

const isEmpty = (span: Span): boolean => span.end === span.start;

function touches(span: Span, { offset, length }: TextChange): boolean {
  if (isEmpty(span)) return offset <= span.start && offset + length >= span.start;
  if (length === 0)
    return offset > span.start && (offset < span.end || (span.regrown && offset === span.end));
  return offset < span.end && offset + length > span.start;
}

/** The same span after one change of `origin`. Changes of one event are applied from the last to the first. */
export function follow(span: Span, change: TextChange, origin: Origin): Span {
  const { offset, length, text } = change;
  const delta = text.length - length;
  if (!touches(span, change)) {
    return offset + length <= span.start
      ? { ...span, start: span.start + delta, end: span.end + delta }
      : span;
  }
  const from = Math.max(offset, span.start) - span.start;
  const to = Math.min(offset + length, span.end) - span.start;
  const now = span.now.slice(0, from) + text + span.now.slice(to);
  const start = Math.min(offset, span.start);
  const regrown = span.regrown || now === '';
  const moved = { ...span, start, end: start + now.length, now, regrown };
  const size = text.length + (to - from);
  if (isByHand(origin)) {
    const undone = origin === 'undo' ? now.trim() === '' : origin === 'redo' ? false : span.undone;
    return { ...moved, byHand: span.byHand + size, undone };
  }
  /* What a tool does to text nobody touched is how the text was left; a rename is done to both. */
  if (span.byHand === 0 && now.trim() !== '') return { ...moved, before: now };
  const old = span.now.slice(from, to);
  const before = origin === 'rename' && /^\w+$/.test(old) ? renamed(span.before, old, text) : span.before;
  const spacing = text.trim() === '' && old.trim() === '';
  return { ...moved, before, byTool: span.byTool + (origin === 'rename' || spacing ? 0 : size) };
}

const renamed = (text: string, from: string, to: string): string =>
  text.replace(new RegExp(`(?<![\\w$])${from}(?![\\w$])`, 'g'), () => to);

/** Whether a person changed it, and more of it than tools did. */
export const isRewritten = (span: Span): boolean =>
  span.before !== span.now && span.byHand > 0 && span.byHand >= span.byTool;

/** Whether it vanished in one go without a key stroke: an assistant's edit undone by a button. */
export const isTakenAway = (span: Span): boolean =>
  span.byHand === 0 && span.byTool > 0 && span.now.trim() === '' && span.before.trim() !== '';

/** Longest text whose rewriting is watched, in characters. */
export const longestWritten = 65_536;
/** Larger pieces are taken apart where a blank line precedes an unindented one. Characters. */
const largestPiece = 400;

/** What was written, in pieces that are rewritten or deleted as one: paragraphs of code at the outermost level. */
export function piecesOf(text: string): readonly { readonly offset: number; readonly text: string }[] {
  if (text.length <= largestPiece) return [{ offset: 0, text }];
  const pieces: { offset: number; text: string }[] = [];
  let from = 0;
  for (const gap of text.matchAll(/\n[ \t]*\r?\n(?=\S)/g)) {
    const end = gap.index + gap[0].length;
    if (end - from < largestPiece / 8) continue;
    pieces.push({ offset: from, text: text.slice(from, end) });
    from = end;
  }
  if (from < text.length) pieces.push({ offset: from, text: text.slice(from) });
  return pieces;
}

/** Where `written` stands in `document`: as it is, else line by line whatever the indentation; undefined if nowhere. */
export function locate(
  document: string,
  written: string,
): { readonly start: number; readonly text: string } | undefined {
  if (written.trim() === '' || written.length > longestWritten) return undefined;
  const exact = document.indexOf(written);
  if (exact >= 0) return { start: exact, text: written };
  const wanted = written
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const lines: { readonly text: string; readonly start: number; readonly end: number }[] = [];
  let start = 0;
  for (const line of document.split('\n')) {
    if (line.trim() !== '') lines.push({ text: line.trim(), start, end: start + line.length });
    start += line.length + 1;
  }
  for (let at = 0; at + wanted.length <= lines.length; at += 1) {
    if (!wanted.every((line, index) => lines[at + index]?.text === line)) continue;
    const first = lines[at]?.start ?? 0;
    const last = lines[at + wanted.length - 1]?.end ?? first;
    return { start: first, text: document.slice(first, last) };
  }
  return undefined;
}
