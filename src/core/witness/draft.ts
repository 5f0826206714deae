/** An episode of what was witnessed, before it is kept; and a diff of a few lines, never whole files. */
import { diffLines } from 'diff';
import type { MessageSignal } from '../capture/message.ts';
import type { Lesson, MemoryLabel } from '../memory.ts';

/** An episode before it is redacted, scored and gated. */
export interface WitnessDraft {
  readonly label: MemoryLabel;
  readonly text: string;
  readonly lesson: Lesson;
  readonly confidence: number;
  readonly standing: boolean;
  readonly oneOff: boolean;
  readonly signals: readonly MessageSignal[];
  /** Tells this event from every other of its session. */
  readonly message: string;
  /** The file it is about, relative to the project's root. */
  readonly path?: string;
  /** The user asked for it: no gate. */
  readonly explicit: boolean;
  readonly at: number;
}

const lineLength = 120;
const mostLines = 8;

export const clip = (line: string, length = lineLength): string =>
  line.length <= length ? line : `${line.slice(0, length - 1)}…`;

/** Changed lines as `- old` and `+ new`, at most eight of each. Spacing is no change. */
export function compactDiff(
  before: string,
  after: string,
): { readonly lines: readonly string[]; readonly changed: number } {
  const removed: string[] = [];
  const added: string[] = [];
  for (const part of diffLines(before, after, { ignoreWhitespace: true })) {
    if (!part.added && !part.removed) continue;
    const lines = part.value.split('\n').filter((line) => line.trim() !== '');
    (part.added ? added : removed).push(...lines.map((line) => clip(line.trim())));
  }
  return {
    lines: [
      ...removed.slice(0, mostLines).map((line) => `- ${line}`),
      ...(removed.length > mostLines ? [`- … ${removed.length - mostLines} more lines`] : []),
      ...added.slice(0, mostLines).map((line) => `+ ${line}`),
      ...(added.length > mostLines ? [`+ … ${added.length - mostLines} more lines`] : []),
    ],
    changed: removed.length + added.length,
  };
}

/** In code marks, or in quotes where it holds such marks itself. */
export const quoteCode = (text: string): string => (text.includes('`') ? `“${text}”` : `\`${text}\``);

/** The first line of a compact diff with this mark, without it. */
export const firstOf = (lines: readonly string[], mark: string): string | undefined =>
  lines.find((line) => line.startsWith(mark))?.slice(2);
