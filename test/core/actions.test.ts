/** Which step of work a request asks for. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { actionsAsked } from '../../src/core/text/actions.ts';

describe('the steps a request asks for', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['commit it', ['commit']],
    ['the build is fixed, please commit it', ['commit']],
    ['ok, go ahead and open a pull request', ['pull request']],
    ['write the tests and then push', ['test', 'push']],
    ['why does the commit hook fail?', []],
    ['the reviewer asked about tests', []],
    ['', []],
  ];
  for (const [request, steps] of cases) {
    it(`“${request}” → ${steps.join(', ') || 'none'}`, () => {
      assert.deepEqual([...actionsAsked(request)].sort(), [...steps].sort());
    });
  }
});
