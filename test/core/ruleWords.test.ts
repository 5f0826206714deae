/** What is asked for around a rule, what its sentence leaves open, and when it holds: all in words that were said. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withItsForm } from '../../src/core/sleep/crystallization/ruleContent.ts';
import { withoutItsRecord } from '../../src/core/sleep/crystallization/ruleRecord.ts';
import { sidesOf } from '../../src/core/sleep/crystallization/ruleSides.ts';
import { utterancesOf } from '../../src/core/sleep/crystallization/utterances.ts';
import { ordersIn } from '../../src/core/text/imperative.ts';
import { stancesOf } from '../../src/core/text/stance.ts';
import { buildMemory } from '../support/builders.ts';

const say = (text: string) => buildMemory({ kind: 'episode', text, lesson: { statement: text } });

for (const [asked, rule] of [
  [
    'Record what we just learned re using a tide table instead of the almanac when planning a crossing.',
    'Use a tide table instead of the almanac when planning a crossing.',
  ],
  ['Make sure the harbour guide says to always moor by the stern.', 'Always moor by the stern.'],
  ['Mention that lamps must be lit at dusk.', 'Lamps must be lit at dusk.'],
  ['Record what we just learned about the pier.', 'Record what we just learned about the pier.'],
  ['Make sure the crew says goodbye.', 'Make sure the crew says goodbye.'],
] as const)
  test(`what a record shall say is the rule: ${asked}`, () => assert.equal(withoutItsRecord(asked), rule));

test('a form that a rule only names is told by who said so', () => {
  const sentence = 'Follow the usual format for cargo lists.';
  const told = (...texts: string[]) => withItsForm(sentence, texts.map(say));
  assert.equal(
    told("you didn't follow the usual format for cargo lists, look at the others, particularly the header"),
    'Follow the usual format for cargo lists, particularly the header.',
  );
  assert.equal(
    told('the usual format for cargo lists please, like `tons · goods ....`'),
    'Follow the usual format for cargo lists, like `tons · goods …`.',
  );
  assert.equal(told('paint the hull, particularly the keel'), sentence, 'of something else');
  assert.equal(told('the usual format for cargo lists, particularly this one'), sentence, 'of the moment');
  const complete = 'Follow the usual format for cargo lists, including the header.';
  assert.equal(withItsForm(complete, [say(`${complete} particularly the footer`)]), complete);
  assert.equal(
    withItsForm('Moor by the stern.', [say('moor by the stern, particularly the ferry')]),
    'Moor by the stern.',
  );
});

test('items below a request for a rule on something hold when it is done', () => {
  const message = say(
    'add a rule on how to write cargo lists\n\n- always give the weight in tons for each item\n- name the port of departure first',
  );
  const [heading, ...items] = utterancesOf(message);
  assert.equal(heading?.lesson.when, undefined);
  assert.deepEqual(
    items.map(({ lesson }) => lesson.when),
    ['you write cargo lists', 'you write cargo lists'],
  );
  assert.equal(sidesOf('Always give the weight in tons for each item.', items).when, 'you write cargo lists');
  const plain = say(
    'write cargo lists today\n\n- always give the weight in tons\n- name the port of departure first',
  );
  assert.deepEqual(
    utterancesOf(plain).map(({ lesson }) => lesson.when),
    [undefined, undefined, undefined],
  );
});

test('a sentence about a thing by its name is one of its own, one about “that” is not', () => {
  const parts = (text: string) => utterancesOf(say(text)).map(({ text: one }) => one);
  assert.equal(
    parts('the cargo should be listed by port, not by ship\n\nthat ledger is misaligned').length,
    2,
  );
  assert.equal(
    parts('the cargo should be listed by port, not by ship\n\nthat is what customs wants').length,
    1,
  );
});

test('an order ends the condition before it, without a comma', () => {
  const signs = new Map(
    stancesOf('when mending a sail first always draw the tear').flatMap(({ words }) =>
      words.map(({ word, sign }) => [word, sign] as const),
    ),
  );
  assert.equal(signs.get('sail'), 0);
  assert.equal(signs.get('draw'), 1);
  assert.equal(signs.get('tear'), 1);
});

test('what somebody is to make sure of is ordered, not forbidden; a command between marks keeps them', () => {
  const first = (text: string) => ordersIn(text).map(({ text: order }) => order);
  assert.deepEqual(first('make sure you always check the ropes after docking'), [
    'Always check the ropes after docking.',
  ]);
  assert.deepEqual(first('no, never `tide reset` a shared gauge'), ['Never `tide reset` a shared gauge.']);
});
