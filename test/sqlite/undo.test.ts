/** Taking back: a night, a phase, a change; exactly, or not at all. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Database } from '../../src/core/database.ts';
import { ReverieError } from '../../src/core/errors.ts';
import type { Memory, MemoryId } from '../../src/core/memory.ts';
import { applyChanges, canonicalSnapshot } from '../../src/core/sleep/night/snapshot.ts';
import type { UndoChoice } from '../../src/core/sleep/night/store.ts';
import type { Change } from '../../src/core/sleep/phase.ts';
import { arbitraryMemory, arbitraryPatch } from '../support/arbitraries.ts';
import { buildMemory, noon } from '../support/builders.ts';
import { anyChange, beginAnew, pool } from '../support/changes.ts';
import { freshDatabase } from '../support/database.ts';
import { everything, nightId, phaseReport } from '../support/nights.ts';

const isConflict = (error: unknown) => ReverieError.is(error, 'undo-conflict');

test('a night is taken back exactly, whatever it did', async (t) => {
  const database = await freshDatabase(t);
  const { sleep, check } = database;
  let nth = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(...pool.slice(0, 4).map(arbitraryMemory)),
      fc.array(fc.array(anyChange, { maxLength: 12 }), { minLength: 1, maxLength: 3 }),
      async (all: readonly Memory[], phases) => {
        await beginAnew(database, all);
        const before = await everything(database);
        nth += 1;
        const id = nightId(`n_${nth}`);
        await sleep.beginNight({ id, startedAt: noon, seed: 's' });
        for (const changes of phases) await sleep.commitPhase(id, phaseReport('dream'), changes, noon);
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

test('a phase or a single change is taken back as if it, and what rests on it, had never been', async (t) => {
  const database = await freshDatabase(t);
  const { sleep } = database;
  const acts = ['replay', 'propagation', 'dream'] as const;
  let nth = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(...pool.slice(0, 4).map(arbitraryMemory)),
      fc.array(fc.tuple(fc.constantFrom(...acts), fc.array(anyChange, { maxLength: 8 })), {
        minLength: 1,
        maxLength: 4,
      }),
      fc.oneof(fc.constantFrom(...acts), fc.nat(20)),
      async (all: readonly Memory[], phases, meant) => {
        await beginAnew(database, all);
        const start = canonicalSnapshot(await sleep.snapshot(noon));
        nth += 1;
        const id = nightId(`n_${nth}`);
        await sleep.beginNight({ id, startedAt: noon, seed: 's' });
        for (const [act, changes] of phases) await sleep.commitPhase(id, phaseReport(act), changes, noon);
        const entries = await sleep.journal(id);
        const one = typeof meant === 'number' ? entries[meant % Math.max(1, entries.length)] : undefined;
        const choice: UndoChoice =
          typeof meant === 'string' ? { phase: meant } : { change: one?.id ?? 'none' };
        if (typeof meant === 'number' && one === undefined) return;
        const taken = new Set((await sleep.undo(id, choice)).map((entry) => entry.id));
        for (const entry of entries) {
          const isMeant = typeof meant === 'string' ? entry.act === meant : entry.id === one?.id;
          assert.ok(!isMeant || taken.has(entry.id), 'all that was meant is taken back');
        }
        /* The naive model: the night again, without what was taken back. */
        const rest = entries.filter((entry) => !taken.has(entry.id)).map(({ change }) => change);
        const expected = applyChanges(start, rest);
        const found = canonicalSnapshot(await sleep.snapshot(noon));
        for (const part of ['memories', 'links', 'evidence', 'receipts'] as const)
          assert.deepEqual(found[part], expected[part], part);
        /* JSON's null and "not there" are one in the journal's `before` of a fact. */
        const facts = (all: ReadonlyMap<string, unknown>) =>
          [...all].filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
        assert.deepEqual(facts(found.facts), facts(expected.facts));
        if (taken.size === entries.length) return;
        await sleep.undo(id);
        assert.deepEqual(canonicalSnapshot(await sleep.snapshot(noon)).memories, start.memories);
      },
    ),
    { numRuns: 80 },
  );
  assert.deepEqual(await database.check(), []);
});

test('a cut link is tied again, but not to what was forgotten meanwhile', async (t) => {
  const database = await freshDatabase(t);
  const { memories, sleep } = database;
  const [one, other, gone] = ['one', 'other', 'gone'].map((text) => buildMemory({ text, kind: 'episode' }));
  assert.ok(one && other && gone);
  await memories.add(
    [one, other, gone].map((memory) => ({ memory })),
    'import',
  );
  const link = (to: MemoryId) =>
    ({ from: one.id, to, kind: 'related', weight: 0.3, createdAt: 1, usedAt: 2 }) as const;
  await memories.addLinks([link(other.id), link(gone.id)], 'import');
  const id = nightId('n_1');
  await sleep.beginNight({ id, startedAt: noon, seed: 's' });
  await sleep.commitPhase(
    id,
    phaseReport('prune'),
    [other.id, gone.id].map(
      (to): Change => ({ type: 'unlink', from: one.id, to, kind: 'related', why: 'w' }),
    ),
    noon,
  );
  assert.deepEqual((await sleep.snapshot(noon)).links, []);
  await memories.forget(gone.id);
  await sleep.undo(id, { phase: 'prune' });
  assert.deepEqual((await sleep.snapshot(noon)).links, [link(other.id)]);
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
    phaseReport('crystallization'),
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

test('what was changed since may stay, with what it rests on: the rest of the night is as if it had never been', async (t) => {
  const database = await freshDatabase(t);
  const { memories, sleep } = database;
  let nth = 0;
  let conflicts = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(...pool.slice(0, 4).map(arbitraryMemory)),
      fc.array(fc.array(anyChange, { maxLength: 10 }), { minLength: 1, maxLength: 3 }),
      fc.constantFrom(...pool),
      arbitraryPatch,
      async (all: readonly Memory[], phases, own, patch) => {
        await beginAnew(database, all);
        const start = canonicalSnapshot(await sleep.snapshot(noon));
        nth += 1;
        const id = nightId(`n_${nth}`);
        await sleep.beginNight({ id, startedAt: noon, seed: 's' });
        for (const changes of phases) await sleep.commitPhase(id, phaseReport('dream'), changes, noon);
        if ((await memories.get(own)) === undefined) return;
        await memories.update(own, patch, 'edit');
        const touched = await memories.get(own);
        await sleep.undo(id, { keepChanged: true });
        const entries = await sleep.journal(id);
        const stayed = entries.filter(({ undone }) => !undone).map(({ change }) => change);
        conflicts += stayed.length;
        assert.deepEqual(await memories.get(own), touched, 'the owner’s word stands');
        /* The naive model: what stayed, and then the owner. */
        const edit: Change = { type: 'update', id: own, patch, why: 'w' };
        const expected = applyChanges(start, [...stayed, edit]);
        const found = canonicalSnapshot(await sleep.snapshot(noon));
        for (const part of ['memories', 'links', 'evidence', 'receipts'] as const)
          assert.deepEqual(found[part], expected[part], part);
        assert.equal((await sleep.night(id))?.state === 'undone', stayed.length === 0);
      },
    ),
    { numRuns: 80 },
  );
  assert.ok(conflicts > 0);
  assert.deepEqual(await database.check(), []);
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
    phaseReport('homeostasis'),
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
  const taken = await sleep.undo(id, { change: birth?.id ?? '' });
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
    sleep.undo(nightId('n_9'), { change: 'j_1' }),
    sleep.undo(nightId('n_9'), { change: 'x' }),
    sleep.undo(nightId('n_9'), { phase: 'dream' }),
  ]) {
    await assert.rejects(attempt, (error) => ReverieError.is(error, 'not-found'));
  }
});
