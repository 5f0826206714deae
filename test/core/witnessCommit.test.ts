import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Commit, isDecisionRecord, judgeCommit } from '../../src/core/witness/commit.ts';

const commit = (message: string, more: Partial<Commit> = {}): Commit => ({
  hash: '0123456789abcdef0123456789abcdef01234567',
  at: 0,
  parents: 1,
  author: 'ada@example.org',
  user: 'ada@example.org',
  message,
  added: [],
  changed: [],
  ...more,
});
const only = (message: string, more: Partial<Commit> = {}) => judgeCommit(commit(message, more))[0];

suite('what a commit says', () => {
  const decisions: readonly (readonly [string, string, string])[] = [
    ['chore: switch from moment to date-fns', 'moment', 'date-fns'],
    ['Migrate the unit tests from jest to vitest', 'jest', 'vitest'],
    ['build: use pnpm instead of npm\n\nbecause installs take half the time.', 'npm', 'pnpm'],
    ['refactor(db): replace knex with kysely (#214)', 'knex', 'kysely'],
    ['Drop lodash in favour of es-toolkit', 'lodash', 'es-toolkit'],
    ['style: prefer tabs over spaces', 'spaces', 'tabs'],
  ];
  for (const [message, wrong, right] of decisions) {
    test(`a choice of means: ${message.split('\n')[0]}`, () => {
      const lesson = only(message);
      assert.deepEqual([lesson?.kind, lesson?.wrong, lesson?.right], ['decision', wrong, right]);
      assert.equal(lesson?.statement, `Use ${right} instead of ${wrong}.`);
    });
  }

  test('with its reason', () => {
    assert.match(
      only('use pnpm instead of npm\n\nbecause installs take half the time.')?.why ?? '',
      /half the time/,
    );
  });

  test('a rule stated in the body', () => {
    const lesson = only('feat: money type\n\nFrom now on always store amounts in integer cents.');
    assert.equal(lesson?.kind, 'decision');
    assert.ok(lesson?.standing);
    assert.match(lesson?.statement ?? '', /integer cents/);
  });

  const work = [
    'fix: crash when the cart is empty',
    'Add invoice export',
    'feat(ui): replace the red button with a link',
    'move total() from cart.ts to money.ts',
    'bump vite from 5.1.0 to 5.2.0',
    'wip',
    'rename foo to bar',
    'docs: explain how to switch from one account to another',
    'update dependencies',
    'test: cover the empty list',
  ];
  for (const message of work) {
    test(`work is only work: ${message}`, () => assert.deepEqual(judgeCommit(commit(message)), []));
  }

  test('a revert is a correction with its reason', () => {
    const lesson = only(
      'Revert "feat: cache the session in memory"\n\nThis reverts commit 0123456789abcdef.\n\nIt leaked between tenants.',
    );
    assert.deepEqual(
      [lesson?.kind, lesson?.label, lesson?.wrong],
      ['revert', 'correction', 'cache the session in memory'],
    );
    assert.match(lesson?.why ?? '', /leaked between tenants/);
    assert.equal(lesson?.lasting, false);
  });

  test('a fixup tells what needed a fix', () => {
    const lesson = only('fixup! feat: invoice export', { changed: ['src/invoice.ts'] });
    assert.equal(lesson?.kind, 'fixup');
    assert.match(lesson?.text ?? '', /invoice export.*src\/invoice\.ts/);
  });

  test('what others wrote, merges, and what an assistant wrote say nothing', () => {
    const decision = 'use pnpm instead of npm';
    assert.deepEqual(judgeCommit(commit(decision, { author: 'grace@example.org' })), []);
    assert.deepEqual(judgeCommit(commit(decision, { user: '' })), []);
    assert.deepEqual(judgeCommit(commit(decision, { parents: 2 })), []);
    const helped = `${decision}\n\nCo-Authored-By: Claude <noreply@example.org>`;
    assert.deepEqual(judgeCommit(commit(helped)), []);
  });

  test('a decision record that was added is a lasting decision', () => {
    const text =
      '# 7. Store money as integer cents\n\nDate: 2026-01-15\n\n## Status\n\nAccepted\n\n## Context\n\nFloats drift.\n\n## Decision\n\nWe store every amount as integer cents, because floats drift.\n\n## Consequences\n\nFormatting divides by 100.\n';
    const lesson = only('docs: record the money decision', {
      added: [{ path: 'docs/adr/0007-money.md', text }],
    });
    assert.equal(lesson?.kind, 'record');
    assert.match(lesson?.text ?? '', /Store money as integer cents[\s\S]*integer cents, because/);
    assert.match(lesson?.why ?? '', /floats drift/);
    assert.doesNotMatch(lesson?.text ?? '', /divides by 100/);
    const rejected = text.replace('Accepted', 'Rejected');
    assert.deepEqual(
      judgeCommit(commit('x', { added: [{ path: 'docs/adr/0007-money.md', text: rejected }] })),
      [],
    );
  });

  test('which files are records', () => {
    for (const path of [
      'docs/adr/0001-use-x.md',
      'docs/decisions/012-a.md',
      'adr-004-queue.md',
      'doc/architecture/decisions/0003-y.adoc',
    ])
      assert.ok(isDecisionRecord(path), path);
    for (const path of ['docs/decisions/README.md', 'src/adr/parser.ts', 'docs/adr/template.md', 'notes.md'])
      assert.ok(!isDecisionRecord(path), path);
  });
});
