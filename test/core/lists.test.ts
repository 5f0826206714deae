import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { foremost } from '../../src/core/lists.ts';

test('the foremost are the first of all in order, equal ones as they came', () => {
  const item = fc.record({ key: fc.nat(9), name: fc.string() });
  const byKey = (a: { readonly key: number }, b: { readonly key: number }) => a.key - b.key;
  fc.assert(
    fc.property(fc.array(item), fc.nat(12), (items, most) => {
      assert.deepEqual(foremost(items, most, byKey), [...items].sort(byKey).slice(0, most));
    }),
  );
});
