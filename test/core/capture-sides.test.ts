import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { classify } from '../../src/core/capture/classify.ts';
import { deedsIn } from '../../src/core/capture/deeds.ts';
import { extractLesson } from '../../src/core/capture/statement.ts';
import { profileOf } from '../../src/core/text/profile.ts';

const lessonOf = (own: string, prev = '') => extractLesson({ own, quoted: '', prev, label: 'correction' });

describe('both sides of a lesson', () => {
  it('what is asked for beside a fault is the point, and the fault is what was wrong', () => {
    const lesson = lessonOf(
      'You added a second cache section to the readme. I only want to extend the cache table in the first section.',
    );
    assert.equal(lesson.statement, 'Only extend the cache table in the first section.');
    assert.equal(lesson.wrong, 'added a second cache section to the readme');
  });

  it('a request to explain is no right side', () => {
    const lesson = lessonOf('Why did you delete the seed data? Explain your reasoning.');
    assert.equal(lesson.statement, 'Do not delete the seed data.');
    assert.equal(lesson.right, undefined);
  });

  it('a lasting order and the act it is set against are two sides; what is not to be forgotten is none', () => {
    const told: readonly (readonly [string, string | undefined, string])[] = [
      ["always glue every hinge, don't screw it", 'screw it', 'glue every hinge'],
      ['always run the saw dry, do not cut without it', 'cut without it', 'run the saw dry'],
      ['Always sand each plank; never just paint them', 'paint them', 'sand each plank'],
      ["always stamp the crate, don't forget the lid", undefined, "stamp the crate, don't forget the lid"],
    ];
    for (const [text, wrong, right] of told) {
      const lesson = lessonOf(text);
      assert.deepEqual([lesson.wrong, lesson.right], [wrong, right], text);
    }
  });

  it('a word before a pronoun is an order after an order not to, whatever the word', () => {
    const told: readonly (readonly [string, string, string])[] = [
      ['Never varnish the rudder, oil it.', 'varnish the rudder', 'oil it'],
      ["don't weld the frame, bolt it", 'weld the frame', 'bolt it'],
      ['Do not fry the seeds; toast them.', 'fry the seeds', 'toast them'],
      ["Please don't zip the logs, brotli them instead.", 'zip the logs', 'brotli them'],
      ["Don't prune the branches, squash them", 'prune the branches', 'squash them'],
      ['Oil the rudder, never varnish it.', 'varnish it', 'Oil the rudder'],
    ];
    for (const [text, wrong, right] of told) {
      const lesson = lessonOf(text);
      assert.equal(lesson.wrong, wrong, text);
      assert.equal(lesson.right, right, text);
    }
    assert.equal(lessonOf("Don't open the valve, breaks it every time").right, undefined);
  });

  /** message → statement */
  const cases: readonly (readonly [string, string])[] = [
    ['Did you forget to run the formatter?', 'Run the formatter.'],
    ['you keep forgetting to bump the version', 'Bump the version.'],
    ['you missed to rename the index', 'Rename the index.'],
    ['have you forgotten to close the socket again?', 'Close the socket.'],
    ["don't forget to mention the ticket in the title", 'Mention the ticket in the title.'],
    ['never forget to release the lock', 'Always release the lock.'],
    ['did you overwrite the lock file again?', 'Do not overwrite the lock file.'],
    ["why aren't you following the release checklist?", 'Follow the release checklist.'],
    ['you changed the wrong migration', 'Make sure to change the right migration.'],
    ["there's already a helper for dates in utils", 'Use the helper for dates in utils.'],
    ['the banner is still in the footer', 'Make sure the banner is no longer in the footer.'],
    ['you should be able to read the mounted folder', 'Read the mounted folder.'],
    ['No banner yet.', 'No banner yet.'],
    ['no emojis', 'Do not use emojis.'],
    [
      'we never paint the hull here, the yard runs the brushes dry because paint cost us a season',
      'Never paint the hull.',
    ],
    ['no use the harbour clock', 'Use the harbour clock.'],
    ['hmm.... that makes me think we should log the tide too!', 'Log the tide too.'],
    ['seems the label should be the same', 'Make sure the label is the same.'],
    ["we don't need to sort the buoys", 'Do not sort the buoys.'],
    ['You are losing the anchor, no?', 'Do not lose the anchor.'],
  ];
  for (const [message, statement] of cases)
    it(message, () => assert.equal(lessonOf(message).statement, statement));

  it('tells nothing of what is not needed of a thing', () => {
    assert.doesNotMatch(
      lessonOf("The captain doesn't need to sign every page").statement,
      /signs|^Make sure/,
    );
  });

  it('a heading, or a whole report, is nothing to be used', () => {
    const { statement } = lessonOf(
      'A remark: The loader has three ways out of its loop rather than a single one. Prefer one.',
    );
    assert.doesNotMatch(statement, /^Use A remark/);
  });

  it('what is said next of the very thing is the reason', () => {
    const why = (text: string) => lessonOf(text).why;
    assert.equal(why('no, use hemp instead of nylon. nylon melts in the sun'), 'nylon melts in the sun');
    assert.equal(why('use hemp instead of nylon. the captain sleeps until noon'), undefined);
  });

  it('what was forgotten is the right side', () => {
    const { right, wrong } = lessonOf('did you fail to sign the archive?');
    assert.deepEqual([right, wrong], ['sign the archive', 'not sign the archive']);
  });

  for (const message of ["Don't the fixtures cover that case?", 'or we just pick one', "It's still going"])
    it(`is no order: ${message}`, () => {
      assert.doesNotMatch(lessonOf(message).statement, /^(?:Do not the|Use it|Make sure or)/i);
    });
});

describe('what had been done before', () => {
  const prev =
    'I updated the queue module and added a retry. I will now write the notes. Would you like me to run the load test?';

  it('is told from the deed the words point at', () => {
    assert.match(
      lessonOf('the retry should be exponential', prev).before ?? '',
      /^added a retry|updated the queue/,
    );
  });

  it('is what the assistant asked, where its conduct is corrected', () => {
    assert.match(lessonOf('do it yourself', prev).before ?? '', /^asked whether to run the load test/);
  });

  it('is that something was left undone, where the words say so', () => {
    assert.equal(lessonOf("why didn't you run the linter?", prev).before, 'not run the linter');
  });

  it('is not told where the words say what was wrong', () => {
    const lesson = lessonOf('use tabs, not spaces', prev);
    assert.equal(lesson.wrong, 'spaces');
    assert.equal(lesson.before, undefined);
  });

  it('is nothing in a decision', () => {
    const decision = extractLesson({
      own: 'we keep the queue in memory',
      quoted: '',
      prev,
      label: 'decision',
    });
    assert.equal(decision.before, undefined);
  });

  it('never becomes what is wrong: the assistant’s words are not compared with the user’s', () => {
    const judged = classify({ text: 'no, that is the old queue module', prev });
    assert.equal(judged.wrong, undefined);
    const words = profileOf({ text: judged.stripped.own, label: 'correction', lesson: judged });
    assert.ok(![...words.stance.keys()].some((term) => term.includes('retri')));
  });

  it('leaves code and unfinished clauses out, whatever it is given', () => {
    assert.deepEqual(deedsIn('```\nI updated the thing.\n```'), []);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        for (const { clause } of deedsIn(`I updated ${text}. Please run ${text}`)) {
          assert.ok(clause.length <= 110 && !clause.includes('\n'));
          assert.equal((clause.split('`').length - 1) % 2, 0);
        }
      }),
    );
  });
});

describe('a sentence that names both means', () => {
  const told = (own: string) => {
    const { wrong, right } = extractLesson({ own, quoted: '', prev: '', label: 'decision' });
    return { wrong, right };
  };
  for (const [own, wrong, right] of [
    ['Always use yarn, never npm.', 'npm', 'use yarn'],
    ['Always indent with tabs, never with spaces.', 'spaces', 'indent with tabs'],
    ['Always use luxon instead of moment', 'moment', 'use luxon'],
    ['Always deploy with make, never by hand.', undefined, 'deploy with make, never by hand'],
    ['Always check the status, not the message', undefined, 'check the status, not the message'],
  ] as const)
    it(own, () => {
      const sides = told(own);
      assert.equal(sides.wrong, wrong);
      assert.equal(sides.right, right);
    });
});
