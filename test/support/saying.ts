/** Episodes said one an hour, each in a conversation of its own. */
import type { Memory } from '../../src/core/memory.ts';
import { buildMemory, memoryId, noon } from './builders.ts';

export type Say = (text: string, fields?: Parameters<typeof buildMemory>[0]) => Memory;

/** Counts its own: what is said first is `e_1`. */
export function createSay(): Say {
  let count = 0;
  return (text, fields = {}) => {
    count += 1;
    return buildMemory({
      id: memoryId(`e_${count}`),
      kind: 'episode',
      tier: 'fast',
      text,
      lesson: { statement: text },
      source: { session: `s${count}`, message: '1' },
      createdAt: noon + count * 3_600_000,
      ...fields,
    });
  };
}
