/** Nights: one sleeper, phases whole, everything explained, everything taken back exactly. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Database } from '../../src/core/database.ts';
import { ReverieError } from '../../src/core/errors.ts';
import { linkKinds, type Memory, type MemoryId, type NightId } from '../../src/core/memory.ts';
import type { Change, NightReport, PhaseName, PhaseReport } from '../../src/core/sleep/phase.ts';
import { arbitraryMemory, arbitraryPatch, arbitraryShare, arbitraryTime } from '../support/arbitraries.ts';
import { buildMemory, memoryId, noon } from '../support/builders.ts';
import { createTestClock } from '../support/clock.ts';
import { freshDatabase } from '../support/database.ts';

const nightId = (name: string) => name as NightId;
const phase = (name: PhaseName, fields: Partial<PhaseReport> = {}): PhaseReport => ({
  stage: 'N2',
  phase: name,
  cycle: 0,
  started: noon,
  ms: 3,
  read: 5,
  changed: 1,
  detail: 'Something happened.',
  measures: { factor: 0.93 },
  ...fields,
});
const isConflict = (error: unknown) => ReverieError.is(error, 'undo-conflict');

/** Everything a night can change. */
async function everything({ sleep }: Database) {
  const { memories, links, evidence, receipts, facts } = await sleep.snapshot(noon);
  return { memories, links, evidence, receipts, facts: [...facts] };
}

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
  await assert.rejects(one.sleep.commitPhase(night.id, phase('replay'), [], noon), (error) =>
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
  await sleep.commitPhase(id, phase('replay'), [], noon);
  await sleep.commitPhase(id, phase('homeostasis', { cycle: 1, changed: 7 }), [], noon);
  const running = await sleep.night(id);
  assert.equal(running?.state, 'running');
  assert.deepEqual(running?.report.stages, [phase('replay'), phase('homeostasis', { cycle: 1, changed: 7 })]);
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
      phase('homeostasis'),
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
      phase('homeostasis'),
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
    phase('propagation'),
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

const pool = ['e_0', 'e_1', 'e_2', 'e_3', 'r_new0', 'r_new1'] as MemoryId[];
const anyId = fc.constantFrom(...pool);
const why = fc.constant('Because.');
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(anyId, arbitraryPatch)
      .map(([id, patch]): Change => ({ type: 'update', id, patch, why: 'w' })),
  },
  fc
    .tuple(fc.constantFrom('r_new0', 'r_new1').chain(arbitraryMemory), fc.subarray(pool))
    .map(([memory, evidence]): Change => ({ type: 'create', memory, evidence, why: 'w' })),
  fc.tuple(anyId, anyId, fc.constantFrom(...linkKinds), arbitraryShare, arbitraryTime, why).map(
    ([from, to, kind, weight, at]): Change => ({
      type: 'link',
      link: { from, to, kind, weight, createdAt: at, usedAt: at },
      why: 'w',
    }),
  ),
  fc
    .tuple(anyId, anyId, fc.constantFrom(...linkKinds))
    .map(([from, to, kind]): Change => ({ type: 'unlink', from, to, kind, why: 'w' })),
  fc
    .tuple(anyId, anyId)
    .map(([memory, episode]): Change => ({ type: 'evidence', memory, episode, why: 'w' })),
  fc
    .constantFrom('t_0', 't_1', 't_2')
    .map((receipt): Change => ({ type: 'receipt-counted', receipt, why: 'w' })),
  fc
    .tuple(fc.constantFrom('a', 'b'), fc.oneof(fc.constant(undefined), fc.jsonValue()))
    .map(([key, value]): Change => ({ type: 'fact', key, value, why: 'w' })),
);

test('a night is taken back exactly, whatever it did', async (t) => {
  const database = await freshDatabase(t);
  const { memories, receipts, sleep, setFact, check } = database;
  let nth = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(...pool.slice(0, 4).map(arbitraryMemory)),
      fc.array(fc.array(anyChange, { maxLength: 12 }), { minLength: 1, maxLength: 3 }),
      async (all: readonly Memory[], phases) => {
        await memories.forgetEverything();
        await memories.add(
          all.map((memory) => ({ memory })),
          'import',
        );
        await memories.addLinks(
          [
            {
              from: pool[0] ?? memoryId(''),
              to: pool[1] ?? memoryId(''),
              kind: 'related',
              weight: 0.3,
              createdAt: 1,
              usedAt: 2,
            },
          ],
          'import',
        );
        await receipts.addReceipts(
          [0, 1].map((n) => ({
            id: `t_${n}`,
            memory: memoryId(`e_${n}`),
            event: 'x',
            session: 's',
            promptHash: 'h',
            tokens: 1,
            at: n,
            verdict: 'obeyed',
            counted: false,
          })),
        );
        await setFact('a', null);
        const before = await everything(database);
        nth += 1;
        const id = nightId(`n_${nth}`);
        await sleep.beginNight({ id, startedAt: noon, seed: 's' });
        for (const changes of phases) await sleep.commitPhase(id, phase('dream'), changes, noon);
        const entries = await sleep.journal(id);
        const taken = await sleep.undo(id);
        assert.deepEqual(
          taken.map((entry) => entry.id),
          entries.map((entry) => entry.id).reverse(),
        );
        assert.deepEqual(await everything(database), before);
        assert.equal((await sleep.night(id))?.state, 'undone');
        assert.ok((await sleep.journal(id)).every((entry) => entry.undone));
        assert.deepEqual(await sleep.undo(id), []);
      },
    ),
    { numRuns: 60 },
  );
  assert.deepEqual(await check(), []);
});

test('the journal says what was changed, from what to what, and why', async (t) => {
  const { memories, sleep } = await freshDatabase(t);
  const memory = buildMemory({ sleptAt: 5 });
  await memories.add([{ memory }], 'import');
  await sleep.beginNight({ id: nightId('n_1'), startedAt: noon, seed: 's' });
  await sleep.commitPhase(
    nightId('n_1'),
    phase('homeostasis'),
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

/** A rule is born, strengthened and linked in one night. */
async function nightWithBirth(database: Database) {
  const { memories, sleep } = database;
  const episode = buildMemory({ kind: 'episode', text: 'said' });
  const rule = buildMemory({ text: 'A rule.' });
  await memories.add([{ memory: episode }], 'import');
  const id = nightId('n_1');
  await sleep.beginNight({ id, startedAt: noon, seed: 's' });
  await sleep.commitPhase(
    id,
    phase('crystallization'),
    [
      { type: 'update', id: episode.id, patch: { strength: 0.4 }, why: 'w' },
      { type: 'create', memory: rule, evidence: [episode.id], why: 'w' },
      { type: 'update', id: rule.id, patch: { confidence: 0.9 }, why: 'w' },
      {
        type: 'link',
        link: { from: episode.id, to: rule.id, kind: 'enriches', weight: 0.2, createdAt: 1, usedAt: 1 },
        why: 'w',
      },
    ],
    noon,
  );
  return { id, episode, rule };
}

test('what was changed since is not overwritten: the conflict names the memory and nothing is taken back', async (t) => {
  const database = await freshDatabase(t);
  const { memories, sleep } = database;
  const { id, rule } = await nightWithBirth(database);
  await memories.update(rule.id, { text: 'A better rule.' }, 'edit');
  const before = await everything(database);
  await assert.rejects(
    sleep.undo(id),
    (error) => isConflict(error) && error instanceof Error && error.message.includes(rule.id),
  );
  assert.deepEqual(await everything(database), before);
  assert.equal((await sleep.night(id))?.state, 'running');
});

test('being recalled since is no conflict', async (t) => {
  const database = await freshDatabase(t);
  const { memories, sleep } = database;
  const { id, episode, rule } = await nightWithBirth(database);
  await memories.reinforce([episode.id, rule.id], noon + 1000);
  await sleep.undo(id);
  assert.equal(await memories.get(rule.id), undefined);
  assert.equal((await memories.get(episode.id))?.strength, 0.85);
});

test('an earlier night cannot be taken back over a later one that moved the same field', async (t) => {
  const database = await freshDatabase(t);
  const { sleep } = database;
  const { id, episode } = await nightWithBirth(database);
  await sleep.beginNight({ id: nightId('n_2'), startedAt: noon, seed: 's' });
  await sleep.commitPhase(
    nightId('n_2'),
    phase('homeostasis'),
    [{ type: 'update', id: episode.id, patch: { strength: 0.3 }, why: 'w' }],
    noon,
  );
  await assert.rejects(sleep.undo(id), isConflict);
  await sleep.undo(nightId('n_2'));
  await sleep.undo(id);
  assert.equal((await database.memories.get(episode.id))?.strength, 0.85);
});

test('a birth is taken back alone together with what was built on it', async (t) => {
  const database = await freshDatabase(t);
  const { memories, sleep } = database;
  const { id, episode, rule } = await nightWithBirth(database);
  const birth = (await sleep.journalOf(rule.id)).find((entry) => entry.change.type === 'create');
  const taken = await sleep.undo(id, birth?.id);
  assert.deepEqual(
    taken.map((entry) => entry.change.type),
    ['link', 'update', 'create'],
  );
  assert.equal(await memories.get(rule.id), undefined);
  assert.equal((await memories.get(episode.id))?.strength, 0.4);
  assert.deepEqual(
    (await sleep.undo(id)).map((entry) => entry.change.type),
    ['update'],
  );
});

test('what is unknown cannot be taken back', async (t) => {
  const { sleep } = await freshDatabase(t);
  for (const attempt of [
    sleep.undo(nightId('n_9')),
    sleep.undo(nightId('n_9'), 'j_1'),
    sleep.undo(nightId('n_9'), 'x'),
  ]) {
    await assert.rejects(attempt, (error) => ReverieError.is(error, 'not-found'));
  }
});
