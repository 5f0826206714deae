/**
 * Wall time of a hook against bare Node, at 10,000 memories or another number: what every prompt of an assistant waits for.
 *
 *   npm run bench -- hook [PAIRS] [MEMORIES]
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { openDatabase } from '../../src/sqlite/open.ts';
import { fixedClock, noon, silentLog } from '../support/builders.ts';
import { invent } from './invented.ts';
import { openReverie } from './reverie.ts';
import { quantile, report } from './table.ts';

const pairs = Number(process.argv[2] ?? 15);
const size = Number(process.argv[3] ?? 10_000);
const reverie = openReverie();
try {
  const { memories, questions } = invent(size);
  const clock = fixedClock(noon + size * 60_000);
  const database = await openDatabase({ file: reverie.file, log: silentLog, clock });
  for (let from = 0; from < size; from += 1000)
    await database.memories.add(
      memories.slice(from, from + 1000).map((memory) => ({ memory })),
      'bench',
    );
  await database.close();
  const bare: number[] = [];
  const hooked: number[] = [];
  const time = (work: () => void) => {
    const began = performance.now();
    work();
    return performance.now() - began;
  };
  /* In turns, so that both meet the same load. */
  for (let pair = -2; pair < pairs; pair += 1) {
    const one = time(() => void spawnSync(process.execPath, ['-e', '0']));
    const other = time(() => {
      const done = spawnSync(process.execPath, [join('dist', 'cli.js'), 'hook', 'UserPromptSubmit'], {
        env: { ...process.env, REVERIE_HOME: dirname(reverie.file) },
        input: JSON.stringify({
          hook_event_name: 'UserPromptSubmit',
          session_id: `bench-${pair}`,
          cwd: process.cwd(),
          prompt: questions[pair + 2] ?? '',
        }),
      });
      if (done.status !== 0) throw new Error(`The hook ended with status ${done.status}.`);
    });
    if (pair < 0) continue;
    bare.push(one);
    hooked.push(other);
  }
  const ratios = hooked.map((value, index) => value / (bare[index] ?? value));
  report({
    title: 'A hook against bare Node',
    columns: ['', 'median ms', 'p95 ms'],
    rows: [
      ['node -e 0', quantile(bare, 0.5).toFixed(0), quantile(bare, 0.95).toFixed(0)],
      [
        `hook UserPromptSubmit, ${size.toLocaleString('en')} memories`,
        quantile(hooked, 0.5).toFixed(0),
        quantile(hooked, 0.95).toFixed(0),
      ],
      ['ratio of pairs', quantile(ratios, 0.5).toFixed(2), quantile(ratios, 0.95).toFixed(2)],
    ],
    notes: [`${pairs} pairs, each a whole process from start to end, one after the other.`],
  });
} finally {
  reverie.remove();
}
