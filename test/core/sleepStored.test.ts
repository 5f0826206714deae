/** The same nights on the real database: what the engine believes is what is stored, and a night can be taken back. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Database } from '../../src/core/database.ts';
import { sleepOneNight } from '../../src/core/sleep/cycle.ts';
import type { SleepDeps, SleepOptions } from '../../src/core/sleep/night/order.ts';
import { canonicalSnapshot } from '../../src/core/sleep/night/snapshot.ts';
import type { SleepPhase } from '../../src/core/sleep/phase.ts';
import { sleepPhases } from '../../src/core/sleep/phases.ts';
import { createIds } from '../../src/sqlite/ids.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { fixedClock, noon, silentLog } from '../support/builders.ts';
import { syntheticEpisodes } from '../support/syntheticDays.ts';

const hour = 3_600_000;
const tokenizer = { count: (text: string) => Math.ceil(text.length / 4) };

async function withDatabase(context: TestContext, seed: string, count: number): Promise<Database> {
  const folder = await mkdtemp(join(tmpdir(), 'reverie-night-'));
  const database = await openDatabase({
    file: join(folder, 'memory.db'),
    log: silentLog,
    clock: fixedClock(noon),
  });
  context.after(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });
  await database.memories.add(
    syntheticEpisodes({ seed, count, projects: 2, days: 40 }).map((memory) => ({ memory })),
    'import',
  );
  return database;
}

function sleep(
  database: Database,
  at: number,
  options: Partial<SleepOptions> = {},
  deps: Partial<SleepDeps> = {},
) {
  return sleepOneNight(
    { sleep: database.sleep, clock: fixedClock(at), ids: createIds(), tokenizer, log: silentLog, ...deps },
    { owner: 'test', fixedClock: true, ...options },
  );
}

async function contentOf(database: Database) {
  const { memories, links, evidence, receipts, facts } = canonicalSnapshot(
    await database.sleep.snapshot(noon),
  );
  return { memories, links, evidence, receipts, facts: [...facts].sort(([a], [b]) => (a < b ? -1 : 1)) };
}

test('before each phase the picture the engine has is the one the database has', async (context) => {
  const database = await withDatabase(context, 'picture', 60);
  let looked = 0;
  const watched: SleepPhase[] = sleepPhases.map((phase) => ({
    ...phase,
    async run(snapshot, given) {
      looked++;
      const really = canonicalSnapshot(await database.sleep.snapshot(given.now));
      assert.deepEqual(snapshot.memories, really.memories, phase.name);
      assert.deepEqual(snapshot.links, really.links, phase.name);
      assert.deepEqual(snapshot.evidence, really.evidence, phase.name);
      assert.deepEqual([...snapshot.facts].sort(), [...really.facts].sort(), phase.name);
      return phase.run(snapshot, given);
    },
  }));
  const errors: string[] = [];
  await sleep(
    database,
    noon + hour,
    {},
    { phases: watched, log: { ...silentLog, error: (line) => errors.push(line) } },
  );
  assert.deepEqual(errors, []);
  assert.ok(looked >= sleepPhases.length);
});

test('a second sleep changes nothing, and each night can be taken back whole', async (context) => {
  const database = await withDatabase(context, 'undo', 60);
  const before = await contentOf(database);
  const first = await sleep(database, noon + hour);
  assert.ok(first.changes > 0);
  const slept = await contentOf(database);
  const second = await sleep(database, noon + hour + 60_000);
  assert.equal(second.changes, 0);
  assert.deepEqual(await contentOf(database), slept);
  await database.sleep.undo(first.id);
  const { facts: _facts, ...after } = await contentOf(database);
  const { facts: _none, ...start } = before;
  assert.deepEqual(after, start);
  assert.deepEqual(await database.check(), []);
});

test('stopped in the middle, the next sleep goes on and ends as an unbroken one', async (context) => {
  const [whole, broken] = [
    await withDatabase(context, 'broken', 60),
    await withDatabase(context, 'broken', 60),
  ];
  const unbroken = await sleep(whole, noon + hour, { seed: 's' });
  for (const stopAfter of ['propagation', 'crystallization', 'dream']) {
    const abort = new AbortController();
    const part = await sleep(broken, noon + hour, {
      seed: 's',
      signal: abort.signal,
      onProgress: ({ phase, report }) => {
        if (phase === stopAfter && report !== undefined) abort.abort();
      },
    });
    assert.equal(part.state, 'interrupted', stopAfter);
  }
  const resumed = await sleep(broken, noon + hour, { seed: 's' });
  assert.equal(resumed.state, 'complete');
  assert.equal(resumed.id, unbroken.id);
  assert.deepEqual(await contentOf(broken), await contentOf(whole));
  assert.deepEqual(resumed.rules, unbroken.rules);
  assert.deepEqual(resumed.stages, unbroken.stages);
});

/** The phases, and how often one was run. */
function counted() {
  const runs = { times: 0 };
  const phases: SleepPhase[] = sleepPhases.map((phase) => ({
    ...phase,
    run(snapshot, given) {
      runs.times++;
      return phase.run(snapshot, given);
    },
  }));
  return { runs, phases };
}

test('where nothing has happened since the last night, a night is told without looking again', async (context) => {
  const database = await withDatabase(context, 'quiet', 50);
  const { runs, phases } = counted();
  const first = await sleep(database, noon + hour, {}, { phases });
  assert.ok(first.changes > 0);
  const content = await contentOf(database);
  const looked = runs.times;
  for (const hours of [2, 5, 5]) {
    const quiet = await sleep(database, noon + hours * hour, {}, { phases });
    assert.equal(runs.times, looked, 'nothing was looked at');
    assert.deepEqual([quiet.state, quiet.changes], ['complete', 0]);
    assert.deepEqual(
      quiet.stages.map(({ phase }) => phase),
      sleepPhases.map(({ name }) => name),
    );
    assert.deepEqual(
      quiet.hypnogram?.map(({ stage, progress }) => [stage, progress]),
      ['N1', 'N2', 'N3', 'REM'].map((stage) => [stage, 1]),
    );
    assert.deepEqual(quiet.history?.before, first.history?.after);
    assert.match(quiet.summary, /nothing has happened/);
    assert.deepEqual((await database.sleep.night(quiet.id))?.report, quiet);
  }
  assert.deepEqual(await contentOf(database), content);

  /* A night that does look finds the same, at any time for which the mark holds. */
  const idle: SleepPhase = {
    name: 'wording',
    stage: 'REM',
    run: async () => ({ changes: [], report: { read: 0, detail: '', measures: {} } }),
  };
  const whole = await sleep(database, noon + 19 * hour, {}, { phases: [...phases, idle] });
  assert.ok(runs.times > looked, 'other phases are looked at');
  assert.equal(whole.changes, 0);
  assert.deepEqual(await contentOf(database), content);
});

test('what was written, asked otherwise, failed or grew old is looked at again', async (context) => {
  const database = await withDatabase(context, 'stir', 40);
  const { runs, phases } = counted();
  let at = noon + hour;
  const looks = async (options: Partial<SleepOptions> = {}) => {
    const before = runs.times;
    at += 60_000;
    await sleep(database, at, options, { phases });
    return runs.times > before;
  };
  assert.ok(await looks());
  assert.ok(!(await looks()));
  const [memory] = (await contentOf(database)).memories;
  assert.ok(memory);
  const acts: readonly (() => Promise<unknown>)[] = [
    () => database.setFact('a note', 1),
    () =>
      database.memories.add(
        syntheticEpisodes({ seed: 'more', count: 1 }).map((one) => ({ memory: one })),
        'import',
      ),
    () => database.memories.update(memory.id, { status: 'archived' }, 'retire'),
    /* What its owner takes out of the archive counts again, with all that the night may make of it. */
    () => database.memories.update(memory.id, { status: 'active' }, 'accept'),
    () => database.memories.reinforce([memory.id], at),
    async () => {
      const [night] = await database.sleep.nights(1);
      assert.ok(night);
      await database.sleep.undo(night.id);
    },
  ];
  for (const act of acts) {
    await act();
    assert.ok(await looks(), act.toString());
    assert.ok(!(await looks()), 'and then it is quiet again');
  }
  assert.ok(await looks({ approval: 'auto' }));
  assert.ok(!(await looks({ approval: 'auto' })));
  assert.ok(await looks({ phases: ['replay'] }));
  assert.ok(await looks());
  at += 24 * hour;
  assert.ok(await looks(), 'a day later');

  /* Somebody writes while it sleeps. */
  await database.setFact('a note', 2);
  const disturbed = phases.map((phase) => ({
    ...phase,
    async run(...given: Parameters<SleepPhase['run']>) {
      if (phase.name === 'expertise') await database.setFact('a note', 3);
      return phase.run(...given);
    },
  }));
  at += 60_000;
  await sleep(database, at, {}, { phases: disturbed });
  assert.ok(await looks(), 'written to while it slept');
  assert.ok(!(await looks()));

  await database.setFact('a note', 4);
  const failing = phases.map((phase) => ({
    ...phase,
    run: (...given: Parameters<SleepPhase['run']>) => {
      if (phase.name === 'dream') throw new TypeError('on purpose');
      return phase.run(...given);
    },
  }));
  at += 60_000;
  await sleep(database, at, {}, { phases: failing });
  assert.ok(await looks(), 'after a phase that failed');
  assert.ok(!(await looks()));
  assert.ok(await looks({ program: 'the next version' }));
  assert.ok(!(await looks({ program: 'the next version' })));
});

test('a night that was broken off in its last cycle does not keep the next from what was written meanwhile', async (context) => {
  const database = await withDatabase(context, 'late', 40);
  /* What is left of the cycle finds nothing in a new episode. */
  const phases = ['replay', 'prune'];
  const abort = new AbortController();
  const part = await sleep(database, noon + hour, {
    phases,
    signal: abort.signal,
    onProgress: ({ phase, report }) => {
      if (phase === 'replay' && report?.changed === 0) abort.abort();
    },
  });
  assert.equal(part.state, 'interrupted');
  assert.ok(part.stages.length > 0);
  const [late] = syntheticEpisodes({ seed: 'what came late', count: 1 });
  assert.ok(late);
  await database.memories.add([{ memory: late }], 'import');
  const resumed = await sleep(database, noon + 2 * hour, { phases });
  assert.deepEqual([resumed.id, resumed.state], [part.id, 'complete']);
  await sleep(database, noon + 3 * hour, { phases });
  const { memories } = await contentOf(database);
  assert.notEqual(memories.find(({ id }) => id === late.id)?.sleptAt, undefined);
});
