/**
 * Which memories are near which, without comparing all pairs: an inverted index by project and term names the few
 * candidates, `core/text/similarity.ts` judges them.
 */
import { keepLatest } from '../../latest.ts';
import type { Memory } from '../../memory.ts';
import { type Breathe, sortedOf } from '../../steps.ts';
import { type Background, noBackground } from '../../text/background.ts';
import { agreementOf, disagree } from '../../text/opposition.ts';
import { profileOf } from '../../text/profile.ts';
import { vectorOf } from '../../text/similarity.ts';
import { termSetOf } from '../../text/terms.ts';
import { viewOf, views } from '../../text/vector.ts';

export interface Neighbour {
  readonly memory: Memory;
  /** 0..1. */
  readonly likeness: number;
  /** They ask for opposite things in the same words. */
  readonly opposite: boolean;
  /** Share of the smaller one's wishes that the other speaks of, 0..1, and how far they agree on them, −1..1. */
  readonly shared: number;
  readonly agreed: number;
  /** Share of it that is wanted by the one and turned down by the other, and vice versa. */
  readonly swapped: number;
}

/**
 * Of two places in the list of memories: a candidate's, and that of the memory itself, which is behind all where it is none of
 * them. By place, as it is asked of some hundred candidates a memory, which lie scattered over all that is held.
 */
export type MayBeNear = (other: number, own: number) => boolean;

export interface Neighbourhood {
  /**
   * The memories of the same project, and the user's own, nearest first, at least `atLeast` alike; never the memory
   * itself. `may` is asked before a candidate is compared.
   */
  near(
    memory: Memory,
    options: { readonly atLeast: number; readonly limit: number; readonly may?: MayBeNear },
  ): readonly Neighbour[];
  compare(a: Memory, b: Memory): Omit<Neighbour, 'memory'>;
}

/** A memory is looked up under this many of its rarest terms. */
const mostTerms = 9;
/** Of a term that many memories share, only this many, the latest, are looked at. */
const mostPostings = 64;
/** Candidates that are compared for one answer. */
const mostCompared = 8;
/** Vectors kept, the last asked for and as many before them; one takes one kilobyte or two. */
const keptVectors = 8000;

/** Where a memory belongs, for comparing: its project, or '' for the user's own. */
export function homeOf(memory: Memory): string {
  return memory.scope.level === 'user' ? '' : memory.scope.project;
}

/**
 * Home by home, else in the order given: only memories of one home, and the user's own, are compared, so those that
 * will be compared come close together and are still at hand.
 */
export const byHome = (memories: readonly Memory[], breathe: Breathe): Promise<readonly Memory[]> =>
  sortedOf(
    memories,
    (a, b) => {
      const [one, other] = [homeOf(a), homeOf(b)];
      return one < other ? -1 : one > other ? 1 : 0;
    },
    breathe,
  );

/** The words a memory is found by. */
export function termsOfMemory(memory: Memory): ReadonlySet<string> {
  const { statement } = memory.lesson;
  return termSetOf(
    statement === '' || statement === memory.text ? memory.text : `${memory.text} ${statement}`,
  );
}

/** Indexes `memories`; later ones are preferred among candidates, so give them oldest first. */
export async function createNeighbourhood(
  memories: readonly Memory[],
  breathe: () => Promise<void>,
): Promise<Neighbourhood> {
  const numbers = new Map<string, number>();
  const numberOf = (term: string) => {
    const known = numbers.get(term);
    if (known !== undefined) return known;
    numbers.set(term, numbers.size);
    return numbers.size - 1;
  };
  const counts: number[] = [];
  /*
   * Everything in flat lists: an object for each memory or term would cost more than what it holds. A term in a home has
   * an entry; the entries of each memory lie one after the other, and so do the memories of each entry.
   */
  const entries = new Map<string, Map<number, number>>();
  const termOfEntry: number[] = [];
  const sizes: number[] = [];
  const positions = new Map<Memory, number>();
  const starts = new Uint32Array(memories.length + 1);
  let entriesOf = new Uint32Array(1024);
  for (const [position, memory] of memories.entries()) {
    await breathe();
    positions.set(memory, position);
    const home = homeOf(memory);
    const own = entries.get(home) ?? new Map<number, number>();
    if (own.size === 0) entries.set(home, own);
    let end = starts[position] as number;
    for (const term of termsOfMemory(memory)) {
      const number = numberOf(term);
      counts[number] = (counts[number] ?? 0) + 1;
      let entry = own.get(number);
      if (entry === undefined) {
        entry = termOfEntry.push(number) - 1;
        own.set(number, entry);
        sizes.push(0);
      }
      sizes[entry] = (sizes[entry] as number) + 1;
      if (end === entriesOf.length) {
        const longer = new Uint32Array(end * 2);
        longer.set(entriesOf);
        entriesOf = longer;
      }
      entriesOf[end++] = entry;
    }
    starts[position + 1] = end;
  }
  /** Where the memories of each entry begin among `postings`, oldest first; and while they are filled in, where they go on. */
  const first = new Uint32Array(sizes.length + 1);
  for (let entry = 0; entry < sizes.length; entry++)
    first[entry + 1] = (first[entry] as number) + (sizes[entry] as number);
  const next = first.slice();
  const postings = new Uint32Array(first[sizes.length] as number);
  for (let position = 0; position < memories.length; position++) {
    if (position % 64 === 0) await breathe();
    for (let at = starts[position] as number; at < (starts[position + 1] as number); at++) {
      const entry = entriesOf[at] as number;
      postings[next[entry] as number] = position;
      next[entry] = (next[entry] as number) + 1;
    }
  }
  const top = Math.log(1 + memories.length);
  const rarityOf = (count: number) =>
    memories.length < 3 ? 1 : Math.max(0.05, Math.log(1 + memories.length / Math.max(1, count)) / top);
  const rarities = Float64Array.from(counts, rarityOf);
  const unknown = rarityOf(1);
  const termRarity = (term: string) => {
    const number = numbers.get(term);
    return number === undefined ? unknown : (rarities[number] as number);
  };
  const background: Background = {
    ...noBackground,
    /* Pairs of terms are as rare as their rarer half; other views are not weighed. */
    rarityOf(id, words) {
      const view = viewOf(id);
      if (view === views.term) return termRarity(words);
      if (view !== views.pair) return unknown;
      const space = words.indexOf(' ');
      return Math.max(termRarity(words.slice(0, space)), termRarity(words.slice(space + 1)));
    },
  };
  const vectorFor = keepLatest(keptVectors, (memory: Memory) => vectorOf(profileOf(memory), background));
  const compare = (a: Memory, b: Memory) => {
    const agreement = agreementOf(vectorFor(a), vectorFor(b));
    return {
      likeness: Math.min(1, Math.max(0, agreement.dot)),
      opposite: disagree(agreement),
      shared: agreement.shared,
      agreed: agreement.signed,
      swapped: agreement.swapped,
    };
  };

  /** Numbers of the terms of a memory that any memory here has, rarest first. */
  const rarestOf = (memory: Memory): readonly number[] => {
    const position = positions.get(memory);
    const known =
      position === undefined
        ? [...termsOfMemory(memory)].flatMap((term) => numbers.get(term) ?? [])
        : Array.from(
            entriesOf.subarray(starts[position], starts[position + 1]),
            (entry) => termOfEntry[entry] as number,
          );
    return known.sort((a, b) => (counts[a] as number) - (counts[b] as number) || a - b).slice(0, mostTerms);
  };

  /* One scratch sheet for all questions: a map a question was most of the cost. */
  const shared = new Float64Array(memories.length);
  const touched = new Uint32Array(Math.min(memories.length, 2 * mostTerms * mostPostings));

  return {
    compare,
    near(memory, { atLeast, limit, may }) {
      if (memories.length === 0) return [];
      const known = rarestOf(memory);
      const place = positions.get(memory) ?? memories.length;
      let seen = 0;
      let mass = 0;
      for (const number of known) mass += rarities[number] as number;
      /* What shares less than a fifth of the looked-up mass cannot come out as related. */
      const enough = 0.2 * mass;
      const own = homeOf(memory);
      for (const home of own === '' ? [''] : [own, '']) {
        const there = entries.get(home);
        if (there === undefined) continue;
        for (const number of known) {
          const entry = there.get(number);
          if (entry === undefined) continue;
          const weight = rarities[number] as number;
          const last = (first[entry + 1] as number) - 1;
          const end = Math.max(first[entry] as number, last + 1 - mostPostings);
          for (let at = last; at >= end; at--) {
            const position = postings[at] as number;
            const before = shared[position] as number;
            if (before === 0) touched[seen++] = position;
            shared[position] = before + weight;
          }
        }
      }
      /* The few heaviest, kept in order by insertion: sorting all of them was most of the cost. */
      const best: number[] = [];
      const weights: number[] = [];
      for (let index = 0; index < seen; index++) {
        const position = touched[index] as number;
        const weight = shared[position] as number;
        shared[position] = 0;
        if (weight < enough) continue;
        if (best.length === mostCompared) {
          const least = weights[mostCompared - 1] as number;
          if (weight < least || (weight === least && position < (best[mostCompared - 1] as number))) continue;
        }
        if (position === place || may?.(position, place) === false) continue;
        if (place === memories.length && memories[position]?.id === memory.id) continue;
        if (best.length < mostCompared) best.push(position);
        let at = Math.min(best.length, mostCompared) - 1;
        for (; at > 0; at--) {
          const above = weights[at - 1] as number;
          if (weight < above || (weight === above && position < (best[at - 1] as number))) break;
          weights[at] = above;
          best[at] = best[at - 1] as number;
        }
        weights[at] = weight;
        best[at] = position;
      }
      const found: Neighbour[] = [];
      for (const position of best) {
        const other = memories[position] as Memory;
        const judged = compare(memory, other);
        if (judged.likeness >= atLeast || judged.opposite) found.push({ memory: other, ...judged });
      }
      return found
        .sort((a, b) => b.likeness - a.likeness || (a.memory.id < b.memory.id ? -1 : 1))
        .slice(0, limit);
    },
  };
}
