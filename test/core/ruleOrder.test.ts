/** What was said aloud is written down in the order of writing, and else not touched. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inWrittenOrder } from '../../src/core/sleep/crystallization/ruleOrder.ts';
import { standsAsRule } from '../../src/core/sleep/crystallization/ruleSentence.ts';

test('a rule is told in the order of writing', () => {
  for (const [said, written] of [
    ['Write the log yourself, always.', 'Always write the log yourself.'],
    ['Check the tide table always.', 'Always check the tide table.'],
    ['Draw the chart, not send it to the printer.', 'Draw the chart; do not send it to the printer.'],
    ['Write the log, not to work on the sails.', 'Write the log; do not work on the sails.'],
    ['Ask nobody, (see harbour.md).', 'Ask nobody (see harbour.md).'],
  ] as const)
    assert.equal(inWrittenOrder(said), written);
});

test('what is in order stays as it was said', () => {
  for (const text of [
    'Always coil the ropes yourself.',
    'Test the keel, not the command.',
    'Use charts, not build logs.',
    'Edit the draft, not the printed page.',
    'Never moor at the north pier, not even in a storm.',
    'When the wind turns, reef the sails, always.',
    'The tide is not what it was, always.',
  ])
    assert.equal(inWrittenOrder(text), text);
});

test('a message of several lines is no sentence', () => {
  assert.equal(standsAsRule('Always check the tide table before leaving.'), true);
  assert.equal(
    standsAsRule('Always check the tide table before leaving.\n\nlist what is left to do.'),
    false,
  );
});
