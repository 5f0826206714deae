import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actOf, isErrand } from '../../src/core/sleep/crystallization/errand.ts';

test('what is done with once it was carried out is an errand', () => {
  for (const text of [
    'Check the harbour export.',
    'Add a column for the tide.',
    'Clean up the root folder.',
    'Draft an update to my notes.',
    'Show all boats.',
    'Make sure the totals in the table do not wrap.',
    'Rename the second pier.',
  ])
    assert.equal(isErrand(text), true, text);
});

test('what holds whenever there is occasion is none', () => {
  for (const text of [
    'Never edit the tide tables.',
    'Use the tide library.',
    'Ask before you deploy.',
    'Rename the pier, not the harbour.',
    'Add a test for every boat.',
    'When adding a boat, update the register.',
    'Split subcommands into their own folders.',
    'Make sure every boat has a test.',
    'Push after committing.',
    'Always create tickets in the main board.',
  ])
    assert.equal(isErrand(text), false, text);
});

test('the act is what must be said again, where the sentence rests on it', () => {
  assert.equal(actOf('Keep the old address of the harbour.'), 'keep');
  assert.equal(actOf('Make sure to sort the boats.'), 'sort');
  assert.equal(actOf('Use the tide library.'), undefined);
  assert.equal(actOf('Never edit the tide tables.'), undefined);
});

test('where it is to be done makes no habit of an errand, nor an errand of a habit', () => {
  for (const errand of [
    'In the glossary, sort the entries.',
    'On the settings page, move the switch to the left.',
  ])
    assert.equal(isErrand(errand), true, errand);
  for (const habit of [
    'For charts, use the theme colours.',
    'In tests, never sleep.',
    'In every handler, log the tenant.',
    'In general, split large functions.',
  ])
    assert.equal(isErrand(habit), false, habit);
});
