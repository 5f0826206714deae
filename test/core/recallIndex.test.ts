/** The index of recall: whatever is added, changed and removed, it is as if made anew; and what it knows of form and merges. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Memory } from '../../src/core/memory.ts';
import type { MemoryStore } from '../../src/core/ports.ts';
import { entryOf } from '../../src/core/recall/entry.ts';
import { createRecall } from '../../src/core/recall/recall.ts';
import { createRecallIndex, type RecallIndex } from '../../src/core/recall/recallIndex.ts';
import { buildMemory, fixedClock, memoryId, noon, project } from '../support/builders.ts';
import { createNaiveStore } from '../support/naiveStore.ts';

const one = project('/home/ada/one');

function recallWith(index: RecallIndex | undefined, all: readonly Memory[]) {
  const { memories } = createNaiveStore(all);
  const store = index === undefined ? memories : { ...memories, recallIndex: async () => index };
  return createRecall({ memories: store as unknown as MemoryStore, clock: fixedClock() }).recall;
}

const turn = (number: number, text: string, fields: Parameters<typeof buildMemory>[0] = {}) =>
  buildMemory({
    id: memoryId(`e_${String(number).padStart(3, '0')}`),
    kind: 'episode',
    text,
    source: { assistant: 'jsonl', session: 's', message: String(number) },
    createdAt: noon + number * 1000,
    ...fields,
  });

const word = fc.constantFrom(
  'lamp',
  'river',
  'Ada:',
  'bought',
  'why',
  'you',
  'paint',
  'deploy',
  'config',
  'Tuesday',
  '?',
);
const step = fc.record({
  number: fc.nat(12),
  words: fc.array(word, { minLength: 1, maxLength: 6 }),
  act: fc.constantFrom('put', 'put', 'put', 'archive', 'remove'),
});

test('property: kept up to date step by step, it answers as one made anew', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 30 }),
      fc.array(word, { maxLength: 5 }),
      async (steps, asked) => {
        const index = createRecallIndex();
        const kept = new Map<number, Memory>();
        for (const { number, words, act } of steps) {
          if (act === 'remove') {
            kept.delete(number);
            index.apply([], [number + 1]);
            continue;
          }
          const memory = turn(number, words.join(' '), act === 'archive' ? { status: 'archived' } : {});
          kept.set(number, memory);
          index.apply([entryOf(memory, number + 1)]);
        }
        const all = [...kept].sort(([a], [b]) => a - b);
        const anew = createRecallIndex();
        anew.apply(all.map(([number, memory]) => entryOf(memory, number + 1)));
        const memories = all.map(([, memory]) => memory);
        assert.equal(index.size, anew.size);
        for (const text of [`where is ${asked.join(' ')}`, `no, ${asked.join(' ')}`]) {
          const request = { text, project: one, k: 20 };
          const told = async (made: RecallIndex) =>
            (await recallWith(made, memories)(request)).results.map(({ memory, score }) => [
              memory.id,
              score.toFixed(6),
            ]);
          assert.deepEqual(await told(index), await told(anew));
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('thousands of changes leave no dead weight behind, and the order of a conversation holds', async () => {
  const index = createRecallIndex();
  for (let round = 0; round < 40; round += 1)
    index.apply(
      Array.from({ length: 100 }, (_, number) =>
        entryOf(turn(number, `lamp ${number} round ${round}`), number + 1),
      ),
    );
  assert.equal(index.size, 100);
  assert.ok(index.slots < 2200, `${index.slots} slots for 100 memories`);
  const flat = index.flat();
  let slot = index.entryOf(1)?.slot ?? -1;
  for (let number = 0; number < 100; number += 1) {
    assert.equal(index.entryAt(slot)?.facts.seq, number + 1);
    slot = flat.after[slot] ?? -1;
  }
  assert.equal(slot, -1);
});

test('another form of a word finds it', async () => {
  const all = [
    turn(1, 'She bought a lamp for the hall.'),
    turn(2, 'The river rose again.'),
    turn(3, 'Nothing else to tell.'),
  ];
  const { results } = await recallWith(undefined, all)({ text: 'Where did they buy it?', project: one });
  assert.equal(results[0]?.memory.id, 'e_001');
});

test('who said it counts, where a question names one of those who speak', async () => {
  const all = [
    turn(1, 'Ada: I am learning the violin now.', { source: { assistant: 'jsonl', session: 'a' } }),
    turn(2, 'Ben: I am learning the violin now.', { source: { assistant: 'jsonl', session: 'b' } }),
  ];
  for (const [name, id] of [
    ['Ada', 'e_001'],
    ['Ben', 'e_002'],
  ] as const) {
    const { results } = await recallWith(
      undefined,
      all,
    )({ text: `Is ${name} learning the violin?`, project: one });
    assert.equal(results[0]?.memory.id, id);
  }
});

test('about one who was never heard nothing is told, however well the rest fits', async () => {
  const all = Array.from({ length: 30 }, (_, number) =>
    turn(
      number,
      `${number % 2 === 0 ? 'Ada' : 'Ben'}: ${number === 7 ? 'the pottery class was lovely' : `day ${number} was quiet`}`,
    ),
  );
  const recall = recallWith(undefined, all);
  const known = await recall({ text: 'How was the pottery class that Ben took?', project: one });
  assert.equal(known.results[0]?.memory.id, 'e_007');
  const stranger = await recall({ text: 'How was the pottery class that Zelda took?', project: one });
  assert.equal(stranger.abstained, true);
});

test('what a night merged is still found: a question in the words of the moment, a wish by what stands for all', async () => {
  const merged = buildMemory({
    kind: 'merged',
    id: memoryId('m_1'),
    text: 'Close the vault door after the tour.',
  });
  const gone = { status: 'archived', replacedBy: merged.id } as const;
  const all = [
    turn(1, 'Close the vault door after the tour.', gone),
    turn(2, 'The vault door must be shut by the last guide, Imre.', gone),
    merged,
  ];
  const recall = recallWith(undefined, all);
  const asked = await recall({ text: 'Which guide must shut the vault door?', project: one });
  assert.equal(asked.results[0]?.memory.id, 'e_002');
  assert.ok(asked.results.every(({ memory }) => memory.kind === 'episode'));
  const wished = await recall({ text: 'shut the vault door please, last guide', project: one });
  assert.deepEqual(
    wished.results.map(({ memory }) => memory.id),
    ['m_1'],
  );
});

test('a lesson is the bridge: an episode that sounds alike brings what was learnt from it', async () => {
  const lesson = buildMemory({ id: memoryId('r_1'), text: 'Edit the copy, never the master sheet.' });
  const hidden = buildMemory({
    id: memoryId('r_2'),
    text: 'Of another house.',
    scope: { level: 'project', project: project('/home/ada/two') },
  });
  const all = [
    turn(1, 'why did the ledger rows vanish again?'),
    ...Array.from({ length: 20 }, (_, number) => turn(number + 2, `the ledger for day ${number} is fine`)),
    lesson,
    hidden,
  ];
  const learnt = new Map([[memoryId('e_001'), [lesson.id, hidden.id]]]);
  const found = async (map: typeof learnt | undefined) => {
    const { memories } = createNaiveStore(all, { learnt: map });
    const { results } = await createRecall({
      memories: memories as unknown as MemoryStore,
      clock: fixedClock(),
    }).recall({
      text: 'no, the ledger rows vanish again',
      project: one,
    });
    return results.map(({ memory }) => memory.id);
  };
  assert.deepEqual((await found(learnt)).slice(0, 2), ['e_001', 'r_1']);
  assert.ok(!(await found(learnt)).includes(hidden.id));
  assert.ok(!(await found(undefined)).includes(lesson.id));
});
