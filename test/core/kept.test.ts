/** What a night keeps of many memories in little room, against what it would be if it were kept as it is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import fc from 'fast-check';
import { keepLatest } from '../../src/core/latest.ts';
import { join, type Standing } from '../../src/core/sleep/crystallization/crystalStanding.ts';
import { createPage } from '../../src/core/sleep/crystallization/pages.ts';
import { patched } from '../../src/core/sleep/night/snapshot.ts';
import type { Change } from '../../src/core/sleep/phase.ts';
import { countsFor } from '../../src/core/text/background.ts';
import { profileOf } from '../../src/core/text/profile.ts';
import { createReadings, readingOf } from '../../src/core/text/reading.ts';
import { room } from '../../src/core/text/room.ts';
import { createCorpus } from '../../src/core/text/similarity.ts';
import { plus } from '../../src/core/text/vector.ts';
import { buildMemory, memoryId, noon } from '../support/builders.ts';

test('what is kept of the latest answers is what would be made anew, and what was asked for last is not made again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(9), { maxLength: 60 }), (most, asked) => {
      const made: number[] = [];
      const twice = keepLatest(most, (key: number) => {
        made.push(key);
        return { twice: key * 2 };
      });
      for (const [at, key] of asked.entries()) {
        const before = made.length;
        assert.deepEqual(twice(key), { twice: key * 2 });
        const lately = new Set(asked.slice(0, at).slice(-most));
        if (lately.has(key)) assert.equal(made.length, before);
      }
    }),
  );
});

test('of many readings each is as it was read', () => {
  const words = fc.array(
    fc.constantFrom('use', 'never', 'the', 'cache', 'deploy', '@docs/style.md', ',', 'tests', 'you'),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 20 }), (said) => {
      const all = said.map((one) => readingOf(profileOf(buildMemory({ text: one.join(' ') }))));
      const readings = createReadings();
      for (const reading of all) readings.add(reading);
      assert.equal(readings.size(), all.length);
      for (const [at, reading] of all.entries()) assert.deepEqual(readings.at(at), reading);
      assert.throws(() => readings.at(all.length), RangeError);
    }),
  );
});

test('counts are right however high they go', () => {
  const counts = countsFor(10);
  const naive = new Map<number, number>();
  fc.assert(
    fc.property(fc.nat(20), fc.integer({ min: 1, max: 400 }), (slot, times) => {
      for (let time = 0; time < times; time++) counts.add(slot);
      naive.set(slot, (naive.get(slot) ?? 0) + times);
      for (let one = 0; one <= 21; one++) assert.equal(counts.of(one), naive.get(one) ?? 0);
    }),
    { numRuns: 40 },
  );
  counts.clear();
  for (let one = 0; one <= 21; one++) assert.equal(counts.of(one), 0);
});

test('a vector that was let go is made again as it was', () => {
  const memories = Array.from({ length: 13_000 }, (_, at) =>
    buildMemory({ text: `keep the ${at % 700} headers in module${at % 97}` }),
  );
  const { vectors } = createCorpus(memories);
  const first = vectors.at(0);
  for (let at = 1; at < vectors.size; at++) vectors.at(at);
  const again = vectors.at(0);
  assert.notEqual(again, first, 'it was not kept all the time');
  assert.deepEqual(again, first);
  assert.equal(vectors.at(vectors.size).ids.length, 0);
});

test('what is found project by project is told in the order in which it was said', async () => {
  const forget = (name: string): Change => ({ type: 'fact', key: name, value: undefined, why: 'w' });
  const found = fc.uniqueArray(
    fc.record({ position: fc.nat(5000), changes: fc.array(fc.string().map(forget), { maxLength: 3 }) }),
    { selector: ({ position }) => position, maxLength: 200 },
  );
  await fc.assert(
    fc.asyncProperty(found, async (entries) => {
      const page = createPage();
      for (const { position, changes } of entries) page.add(position, changes);
      assert.deepEqual(
        await page.inOrder(async () => undefined),
        entries.toSorted((a, b) => a.position - b.position).flatMap(({ changes }) => changes),
      );
    }),
  );
});

test('short lists share a buffer, and a long one that stays keeps no other alive', () => {
  const [one, other] = [room(400), room(400)];
  assert.equal(one.buffer, other.buffer);
  assert.notEqual(one.offset, other.offset);
  assert.equal(room(40_000).buffer.byteLength, 40_000);
});

test('what is said for a lesson stays in a buffer of its own, and keeps none of what was made on the way to it', () => {
  const corpus = createCorpus(
    ['never mock the clock', 'never mock the database', 'the clock is never mocked'].map((text) =>
      buildMemory({ text, lesson: { statement: text } }),
    ),
  );
  const [first] = corpus.memories;
  assert.ok(first !== undefined);
  const lesson: Standing = {
    memory: first,
    sum: corpus.vectors.at(0),
    length: 1,
    utterances: new Set(),
    episodes: new Set(),
    joinedAt: 0,
  };
  const expected = [1, 2].reduce((sum, at) => plus(sum, corpus.vectors.at(at)), lesson.sum);
  for (const at of [1, 2]) join(lesson, corpus, at);
  assert.deepEqual(lesson.sum, expected);
  assert.ok(lesson.sum.ids.length > 0);
  assert.equal(lesson.sum.ids.buffer.byteLength, lesson.sum.ids.length * 12);
});

test('memories that changed alike are laid out alike, and none as a table', () => {
  setFlagsFromString('--allow-natives-syntax');
  const laidOutAlike = new Function('a', 'b', 'return %HaveSameMap(a, b)');
  const isPlain = new Function('memory', 'return %HasFastProperties(memory)');
  setFlagsFromString('--no-allow-natives-syntax');
  const memories = Array.from({ length: 200 }, (_, at) =>
    [
      { sleptAt: noon },
      { status: 'archived', replacedBy: memoryId('m_one') } as const,
      { contradictedBy: memoryId('e_one') },
      { contradictedBy: null },
    ].reduce(patched, buildMemory({ text: `note ${at}` })),
  );
  const last = memories.at(-1);
  const slept = memories.map((_, at) => patched(buildMemory({ text: `note ${at}` }), { sleptAt: noon }));
  assert.ok(memories.every((memory) => isPlain(memory)));
  /* The engine has to see some before it knows what they have in common. */
  assert.ok(memories.filter((memory) => laidOutAlike(memory, last)).length > 150);
  assert.ok(slept.filter((memory) => laidOutAlike(memory, slept.at(-1))).length > 150);
});
