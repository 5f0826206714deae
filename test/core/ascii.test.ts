/** Where a text is plain ASCII, cheaper patterns read it: to the letter as those for all of Unicode do. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { plainLine } from '../../src/core/injection/wording.ts';
import { isErrand } from '../../src/core/sleep/crystallization/errand.ts';
import { pointOf } from '../../src/core/text/point.ts';
import { termsOf } from '../../src/core/text/terms.ts';

const piece = fc.oneof(
  fc.constantFrom(
    '. ',
    '! A',
    '? a',
    '.`',
    ' "',
    "'",
    '\n',
    '\t',
    '\x7f',
    '\0',
    'Split',
    'lists',
    'this',
    '-',
    ' up ',
    '9',
  ),
  fc.string({ unit: 'binary-ascii', maxLength: 4 }),
);
const ascii = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

test('the point of a statement', () => {
  const naive = (text: string) =>
    /^(?:[^.!?]|[.!?](?!\s+[\p{Lu}\p{N}`"'“@]))+[.!?]?/u.exec(text)?.[0] ?? text;
  fc.assert(fc.property(ascii, (text) => assert.equal(pointOf(text), naive(text))));
});

test('a line without control characters', () => {
  /* A letter behind the cut that is not ASCII sends the whole the other way. */
  const longest = 40;
  fc.assert(
    fc.property(ascii, (text) => {
      const word = text.slice(0, longest).trimEnd();
      assert.equal(
        plainLine(`${word} a`, longest + 2),
        plainLine(`${word} é`, longest + 2).replace(/é/g, 'a'),
      );
    }),
  );
});

test('whether an order is done with', () => {
  fc.assert(fc.property(ascii, (text) => assert.equal(isErrand(`${text} x`), isErrand(`${text} \u00b7`))));
});

test('terms', () => {
  fc.assert(
    fc.property(ascii, (text) => {
      assert.deepEqual(termsOf(`${text} `), termsOf(`${text} ·`));
    }),
  );
});
