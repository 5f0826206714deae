/** What a sleeper knows need not be read again: the same is written as when all is read, and only while nobody else writes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Database } from '../../src/core/database.ts';
import { type Memory, type MemoryId, memoryStatuses } from '../../src/core/memory.ts';
import { createPicture } from '../../src/core/sleep/night/snapshot.ts';
import type { Known } from '../../src/core/sleep/night/store.ts';
import type { Change } from '../../src/core/sleep/phase.ts';
import { termsOf } from '../../src/core/text/terms.ts';
import { applyChanges, batchSize } from '../../src/sqlite/applyChanges.ts';
import type { Session, SqlValue } from '../../src/sqlite/connection.ts';
import { touchedBy } from '../../src/sqlite/touched.ts';
import { type KnownBefore, loadWorkingSet } from '../../src/sqlite/workingSet.ts';
import { arbitraryMemory } from '../support/arbitraries.ts';
import { buildMemory, memoryId, noon } from '../support/builders.ts';
import { anyChange, beginAnew, pool } from '../support/changes.ts';
import { freshDatabase } from '../support/database.ts';
import { everything, nightId, phaseReport } from '../support/nights.ts';
import { snapshotOf } from '../support/phaseRun.ts';

/** What fills a transaction so that what follows comes in another of its batches. */
const filling: readonly Change[] = Array.from({ length: batchSize.usual }, () => ({
  type: 'unlink',
  from: memoryId('e_0'),
  to: memoryId('e_nowhere'),
  kind: 'related',
  why: 'w',
}));

/** One phase on fresh memories; answers all that is there and found afterwards, and the journal without its numbers. */
async function phaseOn(
  database: Database,
  night: string,
  all: readonly Memory[],
  changes: readonly Change[],
  isKnown: boolean,
) {
  const { sleep } = database;
  await beginAnew(database, all);
  const id = nightId(night);
  await sleep.beginNight({ id, startedAt: noon, seed: 's' });
  const known = createPicture(await sleep.snapshot(noon));
  await sleep.commitPhase(id, phaseReport('dream'), changes, noon, undefined, isKnown ? known : undefined);
  const journal = (await sleep.journal(id)).map(({ id: _, night: __, ...entry }) => entry);
  const found = await database.memories.search({
    terms: [...new Set(all.flatMap(({ text, topic }) => termsOf(`${text} ${topic}`)))],
    project: 'any',
    statuses: memoryStatuses,
    limit: 10,
  });
  return { journal, memory: await everything(database), found };
}

test('what is known is changed as what is read', async (t) => {
  const database = await freshDatabase(t);
  let nth = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(...pool.slice(0, 4).map(arbitraryMemory)),
      fc.array(anyChange, { maxLength: 16 }),
      fc.array(anyChange, { maxLength: 16 }),
      async (all: readonly Memory[], some, others) => {
        nth += 1;
        const changes = [...some, ...filling, ...others];
        const read = await phaseOn(database, `n_read${nth}`, all, changes, false);
        const known = await phaseOn(database, `n_known${nth}`, all, changes, true);
        assert.deepEqual(known, read);
      },
    ),
    { numRuns: 40 },
  );
  assert.deepEqual(await database.check(), []);
});

test('once anybody else has written, nothing that was known is believed', async (t) => {
  const { memories, sleep } = await freshDatabase(t);
  const [one, other] = [buildMemory({ strength: 0.5 }), buildMemory({ text: 'Said meanwhile.' })];
  await memories.add([{ memory: one }], 'import');
  const id = nightId('n_1');
  await sleep.beginNight({ id, startedAt: noon, seed: 's' });
  const picture = createPicture(await sleep.snapshot(noon));
  const mistaken: Known = { ...picture, memory: () => ({ ...one, strength: 0.9 }) };
  const weaker = (strength: number): Change => ({
    type: 'update',
    id: one.id,
    patch: { strength },
    why: 'w',
  });
  await sleep.commitPhase(id, phaseReport('homeostasis'), [weaker(0.4)], noon, undefined, mistaken);
  await memories.add([{ memory: other }], 'import');
  await sleep.commitPhase(id, phaseReport('homeostasis'), [weaker(0.3)], noon, undefined, mistaken);
  assert.deepEqual(
    (await sleep.journal(id)).map(({ before }) => before),
    [{ strength: 0.9 }, { strength: 0.4 }],
  );
});

test('what an earlier batch wrote of a memory is all that is read again of it', async () => {
  const asked: string[] = [];
  const reading: Session = {
    async all(sql) {
      asked.push(sql);
      return [];
    },
    run: async () => 0,
  };
  const [rule, episode] = [buildMemory({}), buildMemory({ text: 'Said before.' })];
  const known = createPicture(
    snapshotOf({
      memories: [rule, episode],
      evidence: [{ memory: rule.id, episode: episode.id }],
    }),
  );
  const nothing: ReadonlySet<MemoryId> = new Set();
  const link = { from: rule.id, to: episode.id, kind: 'related', why: 'w' } as const;
  const changes: readonly Change[] = [
    { type: 'unlink', ...link },
    { type: 'evidence', memory: rule.id, episode: episode.id, why: 'w' },
  ];
  const load = (written: Partial<KnownBefore['written']>) =>
    loadWorkingSet(reading, touchedBy(changes), {
      ...known,
      seqs: new Map(),
      written: { memories: nothing, linksFrom: nothing, evidenceOf: nothing, ...written },
    });

  const set = await load({ memories: new Set([rule.id]) });
  assert.deepEqual(asked, []);
  assert.ok(set.has(rule.id));
  assert.ok(set.hasEvidence(rule.id, episode.id));
  await load({ linksFrom: new Set([rule.id]) });
  assert.equal(asked.length, 1);
  assert.match(asked[0] ?? '', /JOIN links/);
  await load({ evidenceOf: new Set([rule.id]) });
  assert.equal(asked.length, 2);
  assert.match(asked[1] ?? '', /JOIN evidence/);
});

test('rows are written in the order of their table, whatever the order of the changes', async () => {
  const written: SqlValue[] = [];
  const writing: Session = {
    all: async () => [],
    async run(sql, values = []) {
      if (/UPDATE memories/.test(sql)) written.push(...values.filter((_, at) => at % 2 === 0));
      return 0;
    },
  };
  const memories = ['a', 'b', 'c', 'd'].map((text) => buildMemory({ text, strength: 0.5 }));
  const known = createPicture(snapshotOf({ memories }));
  const seqs = new Map(memories.map(({ id }, at) => [id, at + 1]));
  const weaker = memories.map(
    ({ id }): Change => ({ type: 'update', id, patch: { strength: 0.4 }, why: 'w' }),
  );
  await applyChanges(writing, weaker.toReversed(), {
    act: 'homeostasis',
    at: noon,
    known: { ...known, seqs },
  });
  assert.deepEqual(written, [1, 2, 3, 4]);
});
