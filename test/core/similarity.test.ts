import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clustersOf } from '../../src/core/sleep/crystallization/clusters.ts';
import { isImperative, orderOf, verbBase } from '../../src/core/text/imperative.ts';
import { profileOf } from '../../src/core/text/profile.ts';
import { readingOf } from '../../src/core/text/reading.ts';
import { createCorpus, likenessAmong, oppositeOf, similarityOf } from '../../src/core/text/similarity.ts';
import { stancesOf, withoutBookkeeping } from '../../src/core/text/stance.ts';
import { buildMemory } from '../support/builders.ts';

const said = (text: string, session = text) =>
  buildMemory({ kind: 'episode', text, lesson: { statement: text }, source: { session } });
const signOf = (text: string, word: string) =>
  stancesOf(text)
    .flatMap(({ words }) => words)
    .find((signed) => signed.word === word)?.sign ?? 0;

test('the same word is wanted in one sentence and unwanted in another', () => {
  assert.ok(signOf('use yarn for this', 'yarn') > 0);
  for (const text of [
    "don't use yarn",
    'why are you using yarn?',
    "you're using yarn",
    'use bun, not yarn',
    'bun instead of yarn',
    'never yarn',
  ])
    assert.ok(signOf(text, 'yarn') < 0, text);
  for (const text of [
    "why didn't you use yarn?",
    "you're not using yarn",
    'you forgot yarn',
    'you updated npm, not yarn',
    'never npm, but rather yarn',
    'you should use yarn',
  ])
    assert.ok(signOf(text, 'yarn') > 0, text);
  assert.equal(signOf('are you on the staging host or the production host?', 'staging'), 0);
});

test('an order to write something down is not what it says', () => {
  assert.equal(
    withoutBookkeeping('add a rule to CLAUDE.md that says to always squash commits'),
    'always squash commits',
  );
  assert.equal(withoutBookkeeping('add a button to the toolbar'), 'add a button to the toolbar');
});

test('among a few, likeness is within 0..1, 1 for the same words, and asks nothing of their order', () => {
  const read = (text: string) => readingOf(profileOf(said(text)));
  const few = [
    'deploy to the staging host, never to production',
    'deploy to production, never to the staging host',
    'deploy the docs after every release',
    'the deploy job is slow',
  ];
  const [same = 0, opposite = 1, ...others] = likenessAmong(read(few[0] ?? ''), few.map(read));
  assert.ok(same > 0.999 && same <= 1);
  assert.ok(opposite < same / 2, 'the same words with the other sign');
  for (const other of others) assert.ok(other >= 0 && other < same / 2);
  assert.deepEqual(likenessAmong(read(few[0] ?? ''), few.toReversed().map(read)).toReversed(), [
    same,
    opposite,
    ...others,
  ]);
  assert.deepEqual(likenessAmong(read('anything'), []), []);
  assert.deepEqual(likenessAmong(read(''), [read(few[0] ?? '')]), [0]);
});

test('likeness is symmetric, within 0..1, and 1 for the same words', () => {
  const words = fc.array(
    fc.constantFrom('use', 'not', 'the', 'branch', 'deploy', 'tests', 'never', 'you', 'cache', ','),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(words, words, (one, other) => {
      const [a, b] = [said(one.join(' ')), said(other.join(' '))];
      const likeness = similarityOf(a, b);
      assert.ok(likeness >= 0 && likeness <= 1);
      assert.ok(Math.abs(likeness - similarityOf(b, a)) < 1e-9);
      assert.equal(oppositeOf(a, b), oppositeOf(b, a));
      if (/[a-z]/.test(a.text)) assert.ok(similarityOf(a, a) > 0.99);
    }),
  );
});

test('opposite orders in the same words are opposite, and alike orders in other words are not', () => {
  assert.ok(
    oppositeOf(
      said('put fixtures into the shared folder'),
      said("don't put fixtures into the shared folder"),
    ),
  );
  assert.ok(oppositeOf(said('use spaces, not tabs'), said('use tabs, not spaces')));
  assert.ok(
    !oppositeOf(said('use spaces, not tabs'), said("you're indenting with tabs again, spaces please")),
  );
  assert.ok(!oppositeOf(said('squash before merging'), said('write the release notes')));
});

test('terse corrections find the full ones through a contrast drawn elsewhere', async () => {
  const memories = [
    'you deployed to production, not the staging cluster',
    'deploy to the staging cluster, not production',
    'why are you deploying to production and not the staging cluster?',
    "you're on production",
    'staging cluster',
    'the chart colours are hard to read',
    'please sort imports alphabetically',
    'write the summary in French',
    'close the file handle after reading',
  ].map((text) => said(text));
  const corpus = createCorpus(memories);
  const groups = await clustersOf(corpus);
  const group = groups.find((members) => members.includes(0)) ?? [];
  assert.deepEqual([...group].sort(), [0, 1, 2, 3, 4]);
  assert.equal(groups.length, 5);
});

test('same words, opposite wish: never one group', async () => {
  const memories = [
    'edit the handbook in the draft space, not the public space',
    'you edited the public space, not the draft space',
    "you're editing in the public space again",
    'announce releases in the public space, not the draft space',
    'always create announcements in the public space',
    'announcements are created in the public space, never the draft space',
  ].map((text) => said(text));
  const groups = await clustersOf(createCorpus(memories));
  for (const group of groups) {
    assert.ok(!(group.some((at) => at < 3) && group.some((at) => at >= 3)), JSON.stringify(groups));
  }
});

test('the same memories are grouped the same way every time', async () => {
  const memories = Array.from({ length: 60 }, (_, at) =>
    said(`${['use tabs', 'never force push', 'run the linter'][at % 3]} ${at}`, String(at)),
  );
  const once = await clustersOf(createCorpus(memories));
  assert.deepEqual(await clustersOf(createCorpus(memories)), once);
  assert.equal(once.length, 3);
});

test('complaints become orders', () => {
  assert.equal(
    orderOf("you're editing in the public space, not the draft space"),
    'Edit in the draft space, not the public space.',
  );
  assert.equal(orderOf("why didn't you run the linter?"), 'Run the linter.');
  assert.equal(orderOf('you should never squash these commits'), 'Never squash these commits.');
  assert.equal(orderOf("don't touch generated files"), 'Do not touch generated files.');
  assert.equal(orderOf('from now on use tabs please'), 'Always use tabs.');
  assert.equal(
    orderOf('when you rename a column, always write a migration'),
    'When you rename a column, always write a migration.',
  );
  assert.equal(
    orderOf('every time you rename a column, write a migration'),
    'Whenever you rename a column, always write a migration.',
  );
  assert.equal(orderOf('we use bun here, not node'), 'Use bun, not node.');
  assert.equal(orderOf('our team only follows semantic versioning'), 'Follow semantic versioning.');
  assert.equal(orderOf('In this codebase, never block the event loop'), 'Never block the event loop.');
  assert.equal(
    orderOf('open the ticket in this repo, not in the archive'),
    'Open the ticket in this repo, not in the archive.',
    'a place that is set against another stays',
  );
  assert.equal(orderOf('what does this do?'), undefined);
  assert.equal(orderOf('no, remove the old fixtures'), 'Remove the old fixtures.');
  assert.equal(orderOf('no remove the old fixtures'), undefined, 'an order or a prohibition: who knows');
  assert.equal(orderOf('no use yarn instead of npm'), 'Use yarn instead of npm.');
});

test('inflected verbs are read', () => {
  const pairs = {
    editing: 'edit',
    committed: 'commit',
    running: 'run',
    wrote: 'write',
    made: 'make',
    copied: 'copy',
    using: 'use',
    table: undefined,
  };
  for (const [word, base] of Object.entries(pairs)) assert.equal(verbBase(word), base, word);
  assert.ok(isImperative('Run the linter first.'));
  assert.ok(!isImperative('The linter is slow.'));
});
