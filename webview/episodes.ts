/** The timeline, loaded page by page in the background once somebody wants to see it. */
import type { EpisodeCard, Snapshot } from '../src/core/protocol.ts';
import type { Requests } from './requests.ts';

export interface Episodes {
  /** Newest first; grows while loading. */
  readonly list: readonly EpisodeCard[];
  readonly total: number;
  readonly loading: boolean;
  readonly failed: boolean;
  /** Somebody looks at the timeline: load what is missing. */
  want(): void;
  /** Loads again after a failure. */
  retry(): void;
  /** The snapshot says what there is now. */
  expect(what: Snapshot['episodes']): void;
  /** It was forgotten. */
  remove(id: string): void;
}

/** A small first page to fill the screen, then large ones. */
const firstPage = 100;
const laterPage = 1_000;

export function createEpisodes(
  requests: Pick<Requests, 'ask'>,
  changed: () => void,
  failedWith: (error: unknown) => void,
): Episodes {
  let list: readonly EpisodeCard[] = [];
  let expected: Snapshot['episodes'] = { total: 0, epoch: '' };
  /** The epoch the whole list was loaded in. */
  let epoch: string | undefined;
  let wanted = false;
  let loading = false;
  let failed = false;

  const current = () => epoch === expected.epoch && list.length === expected.total;

  async function load(): Promise<void> {
    if (loading || !wanted || current()) return;
    loading = true;
    failed = false;
    changed();
    try {
      while (!current()) {
        const started = expected;
        const finished = await loadOnce(started);
        /* Something changed meanwhile: start over, unless the host itself keeps disagreeing with its own total. */
        if (finished && started === expected) break;
      }
    } catch (error) {
      failed = true;
      failedWith(error);
    } finally {
      loading = false;
      changed();
    }
  }

  /** Answers false if the host's data moved on while it was read. */
  async function loadOnce(target: Snapshot['episodes']): Promise<boolean> {
    const old = list;
    const kept = epoch === target.epoch ? new Map(old.map((card, index) => [card.id, index])) : undefined;
    const fresh: EpisodeCard[] = [];
    for (;;) {
      const limit = fresh.length === 0 ? firstPage : laterPage;
      const page = await requests.ask('episodes', { offset: fresh.length, limit });
      if (page.epoch !== target.epoch) {
        if (expected === target) expected = { total: page.total, epoch: page.epoch };
        return false;
      }
      /* Within an epoch episodes are only added in front: meeting a known one ends the search. */
      const meeting = kept === undefined ? -1 : page.episodes.findIndex((card) => kept.has(card.id));
      const met = meeting < 0 ? undefined : page.episodes[meeting];
      if (met !== undefined && kept !== undefined) {
        const merged = [...fresh, ...page.episodes.slice(0, meeting), ...old.slice(kept.get(met.id) ?? 0)];
        if (merged.length === page.total) {
          finish(merged, target);
          return true;
        }
      }
      fresh.push(...page.episodes);
      const ended = page.episodes.length < limit || fresh.length >= page.total;
      /* The first time, show what is there; later keep the old list in sight until the new one is whole. */
      if (ended) finish(fresh, target);
      else if (old.length === 0 && fresh.length >= 2 * list.length) list = fresh.slice();
      changed();
      if (ended) return true;
    }
  }

  function finish(next: readonly EpisodeCard[], target: Snapshot['episodes']): void {
    list = next;
    epoch = target.epoch;
  }

  return {
    get list() {
      return list;
    },
    get total() {
      return expected.total;
    },
    get loading() {
      return loading;
    },
    get failed() {
      return failed;
    },
    want() {
      if (wanted) return;
      wanted = true;
      void load();
    },
    retry() {
      wanted = true;
      void load();
    },
    expect(what) {
      expected = what;
      failed = false;
      void load();
    },
    remove(id) {
      list = list.filter((card) => card.id !== id);
      expected = { ...expected, total: Math.max(0, expected.total - 1) };
      changed();
    },
  };
}
