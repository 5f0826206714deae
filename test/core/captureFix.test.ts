/** A fix that somebody writes down says what failed and what helped, however it is put. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readFix } from '../../src/core/capture/fixSides.ts';
import { createTestCapture } from '../support/capturing.ts';

const told: readonly (readonly [text: string, trouble: string, remedy: string, tried?: string])[] = [
  [
    'When the storybook build runs out of heap, raise NODE_OPTIONS to 8192.',
    'When the storybook build runs out of heap',
    'raise NODE_OPTIONS to 8192',
  ],
  [
    'Delete the .parcel-cache folder if styles stay old',
    'if styles stay old',
    'Delete the .parcel-cache folder',
  ],
  ['EPERM on the symlink test → enable developer mode', 'EPERM on the symlink test', 'enable developer mode'],
  [
    'TS2307 for the generated client: run the codegen task.',
    'TS2307 for the generated client',
    'run the codegen task',
  ],
  ['make relink resolved the dangling fixtures', 'the dangling fixtures', 'make relink'],
  [
    'We got rid of the double events by debouncing the watcher',
    'the double events',
    'debouncing the watcher',
  ],
  ['The port clash is avoided by starting with --port 0', 'The port clash', 'starting with --port 0'],
  ['The fix for the blank preview is to clear local storage.', 'the blank preview', 'clear local storage'],
  [
    'To get past the certificate error, export NODE_EXTRA_CA_CERTS.',
    'the certificate error',
    'export NODE_EXTRA_CA_CERTS',
  ],
  [
    'The upload hung at 99 %, a larger proxy buffer did the trick',
    'The upload hung at 99 %',
    'a larger proxy buffer',
  ],
  ['The seeds collide in CI. Use a schema per worker.', 'The seeds collide in CI', 'Use a schema per worker'],
  [
    'npm ci failed, but pnpm install --frozen-lockfile worked',
    'npm ci failed',
    'pnpm install --frozen-lockfile',
    'npm ci',
  ],
  [
    "`cargo test` doesn't work; `cargo test --workspace` works",
    "`cargo test` doesn't work",
    '`cargo test --workspace`',
    'cargo test',
  ],
];

describe('a fix written down', () => {
  for (const [text, trouble, remedy, tried] of told)
    it(text, () => {
      const read = readFix(text);
      assert.deepEqual([read?.when, read?.right, read?.wrong], [trouble, remedy, tried]);
      assert.equal(read?.statement, text);
    });

  it('a pasted error and the command that helped become one line', () => {
    const read = readFix("Error: Cannot find module 'canvas'\n\n  npm rebuild canvas\n");
    assert.equal(read?.statement, "Error: Cannot find module 'canvas': npm rebuild canvas.");
    assert.equal(read?.right, 'npm rebuild canvas');
  });

  for (const text of ['Tea is at four.', 'Use pnpm instead of npm.', '', '→', 'a: b', 'x'.repeat(5_000)])
    it(`“${text.slice(0, 30)}” says neither`, () => assert.equal(readFix(text), undefined));

  it('what is remembered as a fix has both sides; what is no fix is read as before', async () => {
    const { capture } = createTestCapture();
    const text = 'EADDRINUSE on 4100 → stop the stale preview';
    const fix = await capture.remember(text, { kind: 'fix' });
    assert.deepEqual(fix.lesson, {
      statement: text,
      when: 'EADDRINUSE on 4100',
      right: 'stop the stale preview',
    });
    const decision = await capture.remember('Stop the preview → free the port', { kind: 'decision' });
    assert.equal(decision.lesson.when, undefined);
    const private_ = await capture.remember('When login fails, use hunter2-secret as token.', {
      kind: 'fix',
    });
    assert.doesNotMatch(JSON.stringify(private_), /hunter2-secret/);
  });
});
