/** Tokens are counted as gpt-tokenizer counts them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { countTokens as countOfLibrary } from 'gpt-tokenizer/encoding/o200k_base';
import { countTokens } from '../../src/models/tokenTable.ts';

const expected = (text: string): number =>
  countOfLibrary(text, { allowedSpecial: new Set(), disallowedSpecial: new Set() });

test('texts of several languages and code, a line and a whole, count the same', () => {
  const texts = ['scripts/training/english.txt', 'scripts/training/languages.txt', 'scripts/imports.mjs'].map(
    (file) => readFileSync(file, 'utf8'),
  );
  for (const text of texts) {
    assert.equal(countTokens(text), expected(text));
    for (const line of text.split('\n')) assert.equal(countTokens(line), expected(line), line);
  }
});

test('anything at all counts the same: any characters, long unbroken runs, control tokens, nothing', () => {
  const pieces = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      '<|endoftext|>',
      "we'Ll",
      '\r\n\r\n',
      '   ',
      '//',
      'ÀÉ',
      '\u0301',
      '日本語',
      '👩‍👩‍👧',
      '12345',
    ),
    fc.string({ unit: fc.constantFrom('a', 'B', '7', '+', 'ß', 'я'), maxLength: 300 }),
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      assert.equal(countTokens(text), expected(text));
    }),
    { numRuns: 400 },
  );
});
