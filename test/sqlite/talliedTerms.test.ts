/** What a first import counts by itself is what the memory would have answered. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { withTalliedTerms } from '../../src/core/capture/talliedTerms.ts';
import type { Memory } from '../../src/core/memory.ts';
import { termsOf } from '../../src/core/text/terms.ts';
import { arbitraryMemory } from '../support/arbitraries.ts';
import { buildMemory, project } from '../support/builders.ts';
import { freshDatabase } from '../support/database.ts';

const wordsOf = (memory: Memory): readonly string[] =>
  termsOf([memory.text, memory.lesson.why, memory.context, ...memory.tags, 'never'].join(' '));

test('the tally answers as the memory does: by project, with the user’s own, and over everything', async (t) => {
  const { memories } = await freshDatabase(t);
  const arbitrary = fc.tuple(...Array.from({ length: 8 }, (_, index) => arbitraryMemory(`e_${index}`)));
  await fc.assert(
    fc.asyncProperty(arbitrary, async (all) => {
      await memories.forgetEverything();
      const tallied = await withTalliedTerms(memories);
      const add = (some: readonly Memory[]) =>
        tallied.add(
          some.map((memory) => ({ memory })),
          'import',
        );
      await add(all.slice(0, 5));
      await add([]);
      /* What is known already is counted once. */
      await add(all.slice(3));
      const places = all.map(({ scope }) => (scope.level === 'user' ? undefined : scope.project));
      for (const place of new Set([...places, undefined, project('/nowhere'), 'any' as const])) {
        const terms = all.flatMap(wordsOf).slice(0, 200);
        assert.deepEqual(await tallied.termCounts(terms, place), await memories.termCounts(terms, place));
      }
    }),
    { numRuns: 25 },
  );
});

test('a memory that held something already is asked', async (t) => {
  const { memories } = await freshDatabase(t);
  await memories.add([{ memory: buildMemory({ text: 'Keep the harbour lights on.' }) }], 'import');
  const tallied = await withTalliedTerms(memories);
  const { counts, total } = await tallied.termCounts(['harbour'], project('/home/ada/one'));
  assert.deepEqual([total, counts.get('harbour')], [1, 1]);
});
