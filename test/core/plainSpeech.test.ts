/** What people say around an order, and orders that do not look like one. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { extractLesson } from '../../src/core/capture/statement.ts';
import { standsAsRule } from '../../src/core/sleep/crystallization/ruleSentence.ts';
import { ordersIn } from '../../src/core/text/imperative.ts';
import { plainly, withoutExamples } from '../../src/core/text/plainSpeech.ts';

const statementOf = (own: string) =>
  extractLesson({ own, quoted: '', prev: '', label: 'correction' }).statement;

describe('plain speech', () => {
  const said: readonly (readonly [said: string, statement: string])[] = [
    ['Always, and I mean always, water the ferns in the morning.', 'Always water the ferns in the morning.'],
    ['We never, and I repeat never, print salaries.', 'Never print salaries.'],
    [
      'Invoices, like bills and receipts, must never be renumbered by hand.',
      'Never renumber invoices by hand.',
    ],
    [
      'Widgets, for example the round ones, should always show their unit, not a bare figure.',
      'Make sure widgets show their unit, not a bare figure.',
    ],
    [
      'All "till operations", like opening a drawer or voiding a sale, always take place in the shop, not the depot.',
      'Make sure all "till operations" always take place in the shop, not the depot.',
    ],
    [
      'Please add a rule that says releases should always happen on the test bench first.',
      'Make sure releases happen on the test bench first.',
    ],
    ['Can you make a rule that says parcels must be weighed twice?', 'Weigh parcels twice.'],
    ['Write down somewhere that we never deliver on Sundays.', 'Never deliver on Sundays.'],
    [
      "Let's make it a rule that recipes are tasted by two people.",
      'Make sure recipes are tasted by two people.',
    ],
    ['Create a task to ensure that every label has a barcode.', 'Make sure every label has a barcode.'],
    ['The team has agreed to keep the glossary in Welsh.', 'Keep the glossary in Welsh.'],
    [
      'For the third time, the keys live next to the door, not in a drawer.',
      'Keep the keys next to the door, not in a drawer.',
    ],
    [
      "I've told you three times: no exclamation marks in headlines!",
      'Do not use exclamation marks in headlines.',
    ],
    ['Opening hours go into TOML, never YAML', 'Put opening hours into TOML, not YAML.'],
    [
      'Hey, we talked about this: the till talks to the bank, not to the printer',
      'Make sure the till talks to the bank, not to the printer.',
    ],
    ["Don't you dare repaint the facade.", 'Never repaint the facade.'],
    [
      'why on earth are you mocking the scales in the kitchen tests',
      'Do not mock the scales in the kitchen tests.',
    ],
    ['Could you not put prices into the templates?', 'Do not put prices into the templates.'],
    ["I'd rather you asked me before you order new parts.", 'Ask before you order new parts.'],
    ['you should have asked before deleting the old menus', 'Ask before deleting the old menus.'],
    ['Our house style wants sentence case in headings.', 'Use sentence case in headings.'],
    ['The word "cheap" is banned in the catalogue.', 'Do not use the word "cheap" in the catalogue.'],
    ["That's not how we name rooms here - it's floor/<number>", 'Name rooms as floor/<number>.'],
    ['My preference is short letters.', 'Prefer short letters.'],
    ["you're supposed to check the locks after every shift!", 'Check the locks after every shift.'],
    [
      'I always want to see the plan before you touch the wiring.',
      'Always show the plan before you touch the wiring.',
    ],
    ['Tables should have a heading, okay?', 'Make sure tables have a heading.'],
    ['Do not guess addresses; look them up.', 'Do not guess addresses; look them up.'],
    ['Never use `gets`, like ever.', 'Never use `gets`.'],
    ["don't use staples, this project uses clips", 'Use clips instead of staples.'],
    ["Don't touch the moulds folder, the press generates it", 'Do not touch the moulds folder.'],
    ['For charts use bars everywhere.', 'For charts, use bars everywhere.'],
    [
      'Only touch files below packages/shop unless I tell you otherwise.',
      'Only touch files below packages/shop unless told otherwise.',
    ],
  ];
  for (const [own, statement] of said)
    test(own, () => {
      assert.equal(statementOf(own), statement);
      assert.equal(standsAsRule(statement), true);
    });

  test('what is no such turn of phrase stays as it was said', () => {
    for (const sentence of [
      'No errors in the console, but the page is blank.',
      'No delete the logs.',
      'Add a rule that prevents double booking.',
      'Is this ok?',
      'Run it like the other one should run.',
      'We never said so.',
    ])
      assert.equal(plainly(sentence), sentence);
    assert.equal(withoutExamples('Sort the list, like before. Done?'), 'Sort the list, like before. Done?');
  });

  test('orders are read the same way out of a whole message', () => {
    assert.deepEqual(
      ordersIn('Look, the shelves are full. Please note: never ever stack glass!').map(({ text }) => text),
      ['Never stack glass.'],
    );
    assert.deepEqual(ordersIn('Generated clients belong in gen/.'), []);
  });
});

describe('what is turned down and what instead, without a verb', () => {
  for (const [said, plain] of [
    ['no inline styles pls, utility classes', 'use utility classes, not inline styles'],
    ['no magic numbers, named constants!', 'use named constants, not magic numbers'],
    ['no css={{}} please, theme tokens', 'use theme tokens, not `css={{}}`'],
    [
      'no spreadsheets for our own accounts, ledger files',
      'use ledger files, not spreadsheets for our own accounts',
    ],
    ["we don't use cranes for small boats, trailers", 'use trailers, not cranes for small boats'],
    ['metres please, the whole map is in metres', 'use metres'],
  ] as const)
    test(said, () => assert.equal(plainly(said), plain));
  for (const said of [
    'no, use oars',
    "don't use the crane, it squeaks",
    "don't use cranes, ask first",
    'no luck, same error',
    'no errors in the log, all good',
    'no worries, later',
    'no change, still red',
    'no idea, maybe the cache',
    'one more please, the whole team is waiting',
  ])
    test(`${said}: nothing of the kind`, () => assert.doesNotMatch(plainly(said), /^use /));
});
