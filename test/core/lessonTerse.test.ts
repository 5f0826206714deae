/** What was said with few words is told as a sentence that others would have written. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spelledOut } from '../../src/core/capture/lessonTerse.ts';
import { extractLesson } from '../../src/core/capture/statement.ts';

const lessonOf = (own: string) =>
  extractLesson({
    own,
    quoted: '',
    failure: undefined,
    prev: 'I have added the gauge to the panel.',
    begins: false,
    label: 'correction',
  });

const told: readonly (readonly [said: string, statement: string, wrong?: string, right?: string])[] = [
  ['a gif in the manual? line drawings only', 'Use line drawings only.'],
  ['metric units only please', 'Use metric units only.'],
  ['kelvin not celsius', 'Use kelvin, not celsius.', 'celsius', 'kelvin'],
  [
    'send me the rows you changed not the whole sheet',
    'Send me the rows you changed, not the whole sheet.',
    'the whole sheet',
  ],
  ['pt → mm', 'Use mm, not pt.', 'pt', 'mm'],
  ['gaugeName -> gauge_name in the payload', 'Use gauge_name in the payload, not gaugeName.', 'gaugeName'],
  [
    'busy waiting is a no go. an interrupt',
    'Use an interrupt, not busy waiting.',
    'busy waiting',
    'an interrupt',
  ],
  ['sleep in a handler is asking for trouble', 'Do not use sleep in a handler.'],
  ['prices have no business in the template', 'Do not put prices in the template.'],
  ['verb first is the convention here', 'Keep to verb first.'],
  ["one gauge per file, that's how we do it", 'Keep to one gauge per file.'],
  [
    "we're getting rid of the shell scripts, do it in python",
    'Do not use the shell scripts; do it in python.',
  ],
  ['a makefile?? we moved everything to bazel in may', 'Use bazel.'],
  ['Vec<Box<dyn Any>>? no. an enum', 'Use an enum, not Vec<Box<dyn Any>>.', 'Vec<Box<dyn Any>>', 'an enum'],
  ['why raw pixels in the theme, we have tokens', 'Use tokens, not raw pixels in the theme.'],
  ['why Celsius in this table, all our readings are in kelvin', 'Make sure all our readings are in kelvin.'],
  ['why is the gap 7pt? mm please, the sheet is in mm', 'Use mm. The sheet is in mm.'],
  [
    'nothing writes to the ledger except the importer',
    'Make sure nothing writes to the ledger except the importer.',
  ],
  ['add the gauge. nothing from the old driver in new code', 'Use nothing from the old driver in new code.'],
  ['new fee field. cents like every other amount in here', 'Use cents like every other amount in here.'],
  ['where do i put the key? -> ask the vault for it at start', 'Ask the vault for it at start.'],
];
for (const [said, statement, wrong, right] of told)
  test(`“${said}” is told as “${statement}”`, () => {
    const lesson = lessonOf(said);
    assert.equal(lesson.statement, statement);
    if (wrong !== undefined) assert.equal(lesson.wrong, wrong);
    if (right !== undefined) assert.equal(lesson.right, right);
  });

for (const said of [
  'the gauge is not visible',
  'run it on the bench only',
  'the tests pass not the build',
  'is the page read only?',
  'a.txt -> b.txt and c.txt -> d.txt moved',
  'it shows the dial only',
  'our gauges are still broken',
  'all our valves are failing',
])
  test(`“${said}” stays as it was said`, () => assert.deepEqual(spelledOut([said]), [said]));

test('in a long message nothing is spelled out', () => {
  const long = [
    ...Array.from({ length: 8 }, () => 'The valve opens when the pump of the rig starts.'),
    'kelvin not celsius',
  ];
  assert.deepEqual(spelledOut(long), long);
});
