/**
 * Wall time of a hook against bare Node, over memories of several sizes: what every prompt of an assistant waits for.
 *
 *   npm run bench -- hook [PAIRS] [MEMORIES…]
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '../../src/sqlite/open.ts';
import { fixedClock, noon, silentLog } from '../support/builders.ts';
import { invent, inventedHome } from './invented.ts';
import { openReverie } from './reverie.ts';
import { quantile, report } from './table.ts';

const pairs = Number(process.argv[2] ?? 15);
const given = process.argv.slice(3).map(Number);
const sizes = given.length > 0 ? given : [100, 10_000, 100_000];
/** A prompt is noticed in a process of its own after it was answered: people do not write faster than that. ms */
const betweenPrompts = 1_500;

/** Fills the memory and answers questions about it; nothing of it stays in this process. */
async function fill(file: string, size: number): Promise<readonly string[]> {
  const { memories, questions } = invent(size, pairs + 2);
  const clock = fixedClock(noon + size * 60_000);
  const database = await openDatabase({ file, log: silentLog, clock });
  for (let from = 0; from < size; from += 1000)
    await database.memories.add(
      memories.slice(from, from + 1000).map((memory) => ({ memory })),
      'bench',
    );
  await database.close();
  return questions;
}

function time(work: () => ReturnType<typeof spawnSync>): number {
  const began = performance.now();
  const done = work();
  const took = performance.now() - began;
  if (done.status !== 0) throw new Error(`A process ended with status ${done.status}.`);
  return took;
}

/** One hook over `home`, in the project whose memories these are. */
const hook = (home: string, event: string, session: string, prompt: string) =>
  spawnSync(process.execPath, [join('dist', 'cli.js'), 'hook', event], {
    env: { ...process.env, REVERIE_HOME: home },
    input: JSON.stringify({ hook_event_name: event, session_id: session, cwd: inventedHome, prompt }),
  });

const rows: string[][] = [];
for (const size of sizes) {
  const reverie = openReverie();
  try {
    const questions = await fill(reverie.file, size);
    const home = dirname(reverie.file);
    const bare: number[] = [];
    const told: Record<'UserPromptSubmit' | 'SessionStart', number[]> = {
      UserPromptSubmit: [],
      SessionStart: [],
    };
    /* In turns, so that all meet the same load; the first two warm up. */
    for (const [turn, question] of questions.entries()) {
      const one = time(() => spawnSync(process.execPath, ['-e', '0']));
      const start = time(() => hook(home, 'SessionStart', `start-${turn}`, ''));
      const prompt = time(() => hook(home, 'UserPromptSubmit', `prompt-${turn}`, question));
      await pause(betweenPrompts);
      if (turn < 2) continue;
      bare.push(one);
      told.SessionStart.push(start);
      told.UserPromptSubmit.push(prompt);
    }
    for (const [event, taken] of Object.entries(told)) {
      const ratios = taken.map((value, index) => value / (bare[index] ?? value));
      const both = (values: readonly number[], digits: number) =>
        [0.5, 0.95].map((part) => quantile(values, part).toFixed(digits)).join(' / ');
      rows.push([size.toLocaleString('en'), event, both(bare, 0), both(taken, 0), both(ratios, 2)]);
    }
  } finally {
    reverie.remove();
  }
}
report({
  title: 'A hook against bare Node',
  columns: ['memories', 'hook', 'node -e 0, ms', 'hook, ms', 'ratio of pairs'],
  rows,
  notes: [
    'Median / 95th percentile of a whole process from start to end, one after the other.',
    `${pairs} pairs at each size. All memories are of the project that the hook is asked for.`,
  ],
});
