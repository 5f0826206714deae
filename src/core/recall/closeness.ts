/**
 * How close the likeliest echoes come to a text in what they ask for: the likeness that nights group by, in which "X, not
 * Y" and "Y, not X" are far apart. Words are weighed by their rarity among these few alone: what brought all of them here
 * tells none from the rest, and no knowledge of the whole memory has to be kept for it.
 */
import type { MemoryId } from '../memory.ts';
import { profileOf } from '../text/profile.ts';
import { type Reading, readingOf } from '../text/reading.ts';
import { likenessAmong } from '../text/similarity.ts';
import { tunables } from '../tunables.ts';
import { byRelevance, type Ranked } from './ranking.ts';
import type { IndexedEntry } from './recallIndex.ts';

type TextsOf = (ids: readonly MemoryId[]) => Promise<ReadonlyMap<MemoryId, string>>;

/** Memories kept read, about a kilobyte each: between so many and twice as many. */
const mostKept = 4_000;
/** In two generations: what nobody asked for while the young one filled up goes. */
let young = new Map<IndexedEntry, Reading>();
let old = new Map<IndexedEntry, Reading>();

function keep(entry: IndexedEntry, reading: Reading): Reading {
  if (young.size >= mostKept) [old, young] = [young, new Map()];
  young.set(entry, reading);
  return reading;
}

const read = (text: string) => readingOf(profileOf({ text, lesson: { statement: text } }));

/** Readings share their room with what is made beside them and soon forgotten: what is kept gets its own. */
const readToKeep = (text: string): Reading => {
  const { ids, mass, sign } = read(text);
  return { ids: ids.slice(), mass: mass.slice(), sign: sign.slice() };
};

/** Readings of these, in their order. An entry is another object once its memory changed. */
async function readingsOf(entries: readonly IndexedEntry[], textsOf: TextsOf): Promise<readonly Reading[]> {
  const known = entries.map((entry) => young.get(entry) ?? old.get(entry));
  const unread = entries.filter((_, at) => known[at] === undefined).map(({ facts }) => facts.id);
  const texts = unread.length === 0 ? undefined : await textsOf(unread);
  return entries.map((entry, at) => keep(entry, known[at] ?? readToKeep(texts?.get(entry.facts.id) ?? '')));
}

/**
 * The first gain by their likeness: as much as the best is relevant, where they ask for the very same.
 * @param textsOf the words of memories, asked for those not read lately.
 */
export async function rankClose(
  text: string,
  ranked: readonly Ranked[],
  textsOf: TextsOf,
): Promise<readonly Ranked[]> {
  const { first, weight } = tunables.recall.closeness;
  const likeliest = ranked.slice(0, first);
  const most = likeliest[0]?.relevance ?? 0;
  const readings = await readingsOf(
    likeliest.map(({ entry }) => entry),
    textsOf,
  );
  const likeness = likenessAmong(read(text), readings);
  return [
    ...likeliest.map((one, at) => ({
      ...one,
      relevance: one.relevance + weight * most * (likeness[at] as number),
    })),
    ...ranked.slice(first),
  ].sort(byRelevance);
}
