/** A whole night over the store twin: its promises. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ReverieError } from '../../src/core/errors.ts';
import { effectiveStrength, type Memory, type MemoryId } from '../../src/core/memory.ts';
import type { Log } from '../../src/core/ports.ts';
import type { SleepDeps, SleepOptions } from '../../src/core/sleep/night/order.ts';
import { applyChanges, canonicalSnapshot } from '../../src/core/sleep/night/snapshot.ts';
import type { SleepPhase } from '../../src/core/sleep/phase.ts';
import { sleepPhases } from '../../src/core/sleep/phases.ts';
import { buildMemory, buildReceipt, noon, silentLog } from '../support/builders.ts';
import { sleep } from '../support/nights.ts';
import { createSleepStore, muchLater, type SleepStoreTwin } from '../support/sleepStore.ts';
import { syntheticEpisodes } from '../support/syntheticDays.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** A few weeks of a developer, and some of them slept on already. */
const history = (seed: string, count: number) => syntheticEpisodes({ seed, count, projects: 2, days: 40 });

test('the same memory, clock and seed give the same night, byte for byte', async () => {
  for (const seed of ['a', 'b']) {
    const [one, other] = [
      createSleepStore(history(seed, 90)),
      createSleepStore(history(seed, 90).toReversed()),
    ];
    const reports = [await sleep(one, noon + hour), await sleep(other, noon + hour)];
    assert.equal(JSON.stringify(reports[0]), JSON.stringify(reports[1]));
    assert.deepEqual(one.content(), other.content());
    assert.ok((reports[0]?.changes ?? 0) > 0);
    assert.ok(reports[0]?.stages.every((stage) => stage.ms === 0));
  }
});

test('a second sleep right after the first changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ maxLength: 8 }),
      fc.integer({ min: 0, max: 70 }),
      fc.integer({ min: 0, max: 6 }),
      async (seed, count, later) => {
        const store = createSleepStore(history(seed, count));
        await sleep(store, noon + hour);
        const before = store.content();
        const second = await sleep(store, noon + hour + later * 60_000);
        assert.equal(
          second.changes,
          0,
          second.stages
            .filter((stage) => stage.changed > 0)
            .map((stage) => `${stage.phase} ${stage.changed}`)
            .join(),
        );
        assert.deepEqual(store.content(), before);
        assert.match(second.summary, /quiet night/);
      },
    ),
    { numRuns: 12 },
  );
});

test('ten sleeps in a night forget exactly as much as one', async () => {
  const [once, often] = [createSleepStore(history('ten', 80)), createSleepStore(history('ten', 80))];
  await sleep(once, noon + hour);
  for (let turn = 0; turn < 10; turn++) await sleep(often, noon + hour + turn * 1000);
  assert.deepEqual(often.content(), once.content());
});

test('with nothing new, strength after a month is the same whether it slept nightly or once', async () => {
  const start = history('month', 60);
  const [nightly, rarely] = [createSleepStore(start), createSleepStore(start)];
  await sleep(nightly, noon + hour);
  await sleep(rarely, noon + hour);
  const only = { phases: ['replay', 'homeostasis', 'propagation', 'precision'] };
  for (let night = 1; night <= 30; night++) await sleep(nightly, noon + hour + night * day, only);
  await sleep(rarely, noon + hour + 30 * day, only);
  const end = noon + hour + 31 * day;
  for (const memory of (await rarely.snapshot(end)).memories) {
    const twin = nightly.get(memory.id);
    assert.ok(twin);
    assert.equal(effectiveStrength(twin, end), effectiveStrength(memory, end));
  }
});

test('strengths, confidences, saliences and link weights never leave 0..1, and evidence never dangles', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 3 }),
      async (seed, gaps) => {
        const episodes = history(seed, 60);
        const store = createSleepStore(episodes.slice(0, 20));
        let at = noon;
        for (const [index, gap] of gaps.entries()) {
          at += gap * day;
          store.add(
            episodes
              .slice(20 + index * 13, 33 + index * 13)
              .map((memory) => ({ ...memory, createdAt: at - hour, lastAccessedAt: at - hour })),
          );
          await sleep(store, at);
          const snapshot = await store.snapshot(at);
          const within = (value: number) => assert.ok(value >= 0 && value <= 1, String(value));
          for (const memory of snapshot.memories) {
            within(memory.strength);
            within(memory.confidence);
            within(memory.salience.total);
            within(memory.salience.surprise);
            within(memory.rate);
          }
          for (const link of snapshot.links) within(link.weight);
          const known = new Set(snapshot.memories.map((memory) => memory.id));
          for (const { memory, episode } of snapshot.evidence)
            assert.ok(known.has(memory) && known.has(episode));
          for (const { from, to } of snapshot.links) assert.ok(known.has(from) && known.has(to));
          for (const memory of snapshot.memories)
            if (memory.replacedBy !== undefined) assert.ok(known.has(memory.replacedBy));
        }
      },
    ),
    { numRuns: 10 },
  );
});

test('a stop heard while the memory is still being read leaves a night to go on with', async () => {
  const store = createSleepStore(history('early', 40));
  const stop = new AbortController();
  const slow: SleepStoreTwin = Object.create(store, {
    snapshot: {
      value: async (_now: number, signal?: AbortSignal) => {
        stop.abort();
        if (signal?.aborted === true) throw new ReverieError('aborted', 'Stopped.');
        throw new Error('the signal was not handed on');
      },
    },
  });
  const first = await sleep(slow, noon + hour, { signal: stop.signal });
  assert.equal(first.state, 'interrupted');
  assert.equal(first.changes, 0);
  assert.equal((await store.nights(1))[0]?.state, 'interrupted');
  const next = await sleep(store, noon + hour);
  assert.equal(next.id, first.id);
  assert.equal(next.state, 'complete');
});

test('the snapshot that is moved on equals the store that was written', async () => {
  const store = createSleepStore(history('equal', 80));
  let followed = canonicalSnapshot(await store.snapshot(noon));
  const watched: SleepPhase[] = sleepPhases.map((phase) => ({
    ...phase,
    async run(snapshot, context) {
      const really = canonicalSnapshot(await store.snapshot(context.now));
      assert.deepEqual(snapshot.memories, really.memories);
      assert.deepEqual(snapshot.links, really.links);
      assert.deepEqual(snapshot.evidence, really.evidence);
      assert.deepEqual(snapshot.receipts, really.receipts);
      assert.deepEqual([...snapshot.facts].sort(), [...really.facts].sort());
      const result = await phase.run(snapshot, context);
      followed = applyChanges(snapshot, result.changes);
      return result;
    },
  }));
  await sleep(store, noon + hour, {}, { phases: watched, log: loud });
  assert.deepEqual(followed.memories, canonicalSnapshot(await store.snapshot(noon)).memories);
});

/** A failing phase must fail the test, not be logged away. */
const loud: Log = {
  ...silentLog,
  error: (message) => {
    throw new ReverieError('invalid-input', message);
  },
};

test('no phase fails on an invented history', async () => {
  const report = await sleep(createSleepStore(history('sound', 120)), noon + hour, {}, { log: loud });
  assert.ok(report.stages.every((stage) => stage.measures['crashed'] === undefined));
  assert.deepEqual(
    [...new Set(report.stages.map((stage) => stage.phase))],
    sleepPhases.map((phase) => phase.name),
  );
});

test('a phase that fails loses its own work only, and no word of a memory reaches the log', async () => {
  const lines: string[] = [];
  const bad: SleepPhase = {
    name: 'reorganize',
    stage: 'N3',
    run: () => Promise.reject(new TypeError('cannot read the user said hunter2')),
  };
  const phases = sleepPhases.map((phase) => (phase.name === 'reorganize' ? bad : phase));
  const report = await sleep(
    createSleepStore(history('bad', 40)),
    noon + hour,
    {},
    { phases, log: { ...silentLog, error: (line) => lines.push(line) } },
  );
  assert.equal(report.state, 'complete');
  assert.ok(report.stages.some((stage) => stage.phase === 'expertise' && stage.changed > 0));
  assert.ok(lines.length > 0 && lines.every((line) => !line.includes('hunter2')));
  assert.match(report.summary, /failed/);
});

test('a dry run says what a night would change and writes nothing', async () => {
  const store = createSleepStore(history('dry', 60));
  const before = store.content();
  const dry = await sleep(store, noon + hour, { dryRun: true });
  assert.deepEqual(store.content(), before);
  assert.equal(store.commits, 0);
  assert.equal((await store.nights(5)).length, 0);
  const wet = await sleep(store, noon + hour);
  assert.equal(wet.changes, dry.changes);
  assert.deepEqual(wet.rules, dry.rules);
});

test('only one sleeps at a time; a stale lease is taken over', async () => {
  const store = createSleepStore(history('lease', 10));
  await store.acquireLease('another window', noon, 60_000);
  await assert.rejects(sleep(store, noon + 1000), (error) => ReverieError.is(error, 'already-asleep'));
  assert.equal((await sleep(store, noon + hour)).state, 'complete');
  assert.equal((await sleep(store, noon + hour)).state, 'complete', 'the lease was given back');
});

test('phases are chosen by number or name, and what is none is refused', async () => {
  const run = async (phases: SleepOptions['phases']) => [
    ...new Set(
      (await sleep(createSleepStore(history('some', 20)), noon + hour, { phases })).stages.map(
        (stage) => stage.phase,
      ),
    ),
  ];
  assert.deepEqual(await run([1, 7]), ['replay', 'prune']);
  assert.deepEqual(await run(['2', 'expertise']), ['homeostasis', 'precision', 'expertise']);
  for (const none of [0, 10, 'nap', '1.5', '']) {
    await assert.rejects(sleep(createSleepStore(), noon, { phases: [none] }), (error) =>
      ReverieError.is(error, 'invalid-input'),
    );
  }
});

test('a night cued to one project leaves the others as they are', async () => {
  const store = createSleepStore(history('cue', 80));
  const others = (content: Awaited<ReturnType<SleepStoreTwin['snapshot']>>) =>
    content.memories.filter((memory) => !(memory.source.project ?? '').endsWith('project-0'));
  const before = others(await store.snapshot(noon));
  const report = await sleep(store, noon + hour, { scope: 'project-0' });
  assert.ok(report.changes > 0);
  const after = new Map(others(await store.snapshot(noon)).map((memory) => [memory.id, memory]));
  for (const memory of before) assert.deepEqual(after.get(memory.id), memory);
});

/** Counts breaths; at the `at`-th, does `then`. */
function breathing(
  at: number,
  then: () => void,
): Pick<SleepDeps, 'phases'> & { readonly count: () => number } {
  let breaths = 0;
  const phases = sleepPhases.map(
    (phase): SleepPhase => ({
      ...phase,
      run: (snapshot, context) =>
        phase.run(snapshot, {
          ...context,
          async breathe() {
            if (++breaths === at) then();
            await context.breathe();
          },
        }),
    }),
  );
  return { phases, count: () => breaths };
}

test('stopped at any breath and slept on, the end is the same as unbroken', async () => {
  const start = history('stop', 70);
  const whole = createSleepStore(start);
  const counter = breathing(-1, () => undefined);
  const unbroken = await sleep(whole, noon + hour, { seed: 's' }, { phases: counter.phases ?? [] });
  const total = counter.count();
  assert.ok(total > 500);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: total }), { minLength: 1, maxLength: 3 }),
      async (stops) => {
        const store = createSleepStore(start);
        for (const stop of stops) {
          const abort = new AbortController();
          const broken = await sleep(
            store,
            noon + hour,
            { seed: 's', signal: abort.signal },
            { phases: breathing(stop, () => abort.abort()).phases ?? [] },
          );
          assert.ok(broken.state === 'interrupted' || !abort.signal.aborted || broken.state === 'complete');
          if (broken.state === 'complete') return;
        }
        const resumed = await sleep(store, noon + hour, { seed: 's' });
        assert.equal(resumed.id, unbroken.id);
        assert.equal(resumed.state, 'complete');
        assert.deepEqual(store.content(), whole.content());
        assert.deepEqual(resumed.rules, unbroken.rules);
        assert.deepEqual(resumed.dreams, unbroken.dreams);
        assert.deepEqual(resumed.stages, unbroken.stages);
        assert.equal(resumed.changes, unbroken.changes);
      },
    ),
    { numRuns: 10 },
  );
});

test('killed before any commit, the next sleep goes on once the lease is stale', async () => {
  const start = history('kill', 60);
  const whole = createSleepStore(start);
  const unbroken = await sleep(whole, noon + hour, { seed: 'k' });
  for (let commit = 1; commit <= whole.commits; commit += 4) {
    const store = createSleepStore(start);
    let commits = 0;
    store.beforeCommit = () => {
      if (++commits === commit) throw new Error('the process is gone');
    };
    const lost = store.acquireLease;
    /* Nobody is left to give the lease back. */
    store.acquireLease = async (...given) => {
      const lease = await lost.call(store, ...given);
      return lease === undefined ? undefined : { ...lease, release: async () => undefined };
    };
    await assert.rejects(sleep(store, noon + hour, { seed: 'k' }));
    store.beforeCommit = () => undefined;
    store.acquireLease = lost;
    await assert.rejects(sleep(store, noon + hour, { seed: 'k' }), (error) =>
      ReverieError.is(error, 'already-asleep'),
    );
    const resumed = await sleep(store, noon + hour + muchLater, { seed: 'k' });
    assert.equal(resumed.id, unbroken.id);
    assert.equal(resumed.state, 'complete');
    /* An hour later a few strengths differ by an hour; what was learned does not. */
    assert.deepEqual(
      resumed.rules.map((rule) => rule.text).sort(),
      unbroken.rules.map((rule) => rule.text).sort(),
    );
    const again = await sleep(store, noon + hour + muchLater + 1000);
    assert.equal(again.changes, 0);
  }
});

test('a stop is heard in the middle of any phase, at the first breath after it, and the night says so', async () => {
  for (const name of sleepPhases.map((phase) => phase.name)) {
    const store = createSleepStore(history('quick', 300));
    const abort = new AbortController();
    let during = '';
    let elapsed = 0;
    let after = 0;
    /* Every look at this clock finds a slice used up, so that each breath is a rest. */
    const pace = {
      elapsed: () => (elapsed += 1000),
      rest: async () => {
        if (abort.signal.aborted) after++;
        else if (during === name) abort.abort();
      },
    };
    const report = await sleep(
      store,
      noon + hour,
      {
        signal: abort.signal,
        onProgress: ({ phase, report: ended }) => {
          during = ended === undefined ? phase : '';
        },
      },
      { pace },
    );
    assert.equal(report.state, 'interrupted', name);
    assert.match(report.summary, /interrupted/);
    assert.equal(after, 0, `${name} rested again`);
    assert.ok(!report.stages.some(({ phase }) => phase === name), `${name} was stopped and is told as done`);
  }
});

test('a night ends when its time is used up, and keeps what is done', async () => {
  const store = createSleepStore(history('budget', 120));
  let elapsed = 0;
  const pace = { elapsed: () => ++elapsed, rest: async () => undefined };
  const report = await sleep(store, noon + hour, { budgetSeconds: 1.5 }, { pace });
  assert.equal(report.state, 'complete');
  assert.ok(
    report.stages.length >= 1 && report.stages.length < sleepPhases.length,
    String(report.stages.length),
  );
  const rest = await sleep(store, noon + 2 * hour);
  assert.ok(rest.changes > 0);
});

test('what is learned from receipts is counted once', async () => {
  const rule = buildMemory({ id: 'r_one' as MemoryId });
  const store = createSleepStore([rule]);
  const receipt = (id: string, verdict: 'obeyed' | 'violated' | 'irrelevant', session = `s${id}`) =>
    buildReceipt(rule.id, { id, session, verdict });
  store.addReceipts([
    receipt('1', 'obeyed'),
    receipt('2', 'obeyed'),
    receipt('3', 'violated'),
    receipt('4', 'irrelevant'),
    /* Told once more in its conversation, as a rule that is often broken is: kept and broken there once. */
    receipt('5', 'obeyed', 's2'),
    receipt('6', 'violated', 's3'),
  ]);
  await sleep(store, noon + hour);
  await sleep(store, noon + 2 * hour);
  const { alpha, beta } = store.get(rule.id) as Memory;
  assert.deepEqual([alpha, beta], [3, 2]);
});
