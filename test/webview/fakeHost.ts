/**
 * Runs in the page before the sidebar: gives it an `acquireVsCodeApi` whose other end is the extension's own
 * responder over a memory that lives in the page. Tests steer it through `window.fakeHost`.
 */
import { ReverieError } from '../../src/core/errors.ts';
import type { MemoryId } from '../../src/core/memory.ts';
import type {
  FromSidebar,
  MemoryCard,
  Mood,
  SidebarCommand,
  SidebarView,
  Snapshot,
} from '../../src/core/protocol.ts';
import { createSidebarResponder, type SidebarHost } from '../../src/vscode/sidebarResponder.ts';
import { type SampleMemory, sampleMemory, snapshotOf } from './sample.ts';

export interface FakeHost {
  /** Everything the sidebar asked, in order. */
  readonly requests: Extract<FromSidebar, { type: 'request' }>[];
  readonly commands: SidebarCommand[];
  /** Methods that are never answered. */
  readonly silent: Set<string>;
  /** Methods that fail, with the message. */
  readonly failing: Map<string, string>;
  memory: SampleMemory;
  /** Overrides parts of each snapshot. */
  overrides: Partial<Snapshot>;
  epoch: string;
  refresh(): void;
  mood(mood: Mood): void;
  show(view: SidebarView): void;
  state: unknown;
}

declare global {
  interface Window {
    fakeHost: FakeHost;
    /** Set by the page before this script: how many episodes there are, what was stored. */
    fakeHostStart?: {
      readonly episodes?: number;
      readonly empty?: boolean;
      readonly state?: unknown;
      readonly overrides?: Partial<Snapshot>;
    };
  }
}

const start = window.fakeHostStart ?? {};
const nothing: SampleMemory = {
  memories: [],
  episodes: [],
  nights: [],
  evidence: new Map(),
  changes: new Map(),
};

const fake: FakeHost = {
  requests: [],
  commands: [],
  silent: new Set(),
  failing: new Map(),
  memory: start.empty === true ? nothing : sampleMemory(start.episodes),
  overrides: start.overrides ?? {},
  epoch: '1',
  refresh: () => responder.refresh(),
  mood: (mood) => responder.mood(mood),
  show: (view) => responder.show(view),
  state: start.state,
};

function change(id: MemoryId, patch: Partial<MemoryCard>): MemoryCard {
  const card = fake.memory.memories.find((memory) => memory.id === id);
  if (card === undefined) throw new ReverieError('not-found', `There is no memory ${id}.`);
  const next = { ...card, ...patch };
  fake.memory = {
    ...fake.memory,
    memories: fake.memory.memories.map((memory) => (memory.id === id ? next : memory)),
  };
  return next;
}

const host: SidebarHost = {
  snapshot: async () => ({ ...snapshotOf(fake.memory, fake.epoch), ...fake.overrides }),
  episodes: async (offset, limit) => ({
    episodes: fake.memory.episodes.slice(offset, offset + limit),
    total: fake.memory.episodes.length,
    epoch: fake.epoch,
  }),
  evidence: async (id) => fake.memory.evidence.get(id) ?? [],
  accept: async (id) => change(id, { status: 'active' }),
  retire: async (id) => change(id, { status: 'retired' }),
  edit: async (id, text) => change(id, { text, status: 'active' }),
  pin: async (id, pinned) => change(id, { pinned }),
  guard: async (id, guard) => change(id, { guard }),
  review: async (id, verdict) => change(id, verdict === 'wrong' ? { status: 'retired' } : {}),
  async forget(id) {
    fake.memory = { ...fake.memory, episodes: fake.memory.episodes.filter((episode) => episode.id !== id) };
  },
  changes: async (night, offset, limit) =>
    (fake.memory.changes.get(night) ?? []).slice(offset, offset + limit),
  async undo(night, entry) {
    const all = fake.memory.changes.get(night) ?? [];
    const hit = all.filter((one) => !one.undone && (entry === undefined || one.entry === entry));
    const changes = new Map(fake.memory.changes).set(
      night,
      all.map((one) => (hit.includes(one) ? { ...one, undone: true } : one)),
    );
    const nights = fake.memory.nights.map((card) =>
      card.id === night && entry === undefined ? { ...card, state: 'undone' as const } : card,
    );
    fake.memory = { ...fake.memory, changes, nights };
    fake.epoch = `${fake.epoch}+`;
    return hit.length;
  },
};

const silentLog = { debug() {}, info() {}, warn() {}, error() {} };
const responder = createSidebarResponder({
  host,
  run: async (command) => void fake.commands.push(command),
  log: silentLog,
  /* Messages cross as copies and later, as they do between processes. */
  post: (message) => window.postMessage(structuredClone(message), '*'),
});

function receive(message: FromSidebar): void {
  if (message.type === 'request') {
    fake.requests.push(message);
    if (fake.silent.has(message.method)) return;
    const failure = fake.failing.get(message.method);
    if (failure !== undefined) {
      window.postMessage({ type: 'failure', id: message.id, reason: 'unexpected', message: failure }, '*');
      return;
    }
  }
  responder.receive(structuredClone(message));
}

Object.assign(window, {
  fakeHost: fake,
  acquireVsCodeApi: () => ({
    postMessage: (message: FromSidebar) => queueMicrotask(() => receive(message)),
    getState: () => fake.state,
    setState: (state: unknown) => {
      fake.state = structuredClone(state);
    },
  }),
});
