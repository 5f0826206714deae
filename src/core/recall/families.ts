/** Which memories may be told at all, and what stands for what: a merged memory for the episodes it was made of. */
import type { MemoryId } from '../memory.ts';
import type { IndexedEntry, RecallIndex } from './recallIndex.ts';

/** Merges of merges are few; the bound only guards against a circle in a broken database. */
const longestChain = 16;

/** The living merged memory that an archived episode went into. */
export function headOf(index: RecallIndex, entry: IndexedEntry): IndexedEntry | undefined {
  let head: IndexedEntry | undefined = entry;
  for (let step = 0; step < longestChain && head?.facts.replacedBy !== undefined; step += 1)
    head = index.entryOfId(head.facts.replacedBy);
  return head !== entry && head?.facts.kind === 'merged' && head.facts.status === 'active' ? head : undefined;
}

/**
 * Active, or faded into the archive. What was replaced stays out, but for the episodes of a merged memory: it keeps
 * only the words of one of them.
 */
export function mayAnswer(
  index: RecallIndex,
  entry: IndexedEntry,
  known: ReadonlySet<MemoryId> | undefined,
): boolean {
  const { status, replacedBy, kind, id } = entry.facts;
  if (known?.has(id) === true || (status !== 'active' && status !== 'archived')) return false;
  if (replacedBy === undefined) return true;
  return kind === 'episode' && status === 'archived' && headOf(index, entry) !== undefined;
}
