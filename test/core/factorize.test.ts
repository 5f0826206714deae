/** Word vectors are made of counts by a script; here of counts whose outcome is known. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { positiveInformation, vectorsOf } from '../../scripts/wordVectors/factorize.mjs';

const size = 6;
/** Words 0 to 2 stand beside each other, 3 to 5 too, and both kinds rarely. */
const pairs = new Map(
  Array.from({ length: size }, (_, a) =>
    Array.from({ length: size - a }, (_, b): [number, number] => [
      a * size + a + b,
      Math.floor(a / 3) === Math.floor((a + b) / 3) ? 40 : 4,
    ]),
  ).flat(),
);

test('positive pointwise mutual information is what its definition says', () => {
  const { starts, columns, values } = positiveInformation(pairs, size, { least: 3, smoothing: 1 });
  const total = Array.from({ length: size }, (_, word) =>
    [...pairs].reduce(
      (sum, [pair, count]) =>
        sum + (Math.floor(pair / size) === word ? count : 0) + (pair % size === word ? count : 0),
      0,
    ),
  );
  const whole = total.reduce((sum, one) => sum + one, 0);
  for (let row = 0; row < size; row += 1) {
    const found = new Map<number, number>();
    for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at += 1)
      found.set(columns[at] ?? -1, values[at] ?? 0);
    for (let column = 0; column < size; column += 1) {
      const count = pairs.get(Math.min(row, column) * size + Math.max(row, column)) ?? 0;
      const expected = Math.log((count * whole) / ((total[row] ?? 0) * (total[column] ?? 0)));
      if (expected > 0) assert.ok(Math.abs((found.get(column) ?? 0) - expected) < 1e-9, `${row} ${column}`);
      else assert.equal(found.get(column), undefined);
    }
  }
});

test('words that stand in the same company come out near, of length 1, and the same in every run', () => {
  const matrix = positiveInformation(pairs, size, { least: 3, smoothing: 0.75 });
  const vectors = vectorsOf(matrix, 2, { beside: 2 });
  assert.deepEqual(vectorsOf(matrix, 2, { beside: 2 }), vectors);
  const times = (a: number, b: number) =>
    (vectors[a * 2] ?? 0) * (vectors[b * 2] ?? 0) + (vectors[a * 2 + 1] ?? 0) * (vectors[b * 2 + 1] ?? 0);
  for (let word = 0; word < size; word += 1) assert.ok(Math.abs(times(word, word) - 1) < 1e-9);
  assert.ok(times(0, 1) > 0.9 && times(3, 5) > 0.9);
  assert.ok(times(0, 4) < 0);
});
