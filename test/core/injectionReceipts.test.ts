import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReceiptJudge, type Event } from '../../src/core/injection/receipts.ts';
import type { Receipt, Verdict } from '../../src/core/memory.ts';
import type { MemoryStore } from '../../src/core/ports.ts';
import { buildMemory, buildReceipt, memoryId, noon, testIds } from '../support/builders.ts';
import { createNaiveStore } from '../support/naiveStore.ts';

const pnpm = buildMemory({
  text: 'Install dependencies with pnpm instead of npm.',
  lesson: { wrong: 'npm install', right: 'pnpm install', when: 'installing packages' },
});
const database = buildMemory({ text: 'Never mock the database in integration tests.' });

async function sessionOf(events: readonly Event[], over: boolean, earlier: Partial<Receipt> = {}) {
  const store = createNaiveStore([pnpm, database]);
  const told = [pnpm, database].map(({ id }) => buildReceipt(id, earlier));
  await store.receipts.addReceipts(told);
  /* The judge only reads memories. */
  const judge = createReceiptJudge({
    memories: store.memories as unknown as MemoryStore,
    receipts: store.receipts,
    ids: testIds,
  });
  const changed = await judge.judge('s1', events, over);
  const verdicts = store.receipts.all.map(({ verdict }) => verdict);
  return {
    changed,
    verdicts: { pnpm: verdicts[0], database: verdicts[1] } satisfies Record<string, Verdict | undefined>,
  };
}

const said = (text: string, corrective = false, at = noon + 1): Event => ({
  type: 'said',
  text,
  corrective,
  at,
});
const done = (text: string, at = noon + 1): Event => ({ type: 'done', text, at });

test('the same correction again is a violation, whether or not the session goes on', async () => {
  for (const over of [false, true]) {
    const { verdicts, changed } = await sessionOf(
      [said('no, pnpm not npm, to install the dependencies!', true)],
      over,
    );
    assert.equal(verdicts.pnpm, 'violated');
    assert.notEqual(verdicts.database, 'violated');
    assert.doesNotMatch(changed[0]?.why ?? '', /pnpm/);
  }
});

test('a subject that came up without a complaint was obeyed, one that did not was irrelevant', async () => {
  const { verdicts } = await sessionOf([said('please write integration tests for the database')], true);
  assert.deepEqual(verdicts, { pnpm: 'irrelevant', database: 'obeyed' });
});

test('while the session goes on, nothing is called obeyed or irrelevant', async () => {
  const { verdicts, changed } = await sessionOf(
    [said('please write integration tests for the database')],
    false,
  );
  assert.deepEqual(verdicts, { pnpm: 'unknown', database: 'unknown' });
  assert.deepEqual(changed, []);
});

test('doing what is wrong is a violation, doing what is right is not', async () => {
  assert.equal((await sessionOf([done('npm install lodash')], false)).verdicts.pnpm, 'violated');
  assert.equal((await sessionOf([done('pnpm install lodash')], true)).verdicts.pnpm, 'obeyed');
});

test('a correction of something else, or from before the rule was told, is no violation', async () => {
  const { verdicts } = await sessionOf(
    [
      said('no, make the header green', true),
      said('pnpm, not npm, to install the dependencies', true, noon - 1),
    ],
    true,
  );
  assert.notEqual(verdicts.pnpm, 'violated');
  assert.notEqual(verdicts.database, 'violated');
});

test('the very words a rule was told with came before it and are no complaint about it', async () => {
  const complaint = said('no, pnpm not npm, to install the dependencies!', true, noon);
  const told = { event: 'UserPromptSubmit', promptHash: testIds.derive('p', complaint.text) };
  assert.equal((await sessionOf([complaint], false, told)).verdicts.pnpm, 'unknown');
  const again = said('pnpm! I said pnpm, not npm, to install the dependencies', true);
  assert.equal((await sessionOf([complaint, again], false, told)).verdicts.pnpm, 'violated');
});

test('a verdict already counted by a night stays; one taken for obeyed can still prove violated', async () => {
  const complaint = said('no, pnpm not npm, to install the dependencies!', true);
  assert.equal(
    (await sessionOf([complaint], true, { verdict: 'obeyed', counted: true })).verdicts.pnpm,
    'obeyed',
  );
  assert.equal((await sessionOf([complaint], true, { verdict: 'obeyed' })).verdicts.pnpm, 'violated');
});

test('a session that was told nothing, and a memory that is gone, are no trouble', async () => {
  const store = createNaiveStore([]);
  const judge = createReceiptJudge({
    memories: store.memories as unknown as MemoryStore,
    receipts: store.receipts,
    ids: testIds,
  });
  assert.deepEqual(await judge.judge('s1', [said('anything', true)], true), []);
  const { verdicts } = await sessionOf([said('x', true)], true, { memory: memoryId('r_gone') });
  assert.deepEqual(verdicts, { pnpm: 'unknown', database: 'unknown' });
});
