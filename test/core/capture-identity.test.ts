import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isSameEvent, normalizeText, type Sighting } from '../../src/core/capture/identity.ts';
import { guessScope, pathsIn } from '../../src/core/capture/scope.ts';

describe('identity', () => {
  it('does not care for case, spacing, quotes and outer punctuation', () => {
    const same = [
      "Don't use npm!",
      '  don’t   use npm ',
      'don‘t use NPM…'.replace('‘', '’'),
      "don't\nuse npm.",
    ];
    assert.equal(new Set(same.map(normalizeText)).size, 1);
    assert.notEqual(normalizeText('use npm'), normalizeText('do not use npm'));
  });

  it('normalising twice changes nothing more', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        (text) => normalizeText(normalizeText(text)) === normalizeText(text),
      ),
    );
  });

  const seen: Sighting = { session: 's', message: 'aaaaaaaa-bbbb-cccc-dddd', at: 1_000_000 };
  const table: readonly (readonly [string, Sighting, boolean])[] = [
    ['the same message id', { ...seen, at: 99_000_000 }, true],
    ['the same message id in a resumed session', { ...seen, session: 't' }, true],
    ['another id, same session, a minute later', { ...seen, message: 'hook', at: 1_060_000 }, true],
    ['no session, a minute later', { at: 1_060_000 }, true],
    ['same session, an hour later', { ...seen, message: 'x', at: 4_600_000 }, false],
    ['another session, a minute later', { session: 't', message: 'x', at: 1_060_000 }, false],
  ];
  for (const [name, other, expected] of table) {
    it(`${expected ? 'one event' : 'two events'}: ${name}`, () => {
      assert.equal(isSameEvent(seen, other), expected);
      assert.equal(isSameEvent(other, seen), expected);
    });
  }

  it('takes a short message id for an ordinal: unique only in its session', () => {
    assert.equal(isSameEvent({ session: 's', message: '3' }, { session: 's', message: '3' }), true);
    assert.equal(isSameEvent({ session: 's', message: '3' }, { session: 't', message: '3' }), false);
    assert.equal(isSameEvent({ session: 's', message: '3' }, { session: 's', message: '9' }), false);
  });

  it('lets rows with ids of their own be told apart by nothing else', () => {
    assert.equal(isSameEvent({ externalId: 'a', at: 1 }, { externalId: 'b', at: 1 }), false);
    assert.equal(isSameEvent({ externalId: 'a' }, { externalId: 'a' }), true);
  });
});

describe('scope', () => {
  const table: readonly (readonly [string, boolean, object])[] = [
    ['use pnpm, not npm', false, { level: 'project' }],
    ['in all my projects, use tabs', true, { level: 'user' }],
    ["don't ask me for confirmation", false, { level: 'user' }],
    ['just this once, skip the hooks', false, { level: 'oneoff' }],
    ['the fix for #4312 goes into the release branch', false, { level: 'oneoff' }],
    ['no default exports in src/api/', false, { level: 'path', glob: 'src/api/**' }],
    ['keep *.proto files sorted', false, { level: 'path', glob: '**/*.proto' }],
    ['never use fake timers in tests', true, { level: 'path', glob: '**/*.{test,spec}.*' }],
    ['use snake case in python', false, { level: 'path', glob: '**/*.py' }],
  ];
  for (const [text, standing, expected] of table) {
    it(text, () => assert.deepEqual(guessScope(text, standing), expected));
  }

  it('finds paths, and nothing that only looks like one', () => {
    assert.deepEqual(pathsIn('edit `src/a/b.ts` and README.md, not https://x.org/y.md'), [
      'src/a/b.ts',
      'README.md',
    ]);
    assert.deepEqual(pathsIn('and/or he/she, 3.5 of e.g. this'), []);
  });
});
