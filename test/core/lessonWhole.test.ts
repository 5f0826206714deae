/** Lessons that tell the whole wish: what goes on in the next sentence, what is named elsewhere, what a question implies. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { extractLesson } from '../../src/core/capture/statement.ts';
import { pointOf } from '../../src/core/text/point.ts';

const lessonOf = (own: string, more: { readonly prev?: string; readonly quoted?: string } = {}) =>
  extractLesson({ own, quoted: '', prev: '', label: 'correction', ...more });
const tell = (cases: Readonly<Record<string, string>>) => {
  for (const [own, statement] of Object.entries(cases))
    it(own, () => assert.equal(lessonOf(own).statement, statement));
};

describe('what goes on in the next sentence', () => {
  tell({
    'did you write a cargo list? and then sign/seal it?': 'Write a cargo list and then sign/seal it.',
    'The lantern should be lit when entering the harbour. And at any time after the fog horn sounds':
      'Make sure the lantern is lit when entering the harbour and at any time after the fog horn sounds.',
    'yes go ahead and do that. and throw out the old rope entirely please':
      'Throw out the old rope entirely.',
    "You can use the hand crane over the steam crane. If you must use the steam crane, check the boiler's pressure first.":
      "Use the hand crane instead of the steam crane. If you must use the steam crane, check the boiler's pressure first.",
  });
});

describe('every thing that is named', () => {
  tell({
    'You are deleting northPier, southPier, eastPier and westPier. They must remain.':
      'Do not delete northPier, southPier, eastPier and westPier.',
    'you deleted the old charts and now nothing loads': 'Do not delete the old charts.',
    'you painted the harbour office door, not the customs one. be more careful':
      'Paint the customs door, not the harbour office door.',
    "didn't that rule say to always weigh boxes on the quay? if not, it should":
      'Always weigh boxes on the quay.',
    "that's the wrong way round, see @loading-order.mdc @quay-rules.mdc":
      'Follow @loading-order.mdc and @quay-rules.mdc.',
    'the plan is fine! One change, stack the crates in the `north/` shed. You may begin then':
      'Stack the crates in the `north/` shed.',
  });
  it('names the one rule that the assistant spoke of', () =>
    assert.equal(
      lessonOf('why did you not follow this rule?', { prev: 'I read docs/loading-order.mdc and went on.' })
        .statement,
      'Follow loading-order.mdc.',
    ));
  it('names none of several', () =>
    assert.equal(
      lessonOf('why did you not follow this rule?', { prev: 'I read tides.mdc and loading-order.mdc.' })
        .statement,
      'Follow this rule.',
    ));
});

describe('the further orders of a message', () => {
  tell({
    'i only wanted you to draw a chart, not to sail. next time, if you see that the chart has been drawn, tell me so and check whether it holds all the rocks':
      'If you see that the chart has been drawn, tell me so and check whether it holds all the rocks. Draw a chart; do not sail.',
    'stop talking about the weather. the leaking hull should be treated as the first concern in all cases':
      'Do not talk about the weather. Treat the leaking hull as the first concern in all cases.',
    'Stack the crates in the shed. Paint the lids with the grey varnish. Then continue':
      'Stack the crates in the shed. Paint the lids with the grey varnish.',
    'use the hand crane for glass. paint the crane room.': 'Use the hand crane for glass.',
    'never moor at the old pier. be more careful. update whichever rule says so':
      'Never moor at the old pier.',
    "don't weigh the boxes twice, please. debug this broken crane now": 'Do not weigh the boxes twice.',
  });
  it('are no part of its point', () =>
    assert.equal(
      pointOf('Stack the crates in `a.b/c`. Paint the lids with v. 2 of the varnish.'),
      'Stack the crates in `a.b/c`.',
    ));
  it('of an errand are its steps, and not told', () => {
    const steps = ['hall', 'shed', 'pier', 'mast', 'deck', 'hull', 'keel'].map(
      (what) => `Paint the ${what} with tar.`,
    );
    assert.doesNotMatch(lessonOf(steps.join(' ')).statement, /\. \S/);
  });
});

describe('a rule that is asked for of what was quoted', () => {
  const quoted = 'when weighing grain, never use spring scales, but rather beam scales';
  it('is what was quoted', () => {
    const { statement, wrong, right } = lessonOf('you missed this part:\n\nmake a rule for it', { quoted });
    assert.equal(statement, 'When weighing grain, use beam scales, never spring scales.');
    assert.equal(wrong, 'spring scales');
    assert.equal(right, 'beam scales');
  });
  it('stays a request where the quoted words order nothing', () =>
    assert.equal(
      lessonOf('make a rule for it', { quoted: 'The grain is dry.' }).statement,
      'Make a rule for it.',
    ));
});

describe('questions and complaints that imply an order', () => {
  tell({
    "yes, except that it doesn't make sense to weigh the empty boxes here":
      'Do not weigh the empty boxes here.',
    "there's no point in painting the keel twice": 'Do not paint the keel twice.',
    'did you need to tar the deck, those are oak planks': 'Do not tar the deck.',
    'that chart is misaligned near the edge': 'Make sure the chart is not misaligned near the edge.',
    "that's malformatted at the end": 'Make sure the result is not malformatted at the end.',
    'the north pier still has the old bollards': 'Make sure the north pier no longer has the old bollards.',
    'Not the red lamp you should be using the green lamp': 'Use the green lamp, not the red lamp.',
  });
  it('keeps the reason', () =>
    assert.equal(lessonOf('did you need to tar the deck, those are oak planks').why, 'those are oak planks'));
  it('what a ban names is what was wrong', () => {
    const { wrong, right } = lessonOf('no, never `moor` at the old pier');
    assert.equal(wrong, '`moor` at the old pier');
    assert.equal(right, undefined);
  });
  it('what is right may be said with what is wrong in the next sentence', () =>
    assert.equal(
      lessonOf('why are we painting the old hull? the new hull should be painted, not this one').right,
      'paint the new hull',
    ));
});

describe('the paper an order was held to', () => {
  tell({
    'why did you not weigh it just now? did the description of the @quay-rules.mdc rule not seem relevant?':
      'Weigh it. See @quay-rules.mdc.',
    'shorten this chart. it duplicates the @quay-rules.mdc list':
      'Shorten this chart. It duplicates the @quay-rules.mdc list.',
  });
});

describe('no order', () => {
  it('nor is what somebody is at', () =>
    assert.equal(
      lessonOf("I need to mend an old boat. I'm not sure what wood it is, but it's not oak.").statement,
      "I need to mend an old boat. I'm not sure what wood it is, but it's not oak.",
    ));
  tell({ 'I want to weigh the new crates only': 'Weigh the new crates only.' });
  it('how a thing works for those it is made for', () =>
    assert.doesNotMatch(
      lessonOf('All the hatches start closed. The visitor has to knock twice to open one.').statement,
      /make sure/i,
    ));
  it('nor is what was quoted from the assistant', () =>
    assert.doesNotMatch(
      lessonOf(
        'for the step just now: "Finally, let\'s ring the bell:"\nlooks like you rang it from the wrong tower',
      ).statement,
      /ring the bell/i,
    ));
});

describe('words that order nothing are told in their message', () => {
  tell({
    'where did you get that tide table? that does not seem to be in the book':
      'Where did you get that tide table? That does not seem to be in the book.',
    "I walked the pier, and it only took ten minutes. I'm sure it was longer in the storm, but two hours seem a bit too much.":
      "I walked the pier, and it only took ten minutes. I'm sure it was longer in the storm, but two hours seem a bit too much.",
  });
});
