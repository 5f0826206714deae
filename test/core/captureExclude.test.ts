/** What their owner excluded is not noticed, wherever it lies and however its path is written. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isExcluded } from '../../src/core/capture/exclude.ts';

const cases: readonly (readonly [glob: string, path: string, excluded: boolean])[] = [
  ['client', '/home/ada/client', true],
  ['client', '/home/ada/client/notes.md', true],
  ['client', '/home/ada/client/deep/in/notes.md', true],
  ['client', '/home/ada/clients/notes.md', false],
  ['client/', '/home/ada/client/notes.md', true],
  ['./client', '/home/ada/client/notes.md', true],
  ['*.key', '/home/ada/keys/server.key', true],
  ['src/**/secret.ts', '/p/src/a/b/secret.ts', true],
  ['src/**/secret.ts', '/p/src/a/b/open.ts', false],
  ['/home/ada/client', '/home/ada/client/notes.md', true],
  ['/home/ada/client', '/mnt/home/ada/client/notes.md', false],
  ['.hidden', '/home/ada/.hidden/notes.md', true],
  ['client', 'C:\\work\\client\\notes.md', true],
  ['C:/harbour/client', 'c:\\Harbour\\Client\\notes.md', true],
  ['client\\inner', '/p/client/inner/a.ts', true],
  ['', '/home/ada/notes.md', false],
  ['  ', '/home/ada/notes.md', false],
  ['[', '/home/ada/notes.md', false],
];
for (const [glob, path, excluded] of cases)
  test(`${JSON.stringify(glob)} ${excluded ? 'covers' : 'leaves'} ${path}`, () =>
    assert.equal(isExcluded([path], [glob]), excluded));

test('one excluded path of several, by one glob of several, is enough', () => {
  assert.equal(isExcluded(['/p/open.ts', '/p/client'], ['other', 'client']), true);
  assert.equal(isExcluded(['/p/open.ts', '/p/server'], ['other', 'client']), false);
  assert.equal(isExcluded([], ['client']), false);
  assert.equal(isExcluded(['/p/client'], []), false);
});

test('no glob whatever stops the noticing of everything by failing', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), (glob) => {
      assert.equal(typeof isExcluded(['/home/ada/notes.md'], [glob]), 'boolean');
    }),
  );
});
