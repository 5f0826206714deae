/**
 * Search as you type over what the sidebar holds. The index is built while the page is idle, in slices of a few
 * milliseconds, and follows the list by difference, so a new snapshot costs only what is new in it.
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
  /** The words of the text that matched, lower case. */
  readonly terms: ReadonlySet<string>;
}

export interface Search {
  /** What there is to find now. Documents are compared by id and text. */
  follow(documents: readonly Searchable[]): void;
  /** Best first, at most {@link maxHits}. `complete` is false while the index is still being built. */
  find(query: string): { readonly hits: readonly Hit[]; readonly complete: boolean };
}

export const maxHits = 200;
/** Longest stretch of work on the index without letting the page breathe, ms. */
const sliceMs = 5;
/** Characters of a text that are indexed: the rest of a pasted log finds nothing useful. */
const indexedLength = 2_000;

const wordPattern = /[\p{L}\p{N}_]+/gu;

/** Lower case and without accents, as index and question compare. */
export function foldWord(word: string): string {
  return word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** @param grown called after a slice, when a search may find more. */
export function createSearch(grown: () => void): Search {
  const index = new MiniSearch<Searchable>({
    fields: ['text', 'about'],
    tokenize: (text) => text.slice(0, indexedLength).match(wordPattern) ?? [],
    processTerm: (term) => foldWord(term).slice(0, 40),
    autoVacuum: false,
  });
  const known = new Map<string, Searchable>();
  let queue: readonly Searchable[] = [];
  let next = 0;
  let idle: number | undefined;

  const work = () => {
    idle = undefined;
    const end = performance.now() + sliceMs;
    while (next < queue.length && performance.now() < end) {
      const document = queue[next];
      next += 1;
      if (document === undefined) continue;
      index.add(document);
      known.set(document.id, document);
    }
    if (next < queue.length) schedule();
    else queue = [];
    grown();
  };
  const schedule = () => {
    if (idle === undefined) idle = requestIdleCallback(work, { timeout: 250 });
  };

  return {
    follow(documents) {
      const wanted = new Map(documents.map((document) => [document.id, document]));
      for (const [id, old] of known) {
        const now = wanted.get(id);
        if (now !== undefined && now.text === old.text && now.about === old.about) continue;
        index.discard(id);
        known.delete(id);
      }
      queue = [...wanted.values()].filter((document) => !known.has(document.id));
      next = 0;
      if (queue.length > 0) schedule();
    },
    find(query) {
      const results = index.search(query, {
        prefix: (term) => term.length >= 2,
        fuzzy: (term) => (term.length >= 4 ? 0.2 : false),
        maxFuzzy: 2,
        combineWith: 'AND',
        boost: { text: 2 },
        weights: { fuzzy: 0.35, prefix: 0.6 },
      });
      const hits = results
        .slice(0, maxHits)
        .map((result) => ({ id: String(result.id), terms: new Set(result.terms) }));
      return { hits, complete: queue.length === 0 };
    },
  };
}
