/** Which trouble a sentence speaks of. The sentences are made up; none is one the cues were written beside. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tracesOf } from '../../src/core/sleep/dream/dreamReading.ts';
import { lessonSchemas } from '../../src/core/sleep/dream/dreamSchemas.ts';
import { buildMemory } from '../support/builders.ts';

const read = (text: string) => tracesOf(buildMemory({ kind: 'episode', text, label: 'correction' }));
const side = (text: string, schema: string) => read(text).find((trace) => trace.schema.name === schema)?.side;

/** By schema: sentences in which it went wrong, and those that ask for what mends it. */
const spoken: Readonly<
  Record<string, { readonly problem?: string; readonly remedy?: string; readonly reverse?: string }>
> = {
  'wrong-place': {
    problem: 'you just deployed this to the production cluster',
    remedy: 'install the packages in the virtualenv, not in the system environment',
  },
  'home-of-a-file': { remedy: 'fixtures belong in the testdata folder' },
  'chosen-tool': { problem: 'why are you using yarn here', remedy: 'use httpx instead of requests' },
  'runtime-version': {
    problem: 'that plugin is no longer supported on Java 8',
    remedy: 'pin the terraform version',
  },
  'companion-step': {
    problem: 'why did you not also bump the chart version? you forgot to tag the release',
    remedy: 'whenever you change the schema, regenerate the client',
  },
  'order-of-steps': { remedy: 'make sure to back up the table before dropping a column' },
  'more-than-asked': {
    problem: 'I never asked you to reformat the whole module',
    remedy: 'do not touch anything outside the parser',
  },
  'removed-what-was-needed': {
    problem: 'you deleted the licence headers',
    remedy: 'the old endpoint must stay until March',
  },
  'every-place-of-a-change': {
    problem: 'the mobile client still uses the old field name',
    remedy: 'rename the setting in all the callers',
  },
  'bigger-than-needed': {
    problem: 'a plugin system is overkill for two formats',
    remedy: 'keep it simple, one function is enough',
    reverse: 'we must keep backwards compatibility for the public client',
  },
  'one-thing-at-a-time': { remedy: 'put the typo fix into a separate commit' },
  'one-source-of-truth': {
    problem: 'the price is hard-coded in the invoice',
    remedy: 'read the timeout from a shared constant',
  },
  'made-twice': {
    problem: 'we already have a date formatter in the common package',
    remedy: 'reuse the existing client rather than creating another',
  },
  'record-kept-up': {
    problem: 'the readme is out of date since the rename',
    remedy: 'add the new flag to the docs',
  },
  'claimed-unchecked': {
    problem: 'you said the page loads but it is blank',
    remedy: 'verify that the export really works before you go on',
  },
  'failure-not-reproduced': {
    problem: 'the upload is still failing on Safari',
    remedy: 'write a failing test first',
  },
  'change-without-a-test': {
    problem: 'why is there no test for the retry logic',
    remedy: 'cover the empty basket with a unit test',
    reverse: 'you can skip the tests for this prototype',
  },
  'stand-in-for-the-real-thing': {
    problem: 'that is a meaningless test, it asserts a constant',
    remedy: 'never mock the payment gateway',
    reverse: 'use a stub for the mail server',
  },
  'guessed-not-looked-up': {
    problem: 'axios does not have a `retry` option',
    remedy: 'look up the signature in the manual',
  },
  'error-passed-over': {
    problem: 'you are swallowing exceptions in the worker',
    remedy: 'never disable a failing test',
    reverse: 'you may skip the hooks for this one commit',
  },
  'command-that-hung': {
    problem: 'the migration has been hanging for ten minutes',
    remedy: 'use a timeout for the health check',
  },
  'shared-resource': { problem: 'somebody else is editing the lock file right now' },
  'asked-instead-of-acting': {
    problem: 'stop asking whether to continue',
    remedy: 'run the migration yourself',
    reverse: 'ask me before you delete a branch',
  },
  'acted-instead-of-asking': {
    problem: 'you merged the branch without my approval',
    remedy: 'explain the plan before you change the schema',
    reverse: 'no need to ask for that',
  },
  'form-of-an-answer': {
    problem: 'this is not valid json',
    remedy: 'give me the list as a markdown table in one code block',
  },
  'words-about-a-change': { remedy: 'the commit message should name the ticket' },
  'name-against-the-custom': {
    problem: 'that is a misleading name',
    remedy: 'name the package like the others',
  },
  'too-many-words': {
    problem: 'the summary is too long',
    remedy: 'keep answers short',
    reverse: 'add more detail on the risks',
  },
  'instruction-not-followed': {
    problem: 'you did not follow the style guide',
    remedy: 'follow the contributing guidelines',
  },
  'lesson-not-written-down': {
    problem: 'you will not remember that tomorrow',
    remedy: 'add a rule about this to the project',
  },
  'secret-in-the-open': {
    problem: 'you committed the database password',
    remedy: 'never print an api key in the logs',
  },
  'tangled-layers': {
    problem: 'there is business logic inside the controller',
    remedy: 'extract the pricing from the view into a class',
  },
  'taken-for-another': {
    problem: 'that is not what I meant by the ferry list',
    remedy: 'where something is unclear, ask me',
  },
  'part-left-out': {
    problem: 'you skipped the second question. the summary only mentions the harbour',
    remedy: 'answer each of my questions',
  },
  'unlike-its-neighbours': {
    problem: 'this page does not look like the other pages',
    remedy: 'look at how the other parsers do it',
  },
  'left-behind': {
    problem: 'you left some print statements and code in the parser',
    remedy: 'delete the temporary export scripts',
  },
  'not-in-the-commit': {
    problem: 'there are uncommitted changes in the harbour module',
    remedy: 'make sure everything is pushed',
  },
  'failure-hard-to-read': { problem: 'that is a cryptic error', remedy: 'show a clearer error message' },
};

test('every schema knows its trouble and its remedy in sentences it has not seen', () => {
  assert.deepEqual(Object.keys(spoken).sort(), lessonSchemas.map(({ name }) => name).sort());
  const missed = Object.entries(spoken).flatMap(([schema, sides]) =>
    Object.entries(sides)
      .filter(([expected, text]) => side(text, schema) !== expected)
      .map(([expected, text]) => `${schema} ${expected}: ${text} → ${side(text, schema)}`),
  );
  assert.deepEqual(missed, []);
});

test('ordinary talk speaks of no trouble', () => {
  for (const text of [
    'please add a chart of sales by month',
    'what does this function return?',
    'thanks, that looks great',
    'now implement the login page',
    'the report has three sections and an appendix',
    'let us continue with step two',
    'repeat that answer in a second window',
    'the new text still mentions that prices went up',
    'I really want to see the map first',
    'pass the list of harbours to the server',
    'write the greeting from scratch in code',
    'I do not see the other two buttons',
    'build the ferry list, it is not short',
    'call it ferry for now',
    'type the name of the harbour where the boat lies',
    'the call to action should be a ticket',
    'find and remove the duplicate rows of the table',
    'error: relation "ferries" already exists',
    'are you sure thirty seconds is enough time?',
    'none of the ferries are still running, list them',
    'for an empty list, do not return harbour://none',
    'we will still use the old flag',
    'the address was a mismatch',
    'make these and any other changes you find useful to the map',
  ])
    assert.deepEqual(
      read(text).map(({ schema }) => schema.name),
      [],
      text,
    );
});

test('one trouble is told in many ways', () => {
  for (const [text, schema, expected] of [
    ['why not just read the table directly', 'chosen-tool', 'remedy'],
    ['send it as a mail instead of through the form', 'chosen-tool', 'remedy'],
    ['move the tide table to data/ to be with other tables', 'home-of-a-file', 'remedy'],
    ['always create fixtures in the `test/data` folder', 'home-of-a-file', 'remedy'],
    ['could the export be put somewhere other than the desktop?', 'home-of-a-file', 'problem'],
    ['there is another implementation in the ferry module', 'made-twice', 'problem'],
    ['why do you keep dropping and recreating the table', 'made-twice', undefined],
    ['I do not think that is a real test', 'stand-in-for-the-real-thing', 'problem'],
    ['it sat there without any feedback', 'command-that-hung', 'problem'],
    ['test the core logic, not the view', 'tangled-layers', 'remedy'],
    ['the clock should be passed as an argument', 'tangled-layers', 'remedy'],
  ] as const)
    assert.equal(side(text, schema), expected, text);
});

test('what is denied is not asked for', () => {
  assert.equal(side('we do not need to keep backwards compatibility', 'bigger-than-needed'), 'remedy');
  assert.equal(
    side('never use a stub for the mail server', 'stand-in-for-the-real-thing') === 'reverse',
    false,
  );
});

test('what its owner did is told, not asked for', () => {
  const reverse = (text: string) => side(text, 'stand-in-for-the-real-thing') === 'reverse';
  assert.equal(reverse('use a stub for the mail server'), true);
  assert.equal(reverse('so I used a stub for the mail server'), false);
  assert.equal(reverse('yesterday we used a mock for the payment gateway'), false);
});

test('output of programs is not quoted, nor a template that stands in several messages', () => {
  assert.deepEqual(read('Error: request timed out after 30000ms'), []);
  assert.deepEqual(read('**Clean up:** you deleted the licence headers from every file'), []);
  const template = 'Be concise and never use a stub for anything at all.';
  const texts = [1, 2].map((n) =>
    `${template}\nThe ${n}. page of the shop is empty since the last release, and the menu too. `.repeat(1),
  );
  const [first] = texts.map((text) => buildMemory({ kind: 'episode', text }));
  assert.ok(first);
  assert.ok(tracesOf(first).some(({ quote }) => quote.startsWith('Be concise')));
  assert.ok(!tracesOf(first, new Set([template])).some(({ quote }) => quote.startsWith('Be concise')));
});

test('a quote is the owner’s sentence without what is only talk', () => {
  const [trace] = read('ok, but actually you deleted the licence headers. thanks');
  assert.equal(trace?.quote, 'you deleted the licence headers');
  assert.ok((trace?.telling ?? 0) >= 0.5);
  const [deep] = read('you deleted the headers of docs/guide/harbour/tides.md');
  assert.ok((deep?.telling ?? 0) < (trace?.telling ?? 0), 'a file deep in a tree is of one place only');
  const [pointing] = read('you deleted it');
  assert.ok((pointing?.telling ?? 0) < 0.5);
});
