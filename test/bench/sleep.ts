/**
 * How long a whole night takes, and how it grows.
 *
 *   npm run bench -- sleep [EPISODES…] [--phases=NAME,…] [--summary] [--log]
 *
 * Prints, for each phase, the processor's time, the longest stretch for which the thread was held (in processor time,
 * so that other users of the machine do not count), and with several sizes the exponent of growth. Asserts nothing.
 */

import { sleepOneNight } from '../../src/core/sleep/cycle.ts';
import type { SleepProgress } from '../../src/core/sleep/order.ts';
import { phaseNames, type SleepPhase, type SleepSnapshot } from '../../src/core/sleep/phase.ts';
import { sleepPhases } from '../../src/core/sleep/phases.ts';
import type { Night, SleepStore } from '../../src/core/sleep/store.ts';
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
    letGo: async () => 0,
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
let earlier: { readonly size: number; readonly spentIn: ReadonlyMap<string, number> } | undefined;
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
  let during = 'opening';
  const held = new Map<string, number>();
  const spentIn = new Map<string, number>();
  const cpuMsNow = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  let last = cpuMsNow();
  let phaseBegan = last;
  /* As often as the thread comes free: a night hands it back by immediates. */
  let watching = true;
  const watch = () => {
    const at = cpuMsNow();
    held.set(during, Math.max(held.get(during) ?? 0, at - last));
    last = at;
    if (watching) setImmediate(watch);
  };
  setImmediate(watch);
  const memoryWatch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  const deps = {
    sleep: store,
    ids: testIds,
    tokenizer: { count: (text: string) => Math.ceil(text.length / 4) },
    log,
    phases,
  };
  const onProgress = ({ phase, report }: SleepProgress) => {
    const at = cpuMsNow();
    if (report !== undefined) spentIn.set(phase, (spentIn.get(phase) ?? 0) + at - phaseBegan);
    phaseBegan = at;
    during = phase;
  };
  const cpu = process.cpuUsage();
  const started = performance.now();
  const report = await sleepOneNight(
    { ...deps, clock: fixedClock(noon + 3_600_000) },
    { owner: 'bench', ...chosen, onProgress },
  );
  const spent = performance.now() - started;
  watching = false;
  clearInterval(memoryWatch);
  const busy = process.cpuUsage(cpu);
  const cpuMs = (busy.user + busy.system) / 1000;
  const second = performance.now();
  const again = await sleepOneNight(
    { ...deps, clock: fixedClock(noon + 7_200_000) },
    { owner: 'bench', ...chosen },
  );
  const secondSpent = performance.now() - second;
  console.log(
    `${String(size).padStart(7)} episodes  ${(spent / 1000).toFixed(1).padStart(6)} s  ${(cpuMs / 1000).toFixed(1)} s of CPU, ${(cpuMs / size).toFixed(2)} ms each  ` +
      `${Math.round((most - before) / 1e6)} MB more, ${Math.round(most / 1e6)} MB at most  ` +
      `${report.changes} changes, ${report.rules.length} rules, ${report.dreams.length} dreams; second night ${again.changes} changes in ${(secondSpent / 1000).toFixed(1)} s`,
  );
  for (const phase of phaseNames) {
    const ms = spentIn.get(phase);
    if (ms === undefined) continue;
    const smaller = earlier === undefined ? undefined : earlier.spentIn.get(phase);
    const exponent =
      smaller === undefined || earlier === undefined
        ? ''
        : `  ~ n^${(Math.log(ms / smaller) / Math.log(size / earlier.size)).toFixed(2)}`;
    console.log(
      `        ${phase.padEnd(16)}${(ms / 1000).toFixed(2).padStart(8)} s of CPU  held ${(held.get(phase) ?? 0).toFixed(0).padStart(5)} ms${exponent}`,
    );
  }
  earlier = { size, spentIn };
  if (process.argv.includes('--summary')) console.log(`        ${report.summary}`);
}
