/** What a night merged, taught, tied and archived does not stand in the way of what was said. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Link, Memory, MemoryId } from '../../src/core/memory.ts';
import type { MemoryStore } from '../../src/core/ports.ts';
import { createRecall } from '../../src/core/recall/recall.ts';
import { buildMemory, fixedClock, memoryId, noon, project } from '../support/builders.ts';
import { createNaiveStore } from '../support/naiveStore.ts';

const here = project('/home/ada/one');

interface Night {
  readonly links?: readonly Link[];
  readonly learnt?: ReadonlyMap<MemoryId, readonly MemoryId[]>;
}

async function found(all: readonly Memory[], text: string, night: Night = {}): Promise<readonly MemoryId[]> {
  const store = createNaiveStore(all, night);
  const { recall } = createRecall({
    memories: store.memories as unknown as MemoryStore,
    clock: fixedClock(),
  });
  const { results } = await recall({ text, project: here, k: 10 });
  return results.map(({ memory }) => memory.id);
}

const said = (id: string, text: string, more: Partial<Memory> = {}) =>
  buildMemory({ id: memoryId(id), kind: 'episode', text, createdAt: noon, ...more });

const others = [
  'the invoice form lacks its border',
  'add a border around the picture',
  'the form is slow',
].map((text, index) => said(`e_other${index}`, text));

test('of merged moments that a rule was learnt from, the rule answers, and the merged memory not beside it', async () => {
  const merged = buildMemory({
    id: memoryId('m_1'),
    kind: 'merged',
    text: 'no, write the total into the ledger',
    cues: ['the total goes into the ledger'],
  });
  const gone = { status: 'archived', replacedBy: merged.id } as const;
  const first = said('e_1', 'no, write the total into the ledger', gone);
  const second = said('e_2', 'the total goes into the ledger', gone);
  const rule = buildMemory({ id: memoryId('r_1'), kind: 'rule', text: 'Write totals into the ledger.' });
  const all = [merged, first, second, rule, ...others];
  const learnt = new Map([
    [first.id, [rule.id]],
    [second.id, [rule.id]],
  ]);
  const text = 'you forgot to write the total into the ledger';
  const ids = await found(all, text, { learnt });
  assert.equal(ids[0], rule.id);
  assert.ok(!ids.includes(merged.id));
  /* A rule that is only proposed answers nothing, and the merged memory stands for its moments. */
  const proposed = all.map((one) => (one === rule ? { ...rule, status: 'proposed' as const } : one));
  assert.equal((await found(proposed, text, { learnt }))[0], merged.id);
});

test('a merged memory is as close as the closest of its moments, not as all their words together', async () => {
  const texts = ['rename the harbour', 'the songs by length', 'the ferries are late'];
  const [text = '', ...cues] = texts;
  const merged = buildMemory({ id: memoryId('m_1'), kind: 'merged', text, cues });
  const members = texts.map((words, index) =>
    said(`e_${index}`, words, { status: 'archived', replacedBy: merged.id }),
  );
  const close = said('e_9', 'rename ferries and songs');
  const ids = await found(
    [merged, ...members, close, ...others],
    'rename songs and ferries of the harbour by length',
  );
  assert.deepEqual(ids.slice(0, 2), [close.id, merged.id]);
});

test('whether something alike was said, the archive tells as well as what is alive', async () => {
  const text = 'never reorder the columns of the harbour sheet';
  const [archived, living] = [said('e_1', text, { status: 'archived' }), said('e_2', text)];
  const ids = await found([living, archived, ...others], 'you reordered columns of the harbour sheet again');
  assert.deepEqual(ids.slice(0, 2), [archived.id, living.id]);
  const asked = await found([living, archived, ...others], 'Which columns of the harbour sheet?');
  assert.deepEqual(asked.slice(0, 2), [living.id, archived.id]);
});

test('what is tied to a moment that sounds alike is not raised above what sounds more alike', async () => {
  const best = said('e_1', 'no, keep the lamp switch in the hall module');
  const alike = said('e_2', 'the lamp switch is in the wrong module');
  const tied = said('e_3', 'the lamp is broken');
  for (const kind of ['related', 'follows'] as const) {
    const link = { from: best.id, to: tied.id, kind, weight: 1, createdAt: noon, usedAt: noon };
    const ids = await found(
      [best, alike, tied, ...others],
      'i said to keep the lamp switch in the hall module',
      { links: [link] },
    );
    assert.deepEqual(ids.slice(0, 3), [best.id, alike.id, tied.id], kind);
  }
});

test('a lesson that can be asked for in many words is found by one of them', async () => {
  const things = ['anchor', 'rope', 'sail', 'mast', 'keel'];
  const rule = buildMemory({
    id: memoryId('r_1'),
    kind: 'rule',
    text: 'Stow gear before casting off.',
    cues: [...things.map((thing) => `put the ${thing} away in its place`), 'secure everything on deck'],
  });
  const nearly = things.map((thing, index) => said(`e_${index}`, `secure the ${thing} with everything`));
  const ids = await found([rule, ...nearly, ...others], 'you did not secure everything on the deck');
  assert.equal(ids[0], rule.id);
});
