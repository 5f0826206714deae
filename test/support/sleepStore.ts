/**
 * The simplest store a night can be slept on: arrays and plain loops, written without the engine's own code so that
 * the engine can be tested against it. Waking life is simulated by `add`, `touch` and `addReceipts`.
 */
import type { Evidence, Link, Memory, MemoryId, NightId, Receipt } from '../../src/core/memory.ts';
import { digestOf } from '../../src/core/sleep/night/digest.ts';
import {
  type JournalEntry,
  type Night,
  nightBegun,
  type SleepStore,
} from '../../src/core/sleep/night/store.ts';
import type { Change, PhaseReport, SleepSnapshot } from '../../src/core/sleep/phase.ts';

export interface SleepStoreTwin extends SleepStore {
  add(memories: readonly Memory[], evidence?: readonly Evidence[]): void;
  addReceipts(receipts: readonly Receipt[]): void;
  addLinks(links: readonly Link[]): void;
  /** A recall while awake. */
  touch(id: MemoryId, at: number): void;
  get(id: MemoryId): Memory | undefined;
  /** All that a snapshot holds but the nights themselves, in a fixed order, to be compared. */
  content(): unknown;
  readonly commits: number;
  /** Called before each commit; may throw, as a killed process would. */
  beforeCommit?: (report: PhaseReport) => void;
}

const byKey =
  <T>(key: (item: T) => string) =>
  (a: T, b: T) =>
    key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
const linkOrder = (link: Pick<Link, 'from' | 'to' | 'kind'>) => [link.from, link.to, link.kind].join('>');
const proof = (one: Evidence) => [one.memory, one.episode].join('<');

export function createSleepStore(
  memories: readonly Memory[] = [],
  evidence: readonly Evidence[] = [],
): SleepStoreTwin {
  let all: Memory[] = structuredClone([...memories]);
  let links: Link[] = [];
  const proofs: Evidence[] = [...evidence];
  let receipts: Receipt[] = [];
  const facts = new Map<string, unknown>();
  const nights: { night: Night; stages: PhaseReport[]; journal: JournalEntry[] }[] = [];
  let holder: { owner: string; beat: number; ttl: number } | undefined;
  let commits = 0;

  const place = (id: NightId) => {
    const found = nights.find((one) => one.night.id === id);
    if (found === undefined) throw new Error('no such night');
    return found;
  };
  const asNight = ({ night, stages }: { night: Night; stages: PhaseReport[] }): Night => ({
    ...night,
    report: night.state === 'running' ? { ...night.report, stages: [...stages] } : night.report,
  });
  const write = (change: Change) => {
    switch (change.type) {
      case 'create':
        all = [...all.filter((memory) => memory.id !== change.memory.id), structuredClone(change.memory)];
        for (const episode of change.evidence) prove({ memory: change.memory.id, episode });
        break;
      case 'update':
        all = all.map((memory) => {
          if (memory.id !== change.id) return memory;
          const entries = Object.entries({ ...memory, ...structuredClone(change.patch) });
          return Object.fromEntries(
            entries.filter(([, value]) => value !== null && value !== undefined),
          ) as unknown as Memory;
        });
        break;
      case 'evidence':
        prove(change);
        break;
      case 'link':
        links = [...links.filter((link) => linkOrder(link) !== linkOrder(change.link)), change.link];
        break;
      case 'unlink':
        links = links.filter((link) => linkOrder(link) !== linkOrder(change));
        break;
      case 'receipt-counted':
        receipts = receipts.map((receipt) =>
          receipt.id === change.receipt ? { ...receipt, counted: true } : receipt,
        );
        break;
      case 'fact':
        facts.set(change.key, structuredClone(change.value));
        break;
    }
  };
  const prove = ({ memory, episode }: Evidence) => {
    if (!proofs.some((one) => one.memory === memory && one.episode === episode))
      proofs.push({ memory, episode });
  };

  const store: SleepStoreTwin = {
    add: (more, support = []) => {
      all.push(...structuredClone([...more]));
      proofs.push(...support);
    },
    addReceipts: (more) => void receipts.push(...more),
    addLinks: (more) => void links.push(...more),
    touch: (id, at) => {
      all = all.map((memory) =>
        memory.id === id ? { ...memory, lastAccessedAt: at, accessCount: memory.accessCount + 1 } : memory,
      );
    },
    get: (id) => all.find((memory) => memory.id === id),
    content: () => ({
      memories: structuredClone(all).sort(byKey((memory) => memory.id)),
      links: structuredClone(links).sort(byKey(linkOrder)),
      evidence: structuredClone(proofs).sort(byKey(proof)),
      receipts: structuredClone(
        receipts.filter((receipt) => !receipt.counted && receipt.verdict !== 'unknown'),
      ),
      facts: [...facts].sort(byKey(([key]) => key)),
    }),
    get commits() {
      return commits;
    },
    async acquireLease(owner, now, ttlMs) {
      if (holder !== undefined && now - holder.beat < holder.ttl) return undefined;
      holder = { owner, beat: now, ttl: ttlMs };
      return {
        heartbeat: async () => holder?.owner === owner,
        release: async () => {
          if (holder?.owner === owner) holder = undefined;
        },
      };
    },
    async snapshot(): Promise<SleepSnapshot> {
      return {
        memories: structuredClone(all),
        links: structuredClone(links),
        evidence: structuredClone(proofs),
        receipts: structuredClone(
          receipts.filter((receipt) => !receipt.counted && receipt.verdict !== 'unknown'),
        ),
        pastNights: [],
        facts: structuredClone(facts),
      };
    },
    async beginNight(begun) {
      const night = nightBegun(nights.length + 1, begun);
      nights.unshift({ night, stages: [], journal: [] });
      return night;
    },
    async commitPhase(id, report, changes, at) {
      store.beforeCommit?.(report);
      const found = place(id);
      commits++;
      for (const change of changes) {
        write(change);
        found.journal.push({
          id: `${id} ${found.journal.length}`,
          night: id,
          act: report.phase,
          at,
          change,
          before: null,
          after: null,
          why: change.why,
          undone: false,
        });
      }
      found.stages.push(report);
    },
    async finishNight(id, state, report, finishedAt) {
      const found = place(id);
      found.night = { ...found.night, state, report, finishedAt };
    },
    settledNight: async () => undefined,
    nights: async (limit) => nights.slice(0, limit).map(asNight),
    async night(id) {
      const found = nights.find((one) => one.night.id === id);
      return found === undefined ? undefined : asNight(found);
    },
    journal: async (id, offset = 0, limit = Number.POSITIVE_INFINITY) =>
      place(id).journal.slice(offset, offset + limit),
    journalDigest: async (id, after, limit) => {
      const page = place(id).journal.slice(after, after + limit);
      const digest = digestOf(
        page.map(({ change }) => change),
        (one) => all.find(({ id }) => id === one),
      );
      return page.length === 0 ? digest : { ...digest, last: after + page.length };
    },
    journalOf: async () => {
      throw new Error('not needed by a night');
    },
    letGo: async () => 0,
    forgetWords: async () => 0,
    undo: async () => {
      throw new Error('not needed by a night');
    },
  };
  return store;
}

/** A process that died in the middle: the lease is left to go stale. */
export const muchLater = 3_600_000;
