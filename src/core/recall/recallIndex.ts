/**
 * The index that recall ranks with: everything a ranking needs of every memory, in flat arrays, so that a question
 * is one walk along the postings of its words. Kept up to date entry by entry.
 */
import type { MemoryId } from '../memory.ts';
import type { RecallEntry } from './entry.ts';
import { addTo, countIn, createPostings, type Postings, slotIn } from './postings.ts';
import { sayingOf } from './saying.ts';
import { createFlat, type Flat, none, swept, withRoomFor } from './slots.ts';
import { createVocabulary, type WeightedTerms } from './vocabulary.ts';

/** Facts of an entry that change without its words. */
export type EntryFacts = Omit<
  RecallEntry,
  'words' | 'lesson' | 'cues' | 'topic' | 'context' | 'head' | 'tail'
>;

export interface IndexedEntry {
  readonly slot: number;
  readonly facts: EntryFacts;
  /** Terms of its words, repetitions counted, and of its cues a share (`tunables.recall.cueLength`). */
  readonly length: number;
  /** Distinct terms of all its fields. */
  readonly distinct: number;
  /** The term of the speaker's name, −1 for none. */
  readonly speaker: number;
  readonly asksItself: boolean;
  readonly dated: boolean;
  readonly counted: boolean;
}

const noTotals: Totals = { memories: 0, length: 0, speaking: 0 };

export const sumOf = (one: Totals, other: Totals): Totals => ({
  memories: one.memories + other.memories,
  length: one.length + other.length,
  speaking: one.speaking + other.speaking,
});
/** Slots are swept when so many are dead, and more than half of all. */
const sweepFrom = 1024;

/** Of one place, or of all: memories, their summed length, and how many of them begin with the name of a speaker. */
export interface Totals {
  readonly memories: number;
  readonly length: number;
  readonly speaking: number;
}

export interface RecallIndex {
  /** Adds, replaces and removes. */
  apply(entries: Iterable<RecallEntry>, removed?: Iterable<number>): void;
  readonly size: number;
  /** Slots are 0..slots − 1; some are empty. */
  readonly slots: number;
  entryAt(slot: number): IndexedEntry | undefined;
  entryOf(seq: number): IndexedEntry | undefined;
  entryOfId(id: MemoryId): IndexedEntry | undefined;
  termId(term: string): number | undefined;
  /** Where the term stands among a memory's own fields. Dead slots may be among them. */
  own(term: number): Postings | undefined;
  /** Where it stands in what was said just before a memory. */
  context(term: number): Postings | undefined;
  /** The facts that a question looks up at every step. Ask again after a change: arrays grow. */
  flat(): Flat;
  /** Grows with each change. */
  readonly revision: number;
  placeOf(project: string): number | undefined;
  totals(place: number | 'any'): Totals;
  terms(): IterableIterator<string>;
}

export function createRecallIndex(): RecallIndex {
  const vocabulary = createVocabulary();
  let own: (Postings | undefined)[] = [];
  let contexts: (Postings | undefined)[] = [];
  let entries: (IndexedEntry | undefined)[] = [];
  const slotOfSeq = new Map<number, number>();
  const slotOfId = new Map<MemoryId, number>();
  const places = new Map<string, number>();
  const totals: { -readonly [K in keyof Totals]: number }[] = [{ ...noTotals }];
  const sessions = new Map<string, number[]>();
  let flat = createFlat();
  let revision = 0;
  let dead = 0;

  function placeNumber(project: string | undefined): number {
    if (project === undefined) return 0;
    const known = places.get(project);
    if (known !== undefined) return known;
    totals.push({ ...noTotals });
    places.set(project, totals.length - 1);
    return totals.length - 1;
  }

  function put(lists: (Postings | undefined)[], { terms, weightOf }: WeightedTerms, slot: number): void {
    for (const term of terms) {
      let postings = lists[term];
      if (postings === undefined) {
        postings = createPostings();
        lists[term] = postings;
      }
      addTo(postings, slot, weightOf(term));
    }
  }

  function add(entry: RecallEntry): void {
    const slot = entries.length;
    flat = withRoomFor(flat, slot);
    const { words, lesson, cues, topic, context, head, tail, ...facts } = entry;
    const read = vocabulary.read(entry);
    const { length, contextLength, distinct, dated } = read;
    put(own, read.own, slot);
    put(contexts, read.context, slot);
    const saying = sayingOf(entry);
    const speaker = saying.speaker === undefined ? none : (vocabulary.idOf(saying.speaker) ?? none);
    const place = placeNumber(entry.project);
    const counted = entry.kind === 'episode' || entry.status === 'active';
    entries.push({ slot, facts, length, distinct, speaker, asksItself: saying.asks, dated, counted });
    flat.speaker[slot] = speaker;
    flat.length[slot] = length;
    flat.context[slot] = contextLength;
    flat.asks[slot] = saying.asks ? 1 : 0;
    flat.place[slot] = place;
    flat.before[slot] = none;
    flat.after[slot] = none;
    slotOfSeq.set(entry.seq, slot);
    slotOfId.set(entry.id, slot);
    count(place, counted ? 1 : 0, length, speaker === none ? 0 : 1);
    if (entry.session !== undefined) join(entry.session, slot);
  }

  function count(place: number, memories: number, length: number, speaking: number): void {
    const total = totals[place];
    if (total === undefined) return;
    total.memories += memories;
    total.length += length;
    total.speaking += speaking;
  }

  const isBefore = (one: number, other: number) => {
    const [a, b] = [entries[one]?.facts, entries[other]?.facts];
    if (a === undefined || b === undefined) return false;
    return a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.seq < b.seq);
  };

  function join(session: string, slot: number): void {
    const told = sessions.get(session) ?? [];
    sessions.set(session, told);
    let [low, high] = [0, told.length];
    const last = told[high - 1];
    if (last !== undefined && isBefore(last, slot)) low = high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(told[middle] as number, slot)) low = middle + 1;
      else high = middle;
    }
    told.splice(low, 0, slot);
    tie(told[low - 1] ?? none, slot);
    tie(slot, told[low + 1] ?? none);
  }

  function tie(one: number, other: number): void {
    if (one !== none) flat.after[one] = other;
    if (other !== none) flat.before[other] = one;
  }

  function remove(seq: number): void {
    const slot = slotOfSeq.get(seq);
    const entry = slot === undefined ? undefined : entries[slot];
    if (slot === undefined || entry === undefined) return;
    const { session, id } = entry.facts;
    if (session !== undefined) {
      const told = sessions.get(session) ?? [];
      told.splice(told.indexOf(slot), 1);
      if (told.length === 0) sessions.delete(session);
      tie(flat.before[slot] as number, flat.after[slot] as number);
    }
    count(flat.place[slot] as number, entry.counted ? -1 : 0, -entry.length, entry.speaker === none ? 0 : -1);
    flat.place[slot] = none;
    entries[slot] = undefined;
    slotOfSeq.delete(seq);
    if (slotOfId.get(id) === slot) slotOfId.delete(id);
    dead += 1;
  }

  /** Gives the living new slots, in their order. */
  function sweep(): void {
    const to = new Int32Array(entries.length).fill(none);
    const living = entries.filter((entry) => entry !== undefined);
    living.forEach((entry, slot) => {
      to[entry.slot] = slot;
    });
    flat = swept(
      flat,
      living.map(({ slot }) => slot),
      to,
    );
    const kept = (lists: readonly (Postings | undefined)[]) =>
      lists.map((postings) => {
        if (postings === undefined) return undefined;
        const fewer = createPostings();
        for (let at = 0; at < postings.size; at += 1) {
          const packed = postings.packed[at] as number;
          const slot = to[slotIn(packed)] as number;
          if (slot !== none) addTo(fewer, slot, countIn(packed));
        }
        return fewer.size === 0 ? undefined : fewer;
      });
    own = kept(own);
    contexts = kept(contexts);
    entries = living.map((entry, slot) => ({ ...entry, slot }));
    for (const entry of entries) {
      if (entry === undefined) continue;
      slotOfSeq.set(entry.facts.seq, entry.slot);
      slotOfId.set(entry.facts.id, entry.slot);
    }
    for (const [session, told] of sessions)
      sessions.set(
        session,
        told.map((slot) => to[slot] as number),
      );
    dead = 0;
  }

  return {
    apply(changed, removed = []) {
      revision += 1;
      for (const seq of removed) remove(seq);
      for (const entry of changed) {
        remove(entry.seq);
        add(entry);
      }
      if (dead > sweepFrom && dead * 2 > entries.length) sweep();
    },
    get size() {
      return slotOfSeq.size;
    },
    get slots() {
      return entries.length;
    },
    entryAt: (slot) => entries[slot],
    entryOf(seq) {
      const slot = slotOfSeq.get(seq);
      return slot === undefined ? undefined : entries[slot];
    },
    entryOfId(id) {
      const slot = slotOfId.get(id);
      return slot === undefined ? undefined : entries[slot];
    },
    termId: vocabulary.idOf,
    own: (term) => own[term],
    context: (term) => contexts[term],
    flat: () => flat,
    get revision() {
      return revision;
    },
    placeOf: (project) => places.get(project),
    totals(place) {
      if (place !== 'any') return totals[place] ?? noTotals;
      return totals.reduce(sumOf, noTotals);
    },
    terms: vocabulary.terms,
  };
}
