/**
 * Search as you type over what the sidebar holds, without ever holding up the keyboard. The index is cut into
 * shards: building it and asking it both go shard by shard, in slices of a few milliseconds, so fifty thousand
 * memories take longer than five thousand but never make the page stutter.
 */
import MiniSearch from 'minisearch';

export interface Searchable {
  readonly id: string;
  readonly text: string;
  /** Further words it may be found by: project, assistant, label. */
  readonly about: string;
}

export interface Hit {
  readonly id: string;
  /** Comparable within one answer; higher is better. */
  readonly score: number;
  /** The words that matched, as the index holds them (see {@link foldWord}). */
  readonly terms: ReadonlySet<string>;
}

/** Best first, at most {@link maxHits}. `complete` is false while parts of the memory were not yet looked at. */
export interface Found {
  readonly query: string;
  readonly hits: readonly Hit[];
  readonly complete: boolean;
}

export interface Search<T extends { readonly id: string }> {
  /** What there is to find now, newest first. Returns at once; the index follows while the page is idle. */
  follow(items: readonly T[]): void;
  /** Starts looking; what was looked for before is dropped. An empty query finds everything: `found` is undefined. */
  ask(query: string): void;
  readonly found: Found | undefined;
}

export const maxHits = 200;
/** Longest stretch of work without letting the page breathe, ms: half a frame. */
const sliceMs = 5;
/** Memories in one shard: asking one shard takes a millisecond or two. */
const shardSize = 1_000;
/** While a search goes on, what it found so far is shown this often, ms. */
const showEveryMs = 120;
/** Characters of a text that are indexed: the rest of a pasted log finds nothing useful. */
const indexedLength = 2_000;

const wordPattern = /[\p{L}\p{N}_]+/gu;

/** Lower case and without accents, as index and question compare. */
export function foldWord(word: string): string {
  return word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

interface Shard {
  readonly index: MiniSearch<Searchable>;
  size: number;
}

interface Indexed {
  readonly text: string;
  readonly shard: Shard;
  /** The last `follow` that named it. */
  seen: number;
}

function createShard(): Shard {
  const index = new MiniSearch<Searchable>({
    fields: ['text', 'about'],
    tokenize: (text) => text.slice(0, indexedLength).match(wordPattern) ?? [],
    processTerm: (term) => foldWord(term).slice(0, 40),
    autoVacuum: false,
    searchOptions: {
      prefix: (term) => term.length >= 2,
      fuzzy: (term) => (term.length >= 4 ? 0.2 : false),
      maxFuzzy: 2,
      combineWith: 'AND',
      boost: { text: 2 },
      weights: { fuzzy: 0.35, prefix: 0.6 },
    },
  });
  return { index, size: 0 };
}

/** A task of its own, as soon as the page has handled what is waiting. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** @param changed called when `found` changed, not more often than the eye can use. */
export function createSearch<T extends { readonly id: string }>(
  describe: (item: T) => Searchable,
  changed: () => void,
): Search<T> {
  const known = new Map<string, Indexed>();
  const shards: Shard[] = [];
  let items: readonly T[] = [];
  let generation = 0;
  let next = 0;
  let idle: number | undefined;
  let query = '';
  let asked = 0;
  let found: Found | undefined;
  let showAgainAt = 0;

  const building = () => next < items.length;

  function add(document: Searchable): void {
    const old = known.get(document.id);
    if (old !== undefined && old.text === document.text) {
      old.seen = generation;
      return;
    }
    if (old !== undefined) remove(document.id, old);
    let shard = shards.find(({ size }) => size < shardSize);
    if (shard === undefined) {
      shard = createShard();
      shards.push(shard);
    }
    shard.index.add(document);
    shard.size += 1;
    known.set(document.id, { text: document.text, shard, seen: generation });
  }

  function remove(id: string, { shard }: Indexed): void {
    shard.index.discard(id);
    shard.size -= 1;
    known.delete(id);
  }

  const build = () => {
    idle = undefined;
    const end = performance.now() + sliceMs;
    while (building() && performance.now() < end) {
      const item = items[next];
      next += 1;
      if (item !== undefined) add(describe(item));
    }
    if (building()) {
      schedule();
    } else {
      for (const [id, entry] of known) if (entry.seen !== generation) remove(id, entry);
    }
    /* What is being looked for may be in what came in. */
    if (query !== '' && (!building() || performance.now() > showAgainAt)) void look();
  };
  const schedule = () => {
    if (idle === undefined) idle = requestIdleCallback(build, { timeout: 250 });
  };

  /** Asks shard by shard, newest first, until done or something else is asked. */
  async function look(): Promise<void> {
    asked += 1;
    const mine = asked;
    const wanted = query;
    let hits: readonly Hit[] = [];
    const show = (complete: boolean) => {
      found = { query: wanted, hits, complete };
      showAgainAt = performance.now() + showEveryMs;
      changed();
    };
    let sliceEnd = performance.now() + sliceMs;
    let showAt = performance.now() + showEveryMs;
    /* The keystroke itself does no searching. */
    await breathe();
    for (const shard of shards) {
      if (performance.now() > sliceEnd) {
        await breathe();
        sliceEnd = performance.now() + sliceMs;
      }
      if (mine !== asked) return;
      hits = best(hits, shard.index.search(wanted));
      if (performance.now() > showAt) {
        show(false);
        showAt = performance.now() + showEveryMs;
      }
    }
    show(!building());
  }

  return {
    follow(list) {
      items = list;
      generation += 1;
      next = 0;
      schedule();
    },
    ask(words) {
      query = words.trim();
      if (query === '') {
        asked += 1;
        found = undefined;
        changed();
      } else {
        void look();
      }
    },
    get found() {
      return found;
    },
  };
}

interface Result {
  readonly id: unknown;
  readonly score: number;
  readonly terms: readonly string[];
}

/** Both lists are best first; so is the answer. */
function best(hits: readonly Hit[], results: readonly Result[]): readonly Hit[] {
  if (results.length === 0) return hits;
  const more = results
    .slice(0, maxHits)
    .map(({ id, score, terms }) => ({ id: String(id), score, terms: new Set(terms) }));
  return [...hits, ...more].sort((a, b) => b.score - a.score).slice(0, maxHits);
}
