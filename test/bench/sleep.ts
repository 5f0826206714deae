/**
 * How long a whole night on the real database takes, how much memory, and how it grows.
 *
 *   npm run bench -- sleep [EPISODES…] [--phases=NAME,…] [--keep DIR]
 *
 * Each size sleeps in a process of its own, begun as the editor begins it: one night on episodes nobody has slept on, then a second right after it.
 * Prints, for each phase with its commit, the processor's time, the longest stretch for which the thread was held (in
 * processor time, so that other users of the machine count less), and with several sizes the exponent of growth; then
 * the most memory the process had. `--keep` leaves the databases there and takes them from there the next time. Since a
 * busy machine also lengthens processor time, a fixed piece of work is timed before and after. Asserts nothing.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { tuneForBulk } from '../../src/cli/engine.ts';
import { sleepOneNight } from '../../src/core/sleep/cycle.ts';
import type { SleepProgress } from '../../src/core/sleep/night/order.ts';
import { phaseNames } from '../../src/core/sleep/phase.ts';
import { loadTokenizer } from '../../src/models/tokenizer.ts';
import { createIds } from '../../src/sqlite/ids.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { leanMemory, nightMemory } from '../../src/vscode/worker.ts';
import { fixedClock, noon, silentLog } from '../support/builders.ts';
import { syntheticEpisodes } from '../support/syntheticDays.ts';
import { report } from './table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { phases: { type: 'string' }, keep: { type: 'string' }, one: { type: 'string' } },
});
const hour = 3_600_000;
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Between two looks at the thread, ms: looking costs too. */
const watchMs = 10;
/** Processor time of this thread alone where the system tells (Linux), else of the whole process. */
const threadMs = () => {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return cpuMs();
  }
};

interface Slept {
  readonly ms: number;
  readonly cpu: number;
  readonly phases: Readonly<Record<string, { readonly cpu: number; readonly held: number }>>;
  readonly changes: number;
  readonly rules: number;
  readonly dreams: number;
  readonly cycles: number;
  readonly again: { readonly changes: number; readonly cpu: number };
  /** Most memory of the process, MB. */
  readonly most: number;
}

/** In a process of its own, told what the command tells it: sleeps on `file` and tells on standard output. */
async function sleepOn(file: string): Promise<Slept> {
  const database = await openDatabase({ file, log: silentLog });
  tuneForBulk(await database.memories.count({}));
  const spent = new Map<string, { cpu: number; held: number }>();
  let during = 'opening';
  const of = (phase: string) => {
    const known = spent.get(phase) ?? { cpu: 0, held: 0 };
    spent.set(phase, known);
    return known;
  };
  let began = cpuMs();
  let last = threadMs();
  let watching = true;
  const watch = () => {
    const at = threadMs();
    of(during).held = Math.max(of(during).held, at - last);
    last = at;
    /* A timer, since it must not spin while SQLite works in its own thread. */
    if (watching) setTimeout(watch, watchMs);
  };
  setTimeout(watch, watchMs);
  const onProgress = ({ phase, report }: SleepProgress) => {
    const at = cpuMs();
    if (report !== undefined) of(phase).cpu += at - began;
    began = at;
    during = phase;
  };
  const night = async (at: number) =>
    sleepOneNight(
      {
        sleep: database.sleep,
        clock: fixedClock(at),
        ids: createIds(),
        tokenizer: await loadTokenizer(),
        log: silentLog,
      },
      {
        owner: 'bench',
        onProgress,
        ...(values.phases === undefined ? {} : { phases: values.phases.split(',') }),
      },
    );
  const [cpu, ms] = [cpuMs(), performance.now()];
  const report = await night(noon + hour);
  const first = { ms: performance.now() - ms, cpu: cpuMs() - cpu };
  watching = false;
  const phases = Object.fromEntries(spent);
  const before = cpuMs();
  const again = await night(noon + 2 * hour);
  const slept = {
    ...first,
    phases: structuredClone(phases),
    changes: report.changes,
    rules: report.rules.length,
    dreams: report.dreams.length,
    cycles: new Set(report.stages.map(({ cycle }) => cycle)).size,
    again: { changes: again.changes, cpu: cpuMs() - before },
    most: process.resourceUsage().maxRSS / 1000,
  };
  await database.close();
  return slept;
}

async function prepare(file: string, size: number): Promise<void> {
  const database = await openDatabase({ file, log: silentLog });
  const projects = Math.max(3, Math.round(size / 2000));
  const episodes = syntheticEpisodes({ seed: 'bench', count: size, days: 60, projects });
  for (let at = 0; at < episodes.length; at += 5000)
    await database.memories.add(
      episodes.slice(at, at + 5000).map((memory) => ({ memory })),
      'import',
    );
  await database.close();
}

/** Seconds of processor time for a fixed piece of work, to compare runs on a machine that others use too. */
function fixedWork(): number {
  const from = cpuMs();
  const counts = new Map<string, number>();
  for (let round = 0; round < 6; round++)
    for (let at = 0; at < 300_000; at++) {
      const key = `k${(at * 7919) % 100_003}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  return (cpuMs() - from) / 1000;
}

if (values.one !== undefined) {
  console.log(JSON.stringify(await sleepOn(values.one)));
} else {
  const sizes = positionals.map(Number).filter((size) => size > 0);
  const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'reverie-sleep-'));
  mkdirSync(folder, { recursive: true });
  let earlier: { readonly size: number; readonly slept: Slept } | undefined;
  const told: (string | number)[][] = [];
  const growth = (now: number, before: number | undefined, size: number) =>
    before === undefined || before < 20 || earlier === undefined
      ? ''
      : `  ~ n^${(Math.log(now / before) / Math.log(size / earlier.size)).toFixed(2)}`;
  for (const size of sizes.length > 0 ? sizes : [1000, 10_000]) {
    const awake = join(folder, `awake-${size}.db`);
    if (!existsSync(awake)) await prepare(awake, size);
    const file = join(folder, 'night.db');
    copyFileSync(awake, file);
    const before = fixedWork();
    const run = spawnSync(
      process.execPath,
      [
        ...process.execArgv,
        ...process.argv.slice(1, 2),
        '--one',
        file,
        ...(values.phases === undefined ? [] : ['--phases', values.phases]),
      ],
      {
        env: { ...leanMemory, ...nightMemory, ...process.env },
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
        maxBuffer: 2 ** 26,
      },
    );
    if (run.status !== 0) throw new Error(`The night on ${size} ended with ${run.status ?? run.signal}.`);
    const slept = JSON.parse(run.stdout) as Slept;
    console.log(
      `${String(size).padStart(7)} episodes  ${(slept.cpu / 1000).toFixed(1)} s of CPU in ${(slept.ms / 1000).toFixed(1)} s, ${slept.cycles} cycles, ` +
        `${Math.round(slept.most)} MB at most, ${(statSync(file).size / 1e6).toFixed(0)} MB of database, ${slept.changes} changes, ${slept.rules} rules, ${slept.dreams} dreams; ` +
        `again: ${slept.again.changes} changes, ${(slept.again.cpu / 1000).toFixed(1)} s; fixed work ${before.toFixed(2)} and ${fixedWork().toFixed(2)} s${growth(slept.cpu, earlier?.slept.cpu, size)}`,
    );
    told.push([
      size.toLocaleString('en'),
      (slept.cpu / 1000).toFixed(1),
      (slept.ms / 1000).toFixed(1),
      growth(slept.cpu, earlier?.slept.cpu, size).replace('~ n^', '').trim() || '–',
      Math.round(slept.most),
      slept.changes,
      `${slept.again.changes} in ${(slept.again.cpu / 1000).toFixed(1)} s`,
    ]);
    for (const phase of phaseNames) {
      const spent = slept.phases[phase];
      if (spent === undefined) continue;
      console.log(
        `        ${phase.padEnd(16)}${(spent.cpu / 1000).toFixed(2).padStart(8)} s of CPU  held ${spent.held.toFixed(0).padStart(5)} ms${growth(spent.cpu, earlier?.slept.phases[phase]?.cpu, size)}`,
      );
    }
    earlier = { size, slept };
    for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
  }
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
  report({
    title: 'A night, by what there is to sleep on',
    columns: ['episodes', 'CPU s', 's', 'grows with n to the', 'most MB', 'changes', 'again, at once'],
    rows: told,
    notes: ['Invented episodes over sixty days, none slept on; each night a process of its own.'],
  });
}
