/** Several processes at once, and processes that are killed: nothing is lost, nothing is half done. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { NightId } from '../../src/core/memory.ts';
import type { PhaseReport } from '../../src/core/sleep/phase.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { buildMemory, noon, silentLog } from '../support/builders.ts';
import { freshFile } from '../support/database.ts';

const open = (file: string) => openDatabase({ file, log: silentLog, busyMs: 60_000 });
const night = 'n_1' as NightId;
const inNight = 1000;
const report: PhaseReport = {
  stage: 'N2',
  phase: 'homeostasis',
  cycle: 0,
  started: noon,
  ms: 0,
  read: inNight,
  changed: inNight,
  detail: '',
  measures: {},
};

/* The same file is the program of the processes it starts. */
const [role, file = '', name = ''] = JSON.parse(process.env['REVERIE_TEST_ROLE'] ?? '[]') as string[];
if (role === 'writer') {
  const database = await open(file);
  for (let index = 0; index < 200; index += 1) {
    await database.memories.add([{ memory: buildMemory({ text: `${name} says ${index}` }) }], 'import');
  }
  await database.close();
  process.exit(0);
}
if (role === 'sleeper') {
  const database = await open(file);
  const memories = await database.memories.list({});
  process.stdout.write('ready\n');
  await once(process.stdin, 'data');
  const changes = memories.map((memory) => ({
    type: 'update' as const,
    id: memory.id,
    patch: { strength: memory.strength / 2 },
    why: 'w',
  }));
  process.stdout.write('begun\n');
  await database.sleep.commitPhase(night, report, changes, noon);
  process.stdout.write('done\n');
  await wait(60_000);
}

function start(...parts: readonly string[]): ChildProcess {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  return spawn(process.execPath, [import.meta.filename], {
    env: { ...env, REVERIE_TEST_ROLE: JSON.stringify(parts) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

test('three processes make one database and write to it at once: nothing is lost', async (t) => {
  const shared = freshFile(t);
  const writers = ['one', 'two', 'three'].map((who) => start('writer', shared, who));
  const codes = await Promise.all(writers.map(async (writer) => (await once(writer, 'exit'))[0]));
  assert.deepEqual(codes, [0, 0, 0]);
  const database = await open(shared);
  t.after(() => database.close());
  assert.equal(database.setAside, undefined);
  assert.equal(await database.memories.count({}), 600);
  assert.equal(await database.memories.dataVersion(), 600);
  assert.equal((await database.memories.termCounts(['three'], 'any')).counts.get('three'), 200);
  assert.deepEqual(await database.check(), []);
});

/**
 * Resolves when the child has said `word`, however its words are cut up on the way: two may come at once, and before
 * anybody waits for the second. Rejects where it has ended without saying it.
 */
function listenTo(child: ChildProcess): (word: string) => Promise<void> {
  assert.ok(child.stdout);
  let heard = '';
  let ended = false;
  let told = () => undefined as void;
  child.stdout
    .setEncoding('utf8')
    .on('data', (text: string) => {
      heard += text;
      told();
    })
    .on('end', () => {
      ended = true;
      told();
    });
  return async (word) => {
    while (!heard.split('\n').includes(word)) {
      if (ended) throw new Error(`It ended without saying “${word}”.`);
      await new Promise<void>((resolve) => {
        told = resolve;
      });
    }
  };
}

test('killed at any moment of a commit: the phase is there whole or not at all', async (t) => {
  const shared = freshFile(t);
  const setUp = await open(shared);
  await setUp.memories.add(
    Array.from({ length: inNight }, (_, index) => ({
      memory: buildMemory({ text: `memory ${index}`, strength: 0.8 }),
    })),
    'import',
  );
  await setUp.sleep.beginNight({ id: night, startedAt: noon, seed: 's' });
  await setUp.close();
  let whole = 0;
  let strength = 0.8;
  let took = 400;
  for (let round = 0; round < 20; round += 1) {
    const child = start('sleeper', shared);
    const said = listenTo(child);
    await said('ready');
    child.stdin?.write('go\n');
    await said('begun');
    const from = performance.now();
    /* The first round is measured; the others are killed at moments spread over a little more than its length. */
    if (round === 0) {
      await said('done');
      took = performance.now() - from;
    } else await Promise.race([wait(((round - 0.5) / 17) * took), once(child, 'exit')]);
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');

    const database = await open(shared);
    assert.equal(database.setAside, undefined);
    assert.deepEqual(await database.check(), []);
    const stages = (await database.sleep.night(night))?.report.stages.length ?? -1;
    assert.ok(stages === whole || stages === whole + 1, `${stages} phases after ${whole}`);
    if (stages > whole) strength /= 2;
    whole = stages;
    const memories = await database.memories.list({});
    assert.deepEqual([...new Set(memories.map((memory) => memory.strength))], [strength]);
    assert.equal((await database.sleep.journal(night)).length, whole * inNight);
    await database.close();
  }
  assert.ok(whole >= 1);
});
