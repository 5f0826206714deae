/**
 * Answers the sidebar: parses its messages, asks the {@link SidebarHost}, and always replies. Knows nothing of
 * VS Code, so that it can be tested without one.
 */
import { ReverieError } from '../core/errors.ts';
import type { MemoryId, NightId } from '../core/memory.ts';
import type { Log } from '../core/ports.ts';
import {
  type EpisodePage,
  type FromSidebar,
  type MemoryCard,
  type Moment,
  type Mood,
  type NightChange,
  parseFromSidebar,
  protocolVersion,
  type ReviewAnswer,
  requestIdOf,
  type SidebarCommand,
  type SidebarView,
  type Snapshot,
  type ToSidebar,
} from '../core/protocol.ts';

/** Where the sidebar's data come from. Rejections become visible messages. */
export interface SidebarHost {
  snapshot(): Promise<Snapshot>;
  episodes(offset: number, limit: number): Promise<EpisodePage>;
  evidence(id: MemoryId): Promise<readonly Moment[]>;
  accept(id: MemoryId): Promise<MemoryCard>;
  retire(id: MemoryId): Promise<MemoryCard>;
  edit(id: MemoryId, text: string): Promise<MemoryCard>;
  pin(id: MemoryId, pinned: boolean): Promise<MemoryCard>;
  guard(id: MemoryId, guard: boolean): Promise<MemoryCard>;
  review(id: MemoryId, verdict: ReviewAnswer): Promise<MemoryCard>;
  forget(id: MemoryId): Promise<void>;
  changes(night: NightId, offset: number, limit: number): Promise<readonly NightChange[]>;
  /** Answers how many changes were taken back. */
  undo(night: NightId, change?: string): Promise<number>;
}

export interface SidebarResponder {
  /** A message from the sidebar, not yet parsed. */
  receive(message: unknown): void;
  /** Pushes a new snapshot if the sidebar listens; asks that come while one is made are joined into one more. */
  refresh(): void;
  mood(mood: Mood): void;
  show(view: SidebarView): void;
  /** The page is gone (VS Code drops the page of a hidden sidebar): nothing is sent until the next says ready. */
  rest(): void;
  /** Open requests are answered as aborted; later messages are dropped. */
  dispose(): void;
}

export function createSidebarResponder(deps: {
  readonly host: SidebarHost;
  /** Starts a command; need not wait for its end. */
  readonly run: (command: SidebarCommand) => Promise<void>;
  readonly log: Log;
  readonly post: (message: ToSidebar) => void;
}): SidebarResponder {
  const { host, log } = deps;
  const open = new Set<number>();
  let listening = false;
  let disposed = false;
  let revision = 0;
  let making = false;
  let again = false;
  let wanted: SidebarView | undefined;

  const post = (message: ToSidebar) => {
    if (!disposed) deps.post(message);
  };

  async function push(): Promise<void> {
    if (making) {
      again = true;
      return;
    }
    making = true;
    try {
      do {
        again = false;
        revision += 1;
        try {
          post({ type: 'snapshot', revision, snapshot: await host.snapshot() });
        } catch (error) {
          post({ type: 'trouble', message: explain(error, log).message });
        }
      } while (again && !disposed);
    } finally {
      making = false;
    }
  }

  async function answer(request: Extract<FromSidebar, { type: 'request' }>): Promise<void> {
    open.add(request.id);
    try {
      const result = await ask(request);
      if (open.has(request.id)) post({ type: 'reply', id: request.id, result });
    } catch (error) {
      if (open.has(request.id)) post({ type: 'failure', id: request.id, ...explain(error, log) });
    } finally {
      open.delete(request.id);
    }
  }

  async function ask(request: Extract<FromSidebar, { type: 'request' }>): Promise<unknown> {
    switch (request.method) {
      case 'episodes':
        return host.episodes(request.params.offset, request.params.limit);
      case 'evidence':
        return host.evidence(request.params.id);
      case 'accept':
        return host.accept(request.params.id);
      case 'retire':
        return host.retire(request.params.id);
      case 'edit':
        return host.edit(request.params.id, request.params.text);
      case 'pin':
        return host.pin(request.params.id, request.params.pinned);
      case 'guard':
        return host.guard(request.params.id, request.params.guard);
      case 'review':
        return host.review(request.params.id, request.params.verdict);
      case 'forget':
        return host.forget(request.params.id);
      case 'changes':
        return host.changes(request.params.night, request.params.offset, request.params.limit);
      case 'undo':
        return { undone: await host.undo(request.params.night, request.params.change) };
      case 'run':
        return deps.run(request.params.command);
      case 'refresh':
        void push();
        return undefined;
    }
  }

  return {
    receive(message) {
      if (disposed) return;
      let parsed: FromSidebar;
      try {
        parsed = parseFromSidebar(message);
      } catch (error) {
        const id = requestIdOf(message);
        if (id !== undefined) post({ type: 'failure', id, ...explain(error, log) });
        else log.warn('The sidebar sent a message that could not be read.');
        return;
      }
      if (parsed.type === 'request') {
        void answer(parsed);
      } else if (parsed.version === protocolVersion) {
        listening = true;
        void push();
        if (wanted !== undefined) post({ type: 'show', view: wanted });
        wanted = undefined;
      } else {
        post({ type: 'trouble', message: 'Reverie was updated. Reload the window to see your memory.' });
      }
    },
    refresh() {
      if (listening && !disposed) void push();
    },
    mood(mood) {
      if (listening) post({ type: 'mood', mood });
    },
    show(view) {
      if (listening) post({ type: 'show', view });
      else wanted = view;
    },
    rest() {
      open.clear();
      listening = false;
    },
    dispose() {
      for (const id of open)
        post({ type: 'failure', id, reason: 'aborted', message: 'The sidebar was closed.' });
      open.clear();
      disposed = true;
      listening = false;
    },
  };
}

/** What went wrong, in one line for the person. What is not ours goes to the log by its name only. */
function explain(error: unknown, log: Log): { readonly reason: string; readonly message: string } {
  if (ReverieError.is(error)) return { reason: error.reason, message: error.message };
  log.error(`The sidebar's request failed: ${error instanceof Error ? error.name : typeof error}.`);
  return { reason: 'unexpected', message: 'Something went wrong. The log of Reverie tells more.' };
}
