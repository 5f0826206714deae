/** What changes look at, whether they are made or taken back: it is loaded before, in a few statements. */
import type { Link, MemoryId } from '../core/memory.ts';
import type { MemoryPatch } from '../core/ports.ts';
import type { Change } from '../core/sleep/phase.ts';
import { type Field, fields } from './memoryRow.ts';

export type LinkKey = Pick<Link, 'from' | 'to' | 'kind'>;

export interface Touched {
  /** All that are spoken of. */
  readonly memories: ReadonlySet<MemoryId>;
  /** Those of them of which fields are changed. */
  readonly patched: ReadonlySet<MemoryId>;
  readonly fields: ReadonlySet<Field>;
  readonly links: readonly LinkKey[];
  readonly evidence: readonly (readonly [MemoryId, MemoryId])[];
  readonly receipts: ReadonlySet<string>;
  readonly facts: ReadonlySet<string>;
}

/**
 * One table for both directions. A link is tied and cut only between memories that are there, so both look at its
 * ends: taking back a cut ties the link again, and must see that neither end was forgotten meanwhile.
 */
export function touchedBy(changes: readonly Change[]): Touched {
  const memories = new Set<MemoryId>();
  const patched = new Set<MemoryId>();
  const fieldsOfAll = new Set<Field>();
  const links: LinkKey[] = [];
  const evidence: (readonly [MemoryId, MemoryId])[] = [];
  const receipts = new Set<string>();
  const facts = new Set<string>();
  for (const change of changes) {
    switch (change.type) {
      case 'create':
        memories.add(change.memory.id);
        for (const episode of change.evidence) {
          memories.add(episode);
          evidence.push([change.memory.id, episode]);
        }
        break;
      case 'update':
        memories.add(change.id);
        patched.add(change.id);
        for (const field of patchedFields(change.patch)) fieldsOfAll.add(field);
        break;
      case 'evidence':
        memories.add(change.memory).add(change.episode);
        evidence.push([change.memory, change.episode]);
        break;
      case 'link':
        memories.add(change.link.from).add(change.link.to);
        links.push(change.link);
        break;
      case 'unlink':
        memories.add(change.from).add(change.to);
        links.push(change);
        break;
      case 'receipt-counted':
        receipts.add(change.receipt);
        break;
      case 'fact':
        facts.add(change.key);
        break;
    }
  }
  return { memories, patched, fields: fieldsOfAll, links, evidence, receipts, facts };
}

const known: ReadonlySet<string> = new Set(fields);
const isField = (name: string): name is Field => known.has(name);

/** The fields a patch names; what is no field of a memory, or undefined, is not one. */
export function patchedFields(patch: MemoryPatch): readonly Field[] {
  return Object.keys(patch).filter((name): name is Field => isField(name) && patch[name] !== undefined);
}
