/** The journal of a night in words: what was changed, and why. */
import type { Memory, MemoryId } from '../core/memory.ts';
import type { NightChange } from '../core/protocol.ts';
import type { JournalEntry } from '../core/sleep/night/store.ts';

/** The memory a change is about; undefined for facts and receipts. */
function subjectOf({ change }: JournalEntry): MemoryId | undefined {
  switch (change.type) {
    case 'create':
      return change.memory.id;
    case 'update':
      return change.id;
    case 'evidence':
      return change.memory;
    case 'link':
      return change.link.from;
    case 'unlink':
      return change.from;
    case 'receipt-counted':
    case 'fact':
      return undefined;
  }
}

function whatOf({ change }: JournalEntry): NightChange['what'] {
  switch (change.type) {
    case 'create':
      return 'born';
    case 'update':
      return 'changed';
    case 'evidence':
    case 'link':
    case 'unlink':
      return 'linked';
    case 'receipt-counted':
    case 'fact':
      return 'other';
  }
}

/** @param getMany the memories as they are now; one that is gone since is shown as it was born, or without words. */
export async function changesOf(
  entries: readonly JournalEntry[],
  getMany: (ids: readonly MemoryId[]) => Promise<readonly Memory[]>,
): Promise<readonly NightChange[]> {
  const ids = new Set(entries.map(subjectOf).filter((id) => id !== undefined));
  const texts = new Map((await getMany([...ids])).map((memory) => [memory.id, memory.text]));
  return entries.map((entry) => {
    const id = subjectOf(entry);
    const born = entry.change.type === 'create' ? entry.change.memory.text : undefined;
    const subject = (id === undefined ? undefined : texts.get(id)) ?? born;
    return {
      entry: entry.id,
      phase: entry.act,
      what: whatOf(entry),
      ...(subject === undefined ? {} : { subject: subject.slice(0, 600) }),
      why: entry.why,
      undone: entry.undone,
    };
  });
}
