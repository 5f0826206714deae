/**
 * How soon a sleeper ends when it is told to (SIGTERM), in each phase of a night.
 *
 *   npm run build && npm run bench -- stop [MEMORIES…] [--times N] [--phases 1,2,… | --whole [--from DATABASE]]
 *
 * With `--whole` one night is stopped over and over, as often in each phase, and gone on with each time: that is the way for
 * large memories. It tells, from the signal on, when the night had ended with all it had to write, and when the process was gone (taking
 * hundreds of megabytes apart takes time too): by the clock, in processor time of its main thread, which the machine's other users hardly
 * change, and in that of all threads.
 *
 * Without, for each phase the real command line is started on a memory of that size which has gone through the phases before,
 * and told to stop at a random moment of it; what is measured is the time until the process has ended, closing of the
 * database included. On a busy machine the processor's other users count too.
 */
import { spawn } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from '../../src/core/sleep/night/random.ts';
import type { PhaseName } from '../../src/core/sleep/phase.ts';
import { sleepPhases } from '../../src/core/sleep/phases.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { leanMemory, nightMemory } from '../../src/vscode/worker.ts';
import { silentLog } from '../support/builders.ts';
import { syntheticEpisodes } from '../support/syntheticDays.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    times: { type: 'string', default: '5' },
    phases: { type: 'string' },
    whole: { type: 'boolean' },
    from: { type: 'string' },
  },
});
const random = createRandom('stop');
const phaseNames = sleepPhases.map(({ name }) => name);
const built = resolve('out/bench/stop-dist');
cpSync('dist', built, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'reverie-stop-'));

/** A phase that takes longer is not waited for, ms. */
const longest = 20_000;

interface Stopped {
  /** How long the phase was at work until it ended or was stopped, ms. */
  readonly phaseMs: number;
  /** From the signal until the process was gone, ms; undefined if it had ended before. */
  readonly ms: number | undefined;
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
    let begun: number | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', () => {
      if (begun !== undefined) return;
      begun = performance.now();
      timer = setTimeout(() => {
        told = performance.now();
        child.kill('SIGTERM');
      }, afterMs);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const ended = performance.now();
      clearTimeout(timer);
      if (code !== 0) return reject(new Error(`${phase}: ended with ${code}`));
      const state = /"state": "(\w+)"/.exec(stdout)?.[1] ?? 'unknown';
      const stopped = told !== undefined && state === 'interrupted';
      done({
        phaseMs: (told ?? ended) - (begun ?? ended),
        ms: stopped && told !== undefined ? ended - told : undefined,
      });
    });
  });
}

/** What a process has used, ms: by the clock, in its main thread, in all threads (to 10 ms). */
interface Used {
  readonly clock: number;
  readonly thread: number;
  readonly cpu: number;
}

/** Undefined once the process is gone; without processor times where nobody tells them. */
function usedBy(pid: number): Used | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    const thread = Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
    return { clock: performance.now(), thread, cpu: (Number(fields[11]) + Number(fields[12])) * 10 };
  } catch {
    return undefined;
  }
}

const since = (from: Used, to: Used): Used => ({
  clock: to.clock - from.clock,
  thread: to.thread - from.thread,
  cpu: to.cpu - from.cpu,
});

const tell = ({ clock, thread, cpu }: Used) =>
  `${clock.toFixed(0).padStart(6)} ms (thread ${thread.toFixed(0).padStart(4)}, all ${cpu.toFixed(0).padStart(4)})`;

interface Halt {
  readonly phase: string;
  /** From the signal until the night had ended, and until its process was gone. */
  readonly ended: Used;
  readonly gone: Used;
}

/** Goes on with the night on `file` until a phase begins that `delayFor` gives a time in which to stop it, or to its end. */
function halt(file: string, delayFor: (phase: string) => number | undefined): Promise<Halt | undefined> {
  return new Promise((done, reject) => {
    const args = [join(built, 'cli.js'), 'sleep', '--db', file, '--json', '--progress', 'jsonl'];
    /* As the editor begins a night. */
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...leanMemory, ...nightMemory },
    });
    const pid = child.pid ?? 0;
    let phase = '';
    const nothing: Used = { clock: 0, thread: 0, cpu: 0 };
    let signalled: Used | undefined;
    let ended: Used | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = nothing;
    const watch = () => {
      last = usedBy(pid) ?? last;
      timer = setTimeout(watch, 5);
    };
    /* Its report is the last it says. */
    child.stdout.on('data', () => {
      if (signalled !== undefined) ended ??= usedBy(pid);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      const now = [...text.matchAll(/"detail":"(\w+)"/g)].at(-1)?.[1] ?? phase;
      if (now === phase || signalled !== undefined) return;
      phase = now;
      clearTimeout(timer);
      const delay = delayFor(phase);
      if (delay === undefined) return;
      timer = setTimeout(() => {
        signalled = usedBy(pid) ?? nothing;
        child.kill('SIGTERM');
        watch();
      }, delay);
    });
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(timer);
      if (signalled === undefined) return done(undefined);
      const gone = since(signalled, { ...last, clock: performance.now() });
      done({ phase, ended: ended === undefined ? gone : since(signalled, ended), gone });
    });
  });
}

/** Over within milliseconds: stopped at once. */
const brief: ReadonlySet<string> = new Set(['homeostasis'] satisfies readonly PhaseName[]);

/** One night, stopped `times` in each phase. */
async function stopThroughout(file: string, times: number): Promise<void> {
  const stops = new Map<string, number>();
  const all: Halt[] = [];
  for (;;) {
    const stopped = await halt(file, (phase) => {
      const before = stops.get(phase) ?? 0;
      if (before >= times) return undefined;
      if (brief.has(phase)) return 0;
      /* Later and later: reading, working, committing. One that is over before then is waited for in the next cycle. */
      return random.next() * 1500 * 3 ** before;
    });
    if (stopped === undefined) break;
    all.push(stopped);
    stops.set(stopped.phase, (stops.get(stopped.phase) ?? 0) + 1);
    console.log(
      `  ${stopped.phase.padEnd(16)}night ended ${tell(stopped.ended)}, process gone ${tell(stopped.gone)}`,
    );
  }
  const most = (read: (one: Halt) => number) => Math.max(...all.map(read)).toFixed(0);
  console.log(
    `  ${all.length} stops; night ended after at most ${most(({ ended }) => ended.clock)} ms (thread ${most(({ ended }) => ended.thread)}), ` +
      `process gone ${most(({ gone }) => gone.clock)} ms (thread ${most(({ gone }) => gone.thread)}, all ${most(({ gone }) => gone.cpu)})`,
  );
}

try {
  const sizes = positionals.map(Number).filter((size) => size > 0);
  for (const size of sizes.length > 0 ? sizes : [10_000]) {
    const awake = join(folder, `awake-${size}.db`);
    if (values.whole === true && values.from !== undefined) {
      copyFileSync(values.from, awake);
      console.log(values.from);
      await stopThroughout(awake, Number(values.times));
      continue;
    }
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
    if (values.whole === true) {
      await stopThroughout(awake, Number(values.times));
      continue;
    }
    const asked: readonly string[] = values.phases?.split(',') ?? phaseNames;
    for (const phase of phaseNames) {
      const file = join(folder, 'stopped.db');
      const copy = () => {
        for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
        copyFileSync(awake, file);
      };
      copy();
      const whole = await stopIn(file, phase, longest);
      if (asked.includes(phase)) {
        const took: number[] = [];
        for (let time = 0; time < Number(values.times); time++) {
          copy();
          const { ms } = await stopIn(file, phase, random.next() * whole.phaseMs);
          if (ms !== undefined) took.push(ms);
        }
        took.sort((a, b) => a - b);
        const middle = took[Math.floor(took.length / 2)];
        console.log(
          `  ${phase.padEnd(16)}${(whole.phaseMs / 1000).toFixed(1).padStart(6)} s${whole.ms === undefined ? ' ' : '+'}  ` +
            (middle === undefined
              ? 'over before it could be stopped'
              : `median ${middle.toFixed(0)} ms, at most ${took.at(-1)?.toFixed(0)} ms (${took.length} stops)`),
        );
      }
      if (phase === asked.at(-1)) break;
      if (whole.ms === undefined) {
        /* What follows meets what this phase has left behind. */
        copy();
        await stopIn(file, phase, 10 * longest);
        copyFileSync(file, awake);
      }
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(built, { recursive: true, force: true });
}
