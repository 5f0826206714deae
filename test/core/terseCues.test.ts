/** What is typed with few words is noticed by its shape; tasks, questions and reports that look alike show no such sign. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { classify } from '../../src/core/capture/classify.ts';
import { isJudged } from '../../src/core/capture/evidence.ts';
import { featuresOf } from '../../src/core/capture/features.ts';
import { plainLower } from '../../src/core/capture/plainText.ts';
import { stripMessage } from '../../src/core/capture/strip.ts';
import { terseCues } from '../../src/core/capture/terseCues.ts';

const prev = 'I have added the gauge to the panel and connected it to the sensor.';
const featuresIn = (text: string): ReadonlyMap<string, number> =>
  featuresOf({ stripped: stripMessage(text, prev), prev, signals: [] });
const terseIn = (text: string): readonly string[] =>
  terseCues.flatMap(({ name }) => (featuresIn(text).has(name) ? [name] : []));

const wishes: Readonly<Record<string, readonly string[]>> = {
  conforms: [
    'all our gauges have a unit, this has none',
    'milliseconds like every other interval in here',
    'our headings are lower case, look at all the others',
    'same as the rest: one line, no dot',
  ],
  nothingBut: [
    'nothing from the old driver in new code',
    'nothing writes to the ledger except the importer',
    'keep the samples in memory, nothing on the card',
  ],
  thisOnly: ['a gif in the manual. line drawings only', 'ascii only please', 'i see three fonts. inter only'],
  bareContrast: [
    'send the changed rows not the whole sheet',
    'kelvin not celsius',
    'british spelling not american',
  ],
  arrow: ['pt -> mm', 'sensorName → sensor_name in the payload'],
  verdict: [
    'busy waiting is a no go',
    'parsing that by hand is asking for trouble. take the library',
    'prices have no business in the template',
    'a printout is not a report. write the file',
  ],
  isTheRule: ['two gauges in one file?? one per file is the rule', "verb first, that's how we do it"],
  movesAway: [
    "we're getting rid of the shell scripts, do it in python",
    'we moved everything to bazel in may',
  ],
  refused: ['Vec<Box<dyn Any>>? no. an enum', 'another helper file?? put it with the others'],
  everyArtefact: ['set a timeout in every handler', 'anything customers see goes past the editor'],
  remedy: [
    "i can't run this without the rig. pass the port in",
    'we lost a day over a swapped axis. name them',
    'it stopped at night and no idea why. log the code',
  ],
  whoPut: ['who put emoji in the log', 'why raw pixels in the theme, we have tokens'],
  reasonAsked: ['is there a reason you wrote the loop out? the helper does it'],
  isMine: ['show me the diff and stop there, the merge is mine', 'releasing is my job'],
  ownPlace: ['the rename in its own commit', 'can we do it without another package?'],
};

for (const [name, messages] of Object.entries(wishes))
  for (const message of messages)
    test(`${name}: “${message}” shows a reason and is judged`, () => {
      const features = featuresIn(message);
      assert.ok(features.has(name), `shows ${terseIn(message).join(', ') || 'none'}`);
      assert.ok(isJudged(stripMessage(message, prev).own, features));
    });

for (const message of [
  'add a gauge for the oil pressure',
  'our tests are slow, profile the first ten',
  'list the open valves',
  'is the page read only?',
  'run it again on the test rig',
  'it does not load',
  'failed to read the header: not found',
  'is it done?? i leave at noon',
  'why is the needle red',
  'who wrote the parser?',
  'we moved the meeting to friday',
  'move the parser into its own folder structure later, now show me the tree',
  'open settings -> account and tell me what you see',
  'that is not a problem, go on',
])
  test(`“${message}” shows none of these signs`, () => assert.deepEqual(terseIn(message), []));

test('a long text is not short with words', () => {
  const message = `${'The valve opens when the pump starts and closes when it stops. '.repeat(6)}kelvin not celsius`;
  assert.deepEqual(terseIn(message), []);
});

for (const message of [
  'a gif in the manual? line drawings only',
  "we're getting rid of the shell scripts, do it in python",
  'busy waiting is a no go',
  'why raw pixels in the theme, all our sizes are tokens',
  'set a timeout in every handler',
  'prices have no business in the template',
])
  test(`“${message}” is kept`, () => assert.notEqual(classify({ text: message, prev }).label, 'neither'));

for (const message of [
  'all our valves are on the second page, print it',
  'run it on the test rig only',
  'thanks, merge it',
])
  test(`“${message}” is not kept`, () => assert.equal(classify({ text: message, prev }).label, 'neither'));

test('no cue matches where its hint does not', () => {
  const lines = ['terse.txt', 'english.txt', 'routine.txt'].flatMap((name) =>
    readFileSync(`scripts/training/${name}`, 'utf8')
      .split('\n')
      .map((line) => plainLower(line.replace(/^[cdn][+-]?\|[^|]*\|/, ''))),
  );
  for (const { name, hint, pattern } of terseCues)
    for (const line of lines)
      if (pattern.test(line)) assert.equal(hint?.test(line), true, `${name}: ${line}`);
});
