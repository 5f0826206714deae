/** Injection over a store that a test can see through. */
import { createInjection } from '../../src/core/injection/compose.ts';
import type { MemoryStore } from '../../src/core/ports.ts';
import { fixedClock, silentLog, testIds } from './builders.ts';
import type { NaiveStore } from './naiveStore.ts';

export type TestFileBlob = Parameters<typeof createInjection>[0]['fileBlob'];

export function createTestInjection({ memories, receipts }: NaiveStore, fileBlob?: TestFileBlob) {
  return createInjection({
    /* Injection only reads. */
    memories: memories as unknown as MemoryStore,
    receipts,
    clock: fixedClock(),
    ids: testIds,
    log: silentLog,
    ...(fileBlob === undefined ? {} : { fileBlob }),
  });
}
