/** Who is near whom, by the index and by comparing with everybody. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Memory } from '../../src/core/memory.ts';
import {
  createNeighbourhood,
  homeOf,
  type Neighbour,
  termsOfMemory,
} from '../../src/core/sleep/night/neighbourhood.ts';
import { buildMemory, memoryId, project } from '../support/builders.ts';

const atOnce = async (): Promise<void> => undefined;
const homes = [
  { level: 'user' },
  { level: 'project', project: project('one') },
  { level: 'path', project: project('one'), glob: 'docs/**' },
  { level: 'project', project: project('other') },
] as const;
const remark = fc.record({
  words: fc.uniqueArray(fc.constantFrom('cache', 'deploy', 'tests', 'branch', 'schema', 'never', 'use'), {
    minLength: 1,
    maxLength: 5,
  }),
  home: fc.nat(homes.length - 1),
});
/** So few that none is left out for there being too many. */
const remarks = fc.array(remark, { minLength: 1, maxLength: 8 });
const memoriesOf = (said: readonly { readonly words: readonly string[]; readonly home: number }[]) =>
  said.map(({ words, home }, at) =>
    buildMemory({ id: memoryId(`e_${at}`), text: words.join(' '), scope: homes[home] ?? homes[0] }),
  );

test('the nearest by the index are those of the same home, and the user’s own, that are nearest by comparing', async () => {
  await fc.assert(
    fc.asyncProperty(remarks, remark, async (said, asked) => {
      const memories = memoriesOf(said);
      const stranger = buildMemory({
        id: memoryId('e_stranger'),
        text: asked.words.join(' '),
        scope: homes[asked.home] ?? homes[0],
      });
      const { near, compare } = await createNeighbourhood(memories, atOnce);
      for (const memory of [...memories, stranger]) {
        const terms = [...termsOfMemory(memory)];
        const naive: readonly Neighbour[] = memories
          .filter((other) => other !== memory && ['', homeOf(memory)].includes(homeOf(other)))
          .map((other) => ({ memory: other, ...compare(memory, other) }))
          .filter(({ likeness, opposite }) => likeness >= 0.5 || opposite)
          .sort((a, b) => b.likeness - a.likeness || (a.memory.id < b.memory.id ? -1 : 1));
        const found = near(memory, { atLeast: 0.5, limit: 8 });
        const ids = new Set(found.map((one) => one.memory.id));
        assert.deepEqual(
          found,
          naive.filter((one) => ids.has(one.memory.id)),
        );
        for (const { memory: other } of naive) {
          const isLike = terms.length > 0 && terms.every((term) => termsOfMemory(other).has(term));
          if (isLike) assert.ok(ids.has(other.id), `${memory.text} → ${other.text}`);
        }
        assert.deepEqual(
          near(memory, {
            atLeast: 0.5,
            limit: 8,
            may: (other) => memories[other]?.id.endsWith('1') === true,
          }),
          found.filter((one) => one.memory.id.endsWith('1')),
        );
      }
    }),
  );
});

test('what may be near is asked by place, that of a stranger being behind all', async () => {
  const memories = memoriesOf(['one', 'two', 'three'].map(() => ({ words: ['squash', 'commits'], home: 0 })));
  const { near } = await createNeighbourhood(memories, atOnce);
  const stranger = buildMemory({ id: memoryId('e_stranger'), text: 'squash commits', scope: homes[0] });
  const earlierThan = (memory: Memory) =>
    near(memory, { atLeast: 0.5, limit: 8, may: (other, own) => other < own }).map((one) => one.memory.id);
  assert.deepEqual([...memories, stranger].map(earlierThan), [
    [],
    ['e_0'],
    ['e_0', 'e_1'],
    ['e_0', 'e_1', 'e_2'],
  ]);
});

test('of a word that many share only the latest are looked at', async () => {
  const memories = Array.from({ length: 300 }, (_, at) =>
    buildMemory({ id: memoryId(`e_${String(at).padStart(3, '0')}`), text: 'squash the commits' }),
  );
  const { near } = await createNeighbourhood(memories, atOnce);
  const found = near(buildMemory({ id: memoryId('e_new'), text: 'squash the commits' }), {
    atLeast: 0.5,
    limit: 8,
  });
  assert.equal(found.length, 8);
  for (const { memory } of found) assert.ok(memories.indexOf(memory) >= 300 - 64);
});
