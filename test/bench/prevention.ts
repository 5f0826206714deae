/**
 * Would the lesson have been there before the mistake? Real conversations are lived through in the order of time,
 * with capture as they are held, a sleep each night, and injection at the start of every conversation and with every
 * request; all of it is the product's own code over a real database.
 *
 *   npm run bench -- prevention --data DIR [--repo NAME] [--life NAME] [--list]
 *
 * `DIR` holds `transcripts/NAME/`, `messages.jsonl`, `annotations.jsonl` and `clusters.jsonl`. At the end the same is
 * asked of injection alone, with every lesson a well-worded rule on the next day (`preventionIdeal.ts`), or by
 * `--life ideal`. `--list` says of each repeat whether it was told, and what stood in the way.
 *
 *   prevented   repeats of a correction, in a later conversation than an earlier one of its cluster, whose lesson was
 *               told in their conversation before the request that the mistake answered was over
 *   noise       requests with nothing to learn from that still got a per-prompt injection
 *   leaks       memories told that belong to another project
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { causes } from './preventionCause.ts';
import { idealPrevention } from './preventionIdeal.ts';
import { type Life, type Lived, live, lives } from './preventionLife.ts';
import { report } from './table.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    repo: { type: 'string', multiple: true },
    life: { type: 'string', multiple: true },
    list: { type: 'boolean' },
  },
});
if (values.data === undefined) throw new Error('Give the folder of the material: --data DIR');
const data = values.data;

/** Wilson's interval at 95 %. */
function interval(part: number, whole: number): string {
  if (whole === 0) return '–';
  const z = 1.96;
  const p = part / whole;
  const middle = (p + z ** 2 / (2 * whole)) / (1 + z ** 2 / whole);
  const half = (z / (1 + z ** 2 / whole)) * Math.sqrt((p * (1 - p)) / whole + z ** 2 / (4 * whole ** 2));
  return `${p.toFixed(2)} [${Math.max(0, middle - half).toFixed(2)}, ${(middle + half).toFixed(2)}] (${part}/${whole})`;
}
const quantile = (numbers: readonly number[], at: number) =>
  [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(at * numbers.length))] ?? 0;
const mean = (numbers: readonly number[]) =>
  numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length);

const repos = values.repo ?? readdirSync(join(data, 'transcripts'));
const chosen: readonly Life[] = lives.filter(({ name }) => values.life?.includes(name) ?? true);

const told: (string | number)[][] = [];
const line = (repo: string, name: string, lived: Lived) => {
  const cells = [
    repo,
    name,
    interval(lived.prevented, lived.repeats),
    interval(lived.preventedLater, lived.repeatsLater),
    interval(lived.noisy, lived.quiet),
    `${mean(lived.startTokens).toFixed(0)} (${quantile(lived.startTokens, 1)})`,
    `${mean(lived.promptTokens).toFixed(0)} (${quantile(lived.promptTokens, 0.95)}, ${quantile(lived.promptTokens, 1)})`,
    lived.leaks,
    interval(lived.junk, lived.told),
  ];
  told.push(cells);
  console.error(`… ${cells.join(' | ')}`);
};
for (const life of chosen) {
  const all = await live(data, repos, life);
  for (const [repo, lived] of all.byRepo) line(repo, life.name, lived);
  if (all.byRepo.size > 1) line('all', life.name, all.whole);
  if (values.list) {
    for (const { cluster, session, told, cause, status } of all.listed)
      console.log(
        `    ${told ? '✓' : '·'} ${cluster} ${session.slice(0, 60)} ${told ? '' : `${cause}: ${status}`}`,
      );
    for (const cause of causes) {
      const met = all.listed.filter((one) => one.cause === cause).length;
      if (met > 0) console.log(`  ${met}× ${cause}`);
    }
  }
}
report({
  title: 'Prevention and noise',
  columns: [
    'repository',
    'memory',
    'prevented',
    '… on a later day',
    'noise',
    'tokens at start, mean (most)',
    'tokens a prompt, mean (p95, most)',
    'leaks',
    'junk told',
  ],
  rows: told,
  notes: (values.life?.includes('ideal') ?? true) ? (await idealPrevention(data)).split('\n') : [],
});
