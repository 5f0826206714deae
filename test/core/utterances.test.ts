import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { utterancesOf } from '../../src/core/sleep/crystallization/utterances.ts';
import { buildMemory } from '../support/builders.ts';

const said = (text: string, fields: Parameters<typeof buildMemory>[0] = {}) =>
  utterancesOf(buildMemory({ kind: 'episode', text, ...fields }));
const texts = (text: string) => said(text).map((utterance) => utterance.text);

test('a task and a lesson in one message are two utterances of one episode', () => {
  const utterances = said(
    'Add a column for the discount to the invoice table. Please do not touch the seed scripts while you are at it.',
  );
  assert.equal(utterances.length, 2);
  assert.equal(new Set(utterances.map(({ id }) => id)).size, 1);
  assert.match(utterances[1]?.text ?? '', /seed scripts/);
});

test('what is always to be done after a task at hand is an utterance of its own', () => {
  assert.deepEqual(
    texts(
      'remove the keeper and the tide from the harbour report and always take the boats from the register',
    ),
    ['remove the keeper and the tide from the harbour report', 'always take the boats from the register'],
  );
});

test('a short message is one utterance, and a reason stays with what it is a reason for', () => {
  assert.deepEqual(texts('No. Use the staging cluster.'), ['No. Use the staging cluster.']);
  const [first, ...more] = texts(
    'Never push the generated client to the repository. It is rebuilt by the release job. Then rename the header of the report.',
  );
  assert.match(first ?? '', /generated client.*release job/);
  assert.equal(more.length, 1);
});

test('praise, logs and headings are nobody’s lesson', () => {
  const all = texts(
    'Looks good!\n## Summary of the run\n2025-02-03T10:11:12.123Z npm warn deprecated glob@7.0.0\nPlease keep the port in the config file\nand run the linter before every commit',
  ).join(' | ');
  assert.doesNotMatch(all, /Looks good|npm warn|Summary/);
  assert.match(all, /port in the config file/);
  assert.match(all, /linter/);
});

test('only the sentence that says so is lasting, and the lesson belongs to the sentence it was read from', () => {
  const utterances = said(
    'The total on the dashboard is off by one cent again. From now on always round amounts with the money module.',
    { standing: true, lesson: { statement: 'Always round amounts with the money module.' } },
  );
  assert.deepEqual(
    utterances.map(({ standing }) => standing),
    [false, true],
  );
  assert.deepEqual(
    utterances.map(({ lesson }) => lesson.statement !== ''),
    [false, true],
  );
});

test('every message: its utterances have its identity and scope, say nothing it does not say, and are always the same', () => {
  const word = fc.constantFrom(
    ...'never always use don’t push the seeds staging cluster. and also, make sure tests because it\n- `npm run` @style.md why? ; 1. ok'.split(
      ' ',
    ),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), fc.boolean(), (words, standing) => {
      const episode = buildMemory({ kind: 'episode', text: words.join(' '), standing });
      const utterances = utterancesOf(episode);
      assert.ok(utterances.length >= 1);
      const known = new Set(episode.text.match(/[\p{L}\p{N}]+/gu));
      for (const utterance of utterances) {
        assert.equal(utterance.id, episode.id);
        assert.deepEqual(utterance.scope, episode.scope);
        for (const part of utterance.text.match(/[\p{L}\p{N}]+/gu) ?? []) assert.ok(known.has(part), part);
        assert.ok(!utterance.standing || standing);
      }
      assert.deepEqual(utterancesOf(episode), utterances);
    }),
    { numRuns: 300 },
  );
});

test('the further orders told with a lesson are not compared with it', () => {
  const told = 'Stack the crates in the shed. Paint the lids with the grey varnish.';
  const [whole] = said('stack the crates in the shed', { lesson: { statement: told } });
  assert.equal(whole?.lesson.statement, 'Stack the crates in the shed.');
  const utterances = said(
    'Please stack the crates in the shed as we agreed. Then paint the lids of them with the grey varnish.',
    { lesson: { statement: told, wrong: 'left outside' } },
  );
  assert.deepEqual(
    utterances.map(({ lesson }) => lesson.statement),
    ['Stack the crates in the shed.', ''],
  );
});
