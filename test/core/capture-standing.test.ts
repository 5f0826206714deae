import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { classify } from '../../src/core/capture/classify.ts';
import { isStanding } from '../../src/core/capture/standing.ts';
import { standsAlone } from '../../src/core/capture/standsAlone.ts';

describe('standing', () => {
  it('is an instruction that lasts', () => {
    for (const text of [
      'never use force push on shared branches',
      'you must always run the linter before pushing',
      'please always answer in English',
      'going forward, keep pull requests under 300 lines',
      'We use vitest here, not jest.',
      "we don't mock the database in integration tests",
      "don't touch the snapshots here, this repository generates them, we never edit them",
      'stop calling make, this project uses just for everything',
      'migrations must never be edited after a release',
      'add a rule that every handler validates its input',
      'can you update the guidelines to say that screenshots belong into the docs folder?',
      'in general, prefer small functions',
      'whenever you rename a file, update the imports',
      'I always prefer named exports',
    ])
      assert.ok(isStanding(text), text);
  });

  it('is not "always" in a report, an order for the task at hand, or a rule without content', () => {
    for (const text of [
      'dim the harbour lamps in future days by half',
      'remove the berth from the form and always read it from the ledger',
      'the save button is always visible, even when nothing is selected',
      'the preview never loads on Windows',
      'every time I click on it the page reloads',
      'the list should always be visible in the sidebar',
      'pay attention to the buffers (they are not always disposed)',
      'remove the second file too',
      'go ahead and update the rules to take this into account',
      'make a rule for it',
      'can you add some redirect rules so that requests of the shop go to the kiln',
      'move the address to a setting so that we can use another one in the future',
      'clean the cache folder so that going forward nobody commits it',
      'we only want to keep the header fixed',
      'The lamp is declared in the mast file but never lit in the loop.',
      "right now we don't write anything about tides into the log",
      '1. both\n2. a darker shade\n3. in general go from left to right',
      'write the tide tables in general as well as for each harbour',
      "what happens in each of these cases:\n\n* we don't close the lock\n* we close the lock, never the gate",
      'add a rule for that',
      'make changes to the rules to enforce this requirement',
      'you never told me that',
      'we use a cache to load the images, and it breaks',
      "we don't need the old format, just migrate it",
      'switch back to the other branch',
      'do we always need both?',
    ])
      assert.ok(!isStanding(text), text);
  });

  it('is said only of a lesson that can be told as it is', () => {
    const prev = "I've updated the config. All done!";
    assert.equal(classify({ text: 'no, never do that again', prev }).standing, false);
    const mixed = classify({
      text: 'you missed that part. from now on, run the formatter before each commit',
      prev,
    });
    assert.equal(mixed.standing, true);
    assert.equal(mixed.statement, 'Run the formatter before each commit.');
  });
});

describe('standsAlone', () => {
  it('lets whole sentences pass', () => {
    for (const text of [
      'Use pnpm instead of npm.',
      'Never push to main.',
      'Do not mock the database in integration tests.',
      'When fixing a bug, always write a failing test first.',
      'Make sure the port comes from the environment.',
      'Rules must live in the docs folder.',
      'Follow @naming-conventions.md for new files.',
      'Run the linter and fix what it finds.',
      'Nimm pnpm statt npm.',
      '不要用npm，用pnpm。',
      'Commit and push.',
      'Let me know before you paint.',
      'Always write a test that fails first.',
    ])
      assert.ok(standsAlone(text), text);
  });

  it('holds back what points elsewhere, breaks off, or orders nothing', () => {
    for (const text of [
      '',
      'Remove the old test too.',
      'Do not miss this part.',
      'Do not do any work.',
      'Use it.',
      "Use it's still running.",
      'Make sure etc is.',
      'Do not see the button.',
      'Never ignore errors (see the.',
      'Edit session, not in the main workspace.',
      'Update the rules to take these suggestions into account.',
      'The current version is not necessarily the best.',
      'Do that.',
      'Do not do what you just did.',
      'Use the name I mentioned.',
      'If not, it should.',
      'Fix: TypeError in the parser.',
      'Switch back to the session.',
      'Do you have a limit of open files.',
      'Save, Load, Reset are working.',
      "Don't the changes also need a test.",
      'Do not edit the copy, not the original.',
      'Go with your recommendation.',
      'Before we begin, write a plan for the release.',
      'Do not remove the header, was that right.',
      'Run that command.',
      'Name and harbour.',
      'Let me look at the present hull.',
      'Do not fuck the SAILS.',
    ])
      assert.ok(!standsAlone(text), text);
  });
});
