import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { extractLesson } from '../../src/core/capture/statement.ts';
import { baseOfGerund, baseOfPast } from '../../src/core/capture/verbs.ts';

const lessonOf = (own: string, prev = '') => extractLesson({ own, quoted: '', prev, label: 'correction' });

describe('extractLesson', () => {
  /** message → statement, wrong, right */
  const cases: readonly (readonly [string, string, string?, string?])[] = [
    ['no, use pnpm instead of npm', 'Use pnpm instead of npm.', 'npm', 'pnpm'],
    ['Use yarn rather than npm please', 'Use yarn instead of npm.', 'npm', 'yarn'],
    ['You used moment instead of date-fns.', 'Use date-fns, not moment.', 'moment', 'date-fns'],
    [
      'why did you use lodash instead of plain arrays?',
      'Use plain arrays, not lodash.',
      'lodash',
      'plain arrays',
    ],
    [
      'instead of a class, use a plain function',
      'Use a plain function instead of a class.',
      'a class',
      'a plain function',
    ],
    ['tabs, not spaces', 'Use tabs, not spaces.', 'spaces', 'tabs'],
    ['we use vitest, not jest', 'Use vitest, not jest.', 'jest', 'vitest'],
    ["don't use npm, use pnpm", 'Use pnpm instead of npm.', 'npm', 'pnpm'],
    [
      'dont mock the db, use the container',
      'Use the container; do not mock the db.',
      'mock the db',
      'the container',
    ],
    [
      "I'd prefer small commits over one big one",
      'Prefer small commits over one big one.',
      'one big one',
      'small commits',
    ],
    [
      'i asked you to write a plan, not to start coding',
      'Write a plan; do not start coding.',
      'start coding',
      'write a plan',
    ],
    ['you edited the copy, not the original', 'Edit the original, not the copy.', 'the copy', 'the original'],
    [
      'ok but you should not be editing generated files',
      'Do not edit generated files.',
      'edit generated files',
    ],
    [
      'why are you editing files in the vendor folder, not the source folder?',
      'Edit files in the source folder, not in the vendor folder.',
      'in the vendor folder',
      'in the source folder',
    ],
    ['you wrote tests in src, not the test folder', 'Write tests in the test folder, not in src.'],
    ['the summary should only list what changed', 'Make sure the summary only lists what changed.'],
    ['see @dont-repeat.md before you start', 'See @dont-repeat.md before you start.'],
    ['why did you delete the fixtures?', 'Do not delete the fixtures.', 'delete the fixtures'],
    ['stop asking me for confirmation', 'Do not ask me for confirmation.', 'asking me for confirmation'],
    [
      "please don't add comments that restate the code",
      'Do not add comments that restate the code.',
      'add comments that restate the code',
    ],
    ["why didn't you run the linter?", 'Run the linter.', undefined, 'run the linter'],
    ['you forgot to bump the version', 'Bump the version.'],
    ["can't we just reuse the parser?", 'Reuse the parser.', undefined, 'reuse the parser'],
    ['from now on write commit messages in the imperative', 'Write commit messages in the imperative.'],
    ['you must always close the cursor', 'Always close the cursor.'],
    ['never push to main', 'Never push to main.', 'push to main'],
    ['make a rule that says to run the tests first', 'Run the tests first.'],
    ['make sure you run the migrations', 'Make sure to run the migrations.'],
    ['the port should come from the environment', 'Make sure the port comes from the environment.'],
    ['there should not be a prompt here', 'Make sure there is no prompt here.'],
    ["that's not valid yaml", 'Make sure the result is valid yaml.'],
    ['staging server', 'Use the staging server.', undefined, 'staging server'],
    ['不要用npm，用pnpm', '不要用npm，用pnpm。', 'npm', 'pnpm'],
    ['nein, nimm pnpm statt npm', 'Nimm pnpm statt npm.', 'npm', 'pnpm'],
  ];
  for (const [message, statement, wrong, right] of cases) {
    it(message, () => {
      const lesson = lessonOf(message);
      assert.equal(lesson.statement, statement);
      if (wrong !== undefined) assert.equal(lesson.wrong, wrong);
      if (right !== undefined) assert.equal(lesson.right, right);
    });
  }

  it('never swaps wrong and right, however it is put', () => {
    const good = 'pnpm';
    const bad = 'npm';
    for (const message of [
      `use ${good} instead of ${bad}`,
      `use ${good}, not ${bad}`,
      `${good}, not ${bad}!`,
      `you used ${bad} instead of ${good}`,
      `you've used ${bad} rather than ${good}`,
      `why did you use ${bad} instead of ${good}?`,
      `instead of ${bad}, use ${good}`,
      `don't use ${bad}, use ${good}`,
      `stop using ${bad}, use ${good}`,
      `we use ${good}, not ${bad}`,
      `it should be ${good}, not ${bad}`,
      `I said ${good}, not ${bad}`,
      `can't we use ${good} instead of ${bad}?`,
      `I prefer ${good} over ${bad}`,
      `please use ${good} rather than ${bad} here`,
      `usa ${good} en vez de ${bad}`,
      `utilise ${good} au lieu de ${bad}`,
      `используй ${good} вместо ${bad}`,
      `${bad}じゃなくて${good}を使って`,
    ]) {
      const { wrong, right } = lessonOf(message);
      assert.deepEqual([right, wrong], [good, bad], message);
    }
  });

  it('finds why and when', () => {
    const because = lessonOf('never push to main because the CI deploys it');
    assert.equal(because.statement, 'Never push to main.');
    assert.equal(because.why, 'the CI deploys it');
    const when = lessonOf('when fixing a bug, always write a failing test first');
    assert.equal(when.when, 'when fixing a bug');
    assert.equal(when.statement, 'When fixing a bug, always write a failing test first.');
  });

  it('says what “that” is where the assistant said only one thing', () => {
    const lesson = lessonOf("don't do that", 'I deleted the old snapshots.');
    assert.equal(lesson.statement, 'Do not delete the old snapshots.');
    assert.equal(lessonOf("don't do that", 'I deleted a. I renamed b.').statement, 'Do not do that.');
  });

  it('takes a failure report for what it is: bound to the task', () => {
    const lesson = lessonOf('still getting an error when I open the page');
    assert.equal(lesson.taskBound, true);
    assert.ok(lesson.certainty < 0.5);
  });

  it('does not paste a long message', () => {
    const long = `well, ${'the thing is that it goes on and on and '.repeat(40)}so there`;
    assert.ok(lessonOf(long).statement.length <= 201);
  });
});

describe('verbs', () => {
  it('finds the base form', () => {
    const pasts = {
      used: 'use',
      edited: 'edit',
      deleted: 'delete',
      ran: 'run',
      committed: 'commit',
      skipped: 'skip',
      renamed: 'rename',
      copied: 'copy',
      wrote: 'write',
      added: 'add',
      fixed: 'fix',
      merged: 'merge',
      moved: 'move',
      pushed: 'push',
    };
    for (const [past, base] of Object.entries(pasts)) assert.equal(baseOfPast(past), base);
    const gerunds = {
      using: 'use',
      editing: 'edit',
      running: 'run',
      writing: 'write',
      making: 'make',
      creating: 'create',
      adding: 'add',
      asking: 'ask',
      committing: 'commit',
      testing: 'test',
      putting: 'put',
      calling: 'call',
    };
    for (const [gerund, base] of Object.entries(gerunds)) assert.equal(baseOfGerund(gerund), base);
  });
});
