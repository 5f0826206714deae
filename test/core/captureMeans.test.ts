/** A choice between two named means holds for good; a choice between things of the task does not. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { classify } from '../../src/core/capture/classify.ts';

const prev = 'I changed it as you asked and ran the checks.';
const lasting = [
  'No, use pnpm instead of npm',
  'use tabs instead of spaces',
  'vitest, not jest',
  "don't use moment, use luxon",
];
const passing = [
  'use the red button instead of the blue one',
  'use parser.ts instead of lexer.ts',
  'use session 42 instead of session 43',
  'use userId instead of accountId',
  'for this branch use npm instead of pnpm',
  'use main instead of dev',
  'should we use pnpm instead of npm?',
  'use sailkit, not oarkit. I misspoke',
  '不要用sailkit，用oarkit，我之前说错了',
];

describe('a choice of means', () => {
  for (const text of lasting)
    it(`“${text}” holds for good`, () => assert.equal(classify({ text, prev }).standing, true));
  for (const text of passing)
    it(`“${text}” does not`, () => assert.equal(classify({ text, prev }).standing, false));
});
