/** Rules that are tried on long words alone find all that they would find in the whole text. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { secretRules } from '../../src/redaction/rules.ts';
import { longWords } from '../../src/redaction/secretRule.ts';
import { plantSecrets } from './secrets.ts';

const rules = secretRules.filter(({ inOneWord }) => inOneWord === true);

/** Without what looks around, and without names: what the generator of matching texts does not know. */
const bare = ({ source }: RegExp): RegExp =>
  new RegExp(source.replace(/\(\?<?!(?:[^()[\]]|\[(?:\\.|[^\]])*\])*\)/g, '').replace(/\(\?<\w+>/g, '(?:'));

test('what such a rule finds is one word, and long enough', () => {
  assert.ok(rules.length > 15, `${rules.length} rules`);
  for (const { name, pattern } of rules)
    fc.assert(
      fc.property(fc.stringMatching(bare(pattern)), (text) => {
        const [found = ''] = bare(pattern).exec(text) ?? [];
        assert.equal(longWords(found), found, `${name}: ${found}`);
      }),
      { numRuns: 100 },
    );
});

test('where a long word holds nothing for a rule, neither does the text', () => {
  const planted = fc.constantFrom(...plantSecrets(154, 3).map(({ text }) => text));
  const matching = fc.constantFrom(...rules).chain(({ pattern }) => fc.stringMatching(bare(pattern)));
  const prose = fc.constantFrom(
    'use',
    'the',
    'port:',
    '`a.b`',
    'release-notes.md',
    '…',
    'schlüssel',
    '"',
    '=',
    '/',
  );
  const between = fc.constantFrom(' ', '\n', '\t', '\u00a0', '', ',', '(', '"');
  let found = 0;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.oneof(planted, matching, prose), between), { maxLength: 6 }),
      (parts) => {
        const text = parts.flat().join('');
        const words = longWords(text);
        for (const { name, pattern } of rules) {
          if (text.search(pattern) < 0) continue;
          found += 1;
          assert.ok(words.search(pattern) >= 0, `${name}: ${text}`);
        }
      },
    ),
    { numRuns: 600 },
  );
  assert.ok(found > 300, `${found} found`);
});
