/**
 * Which memories are near which, without comparing all pairs: an inverted index by project and term names the few
 * candidates, `core/text/similarity.ts` judges them.
 */
import type { Memory, MemoryId } from '../../memory.ts';
import { type Background, noBackground } from '../../text/background.ts';
import { agreementOf, areOpposite } from '../../text/opposition.ts';
import { profileOf } from '../../text/profile.ts';
import { vectorOf } from '../../text/similarity.ts';
import { termSetOf } from '../../text/terms.ts';
import { dot, type Vector } from '../../text/vector.ts';

export interface Neighbour {
  readonly memory: Memory;
  /** 0..1. */
  readonly likeness: number;
  /** They ask for opposite things in the same words. */
  readonly opposite: boolean;
  /** Share of the smaller one's wishes that the other speaks of, 0..1, and how far they agree on them, −1..1. */
  readonly shared: number;
  readonly agreed: number;
}

export interface Neighbourhood {
  /**
   * The memories of the same project, and the user's own, nearest first, at least `atLeast` alike; never the memory
   * itself. `may` is asked before a candidate is compared.
   */
  near(
    memory: Memory,
    options: { readonly atLeast: number; readonly limit: number; readonly may?: (other: Memory) => boolean },
  ): readonly Neighbour[];
  compare(a: Memory, b: Memory): Omit<Neighbour, 'memory'>;
}

/** A memory is looked up under this many of its rarest terms. */
const mostTerms = 9;
/** Of a term that many memories share, only this many, the latest, are looked at. */
const mostPostings = 64;
/** Candidates that are compared for one answer. */
const mostCompared = 8;
/** Vectors kept; one takes some kilobytes. */
const keptVectors = 8000;

/** Where a memory belongs, for comparing: its project, or '' for the user's own. */
export function homeOf(memory: Memory): string {
  return memory.scope.level === 'user' ? '' : memory.scope.project;
}

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
  const counts: number[] = [];
  const postings = new Map<string, Map<number, number[]>>();
  for (const [position, memory] of memories.entries()) {
    await breathe();
    const home = homeOf(memory);
    const lists = postings.get(home) ?? new Map<number, number[]>();
    if (lists.size === 0) postings.set(home, lists);
    for (const term of termsOfMemory(memory)) {
      const number = numbers.get(term) ?? numbers.size;
      if (number === numbers.size) numbers.set(term, number);
      counts[number] = (counts[number] ?? 0) + 1;
      const list = lists.get(number);
      if (list === undefined) lists.set(number, [position]);
      else list.push(position);
    }
  }
  const top = Math.log(1 + memories.length);
  const rarityOf = (count: number) =>
    memories.length < 3 ? 1 : Math.max(0.05, Math.log(1 + memories.length / Math.max(1, count)) / top);
  const rarities = Float64Array.from(counts, rarityOf);
  const termRarity = (term: string) => {
    const number = numbers.get(term);
    return number === undefined ? rarityOf(1) : (rarities[number] ?? 1);
  };
  const background: Background = {
    ...noBackground,
    /* Pairs of terms are as rare as their rarer half; other views are not weighed. */
    rarity(feature) {
      const space = feature.indexOf(' ');
      if (space < 0) return termRarity(feature);
      return Math.max(termRarity(feature.slice(0, space)), termRarity(feature.slice(space + 1)));
    },
  };
  let vectors = new Map<MemoryId, { readonly of: Memory; readonly vector: Vector }>();
  const vectorFor = (memory: Memory): Vector => {
    const known = vectors.get(memory.id);
    if (known !== undefined && known.of === memory) return known.vector;
    const vector = vectorOf(profileOf(memory), background);
    if (vectors.size >= keptVectors) vectors = new Map();
    vectors.set(memory.id, { of: memory, vector });
    return vector;
  };
  const compare = (a: Memory, b: Memory) => {
    const [one, other] = [vectorFor(a), vectorFor(b)];
    const { shared, signed } = agreementOf(one, other);
    return {
      likeness: Math.min(1, Math.max(0, dot(one, other))),
      opposite: signed < 0 && areOpposite(one, other),
      shared,
      agreed: signed,
    };
  };

  /* One scratch sheet for all questions: a map a question was most of the cost. */
  const shared = new Float64Array(memories.length);
  const touched: number[] = [];
  const heavier = (a: number, b: number) =>
    (shared[a] as number) > (shared[b] as number) || (shared[a] === shared[b] && a > b);

  return {
    compare,
    near(memory, { atLeast, limit, may }) {
      const known = [...termsOfMemory(memory)]
        .map((term) => numbers.get(term))
        .filter((number) => number !== undefined)
        .sort((a, b) => (counts[a] ?? 0) - (counts[b] ?? 0) || a - b)
        .slice(0, mostTerms);
      touched.length = 0;
      const homes = homeOf(memory) === '' ? [''] : [homeOf(memory), ''];
      for (const home of homes) {
        const lists = postings.get(home);
        for (const number of lists === undefined ? [] : known) {
          const list = lists?.get(number) ?? [];
          const weight = rarities[number] ?? 1;
          for (let at = list.length - 1, read = 0; at >= 0 && read < mostPostings; at--, read++) {
            const position = list[at] as number;
            if (shared[position] === 0) touched.push(position);
            shared[position] = (shared[position] as number) + weight;
          }
        }
      }
      /* What shares less than a fifth of the looked-up mass cannot come out as related. */
      const enough = 0.2 * known.reduce((sum, number) => sum + (rarities[number] ?? 1), 0);
      /* The few heaviest, kept in order by insertion: sorting all of them was most of the cost. */
      const best: number[] = [];
      for (const position of touched) {
        const weight = shared[position] as number;
        if (weight < enough) continue;
        const last = best[best.length - 1];
        if (best.length === mostCompared && last !== undefined && !heavier(position, last)) continue;
        const other = memories[position] as Memory;
        if (other.id === memory.id || may?.(other) === false) continue;
        let at = best.length;
        while (at > 0 && heavier(position, best[at - 1] as number)) at--;
        best.splice(at, 0, position);
        if (best.length > mostCompared) best.pop();
      }
      for (const position of touched) shared[position] = 0;
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
