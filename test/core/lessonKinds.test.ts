/** Lessons by kind: what was said by halves, what only seems an order, and what stays as it was said. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { saysAgain } from '../../src/core/capture/again.ts';
import { extractLesson } from '../../src/core/capture/statement.ts';
import { reasonWords } from '../../src/core/text/reason.ts';

const lessonOf = (own: string, prev = '', more: { readonly begins?: boolean } = {}) =>
  extractLesson({ own, quoted: '', prev, label: 'correction', ...more });
const tell = (cases: Readonly<Record<string, string>>) => {
  for (const [own, statement] of Object.entries(cases))
    it(own, () => assert.equal(lessonOf(own).statement, statement));
};

describe('one place instead of another', () => {
  tell({
    'you painted the hull in the old folder, not the paint workspace':
      'Paint the hull in the paint workspace, not in the old folder.',
    'you saved the chart in the old folder, not the harbour folder':
      'Save the chart in the harbour folder, not in the old folder.',
    "you're writing in the old folder, not harbour folder": 'Write in harbour folder, not in the old folder.',
    'why did you push to the main branch and not a topic branch?':
      'Push to a topic branch, not to the main branch.',
    "you're in the production database": 'Do not work in the production database.',
  });
});

describe('both sides of one sentence', () => {
  tell({
    "we don't want to nest the buoys ever, use the flat list": 'Use the flat list; do not nest the buoys.',
    "I don't want to stop at each pier please go ahead and continue to the end":
      'Do not stop at each pier; continue to the end.',
    "i don't want to sail by night and i want the trip to be quick":
      'Do not sail by night. Make sure the trip is quick.',
    "don't guess please check the tide table": 'Do not guess; check the tide table.',
    'i only wanted you to draw a chart, not to sail': 'Draw a chart; do not sail.',
    "we're not using the old lamp, we're using the beacon": 'Use the beacon, not the old lamp.',
    'instead of `list --all |\n  find 7`, use the `find` command':
      'Use the `find` command instead of `list --all | find 7`.',
    'Using rope instead of chain': 'Use rope instead of chain.',
    'You do not need the crane to move small boxes': 'Move small boxes without the crane.',
  });
  it('a means that is not needed was wrong', () =>
    assert.equal(lessonOf('You do not need the crane to move small boxes').wrong, 'the crane'));
});

describe('what was left out', () => {
  tell({
    "you're not using the tide table": 'Use the tide table.',
    'did you just rename the buoys or did you also update the chart?': 'Update the chart.',
    "didn't that guide say to weigh every box twice?": 'Weigh every box twice.',
    "that's not right , just use the tide table": 'Use the tide table.',
    'there already was a tide table for autumn, see notes.md': 'Use the existing tide table for autumn.',
    'we already have a tide table': 'Use the existing tide table.',
    "why didn't you use the beacon just now?": 'Use the beacon.',
    'did you write the log anywhere?': 'Write the log.',
    'Are you on the harbour branch? You should be.': 'Be on the harbour branch.',
  });
});

describe('duties', () => {
  tell({
    'the lamps on the pier should blink': 'Make sure the lamps on the pier blink.',
    'the clerk should double check the seal': 'Make sure the clerk double-checks the seal.',
    'the gate should lift the bar and then close the lock':
      'The gate should lift the bar and then close the lock.',
    'there are cracked lamps; there are loose bolts, these should be fastened first':
      'Make sure loose bolts are fastened first.',
    'there should only be one pier': 'Make sure there is only one pier.',
    'the lamp should match the pier and be #112233': 'The lamp should match the pier and be #112233.',
    "we don't want each boat to have its own crane": 'Make sure each boat does not have its own crane.',
    'i want them to be painted twice': 'Make sure they are painted twice.',
    'Moreover, paint the hull instead of the deck': 'Paint the hull instead of the deck.',
    'the chart _should_ show the reef': 'Make sure the chart shows the reef.',
    'make sure you are counting the empty boxes': 'Make sure to count the empty boxes.',
  });
  for (const guess of [
    'the key should be ready now',
    'there must be another lamp in the shed that nobody has found',
    'there has to be another lamp in the shed that nobody has found',
    'It must be using the old chart',
    'It should work now',
    'The clerk should keep track of:\n- the boxes\n- the crew',
  ])
    it(`only expected: ${guess}`, () => assert.doesNotMatch(lessonOf(guess).statement, /^Make sure/));
});

describe('what was said the second time holds the first time, too', () => {
  tell({
    'you built a new crane again, use the crane on the pier!':
      'Use the crane on the pier; do not build a new crane.',
    'take the lamps down, I told you not to hang lamps on the pier': 'Do not hang lamps on the pier.',
    'again so many flags, I don’t want flags on the mast': 'Do not add flags on the mast.',
    'please use our old chart again, not a new one': 'Use our old chart, not a new one.',
    'you renamed the harbour but not the pier': 'Rename the pier together with the harbour.',
    'you painted lamps again, flags please': 'Use flags; do not paint lamps.',
    'you also painted the mast, only paint what I ask for':
      'Only paint what I ask for; do not paint the mast.',
    'you used rope for the net, we use wire': 'Use wire; do not use rope for the net.',
    'you removed a broken plank instead of mending it': 'Mend a broken plank; do not remove it.',
    'no radar, we have a beacon': 'Use a beacon instead of radar.',
  });
  it('and says nothing broken', () => {
    assert.equal(
      lessonOf('never skip or move a buoy just because it is loose').statement,
      'Never skip or move a buoy.',
    );
    assert.doesNotMatch(
      lessonOf('add an entry to the logbook when you leave the harbour').statement,
      /^Make sure the logbook/,
    );
  });
  it('and is not meant once', () => {
    for (const said of [
      'lamps on the pier again, please use the beacon',
      'there is lamp.oil again, we have a beacon',
      'I already told you not to hang lamps there',
    ])
      assert.ok(saysAgain(said), said);
    for (const said of [
      'the lamp is broken again, please look at it',
      'try it again, please',
      'can you draw it again, with the pier?',
    ])
      assert.ok(!saysAgain(said), said);
  });
});

describe('what seems a reproach and is none', () => {
  for (const said of [
    'You are already using the tide table correctly.',
    'You painted the hull, but the keel has no primer.',
    'Why do we want the lamp to be green?',
    'we are using the small crane again',
    'we are using a different crane here. Why?',
    'Have we loaded any of the boxes yet?',
    'It is not doing anything',
    'It seems like you got stuck',
    "you've introduced a new problem",
    'It is cutting off or just not showing the rest of the pier',
  ])
    it(said, () => assert.doesNotMatch(lessonOf(said).statement, /^(?:Do not|Use|Load|Make sure)\b/));
  it('a conversation begins with no reproach', () => {
    const said = 'You are working in the harbour repository. Draw the chart of the bay.';
    assert.equal(lessonOf(said, '', { begins: true }).statement, 'Draw the chart of the bay.');
  });
  it('what is not known is not ordered', () =>
    assert.notEqual(lessonOf("The lamps are still too dim. Don't know why").right, "Don't know why"));
});

describe('reasons', () => {
  const why = (own: string) => lessonOf(own).why;
  it('beside the order', () => {
    assert.equal(why('use the beacon bc the lamp is dim'), 'the lamp is dim');
    assert.equal(why('print the log in one block so I can copy it'), 'so that I can copy it');
    assert.equal(why('close the gate, otherwise the tide comes in'), 'otherwise the tide comes in');
    assert.equal(why('do not merge the two lists, i like them apart'), 'i like them apart');
  });
  it('in the next sentence', () =>
    assert.equal(why('never lift two boxes at once. it breaks the crane'), 'it breaks the crane'));
  it('is no circumstance, and no object', () => {
    assert.equal(why('why did you pick the lamp as the signal?'), undefined);
    assert.equal(lessonOf('When you wrote the log, you skipped the night watch').when, undefined);
    assert.equal(lessonOf('make it so the lamp can turn').why, undefined);
    assert.equal(lessonOf('write a note that thanks the crew sincerely for the crane').why, undefined);
  });
  it('is shown by what it is', () => {
    assert.equal(reasonWords('the lamp is dim'), 'because the lamp is dim');
    assert.equal(reasonWords('so that I can copy it'), 'so that I can copy it');
    assert.equal(reasonWords('otherwise it floods'), 'otherwise it floods');
  });
});

describe('what is pointed at', () => {
  it('has the name that the assistant gave it', () => {
    assert.equal(
      lessonOf('no, do not clear it out', 'Let me try to clear out the lower deck first:').statement,
      'Do not clear out the lower deck.',
    );
    assert.equal(
      lessonOf('no, do not clear it out', 'Let me count the boxes.').statement,
      'Do not clear it out.',
    );
  });
  it('is not guessed among several', () =>
    assert.equal(
      lessonOf('do not clear it', 'I cleared the deck. Now I will clear the hold.').statement,
      'Do not clear it.',
    ));
  it('is the asking, where somebody is to do it', () =>
    assert.equal(
      lessonOf('do it yourself', 'Would you like me to count the boxes?').statement,
      'Do it yourself instead of asking.',
    ));
});

describe('what stays as it was said', () => {
  tell({
    'Still not floating, the pump failed': 'Still not floating, the pump failed.',
    'still getting the leak error': 'Fix the leak error.',
    'what about the other failing pumps?': 'Fix the other failing pumps.',
    'fix the failing pump @dont-ignore-leaks.md': 'Fix the failing pump @dont-ignore-leaks.md.',
    'here are the logs of the pump, it failed': 'Here are the logs of the pump, it failed.',
    'I see the harbour perfectly but the pier is gone': 'I see the harbour perfectly but the pier is gone.',
    "For now we don't need to paint the hull": "For now we don't need to paint the hull.",
    'Something is still messed up': 'Something is still messed up.',
    'look at how the crane is loading the boxes': 'Look at how the crane is loading the boxes.',
    '@dont-ignore-errors.md': 'Follow @dont-ignore-errors.md.',
    'you threw away the log, was that right': 'Do not throw away the log.',
    'the lamp is still turned to the right': 'Make sure the lamp is no longer turned to the right.',
  });
  it('not what a program printed', () => {
    const log = 'npm warn deprecated pump@1: Please, upgrade your pump. It leaks.\n✓ should float (3 ms)';
    assert.equal(lessonOf(`Remember that the hull is wooden.\n${log}`).statement, 'The hull is wooden.');
    assert.equal(
      lessonOf(`the pump still leaks\n➜ harbour git:(main) ✗ pump run`).statement,
      'The pump still leaks.',
    );
  });
  it('the complaint, where the order is only to find out', () =>
    assert.match(
      lessonOf("the chart lists too many lamps. let's check the code to see why this happened").statement,
      /chart lists too many/,
    ));
});

describe('the complaint beside the order', () => {
  const wrong = (own: string, prev = '') => lessonOf(own, prev).wrong;
  it('is what was wrong, in the words of the user', () => {
    assert.equal(
      wrong('The log only names the hull. Write one that covers the keel.', 'I painted the hull.'),
      'The log only names the hull',
    );
    assert.equal(
      wrong("Load all of the boxes. i don't see any of the barrels"),
      "i don't see any of the barrels",
    );
  });
  it('stands alone where nothing is ordered', () =>
    assert.equal(wrong('that chart is malformed near the end'), 'that chart is malformed near the end'));
  it('is no question, no praise, no order and no duty', () => {
    for (const beside of [
      'Is the chart still empty?',
      "That's right, not bad.",
      'Use the lower pier only.',
      'The lamps should not blink.',
      'The tide is high.',
    ])
      assert.notEqual(wrong(`${beside} Paint the hull twice.`), beside.replace(/[.?]$/, ''));
  });
  it('says nothing of a decision', () =>
    assert.equal(
      extractLesson({
        own: 'The old log is never read. Write a new one.',
        quoted: '',
        prev: '',
        label: 'decision',
      }).wrong,
      undefined,
    ));
});

describe('what the assistant had said it did', () => {
  it('is told with a verb', () => {
    assert.equal(
      lessonOf('use the pier', 'Now let me try loading the pier boxes again:').before,
      'was to load the pier boxes again',
    );
    assert.doesNotMatch(
      lessonOf('use the pier', 'Let me know if you want this pier painted.').before ?? '',
      /asked whether to this/,
    );
  });
});

it('a rule that is mentioned beside a ban says how it should be', () => {
  const { wrong, right } = lessonOf('why are we loading by hand? @crane_over_hand.mdc');
  assert.deepEqual([wrong, right], ['loading by hand', '@crane_over_hand.mdc']);
});

describe('an order that says little alone', () => {
  it('is told with what is said beside it', () => {
    assert.equal(
      lessonOf('The harbour can read short labels only. I think you need to shorten them.').statement,
      'Shorten them. The harbour can read short labels only.',
    );
    assert.equal(
      lessonOf('Thanks! Are you sure? Weigh it again. The scale was never set to zero.').statement,
      'Weigh it again. The scale was never set to zero.',
    );
  });
  it('is told alone where it can be', () =>
    assert.equal(
      lessonOf('Use the tide table for the harbour. It was raining at the pier yesterday.').statement,
      'Use the tide table for the harbour.',
    ));
  it('says at which step it was said, never in the assistant’s words', () => {
    assert.equal(lessonOf('did you push? why not?', "I've committed the secret plan.").when, 'committing');
    assert.equal(
      lessonOf('@harbour-rules.mdc', 'Let me fix the broken lamp in the hull.').when,
      'fixing a bug',
    );
    assert.equal(lessonOf('did you push?', 'The lamps are green.').when, undefined);
    assert.equal(lessonOf('why didn’t you commit?', "I've committed half of it.").when, undefined);
    assert.equal(lessonOf("don't paint the hull", "I've committed the changes.").when, undefined);
  });
});
