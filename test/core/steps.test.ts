import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { allSteps, breathingSteps, eachOf, sortedOf, sortSteps } from '../../src/core/steps.ts';

const byKey = (a: { readonly key: number }, b: { readonly key: number }) => a.key - b.key;

test('sorting in pieces gives what sorting at once gives, equal ones in their order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ key: fc.integer({ min: 0, max: 400 }), name: fc.string() }), {
        maxLength: 6000,
        size: 'max',
      }),
      (items) => {
        const before = [...items];
        assert.deepEqual(allSteps(sortSteps(items, byKey)), [...items].sort(byKey));
        assert.deepEqual(items, before);
      },
    ),
    { numRuns: 40 },
  );
});

test('what is in order already is answered itself', () => {
  const items = [{ key: 1 }, { key: 1 }, { key: 2 }];
  assert.equal(allSteps(sortSteps(items, byKey)), items);
});

test('a few at the end of a long list in order are put in their place without sorting the list again', () => {
  const items = [...Array.from({ length: 20_000 }, (_, key) => ({ key })), { key: 7 }, { key: 3 }];
  let compared = 0;
  const sorted = allSteps(
    sortSteps(items, (a, b) => {
      compared++;
      return byKey(a, b);
    }),
  );
  assert.deepEqual(sorted, [...items].sort(byKey));
  assert.ok(compared < 2.1 * items.length, `${compared} comparisons`);
});

test('long work breathes on the way and ends where a breath throws', async () => {
  const items = Array.from({ length: 5000 }, (_, at) => ({ key: (at * 7919) % 5000 }));
  let breaths = 0;
  await sortedOf(items, byKey, async () => {
    breaths++;
  });
  assert.ok(breaths > 100, `${breaths} breaths`);
  let seen = 0;
  await assert.rejects(
    eachOf(
      items,
      async () => {
        throw new RangeError('stopped');
      },
      () => {
        seen++;
      },
    ),
    RangeError,
  );
  assert.ok(seen < 100, `${seen} items`);
});

test('the answer of the steps is the answer of the whole', async () => {
  function* count() {
    for (let at = 0; at < 3; at++) yield;
    return 'done';
  }
  let breaths = 0;
  const breathe = async () => {
    breaths++;
  };
  assert.equal(await breathingSteps(count(), breathe), 'done');
  assert.equal(breaths, 3);
  assert.equal(allSteps(count()), 'done');
});
