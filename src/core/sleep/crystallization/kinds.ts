/**
 * What may become one lesson: what was said in one project or by its owner everywhere, and there fixes or all else. Kinds are
 * never compared with each other: what is found in one does not hang on how many others there are, and only one at a time
 * needs its vectors.
 */
import { append } from '../../lists.ts';
import type { Memory, Scope } from '../../memory.ts';
import { type Breathe, eachOf } from '../../steps.ts';
import { type Corpus, vectorsAmong } from '../../text/similarity.ts';
import { type Grouped, groupAlong } from './clusters.ts';
import { type Edges, nearNeighbours } from './neighbours.ts';

export interface Kind {
  readonly name: string;
  /** Positions in the corpus of its utterances behind no rule, ascending. */
  readonly free: Set<number>;
  /** Its free utterances in groups, each group and the list in order of first member. */
  groups(breathe: Breathe): Promise<readonly (readonly number[])[]>;
}

export const kindOfLesson = (scope: Scope, isFix: boolean): string =>
  `${isFix ? 'fix' : ''} ${scope.level === 'user' ? '' : scope.project}`;

/** Of no project: its name ends where that would stand. */
const isEverywhere = (kind: string): boolean => kind.endsWith(' ');

export const kindOfUtterance = (memory: Memory): string => kindOfLesson(memory.scope, memory.label === 'fix');

/**
 * The kinds of utterances in a corpus, in order of the first of each, those of everywhere before those of a project, which
 * are held against them; `covered` are those behind a rule.
 */
export async function kindsIn(
  corpus: Corpus<Memory>,
  covered: ReadonlySet<number>,
  breathe: Breathe,
): Promise<readonly Kind[]> {
  const positions = new Map<string, number[]>();
  await eachOf(corpus.memories, breathe, (memory, at) => {
    append(positions, kindOfUtterance(memory), at);
  });
  const kinds: Kind[] = [];
  const inOrder = [...positions].sort(
    ([one], [other]) => Number(isEverywhere(other)) - Number(isEverywhere(one)),
  );
  for (const [name, own] of inOrder) {
    const grouped: Grouped = {
      vectors: vectorsAmong(corpus.meant, own),
      background: corpus.background,
    };
    const free = new Set(own.filter((at) => !covered.has(at)));
    /* Two sentences of one message share its occasion, and are no reason to see one wish in them. */
    const ofOneMessage = (a: number, b: number) =>
      corpus.memories[own[a] as number]?.id === corpus.memories[own[b] as number]?.id;
    kinds.push({
      name,
      free,
      groups: groupsAlong(grouped, await nearNeighbours(grouped.vectors, breathe, ofOneMessage), own, free),
    });
  }
  return kinds;
}

/** @param edges between places in `positions`. */
const groupsAlong =
  (grouped: Grouped, edges: Edges, positions: readonly number[], free: ReadonlySet<number>) =>
  async (breathe: Breathe): Promise<readonly (readonly number[])[]> => {
    /* Asked of both ends of each edge. */
    const isFree = Uint8Array.from(positions, (at) => (free.has(at) ? 1 : 0));
    const isIn = (place: number) => isFree[place] === 1;
    const groups = await groupAlong(grouped, edges, { isIn, breathe });
    return groups.map((group) => group.map((place) => positions[place] as number));
  };
