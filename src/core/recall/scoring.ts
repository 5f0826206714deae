/**
 * Relevance of every memory to a question: BM25 over weighted fields (BM25F, Robertson & Zaragoza 2009), in which
 * what was said around a memory may count too. No candidate is cut off before it was scored.
 */
import type { ProjectId } from '../memory.ts';
import { tunables } from '../tunables.ts';
import { countIn, slotIn } from './postings.ts';
import { type RecallIndex, sumOf } from './recallIndex.ts';
import type { Flat } from './slots.ts';

/** One word of the question with its other forms; `weight` is how sure we are that it was meant, 1 for its own words. */
export interface AskedTerm {
  readonly forms: readonly { readonly term: string; readonly share: number }[];
  readonly weight: number;
  /** A small word: it tells the tone and covers nothing. */
  readonly small?: boolean;
}

export interface WeighedTerm {
  readonly small: boolean;
  readonly ids: readonly { readonly id: number; readonly share: number }[];
  readonly term: string;
  /** idf × the asked weight, > 0. */
  readonly weight: number;
  /** Memories that have it, seen from here. */
  readonly count: number;
}

export interface Manner {
  readonly k1: number;
  readonly b: number;
  /** How what was said around counts; absent = only a memory's own words, with its context by `context`. */
  readonly around: boolean;
  readonly context: number;
}

export interface Scores {
  readonly scored: readonly number[];
  relevance(slot: number): number;
  /** Summed weight of the question's terms in the memory, what was said around included, a faint appearance counting less. */
  covered(slot: number): number;
  /** The same of its own words alone. */
  ownCovered(slot: number): number;
}

/** ln(1 + (N − n + ½) / (n + ½)): > 0, higher for rarer terms. */
export function idf(total: number, count: number): number {
  return Math.log(1 + (Math.max(total, count) - count + 0.5) / (count + 0.5));
}

/** Which slots are seen from a project: its own and those that hold everywhere. */
export function viewFrom(index: RecallIndex, project: ProjectId | 'any' | undefined) {
  const place = project === undefined || project === 'any' ? undefined : index.placeOf(project);
  const everywhere = index.totals(0);
  const places = index.flat().place;
  return {
    sees:
      project === 'any'
        ? (slot: number) => (places[slot] as number) >= 0
        : (slot: number) => {
            const there = places[slot] as number;
            return there === 0 || (there > 0 && there === place);
          },
    totals:
      project === 'any'
        ? index.totals('any')
        : place === undefined
          ? everywhere
          : sumOf(everywhere, index.totals(place)),
  };
}
export type View = ReturnType<typeof viewFrom>;

/** The terms with what each is worth here, most telling first; those that no memory has are left in with their weight. */
export function weigh(index: RecallIndex, view: View, asked: readonly AskedTerm[]): readonly WeighedTerm[] {
  return asked
    .map(({ forms, weight, small = false }) => {
      let count = 0;
      const ids: { id: number; share: number }[] = [];
      for (const { term, share } of forms) {
        const id = index.termId(term);
        const postings = id === undefined ? undefined : index.own(id);
        if (id === undefined) continue;
        ids.push({ id, share });
        if (postings === undefined) continue;
        for (let at = 0; at < postings.size; at += 1)
          if (view.sees(slotIn(postings.packed[at] as number))) count += 1;
      }
      const term = forms[0]?.term ?? '';
      return { ids, term, count, small, weight: weight * idf(view.totals.memories, count) };
    })
    .sort((one, other) => other.weight - one.weight || (one.term < other.term ? -1 : 1));
}

export function score(
  index: RecallIndex,
  view: View,
  question: readonly WeighedTerm[],
  manner: Manner,
  scratch: Scratch,
): Scores {
  const { around } = tunables.recall;
  const { k1, b } = manner;
  scratch.reset(index.slots);
  const { frequency, ownFrequency, relevance, covered, ownCovered } = scratch;
  const share = 1 + (manner.around ? around.lengthWeight * meanAround(around) : 0);
  const meanLength = Math.max(1, (view.totals.length / Math.max(1, view.totals.memories)) * share);
  const touched: number[] = [];
  const flat = index.flat();
  const { before, after, speaker, context, asks } = flat;
  const lengths = manner.around ? lengthsAround(index, flat) : flat.length;
  const norm = (slot: number) => k1 * (1 - b + (b * (lengths[slot] as number)) / meanLength);
  for (const { ids, weight, small } of question) {
    const met: number[] = [];
    const add = (slot: number, count: number) => {
      if (frequency[slot] === 0) met.push(slot);
      frequency[slot] = (frequency[slot] as number) + count;
    };
    for (const { id, share: formShare } of ids) {
      const own = index.own(id);
      for (let at = 0; own !== undefined && at < own.size; at += 1) {
        const packed = own.packed[at] as number;
        const slot = slotIn(packed);
        if (!view.sees(slot)) continue;
        const count = countIn(packed) * formShare;
        add(slot, count);
        ownFrequency[slot] = (ownFrequency[slot] as number) + count;
        if (!manner.around || speaker[slot] === id) continue;
        let next = after[slot] as number;
        let previous = before[slot] as number;
        let fade = asks[slot] === 1 ? around.reply : 1;
        for (let step = 0; step < around.radius && (next >= 0 || previous >= 0); step += 1) {
          if (next >= 0) {
            const told = (context[next] as number) > 0 ? around.decay : 1;
            add(next, count * around.before * fade * told);
            next = after[next] as number;
          }
          if (step === 0) fade = 1;
          if (previous >= 0) {
            add(previous, count * around.after * fade);
            previous = before[previous] as number;
          }
          fade *= around.decay;
        }
      }
      const said = manner.context > 0 ? index.context(id) : undefined;
      for (let at = 0; said !== undefined && at < said.size; at += 1) {
        const packed = said.packed[at] as number;
        const slot = slotIn(packed);
        if (view.sees(slot)) add(slot, countIn(packed) * formShare * manner.context);
      }
    }
    for (const slot of met) {
      const count = frequency[slot] as number;
      frequency[slot] = 0;
      if (relevance[slot] === 0) touched.push(slot);
      relevance[slot] = (relevance[slot] as number) + (weight * count * (k1 + 1)) / (count + norm(slot));
      if (!small) covered[slot] = (covered[slot] as number) + weight * Math.min(1, count);
      const own = ownFrequency[slot] as number;
      if (own > 0) {
        if (!small) ownCovered[slot] = (ownCovered[slot] as number) + weight * Math.min(1, own);
        ownFrequency[slot] = 0;
      }
    }
  }
  return {
    scored: touched,
    relevance: (slot) => relevance[slot] as number,
    covered: (slot) => covered[slot] as number,
    ownCovered: (slot) => ownCovered[slot] as number,
  };
}

type Around = typeof tunables.recall.around;

function meanAround({ radius, before, after, decay }: Around): number {
  let sum = 0;
  for (let step = 0; step < radius; step += 1) sum += (before + after) * decay ** step;
  return sum;
}

const known = new WeakMap<RecallIndex, { readonly revision: number; readonly lengths: Float64Array }>();

/** Length of each memory with what was said around it; reckoned anew after a change. */
function lengthsAround(index: RecallIndex, flat: Flat): Float64Array {
  const earlier = known.get(index);
  if (earlier?.revision === index.revision) return earlier.lengths;
  const { radius, before: ofBefore, after: ofAfter, decay, lengthWeight } = tunables.recall.around;
  const { before, after, length, context } = flat;
  const lengths = new Float64Array(index.slots);
  for (let slot = 0; slot < lengths.length; slot += 1) {
    const told = (context[slot] as number) > 0;
    let around = (context[slot] as number) * ofBefore;
    let fade = 1;
    let next = after[slot] as number;
    let previous = before[slot] as number;
    for (let step = 0; step < radius; step += 1) {
      if (previous >= 0) {
        around += (length[previous] as number) * ofBefore * fade * (told ? decay : 1);
        previous = before[previous] as number;
      }
      if (next >= 0) {
        around += (length[next] as number) * ofAfter * fade;
        next = after[next] as number;
      }
      fade *= decay;
    }
    lengths[slot] = (length[slot] as number) + around * lengthWeight;
  }
  known.set(index, { revision: index.revision, lengths });
  return lengths;
}

/** Arrays that are used again with every question. */
export interface Scratch {
  reset(slots: number): void;
  readonly frequency: Float64Array;
  readonly ownFrequency: Float64Array;
  readonly relevance: Float64Array;
  readonly covered: Float64Array;
  readonly ownCovered: Float64Array;
}

export function createScratch(): Scratch {
  let arrays = Array.from({ length: 5 }, () => new Float64Array(0));
  const at = (index: number) => arrays[index] as Float64Array;
  return {
    reset(slots) {
      if (at(0).length < slots) arrays = arrays.map(() => new Float64Array(Math.ceil(slots * 1.25)));
      else for (const array of arrays) array.fill(0, 0, slots);
    },
    get frequency() {
      return at(0);
    },
    get ownFrequency() {
      return at(1);
    },
    get relevance() {
      return at(2);
    },
    get covered() {
      return at(3);
    },
    get ownCovered() {
      return at(4);
    },
  };
}
