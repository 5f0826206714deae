/** Which of many utterances are copies of others, against a count that holds each against all before it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Memory } from '../../src/core/memory.ts';
import { distinctUtterances, sessionOf } from '../../src/core/sleep/crystallization/crystalEvidence.ts';
import { buildMemory, memoryId, noon } from '../support/builders.ts';

const minute = 60_000;

test('the same words in two conversations within ten minutes are one, in whatever order they come', () => {
  const said = fc.array(
    fc.record({ minutes: fc.nat(40), session: fc.nat(3), text: fc.constantFrom('Squash.', 'Rebase.') }),
    { maxLength: 24 },
  );
  fc.assert(
    fc.property(said, (all) => {
      const utterances = all.map(({ minutes, session, text }, at) =>
        buildMemory({
          id: memoryId(`e_${at}`),
          text,
          createdAt: noon + minutes * minute,
          source: { assistant: 'a', session: `s${session}` },
        }),
      );
      const kept: Memory[] = [];
      for (const one of utterances) {
        const isCopy = kept.some(
          (other) =>
            other.text === one.text &&
            (sessionOf(other) === sessionOf(one) || Math.abs(other.createdAt - one.createdAt) <= 10 * minute),
        );
        if (!isCopy) kept.push(one);
      }
      assert.deepEqual(
        distinctUtterances(utterances).map(({ id }) => id),
        kept.map(({ id }) => id),
      );
    }),
  );
});
