/** Capture over a store in memory, for tests. */
import assert from 'node:assert/strict';
import type { CaptureDeps, IngestOptions } from '../../src/core/capture/capture.ts';
import { createCapture } from '../../src/core/capture/ingest.ts';
import type { TranscriptEvent } from '../../src/core/capture/message.ts';
import type { Memory } from '../../src/core/memory.ts';
import type { Redactor } from '../../src/core/ports.ts';
import { fixedClock, silentLog, testIds } from './builders.ts';
import { createNaiveStore } from './naiveStore.ts';

/** A store that grows, with the same reads as the naive one. */
function growingStore() {
  const stored: { memory: Memory; identity: string | undefined }[] = [];
  const facts = new Map<string, unknown>();
  const writes: number[] = [];
  const reads = () => createNaiveStore(stored.map(({ memory }) => memory)).memories;
  const memories: CaptureDeps['memories'] = {
    list: (filter) => reads().list(filter),
    termCounts: (terms, where) => reads().termCounts(terms, where),
    findByIdentity: async (identity) =>
      stored.filter((row) => row.identity === identity).map(({ memory }) => memory),
    findByExternalId: async (id) =>
      stored.filter(({ memory }) => memory.source.externalId === id).map(({ memory }) => memory),
    async add(added) {
      writes.push(added.length);
      const kept = added.filter(
        ({ identity, unless }) =>
          !stored.some((row) => identity !== undefined && row.identity === identity && unless?.(row.memory)),
      );
      for (const { memory, identity } of kept) {
        assert.ok(!stored.some((row) => row.memory.id === memory.id), 'identities are unique');
        stored.push({ memory, identity });
      }
      return kept.map(({ memory }) => memory.id);
    },
  };
  return { memories, facts, writes, episodes: () => stored.map(({ memory }) => memory) };
}

/** Marks a planted word, as a detector would. */
export const plantedRedactor: Redactor = {
  async redact(text) {
    const count = text.split('hunter2-secret').length - 1;
    return {
      text: text.replaceAll('hunter2-secret', '[redacted: password]'),
      found: count === 0 ? new Map() : new Map([['password', count]]),
    };
  },
};

export function createTestCapture(given: Partial<CaptureDeps> = {}) {
  const store = growingStore();
  const deps: CaptureDeps = {
    memories: store.memories,
    redactor: plantedRedactor,
    tokenizer: async () => ({ count: (text) => Math.ceil(text.length / 4) }),
    ids: testIds,
    clock: fixedClock(),
    log: silentLog,
    getFact: async (key) => store.facts.get(key),
    setFact: async (key, value) => void store.facts.set(key, JSON.parse(JSON.stringify(value))),
    ...given,
  };
  const capture = createCapture(deps);
  const ingest = (events: readonly TranscriptEvent[], options?: IngestOptions) =>
    capture.ingest(streamOf(events), options);
  return { ...store, deps, capture, ingest };
}

async function* streamOf(events: readonly TranscriptEvent[]) {
  yield* events;
}
