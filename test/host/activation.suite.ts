import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { findExtension, reverieApi } from './extension.ts';
import { notes } from './notes.ts';

suite('activation', () => {
  test('the installed package is under test, not the source folder', () => {
    const extension = findExtension();
    assert.match(extension.extensionPath, /extensions[\\/]reverie\.reverie-/);
  });

  test('activates without error and offers version 1 of its API', async () => {
    const extension = findExtension();
    const already = extension.isActive;
    const started = performance.now();
    const api = await reverieApi();
    const took = performance.now() - started;
    notes.push(
      already
        ? 'already active when the tests began'
        : `activate() took ${took.toFixed(0)} ms from the test's side`,
    );
    assert.equal(api.version, 1);
    assert.ok(extension.isActive);
  });

  test('the main bundle is reported', () => {
    const extension = findExtension();
    const main = `${extension.extensionPath}${sep}dist${sep}extension.js`;
    const kilobytes = statSync(main).size / 1024;
    notes.push(`${relative(extension.extensionPath, main)} has ${kilobytes.toFixed(0)} kB`);
    assert.ok(kilobytes > 0);
  });
});
