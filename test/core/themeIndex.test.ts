/** Dot products by the index are those of a walk along each sum, to the last bit, whatever was changed since it was made. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createThemeIndex } from '../../src/core/sleep/crystallization/themeIndex.ts';
import { allSteps } from '../../src/core/steps.ts';
import { createEntries, dot } from '../../src/core/text/vector.ts';

const weight = fc.double({ min: -1, max: 1, noNaN: true });
const vector = fc
  .array(fc.record({ id: fc.nat(30), plain: weight, signed: weight }), { maxLength: 12 })
  .map((features) => {
    const entries = createEntries();
    for (const { id, plain, signed } of features) entries.add(id, Math.abs(plain), signed);
    return entries.vector({ least: 0 });
  });
const step = fc.oneof(
  fc.record({ come: vector }),
  fc.record({ change: fc.nat(20), to: vector }),
  fc.record({ ask: vector }),
);

test('an index of themes answers what each of them shares with a vector', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), vector, (steps, last) => {
      const themes: { sum: typeof last }[] = [];
      const sharedWith = createThemeIndex(themes);
      for (const one of [...steps, { ask: last }]) {
        if ('come' in one) themes.push({ sum: one.come });
        else if ('change' in one) {
          const theme = themes[one.change];
          if (theme !== undefined) theme.sum = one.to;
        } else {
          const dots = allSteps(sharedWith(one.ask));
          assert.deepEqual(
            themes.map((_, place) => dots.at(place)),
            themes.map(({ sum }) => dot(one.ask, sum)),
          );
        }
      }
    }),
  );
});
