/**
 * How long a warm recall takes, what it costs in memory, and what writing and keeping an episode costs.
 *
 *   npm run bench -- latency [EPISODES…]
 *
 * Default 1,000, 10,000 and 100,000. Invented episodes of 12 to 35 words, all in one project.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ProjectId } from '../../src/core/memory.ts';
import { createRecall } from '../../src/core/recall/recall.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { fixedClock, noon, silentLog } from '../support/builders.ts';
import { invent } from './invented.ts';
import { fts5, miniSearch } from './rivals/plain.ts';
import { quantile, report } from './table.ts';

setFlagsFromString('--expose_gc');
const collect: () => void = runInNewContext('gc');

/** Megabytes that live objects and their buffers take. */
function megabytes(): number {
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

const sizes = process.argv
  .slice(2)
  .map(Number)
  .filter((size) => size > 0);
const counted = (size: number) => size.toLocaleString('en');
const ms = (value: number) => value.toFixed(2);

async function time(questions: readonly string[], ask: (question: string) => Promise<unknown>) {
  for (const question of questions) await ask(question);
  const took: number[] = [];
  const cpu = process.cpuUsage();
  for (const question of questions) {
    const began = performance.now();
    await ask(question);
    took.push(performance.now() - began);
  }
  const { user, system } = process.cpuUsage(cpu);
  return { took, cpu: (user + system) / 1000 / questions.length };
}

const recallRows: (string | number)[][] = [];
const writeRows: (string | number)[][] = [];
for (const size of sizes.length > 0 ? sizes : [1000, 10_000, 100_000]) {
  const { memories, questions } = invent(size);
  const row = (name: string, { took, cpu }: Awaited<ReturnType<typeof time>>, held: number, first: number) =>
    recallRows.push([
      name,
      counted(size),
      ms(quantile(took, 0.5)),
      ms(quantile(took, 0.95)),
      ms(quantile(took, 0.99)),
      ms(cpu),
      held.toFixed(1),
      first.toFixed(0),
    ]);

  const folder = mkdtempSync(join(tmpdir(), 'reverie-bench-'));
  const file = join(folder, 'memory.db');
  try {
    const clock = fixedClock(noon + size * 60_000);
    const database = await openDatabase({ file, log: silentLog, clock });
    const cpu = process.cpuUsage();
    const began = performance.now();
    for (let from = 0; from < size; from += 1000)
      await database.memories.add(
        memories.slice(from, from + 1000).map((memory) => ({ memory })),
        'bench',
      );
    const wall = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    await database.close();
    const bytes = statSync(file).size;
    writeRows.push([
      counted(size),
      counted(Math.round(size / wall)),
      ((user + system) / 1000 / size).toFixed(2),
      Math.round(bytes / size),
    ]);
    const again = await openDatabase({ file, log: silentLog, clock });
    const before = megabytes();
    const { recall } = createRecall({ memories: again.memories, clock });
    const place = memories[0]?.scope;
    const project = place?.level === 'project' ? place.project : ('' as ProjectId);
    const firstBegan = performance.now();
    await recall({ text: questions[0] ?? '', project });
    const first = performance.now() - firstBegan;
    const timed = await time(questions, (text) => recall({ text, project }));
    row('Reverie', timed, megabytes() - before, first);
    await again.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const texts = memories.map(({ id, text }) => ({ id: String(id), text }));
  for (const rival of [fts5, miniSearch]) {
    const before = megabytes();
    const firstBegan = performance.now();
    const opened = await rival.open(texts);
    const first = performance.now() - firstBegan;
    const timed = await time(questions, (question) => opened.ask(question, 5));
    row(rival.name, timed, megabytes() - before, first);
    await opened.close();
  }
}
report({
  title: 'Warm recall: time and memory',
  columns: ['', 'memories', 'p50 ms', 'p95 ms', 'p99 ms', 'CPU ms', 'MB held', 'first, ms'],
  rows: recallRows,
  notes: [
    'Reverie answers whole memories from its database and index; the others answer identities from an index in memory. “First” is opening: reading the index from disk for Reverie, building it for the others. MB held are live JavaScript objects and buffers; what SQLite itself caches is not in it.',
  ],
});
report({
  title: 'Writing and keeping',
  columns: ['episodes', 'written a second', 'CPU ms each', 'bytes each on disk'],
  rows: writeRows,
  notes: ['With journal, index terms and full-text index, a thousand a transaction.'],
});
