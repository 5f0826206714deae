/** How well a memory holds: what it starts with, what time takes and what use gives. The numbers are those of the design. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { episodeFrom } from '../../src/core/capture/episode.ts';
import {
  dayMs,
  effectiveStrength,
  type MemoryLabel,
  memoryLabels,
  precisionOf,
} from '../../src/core/memory.ts';
import { reinforced, strengthened } from '../../src/core/reinforcement.ts';
import { crystallization } from '../../src/core/sleep/crystallization.ts';
import { linkWeight } from '../../src/core/sleep/night/living.ts';
import { tunables } from '../../src/core/tunables.ts';
import { buildMemory, memoryId, noon, project, testIds } from '../support/builders.ts';
import { runPhase } from '../support/phaseRun.ts';

const near = (got: number, expected: number) =>
  assert.ok(Math.abs(got - expected) < 1e-9, `${got} for ${expected}`);

const born = (label: MemoryLabel) =>
  episodeFrom(
    {
      text: 'use pnpm here',
      label,
      scope: { level: 'project', project: project('/one') },
      lesson: { statement: 'Use pnpm here.' },
      source: { assistant: 'claude-code' },
      salience: buildMemory().salience,
      confidence: 0.8,
      standing: false,
      oneOff: false,
      at: noon,
    },
    { ids: testIds, tokenizer: { count: (text) => text.length } },
  );

test('what happened begins as strong, and fades as fast, as its kind', () => {
  const starts = memoryLabels.map((label) => {
    const { strength, rate, tier, kind } = born(label);
    assert.deepEqual([tier, kind], ['fast', 'episode']);
    return [label, strength, rate];
  });
  assert.deepEqual(starts, [
    ['correction', 0.8, 0.993],
    ['decision', 0.85, 0.995],
    ['preference', 0.7, 0.998],
    ['fix', 0.75, 0.99],
    ['outcome', 0.4, 0.95],
  ]);
});

test('what is concluded begins as strong, and fades as fast, as its kind', async () => {
  const said = (label: MemoryLabel, text: string) =>
    ['s1', 's2', 's3'].map((session, index) =>
      buildMemory({
        id: memoryId(`e_${label}${index}`),
        kind: 'episode',
        label,
        text,
        source: { session },
        createdAt: noon + index * dayMs,
      }),
    );
  const lessonOf = async (label: MemoryLabel, text: string) => {
    const { after } = await runPhase(crystallization, { memories: said(label, text) });
    const lesson = after.memories.find(({ kind }) => kind === 'rule' || kind === 'skill');
    return [lesson?.kind, lesson?.tier, lesson?.strength, lesson?.rate];
  };
  assert.deepEqual(await lessonOf('correction', 'you should deploy to the staging cluster, not production'), [
    'rule',
    'slow',
    0.85,
    0.998,
  ]);
  assert.deepEqual(
    await lessonOf('fix', 'EADDRINUSE on port 5173: stop the old dev server before starting the preview'),
    ['skill', 'mid', 0.8, 0.997],
  );
  assert.deepEqual(tunables.start.insight, { strength: 0.9, rate: 0.997 });
});

const memories = fc.record({
  strength: fc.double({ min: 0, max: 1, noNaN: true }),
  rate: fc.double({ min: 0.5, max: 1, noNaN: true }),
  accessCount: fc.integer({ min: 0, max: 30 }),
  days: fc.integer({ min: 0, max: 300 }),
  pinned: fc.boolean(),
});

test('each day takes its share, of what is pinned none, and a clock set back gives nothing', () => {
  fc.assert(
    fc.property(memories, ({ strength, rate, days, pinned }) => {
      const memory = { strength, rate, pinned, lastAccessedAt: noon };
      let left = strength;
      for (let day = 0; day < days && !pinned; day++) left *= rate;
      near(effectiveStrength(memory, noon + days * dayMs), left);
      near(effectiveStrength(memory, noon - days * dayMs), strength);
      near(effectiveStrength(memory, noon + (days + 0.5) * dayMs), pinned ? left : left * Math.sqrt(rate));
    }),
  );
});

test('a recall strengthens by the spacing effect, less each time, and slows the fading', () => {
  const once = (days: number, accessCount = 0) =>
    reinforced(
      { strength: 0.5, rate: 1, accessCount, lastAccessedAt: noon, pinned: false },
      noon + days * dayMs,
    ).strength;
  near(once(0), 0.5 + 0.05);
  near(once(1), 0.5 + 0.05 * 2);
  near(once(3), 0.5 + 0.05 * 3);
  near(once(300), 0.5 + 0.05 * 3);
  near(once(1, 10), 0.5 + (0.05 * 2) / 2);
  fc.assert(
    fc.property(memories, ({ strength, rate, days, pinned, accessCount }) => {
      const memory = { strength, rate, pinned, accessCount, lastAccessedAt: noon };
      const now = noon + days * dayMs;
      const after = reinforced(memory, now);
      const spacing = Math.min(3, 1 + Math.log(1 + days) / Math.LN2);
      const left = pinned ? strength : strength * rate ** days;
      near(after.strength, Math.min(1, left + (0.05 * spacing) / (1 + 0.1 * accessCount)));
      near(after.rate, rate < 0.999 ? rate + 0.1 * (0.999 - rate) : rate);
      assert.ok(after.rate >= rate && after.strength <= 1);
      assert.deepEqual([after.lastAccessedAt, after.accessCount], [now, accessCount + 1]);
      assert.equal(reinforced(memory, noon - 1).lastAccessedAt, noon, 'a clock set back');
    }),
  );
});

test('links are made by being used together, grow as neurons do, and wear off day by day', () => {
  assert.deepEqual(strengthened(undefined, noon), { weight: 0.2, usedAt: noon });
  let expected = 0.2;
  let link = strengthened(undefined, noon);
  for (let turn = 1; turn <= 20; turn++) {
    for (let day = 0; day < 3; day++) expected *= 0.998;
    expected += 0.1 * (1 - expected);
    const at = noon + turn * 3 * dayMs;
    link = strengthened(link, at);
    near(link.weight, expected);
    assert.equal(link.usedAt, at);
  }
  const whole = {
    from: memoryId('r_a'),
    to: memoryId('r_b'),
    kind: 'related' as const,
    createdAt: noon,
    ...link,
  };
  near(linkWeight(whole, link.usedAt + 2 * dayMs), expected * 0.998 * 0.998);
  near(linkWeight(whole, link.usedAt - dayMs), expected);
});

test('precision is the mean of what proved right and wrong', () => {
  assert.equal(precisionOf({ alpha: 1, beta: 1 }), 0.5);
  assert.equal(precisionOf({ alpha: 3, beta: 1 }), 0.75);
  assert.equal(precisionOf({ alpha: 1, beta: 9 }), 0.1);
});
