/** A request that comes again in other conversations is a way of working; once it is a task. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { companionOf, createHabits } from '../../src/core/capture/habits.ts';
import type { ProjectId } from '../../src/core/memory.ts';
import { testIds } from '../support/builders.ts';

const harbour = 'harbour' as ProjectId;
const asked = (text: string) => {
  const companion = companionOf(text);
  assert.ok(companion, text);
  return companion;
};

describe('what is asked for together with a step', () => {
  it('is read out of a short request', () => {
    assert.equal(
      asked('commit and update the changelog').statement,
      'When you commit, update the changelog.',
    );
    assert.equal(
      asked('then commit, and run the formatter.').statement,
      'When you commit, run the formatter.',
    );
  });
  it('is the same under other names of the file', () => {
    assert.deepEqual(
      asked('commit and update @changelog.md').terms,
      asked('ok, commit this and update the changelog').terms,
    );
  });
  for (const text of [
    'commit it',
    'commit and push',
    'commit and fix #42',
    'commit and delete that',
    'should I commit and update the changelog?',
    'update the changelog',
  ]) {
    it(`is not in “${text}”`, () => assert.equal(companionOf(text), undefined));
  }
});

describe('habits', () => {
  it('begin with the second conversation, by project, and stay as they are when read again', () => {
    const habits = createHabits(undefined, testIds);
    const request = asked('commit and update the changelog');
    const read = () =>
      ['one', 'one', 'two', 'three'].map((session) => habits.isHabit(request, harbour, session));
    assert.deepEqual(read(), [false, false, true, true]);
    assert.deepEqual(read(), [false, false, true, true]);
    assert.equal(habits.isHabit(request, 'elsewhere' as ProjectId, 'two'), false);
    const later = createHabits(JSON.parse(JSON.stringify(habits.state())), testIds);
    assert.equal(later.isHabit(request, harbour, 'one'), false);
    assert.equal(later.isHabit(request, harbour, 'four'), true);
  });
  it('are kept without words', () => {
    const habits = createHabits({ broken: 7, other: 'x' }, testIds);
    habits.isHabit(asked('commit and update the changelog'), harbour, 'one');
    assert.doesNotMatch(JSON.stringify(habits.state()), /changelog/);
  });
});
