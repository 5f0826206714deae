/**
 * The messages between the sidebar and the extension. One channel, one shape each way; every request is answered
 * once, by a reply or by a failure, and both sides parse what they are given.
 *
 * The sidebar says `ready` when it can listen; the extension then pushes a snapshot, and again whenever something
 * changed or the sidebar became visible. Snapshots are whole, never a difference, and numbered: an older one that
 * was overtaken is ignored.
 */
import { ReverieError } from './errors.ts';
import type { MemoryId, NightId } from './memory.ts';
import type { EpisodePage, MemoryCard, Moment, Mood, NightChange, Snapshot } from './protocol/cards.ts';
import {
  count,
  flag,
  identity,
  list,
  nothing,
  number,
  oneOf,
  optional,
  type Parse,
  record,
  tagged,
  text,
} from './protocol/guards.ts';
import {
  parseChange,
  parseMemory,
  parseMoment,
  parseMood,
  parsePage,
  parseSnapshot,
} from './protocol/parseCards.ts';

export type {
  AreaCard,
  DreamCard,
  DueReview,
  EpisodeCard,
  EpisodePage,
  MemoryCard,
  Moment,
  Mood,
  NightCard,
  NightChange,
  ScopeCard,
  Snapshot,
} from './protocol/cards.ts';
export { reasonWords } from './text/reason.ts';

/** Raised when a message changes its meaning: an old sidebar kept alive over an update must not misread. */
export const protocolVersion = 1;

/** Commands the sidebar's buttons may run: each is the VS Code command `reverie.<name>`. */
export const sidebarCommands = [
  'sleepNow',
  'stopSleeping',
  'importConversations',
  'connectAssistants',
  'rememberSelection',
  'recordDecision',
  'pause',
  'resume',
  'diagnose',
] as const;
export type SidebarCommand = (typeof sidebarCommands)[number];

/** Largest page of episodes or changes that may be asked for. */
export const maxPage = 2_000;

/** What may be asked, by method: what is sent, and what comes back. */
export interface Methods {
  /** A page of the timeline, newest first. */
  episodes: { params: { readonly offset: number; readonly limit: number }; reply: EpisodePage };
  /** The moments a memory came from, oldest first. */
  evidence: { params: { readonly id: MemoryId }; reply: readonly Moment[] };
  accept: { params: { readonly id: MemoryId }; reply: MemoryCard };
  retire: { params: { readonly id: MemoryId }; reply: MemoryCard };
  edit: { params: { readonly id: MemoryId; readonly text: string }; reply: MemoryCard };
  pin: { params: { readonly id: MemoryId; readonly pinned: boolean }; reply: MemoryCard };
  /** Guards make an assistant ask before it breaks the rule. */
  guard: { params: { readonly id: MemoryId; readonly guard: boolean }; reply: MemoryCard };
  /** Answers the question that is due about a memory. */
  review: { params: { readonly id: MemoryId; readonly verdict: ReviewAnswer }; reply: MemoryCard };
  /** Removes a memory for good: cannot be undone. */
  forget: { params: { readonly id: MemoryId }; reply: undefined };
  /** What a night changed, in the order it happened; fewer than `limit` = no more. */
  changes: {
    params: { readonly night: NightId; readonly offset: number; readonly limit: number };
    reply: readonly NightChange[];
  };
  /** Takes back a night, or one of its changes; answers how many changes were taken back. */
  undo: { params: { readonly night: NightId; readonly change?: string }; reply: { readonly undone: number } };
  run: { params: { readonly command: SidebarCommand }; reply: undefined };
  /** Asks for a new push of the snapshot (after trouble). */
  refresh: { params: Record<never, never>; reply: undefined };
}
export type Method = keyof Methods;
export type Params<M extends Method> = Methods[M]['params'];
export type Reply<M extends Method> = Methods[M]['reply'];

export type FailureReason = ReverieError['reason'] | 'unexpected';

export type FromSidebar =
  | { readonly type: 'ready'; readonly version: number }
  | {
      [M in Method]: {
        readonly type: 'request';
        readonly id: number;
        readonly method: M;
        readonly params: Params<M>;
      };
    }[Method];

export type ToSidebar =
  /** `result` is parsed by the asker, who knows the method. */
  | { readonly type: 'reply'; readonly id: number; readonly result: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly reason: string; readonly message: string }
  | { readonly type: 'snapshot'; readonly revision: number; readonly snapshot: Snapshot }
  | { readonly type: 'mood'; readonly mood: Mood }
  /** No snapshot could be made; `message` is one line for the person. */
  | { readonly type: 'trouble'; readonly message: string }
  /** A command asks for this view to come to the front. */
  | { readonly type: 'show'; readonly view: SidebarView };

/** Is it still true? */
export const reviewAnswers = ['true', 'unsure', 'wrong'] as const;
export type ReviewAnswer = (typeof reviewAnswers)[number];

export const sidebarViews = ['rules', 'episodes', 'nights', 'dreams', 'map'] as const;
export type SidebarView = (typeof sidebarViews)[number];

const id = identity<MemoryId>();
const page = { offset: count(), limit: count(maxPage) };
/** Longest text that may be written into a memory by hand. */
export const maxText = 20_000;
const words: Parse<string> = (value, at) => {
  const parsed = text(value, at);
  if (parsed.length <= maxText && parsed.trim() !== '') return parsed;
  throw new ReverieError('invalid-input', `A memory needs words, at most ${maxText} characters.`);
};

const paramsOf: { readonly [M in Method]: Parse<Params<M>> } = {
  episodes: record<Params<'episodes'>>(page),
  evidence: record<Params<'evidence'>>({ id }),
  accept: record<Params<'accept'>>({ id }),
  retire: record<Params<'retire'>>({ id }),
  edit: record<Params<'edit'>>({ id, text: words }),
  pin: record<Params<'pin'>>({ id, pinned: flag }),
  guard: record<Params<'guard'>>({ id, guard: flag }),
  review: record<Params<'review'>>({ id, verdict: oneOf(reviewAnswers) }),
  forget: record<Params<'forget'>>({ id }),
  changes: record<Params<'changes'>>({ night: identity<NightId>(), ...page }),
  undo: record<Params<'undo'>>({ night: identity<NightId>(), change: optional(identity()) }),
  run: record<Params<'run'>>({ command: oneOf(sidebarCommands) }),
  refresh: record<Params<'refresh'>>({}),
};

const replyOf: { readonly [M in Method]: Parse<Reply<M>> } = {
  episodes: parsePage,
  evidence: list(parseMoment),
  accept: parseMemory,
  retire: parseMemory,
  edit: parseMemory,
  pin: parseMemory,
  guard: parseMemory,
  review: parseMemory,
  forget: nothing,
  changes: list(parseChange),
  undo: record<Reply<'undo'>>({ undone: count() }),
  run: nothing,
  refresh: nothing,
};

const methods = Object.keys(paramsOf) as readonly Method[];
const requestHead = record<{ readonly id: number; readonly method: Method }>({
  id: count(),
  method: oneOf(methods),
});

/** Parses what the sidebar sent; throws `invalid-input`. */
export function parseFromSidebar(value: unknown): FromSidebar {
  return fromSidebar(value, 'The message');
}

const fromSidebar: Parse<FromSidebar> = tagged<FromSidebar>('type', {
  ready: record<Extract<FromSidebar, { type: 'ready' }>>({ type: oneOf(['ready']), version: number }),
  request: (value, at) => {
    const head = requestHead(value, at);
    const params = paramsOf[head.method]((value as { readonly params?: unknown }).params, 'params');
    /* The method decides the type of its parameters, which the compiler cannot follow through a table. */
    return { type: 'request', ...head, params } as FromSidebar;
  },
});

/** The id of a request that could not be parsed otherwise, so that its asker need not wait for the timeout. */
export function requestIdOf(value: unknown): number | undefined {
  const asked =
    typeof value === 'object' && value !== null
      ? (value as Readonly<Record<string, unknown>>)['id']
      : undefined;
  return typeof asked === 'number' && Number.isInteger(asked) ? asked : undefined;
}

/** Parses what the extension sent; throws `invalid-input`. */
export function parseToSidebar(value: unknown): ToSidebar {
  return toSidebar(value, 'The message');
}

type To<T extends ToSidebar['type']> = Extract<ToSidebar, { type: T }>;
const toSidebar: Parse<ToSidebar> = tagged<ToSidebar>('type', {
  reply: record<To<'reply'>>({ type: oneOf(['reply']), id: count(), result: (value) => value }),
  failure: record<To<'failure'>>({ type: oneOf(['failure']), id: count(), reason: text, message: text }),
  snapshot: record<To<'snapshot'>>({ type: oneOf(['snapshot']), revision: count(), snapshot: parseSnapshot }),
  mood: record<To<'mood'>>({ type: oneOf(['mood']), mood: parseMood }),
  trouble: record<To<'trouble'>>({ type: oneOf(['trouble']), message: text }),
  show: record<To<'show'>>({ type: oneOf(['show']), view: oneOf(sidebarViews) }),
});

/** Parses the reply to `method`; throws `invalid-input`. */
export function parseReply<M extends Method>(method: M, value: unknown): Reply<M> {
  return replyOf[method](value, 'The reply');
}
