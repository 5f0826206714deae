/** The cues' patterns for plain texts say what those over all of Unicode say. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { holdsOfParts, isPlain, plainTwin } from '../../src/core/capture/cue.ts';
import { cues } from '../../src/core/capture/cues.ts';
import { plainLower, plainSentences } from '../../src/core/capture/plainText.ts';

const lines = ['english.txt', 'languages.txt'].flatMap((name) =>
  readFileSync(`scripts/training/${name}`, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== ''),
);
const words = [...new Set(lines.join(' ').split(/\s+/))];
/** Sentences as written, words thrown together, and what stands at the border of plain. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(...lines),
      fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((some) => some.join(' ')),
      fc.constantFrom(
        '…',
        ' – ',
        '→',
        '✅ ',
        'é',
        'ß',
        '٣',
        '🙂',
        '\ud83d',
        '。',
        'don’t',
        '_not_',
        '\n\n',
        '. ',
      ),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => plainLower(parts.join(' ')));

test('a plain text is read by the plain twin as by the pattern itself', () => {
  const twins = cues.map(({ name, pattern }) => ({ name, pattern, twin: plainTwin(pattern) }));
  for (const { twin, name } of twins) assert.ok(!twin.flags.includes('u'), name);
  let plain = 0;
  fc.assert(
    fc.property(texts, (text) => {
      if (!isPlain(text)) return;
      plain += 1;
      for (const { name, pattern, twin } of twins) assert.equal(twin.test(text), pattern.test(text), name);
    }),
    { numRuns: 1500 },
  );
  assert.ok(plain > 300, `${plain} plain texts`);
  assert.deepEqual(['straße', 'naïve', 'по-русски', '不要', '🙂', '\ud83d', '٣'].filter(isPlain), []);
});

test('what a pattern that holds of parts finds in a sentence it finds in the whole text', () => {
  const holding = cues.filter(({ pattern }) => holdsOfParts(pattern));
  assert.ok(holding.length > 30, `${holding.length} of ${cues.length}`);
  fc.assert(
    fc.property(texts, (text) => {
      if (!/^[\0-\x7f]*$/.test(text)) return;
      for (const { name, pattern } of holding)
        if (plainSentences(text).some((sentence) => pattern.test(sentence)))
          assert.ok(pattern.test(text), `${name}: ${text}`);
    }),
    { numRuns: 1500 },
  );
  for (const pattern of [/^a/u, /a$/u, /(?<!b)a/u, /(?<=b)a/u, /a(?!b)/u, /a(?=b)/u, /(a)\1/u])
    assert.equal(holdsOfParts(pattern), false, pattern.source);
});
