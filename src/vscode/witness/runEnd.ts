/** How something that ran came to its end, and the end of what it said. */
import type { Run } from '../../core/witness/commandWatch.ts';

export interface RunEnd extends Omit<Run, 'at'> {
  readonly cwd?: string;
}

/** Ends that are the user's own doing: interrupted, killed, terminated. */
export const stopped: ReadonlySet<number> = new Set([130, 137, 143]);

/** The end of an output that is kept while something runs, in characters. */
const tailLength = 16_384;

/** Keeps the end of a stream without copying it at every piece. */
export function createTail(): { add(piece: string): void; text(): string } {
  let pieces: string[] = [];
  let length = 0;
  return {
    add(piece) {
      pieces.push(piece.length > tailLength ? piece.slice(-tailLength) : piece);
      length += piece.length;
      if (length <= 2 * tailLength && pieces.length <= 256) return;
      const text = pieces.join('').slice(-tailLength);
      pieces = [text];
      length = text.length;
    },
    text: () => pieces.join('').slice(-tailLength),
  };
}
