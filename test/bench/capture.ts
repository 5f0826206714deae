/**
 * Measures capture on labelled messages outside the project. Run by hand:
 *
 *   npx esbuild test/bench/capture.ts --bundle --platform=node --format=esm --outfile=out/bench/capture.mjs
 *   node out/bench/capture.mjs --data DIR
 *
 * Prints precision and recall of memorable against neither for each label file, with and without ambiguous rows, with
 * 95 % Wilson intervals; which class is taken for which; the same of `standing` and `durable`, by repository; how salience
 * ranks what is labelled (area under the curve, rank correlation); how lessons, their sides, their reach and their occasion
 * agree with the annotated ones (the rule stands in `captureLessons.ts`), and how many stand alone; how much of ordinary
 * text is redacted for nothing; and time a message. `--lessons N` prints N
 * lessons as they would be shown, drawn evenly. The shipped weights saw `annotations.jsonl`: for honest figures see the cross-validated ones that
 * `scripts/trainClassifier.mjs` prints.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Classification, classify } from '../../src/core/capture/classify.ts';
import { standsAlone } from '../../src/core/capture/standsAlone.ts';
import { gateTable } from '../../src/core/salience/gate.ts';
import { scoreSalience } from '../../src/core/salience/score.ts';
import { termsOf } from '../../src/core/text/terms.ts';
import { createRedactor } from '../../src/redaction/secretlint.ts';
import {
  areaUnder,
  interval,
  measureLessons,
  overlapOf,
  printConfusion,
  rankCorrelation,
} from './captureLessons.ts';
import { report } from './table.ts';

interface Row {
  readonly text: string;
  readonly prev?: string | null;
  readonly repo: string;
  readonly label: string;
  readonly ambiguous: boolean;
  readonly statement?: string | null;
  readonly wrong?: string | null;
  readonly right?: string | null;
  readonly scope?: string | null;
  readonly trigger?: string | null;
  readonly standing?: boolean;
  readonly durable?: boolean;
}

const at = process.argv.indexOf('--data');
const data = at < 0 ? undefined : process.argv[at + 1];
if (data === undefined) {
  console.error('usage: capture --data DIR');
  process.exit(2);
}

const linesOf = <T>(name: string): readonly T[] =>
  readFileSync(join(data, name), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);

const messages = linesOf<Row>('messages.jsonl');
const annotated = linesOf<Row>('annotations.jsonl').flatMap((row, index) => {
  const message = messages[index];
  return message === undefined ? [] : [{ ...message, ...row }];
});
const files: readonly (readonly [string, readonly Row[]])[] = [
  ['labels.jsonl', linesOf<Row>('labels.jsonl')],
  ['annotations.jsonl', annotated],
];

const measured: (string | number)[][] = [];

function measure(name: string, rows: readonly (readonly [Row, Classification])[]): void {
  const found = rows.filter(([, judged]) => judged.label !== 'neither');
  const right = found.filter(([row]) => row.label !== 'neither').length;
  const wanted = rows.filter(([row]) => row.label !== 'neither').length;
  measured.push([name.trim(), rows.length, interval(right, found.length), interval(right, wanted)]);
  console.log(
    `${name.padEnd(52)} n ${String(rows.length).padStart(4)}  P ${interval(right, found.length)}  R ${interval(right, wanted)}`,
  );
}

for (const [name, rows] of files) {
  const judged = rows.map((row) => [row, classify({ text: row.text, prev: row.prev ?? '' })] as const);
  measure(`${name}, all`, judged);
  measure(
    `${name}, clear`,
    judged.filter(([row]) => !row.ambiguous),
  );
  for (const repo of new Set(rows.map((row) => row.repo)))
    measure(
      `  ${repo}, clear`,
      judged.filter(([row]) => row.repo === repo && !row.ambiguous),
    );
}

for (const [name, rows] of files)
  printConfusion(
    name,
    rows.map((row) => ({ truth: row.label, said: classify({ text: row.text, prev: row.prev ?? '' }).label })),
  );

const judged = annotated.map((row) => ({ row, judged: classify({ text: row.text, prev: row.prev ?? '' }) }));
const saliences = judged.map(({ row, judged: one }) => {
  const { salience } = scoreSalience({
    text: one.stripped.own,
    kind: one.label,
    memorable: one.memorable,
    standing: one.standing,
    signals: [],
    transitions: {},
    terms: termsOf(one.stripped.own),
    known: { total: 0, counts: new Map() },
    showsFailure: one.stripped.failure !== undefined,
  });
  return { truth: row.label, said: one.label, total: salience.total };
});
const quantile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))]?.toFixed(3) ?? '–';
console.log('\nsalience           n    min   10 %   50 %   90 %    max');
for (const kind of ['correction', 'decision', 'preference', 'fix', 'neither'] as const) {
  for (const by of ['truth', 'said'] as const) {
    const values = saliences.filter((one) => one[by] === kind).map((one) => one.total);
    if (values.length === 0) continue;
    const row = [0, 0.1, 0.5, 0.9, 1].map((share) => quantile(values, share));
    console.log(`${kind.padEnd(11)} ${by.padEnd(5)} ${String(values.length).padStart(4)}  ${row.join('  ')}`);
  }
}
const worth = (row: Row): number =>
  row.label === 'neither' ? 0 : row.durable !== true ? 1 : row.standing === true ? 3 : 2;
const ranked = judged.map(({ row }, at) => ({ row, value: saliences[at]?.total ?? 0 }));
const area = (rows: typeof ranked, positive: (row: Row) => boolean): string =>
  areaUnder(rows.map(({ row, value }) => ({ value, positive: positive(row) }))).toFixed(3);
for (const [name, rows] of [
  ['all', ranked],
  ['clear', ranked.filter(({ row }) => !row.ambiguous)],
] as const) {
  const memorable = rows.filter(({ row }) => row.label !== 'neither');
  const order = rankCorrelation(
    rows.map(({ value }) => value),
    rows.map(({ row }) => worth(row)),
  );
  console.log(
    `salience against labels, ${name.padEnd(5)} (n ${rows.length}): AUC memorable ${area(rows, (row) => row.label !== 'neither')}, correction against neither ${area(
      rows.filter(({ row }) => row.label !== 'decision'),
      (row) => row.label === 'correction',
    )}, durable of the memorable ${area(memorable, (row) => row.durable === true)}, standing of the memorable ${area(memorable, (row) => row.standing === true)}; rank correlation with neither < one-off < durable < standing ${order.toFixed(3)}`,
  );
}
const said = saliences.filter((one) => one.said !== 'neither');
console.log(
  `found and below the highest gate: ${said.filter((one) => one.total < gateTable.ceiling + gateTable.rise).length} of ${said.length}`,
);

/** Precision and recall of one flag, with the repositories side by side. */
function measureFlag(
  name: string,
  rows: typeof judged,
  said: (one: Classification) => boolean,
  truth: (row: Row) => boolean,
): void {
  for (const repo of [undefined, ...new Set(rows.map(({ row }) => row.repo))]) {
    const those = rows.filter(({ row }) => repo === undefined || row.repo === repo);
    const found = those.filter(({ judged: one }) => said(one));
    const right = found.filter(({ row }) => truth(row)).length;
    const wanted = those.filter(({ row }) => truth(row)).length;
    console.log(
      `${(repo === undefined ? name : `  ${repo}`).padEnd(52)} n ${String(those.length).padStart(4)}  P ${interval(right, found.length)}  R ${interval(right, wanted)}`,
    );
  }
}
console.log('');
measureFlag(
  'standing, all rows',
  judged,
  (one) => one.standing,
  (row) => row.standing === true,
);
const both = judged.filter(
  ({ row, judged: one }) => !row.ambiguous && row.label !== 'neither' && one.label !== 'neither',
);
measureFlag(
  'durable, of the clear ones found',
  both,
  (one) => one.durable,
  (row) => row.durable === true,
);
measureFlag(
  'one-off, of the clear ones found',
  both,
  (one) => one.oneOff,
  (row) => row.durable === false,
);

const lessons = judged.flatMap(({ row, judged: one }) =>
  row.label === 'neither' || one.label === 'neither' || row.statement == null
    ? []
    : [
        {
          overlap: overlapOf(one.statement, row.statement).f1,
          alone: standsAlone(one.statement),
          sure: one.confidence >= 0.6,
        },
      ],
);
const mean = (rows: readonly { readonly overlap: number }[]) =>
  `${(rows.reduce((sum, row) => sum + row.overlap, 0) / rows.length).toFixed(3)} (n ${rows.length})`;
console.log(`\nlesson against annotated lesson, mean F1 of terms: ${mean(lessons)}`);
console.log(`  of confidence ≥ .6: ${mean(lessons.filter((one) => one.sure))}`);
console.log(`  that stand alone: ${mean(lessons.filter((one) => one.alone))}`);
/* How far two people agree is how far anything can be measured. */
const first = new Map(files[0]?.[1].map((row) => [`${row.repo}\n${row.text}`, row]));
const twice = annotated.flatMap((row) => {
  const other = first.get(`${row.repo}\n${row.text}`);
  return other === undefined ? [] : [{ row, other }];
});
const bothMemorable = twice.filter(({ row, other }) => row.label !== 'neither' && other.label !== 'neither');
const passing = bothMemorable.filter(({ other }) => other.durable === false);
console.log(
  `\nthe first annotator against the second: memorable P ${interval(bothMemorable.length, twice.filter(({ other }) => other.label !== 'neither').length)} R ${interval(bothMemorable.length, twice.filter(({ row }) => row.label !== 'neither').length)}; one-off, of what both remember, P ${interval(passing.filter(({ row }) => row.durable === false).length, passing.length)} R ${interval(passing.filter(({ row }) => row.durable === false).length, bothMemorable.filter(({ row }) => row.durable === false).length)}`,
);
measureLessons(judged);
const told = judged.filter(({ judged: one }) => one.label !== 'neither');
console.log(
  `stand alone: ${interval(told.filter(({ judged: one }) => standsAlone(one.statement)).length, told.length)} of the lessons found, ${interval(
    annotated.filter((row) => row.statement != null && standsAlone(row.statement)).length,
    annotated.filter((row) => row.statement != null).length,
  )} of the annotated ones`,
);
const shownAt = process.argv.indexOf('--lessons');
if (shownAt >= 0) {
  const shown = told.filter(
    ({ judged: one }) => one.durable && one.confidence >= 0.6 && standsAlone(one.statement),
  );
  const step = Math.max(1, shown.length / Number(process.argv[shownAt + 1] ?? 40));
  for (let index = 0; index < shown.length; index += step) {
    const one = shown[Math.floor(index)];
    if (one !== undefined) console.log(`  ${one.row.repo.slice(0, 8)}  ${one.judged.statement}`);
  }
}

/* The material was searched for secrets before it was given: what is redacted here, is so for nothing. */
const redactor = await createRedactor();
const texts = messages.flatMap(({ text, prev }) => [text, prev ?? '']).filter((text) => text !== '');
let touched = 0;
let marks = 0;
for (const text of texts) {
  const { found } = await redactor.redact(text);
  if (found.size > 0) touched += 1;
  for (const count of found.values()) marks += count;
}
console.log(
  `redacted for nothing: ${interval(touched, texts.length)} of ${texts.length} ordinary texts, ${marks} marks in ${(texts.reduce((sum, text) => sum + text.length, 0) / 1e6).toFixed(2)} million characters`,
);

const begun = performance.now();
const rounds = 5;
for (let round = 0; round < rounds; round += 1)
  for (const message of messages) classify({ text: message.text, prev: message.prev ?? '' });
console.log(`${((performance.now() - begun) / rounds / messages.length).toFixed(3)} ms a message`);
report({
  title: 'Capture: what is worth remembering',
  columns: ['', 'messages', 'precision', 'recall'],
  rows: measured,
  notes: ['With Wilson’s interval. Clear: without the messages that their annotator found ambiguous.'],
});
