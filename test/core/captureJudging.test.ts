/** A message that comes again is not judged again, and is judged as it would be. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { classifyStripped } from '../../src/core/capture/classify.ts';
import { createJudging } from '../../src/core/capture/judging.ts';
import type { MessageSignal } from '../../src/core/capture/message.ts';
import { stripMessage } from '../../src/core/capture/strip.ts';
import { testIds } from '../support/builders.ts';

const texts = [
  'no, moor the barge at the east quay',
  'never paint the hull before it is dry',
  'great, thanks',
  'it still leaks',
  'and what does the bilge pump do?',
  '',
  'This session is being continued from a previous conversation that ran out of context.',
];
const answers = [undefined, '', 'I have moored the barge at the west quay.', 'Done. Shall I paint the hull?'];
const signals: readonly (readonly MessageSignal[])[] = [
  [],
  [{ type: 'interrupted' }],
  [{ type: 'vote', up: false }],
];

const naive = (text: string, prev: string | undefined, said: readonly MessageSignal[]) => {
  const stripped = stripMessage(text, prev ?? '');
  return stripped.machine ? undefined : { stripped, verdict: classifyStripped(stripped, prev, said) };
};

test('whatever came before, a message is judged as by itself', () => {
  const message = fc.tuple(
    fc.constantFrom(...texts),
    fc.constantFrom(...answers),
    fc.constantFrom(...signals),
  );
  fc.assert(
    fc.property(fc.array(message, { maxLength: 30 }), (messages) => {
      const judging = createJudging(testIds);
      for (const [text, prev, said] of messages)
        assert.deepEqual(judging.of({ text, signals: said }, prev), naive(text, prev, said));
    }),
    { numRuns: 60 },
  );
});

test('a copy of a message is judged once, also after many others', () => {
  const judging = createJudging(testIds);
  const said = { text: 'no, moor the barge at the east quay', signals: [] };
  const first = judging.of(said, 'I have moored it at the west quay.');
  for (let number = 0; number < 400; number += 1)
    judging.of({ text: `and pier ${number}?`, signals: [] }, '');
  assert.equal(judging.of({ ...said }, 'I have moored it at the west quay.'), first);
  assert.notEqual(judging.of(said, 'I have moored it at the quay.'), first, 'another answer, another matter');
});

test('what it remembers has a bound, in number and in length', () => {
  const judging = createJudging(testIds);
  const said = { text: 'no, moor the barge at the east quay', signals: [] };
  const first = judging.of(said, '');
  for (let number = 0; number < 600; number += 1)
    judging.of({ text: `and pier ${number}?`, signals: [] }, '');
  assert.notEqual(judging.of(said, ''), first);
  const long = { text: `no, moor the barge at the east quay. ${'It is raining. '.repeat(400)}`, signals: [] };
  assert.notEqual(judging.of(long, ''), judging.of(long, ''));
});
