/**
 * How soon a sleeper ends when it is told to (SIGTERM), in each phase of a night.
 *
 *   npm run build && npm run bench -- stop [MEMORIES…] [--times N] [--phases 1,2,…]
 *
 * For each phase the real command line is started on a memory of that size, and told to stop at a random moment after
 * the phase began; what is measured is the time until the process has ended, closing of the database included.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { phaseNames } from '../../src/core/sleep/phase.ts';
import { createRandom } from '../../src/core/sleep/random.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { silentLog } from '../support/builders.ts';
import { syntheticEpisodes } from '../support/syntheticDays.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { times: { type: 'string', default: '5' }, phases: { type: 'string' } },
});
const random = createRandom('stop');
const built = resolve('out/bench/stop-dist');
cpSync('dist', built, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'reverie-stop-'));

interface Stopped {
  /** From the signal until the process was gone, ms; undefined if it had ended before. */
  readonly ms: number | undefined;
  readonly state: string;
}

/** Stops `afterMs` after the first sign of `phase`. */
function stopIn(file: string, phase: string, afterMs: number): Promise<Stopped> {
  return new Promise((done, reject) => {
    const args = [
      join(built, 'cli.js'),
      'sleep',
      '--db',
      file,
      '--phases',
      phase,
      '--json',
      '--progress',
      'jsonl',
    ];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let told: number | undefined;
    let begun = false;
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', () => {
      if (begun) return;
      begun = true;
      setTimeout(() => {
        told = performance.now();
        child.kill('SIGTERM');
      }, afterMs);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const ended = performance.now();
      if (code !== 0) return reject(new Error(`${phase}: ended with ${code}`));
      const state = /"state": "(\w+)"/.exec(stdout)?.[1] ?? 'unknown';
      done({ ms: told === undefined || state !== 'interrupted' ? undefined : ended - told, state });
    });
  });
}

try {
  const sizes = positionals.map(Number).filter((size) => size > 0);
  for (const size of sizes.length > 0 ? sizes : [10_000]) {
    const awake = join(folder, `awake-${size}.db`);
    const database = await openDatabase({ file: awake, log: silentLog });
    const episodes = syntheticEpisodes({
      seed: 'stop',
      count: size,
      days: 60,
      projects: Math.max(3, Math.round(size / 2000)),
      until: Date.now() - 3_600_000,
    });
    for (let at = 0; at < episodes.length; at += 5000)
      await database.memories.add(
        episodes.slice(at, at + 5000).map((memory) => ({ memory })),
        'import',
      );
    await database.close();
    console.log(`${size} memories`);
    const asked = values.phases?.split(',') ?? phaseNames;
    for (const phase of asked) {
      const took: number[] = [];
      let over = 0;
      for (let time = 0; time < Number(values.times); time++) {
        const file = join(folder, 'stopped.db');
        for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
        copyFileSync(awake, file);
        const { ms, state } = await stopIn(file, phase, random.next() * Math.min(3000, size / 5));
        if (ms === undefined) {
          assert.equal(state, 'complete');
          over++;
        } else took.push(ms);
      }
      took.sort((a, b) => a - b);
      const middle = took[Math.floor(took.length / 2)];
      console.log(
        `  ${phase.padEnd(16)}${took.length === 0 ? 'over before it could be stopped' : `median ${middle?.toFixed(0)} ms, at most ${took.at(-1)?.toFixed(0)} ms`}${over > 0 && took.length > 0 ? ` (${over} were over before)` : ''}`,
      );
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(built, { recursive: true, force: true });
}
