/**
 * The simplest store that keeps the promises of the ports: arrays, and an index that is computed at each question.
 * A model to test core against, and for the database to be tested against.
 */
import type { Link, Memory, MemoryId, ProjectId, Receipt, Verdict } from '../../src/core/memory.ts';
import { effectiveStrength } from '../../src/core/memory.ts';
import type {
  IndexQuery,
  MemoryFilter,
  MemoryStore,
  Neighbours,
  ReceiptStore,
} from '../../src/core/ports.ts';
import { entryOf } from '../../src/core/recall/entry.ts';
import { createRecallIndex } from '../../src/core/recall/recallIndex.ts';
import { termsOf } from '../../src/core/text/terms.ts';

const indexedText = (memory: Memory) =>
  [
    memory.text,
    memory.lesson.statement,
    memory.lesson.when ?? '',
    memory.lesson.why ?? '',
    memory.cues.join(' '),
    memory.topic,
    memory.tags.join(' '),
    memory.context ?? '',
  ].join('\n');

function seenFrom(memory: Memory, project: ProjectId | 'any' | undefined): boolean {
  return project === 'any' || memory.scope.level === 'user' || memory.scope.project === project;
}

type Reads = Pick<
  MemoryStore,
  | 'get'
  | 'getMany'
  | 'list'
  | 'search'
  | 'recallIndex'
  | 'textsOf'
  | 'termCounts'
  | 'neighboursOf'
  | 'linksOf'
  | 'lessonsFrom'
  | 'evidenceOf'
  | 'evidenceCounts'
  | 'behindRules'
  | 'reinforce'
>;

export interface NaiveStore {
  readonly memories: Reads & { readonly all: readonly Memory[]; readonly reinforced: readonly MemoryId[] };
  readonly receipts: ReceiptStore & { readonly all: readonly Receipt[] };
}

/** What is known of the memories beside themselves. */
export interface NaiveRelations {
  readonly links?: readonly Link[];
  /** Episodes that stand behind a rule. */
  readonly behind?: ReadonlySet<MemoryId>;
  /** The rules in use that were learnt from an episode. */
  readonly learnt?: ReadonlyMap<MemoryId, readonly MemoryId[]>;
  /** How many episodes stand behind a rule. */
  readonly moments?: ReadonlyMap<MemoryId, number>;
}

/** @param all in the order in which they were stored. */
export function createNaiveStore(
  all: readonly Memory[],
  { links = [], behind = new Set(), learnt = new Map(), moments = new Map() }: NaiveRelations = {},
): NaiveStore {
  const byId = new Map(all.map((memory) => [memory.id, memory]));
  const bags = new Map(all.map((memory) => [memory.id, bagOf(indexedText(memory))]));
  const reinforced: MemoryId[] = [];
  const left: Receipt[] = [];
  const passes = (memory: Memory, filter: MemoryFilter) =>
    (filter.kinds?.includes(memory.kind) ?? true) &&
    (filter.statuses?.includes(memory.status) ?? true) &&
    (filter.project === undefined || seenFrom(memory, filter.project)) &&
    (filter.guards === undefined || memory.guard) &&
    memory.createdAt >= (filter.since ?? 0) &&
    memory.createdAt <= (filter.until ?? Number.POSITIVE_INFINITY);

  const memories: NaiveStore['memories'] = {
    all,
    reinforced,
    get: async (id) => byId.get(id),
    getMany: async (ids) => ids.flatMap((id) => byId.get(id) ?? []),
    async list(filter) {
      const found = all.filter((memory) => passes(memory, filter));
      const now = Math.max(0, ...all.map((memory) => memory.lastAccessedAt));
      const order = filter.order ?? 'newest';
      const rank = (memory: Memory) =>
        order === 'strongest'
          ? -effectiveStrength(memory, now)
          : order === 'oldest'
            ? memory.createdAt
            : -memory.createdAt;
      const sorted = [...found].sort((one, other) => rank(one) - rank(other));
      return sorted
        .slice(filter.offset ?? 0, (filter.offset ?? 0) + (filter.limit ?? sorted.length))
        .filter(
          ({ sleptAt, standing, label }) =>
            filter.fresh === undefined || (sleptAt === undefined && (standing || label === 'decision')),
        );
    },
    search: async (query) => search(all, bags, query),
    async recallIndex() {
      const index = createRecallIndex();
      index.apply(all.map((memory, at) => entryOf(memory, at + 1)));
      return index;
    },
    textsOf: async (ids) =>
      new Map(
        ids.flatMap((id) => [byId.get(id)]).flatMap((memory) => (memory ? [[memory.id, memory.text]] : [])),
      ),
    async termCounts(terms, project) {
      const seen = all.filter((memory) => seenFrom(memory, project));
      const counts = new Map(
        terms.map((term) => [term, seen.filter((memory) => bags.get(memory.id)?.frequency.has(term)).length]),
      );
      return { total: seen.length, counts };
    },
    async neighboursOf(ids, radius) {
      const around = new Map<MemoryId, Neighbours>();
      for (const id of ids) {
        const memory = byId.get(id);
        if (memory?.source.session === undefined) continue;
        const session = all
          .filter((other) => other.kind === 'episode' && sameSession(other, memory))
          .map((other, index) => ({ other, index }))
          .sort((one, two) => one.other.createdAt - two.other.createdAt || one.index - two.index)
          .map(({ other }) => other);
        const at = session.indexOf(memory);
        around.set(id, {
          before: session.slice(Math.max(0, at - radius), at).reverse(),
          after: session.slice(at + 1, at + 1 + radius),
        });
      }
      return around;
    },
    linksOf: async (ids) => links.filter((link) => ids.includes(link.from) || ids.includes(link.to)),
    lessonsFrom: async (episodes) => new Map([...learnt].filter(([id]) => episodes.includes(id))),
    behindRules: async (episodes) => new Set(episodes.filter((id) => behind.has(id))),
    evidenceOf: async (ids) => new Map(ids.map((id) => [id, []])),
    evidenceCounts: async () => moments,
    async reinforce(ids) {
      reinforced.push(...ids);
    },
  };
  const receipts: NaiveStore['receipts'] = {
    all: left,
    async addReceipts(added, known) {
      const meanwhile = (one: Receipt) =>
        known !== undefined &&
        left.some(
          ({ id, memory, session }) => memory === one.memory && session === one.session && !known.has(id),
        );
      const kept = added.filter((one) => !meanwhile(one));
      left.push(...kept);
      return kept;
    },
    receiptsOfSession: async (session) => left.filter((receipt) => receipt.session === session),
    async receiptCounts(ids) {
      const count = (id: MemoryId, verdict?: Verdict) =>
        left.filter((one) => one.memory === id && (verdict === undefined || one.verdict === verdict)).length;
      return new Map(
        ids.map((id) => [
          id,
          {
            injected: count(id),
            obeyed: count(id, 'obeyed'),
            violated: count(id, 'violated'),
            irrelevant: count(id, 'irrelevant'),
          },
        ]),
      );
    },
    openSessions: async (before, limit) =>
      [
        ...new Set(
          left
            .filter(({ at, verdict }) => verdict === 'unknown' && at < before)
            .map(({ session }) => session),
        ),
      ].slice(0, limit),
    async setVerdict(id: string, verdict: Verdict) {
      const at = left.findIndex((receipt) => receipt.id === id);
      const known = left[at];
      if (known !== undefined) left[at] = { ...known, verdict };
    },
  };
  return { memories, receipts };
}

function sameSession(one: Memory, other: Memory): boolean {
  return (
    one.source.session === other.source.session &&
    one.source.assistant === other.source.assistant &&
    one.source.project === other.source.project
  );
}

interface IndexedBag {
  readonly frequency: ReadonlyMap<string, number>;
  readonly length: number;
}

function bagOf(text: string): IndexedBag {
  const terms = termsOf(text);
  const frequency = new Map<string, number>();
  for (const term of terms) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  return { frequency, length: terms.length };
}

function search(all: readonly Memory[], bags: ReadonlyMap<MemoryId, IndexedBag>, query: IndexQuery) {
  const lengths = [...bags.values()].reduce((sum, bag) => sum + bag.length, 0);
  const mean = lengths / Math.max(1, bags.size) || 1;
  const rarity = new Map(
    query.terms.map((term) => {
      const count = [...bags.values()].filter(({ frequency }) => frequency.has(term)).length;
      return [term, Math.log(1 + (bags.size - count + 0.5) / (count + 0.5))];
    }),
  );
  return all
    .filter(
      (memory) => query.statuses.includes(memory.status) && (query.kinds?.includes(memory.kind) ?? true),
    )
    .filter((memory) => seenFrom(memory, query.project))
    .map((memory) => {
      const bag = bags.get(memory.id);
      let relevance = 0;
      for (const [term, worth] of rarity) {
        const frequency = bag?.frequency.get(term);
        if (bag === undefined || frequency === undefined) continue;
        relevance += (worth * frequency * 2.2) / (frequency + 1.2 * (0.25 + (0.75 * bag.length) / mean));
      }
      return { memory, relevance };
    })
    .filter(({ relevance }) => relevance > 0)
    .sort((one, other) => other.relevance - one.relevance || (one.memory.id < other.memory.id ? -1 : 1))
    .slice(0, query.limit);
}
