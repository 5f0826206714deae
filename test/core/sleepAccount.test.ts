/** What a night tells of itself: the hypnogram, what was learned, before and after; and the clocks of the tiers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { effectiveStrength, type Memory } from '../../src/core/memory.ts';
import { hypnogramOf, learnedIn, measuresOf } from '../../src/core/sleep/night/account.ts';
import { type NightReport, type PhaseReport, stages } from '../../src/core/sleep/phase.ts';
import { sleepPhases } from '../../src/core/sleep/phases.ts';
import { tunables } from '../../src/core/tunables.ts';
import { buildMemory, memoryId, noon } from '../support/builders.ts';
import { sleep } from '../support/nights.ts';
import { snapshotOf } from '../support/phaseRun.ts';
import { createSleepStore } from '../support/sleepStore.ts';
import { syntheticEpisodes } from '../support/syntheticDays.ts';

const hour = 3_600_000;
const day = 24 * hour;

const history = (seed: string, count: number) => syntheticEpisodes({ seed, count, projects: 2, days: 40 });

/** Every stage that was gone through has its bar, and the bars add up to the phases. */
function expectComplete(report: NightReport, name: string): void {
  const bars = report.hypnogram ?? [];
  const gone = new Set(report.stages.map(({ cycle, stage }) => `${cycle} ${stage}`));
  assert.deepEqual(new Set(bars.map(({ cycle, stage }) => `${cycle} ${stage}`)), gone, name);
  assert.equal(bars.length, gone.size, name);
  const order = bars.map(({ cycle, stage }) => cycle * 4 + stages.indexOf(stage));
  assert.deepEqual(
    order,
    order.toSorted((a, b) => a - b),
    name,
  );
  const total = (read: (one: { readonly ms: number; readonly changed: number }) => number) => [
    bars.reduce((sum, one) => sum + read(one), 0),
    report.stages.reduce((sum, one) => sum + read(one), 0),
  ];
  for (const read of [(one: { changed: number }) => one.changed, (one: { ms: number }) => one.ms])
    assert.equal(...(total(read as never) as [number, number]), name);
  for (const bar of bars) {
    assert.ok(bar.progress >= 0 && bar.progress <= 1, name);
    assert.ok(Number.isFinite(bar.started), name);
    for (const count of [bar.replayed, bar.precision, bar.dreams, bar.relieved, bar.creative])
      assert.ok(Number.isInteger(count) && count >= 0, name);
    if (bar.stage !== 'REM') assert.deepEqual([bar.dreams, bar.relieved, bar.creative], [0, 0, 0], name);
  }
}

test('the hypnogram is complete for every night: whole, quiet, interrupted, gone on with, short, cued, tried', async () => {
  const store = createSleepStore(history('hypnogram', 90));
  expectComplete(await sleep(store, noon + hour, { dryRun: true }), 'tried');
  const abort = new AbortController();
  const broken = await sleep(store, noon + hour, {
    seed: 's',
    signal: abort.signal,
    onProgress: ({ phase, report }) => {
      if (phase === 'crystallization' && report !== undefined) abort.abort();
    },
  });
  assert.equal(broken.state, 'interrupted');
  expectComplete(broken, 'interrupted');
  const whole = await sleep(store, noon + hour, { seed: 's' });
  expectComplete(whole, 'gone on with');
  for (const stage of stages)
    assert.ok(whole.hypnogram?.some((bar) => bar.stage === stage && bar.cycle === 0));
  assert.equal(whole.hypnogram?.find(({ stage }) => stage === 'N1')?.replayed, 90);
  expectComplete(await sleep(store, noon + 2 * hour), 'quiet');
  store.add(history('more', 30).map((memory) => ({ ...memory, createdAt: noon + 3 * hour })));
  let elapsed = 0;
  const pace = { elapsed: () => ++elapsed, rest: async () => undefined };
  expectComplete(await sleep(store, noon + day, { budgetSeconds: 0.4 }, { pace }), 'short');
  expectComplete(await sleep(store, noon + 2 * day, { scope: 'project-0' }), 'cued');
  for (const night of await store.nights(10)) expectComplete(night.report, `night ${night.number}`);
});

test('progress says how much of the work at hand a stage has done', () => {
  const report = (fields: Partial<PhaseReport>): PhaseReport => ({
    stage: 'N3',
    phase: 'prune',
    cycle: 0,
    started: noon,
    ms: 5,
    read: 1,
    changed: 2,
    detail: '',
    measures: {},
    ...fields,
  });
  const [n1, n2] = hypnogramOf([
    report({
      stage: 'N1',
      phase: 'replay',
      started: noon + 5,
      measures: { replayed: 8, old: 2, unslept: 2 },
    }),
    report({ stage: 'N2', phase: 'propagation', started: noon + 6, measures: { validated: 3 } }),
    report({
      stage: 'N2',
      phase: 'precision',
      started: noon + 9,
      measures: { receipts: 4, contradictions: 1 },
    }),
  ]);
  assert.deepEqual([n1?.started, n1?.replayed, n1?.progress], [noon + 5, 10, 0.8]);
  assert.deepEqual([n2?.started, n2?.precision], [noon + 6, 8]);
  const [n3, rem] = hypnogramOf([
    report({ phase: 'consolidate', measures: { merged: 3, left: 1 } }),
    report({ measures: { archived: 3, left: 1 } }),
    report({ stage: 'REM', phase: 'dream', measures: { dreams: 2, relieved: 7, analogies: 4 } }),
  ]);
  assert.equal(n3?.progress, 0.75);
  assert.equal(n3?.ms, 10);
  assert.deepEqual([rem?.dreams, rem?.relieved, rem?.creative, rem?.progress], [2, 7, 4, 1]);
  assert.deepEqual(
    learnedIn([
      report({ stage: 'N1', phase: 'replay', measures: { decisions: 2 } }),
      report({ phase: 'precision', measures: { rules: 9 } }),
      report({ phase: 'crystallization', measures: { rules: 3, skills: 1 } }),
    ]),
    {
      declarative: { decisions: 2, rules: 3, confirmed: 0 },
      procedural: { skills: 1 },
      emotional: { relieved: 0 },
      insight: { dreams: 0 },
    },
  );
});

test('a night tells the memory before and after, also where it was interrupted between', async () => {
  const start = history('before', 60);
  const [whole, broken] = [createSleepStore(start), createSleepStore(start)];
  const before = measuresOf(snapshotOf({ memories: start }), noon + hour);
  const living = start.filter(({ status }) => status === 'active' || status === 'proposed');
  const mean =
    living.reduce((sum, memory) => sum + effectiveStrength(memory, noon + hour), 0) / living.length;
  assert.equal(before.strength, Math.round(mean * 10_000) / 10_000);
  assert.equal(before.unslept, living.length);
  const report = await sleep(whole, noon + hour, { seed: 's' });
  assert.deepEqual(report.history?.before, before);
  assert.deepEqual(report.history?.after, measuresOf(await whole.snapshot(noon), noon + hour));
  assert.equal(report.history?.after.unslept, 0);
  const abort = new AbortController();
  await sleep(broken, noon + hour, {
    seed: 's',
    signal: abort.signal,
    onProgress: ({ phase, report: done }) => {
      if (phase === 'homeostasis' && done !== undefined) abort.abort();
    },
  });
  assert.deepEqual(await sleep(broken, noon + hour, { seed: 's' }), report);
});

/** Said so often in one conversation that it is a rule, but in that one only. */
const weakly = (session: string, at: number): readonly Memory[] =>
  [
    'you should deploy to the staging cluster, not production',
    'why did you deploy to production again, not the staging cluster?',
    'always deploy to the staging cluster, not production',
  ].map((text, index) =>
    buildMemory({
      id: memoryId(`e_${session}${index}`),
      kind: 'episode',
      text,
      source: { session, message: String(index) },
      createdAt: at + index,
      lastAccessedAt: at + index,
    }),
  );
const passing = (name: string, at: number) =>
  buildMemory({
    id: memoryId(`e_${name}`),
    kind: 'episode',
    text: `the ${name} page looks odd`,
    source: { session: name },
    createdAt: at,
    lastAccessedAt: at,
  });

test('slow memories are written on weak evidence only in every fourth sleep, on strong evidence in every one', async () => {
  const phases = sleepPhases.filter(({ name }) => name === 'replay' || name === 'crystallization');
  const rulesAfter = async (nights: readonly (readonly Memory[])[], again = 1) => {
    const store = createSleepStore();
    const counts: number[] = [];
    for (const [index, memories] of nights.entries()) {
      store.add(memories);
      let changed = 0;
      for (let turn = 0; turn < again; turn++)
        changed = (await sleep(store, noon + index * day + turn * 1000, {}, { phases })).changes;
      if (again > 1) assert.equal(changed, 0, 'lying down again changes nothing');
      counts.push((await store.snapshot(noon)).memories.filter(({ kind }) => kind === 'rule').length);
    }
    return counts;
  };
  const other = (index: number) => [passing(`page${index}`, noon + index * day - hour)];
  const late = [other(0), [...other(1), ...weakly('s1', noon + day - hour)], other(2), other(3), other(4)];
  assert.equal(tunables.clocks.slowEverySleeps, 4);
  assert.deepEqual(await rulesAfter([weakly('s1', noon - hour)]), [1], 'the first sleep may');
  assert.deepEqual(await rulesAfter(late), [0, 0, 0, 0, 1]);
  assert.deepEqual(await rulesAfter(late, 3), [0, 0, 0, 0, 1], 'only sleeps with something new count');
  const inTwo = weakly('s1', noon + day - hour).map((memory, index) =>
    index === 0 ? { ...memory, source: { ...memory.source, session: 's2' } } : memory,
  );
  const strong = [other(0), [...other(1), ...inTwo]];
  assert.deepEqual(await rulesAfter(strong), [0, 1], 'two conversations are enough at any time');
});
