/** How a question begins: told from orders that begin with the same words. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { asksFirst } from '../../src/core/text/questions.ts';

describe('sentences that begin as a question', () => {
  for (const asked of [
    'why is the kiln cold',
    "what's does the lamp show",
    'how do we glaze it',
    'is the kiln cold',
    'could we glaze it twice',
    'do you glaze it',
    'have they been fired',
    "don't the bowls crack",
    "don't you think so",
    'do the bowls crack when they cool?',
    'do glazes ever crack',
    'do people use this',
  ])
    it(asked, () => assert.ok(asksFirst(asked)));
  for (const ordered of [
    'do the bowls first',
    'do it yourself',
    'do not fire it twice',
    "don't fire it twice",
    'have a look at the kiln',
    'use what is there',
    'whenever it cools, open the kiln',
    'glaze it',
  ])
    it(`not: ${ordered}`, () => assert.ok(!asksFirst(ordered)));
});
