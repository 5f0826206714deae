/**
 * What the sidebar holds: the last snapshot, the episodes loaded so far, what is being asked, what is to be said.
 * Views read it and call its acts; whatever changes, listeners are told once a microtask.
 */
import type { MemoryId, NightId } from '../src/core/memory.ts';
import {
  type EpisodeCard,
  type MemoryCard,
  type Moment,
  type NightChange,
  parseToSidebar,
  protocolVersion,
  type ReviewAnswer,
  type SidebarCommand,
  type Snapshot,
} from '../src/core/protocol.ts';
import { createEpisodes, type Episodes } from './episodes.ts';
import type { Host } from './host.ts';
import { createRequests, type Requests } from './requests.ts';
import { createUiState, type UiStateStore } from './uiState.ts';

/** Something asked for: on its way, here, or not to be had. */
export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'here'; readonly value: T; readonly more: boolean }
  | { readonly state: 'failed'; readonly message: string };

/** A message on the page. Errors stay until dismissed. */
export interface Notice {
  readonly key: number;
  readonly tone: 'error' | 'info';
  readonly text: string;
}

export interface Store {
  readonly snapshot: Snapshot | undefined;
  readonly trouble: string | undefined;
  readonly memories: ReadonlyMap<MemoryId, MemoryCard>;
  readonly episodes: Episodes;
  readonly ui: UiStateStore;
  readonly notices: readonly Notice[];
  /** Last thing said to screen readers. */
  readonly announcement: string;
  /** True while an act on this memory or night is on its way. */
  busy(id: string): boolean;
  /** The moments behind a memory; asks for them when first called. */
  evidence(id: MemoryId): Loaded<readonly Moment[]>;
  /** The changes of a night loaded so far; asks for the first page when first called. */
  changes(night: NightId): Loaded<readonly NightChange[]>;
  moreChanges(night: NightId): void;
  /** Acts answer true when they succeeded; a failure is shown, not thrown. */
  accept(card: MemoryCard): Promise<boolean>;
  retire(card: MemoryCard): Promise<boolean>;
  edit(card: MemoryCard, text: string): Promise<boolean>;
  pin(card: MemoryCard, pinned: boolean): Promise<boolean>;
  guard(card: MemoryCard, guard: boolean): Promise<boolean>;
  /** Answers the question that is due about it. */
  review(card: MemoryCard, verdict: ReviewAnswer): Promise<boolean>;
  forget(episode: EpisodeCard): Promise<boolean>;
  undo(night: NightId, change?: string): Promise<boolean>;
  run(command: SidebarCommand): Promise<boolean>;
  refresh(): void;
  dismiss(key: number): void;
  /** Says something to screen readers only. */
  announce(text: string): void;
  listen(listener: () => void): () => void;
}

const changesPage = 100;

const reviewed: Readonly<Record<ReviewAnswer, string>> = {
  true: 'Confirmed. It will be asked again much later.',
  unsure: 'It will be asked again soon.',
  wrong: 'Retired: no longer told.',
};

export function createStore(host: Host): Store {
  const listeners = new Set<() => void>();
  let telling = false;
  const changed = () => {
    if (telling) return;
    telling = true;
    queueMicrotask(() => {
      telling = false;
      for (const listener of listeners) listener();
    });
  };

  const requests: Requests = createRequests((message) => host.post(message));
  const ui = createUiState(host.storage, changed);
  const episodes = createEpisodes(requests, changed, (error) => notify('error', messageOf(error)));
  const evidence = new Map<string, Loaded<readonly Moment[]>>();
  const changes = new Map<string, Loaded<readonly NightChange[]>>();
  const busy = new Set<string>();
  let memories = new Map<MemoryId, MemoryCard>();
  let snapshot: Snapshot | undefined;
  let trouble: string | undefined;
  let notices: readonly Notice[] = [];
  let announcement = '';
  let revision = 0;
  let lastKey = 0;

  function notify(tone: Notice['tone'], text: string): void {
    lastKey += 1;
    notices = [...notices.filter((notice) => notice.text !== text), { key: lastKey, tone, text }].slice(-3);
    changed();
  }

  function announce(text: string): void {
    /* The same words twice would not be read out twice: a no-break space makes them differ. */
    announcement = announcement === text ? `${text}\u00A0` : text;
    changed();
  }

  function take(next: Snapshot): void {
    for (const card of next.memories) {
      if (memories.get(card.id)?.episodes !== card.episodes) evidence.delete(card.id);
    }
    if (snapshot?.episodes.epoch !== next.episodes.epoch) changes.clear();
    snapshot = next;
    trouble = undefined;
    memories = new Map(next.memories.map((card) => [card.id, card]));
    episodes.expect(next.episodes);
    changed();
  }

  host.listen((raw) => {
    let message: ReturnType<typeof parseToSidebar>;
    try {
      message = parseToSidebar(raw);
    } catch {
      /* Other scripts may post to a page too; a broken message of ours shows as a request that times out. */
      return;
    }
    switch (message.type) {
      case 'reply':
      case 'failure':
        requests.settle(message);
        break;
      case 'snapshot':
        if (message.revision < revision) break;
        revision = message.revision;
        take(message.snapshot);
        break;
      case 'mood':
        if (snapshot !== undefined) snapshot = { ...snapshot, mood: message.mood };
        changed();
        break;
      case 'trouble':
        if (snapshot === undefined) trouble = message.message;
        else notify('error', message.message);
        changed();
        break;
      case 'show':
        ui.change({ view: message.view });
        break;
    }
  });
  window.addEventListener('pagehide', () => requests.close());
  host.post({ type: 'ready', version: protocolVersion });

  /** Runs an act on `id`, at most one at a time, and says what came of it. */
  async function act(id: string, done: string, doing: () => Promise<void>): Promise<boolean> {
    if (busy.has(id)) return false;
    busy.add(id);
    changed();
    try {
      await doing();
      announce(done);
      return true;
    } catch (error) {
      notify('error', messageOf(error));
      return false;
    } finally {
      busy.delete(id);
      changed();
    }
  }

  const replace = (card: MemoryCard) => {
    if (snapshot === undefined) return;
    memories = new Map(memories).set(card.id, card);
    snapshot = { ...snapshot, memories: snapshot.memories.map((old) => (old.id === card.id ? card : old)) };
  };

  async function loadChanges(night: NightId, before: readonly NightChange[]): Promise<void> {
    try {
      const page = await requests.ask('changes', { night, offset: before.length, limit: changesPage });
      changes.set(night, { state: 'here', value: [...before, ...page], more: page.length === changesPage });
    } catch (error) {
      changes.set(night, { state: 'failed', message: messageOf(error) });
    }
    changed();
  }

  return {
    get snapshot() {
      return snapshot;
    },
    get trouble() {
      return trouble;
    },
    get memories() {
      return memories;
    },
    get notices() {
      return notices;
    },
    get announcement() {
      return announcement;
    },
    episodes,
    ui,
    busy: (id) => busy.has(id),
    evidence(id) {
      const known = evidence.get(id);
      if (known !== undefined) return known;
      const loading: Loaded<readonly Moment[]> = { state: 'loading' };
      evidence.set(id, loading);
      requests.ask('evidence', { id }).then(
        (value) => {
          evidence.set(id, { state: 'here', value, more: false });
          changed();
        },
        (error: unknown) => {
          evidence.set(id, { state: 'failed', message: messageOf(error) });
          changed();
        },
      );
      return loading;
    },
    changes(night) {
      const known = changes.get(night);
      if (known !== undefined) return known;
      const loading: Loaded<readonly NightChange[]> = { state: 'loading' };
      changes.set(night, loading);
      void loadChanges(night, []);
      return loading;
    },
    moreChanges(night) {
      const known = changes.get(night);
      if (known?.state === 'here' && known.more) void loadChanges(night, known.value);
    },
    accept: (card) =>
      act(card.id, card.kind === 'insight' ? 'Kept.' : 'Accepted: in use from now on.', async () =>
        replace(await requests.ask('accept', { id: card.id })),
      ),
    retire: (card) =>
      act(card.id, card.status === 'proposed' ? 'Dismissed.' : 'Retired: no longer told.', async () =>
        replace(await requests.ask('retire', { id: card.id })),
      ),
    edit: (card, text) =>
      act(card.id, 'Saved.', async () => replace(await requests.ask('edit', { id: card.id, text }))),
    pin: (card, pinned) =>
      act(card.id, pinned ? 'Pinned: it will not fade.' : 'Unpinned.', async () =>
        replace(await requests.ask('pin', { id: card.id, pinned })),
      ),
    guard: (card, guard) =>
      act(
        card.id,
        guard ? 'A guard now: assistants ask before they break it.' : 'No guard any more.',
        async () => replace(await requests.ask('guard', { id: card.id, guard })),
      ),
    review: (card, verdict) =>
      act(card.id, reviewed[verdict], async () => {
        replace(await requests.ask('review', { id: card.id, verdict }));
        if (snapshot !== undefined) {
          snapshot = { ...snapshot, due: snapshot.due.filter(({ id }) => id !== card.id) };
        }
      }),
    forget: (episode) =>
      act(episode.id, 'Forgotten for good.', async () => {
        await requests.ask('forget', { id: episode.id });
        episodes.remove(episode.id);
      }),
    undo: (night, change) =>
      act(change ?? night, 'Taken back.', async () => {
        const { undone } = await requests.ask('undo', change === undefined ? { night } : { night, change });
        changes.delete(night);
        await requests.ask('refresh', {});
        notify(
          'info',
          undone === 0
            ? 'Nothing was taken back.'
            : undone === 1
              ? 'One change was taken back.'
              : `${undone.toLocaleString()} changes were taken back.`,
        );
      }),
    run: (command) => act(`run:${command}`, '', async () => void (await requests.ask('run', { command }))),
    refresh() {
      trouble = undefined;
      changed();
      requests.ask('refresh', {}).catch((error: unknown) => {
        trouble = messageOf(error);
        changed();
      });
    },
    dismiss(key) {
      notices = notices.filter((notice) => notice.key !== key);
      changed();
    },
    announce,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Something went wrong.';
}
