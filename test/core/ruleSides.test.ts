/** What stands behind a rule's sentence comes from those who said what it says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sidesOf } from '../../src/core/sleep/crystallization/ruleSides.ts';
import { buildMemory } from '../support/builders.ts';

const said = (text: string, lesson: Partial<ReturnType<typeof buildMemory>['lesson']>) =>
  buildMemory({ kind: 'episode', text, lesson: { statement: text, ...lesson } });

test('the sides of a rule are those of the members that say it, not the commonest of the group', () => {
  const members = [
    said('never moor at the north pier', { wrong: 'moor at the north pier' }),
    said('repaint the buoys instead', {
      statement: 'Repaint the buoys.',
      wrong: 'waited',
      right: 'repaint the buoys',
    }),
    said('and repaint the buoys', {
      statement: 'Repaint the buoys.',
      wrong: 'waited',
      right: 'repaint the buoys',
    }),
  ];
  assert.deepEqual(sidesOf('Never moor at the north pier.', members), { wrong: 'moor at the north pier' });
});

test('what was done is told as what is not to be done', () => {
  const members = [
    said('you moored at the north pier again', {
      statement: 'Do not moor at the north pier.',
      wrong: 'moored at the north pier again',
    }),
  ];
  assert.equal(sidesOf('Do not moor at the north pier.', members).wrong, 'moor at the north pier');
});

test('a reason is told where it can be understood by somebody who was not there', () => {
  const because = (why: string) =>
    sidesOf('Never moor at the north pier.', [
      said('never moor at the north pier', { wrong: 'moor at the north pier', why }),
    ]).why;
  for (const why of [
    'a storm broke the mooring once',
    'the harbour master needs the pier for the ferry',
    'the tide runs too fast',
    'that is where the ferry turns round',
  ])
    assert.equal(because(why), why);
  for (const why of [
    'to be safe',
    'it is wet here',
    'you asked',
    'storms',
    'that was the right choice',
    "because it's so much better this way",
  ])
    assert.equal(because(why), undefined, why);
});

test('what nobody says of the rule is left out', () => {
  assert.deepEqual(
    sidesOf('Always coil the ropes.', [
      said('count the oars', { statement: 'Count the oars.', right: 'count the oars', when: 'at dusk' }),
    ]),
    {},
  );
});

test('a file that two of them name does not make one the reason of the other', () => {
  const members = [
    said('never moor two boats in src/harbour/north_pier.ts', { wrong: 'moor' }),
    said('paint src/harbour/north_pier.ts blue because the old paint hides the rust', {
      why: 'because the old paint hides the rust',
    }),
  ];
  assert.deepEqual(sidesOf('Never moor two boats in src/harbour/north_pier.ts.', members), { wrong: 'moor' });
});
