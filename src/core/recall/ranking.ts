/**
 * Two ways of looking: for the answer to a question, where the conversation around a memory tells what it is about;
 * and for something like this said before, where its own words and its tone tell.
 */
import { dayMs, type MemoryId } from '../memory.ts';
import { tunables } from '../tunables.ts';
import { headOf, mayAnswer } from './families.ts';
import { bestPrior, livingFit, priorOf } from './prior.ts';
import type { IndexedEntry, RecallIndex } from './recallIndex.ts';
import { type Scores, type Scratch, score, type View, type WeighedTerm } from './scoring.ts';
import { bestShape, type Shape, shapeFit } from './shape.ts';
import { type TimeSpan, timeFit } from './times.ts';

export interface Ranked {
  readonly entry: IndexedEntry;
  /** ≥ 0, comparable only within one ranking. */
  readonly relevance: number;
  /** Share (0..1) of the question's informative words that the memory covers. */
  readonly covered: number;
}

export interface Occasion {
  readonly now: number;
  readonly known: ReadonlySet<MemoryId> | undefined;
  /** The times that the question names. */
  readonly spans: readonly TimeSpan[];
}

export interface Searched {
  readonly index: RecallIndex;
  readonly view: View;
  readonly question: readonly WeighedTerm[];
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** Sums depend on their order in the last digits; what differs less than this is equal, and identity decides. */
const steps = 1e9;

/** Ties are broken by identity, so that every process ranks alike. */
export const byRelevance = (one: Ranked, other: Ranked) =>
  Math.round(other.relevance * steps) - Math.round(one.relevance * steps) ||
  compare(one.entry.facts.id, other.entry.facts.id);

export function rankAnswers(
  searched: Searched,
  shape: Shape,
  at: Occasion,
  scratch: Scratch,
): readonly Ranked[] {
  const { index, view, question } = searched;
  const { k1, b, around, speaker } = tunables.recall;
  const scores = score(index, view, question, { k1, b, around: true, context: around.before }, scratch);
  const named = new Set(question.flatMap(({ ids }) => ids.map(({ id }) => id)));
  return best(searched, scores, at, {
    worth: (entry, relevance) => {
      const told = named.has(entry.speaker) ? 1 + speaker : 1;
      const likely = priorOf(entry.facts, at.now) * livingFit(entry.facts);
      return relevance * told * shapeFit(entry, shape) * timely(entry, at) * likely;
    },
    most: (1 + speaker) * bestShape(shape) * mostTimely(at) * bestPrior,
    covered: scores.covered,
  });
}

/** What was remembered at the time that is asked for is likelier. */
const timely = (entry: IndexedEntry, { spans }: Occasion) =>
  spans.length === 0 ? 1 : 1 + tunables.recall.times.weight * timeFit(entry.facts.saidAt, spans);

const mostTimely = ({ spans }: Occasion) => (spans.length === 0 ? 1 : 1 + tunables.recall.times.weight);

/** The candidates of an echo, by the words that they share with it. */
export function soundAlike(searched: Searched, at: Occasion, scratch: Scratch): readonly Ranked[] {
  const { index, view, question } = searched;
  const { k1, b, context } = tunables.recall.echo;
  const scores = score(index, view, question, { k1, b, around: false, context }, scratch);
  return best(searched, scores, at, {
    worth: (entry, relevance) => relevance * timely(entry, at),
    most: mostTimely(at),
    covered: scores.ownCovered,
  });
}

interface Worth {
  readonly worth: (entry: IndexedEntry, relevance: number) => number;
  /** `worth` is never more than this many times the relevance. */
  readonly most: number;
  readonly covered: (slot: number) => number;
}

/** The first `candidates` that may answer. */
function best(
  { index, question }: Searched,
  scores: Scores,
  at: Occasion,
  { worth, most, covered }: Worth,
): readonly Ranked[] {
  const all = question.reduce((sum, { weight, small }) => sum + (small ? 0 : weight), 0);
  const found: Ranked[] = [];
  let least = 0;
  const { candidates } = tunables.recall;
  const keep = () => {
    found.sort(byRelevance);
    found.length = Math.min(found.length, candidates);
    least = found.length < candidates ? 0 : (found.at(-1)?.relevance ?? 0);
  };
  const look = (slot: number) => {
    const plain = scores.relevance(slot);
    if (plain * most < least) return;
    const entry = index.entryAt(slot);
    if (entry === undefined) return;
    const relevance = worth(entry, plain);
    if (relevance < least || !mayAnswer(index, entry, at.known)) return;
    found.push({ entry, relevance, covered: all === 0 ? 0 : covered(slot) / all });
    if (found.length >= candidates * 4) keep();
  };
  /* Most memories share one common word with a question: once the likeliest were looked at, they need no closer look. */
  const bar = levelOf(scores, candidates);
  for (const slot of scores.scored) if (scores.relevance(slot) >= bar) look(slot);
  keep();
  for (const slot of scores.scored) if (scores.relevance(slot) < bar) look(slot);
  keep();
  return found;
}

/** The relevance that about `wanted` memories reach, a few more rather than fewer; 0 if there are not so many. */
function levelOf({ scored, relevance }: Scores, wanted: number): number {
  const levels = 256;
  let most = 0;
  for (const slot of scored) most = Math.max(most, relevance(slot));
  if (scored.length <= wanted || most === 0) return 0;
  const counts = new Uint32Array(levels + 1);
  for (const slot of scored) {
    const reached = Math.floor((relevance(slot) / most) * levels);
    counts[reached] = (counts[reached] as number) + 1;
  }
  let level = levels;
  for (let reached = counts[level] as number; reached < wanted && level > 0; level -= 1)
    reached += counts[level - 1] as number;
  return (level / levels) * most;
}

/** Later ones are likelier, and the prior. */
export function rankEchoes(alike: readonly Ranked[], at: Occasion): readonly Ranked[] {
  const newest = alike.reduce((latest, { entry }) => Math.max(latest, entry.facts.saidAt), 0);
  return alike
    .map((candidate): Ranked => {
      const { facts } = candidate.entry;
      const days = (newest - facts.saidAt) / dayMs;
      const late = 1 + tunables.recall.echo.recent / Math.sqrt(1 + days);
      return { ...candidate, relevance: candidate.relevance * late * priorOf(facts, at.now) };
    })
    .sort(byRelevance);
}

/** Where episodes were merged, the merged memory answers for them, once, as well as the best of them. */
export function standingFor(index: RecallIndex, ranked: readonly Ranked[]): readonly Ranked[] {
  const heads = new Map<IndexedEntry, Ranked>();
  for (const candidate of ranked) {
    const entry = headOf(index, candidate.entry) ?? candidate.entry;
    const known = heads.get(entry);
    if (known === undefined || known.relevance < candidate.relevance)
      heads.set(entry, { ...candidate, entry });
  }
  return [...heads.values()].sort(byRelevance);
}

/** Moments are ranked in their own words: a merged memory, which has the words of all, steps back behind them. */
export function withoutHeads(index: RecallIndex, ranked: readonly Ranked[]): readonly Ranked[] {
  const heads = new Set(ranked.map(({ entry }) => headOf(index, entry)));
  return ranked.filter(({ entry }) => !heads.has(entry));
}
