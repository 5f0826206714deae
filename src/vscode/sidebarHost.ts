/** The sidebar's data out of the database: memories as cards, nights with their journal in words. */
import type { Database } from '../core/database.ts';
import { ReverieError } from '../core/errors.ts';
import type { Memory, MemoryId, MemoryKind, NightId, ProjectId, Receipt } from '../core/memory.ts';
import type { MemoryFilter } from '../core/ports.ts';
import type { Mood, ReviewAnswer, Snapshot } from '../core/protocol.ts';
import type { Night } from '../core/sleep/night/store.ts';
import { expertiseFact, expertiseIn } from '../core/sleep/stock/expertiseFacts.ts';
import { episodeOf, memoryCardOf, momentOf, nightOf } from './sidebarCards.ts';
import { changesOf } from './sidebarChanges.ts';
import type { SidebarHost } from './sidebarResponder.ts';
import { areasOf, dueOf } from './sidebarStock.ts';
import { takeBackNight } from './takeBack.ts';
import { createWordlessActs } from './wordlessActs.ts';

/** Nights whose hypnogram is shown; older ones stay in the database. */
const shownNights = 60;
/** Moments told behind one memory: more than anybody reads, but a bound. */
const shownEvidence = 50;

const learnedKinds: readonly MemoryKind[] = ['rule', 'skill', 'insight'];
/** What was said, each moment once: what a night merged is told with the moments it was made of. */
const episodes: MemoryFilter = { kinds: ['episode'], statuses: ['active', 'archived', 'retired'] };

export interface SidebarHostDeps {
  readonly open: () => Promise<Database>;
  /** Epoch ms. */
  readonly now: () => number;
  /** The projects open in this window. */
  readonly here: () => readonly ProjectId[];
  readonly mood: () => Mood;
  /**
   * Writes the owner's new words. Its own dependency because secrets must be taken out of them and their tokens
   * counted, which needs code too heavy for the extension host.
   */
  readonly edit: (id: MemoryId, text: string) => Promise<void>;
  /** Answers a due question; elsewhere too, for the scheduler it needs. */
  readonly review: (id: MemoryId, verdict: ReviewAnswer) => Promise<void>;
  /** Whether a night is taken back but for what was changed since. */
  readonly mayKeep: () => Promise<boolean>;
}

export function createSidebarHost(deps: SidebarHostDeps): SidebarHost {
  const card = async (database: Database, id: MemoryId) => {
    const memory = await database.memories.get(id);
    if (memory === undefined) throw new ReverieError('not-found', `There is no memory ${id}.`);
    return (await cards(database, [memory], deps.now()))[0] ?? missing(id);
  };
  const act = async (id: MemoryId, doing: 'accept' | 'retire' | 'pin' | 'unpin' | 'guard' | 'unguard') => {
    const database = await deps.open();
    const acts = createWordlessActs(database.memories);
    switch (doing) {
      case 'accept':
        await acts.accept(id);
        break;
      case 'retire':
        await acts.retire(id);
        break;
      case 'pin':
      case 'unpin':
        await acts.pin(id, doing === 'pin');
        break;
      case 'guard':
      case 'unguard':
        await acts.guard(id, doing === 'guard');
        break;
    }
    return card(database, id);
  };

  return {
    async snapshot() {
      const database = await deps.open();
      const [learned, total, nights, areas, reviews] = await Promise.all([
        database.memories.list({ kinds: learnedKinds }),
        database.memories.count(episodes),
        database.sleep.nights(shownNights),
        database.getFacts(expertiseFact),
        database.getFact('review'),
      ]);
      const now = deps.now();
      return {
        now,
        mood: boundedMood(deps.mood()),
        writable: database.writable === true,
        notices: noticesOf(database),
        here: deps.here(),
        memories: await cards(database, learned, now),
        nights: nights.map(nightOf),
        areas: areasOf(expertiseIn(areas)),
        due: dueOf(reviews, learned, now),
        episodes: { total, epoch: epochOf(nights) },
      } satisfies Snapshot;
    },
    async episodes(offset, limit) {
      const { memories, sleep } = await deps.open();
      const [page, total, nights] = await Promise.all([
        memories.list({ ...episodes, order: 'newest', offset, limit }),
        memories.count(episodes),
        sleep.nights(shownNights),
      ]);
      return { episodes: page.map(episodeOf), total, epoch: epochOf(nights) };
    },
    async evidence(id) {
      const { memories } = await deps.open();
      return ((await memories.evidenceOf([id])).get(id) ?? []).slice(-shownEvidence).map(momentOf);
    },
    accept: (id) => act(id, 'accept'),
    retire: (id) => act(id, 'retire'),
    pin: (id, pinned) => act(id, pinned ? 'pin' : 'unpin'),
    guard: (id, guard) => act(id, guard ? 'guard' : 'unguard'),
    async edit(id, text) {
      await deps.edit(id, text);
      return card(await deps.open(), id);
    },
    async review(id, verdict) {
      await deps.review(id, verdict);
      return card(await deps.open(), id);
    },
    async forget(id) {
      await (await deps.open()).memories.forget(id);
    },
    async changes(night, offset, limit) {
      const { memories, sleep } = await deps.open();
      return changesOf(await sleep.journal(night, offset, limit), (ids) => memories.getMany(ids));
    },
    async undo(night: NightId, change) {
      const { sleep } = await deps.open();
      if (change === undefined) return takeBackNight(sleep, night, deps.mayKeep);
      return (await sleep.undo(night, { change })).length;
    },
  };
}

async function cards(database: Database, memories: readonly Memory[], now: number) {
  const ids = memories.map(({ id }) => id);
  const [evidence, receipts] = await Promise.all([
    database.memories.evidenceOf(ids),
    database.receipts.receiptCounts(ids),
  ]);
  return memories.map((memory) =>
    memoryCardOf(memory, evidence.get(memory.id) ?? [], receipts.get(memory.id) ?? noReceipts, now),
  );
}

const noReceipts = { injected: 0, obeyed: 0, violated: 0, irrelevant: 0 } satisfies Record<
  Exclude<Receipt['verdict'], 'unknown'> | 'injected',
  number
>;

/** Pressure may exceed its capacity; the moon is then just full. */
function boundedMood(mood: Mood): Mood {
  switch (mood.state) {
    case 'awake':
    case 'drowsy':
      return { ...mood, pressure: Math.min(1, Math.max(0, mood.pressure)) };
    case 'asleep':
    case 'paused':
      return mood;
  }
}

/** Only sleep and its undoing change older episodes. */
function epochOf(nights: readonly Night[]): string {
  const undone = nights.filter((night) => night.state === 'undone').length;
  return `${nights[0]?.id ?? 'none'}:${nights[0]?.state ?? ''}:${nights[0]?.report.changes ?? 0}:${undone}`;
}

function noticesOf(database: Database): readonly string[] {
  const notices: string[] = [];
  if (database.setAside !== undefined) {
    notices.push(`The database was damaged. It is kept as ${database.setAside}; a new one was begun.`);
  }
  if (database.writable !== true) {
    notices.push(
      database.writable.reason === 'database-from-future'
        ? 'This memory was written by a newer Reverie. It can be read, not changed: please update the extension.'
        : 'This memory can be read, not changed: its file or folder is read-only.',
    );
  }
  return notices;
}

function missing(id: MemoryId): never {
  throw new ReverieError('not-found', `There is no memory ${id}.`);
}
