/** Nights: one sleeper, phases whole, everything explained. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReverieError } from '../../src/core/errors.ts';
import type { Change, NightReport } from '../../src/core/sleep/phase.ts';
import { buildMemory, memoryId, noon } from '../support/builders.ts';
import { createTestClock } from '../support/clock.ts';
import { freshDatabase } from '../support/database.ts';
import { everything, nightId, phaseReport } from '../support/nights.ts';

test('one sleeper at a time; a stale lease is taken over, and its former holder can write no more', async (t) => {
  const clock = createTestClock();
  const one = await freshDatabase(t, clock);
  const lease = await one.sleep.acquireLease('one', clock.now(), 1000);
  assert.ok(lease);
  const night = await one.sleep.beginNight({ id: nightId('n_1'), startedAt: noon, seed: 's' });
  const other = (await import('../../src/sqlite/open.ts')).openDatabase;
  const second = await other({
    file: one.file,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    clock,
  });
  t.after(() => second.close());
  assert.equal(await second.sleep.acquireLease('two', clock.now(), 1000), undefined);
  clock.advance(900);
  assert.equal(await lease.heartbeat(), true);
  clock.advance(900);
  assert.equal(await second.sleep.acquireLease('two', clock.now(), 1000), undefined);
  clock.advance(100);
  const taken = await second.sleep.acquireLease('two', clock.now(), 1000);
  assert.ok(taken);
  assert.equal(await lease.heartbeat(), false);
  await assert.rejects(one.sleep.commitPhase(night.id, phaseReport('replay'), [], noon), (error) =>
    ReverieError.is(error, 'already-asleep'),
  );
  await lease.release();
  assert.equal(await taken.heartbeat(), true, 'a lost lease cannot release that of another');
  await taken.release();
  assert.ok(await one.sleep.acquireLease('one', clock.now(), 1000));
});

test('a night is read back while it runs and when it is over', async (t) => {
  const { sleep } = await freshDatabase(t);
  const id = nightId('n_1');
  await sleep.beginNight({ id, startedAt: noon, seed: 'seed', scope: 'topic' });
  await sleep.commitPhase(id, phaseReport('replay'), [], noon);
  await sleep.commitPhase(id, phaseReport('homeostasis', { cycle: 1, changed: 7 }), [], noon);
  const running = await sleep.night(id);
  assert.equal(running?.state, 'running');
  assert.deepEqual(running?.report.stages, [
    phaseReport('replay'),
    phaseReport('homeostasis', { cycle: 1, changed: 7 }),
  ]);
  assert.equal(running?.report.changes, 8);
  assert.deepEqual((await sleep.snapshot(noon)).pastNights, []);
  const report: NightReport = {
    ...running.report,
    state: 'complete',
    summary: 'A calm night.',
    finishedAt: noon + 9,
  };
  await sleep.finishNight(id, 'complete', report, noon + 9);
  assert.deepEqual(await sleep.night(id), {
    id,
    number: 1,
    startedAt: noon,
    finishedAt: noon + 9,
    state: 'complete',
    scope: 'topic',
    seed: 'seed',
    report,
  });
  assert.equal((await sleep.beginNight({ id: nightId('n_2'), startedAt: noon, seed: 's' })).number, 2);
  assert.deepEqual(
    (await sleep.nights(5)).map((night) => night.number),
    [2, 1],
  );
  assert.deepEqual(
    (await sleep.snapshot(noon)).pastNights.map((night) => night.stages.length),
    [2],
  );
});

test('a phase is committed whole or not at all', async (t) => {
  const database = await freshDatabase(t);
  const { memories, sleep } = database;
  const [one, twin] = [buildMemory({ text: 'one' }), buildMemory({ text: 'twin' })];
  await memories.add([{ memory: one }], 'import');
  await sleep.beginNight({ id: nightId('n_1'), startedAt: noon, seed: 's' });
  const before = await everything(database);
  const impossible = { ...twin, strength: Number.NaN };
  await assert.rejects(
    sleep.commitPhase(
      nightId('n_1'),
      phaseReport('homeostasis'),
      [
        { type: 'update', id: one.id, patch: { strength: 0.1 }, why: 'w' },
        { type: 'create', memory: impossible, evidence: [], why: 'w' },
      ],
      noon,
    ),
  );
  const stopped = AbortSignal.abort();
  await assert.rejects(
    sleep.commitPhase(
      nightId('n_1'),
      phaseReport('homeostasis'),
      [{ type: 'update', id: one.id, patch: { strength: 0.1 }, why: 'w' }],
      noon,
      stopped,
    ),
    (error) => ReverieError.is(error, 'aborted'),
  );
  assert.deepEqual(await everything(database), before);
  assert.deepEqual((await sleep.night(nightId('n_1')))?.report.stages, []);
});

test('changes of what was forgotten meanwhile, or that change nothing, are passed over', async (t) => {
  const { memories, sleep } = await freshDatabase(t);
  const there = buildMemory();
  const gone = memoryId('r_gone');
  await memories.add([{ memory: there }], 'import');
  await sleep.beginNight({ id: nightId('n_1'), startedAt: noon, seed: 's' });
  const link = {
    from: there.id,
    to: gone,
    kind: 'related',
    weight: 0.2,
    createdAt: noon,
    usedAt: noon,
  } as const;
  await sleep.commitPhase(
    nightId('n_1'),
    phaseReport('propagation'),
    [
      { type: 'update', id: gone, patch: { strength: 0.1 }, why: 'w' },
      { type: 'update', id: there.id, patch: { strength: there.strength }, why: 'w' },
      { type: 'link', link, why: 'w' },
      { type: 'evidence', memory: there.id, episode: gone, why: 'w' },
      { type: 'unlink', from: there.id, to: gone, kind: 'related', why: 'w' },
      { type: 'receipt-counted', receipt: 't_gone', why: 'w' },
      { type: 'create', memory: there, evidence: [], why: 'w' },
    ],
    noon,
  );
  assert.deepEqual(await sleep.journal(nightId('n_1')), []);
});

test('the journal says what was changed, from what to what, and why', async (t) => {
  const { memories, sleep } = await freshDatabase(t);
  const memory = buildMemory({ sleptAt: 5 });
  await memories.add([{ memory }], 'import');
  await sleep.beginNight({ id: nightId('n_1'), startedAt: noon, seed: 's' });
  await sleep.commitPhase(
    nightId('n_1'),
    phaseReport('homeostasis'),
    [
      {
        type: 'update',
        id: memory.id,
        patch: { strength: 0.5, sleptAt: null, pinned: false },
        why: 'Too strong.',
      },
    ],
    noon,
  );
  const [entry] = await sleep.journal(nightId('n_1'));
  assert.deepEqual(
    { ...entry, id: '' },
    {
      id: '',
      night: 'n_1',
      act: 'homeostasis',
      at: noon,
      change: { type: 'update', id: memory.id, patch: { strength: 0.5, sleptAt: null }, why: 'Too strong.' },
      before: { strength: 0.85, sleptAt: 5 },
      after: { strength: 0.5, sleptAt: null },
      why: 'Too strong.',
      undone: false,
    },
  );
  assert.equal((await sleep.journal(nightId('n_1'), 1)).length, 0);
});

test('a stop is heard in the middle of a large commit: nothing of it is written, and the next one is', async (t) => {
  const database = await freshDatabase(t);
  const { memories, sleep } = database;
  const all = Array.from({ length: 3000 }, (_, index) =>
    buildMemory({ kind: 'episode', text: `episode ${index}` }),
  );
  await memories.add(
    all.map((memory) => ({ memory })),
    'import',
  );
  const id = nightId('n_1');
  await sleep.beginNight({ id, startedAt: noon, seed: 's' });
  const before = await everything(database);
  const changes = all.map((memory) => ({
    type: 'update' as const,
    id: memory.id,
    patch: { strength: 0.1 },
    why: 'w',
  }));
  const stop = new AbortController();
  /* The stop comes with a change in the middle, so neither before the writing nor after it, however quick the machine. */
  const stopping = changes.map((change, index) =>
    index === changes.length / 2
      ? {
          ...change,
          get why() {
            stop.abort();
            return 'w';
          },
        }
      : change,
  );
  const committing = sleep.commitPhase(id, phaseReport('homeostasis'), stopping, noon, stop.signal);
  await assert.rejects(committing, (error) => ReverieError.is(error, 'aborted'));
  assert.deepEqual(await everything(database), before);
  await sleep.commitPhase(id, phaseReport('homeostasis'), changes, noon);
  assert.equal((await memories.get(all[0]?.id ?? memoryId('')))?.strength, 0.1);
  assert.deepEqual(await database.check(), []);
});

test('the journal keeps long entries whole and in their place among the short ones', async (t) => {
  const { sleep } = await freshDatabase(t);
  const id = nightId('n_long');
  await sleep.beginNight({ id, startedAt: noon, seed: 's' });
  const values = [
    'short',
    'a "long"\n\\ one '.repeat(20_000),
    'next',
    'x'.repeat(300_000),
    'y'.repeat(300_000),
  ];
  const changes = values.map((value, at): Change => ({ type: 'fact', key: `k${at}`, value, why: `w${at}` }));
  await sleep.commitPhase(id, phaseReport('expertise'), changes, noon);
  assert.deepEqual(
    (await sleep.journal(id)).map(({ change }) => change),
    changes,
  );
  await sleep.undo(id);
  assert.equal((await sleep.snapshot(noon)).facts.size, 0);
});
