/** The picture of the memory a night works on, and how changes move it on without asking the store again. */
import type { Evidence, Link, Memory, MemoryId } from '../../memory.ts';
import type { MemoryPatch } from '../../ports.ts';
import type { Change, SleepSnapshot } from '../phase.ts';
import { createLinkTable } from './linkTable.ts';

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byAge = (a: Memory, b: Memory) => a.createdAt - b.createdAt || byText(a.id, b.id);
const byEnds = (a: Link, b: Link) => byText(a.from, b.from) || byText(a.to, b.to) || byText(a.kind, b.kind);
const byOwner = (a: Evidence, b: Evidence) => byText(a.memory, b.memory) || byText(a.episode, b.episode);

/** Identity of a link: at most one of a kind runs from one memory to another. */
export function linkKey(link: Pick<Link, 'from' | 'to' | 'kind'>): string {
  return `${link.from} ${link.to} ${link.kind}`;
}

const evidenceKey = (one: Evidence) => `${one.memory} ${one.episode}`;

/**
 * The same snapshot in one fixed order (memories by age, then identity), so that a phase that walks through it does
 * the same whatever order the store answered in.
 */
export function canonicalSnapshot(snapshot: SleepSnapshot): SleepSnapshot {
  return {
    ...snapshot,
    memories: [...snapshot.memories].sort(byAge),
    links: [...snapshot.links].sort(byEnds),
    evidence: [...snapshot.evidence].sort(byOwner),
    receipts: [...snapshot.receipts].sort((a, b) => a.at - b.at || byText(a.id, b.id)),
  };
}

/** The memory after a patch; `null` takes an optional field away. */
export function patched(memory: Memory, patch: MemoryPatch): Memory {
  const next: Record<string, unknown> = { ...memory };
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) delete next[field];
    else if (value !== undefined) next[field] = value;
  }
  return next as unknown as Memory;
}

/** The snapshot of one night, moved on change by change. Every snapshot it answers stays as it was. */
export interface Picture {
  /**
   * The snapshot after `changes`, equal to what the store would answer after committing them. Changes to memories
   * that are not there are passed over, as the store does with what its owner deleted meanwhile; so are memories
   * that are there already, and links and evidence of a memory with itself.
   */
  apply(changes: readonly Change[], breathe: () => Promise<void>): Promise<SleepSnapshot>;
}

export function createPicture(start: SleepSnapshot): Picture {
  const developing = develop(start);
  return {
    async apply(changes, breathe) {
      developing.expect(changes);
      for (const change of changes) {
        await breathe();
        developing.add(change);
      }
      return developing.print(changes);
    },
  };
}

/** {@link Picture.apply} on a snapshot alone, at once. Pure. */
export function applyChanges(snapshot: SleepSnapshot, changes: readonly Change[]): SleepSnapshot {
  if (changes.length === 0) return snapshot;
  const developing = develop(snapshot);
  developing.expect(changes);
  for (const change of changes) developing.add(change);
  return developing.print(changes);
}

function develop(start: SleepSnapshot) {
  let current = start;
  /* Memories as they become, in a list of their own once one has changed; where each stands is known by identity. */
  let memories: readonly Memory[] | Memory[] = start.memories;
  let isOwn = false;
  const places = new Map<MemoryId, number>();
  start.memories.forEach(({ id }, at) => {
    places.set(id, at);
  });
  const own = (): Memory[] => {
    if (!isOwn) memories = [...memories];
    isOwn = true;
    return memories as Memory[];
  };
  const links = createLinkTable(start.links);
  const evidence = mapBy(start.evidence, evidenceKey);
  const facts = new Map(start.facts);
  const counted = new Set<string>();
  const promised = new Set<MemoryId>();
  const there = (id: MemoryId) => places.has(id) || promised.has(id);
  const support = (memory: MemoryId, episode: MemoryId) => {
    if (memory === episode || !there(memory) || !there(episode)) return;
    const key = evidenceKey({ memory, episode });
    if (!evidence.has(key)) evidence.set(key, { memory, episode });
  };
  /** Newborn memories stand at the end; mostly that is their place, as nothing is younger. */
  const byAgeAgain = (before: number) => {
    let at = Math.max(1, before);
    while (at < memories.length && byAge(memories[at - 1] as Memory, memories[at] as Memory) <= 0) at++;
    if (at >= memories.length) return;
    own().sort(byAge);
    memories.forEach(({ id }, place) => {
      places.set(id, place);
    });
  };

  return {
    /** Within one commit a change may speak of a memory that is made after it. */
    expect(changes: readonly Change[]) {
      for (const change of changes) if (change.type === 'create') promised.add(change.memory.id);
    },
    add(change: Change) {
      switch (change.type) {
        case 'create':
          if (places.has(change.memory.id)) break;
          places.set(change.memory.id, own().push(change.memory) - 1);
          for (const episode of change.evidence) support(change.memory.id, episode);
          break;
        case 'update': {
          const at = places.get(change.id);
          if (at !== undefined) own()[at] = patched(memories[at] as Memory, change.patch);
          break;
        }
        case 'evidence':
          support(change.memory, change.episode);
          break;
        case 'link':
          if (change.link.from !== change.link.to && there(change.link.from) && there(change.link.to)) {
            links.set(change.link);
          }
          break;
        case 'unlink':
          links.delete(change.from, change.to, change.kind);
          break;
        case 'receipt-counted':
          counted.add(change.receipt);
          break;
        case 'fact':
          facts.set(change.key, change.value);
          break;
      }
    },
    print(changes: readonly Change[]): SleepSnapshot {
      const { memories: old, evidence: oldEvidence, receipts } = current;
      if (memories.length > old.length) byAgeAgain(old.length);
      current = {
        ...current,
        memories,
        ...(touched(changes, 'link', 'unlink') ? { links: links.inOrder() } : {}),
        ...(touched(changes, 'create', 'evidence')
          ? { evidence: inOrder(evidence, oldEvidence.length, byOwner) }
          : {}),
        ...(touched(changes, 'receipt-counted')
          ? { receipts: receipts.filter(({ id }) => !counted.has(id)) }
          : {}),
        ...(touched(changes, 'fact') ? { facts: new Map(facts) } : {}),
      };
      /* What was handed out stays as it is. */
      isOwn = false;
      return current;
    },
  };
}

function touched(changes: readonly Change[], ...types: readonly Change['type'][]): boolean {
  return changes.some((change) => types.includes(change.type));
}

function mapBy<T, K>(items: readonly T[], key: (item: T) => K): Map<K, T> {
  const map = new Map<K, T>();
  for (const item of items) map.set(key(item), item);
  return map;
}

/** A Map keeps what was there in its old order: only additions (and what left and came back) need sorting. */
function inOrder<T>(
  map: ReadonlyMap<unknown, T>,
  before: number,
  order: (a: T, b: T) => number,
): readonly T[] {
  const items = [...map.values()];
  return items.length === before && isSorted(items, order) ? items : items.sort(order);
}

function isSorted<T>(items: readonly T[], order: (a: T, b: T) => number): boolean {
  for (let index = 1; index < items.length; index++) {
    if (order(items[index - 1] as T, items[index] as T) > 0) return false;
  }
  return true;
}
