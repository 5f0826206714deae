/**
 * Phase 5, N3: three or more related memories flat under one topic move to a deeper one. A topic is a field of a
 * memory and everything refers to memories by identity, so all references follow by themselves.
 */
import { append } from '../lists.ts';
import type { Memory } from '../memory.ts';
import { eachOf } from '../steps.ts';
import { tunables } from '../tunables.ts';
import { count } from './night/counting.ts';
import { livingIn } from './night/living.ts';
import { homeOf, termsOfMemory } from './night/neighbourhood.ts';
import type { Change, PhaseContext, SleepPhase } from './phase.ts';
import { couldName, createSpellings, namesThing, ownTags, tagName, wordOf } from './topicNames.ts';

/** A word or tag that could name a topic: the memories that carry it, and how many of them are not placed yet. */
interface Name {
  readonly carriers: Placed[];
  free: number;
}

interface Placed {
  readonly memory: Memory;
  /** Tags and terms, most telling first; the key is the name a topic would get. */
  readonly words: ReadonlySet<string>;
  topic: string;
}

export const reorganize: SleepPhase = {
  name: 'reorganize',
  stage: 'N3',
  async run(snapshot, context) {
    const byHome = new Map<string, Memory[]>();
    const living = await livingIn(snapshot, context);
    await eachOf(living, context.breathe, (memory) => append(byHome, homeOf(memory), memory));
    const topics = new Set<string>();
    const names = createSpellings(living, context.breathe);
    const moves: Change[] = [];
    const inPlace = inPlaceIn(context);
    for (const [home, members] of byHome) {
      if (areFiledAlike(members, inPlace.get(home))) continue;
      const placed: Placed[] = [];
      await eachOf(members, context.breathe, (memory) => {
        placed.push({ memory, words: wordsOf(memory), topic: memory.topic });
      });
      const isThing = createThings(placed);
      for (let depth = 0; depth < tunables.reorganize.depth; depth++) {
        await context.breathe();
        await deepen(placed, depth, topics, names, isThing, context.breathe);
      }
      const moved = placed.filter(({ memory, topic }) => topic !== memory.topic);
      if (moved.length === 0) inPlace.set(home, members);
      for (const { memory, topic } of moved)
        moves.push({
          type: 'update',
          id: memory.id,
          patch: { topic },
          why:
            memory.topic === ''
              ? `Belongs to “${topic}” with others like it.`
              : `“${memory.topic}” grew: moved to “${topic}”.`,
        });
    }
    return {
      changes: moves,
      report: {
        read: living.length,
        detail:
          moves.length === 0
            ? 'Every memory is where it belongs.'
            : `Sorted ${count(moves.length, 'memory', 'memories')} under ${count(topics.size, 'topic')}.`,
        measures: { moved: moves.length, topics: topics.size },
      },
    };
  },
};

/** By home: its memories when an earlier cycle of the night had none of them to move. */
const remembered = new WeakMap<object, Map<string, readonly Memory[]>>();

function inPlaceIn({ nightLong }: PhaseContext): Map<string, readonly Memory[]> {
  const known = nightLong === undefined ? undefined : remembered.get(nightLong);
  if (known !== undefined) return known;
  const blank = new Map<string, readonly Memory[]>();
  if (nightLong !== undefined) remembered.set(nightLong, blank);
  return blank;
}

/** The same memories in all that a topic hangs on: where none was to be moved, none is. */
const areFiledAlike = (members: readonly Memory[], before: readonly Memory[] | undefined): boolean =>
  before?.length === members.length &&
  members.every((one, at) => {
    const other = before[at] as Memory;
    return (
      one.id === other.id &&
      one.topic === other.topic &&
      one.text === other.text &&
      one.lesson === other.lesson &&
      one.tags === other.tags
    );
  });

/** What could name a memory's topic: its tags, its languages, its terms. Short and numeric ones name nothing, nor does what only describes. */
function wordsOf(memory: Memory): ReadonlySet<string> {
  const words = new Set<string>();
  for (const tag of ownTags(memory)) words.add(wordOf(tagName(tag)));
  for (const term of termsOfMemory(memory))
    if (/^\p{L}[\p{L}\p{N}]{2,23}$/u.test(term) && couldName(term)) words.add(term);
  return words;
}

/** Judged by all of a home's memories that carry the word: wherever they move meanwhile, the answer is the same. */
function createThings(placed: readonly Placed[]): (word: string) => boolean {
  const known = new Map<string, boolean>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const carriers = placed.filter(({ words }) => words.has(word)).map(({ memory }) => memory);
    const answer = namesThing(word, carriers);
    known.set(word, answer);
    return answer;
  };
}

const depthOf = (topic: string) => (topic === '' ? 0 : topic.split('/').length);

/** One level: the flat members of each topic of this depth join or found deeper topics. */
async function deepen(
  placed: readonly Placed[],
  depth: number,
  founded: Set<string>,
  nameOf: (word: string) => Promise<string>,
  isThing: (word: string) => boolean,
  breathe: () => Promise<void>,
): Promise<void> {
  const flat = new Map<string, Placed[]>();
  const children = new Map<string, Map<string, string>>();
  for (const one of placed) {
    if (depthOf(one.topic) !== depth) continue;
    append(flat, one.topic, one);
  }
  for (const { topic } of placed) {
    const parts = topic.split('/');
    const parent = parts.slice(0, depth).join('/');
    const child = parts[depth];
    if (child === undefined || child === '') continue;
    const known = children.get(parent) ?? new Map<string, string>();
    children.set(parent, known.set(wordOf(child), child));
  }
  for (const [topic, members] of flat) {
    await breathe();
    const under = (name: string) => (topic === '' ? name : `${topic}/${name}`);
    const rest: Placed[] = [];
    /* A topic that is there already takes a newcomer in, however few they are. */
    for (const one of members) {
      const word = [...one.words].find((candidate) => children.get(topic)?.has(candidate));
      const name = word === undefined ? undefined : children.get(topic)?.get(word);
      if (name === undefined) rest.push(one);
      else move(one, under(name), founded);
    }
    const total = members.length;
    const names = indexNames(rest, topic);
    const placed = new Set<Placed>();
    for (;;) {
      await breathe();
      const key =
        rest.length - placed.size < tunables.reorganize.minGroup ? undefined : bestName(names, topic, total);
      if (key === undefined) break;
      const carriers = names.get(key)?.carriers ?? [];
      if (!isThing(key)) {
        names.delete(key);
        continue;
      }
      const name = await nameOf(key);
      for (const one of carriers) {
        if (placed.has(one)) continue;
        placed.add(one);
        move(one, under(name), founded);
        for (const word of one.words) {
          const known = names.get(word);
          if (known !== undefined) known.free--;
        }
      }
    }
  }
}

function move(one: Placed, topic: string, founded: Set<string>): void {
  one.topic = topic;
  founded.add(topic);
}

function indexNames(members: readonly Placed[], topic: string): Map<string, Name> {
  const taken = new Set(topic.split('/').map(wordOf));
  const names = new Map<string, Name>();
  for (const one of members) {
    for (const word of one.words) {
      if (taken.has(word)) continue;
      const known = names.get(word);
      if (known === undefined) names.set(word, { carriers: [one], free: 1 });
      else {
        known.carriers.push(one);
        known.free++;
      }
    }
  }
  return names;
}

/** The word that names the most members not placed yet and still tells them from the rest; undefined if none names enough. */
function bestName(names: ReadonlyMap<string, Name>, topic: string, total: number): string | undefined {
  const { minGroup, mostShare } = tunables.reorganize;
  let best: string | undefined;
  let most = 0;
  for (const [key, { free }] of names) {
    if (free < minGroup || free < most) continue;
    if (topic !== '' && free > mostShare * total) continue;
    if (free > most || best === undefined || key < best) best = key;
    most = free;
  }
  return best;
}
