/**
 * The sleeper is killed (kill -9) at random moments of a night, again and again: nothing may be lost or done twice.
 *
 *   npm run build && npm run bench -- kills [KILLS] [--episodes N] [--each K] [--seed TEXT]
 *
 * Each night of the real command line is killed up to K times, at moments drawn over the whole time a night takes, and
 * then left to end. Afterwards the file must be whole, and every row of every table (journal and hypnogram included)
 * must be what an undisturbed night leaves. All sleepers are given the same `--now`; the dead sleeper's lease is taken
 * away by hand, since under a clock that stands still it would never grow stale. Throws at the first difference.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dayMs } from '../../src/core/memory.ts';
import { createRandom } from '../../src/core/sleep/night/random.ts';
import { openConnection, type Row } from '../../src/sqlite/connection.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { noon, silentLog } from '../support/builders.ts';
import { syntheticEpisodes } from '../support/syntheticDays.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    episodes: { type: 'string', default: '300' },
    each: { type: 'string', default: '4' },
    seed: { type: 'string', default: 'kills' },
  },
});
const wanted = Number(positionals[0] ?? 200);
const each = Number(values.each);
const random = createRandom(values.seed);

/* A copy of what was built: a build meanwhile must not change what is measured. */
const built = resolve('out/bench/kills-dist');
cpSync('dist', built, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'reverie-kills-'));
const now = new Date(noon + dayMs).toISOString();

interface Ended {
  readonly killed: boolean;
  readonly code: number | null;
  readonly ms: number;
  readonly stderr: string;
}

function sleepOn(file: string, killAfterMs?: number): Promise<Ended> {
  return new Promise((done, reject) => {
    const began = performance.now();
    const args = [join(built, 'cli.js'), 'sleep', '--db', file, '--now', now, '--json'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const timer =
      killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      done({ killed: signal === 'SIGKILL', code, ms: performance.now() - began, stderr });
    });
  });
}

async function withFile<T>(
  file: string,
  work: (all: (sql: string) => Promise<readonly Row[]>) => Promise<T>,
): Promise<T> {
  const connection = await openConnection({ file, readOnly: false, busyMs: 15_000 });
  try {
    return await connection.plain((sql) => work((statement) => sql.all(statement)));
  } finally {
    await connection.close();
  }
}

/** Every row of every table that holds something of the memory, in a fixed order. */
const contentOf = (file: string) =>
  withFile(file, async (all) => {
    assert.deepEqual(await all('PRAGMA integrity_check'), [{ integrity_check: 'ok' }]);
    assert.deepEqual(await all('PRAGMA foreign_key_check'), []);
    const content: Record<string, readonly Row[]> = {};
    for (const [table, order] of [
      ['memories', 'id'],
      ['evidence', 'memory, episode'],
      ['links', 'from_memory, to_memory, kind'],
      ['memory_terms', 'seq'],
      ['receipts', 'id'],
      ['facts', 'key'],
      ['nights', 'number'],
      ['phases', 'night, ordinal'],
      ['journal', 'seq'],
    ] as const) {
      content[table] = await all(`SELECT * FROM ${table} ORDER BY ${order}`);
    }
    return content;
  });

const freeLease = (file: string) => withFile(file, (all) => all('UPDATE lease SET owner = NULL'));

try {
  const awake = join(folder, 'awake.db');
  const database = await openDatabase({ file: awake, log: silentLog });
  const episodes = syntheticEpisodes({
    seed: 'kills',
    count: Number(values.episodes),
    days: 30,
    projects: 3,
  });
  await database.memories.add(
    episodes.map((memory) => ({ memory })),
    'import',
  );
  await database.close();

  const whole = join(folder, 'whole.db');
  copyFileSync(awake, whole);
  const undisturbed = await sleepOn(whole);
  assert.equal(undisturbed.code, 0, undisturbed.stderr);
  const expected = await contentOf(whole);
  const changes = expected['journal']?.length ?? 0;
  const phases = expected['phases']?.length ?? 0;
  console.log(
    `${episodes.length} episodes; an undisturbed night: ${phases} phases, ${changes} changes, ${(undisturbed.ms / 1000).toFixed(1)} s.`,
  );

  let [kills, nights] = [0, 0];
  let length = undisturbed.ms;
  const struck = new Map<string, number>();
  while (kills < wanted) {
    const file = join(folder, 'killed.db');
    for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
    copyFileSync(awake, file);
    nights++;
    let over = false;
    for (let kill = 0; kill < each && kills < wanted && !over; kill++) {
      const ended = await sleepOn(file, random.next() * length);
      if (ended.killed) {
        kills++;
        /* Where the night stood, told from the file as the next sleeper finds it. */
        const done = await withFile(file, (all) => all('SELECT count(*) AS n FROM phases'));
        const name = `${done[0]?.['n'] ?? 0}`;
        struck.set(name, (struck.get(name) ?? 0) + 1);
        await freeLease(file);
        /* Struck when the night was over: to sleep again would be a night of its own. */
        const [night] = await withFile(file, (all) => all('SELECT state FROM nights'));
        over = night?.['state'] === 'complete';
      } else {
        assert.equal(ended.code, 0, ended.stderr);
        over = true;
        /* How long a night takes hangs on who else uses the machine. */
        if (kill === 0) length = ended.ms;
      }
    }
    if (!over) {
      const last = await sleepOn(file);
      assert.equal(last.code, 0, last.stderr);
    }
    const found = await contentOf(file);
    /* A night that was broken off in its last cycle does not say that nothing is left: it did not see all of it. */
    found['nights'] = (found['nights'] ?? []).map((row, index) => ({
      ...row,
      settled: row['settled'] ?? expected['nights']?.[index]?.['settled'] ?? null,
    }));
    for (const [table, rows] of Object.entries(expected)) {
      const others = found[table] ?? [];
      const at = rows.findIndex((row, index) => JSON.stringify(row) !== JSON.stringify(others[index]));
      assert.ok(
        at < 0 && rows.length === others.length,
        `night ${nights}, after ${kills} kills: ${table} differs (${others.length} rows, ${rows.length} expected): ${JSON.stringify([rows[at], others[at]], undefined, 1)}`,
      );
    }
    if (nights % 10 === 0) console.error(`${kills} kills, ${nights} nights`);
  }
  console.log(
    `${kills} kills in ${nights} nights: every file whole, every row of every table as after an undisturbed night.`,
  );
  console.log(
    `Phases committed when struck: ${[...struck]
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([done, count]) => `${done}: ${count}`)
      .join(', ')}.`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(built, { recursive: true, force: true });
}
