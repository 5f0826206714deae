/**
 * Whether a rule is found better when it is asked for in other words, once generative replay gave it cues.
 *
 *   npm run bench -- cues --data DIR [--capture]
 *
 * `DIR` holds `messages.jsonl`, `annotations.jsonl` and `clusters.jsonl`. A first night makes rules. Each message
 * behind a rule is then held out in turn: the rule's cues are made of what else stands behind it, and the message's own
 * words are the question. Told is how often the rule is among the first five answers (the message itself left out) with
 * no cues and with them, and the difference with its 95 % interval (2,000 bootstrap samples over the messages).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Memory, projectOf } from '../../src/core/memory.ts';
import { createRecall } from '../../src/core/recall/recall.ts';
import { crystallization } from '../../src/core/sleep/crystallization.ts';
import { backgroundOf, cuesOf } from '../../src/core/sleep/dream/dreamCues.ts';
import { evidenceBehind } from '../../src/core/sleep/dream.ts';
import { createRandom } from '../../src/core/sleep/night/random.ts';
import { applyChanges } from '../../src/core/sleep/night/snapshot.ts';
import type { PhaseContext } from '../../src/core/sleep/phase.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { silentLog, testIds } from '../support/builders.ts';
import { createTestClock } from '../support/clock.ts';
import { readSamples } from './samples.ts';

const at = process.argv.indexOf('--data');
const directory = at < 0 ? undefined : process.argv[at + 1];
if (directory === undefined) throw new Error('Give the folder of the material: --data DIR');
const shown = 5;

const episodes = readSamples(directory).samples.map(({ memory }) => memory);
const now = Math.max(...episodes.map(({ createdAt }) => createdAt)) + 86_400_000;
const breathe = async () => {};
const context: PhaseContext = {
  night: testIds.derive('n', 'bench') as PhaseContext['night'],
  number: 1,
  cycle: 9,
  now,
  random: createRandom('bench'),
  ids: testIds,
  tokenizer: { count: (text) => Math.ceil(text.length / 4) },
  inScope: () => true,
  instructions: [],
  approval: 'balanced',
  breathe,
};
const start = {
  memories: episodes,
  links: [],
  evidence: [],
  receipts: [],
  pastNights: [],
  facts: new Map<string, unknown>(),
};
const night = applyChanges(start, (await crystallization.run(start, context)).changes);
const behind = await evidenceBehind(night, async () => undefined);
const byId = new Map(episodes.map((memory) => [memory.id, memory]));
const rules = night.memories.filter(
  ({ id, kind }) => (kind === 'rule' || kind === 'skill') && (behind.get(id)?.size ?? 0) >= 3,
);
const background = await backgroundOf(episodes, breathe);

interface Asked {
  readonly project: string;
  readonly before: number;
  readonly after: number;
}
const asked: Asked[] = [];
const folder = mkdtempSync(join(tmpdir(), 'reverie-cues-'));
const clock = createTestClock(now);
const database = await openDatabase({ file: join(folder, 'memory.db'), log: silentLog, clock });
try {
  await database.memories.add(
    night.memories.map((memory) => ({ memory: { ...memory, status: 'active', cues: [] } as Memory })),
    'import',
  );
  const { recall } = createRecall({ memories: database.memories, clock });
  const rankOf = async (rule: Memory, held: Memory) => {
    const { results } = await recall({
      text: held.text,
      project: projectOf(held),
      k: shown,
      sessionSeen: new Set([held.id]),
    });
    return results.findIndex(({ memory }) => memory.id === rule.id);
  };
  for (const rule of rules) {
    const own = [...(behind.get(rule.id) ?? [])].flatMap((id) => byId.get(id) ?? []);
    for (const held of own) {
      const before = await rankOf(rule, held);
      const rest = own.filter((one) => one !== held && one.text !== held.text);
      await database.memories.update(rule.id, { cues: cuesOf(rule, rest, background) }, 'edit');
      const after = await rankOf(rule, held);
      await database.memories.update(rule.id, { cues: [] }, 'edit');
      const score = (rank: number) => (rank < 0 ? 0 : 1);
      asked.push({ project: projectOf(held) ?? '', before: score(before), after: score(after) });
    }
  }
} finally {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const random = createRandom('bootstrap');
function intervalOf(values: readonly number[]): readonly [number, number] {
  const means = Array.from({ length: 2000 }, () =>
    mean(values.map(() => values[Math.floor(random.next() * values.length)] ?? 0)),
  ).sort((a, b) => a - b);
  return [means[50] ?? 0, means[1949] ?? 0];
}
const tell = (name: string, some: readonly Asked[]) => {
  if (some.length === 0) return;
  const [low, high] = intervalOf(some.map(({ before, after }) => after - before));
  console.log(
    `${name.padEnd(28)} ${String(some.length).padStart(4)} questions  without ${mean(some.map(({ before }) => before)).toFixed(3)}  with ${mean(some.map(({ after }) => after)).toFixed(3)}  difference ${(mean(some.map(({ before, after }) => after - before))).toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`,
  );
};
console.log(`${rules.length} rules; the rule among the first ${shown}:`);
for (const project of new Set(asked.map((one) => one.project)))
  tell(
    project,
    asked.filter((one) => one.project === project),
  );
tell('all', asked);
