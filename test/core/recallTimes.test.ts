import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { MemoryStore } from '../../src/core/ports.ts';
import { createRecall } from '../../src/core/recall/recall.ts';
import { timeFit, timesIn } from '../../src/core/recall/times.ts';
import { buildMemory, fixedClock, memoryId, project } from '../support/builders.ts';
import { createNaiveStore } from '../support/naiveStore.ts';

const now = Date.UTC(2024, 4, 15, 12);
const at = (year: number, month: number, day: number) => Date.UTC(year, month - 1, day, 18);
const fitOf = (text: string, moment: number) => timeFit(moment, timesIn(text, now).spans);

test('a date is read in the ways people write it, and fits its own day best', () => {
  for (const text of [
    'What broke on 3 June 2023?',
    'What broke on June 3rd, 2023?',
    'What broke on the 3rd of June, 2023?',
    'what did we settle on 2023-06-03',
  ]) {
    assert.equal(fitOf(text, at(2023, 6, 3)), 1, text);
    const later = fitOf(text, at(2023, 6, 6));
    assert.ok(later > 0.5 && later < 1, text);
    assert.ok(fitOf(text, at(2023, 7, 20)) < 0.02, text);
    assert.equal(fitOf(text, at(2023, 5, 20)), 0, text);
  }
});

test('a month fits all of its days; without a year, those of every year', () => {
  assert.equal(fitOf('what was said in March 2022?', at(2022, 3, 31)), 1);
  assert.ok(fitOf('what was said in March 2022?', at(2023, 3, 31)) < 1e-6);
  for (const year of [2021, 2022, 2024])
    assert.equal(fitOf('which library did we drop in March?', at(year, 3, 9)), 1);
  assert.ok(fitOf('which library did we drop in December?', at(2024, 1, 4)) > 0.5);
  assert.equal(fitOf('what went wrong in 2021?', at(2021, 11, 2)), 1);
});

test('what is said from today is reckoned from the clock', () => {
  assert.equal(fitOf('what did I decide yesterday?', at(2024, 5, 14)), 1);
  assert.equal(fitOf('what did I decide two weeks ago?', at(2024, 5, 1)), 1);
  assert.equal(fitOf('what did I decide last month?', at(2024, 4, 12)), 1);
  assert.equal(fitOf('what did I decide last month?', at(2023, 4, 12)), 0);
});

test('words that only look like a time are none', () => {
  for (const text of [
    'may I march on?',
    'use version 2.12.2023 of the parser',
    'Where is June?',
    'march through the queue in order',
    'the May-Fly component',
    `${'line of a log '.repeat(30)} 2023-06-03`,
  ])
    assert.deepEqual(timesIn(text, now).spans, [], text);
});

test('property: any text is read, and a fit is a share', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 80 }),
      fc.constantFrom('on 31 February 2020', 'in June', 'last week', '9 days ago', '2020-13-45', ''),
      fc.date({ noInvalidDate: true }),
      (text, time, moment) => {
        const fit = fitOf(`${text} ${time}`, moment.getTime());
        assert.ok(fit >= 0 && fit <= 1);
      },
    ),
  );
});

test('a question that names a time finds what was remembered then, whose words need not say it', async () => {
  const said = (id: string, createdAt: number) =>
    buildMemory({
      kind: 'episode',
      id: memoryId(id),
      text: 'We chose another queue for the mail worker.',
      createdAt,
      lastAccessedAt: createdAt,
    });
  const all = [said('e_1', at(2023, 6, 3)), said('e_2', at(2023, 9, 12)), said('e_3', at(2024, 1, 20))];
  const { recall } = createRecall({
    memories: createNaiveStore(all).memories as unknown as MemoryStore,
    clock: fixedClock(now),
  });
  for (const [when, id] of [
    ['on 3 June 2023', 'e_1'],
    ['in September', 'e_2'],
    ['in January 2024', 'e_3'],
  ] as const) {
    const { results } = await recall({
      text: `Which queue was chosen for the mail worker ${when}?`,
      project: project('/home/ada/one'),
    });
    assert.equal(results[0]?.memory.id, id, when);
  }
});
