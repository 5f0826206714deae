/** How a night is cut: which phases in which order, how the work is shared out, and how soon it hears a stop. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ReverieError } from '../../src/core/errors.ts';
import { createBreath, TimeUsedUp } from '../../src/core/sleep/night/breath.ts';
import { ration } from '../../src/core/sleep/night/rations.ts';
import { type NightReport, type PhaseName, type SleepPhase, stages } from '../../src/core/sleep/phase.ts';
import { sleepPhases } from '../../src/core/sleep/phases.ts';
import { noon } from '../support/builders.ts';
import { sleep } from '../support/nights.ts';
import { createSleepStore } from '../support/sleepStore.ts';
import { syntheticEpisodes } from '../support/syntheticDays.ts';

const hour = 3_600_000;
test('the phases of a cycle come in the order of the night, each in its stage', () => {
  assert.deepEqual(stages, ['N1', 'N2', 'N3', 'REM']);
  assert.deepEqual(
    sleepPhases.map(({ stage, name }) => `${stage} ${name}`),
    [
      'N1 replay',
      'N2 homeostasis',
      'N2 propagation',
      'N2 precision',
      'N3 crystallization',
      'N3 reorganize',
      'N3 consolidate',
      'N3 prune',
      'REM dream',
      'REM expertise',
    ],
  );
});

test('early cycles are mostly N3, late ones mostly REM, and in the end all of the work is done', () => {
  const shareOf = (stage: 'N1' | 'N3' | 'REM') => {
    let left = 10_000;
    return Array.from({ length: 3 }, (_, cycle) => {
      const taken = ration(stage, cycle, left);
      left -= taken;
      return taken;
    });
  };
  const [deep, rem] = [shareOf('N3'), shareOf('REM')];
  assert.ok((deep[0] ?? 0) > 5000 && (deep[0] ?? 0) > 2 * (rem[0] ?? 0), deep.join());
  assert.ok((rem[2] ?? 0) > (deep[2] ?? 0), rem.join());
  assert.ok((deep[0] ?? 0) > (deep[1] ?? 0) && (deep[1] ?? 0) > (deep[2] ?? 0));
  for (const stage of ['N1', 'N3', 'REM'] as const)
    assert.equal(
      shareOf(stage).reduce((sum, part) => sum + part, 0),
      10_000,
      stage,
    );
  fc.assert(
    fc.property(fc.constantFrom(...stages), fc.nat(8), fc.nat(500), (stage, cycle, total) => {
      const taken = ration(stage, cycle, total);
      assert.ok(Number.isInteger(taken) && taken >= 0 && taken <= total);
      assert.ok(total === 0 || taken > 0, 'a cycle with work does some of it');
      assert.ok(taken <= ration(stage, cycle + 1, total), 'later cycles take no smaller share');
      if (cycle >= 3) assert.equal(taken, total);
    }),
  );
});

/** A clock of work: each look at it finds a millisecond gone. */
function working() {
  let [elapsed, rests, longest, since] = [0, 0, 0, 0];
  return {
    pace: {
      elapsed: () => (elapsed += 1),
      rest: async () => {
        longest = Math.max(longest, elapsed - since);
        since = elapsed;
        rests += 1;
      },
    },
    rests: () => rests,
    longest: () => longest,
  };
}

test('work hands the thread back many times within the 200 ms in which a stop must be heard', async () => {
  const work = working();
  const breathe = createBreath({ pace: work.pace, heartbeatMs: 1e9 });
  for (let memory = 0; memory < 2000; memory++) await breathe();
  assert.ok(work.longest() <= 50, `${work.longest()} ms without a rest`);
  assert.ok(work.rests() < 500, 'a breath that is no rest costs next to nothing');
});

test('at a rest a stop is heard, the time is watched and the lease kept alive', async () => {
  const abort = new AbortController();
  const stopped = createBreath({ pace: working().pace, heartbeatMs: 1e9, signal: abort.signal });
  await stopped();
  abort.abort();
  await assert.rejects(stopped(), (error) => ReverieError.is(error, 'aborted'));

  const late = createBreath({ pace: working().pace, heartbeatMs: 1e9, deadline: 100 });
  await assert.rejects(
    async () => {
      for (let turn = 0; turn < 200; turn++) await late();
    },
    (error) => error instanceof TimeUsedUp,
  );

  let beats = 0;
  const alive = createBreath({
    pace: working().pace,
    heartbeatMs: 100,
    heartbeat: async () => ++beats < 4,
  });
  await assert.rejects(
    async () => {
      for (let turn = 0; turn < 5000; turn++) await alive();
    },
    (error) => ReverieError.is(error, 'already-asleep'),
    'whose lease is lost stops',
  );
  assert.equal(beats, 4);
});

test('a sleeper keeps its lease alive as it goes, and stops where another has taken over', async () => {
  const store = createSleepStore(syntheticEpisodes({ seed: 'beat', count: 60 }));
  let elapsed = 0;
  /* Each look takes a second: a night takes a good while. */
  const pace = { elapsed: () => (elapsed += 1000), rest: async () => undefined };
  let beats = 0;
  const acquire = store.acquireLease;
  store.acquireLease = async (...given) => {
    const lease = await acquire.call(store, ...given);
    return lease === undefined ? undefined : { ...lease, heartbeat: async () => ++beats < 10 };
  };
  await assert.rejects(sleep(store, noon + hour, {}, { pace }), (error) =>
    ReverieError.is(error, 'already-asleep'),
  );
  assert.equal(beats, 10);
});

test('a night that was broken off yesterday is not gone on with: a new one begins', async () => {
  const broken = async () => {
    const store = createSleepStore(syntheticEpisodes({ seed: 'late', count: 40 }));
    const abort = new AbortController();
    const report = await sleep(store, noon + hour, {
      signal: abort.signal,
      onProgress: ({ phase, report: ended }) => {
        if (phase === 'propagation' && ended !== undefined) abort.abort();
      },
    });
    assert.equal(report.state, 'interrupted');
    return { store, id: report.id };
  };
  const [soon, late] = [await broken(), await broken()];
  assert.equal((await sleep(soon.store, noon + 24 * hour)).id, soon.id);
  const next = await sleep(late.store, noon + 26 * hour);
  assert.notEqual(next.id, late.id);
  assert.equal(next.state, 'complete');
});

test('a stop is heard while a night that was broken off is recollected: it stays as it was, and is gone on with', async () => {
  const breakOff = async () => {
    const store = createSleepStore(syntheticEpisodes({ seed: 'again', count: 60 }));
    const abort = new AbortController();
    await sleep(store, noon + hour, {
      signal: abort.signal,
      onProgress: ({ phase, report }) => {
        if (phase === 'crystallization' && report !== undefined) abort.abort();
      },
    });
    return store;
  };
  const [store, twin] = [await breakOff(), await breakOff()];
  const [before] = await store.nights(1);
  const abort = new AbortController();
  abort.abort();
  const stopped = await sleep(store, noon + hour, { signal: abort.signal });
  assert.equal(stopped.state, 'interrupted');
  assert.equal(stopped.id, before?.id);
  assert.deepEqual(await store.nights(1), [before]);
  assert.deepEqual(await sleep(store, noon + hour), await sleep(twin, noon + hour));
});

const cyclesOf = (report: NightReport, name: PhaseName) =>
  report.stages.filter(({ phase }) => phase === name).map(({ cycle }) => cycle);

test('stock is taken once, when all else has come to rest; where the time is limited, in each cycle', async () => {
  const store = createSleepStore(syntheticEpisodes({ seed: 'stock', count: 200, projects: 2, days: 40 }));
  const report = await sleep(store, noon + hour);
  const cycles = cyclesOf(report, 'dream');
  assert.ok(cycles.length > 1, 'a night of several cycles');
  assert.deepEqual(cyclesOf(report, 'expertise'), cycles.slice(-1));
  const last = report.stages.filter(({ cycle, phase }) => cycle === cycles.at(-1) && phase !== 'expertise');
  assert.deepEqual(
    last.map(({ changed }) => changed),
    last.map(() => 0),
  );
  const stock = report.stages.find(({ phase }) => phase === 'expertise');
  assert.ok((stock?.measures['areas'] ?? 0) > 0 && stock?.changed !== 0);
  const limited = createSleepStore(syntheticEpisodes({ seed: 'stock', count: 200, projects: 2, days: 40 }));
  const short = await sleep(limited, noon + hour, { budgetSeconds: 3600 });
  assert.deepEqual(cyclesOf(short, 'expertise'), cyclesOf(short, 'dream'));
  assert.equal((await sleep(store, noon + 2 * hour)).changes, 0);
});

test('what phases keep from cycle to cycle spares work and changes nothing', async () => {
  const forgetful = sleepPhases.map((phase): SleepPhase => {
    const run: SleepPhase['run'] = (snapshot, { nightLong: _, ...context }) => phase.run(snapshot, context);
    return { ...phase, run };
  });
  const tell = async (phases: readonly SleepPhase[]) => {
    const store = createSleepStore(syntheticEpisodes({ seed: 'kept', count: 250, projects: 3, days: 40 }));
    const report = await sleep(store, noon + hour, {}, { phases });
    return { report, journal: await store.journal(report.id) };
  };
  assert.deepEqual(await tell(sleepPhases), await tell(forgetful));
});

test('every change says why in a sentence, every conclusion has sources, and the report is read in a minute', async () => {
  const store = createSleepStore(syntheticEpisodes({ seed: 'why', count: 120, projects: 2, days: 40 }));
  for (let night = 0; night < 3; night++) {
    const report = await sleep(store, noon + hour + night * 24 * hour);
    const journal = await store.journal(report.id);
    assert.equal(journal.length, report.changes);
    for (const { change, why } of journal) {
      assert.match(why, /^\S.{6,}[.!]$/s, `${change.type}: “${why}”`);
      if (change.type !== 'create') continue;
      assert.ok(change.evidence.length > 0, `${change.memory.kind} out of nothing`);
    }
    for (const { detail, phase } of report.stages) assert.match(detail, /^\S.{6,}[.!]$/s, phase);
    assert.ok(report.summary.split(/\s+/).length < 200, report.summary);
  }
});
