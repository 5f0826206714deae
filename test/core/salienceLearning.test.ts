/** Gentle learning of what counts as salient: bounded, slow, from outcomes alone, and settled until more is known. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dayMs, type Memory } from '../../src/core/memory.ts';
import { equalWeights, salienceDimensions } from '../../src/core/salience/score.ts';
import { shareOf, weightsFact, weightsFrom } from '../../src/core/salience/weights.ts';
import { precision } from '../../src/core/sleep/precision.ts';
import { separation } from '../../src/core/sleep/salienceLearning.ts';
import { tunables } from '../../src/core/tunables.ts';
import { buildMemory, memoryId, noon } from '../support/builders.ts';
import { runPhase, type Scene } from '../support/phaseRun.ts';

const rule = buildMemory({ id: memoryId('r_proved'), alpha: 3 });

function episode(at: number, salience: Partial<Memory['salience']>, fields: Partial<Memory> = {}): Memory {
  return buildMemory({
    id: memoryId(`e_${String(at).padStart(4, '0')}`),
    kind: 'episode',
    text: `said ${at}`,
    createdAt: noon - 60 * dayMs + at,
    lastAccessedAt: noon - 60 * dayMs + at,
    sleptAt: noon - 59 * dayMs,
    ...fields,
    salience,
  });
}

/** `pairs` episodes behind the proved rule and as many behind nothing, with the salience that `of` gives. */
function outcomes(
  pairs: number,
  of: (at: number, worth: boolean) => Partial<Memory['salience']>,
  fields: Partial<Memory> = {},
): Scene {
  const worth = Array.from({ length: pairs }, (_, at) => episode(2 * at, of(at, true)));
  const idle = Array.from({ length: pairs }, (_, at) => episode(2 * at + 1, of(at, false), fields));
  return {
    memories: [rule, ...worth, ...idle],
    evidence: worth.map(({ id }) => ({ memory: rule.id, episode: id })),
  };
}

const telling = (at: number, worth: boolean) => ({
  conflict: worth ? 0.8 + (at % 7) / 100 : 0.2 + (at % 5) / 100,
  reward: worth ? 0.2 : 0.6,
  surprise: 0.4,
  arousal: worth ? 0.25 : 0.9,
});
const learned = (scene: Awaited<ReturnType<typeof runPhase>>) =>
  weightsFrom(scene.after.facts.get(weightsFact));

test('what told the proved from the idle counts for more, step by step, and arousal is left alone', async () => {
  const scene = outcomes(60, telling);
  const first = await runPhase(precision, scene);
  const weights = learned(first);
  assert.equal(weights.conflict, 1.1);
  assert.equal(weights.reward, 0.9);
  assert.equal(weights.surprise, 1);
  assert.equal(weights.arousal, 1);
  assert.match(first.report.detail, /120 episodes whose outcome is known.*conflict × 1\.10/);
  assert.ok(shareOf(weights, 'conflict') > shareOf(weights, 'reward'));

  const again = await runPhase(precision, { ...scene, facts: Object.fromEntries(first.after.facts) });
  assert.deepEqual(again.changes, [], 'a second sleep has nothing to add');

  const more = outcomes(80, telling);
  const later = learned(await runPhase(precision, { ...more, facts: Object.fromEntries(first.after.facts) }));
  assert.ok(later.conflict > weights.conflict && later.conflict < 1.5);
});

test('few outcomes, unproved rules, and episodes that may still come to something teach nothing', async () => {
  const { least, unprovedDays } = tunables.salienceLearning;
  assert.deepEqual((await runPhase(precision, outcomes(least - 1, telling))).changes, []);
  const unproved = outcomes(60, telling);
  const memories = unproved.memories.map((memory) =>
    memory.id === rule.id ? { ...memory, alpha: 1 } : memory,
  );
  assert.deepEqual((await runPhase(precision, { ...unproved, memories })).changes, []);
  const young = { createdAt: noon - (unprovedDays - 1) * dayMs };
  assert.deepEqual((await runPhase(precision, outcomes(60, telling, young))).changes, []);
  assert.deepEqual((await runPhase(precision, outcomes(60, telling, { accessCount: 1 }))).changes, []);
  const elsewhere = { inScope: ({ id }: Memory) => id === rule.id };
  assert.deepEqual((await runPhase(precision, outcomes(60, telling), elsewhere)).changes, []);
});

test('what does not hold for held-out episodes is not taken over', async () => {
  /* One half teaches that conflict tells; in the other it would spoil what reward makes good. */
  const scene = outcomes(60, (at, worth) =>
    at % 2 === 0
      ? { conflict: worth ? 0.9 : 0.1, reward: 0.5 }
      : { conflict: worth ? 0.25 : 0.75, reward: worth ? 0.75 : 0.25 },
  );
  const ran = await runPhase(precision, scene);
  assert.deepEqual(learned(ran), equalWeights);
  assert.match(ran.report.detail, /did not help with held-out ones/);
  const again = await runPhase(precision, { ...scene, facts: Object.fromEntries(ran.after.facts) });
  assert.deepEqual(again.changes, []);
});

test('whatever the outcomes, however often: weights stay within their bounds', async () => {
  const { lowest, highest } = tunables.salienceLearning;
  const value = fc.double({ min: 0, max: 1, noNaN: true });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(value, value, value), { minLength: 64, maxLength: 64 }),
      fc.integer({ min: 1, max: 8 }),
      async (drawn, nights) => {
        const of = (at: number, worth: boolean) => {
          const [surprise = 0, novelty = 0, conflict = 0] = drawn[(at + (worth ? 32 : 0)) % 64] ?? [];
          return { surprise, novelty, conflict };
        };
        let facts: Record<string, unknown> = {};
        for (let night = 0; night < nights; night++) {
          const ran = await runPhase(precision, { ...outcomes(32, of), facts });
          const weights = learned(ran);
          for (const name of salienceDimensions)
            assert.ok(weights[name] >= lowest && weights[name] <= highest, `${name} ${weights[name]}`);
          /* As if much more had become known. */
          facts = { [weightsFact]: { weights, known: 0 } };
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('separation is what counting all pairs gives', () => {
  const some = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(some, some, (ours, theirs) => {
      const build = (values: readonly number[]) =>
        values.map((value, at) => episode(at, { reward: value / 10 }));
      let above = 0;
      for (const one of ours) for (const other of theirs) above += one > other ? 1 : one === other ? 0.5 : 0;
      const found = separation(
        { worth: build(ours), idle: build(theirs) },
        ({ salience }) => salience.reward,
      );
      assert.ok(Math.abs(found - above / (ours.length * theirs.length)) < 1e-12);
    }),
  );
});

test('a fact that is no table of weights counts as none', () => {
  for (const value of [undefined, null, 7, [], {}, { weights: 'much' }, { weights: { conflict: 'x' } }])
    assert.deepEqual(weightsFrom(value), equalWeights);
  assert.equal(weightsFrom({ weights: { conflict: 40 } }).conflict, tunables.salienceLearning.highest);
});
