/** Times of which nothing is kept. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  createSilences,
  isSilent,
  noteSilence,
  noteSilentPrompt,
  pausesFact,
  silencesFrom,
} from '../../src/core/capture/silence.ts';
import { createIds } from '../../src/sqlite/ids.ts';

const minute = 60_000;
const facts = () => {
  const kept = new Map<string, unknown>();
  return {
    kept,
    getFact: async (key: string) => kept.get(key),
    setFact: async (key: string, value: unknown) => {
      kept.set(key, value);
    },
  };
};
const said = (session: string, at?: number) => ({
  format: 'claude-code' as const,
  role: 'user' as const,
  text: 'words',
  session,
  message: '1',
  signals: [],
  ...(at === undefined ? {} : { at }),
});

describe('a time of which nothing is kept', () => {
  it('begins once and ends once; ended without having begun, it leaves nothing', async () => {
    const store = facts();
    await noteSilence(store, pausesFact, { on: false, at: 5 });
    assert.equal(store.kept.size, 0);
    await noteSilence(store, pausesFact, { on: true, at: 10 });
    await noteSilence(store, pausesFact, { on: true, at: 20 });
    await noteSilence(store, pausesFact, { on: false, at: 30 });
    await noteSilence(store, pausesFact, { on: true, at: 40 });
    const silences = silencesFrom(store.kept.get(pausesFact));
    assert.deepEqual(silences, [{ from: 10, to: 30 }, { from: 40 }]);
    assert.deepEqual(
      [9, 10, 29, 30, 39, 1000].map((at) => isSilent(silences, at)),
      [false, true, true, false, false, true],
    );
  });

  it('that nobody ends, ends by itself, and can begin again', async () => {
    const store = facts();
    await noteSilence(store, 'k', { on: true, at: 0, longest: 100 });
    await noteSilence(store, 'k', { on: true, at: 150, longest: 100 });
    await noteSilence(store, 'k', { on: false, at: 200 });
    assert.deepEqual(store.kept.get('k'), [
      { from: 0, to: 100 },
      { from: 150, to: 200 },
    ]);
  });

  it('of everything covers every conversation, and what has no time in none', async () => {
    const store = facts();
    await noteSilence(store, pausesFact, { on: true, at: 10 * minute });
    await noteSilence(store, pausesFact, { on: false, at: 20 * minute });
    const { covers } = createSilences(store, createIds());
    for (const session of ['one', 'two']) {
      assert.equal(await covers(said(session, 9 * minute)), false);
      assert.equal(await covers(said(session, 15 * minute)), true);
      assert.equal(await covers(said(session, 20 * minute)), false);
      assert.equal(await covers(said(session)), false);
    }
  });

  it('of one conversation lasts until a prompt is heard again, and is of no other', async () => {
    const store = facts();
    const ids = createIds();
    await noteSilentPrompt(store, ids, { names: ['one', '/t/one.jsonl'], silent: true, at: 10 * minute });
    await noteSilentPrompt(store, ids, { names: ['one', '/t/one.jsonl'], silent: false, at: 20 * minute });
    const { covers } = createSilences(store, ids);
    assert.equal(await covers(said('one', 5 * minute)), false);
    assert.equal(await covers(said('one', 10 * minute - 500)), true, 'written down before the hook was told');
    assert.equal(await covers(said('one', 15 * minute)), true);
    assert.equal(await covers(said('one', 20 * minute - 500)), false, 'the prompt that ended it');
    assert.equal(await covers(said('one')), true, 'without a time it may have been then');
    assert.equal(await covers(said('two', 15 * minute)), false);
    assert.equal(await covers({ ...said('other name', 15 * minute), file: '/t/one.jsonl' }), true);
    assert.ok(!JSON.stringify([...store.kept]).includes('one'), 'under hashes, not under names');
  });

  it('is not read out of misshapen facts', () => {
    assert.deepEqual(silencesFrom('x'), []);
    assert.deepEqual(silencesFrom([1, { from: 'a' }, { from: 1, to: 'b' }, { from: 1 }]), [{ from: 1 }]);
  });
});
