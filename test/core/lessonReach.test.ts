/** How far a lesson reaches: what it says itself of being meant once, and of whom it holds for. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { classify } from '../../src/core/capture/classify.ts';
import { reachOfLesson } from '../../src/core/capture/lessonReach.ts';
import { guessScope } from '../../src/core/capture/scope.ts';
import { extractLesson } from '../../src/core/capture/statement.ts';

const reachOf = (own: string) =>
  reachOfLesson(own, extractLesson({ own, quoted: '', prev: '', label: 'correction' }));

describe('what a lesson tells about its reach', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['never lift two boxes at once', ['lesson:bans', 'lesson:alone']],
    ['why did you not follow @loading.mdc?', ['lesson:namesRule', 'lesson:addresses', 'lesson:right']],
    ['still getting the leak error', ['lesson:taskBound', 'lesson:asSaid']],
    ['add crane 42 to the list', ['lesson:numbered', 'lesson:errand']],
    ['the lamp is dark on http://localhost/pier', ['lesson:placed']],
  ];
  for (const [own, names] of cases)
    it(own, () => {
      const found = reachOf(own);
      for (const name of names) assert.ok(found.includes(name), `${name} of ${found.join(' ')}`);
    });
  it('a rule that was not followed holds longer than a failure shown', () => {
    const prev = 'I have loaded the boxes and updated the list.';
    assert.equal(
      classify({ text: 'why did you not follow the loading rules? you forgot to weigh them', prev }).oneOff,
      false,
    );
    assert.equal(
      classify({ text: 'still failing: 3 of 42 boxes are not in the list #17', prev }).oneOff,
      true,
    );
  });
});

describe('for whom it holds', () => {
  for (const [text, level] of [
    ["i didn't ask you to paint the crane", 'user'],
    ['please repeat the whole answer in markdown', 'user'],
    ['as @user-preferences.mdc says', 'user'],
    ['you lost two boxes, think more carefully', 'project'],
    ['write the list in markdown', 'project'],
    ['no tables in markdown files', 'path'],
  ] as const)
    it(text, () => assert.equal(guessScope(text, false).level, level));
});
