/** Two sleepers on one memory, and a sleeper that is told to stop. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { z } from 'zod';
import { dayMs } from '../../src/core/memory.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { noon, silentLog } from '../support/builders.ts';
import { type Outcome, reverie, reverieJson, start } from '../support/commandLine.ts';
import { syntheticEpisodes } from '../support/syntheticDays.ts';

const now = ['--now', new Date(noon + dayMs).toISOString()];
const stage = z.object({ phase: z.string(), cycle: z.number(), changed: z.number() });
const night = z.object({
  id: z.string(),
  state: z.string(),
  changes: z.number(),
  stages: z.array(stage),
});
const nights = z.array(night);
const told = z.object({ progress: z.object({ stage: z.string(), detail: z.string() }) });

/** Starts a sleeper; `onPhase` hears of each phase as it begins and as it ends. */
function sleeper(
  args: readonly string[],
  onPhase: (phase: string, signal: (name: NodeJS.Signals) => void) => void,
): Promise<Outcome> {
  return new Promise((done, reject) => {
    const child = start(['sleep', ...args, '--json', '--progress', 'jsonl']);
    let [stdout, stderr, line] = ['', '', ''];
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      line += text;
      const whole = line.split('\n');
      line = whole.pop() ?? '';
      for (const one of whole) {
        const progress = one.startsWith('{') ? told.safeParse(JSON.parse(one)) : undefined;
        if (progress?.success === true) onPhase(progress.data.progress.detail, (name) => child.kill(name));
        else stderr += `${one}\n`;
      }
    });
    child.on('error', reject);
    child.on('close', (code) => done({ code, stdout, stderr }));
  });
}

describe('sleepers on one memory', () => {
  let folder = '';
  let db: readonly string[] = [];
  let count = 0;
  const freshMemory = async () => {
    count += 1;
    const file = join(folder, `memory-${count}.db`);
    const database = await openDatabase({ file, log: silentLog });
    await database.memories.add(
      syntheticEpisodes({ seed: 'two', count: 500 }).map((memory) => ({ memory })),
      'import',
    );
    await database.close();
    return ['--db', file];
  };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reverie-sleepers-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    db = await freshMemory();
  });

  it('lets one sleep; the other says so in one line, and nothing is done twice', async () => {
    let second: Promise<Outcome> | undefined;
    const first = await sleeper([...db, ...now], (_phase, signal) => {
      if (second !== undefined) return;
      /* The first is held in its night until the second has come and gone, whichever of them is quicker here. */
      signal('SIGSTOP');
      second = reverie(['sleep', ...db, ...now]).finally(() => signal('SIGCONT'));
    });
    const other = await second;
    assert.equal(first.code, 0, first.stderr);
    assert.ok(other);
    assert.equal(other.code, 1);
    assert.equal(other.stdout, '');
    assert.match(other.stderr, /^reverie: [^\n]*asleep[^\n]*\n$/);
    assert.deepEqual(
      nights.parse(await reverieJson(['nights', ...db])).map(({ state }) => state),
      ['complete'],
    );
    assert.equal(night.parse(await reverieJson(['sleep', ...db, ...now])).changes, 0);
  });

  it('started at the same moment, both end, and the memory is slept on once', async () => {
    const both = await Promise.all([1, 2].map(() => reverie(['sleep', ...db, ...now, '--json'])));
    const reports = both
      .filter(({ code }) => code === 0)
      .map(({ stdout }) => night.parse(JSON.parse(stdout)));
    for (const { code, stderr } of both) {
      if (code !== 0) assert.match(stderr, /^reverie: [^\n]*asleep[^\n]*\n$/);
    }
    /* On a slow machine the second may come only after the first has ended: then it finds nothing to do. */
    assert.equal(reports.filter(({ changes }) => changes > 0).length, 1);
    const journal = z.object({
      journal: z.array(z.object({ change: z.object({ type: z.string() }).loose() })),
    });
    const [done] = reports.filter(({ changes }) => changes > 0);
    const { journal: entries } = journal.parse(await reverieJson(['nights', done?.id ?? '', ...db]));
    const born = entries
      .filter(({ change }) => change.type === 'create')
      .map(({ change }) => JSON.stringify(change));
    assert.ok(born.length > 0);
    assert.equal(new Set(born).size, born.length);
  });

  it('stops when told, keeps what was done, and goes on with the same night', async () => {
    const stopInPropagation = async () => {
      let told = false;
      const stopped = await sleeper([...db, ...now], (phase, signal) => {
        /* Told once: it may begin and end before this process hears of either. */
        if (phase !== 'propagation' || told) return;
        told = true;
        signal('SIGTERM');
      });
      assert.equal(stopped.code, 0, stopped.stderr);
      return night.parse(JSON.parse(stopped.stdout));
    };
    let interrupted = await stopInPropagation();
    /* A machine may be slower at telling than at sleeping: then the night had ended before it was told to. */
    for (let again = 0; again < 5 && interrupted.state === 'complete'; again += 1) {
      db = await freshMemory();
      interrupted = await stopInPropagation();
    }
    assert.equal(interrupted.state, 'interrupted');
    assert.ok(interrupted.changes > 0, 'replay and homeostasis were done');
    const [kept] = nights.parse(await reverieJson(['nights', ...db]));
    assert.deepEqual(kept, interrupted);
    const next = night.parse(await reverieJson(['sleep', ...db, ...now]));
    assert.equal(next.id, interrupted.id);
    assert.equal(next.state, 'complete');
    assert.deepEqual(next.stages.slice(0, interrupted.stages.length), interrupted.stages);
    const steps = next.stages.map(({ cycle, phase }) => `${cycle} ${phase}`);
    assert.equal(new Set(steps).size, steps.length, 'a phase was done twice');
  });
});
