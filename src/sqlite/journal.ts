/** The journal as entries: what was changed, from what to what, why, and whether it was taken back. */
import {
  type Link,
  type LinkKind,
  linkKinds,
  type Memory,
  type MemoryId,
  type NightId,
} from '../core/memory.ts';
import type { MemoryPatch } from '../core/ports.ts';
import type { JournalEntry } from '../core/sleep/night/store.ts';
import type { Change } from '../core/sleep/phase.ts';
import { flagAt, numberAt, oneOfAt, optionalTextAt, textAt } from './columns.ts';
import type { Row } from './connection.ts';

const entryTypes = ['create', 'update', 'evidence', 'link', 'unlink', 'receipt-counted', 'fact'] as const;

export const entryId = (seq: number): string => `j_${seq}`;

/** Undefined for what is no entry's identity. */
export function seqOf(id: string): number | undefined {
  const digits = /^j_(\d{1,15})$/.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Rows are written by `applyChanges` alone, so the JSON in them has the shape it wrote. */
export function decodeEntry(row: Row): JournalEntry {
  const night = optionalTextAt(row, 'night');
  const before = parsed(row, 'before');
  const after = parsed(row, 'after');
  return {
    id: entryId(numberAt(row, 'seq')),
    ...(night !== undefined && { night: night as NightId }),
    act: textAt(row, 'act'),
    at: numberAt(row, 'at'),
    change: changeOf(row, after),
    before: before ?? null,
    after: after ?? null,
    why: textAt(row, 'why'),
    undone: flagAt(row, 'undone'),
  };
}

/** The value of a JSON column; undefined where it is NULL, which is not the same as the JSON value `null`. */
function parsed(row: Row, column: 'before' | 'after'): unknown {
  const json = optionalTextAt(row, column);
  return json === undefined ? undefined : JSON.parse(json);
}

function changeOf(row: Row, after: unknown): Change {
  const why = textAt(row, 'why');
  const memory = (column: 'memory' | 'other') => textAt(row, column) as MemoryId;
  const type = oneOfAt(row, 'type', entryTypes);
  switch (type) {
    case 'create': {
      const born = after as { readonly memory: Memory; readonly evidence: readonly MemoryId[] };
      return { type, memory: born.memory, evidence: born.evidence, why };
    }
    case 'update':
      return { type, id: memory('memory'), patch: after as MemoryPatch, why };
    case 'evidence':
      return { type, memory: memory('memory'), episode: memory('other'), why };
    case 'link':
      return { type, link: after as Link, why };
    case 'unlink':
      return {
        type,
        from: memory('memory'),
        to: memory('other'),
        kind: oneOfAt<LinkKind>(row, 'subject', linkKinds),
        why,
      };
    case 'receipt-counted':
      return { type, receipt: textAt(row, 'subject'), why };
    case 'fact':
      return { type, key: textAt(row, 'subject'), value: after, why };
  }
}
