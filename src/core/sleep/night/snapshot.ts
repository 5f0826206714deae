/** The picture of the memory a night works on, and how changes move it on without asking the store again. */
import type { Evidence, Link, Memory, MemoryId } from '../../memory.ts';
import type { MemoryPatch } from '../../ports.ts';
import { allSteps, breathingSteps, eachStep, type Steps, sortSteps } from '../../steps.ts';
import type { Change, SleepSnapshot } from '../phase.ts';
import { byEnds, byText, linkTableSteps } from './linkTable.ts';
import type { Known } from './store.ts';

/** Oldest first, then by identity: the order of memories in a snapshot. */
export const byAge = (a: Memory, b: Memory) => a.createdAt - b.createdAt || byText(a.id, b.id);
const byOwner = (a: Evidence, b: Evidence) => byText(a.memory, b.memory) || byText(a.episode, b.episode);

/** Identity of a link: at most one of a kind runs from one memory to another. */
export function linkKey(link: Pick<Link, 'from' | 'to' | 'kind'>): string {
  return `${link.from} ${link.to} ${link.kind}`;
}

/**
 * The same snapshot in one fixed order (memories by age, then identity), so that a phase that walks through it does
 * the same whatever order the store answered in.
 */
export const canonicalSnapshot = (snapshot: SleepSnapshot): SleepSnapshot => allSteps(orderSteps(snapshot));

/** {@link canonicalSnapshot} in pieces. */
export function* orderSteps(snapshot: SleepSnapshot): Steps<SleepSnapshot> {
  return {
    ...snapshot,
    memories: yield* sortSteps(snapshot.memories, byAge),
    links: yield* sortSteps(snapshot.links, byEnds),
    evidence: yield* sortSteps(snapshot.evidence, byOwner),
    receipts: [...snapshot.receipts].sort((a, b) => a.at - b.at || byText(a.id, b.id)),
  };
}

/** The memory after a patch; `null` takes an optional field away. */
export function patched(memory: Memory, patch: MemoryPatch): Memory {
  const next: Record<string, unknown> = { ...memory };
  let hasOtherFields = false;
  for (const [field, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    hasOtherFields ||= value === null || !(field in next);
    if (value === null) delete next[field];
    else next[field] = value;
  }
  /*
   * V8 gives an object to which fields were added or taken one by one a shape of its own, or a table, which is as large as
   * the memory; copied, all that have the same fields share one.
   */
  return (hasOtherFields ? { ...next } : next) as unknown as Memory;
}

/** The snapshot of one night, moved on change by change. Every snapshot it answers stays as it was. */
export interface Picture extends Known {
  /**
   * The snapshot after `changes`, equal to what the store would answer after committing them. Changes to memories
   * that are not there are passed over, as the store does with what its owner deleted meanwhile; so are memories
   * that are there already, and links and evidence of a memory with itself.
   */
  apply(changes: readonly Change[], breathe: () => Promise<void>): Promise<SleepSnapshot>;
}

export const createPicture = (start: SleepSnapshot): Picture => allSteps(pictureSteps(start));

/** {@link createPicture} in pieces. */
export function* pictureSteps(start: SleepSnapshot): Steps<Picture> {
  const { apply, ...known } = yield* develop(start);
  return { apply: (changes, breathe) => breathingSteps(apply(changes), breathe), ...known };
}

/** {@link Picture.apply} on a snapshot alone, at once. Pure. */
export function applyChanges(snapshot: SleepSnapshot, changes: readonly Change[]): SleepSnapshot {
  return changes.length === 0 ? snapshot : allSteps(allSteps(develop(snapshot)).apply(changes));
}

interface Developing extends Known {
  apply(changes: readonly Change[]): Steps<SleepSnapshot>;
}

function* develop(start: SleepSnapshot): Steps<Developing> {
  let current = start;
  /* Memories as they become, in a list of their own once one has changed; where each stands is known by identity. */
  let memories: readonly Memory[] | Memory[] = start.memories;
  let isOwn = false;
  const places = new Map<MemoryId, number>();
  yield* eachStep(start.memories, ({ id }, at) => {
    places.set(id, at);
  });
  const own = (): Memory[] => {
    if (!isOwn) memories = [...memories];
    isOwn = true;
    return memories as Memory[];
  };
  const links = yield* linkTableSteps(start.links);
  const behind = new Map<MemoryId, Set<MemoryId>>();
  const hasEvidence = (memory: MemoryId, episode: MemoryId) => behind.get(memory)?.has(episode) === true;
  const remember = ({ memory, episode }: Evidence) => {
    const known = behind.get(memory);
    if (known === undefined) behind.set(memory, new Set([episode]));
    else known.add(episode);
  };
  yield* eachStep(start.evidence, remember);
  let supported: Evidence[] = [];
  const facts = new Map(start.facts);
  const counted = new Set<string>();
  /* Within one commit a change may speak of a memory that is made after it. */
  const promised = new Set<MemoryId>();
  const there = (id: MemoryId) => places.has(id) || promised.has(id);
  const support = (memory: MemoryId, episode: MemoryId) => {
    if (memory === episode || !there(memory) || !there(episode)) return;
    if (hasEvidence(memory, episode)) return;
    const one = { memory, episode };
    remember(one);
    supported.push(one);
  };
  /** Newborn memories stand at the end; mostly that is their place, as nothing is younger. */
  function* byAgeAgain(): Steps<void> {
    const sorted = yield* sortSteps(memories, byAge);
    if (sorted === memories) return;
    memories = sorted;
    isOwn = true;
    yield* eachStep(memories, ({ id }, place) => {
      places.set(id, place);
    });
  }

  const make = (change: Change) => {
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
        if (change.value === undefined) facts.delete(change.key);
        else facts.set(change.key, change.value);
        break;
    }
  };

  function* apply(changes: readonly Change[]): Steps<SleepSnapshot> {
    const touched = new Set<Change['type']>();
    yield* eachStep(changes, (change) => {
      touched.add(change.type);
      if (change.type === 'create') promised.add(change.memory.id);
    });
    yield* eachStep(changes, make);
    const { memories: old, receipts } = current;
    if (memories.length > old.length) yield* byAgeAgain();
    current = {
      ...current,
      memories,
      ...(touched.has('link') || touched.has('unlink') ? { links: yield* links.inOrder() } : {}),
      ...(touched.has('create') || touched.has('evidence')
        ? { evidence: yield* sortSteps([...current.evidence, ...supported], byOwner) }
        : {}),
      ...(touched.has('receipt-counted') ? { receipts: receipts.filter(({ id }) => !counted.has(id)) } : {}),
      ...(touched.has('fact') ? { facts: new Map(facts) } : {}),
    };
    /* What was handed out stays as it is. */
    isOwn = false;
    supported = [];
    return current;
  }

  const memory = (id: MemoryId) => {
    const at = places.get(id);
    return at === undefined ? undefined : memories[at];
  };
  return {
    apply,
    memory,
    link: links.get,
    hasEvidence,
  };
}
