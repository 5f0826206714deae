/** The journal of old nights goes, what tells the story of a rule stays, and what is kept can still be taken back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database } from '../../src/core/database.ts';
import { ReverieError } from '../../src/core/errors.ts';
import type { MemoryId } from '../../src/core/memory.ts';
import type { Change } from '../../src/core/sleep/phase.ts';
import { buildMemory, noon } from '../support/builders.ts';
import { freshDatabase } from '../support/database.ts';
import { everything, nightId, phaseReport } from '../support/nights.ts';

const isTooOld = (error: unknown) => ReverieError.is(error, 'not-undoable');

/** A night of these changes. */
async function sleepThrough({ sleep }: Database, number: number, changes: readonly Change[]) {
  const id = nightId(`n_${number}`);
  const begun = await sleep.beginNight({ id, startedAt: noon + number, seed: 's' });
  await sleep.commitPhase(id, phaseReport('homeostasis'), changes, noon);
  await sleep.finishNight(id, 'complete', { ...begun.report, state: 'complete' }, noon + number);
  return id;
}

const weaken = (id: MemoryId, number: number): Change => ({
  type: 'update',
  id,
  patch: { strength: 0.9 - number / 100 },
  why: 'w',
});

test('only the latest nights with changes can be taken back; a rule keeps its story', async (t) => {
  const database = await freshDatabase(t);
  const { memories, sleep } = database;
  const episode = buildMemory({ kind: 'episode', text: 'said' });
  const rule = buildMemory({ text: 'A rule.' });
  await memories.add([{ memory: episode }], 'import');
  const first = await sleepThrough(database, 1, [
    weaken(episode.id, 1),
    { type: 'create', memory: rule, evidence: [episode.id], why: 'Said twice.' },
    weaken(rule.id, 1),
    { type: 'update', id: rule.id, patch: { status: 'proposed' }, why: 'Waits.' },
  ]);
  for (const number of [2, 3, 4, 5]) await sleepThrough(database, number, [weaken(episode.id, number)]);
  const quiet = await sleepThrough(database, 6, []);
  const birth = (await sleep.journalOf(rule.id)).find(({ change }) => change.type === 'create');

  assert.equal(await sleep.letGo(6), 0, 'a night without changes does not count');
  const before = await everything(database);
  assert.ok((await sleep.letGo(3)) > 0);
  const { facts: _, ...after } = await everything(database);
  const { facts: __, ...all } = before;
  assert.deepEqual(after, all, 'nothing but the journal goes');
  assert.deepEqual(
    (await sleep.journalOf(rule.id)).map(({ why }) => why),
    ['Said twice.', 'Waits.'],
  );
  assert.deepEqual(
    (await sleep.journalOf(episode.id)).map(({ night }) => night),
    ['n_1', 'n_3', 'n_4', 'n_5'].filter((night) => night !== 'n_1'),
  );
  assert.equal((await sleep.nights(10)).length, 6, 'the nights themselves stay');

  await assert.rejects(sleep.undo(first), isTooOld);
  await assert.rejects(sleep.undo(nightId('n_2')), isTooOld);
  await assert.rejects(sleep.undo(first, { change: birth?.id ?? '' }), isTooOld);
  await assert.rejects(sleep.undo(first, { phase: 'homeostasis' }), isTooOld);
  assert.deepEqual(await sleep.undo(quiet), []);
  for (const number of [5, 4, 3]) assert.equal((await sleep.undo(nightId(`n_${number}`))).length, 1);
  assert.equal((await memories.get(episode.id))?.strength, 0.88);
  assert.deepEqual(await database.check(), []);
});

test('the journal stays bounded however many nights there are, and a stop is heard', async (t) => {
  const database = await freshDatabase(t);
  const episodes = Array.from({ length: 50 }, (_, index) =>
    buildMemory({ kind: 'episode', text: `episode ${index}` }),
  );
  await database.memories.add(
    episodes.map((memory) => ({ memory })),
    'import',
  );
  const sizes: number[] = [];
  for (let number = 1; number <= 24; number++) {
    await sleepThrough(
      database,
      number,
      episodes.map(({ id }) => weaken(id, number)),
    );
    assert.equal(await database.sleep.letGo(4, AbortSignal.abort()), 0, 'a stop is heard');
    await database.sleep.letGo(4);
    let entries = 0;
    for (const { id } of await database.sleep.nights(100))
      entries += (await database.sleep.journal(id)).length;
    sizes.push(entries);
  }
  assert.deepEqual(sizes.slice(4), Array(20).fill(200));
});
