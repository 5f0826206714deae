/**
 * How long a whole night takes, and how it grows: `node scripts/bench` bundles and runs this, or
 * `npx esbuild test/bench/sleep.ts --bundle --platform=node --format=esm --packages=external | node --input-type=module - 1000 10000`.
 * Prints a table; asserts nothing.
 */

import type { Night, SleepStore } from '../../src/core/ports.ts';
import { type SleepProgress, sleepOneNight } from '../../src/core/sleep/cycle.ts';
import type { PhaseReport, SleepPhase, SleepSnapshot } from '../../src/core/sleep/phase.ts';
import { sleepPhases } from '../../src/core/sleep/phases.ts';
import { fixedClock, noon, silentLog, testIds } from '../support/builders.ts';
import { syntheticEpisodes } from '../support/syntheticDays.ts';

/** Keeps nothing but the nights: what is measured is the engine, not a store. */
function memoryOnly(snapshot: () => SleepSnapshot): SleepStore {
  const nights: Night[] = [];
  const none = async () => [];
  return {
    acquireLease: async () => ({ heartbeat: async () => true, release: async () => undefined }),
    snapshot: async () => snapshot(),
    async beginNight({ id, startedAt, seed }) {
      const number = nights.length + 1;
      const report = {
        id,
        number,
        startedAt,
        finishedAt: startedAt,
        state: 'running' as const,
        stages: [],
        rules: [],
        dreams: [],
        changes: 0,
        summary: '',
      };
      const night: Night = { id, number, startedAt, seed, state: 'running', report };
      nights.unshift(night);
      return night;
    },
    commitPhase: async () => undefined,
    async finishNight(id, state, report, finishedAt) {
      const at = nights.findIndex((night) => night.id === id);
      const night = nights[at];
      if (night !== undefined) nights[at] = { ...night, state, report, finishedAt };
    },
    nights: async (limit) => nights.slice(0, limit),
    night: async (id) => nights.find((night) => night.id === id),
    journal: none,
    journalOf: none,
    undo: none,
  };
}

const only = process.argv
  .find((one) => one.startsWith('--phases='))
  ?.slice('--phases='.length)
  .split(',');
const chosen = only === undefined ? {} : { phases: only };
const sizes = process.argv
  .slice(2)
  .map(Number)
  .filter((size) => size > 0);
const log = process.argv.includes('--log')
  ? {
      ...silentLog,
      debug: (line: string) => console.error(line),
      error: (line: string) => console.error(line),
    }
  : { ...silentLog, error: (line: string) => console.error(line) };
for (const size of sizes.length > 0 ? sizes : [1000, 10_000]) {
  const memories = syntheticEpisodes({
    seed: 'bench',
    count: size,
    days: 60,
    projects: Math.max(3, Math.round(size / 2000)),
  });
  let latest: SleepSnapshot = {
    memories,
    links: [],
    evidence: [],
    receipts: [],
    pastNights: [],
    facts: new Map(),
  };
  const store = memoryOnly(() => latest);
  /* The last cycle of a settled night changes nothing: what its last phase sees is what there is in the morning. */
  const phases = sleepPhases.map(
    (phase): SleepPhase => ({
      ...phase,
      run(snapshot, context) {
        latest = snapshot;
        return phase.run(snapshot, context);
      },
    }),
  );
  const before = process.memoryUsage().rss;
  let most = before;
  let longest = 0;
  let during = '';
  let longestIn = '';
  let last = performance.now();
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
    const pause = performance.now() - last;
    if (pause > longest) longestIn = during;
    longest = Math.max(longest, pause);
    last = performance.now();
  }, 5);
  const deps = {
    sleep: store,
    ids: testIds,
    tokenizer: { count: (text: string) => Math.ceil(text.length / 4) },
    log,
    phases,
  };
  const onProgress = ({ phase, report }: SleepProgress) => {
    during = report === undefined ? phase : `after ${phase}`;
  };
  const cpu = process.cpuUsage();
  const started = performance.now();
  const report = await sleepOneNight(
    { ...deps, clock: fixedClock(noon + 3_600_000) },
    { owner: 'bench', ...chosen, onProgress },
  );
  const spent = performance.now() - started;
  const busy = process.cpuUsage(cpu);
  const cpuMs = (busy.user + busy.system) / 1000;
  const second = performance.now();
  const again = await sleepOneNight(
    { ...deps, clock: fixedClock(noon + 7_200_000) },
    { owner: 'bench', ...chosen },
  );
  const secondSpent = performance.now() - second;
  clearInterval(watch);
  const byPhase = new Map<string, number>();
  for (const stage of report.stages as readonly PhaseReport[])
    byPhase.set(stage.phase, (byPhase.get(stage.phase) ?? 0) + stage.ms);
  console.log(
    `${String(size).padStart(7)} episodes  ${(spent / 1000).toFixed(1).padStart(6)} s  ${(cpuMs / 1000).toFixed(1)} s of CPU, ${(cpuMs / size).toFixed(2)} ms each  ` +
      `${Math.round((most - before) / 1e6)} MB more, ${Math.round(most / 1e6)} MB at most  longest pause ${longest.toFixed(0)} ms (${longestIn})  ` +
      `${report.changes} changes, ${report.rules.length} rules, ${report.dreams.length} dreams; second night ${again.changes} changes in ${(secondSpent / 1000).toFixed(1)} s`,
  );
  console.log(
    `        ${[...byPhase]
      .sort((a, b) => b[1] - a[1])
      .map(([phase, ms]) => `${phase} ${(ms / 1000).toFixed(1)}`)
      .join(', ')}`,
  );
  if (process.argv.includes('--summary')) console.log(`        ${report.summary}`);
}
