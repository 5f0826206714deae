/** What is said of every one of a kind holds for good, where the kind is one of the work. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isStanding } from '../../src/core/capture/standing.ts';
import { holdsForKind } from '../../src/core/capture/standingKinds.ts';
import { rulesFrom } from '../support/rulesFrom.ts';

describe('of the work, for good', () => {
  const said: Readonly<Record<string, string>> = {
    'every dockerfile gets a pinned base image. no exceptions pls':
      'Every dockerfile gets a pinned base image.',
    'scripts in the release folder are read-only': 'Scripts in the release folder are read-only.',
    'no raw strings in the views anywhere in this codebase': 'Do not use raw strings in the views anywhere.',
    'all timestamps have to be stored in UTC': 'Store all timestamps in UTC.',
  };
  for (const [text, rule] of Object.entries(said))
    it(text, async () => {
      assert.ok(isStanding(text));
      assert.deepEqual(
        (await rulesFrom([text])).map((one) => one.text),
        [rule],
      );
    });
});

describe('not of how things are, and of what the product shows', () => {
  for (const text of [
    'every user gets a welcome mail after signing up',
    'all buttons should be blue',
    'all tests are failing since yesterday',
    'each file still has the old header',
    'every query has an error now',
    '#property file is not allowed.',
    'the tests should cover the parser',
    'the columns are frozen, but their names moved to the left',
    'the function is not used anywhere in the code',
    'all hooks must return:',
    'React Hooks must be called in the exact same order in every component render',
    'Each child in a list should have a unique key prop',
    'are all images supposed to have a size?',
  ])
    it(text, () => assert.ok(!holdsForKind(text)));
});
