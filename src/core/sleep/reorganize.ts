/**
 * Phase 5, N3: three or more related memories flat under one topic move to a deeper one. A topic is a field of a
 * memory and everything refers to memories by identity, so all references follow by themselves.
 */
import { append } from '../lists.ts';
import type { Memory, MemoryId } from '../memory.ts';
import { eachOf } from '../steps.ts';
import { termsOf } from '../text/terms.ts';
import { tunables } from '../tunables.ts';
import { count } from './night/counting.ts';
import { livingIn } from './night/living.ts';
import { homeOf, termsOfMemory } from './night/neighbourhood.ts';
import type { Change, SleepPhase } from './phase.ts';

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
    const byHome = new Map<string, Placed[]>();
    const living = await livingIn(snapshot, context);
    for (const memory of living) {
      await context.breathe();
      const list = byHome.get(homeOf(memory)) ?? [];
      if (list.length === 0) byHome.set(homeOf(memory), list);
      list.push({ memory, words: wordsOf(memory), topic: memory.topic });
    }
    const topics = new Set<string>();
    const names = createSpellings(living, context.breathe);
    for (const placed of byHome.values()) {
      for (let depth = 0; depth < tunables.reorganize.depth; depth++) {
        await context.breathe();
        await deepen(placed, depth, topics, names, context.breathe);
      }
    }
    const moves = new Map<MemoryId, Change>();
    await eachOf([...byHome.values()].flat(), context.breathe, ({ memory, topic }) => {
      if (topic === memory.topic) return;
      moves.set(memory.id, {
        type: 'update',
        id: memory.id,
        patch: { topic },
        why:
          memory.topic === ''
            ? `Belongs to “${topic}” with others like it.`
            : `“${memory.topic}” grew: moved to “${topic}”.`,
      });
    });
    return {
      changes: [...moves.values()],
      report: {
        read: living.length,
        detail:
          moves.size === 0
            ? 'Every memory is where it belongs.'
            : `Sorted ${count(moves.size, 'memory', 'memories')} under ${count(topics.size, 'topic')}.`,
        measures: { moved: moves.size, topics: topics.size },
      },
    };
  },
};

/** What could name a memory's topic: its tags, its languages, its terms. Short and numeric ones name nothing. */
function wordsOf(memory: Memory): ReadonlySet<string> {
  const words = new Set<string>();
  for (const tag of memory.tags) words.add(wordOf(tagName(tag)));
  for (const term of termsOfMemory(memory)) if (/^\p{L}[\p{L}\p{N}_]{2,23}$/u.test(term)) words.add(term);
  return words;
}

/** A tag as a topic may be named: no slash, no space. */
const tagName = (tag: string) => tag.toLowerCase().replace(/[/\s]+/g, '-');

/** The word a topic's name stands for: names are spelled as people do, words are stems. */
const wordOf = (name: string) => {
  const [term, second] = termsOf(name);
  return term === undefined || second !== undefined ? name : term;
};

/** How each word is spelled most often in these memories; found out once it is asked. */
function createSpellings(
  memories: readonly Memory[],
  breathe: () => Promise<void>,
): (word: string) => Promise<string> {
  let counting: Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> | undefined;
  const count = async () => {
    const counts = new Map<string, Map<string, number>>();
    for (const { text, tags } of memories) {
      await breathe();
      const plain = text.toLowerCase().match(/\p{L}[\p{L}\p{N}]{2,23}/gu) ?? [];
      for (const written of [...plain, ...tags.map(tagName)]) {
        const word = wordOf(written);
        const forms = counts.get(word) ?? new Map<string, number>();
        counts.set(word, forms.set(written, (forms.get(written) ?? 0) + 1));
      }
    }
    return counts;
  };
  return async (word) => {
    counting ??= count();
    const forms = [...((await counting).get(word) ?? [])].sort(
      (a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1),
    );
    return forms[0]?.[0] ?? word;
  };
}

const depthOf = (topic: string) => (topic === '' ? 0 : topic.split('/').length);

/** One level: the flat members of each topic of this depth join or found deeper topics. */
async function deepen(
  placed: readonly Placed[],
  depth: number,
  founded: Set<string>,
  nameOf: (word: string) => Promise<string>,
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
      const name = await nameOf(key);
      for (const one of names.get(key)?.carriers ?? []) {
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
