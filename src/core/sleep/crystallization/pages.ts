/** Changes that are found kind by kind, and told in the order in which what they are about was said. */
import { type Breathe, eachOf, sortedOf } from '../../steps.ts';
import type { Change } from '../phase.ts';

export interface Page {
  /** What comes of the utterance at a position and of those that go with it; each position once. */
  add(position: number, changes: readonly Change[]): void;
  inOrder(breathe: Breathe): Promise<readonly Change[]>;
}

export function createPage(): Page {
  const entries: { readonly position: number; readonly changes: readonly Change[] }[] = [];
  return {
    add(position, changes) {
      if (changes.length > 0) entries.push({ position, changes });
    },
    async inOrder(breathe) {
      const all: Change[] = [];
      await eachOf(
        await sortedOf(entries, (a, b) => a.position - b.position, breathe),
        breathe,
        ({ changes }) => {
          for (const change of changes) all.push(change);
        },
      );
      return all;
    },
  };
}
