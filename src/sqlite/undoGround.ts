/** What the changes of a journal rest on: one cannot be taken back while another that stays needs what it wrote. */
import type { MemoryId } from '../core/memory.ts';
import type { JournalEntry } from '../core/sleep/night/store.ts';
import { patchedFields } from './touched.ts';

export const factKey = (key: string) => `fact ${key}`;
export const receiptKey = (receipt: string) => `receipt ${receipt}`;

/** What a change wrote, and what else has to be there for it to stand. */
export function groundOf({ change }: JournalEntry): {
  readonly written: readonly string[];
  readonly read: readonly string[];
} {
  const pair = (one: string, other: string, kind: string) => `pair ${one} ${other} ${kind}`;
  switch (change.type) {
    case 'create': {
      const { id } = change.memory;
      return {
        written: [id, ...change.evidence.map((episode) => pair(id, episode, 'evidence'))],
        read: change.evidence,
      };
    }
    case 'update': {
      const { replacedBy, contradictedBy } = change.patch;
      return {
        written: patchedFields(change.patch).map((field) => `field ${change.id} ${field}`),
        read: [change.id, replacedBy, contradictedBy].filter((id): id is MemoryId => typeof id === 'string'),
      };
    }
    case 'evidence':
      return {
        written: [pair(change.memory, change.episode, 'evidence')],
        read: [change.memory, change.episode],
      };
    case 'link': {
      const { from, to, kind } = change.link;
      return { written: [pair(from, to, kind)], read: [from, to] };
    }
    case 'unlink':
      return { written: [pair(change.from, change.to, change.kind)], read: [change.from, change.to] };
    case 'receipt-counted':
      return { written: [receiptKey(change.receipt)], read: [] };
    case 'fact':
      return { written: [factKey(change.key)], read: [] };
  }
}
