/** The words of episodes whose rule stands go where their owner wants it, and only where nothing can be taken back to them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Database } from '../../src/core/database.ts';
import type { Memory, MemoryId } from '../../src/core/memory.ts';
import type { Change } from '../../src/core/sleep/phase.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { buildMemory, memoryId, noon, silentLog } from '../support/builders.ts';
import { freshDatabase, freshFile } from '../support/database.ts';
import { everything, nightId, phaseReport } from '../support/nights.ts';

async function sleepThrough({ sleep }: Database, number: number, changes: readonly Change[]) {
  const id = nightId(`n_${number}`);
  const begun = await sleep.beginNight({ id, startedAt: noon + number, seed: 's' });
  await sleep.commitPhase(id, phaseReport('homeostasis'), changes, noon);
  await sleep.finishNight(id, 'complete', { ...begun.report, state: 'complete' }, noon + number);
}

const episode = (name: string, fields: Partial<Memory> = {}) =>
  buildMemory({
    id: memoryId(`e_${name}`),
    kind: 'episode',
    text: `no, ${name} said quuxword and pasted plenty of things around it`,
    lesson: { statement: `Use ${name}.` },
    context: 'What the assistant had said before.',
    sleptAt: noon,
    ...fields,
  });
const weaken = (id: MemoryId, strength: number): Change => ({
  type: 'update',
  id,
  patch: { strength },
  why: 'w',
});

const plain = episode('plain');
const untold = episode('untold', { lesson: { statement: '', wrong: 'npm' } });
const pinned = episode('pinned', { pinned: true });
const unslept = episode('unslept', { sleptAt: noon + 9 });
const young = episode('young');
const alone = episode('alone');
const rejected = episode('rejected');
const all = [plain, untold, pinned, unslept, young, alone, rejected];
const rule = buildMemory({ id: memoryId('r_old'), text: 'Use what was said.', createdAt: noon });
const youngRule = buildMemory({ id: memoryId('r_young'), text: 'Use the young.', createdAt: noon + 4 });
const retired = buildMemory({ id: memoryId('r_retired'), createdAt: noon, status: 'retired' });

async function live(database: Database) {
  await database.memories.add(
    all.map((memory) => ({ memory, identity: `identity ${memory.id}` })),
    'import',
  );
  await sleepThrough(database, 1, [
    { type: 'create', memory: rule, evidence: [plain.id, untold.id, pinned.id, unslept.id], why: 'Said.' },
    { type: 'create', memory: retired, evidence: [rejected.id], why: 'Said.' },
  ]);
  await sleepThrough(database, 2, [weaken(plain.id, 0.5)]);
  await sleepThrough(database, 3, [weaken(plain.id, 0.4)]);
  await sleepThrough(database, 4, [
    { type: 'create', memory: youngRule, evidence: [young.id], why: 'Said.' },
    weaken(plain.id, 0.3),
  ]);
}

test('only words that no undoable night reaches back to go, and the lesson stays', async (t) => {
  const database = await freshDatabase(t);
  const { memories, sleep } = database;
  await live(database);
  assert.equal(await sleep.forgetWords(), 0, 'every night can still be taken back');
  await sleep.letGo(2);
  const before = await everything(database);
  assert.equal(await sleep.forgetWords(AbortSignal.abort()), 0, 'a stop is heard');
  assert.equal(await sleep.forgetWords(), 2);
  assert.equal(await sleep.forgetWords(), 0, 'once');

  const after = await everything(database);
  const expected = before.memories.map((memory) => {
    if (memory.id !== plain.id && memory.id !== untold.id) return memory;
    const { context: _, ...rest } = memory;
    return { ...rest, text: memory.id === plain.id ? 'Use plain.' : rule.text };
  });
  assert.deepEqual(after, { ...before, memories: expected });
  assert.deepEqual(await database.check(), []);

  const found = async (word: string) =>
    (await memories.search({ terms: [word], project: 'any', statuses: ['active'], limit: 20 })).map(
      ({ memory }) => memory.id,
    );
  assert.ok(!(await found('quuxword')).includes(plain.id));
  assert.ok((await found('quuxword')).includes(alone.id));
  assert.ok((await found('plain')).includes(plain.id), 'found by its lesson');
  assert.equal(
    (await memories.findByIdentity(`identity ${plain.id}`)).length,
    1,
    'known when it is read again',
  );

  for (const number of [4, 3]) await sleep.undo(nightId(`n_${number}`));
  assert.equal((await memories.get(plain.id))?.strength, 0.5, 'what is kept can be taken back');
  assert.equal((await memories.get(plain.id))?.text, 'Use plain.', 'but the words do not come back');
});

test('nothing of the words is left in the file', async (t) => {
  const file = freshFile(t);
  const database = await openDatabase({ file, log: silentLog });
  await live(database);
  await database.sleep.letGo(2);
  await database.sleep.forgetWords();
  await database.close();
  const bytes = readFileSync(file).toString('latin1');
  assert.ok(!bytes.includes(plain.text) && bytes.includes(alone.text));
});
