/** A sentence is made anew only around words that name a thing; else it stays as it was said. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readsAsThing, withoutAdverbs } from '../../src/core/capture/nounPhrase.ts';
import { extractLesson } from '../../src/core/capture/statement.ts';

const statementOf = (own: string) =>
  extractLesson({ own, quoted: '', prev: '', label: 'correction' }).statement;

describe('words that name a thing', () => {
  for (const words of [
    'the invoice footer',
    'tests for the parser',
    'every handler that talks to the queue',
    'the list of ports which are open',
    'test names',
    'nothing in the kernel',
    'no handler',
    'only admins',
    'the `what should be` flag',
    'In-app purchases',
  ])
    it(words, () => assert.ok(readsAsThing(words)));
  for (const words of [
    'is this what I',
    'could it be the margin',
    "don't we",
    'the ladder is blue and',
    'for some reason the lamp',
    'use the small crane and say which one you',
    'why do we',
    'ERR wharf.spec.ts > cranes > lifts',
    'before we lift anything I have a question and we',
    'no',
    '',
  ])
    it(`not: ${words}`, () => assert.ok(!readsAsThing(words)));
  it('the adverbs before a verb are not part of its subject', () => {
    assert.equal(withoutAdverbs('we still'), 'we');
    assert.equal(withoutAdverbs('the crane really also'), 'the crane');
    assert.equal(withoutAdverbs('the still'), 'the');
  });
});

describe('how a lesson is worded', () => {
  const told: Readonly<Record<string, string>> = {
    'The invoice footer should show the tax number': 'Make sure the invoice footer shows the tax number.',
    'We still need to water the archive once a week': 'Water the archive once a week.',
    'There should be three cranes on the quay': 'Make sure there are three cranes on the quay.',
    'It should then lift the box': 'Make sure it lifts the box.',
    'No handler should swallow a signal': 'Make sure no handler swallows a signal.',
    'I want Ferry mode to also show the tide': 'Make sure Ferry mode shows the tide.',
    'Send me to the harbour page instead of the list of ships':
      'Send me to the harbour page instead of the list of ships.',
  };
  for (const [said, statement] of Object.entries(told))
    it(said, () => assert.equal(statementOf(said), statement));
  it('two bans in one sentence are two bans', () => {
    const { wrong, right } = extractLesson({
      own: 'never move the buoys and do not paint them at all',
      quoted: '',
      prev: '',
      label: 'preference',
    });
    assert.deepEqual(
      { wrong, right },
      { wrong: 'move the buoys and do not paint them at all', right: undefined },
    );
  });
  it('a clause that tells how something is gives the reason, an order beside it does not', () => {
    const lessonOf = (own: string) => extractLesson({ own, quoted: '', prev: '', label: 'correction' });
    const { statement, why } = lessonOf(
      'weigh the crates on the quay, scales on deck drift with the swell, always',
    );
    assert.equal(why, undefined, statement);
    const reason = lessonOf('print the weight only, manifests contain the names of passengers');
    assert.deepEqual(
      [reason.statement, reason.why],
      ['Print the weight only.', 'manifests contain the names of passengers'],
    );
    assert.equal(lessonOf('oil the winch, then paint the crane').why, undefined);
    const neighbour = lessonOf(
      'can you not print the whole manifest? print the weight only, manifests contain names of passengers',
    );
    assert.equal(neighbour.why, 'manifests contain names of passengers');
  });
  it('what a thing always is and never is', () => {
    const { statement, right, wrong } = extractLesson({
      own: 'why did you convert it? cargo is always whole kilos in this office, never pounds',
      quoted: '',
      prev: '',
      label: 'correction',
    });
    assert.deepEqual(
      { statement, right, wrong },
      {
        statement: 'Make sure cargo is always whole kilos, not pounds.',
        right: 'whole kilos',
        wrong: 'pounds',
      },
    );
  });
  it('what was just done is forbidden, what was asked after was left out', () => {
    assert.equal(
      statementOf("Didn't you just copy the tariff into both ships?"),
      'Do not copy the tariff into both ships.',
    );
    assert.equal(statementOf('did you oil the winch of the crane?'), 'Oil the winch of the crane.');
  });
  it('a mishap, and how or when something was done, forbid nothing', () => {
    assert.equal(
      statementOf('You broke the winch somehow. Undo that.'),
      'Undo that. You broke the winch somehow.',
    );
    for (const said of [
      'you wrecked the mast',
      'I think you painted one a while ago but I am not sure',
      'you misread the tide table',
    ])
      assert.doesNotMatch(statementOf(said), /^Do not/, said);
    assert.equal(statementOf('you painted the mast'), 'Do not paint the mast.');
  });
  it('what stands on a pasted page is no order', () => {
    assert.equal(
      statementOf(
        'keep the harbour page as wide as this one\n<div class="pier">Moored. <button type="submit">Create a berth</button></div>',
      ),
      'Keep the harbour page as wide as this one.',
    );
  });
  it('what was asked stays a question, and an order none', () => {
    assert.equal(statementOf('why did the winch stop'), 'Why did the winch stop?');
    assert.equal(statementOf('Do it yourself'), 'Do it yourself.');
  });
  for (const said of [
    'Could it be the margin needs to be fully grey',
    'Is this what I should expect to see at the harbour',
    'nothing moved',
    'stuck again',
    'you need to move the crane LEFT not RIGHT',
    'the trouble is we ordered and are still using another rope than the one we meant',
    'Milo says there should not be a swell today',
    'Do people still use semaphores',
    'why is the quay so crowded',
    'K014 complete',
  ])
    it(`keeps its words: ${said}`, () => {
      const statement = statementOf(said);
      assert.doesNotMatch(statement, /^(?:make sure|use|ne)\b/i);
      const words = new Set(said.toLowerCase().split(' '));
      for (const word of statement.toLowerCase().replace(/[.?]$/, '').split(' '))
        assert.ok(words.has(word), word);
    });
});
