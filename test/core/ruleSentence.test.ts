import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standsAsRule } from '../../src/core/sleep/crystallization/ruleSentence.ts';

test('what names its own subject may be told as a rule', () => {
  for (const text of [
    'Deploy to the staging cluster, not production.',
    'Never mock the database in integration tests.',
    'When renaming a column, always write a migration.',
    'Make sure invoices are rounded to two digits.',
    'Write a changelog entry; do not publish it.',
    'Apply the migrations yourself.',
    'Migrations must be reversible.',
    'Use `pnpm` instead of `npm` when adding packages.',
    'Make sure that every handler has a timeout.',
    'Look for helpers that exist before writing new ones.',
    'Round prices to 0.05, never to 12 cents.',
    'Use port 8080 for the preview.',
  ])
    assert.ok(standsAsRule(text), text);
});

test('what points outside of itself may not', () => {
  for (const text of [
    'Remove the legend too.',
    'Do not forget this part.',
    'Cover this with a test.',
    'Rename those to use a dot.',
    'Look at that chart and align the axes.',
    'Switch back to the branch we are on, we’re nearly done.',
    'Check if that solves the flicker.',
    'Delete it.',
  ])
    assert.ok(!standsAsRule(text), text);
});

test('neither questions, fragments nor empty orders', () => {
  for (const text of [
    'Fix: what about the other charts.',
    'Use tabs?',
    'Show button" (in `Chart.vue`) is visible.',
    'Make sure or we pick some random port.',
    'Do not modify the wrong part of the file.',
    'Edit the file directly.',
    'Do not do any work.',
    'Close issue #41 before merging.',
    'Follow the checklist for 004.',
    'Use the existing plan for 12.',
    'The chart is not necessarily the best.',
    'Tests.',
    '// Second column is optional.',
    '{% include "kiln.html" %} comes first.',
    '<!-- Always close the drawer. -->',
    'Never use abbreviations, e.g.',
  ])
    assert.ok(!standsAsRule(text), text);
});

test('a wish at hand that says neither how, where nor when is no rule', () => {
  for (const text of [
    'Make a sequence diagram.',
    'Please write some release notes.',
    'Create a new onboarding checklist.',
    'The labels should be German labels.',
    'The header must be green.',
    'Make sure the icons should be outline icons.',
    'Make sure the icons are outline icons.',
    'Compare both parsers and find out.',
    'Raise any further objections.',
    'Raise any remaining objections if needed.',
    'Raise any further objections you may have.',
    'Repeat the whole answer in plain text.',
    'Make sure don’t we overwrite the snapshot.',
    'Press Ctrl+D to leave the console.',
    'Keep in mind.',
    'Use the same table we have in the harbour view.',
    'Use the same date picker as you used in the calendar.',
    'Never more than the number of kilns.',
    'Never dealt with such glazes.',
    'Never worked on my tablet.',
    'Do not make progress with the glaze table.',
  ])
    assert.ok(!standsAsRule(text), text);
});

test('with its manner, its place or its time it is one, and so is what is meant in general', () => {
  for (const text of [
    'Make a sequence diagram for each public endpoint.',
    'Write release notes in the imperative mood.',
    'Create a migration before you rename a column.',
    'Error messages must be short.',
    'The header must be checked against the brand colours.',
    'The labels should be German in the shop, English elsewhere.',
    'Update the changelog.',
    'Make sure the icons are drawn as outlines.',
    'Make sure the icons are taken from the design system.',
    'Do not add any further dependencies.',
    'Write the summary as a bullet list.',
    'Always embed fonts in the report.',
    'Never embed scripts in the report.',
    'Use the same date picker as we have elsewhere in every form.',
    'Use the same newline convention in files that you change.',
  ])
    assert.ok(standsAsRule(text), text);
});
