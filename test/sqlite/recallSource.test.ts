/** The index of recall over a real database: coherent between processes' connections, and the same ranking as the model. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { dayMs, type MemoryId } from '../../src/core/memory.ts';
import type { MemoryStore } from '../../src/core/ports.ts';
import { createRecall } from '../../src/core/recall/recall.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { buildMemory, fixedClock, noon, project, silentLog } from '../support/builders.ts';
import { freshFile } from '../support/database.ts';
import { createNaiveStore } from '../support/naiveStore.ts';

const one = project('/home/ada/one');
const clock = fixedClock();

const episode = (number: number, text: string) =>
  buildMemory({
    kind: 'episode',
    text,
    source: { assistant: 'jsonl', session: `s${number % 3}`, message: String(number) },
    createdAt: noon + number * 1000,
  });

const sentences = [
  'Ada: the lighthouse lamp was repaired on Tuesday.',
  'Ben: who repaired it?',
  'Ada: old Marek did, for two baskets of plums.',
  'never deploy the ferry timetable on Fridays',
  'no, put the timetable into config/ferry.json, not into the page',
  'why did you edit the page again? the timetable is in config/ferry.json',
];

/** Two connections on one memory, as two processes have them. */
async function twoProcesses(t: TestContext) {
  const file = freshFile(t);
  const open = () => openDatabase({ file, log: silentLog, clock });
  const both = [await open(), await open()] as const;
  t.after(() => Promise.all(both.map((database) => database.close())));
  return both;
}

test('what one connection writes, changes and forgets, another recalls by', async (t) => {
  const [writer, reader] = await twoProcesses(t);
  const { recall } = createRecall({ memories: reader.memories, clock });
  const ask = async (text: string) =>
    (await recall({ text, project: one })).results.map(({ memory }) => memory.text);
  assert.deepEqual(await ask('Where is the lamp?'), []);
  const lamp = episode(1, 'The lamp is in the cellar.');
  await writer.memories.add([{ memory: lamp }], 'test');
  assert.deepEqual(await ask('Where is the lamp?'), [lamp.text]);
  await writer.memories.update(
    lamp.id,
    { text: 'The kettle is in the attic.', lesson: { statement: 'The kettle is in the attic.' } },
    'test',
  );
  assert.deepEqual(await ask('Where is the lamp?'), []);
  assert.deepEqual(await ask('Where is the kettle?'), ['The kettle is in the attic.']);
  await writer.memories.update(lamp.id, { status: 'retired' }, 'test');
  assert.deepEqual(await ask('Where is the kettle?'), []);
  await writer.memories.update(lamp.id, { status: 'active' }, 'test');
  await writer.memories.forget(lamp.id);
  assert.deepEqual(await ask('Where is the kettle?'), []);
});

test('the same questions are ranked alike by a process that stayed, one that just came, and the model in memory', async (t) => {
  const file = freshFile(t);
  const all = sentences.map((text, number) => episode(number, text));
  const stayed = await openDatabase({ file, log: silentLog, clock });
  t.after(() => stayed.close());
  const resident = createRecall({ memories: stayed.memories, clock });
  for (const memory of all) {
    await stayed.memories.add([{ memory }], 'test');
    /* Asked in between, so that its index grew step by step. */
    await resident.recall({ text: 'Where is the timetable?', project: one });
  }
  const came = await openDatabase({ file, log: silentLog, clock, mode: 'read' });
  t.after(() => came.close());
  const visitor = createRecall({ memories: came.memories, clock });
  const model = createRecall({ memories: createNaiveStore(all).memories as unknown as MemoryStore, clock });
  for (const text of [
    'Who repaired the lamp?',
    'When was the lighthouse lamp repaired?',
    'you edited the page instead of config/ferry.json',
    'timetable',
  ]) {
    const told = async ({ recall }: ReturnType<typeof createRecall>) =>
      (await recall({ text, project: one, k: 10 })).results.map(({ memory, score, why }) => [
        memory.id,
        score.toFixed(9),
        why,
      ]);
    const expected = await told(model);
    assert.ok(expected.length > 0, text);
    assert.deepEqual(await told(resident), expected, text);
    assert.deepEqual(await told(visitor), expected, text);
  }
});

test('a write of any process touches only its own entry: the rest of the index stays the very same', async (t) => {
  const [writer, reader] = await twoProcesses(t);
  const all = sentences.map((text, number) => episode(number, text));
  await writer.memories.add(
    all.map((memory) => ({ memory })),
    'test',
  );
  const kept = async () => {
    const index = await reader.memories.recallIndex();
    return all.map(({ id }) => index.entryOfId(id));
  };
  const before = await kept();
  assert.ok(before.every((entry) => entry !== undefined));
  await writer.memories.add([{ memory: episode(20, 'The ferry sails at noon.') }], 'test');
  assert.deepEqual(
    (await kept()).map((entry, number) => entry === before[number]),
    all.map(() => true),
  );
  const [changed] = all;
  if (changed !== undefined) await writer.memories.update(changed.id, { strength: 0.31 }, 'test');
  const after = await kept();
  assert.equal(after[0]?.facts.strength, 0.31);
  assert.deepEqual(
    after.map((entry, number) => entry === before[number]),
    all.map((_, number) => number !== 0),
  );
});

test('what a night learnt is as late as the latest moment behind it, in a process that stayed as in one that came', async (t) => {
  const [writer, reader] = await twoProcesses(t);
  const [early, late, apart] = [episode(1, 'oil the winch'), episode(2, 'winch again'), episode(3, 'plums')];
  const rule = buildMemory({ text: 'Oil the winch.', createdAt: noon + 9 * dayMs });
  await writer.memories.add(
    [early, late, apart].map((memory) => ({ memory })),
    'test',
  );
  await writer.memories.add([{ memory: rule, evidence: [early.id, late.id] }], 'test');
  const saidAt = async (id: MemoryId) => (await reader.memories.recallIndex()).entryOfId(id)?.facts.saidAt;
  assert.deepEqual([await saidAt(apart.id), await saidAt(rule.id)], [apart.createdAt, late.createdAt]);
  await writer.memories.forget(late.id);
  assert.equal(await saidAt(rule.id), early.createdAt);
});

test('a lesson of last night about old things is no later than they are', async (t) => {
  const file = freshFile(t);
  const database = await openDatabase({ file, log: silentLog, clock });
  t.after(() => database.close());
  const [old, fresh] = [
    episode(1, 'please oil the winch with linseed'),
    buildMemory({
      kind: 'episode',
      text: 'please oil the winch with linseed',
      createdAt: noon + 90 * dayMs,
    }),
  ];
  const lesson = buildMemory({
    kind: 'merged',
    text: 'please oil the winch with linseed',
    createdAt: noon + 91 * dayMs,
  });
  await database.memories.add(
    [old, fresh].map((memory) => ({ memory })),
    'test',
  );
  await database.memories.add([{ memory: lesson, evidence: [old.id] }], 'test');
  const { recall } = createRecall({
    memories: database.memories,
    clock: fixedClock(noon + 92 * dayMs),
  });
  const { results } = await recall({ text: 'you did not oil the winch with linseed', project: one });
  assert.equal(results[0]?.memory.id, fresh.id);
});
