/**
 * The index that recall ranks with: everything a ranking needs of every memory, in flat arrays, so that a question
 * is one walk along the postings of its words. Kept up to date entry by entry.
 */
import type { MemoryId } from '../memory.ts';
import { tunables } from '../tunables.ts';
import type { RecallEntry } from './entry.ts';
import { addTo, countIn, createPostings, type Postings, slotIn } from './postings.ts';
import { sayingOf } from './saying.ts';
import { smallWordsOf } from './speech.ts';

/** Facts of an entry that change without its words. */
export type EntryFacts = Omit<
  RecallEntry,
  'words' | 'lesson' | 'cues' | 'topic' | 'context' | 'head' | 'tail'
>;

export interface IndexedEntry {
  readonly slot: number;
  readonly facts: EntryFacts;
  /** Terms of its words, repetitions counted, and of its cues as far as they count. */
  readonly length: number;
  /** Distinct terms of all its fields. */
  readonly distinct: number;
  /** The term of the speaker's name, −1 for none. */
  readonly speaker: number;
  readonly asksItself: boolean;
  readonly dated: boolean;
  readonly counted: boolean;
}

const none = -1;
const firstSlots = 1024;
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

/** By slot. */
export interface Flat {
  /** The episode said just before and after in the same conversation, −1 for none. */
  readonly before: Int32Array;
  readonly after: Int32Array;
  /** 0 for what holds everywhere, −1 for an empty slot; else one number a project. */
  readonly place: Int32Array;
  /** The term of the speaker's name, −1 for none. */
  readonly speaker: Int32Array;
  readonly length: Int32Array;
  /** Length of what was said just before, in terms. */
  readonly context: Int32Array;
  /** 1 where the memory itself asks. */
  readonly asks: Uint8Array;
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
  const termIds = new Map<string, number>();
  let own: (Postings | undefined)[] = [];
  let contexts: (Postings | undefined)[] = [];
  let entries: (IndexedEntry | undefined)[] = [];
  const slotOfSeq = new Map<number, number>();
  const slotOfId = new Map<MemoryId, number>();
  const places = new Map<string, number>();
  const totals: { -readonly [K in keyof Totals]: number }[] = [{ ...noTotals }];
  const sessions = new Map<string, number[]>();
  let [beforeOf, afterOf, placeAt, speakerAt, lengthAt, contextAt] = Array.from(
    { length: 6 },
    () => new Int32Array(firstSlots),
  ) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];
  let asksAt = new Uint8Array(firstSlots);
  let revision = 0;
  let dead = 0;

  const idOf = (term: string) => {
    const known = termIds.get(term);
    if (known !== undefined) return known;
    termIds.set(term, termIds.size);
    return termIds.size - 1;
  };

  function placeNumber(project: string | undefined): number {
    if (project === undefined) return 0;
    const known = places.get(project);
    if (known !== undefined) return known;
    totals.push({ ...noTotals });
    places.set(project, totals.length - 1);
    return totals.length - 1;
  }

  function grow(slot: number): void {
    if (slot < placeAt.length) return;
    const size = Math.ceil(placeAt.length * 1.5);
    const larger = (from: Int32Array) => {
      const to = new Int32Array(size);
      to.set(from);
      return to;
    };
    beforeOf = larger(beforeOf);
    afterOf = larger(afterOf);
    placeAt = larger(placeAt);
    speakerAt = larger(speakerAt);
    lengthAt = larger(lengthAt);
    contextAt = larger(contextAt);
    const asks = new Uint8Array(size);
    asks.set(asksAt);
    asksAt = asks;
  }

  function put(lists: (Postings | undefined)[], term: number, slot: number, count: number): void {
    let postings = lists[term];
    if (postings === undefined) {
      postings = createPostings();
      lists[term] = postings;
    }
    addTo(postings, slot, count);
  }

  function add(entry: RecallEntry): void {
    const slot = entries.length;
    grow(slot);
    const { fields } = tunables.recall;
    const { words, lesson, cues, topic, context, head, tail, ...facts } = entry;
    const weights = new Map<number, number>();
    let length = 0;
    const read = (terms: string, weight: number, counts = 0) => {
      if (terms === '') return;
      for (const term of terms.split(' ')) {
        const id = idOf(term);
        weights.set(id, (weights.get(id) ?? 0) + weight);
        if (counts > 0) length += counts;
      }
    };
    read(words, 1, 1);
    const saying = sayingOf(entry);
    read(lesson, fields.lesson);
    /* Many cues would else make a short memory fit everything. */
    read(cues, fields.cues, fields.cues);
    read(topic, fields.topic);
    const distinct = weights.size;
    for (const [word, times] of smallWordsOf(head)) weights.set(idOf(word), times);
    for (const [term, weight] of weights) put(own, term, slot, weight);
    const said = new Map<number, number>();
    let contextLength = 0;
    if (context !== '') {
      for (const term of context.split(' ')) {
        const id = idOf(term);
        said.set(id, (said.get(id) ?? 0) + 1);
        contextLength += 1;
      }
      for (const [term, weight] of said) put(contexts, term, slot, weight);
    }
    const place = placeNumber(entry.project);
    const counted = entry.kind === 'episode' || entry.status === 'active';
    const speaker = saying.speaker === undefined ? none : (termIds.get(saying.speaker) ?? none);
    length = Math.round(length);
    entries.push({
      slot,
      facts,
      length,
      distinct,
      speaker,
      asksItself: saying.asks,
      dated: saying.dated,
      counted,
    });
    speakerAt[slot] = speaker;
    lengthAt[slot] = length;
    contextAt[slot] = contextLength;
    asksAt[slot] = saying.asks ? 1 : 0;
    slotOfSeq.set(entry.seq, slot);
    slotOfId.set(entry.id, slot);
    placeAt[slot] = place;
    count(place, counted ? 1 : 0, length, speaker === none ? 0 : 1);
    beforeOf[slot] = none;
    afterOf[slot] = none;
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
    if (one !== none) afterOf[one] = other;
    if (other !== none) beforeOf[other] = one;
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
      tie(beforeOf[slot] as number, afterOf[slot] as number);
    }
    count(placeAt[slot] as number, entry.counted ? -1 : 0, -entry.length, entry.speaker === none ? 0 : -1);
    placeAt[slot] = none;
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
    const moved = (from: Int32Array, links: boolean) => {
      const target = new Int32Array(from.length);
      living.forEach((entry, slot) => {
        const value = from[entry.slot] as number;
        target[slot] = links && value !== none ? (to[value] as number) : value;
      });
      return target;
    };
    beforeOf = moved(beforeOf, true);
    afterOf = moved(afterOf, true);
    placeAt = moved(placeAt, false);
    speakerAt = moved(speakerAt, false);
    lengthAt = moved(lengthAt, false);
    contextAt = moved(contextAt, false);
    const asks = new Uint8Array(asksAt.length);
    living.forEach((entry, slot) => {
      asks[slot] = asksAt[entry.slot] as number;
    });
    asksAt = asks;
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
    termId: (term) => termIds.get(term),
    own: (term) => own[term],
    context: (term) => contexts[term],
    flat: () => ({
      before: beforeOf,
      after: afterOf,
      place: placeAt,
      speaker: speakerAt,
      length: lengthAt,
      context: contextAt,
      asks: asksAt,
    }),
    get revision() {
      return revision;
    },
    placeOf: (project) => places.get(project),
    totals(place) {
      if (place !== 'any') return totals[place] ?? noTotals;
      return totals.reduce(sumOf, noTotals);
    },
    terms: () => termIds.keys(),
  };
}
