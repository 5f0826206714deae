/**
 * How well capture words lessons, against annotated ones (`statement`, `wrong`, `right`, `scope`, `trigger`).
 *
 * The rule, fixed before it was measured: words are index terms (stemmed, without stop words). A *statement* is met if
 * its terms and the annotated ones have an F1 of at least .4, or if it holds at least half of the annotated terms. A
 * *wrong* or *right* is met likewise by our field of that name; a field that is annotated and that we leave empty is
 * missed. A lesson is *met as a whole* if its statement is met or both its sides are. Beside each share stands what the
 * same rule gives when lessons are compared with those of other messages of the same repository: what mere closeness of
 * subject is worth.
 */
import type { Classification } from '../../src/core/capture/classify.ts';
import { actionsOf } from '../../src/core/text/actions.ts';
import { termsOf } from '../../src/core/text/terms.ts';

export interface LessonRow {
  readonly text: string;
  readonly repo: string;
  readonly label: string;
  readonly durable?: boolean;
  readonly ambiguous: boolean;
  readonly statement?: string | null;
  readonly wrong?: string | null;
  readonly right?: string | null;
  readonly scope?: string | null;
  readonly trigger?: string | null;
}

export interface JudgedLesson {
  readonly row: LessonRow;
  readonly judged: Classification;
}

const leastF1 = 0.4;
const leastRecall = 0.5;

/** Wilson score interval at 95 %. */
export function interval(hits: number, all: number): string {
  if (all === 0) return '–';
  const z = 1.96;
  const share = hits / all;
  const centre = (share + (z * z) / (2 * all)) / (1 + (z * z) / all);
  const half = (z * Math.sqrt((share * (1 - share)) / all + (z * z) / (4 * all * all))) / (1 + (z * z) / all);
  return `${share.toFixed(3)} [${(centre - half).toFixed(2)}–${(centre + half).toFixed(2)}]`;
}

export function overlapOf(ours: string, theirs: string): { readonly f1: number; readonly recall: number } {
  const a = new Set(termsOf(ours));
  const b = new Set(termsOf(theirs));
  const shared = [...a].filter((term) => b.has(term)).length;
  return { f1: a.size + b.size === 0 ? 0 : (2 * shared) / (a.size + b.size), recall: shared / (b.size || 1) };
}

function meets(ours: string | undefined, theirs: string): boolean {
  if (ours === undefined || ours === '') return false;
  const { f1, recall } = overlapOf(ours, theirs);
  return f1 >= leastF1 || recall >= leastRecall;
}

type Field = 'statement' | 'wrong' | 'right';
const fields: readonly Field[] = ['statement', 'wrong', 'right'];

/** As `reverie classify` prints it: what was wrong falls back on what had been done before. */
const oursOf = (judged: Classification, field: Field): string | undefined =>
  field === 'wrong' ? (judged.wrong ?? judged.before) : judged[field];

const fieldMet = (judged: Classification, row: LessonRow, field: Field): boolean =>
  row[field] != null && meets(oursOf(judged, field), row[field] ?? '');

const wholeMet = (judged: Classification, row: LessonRow): boolean =>
  fieldMet(judged, row, 'statement') || (fieldMet(judged, row, 'wrong') && fieldMet(judged, row, 'right'));

/** The share of pairs of a lesson and another message's annotation that the rule takes for met. */
function chance(
  rows: readonly JudgedLesson[],
  met: (judged: Classification, row: LessonRow) => boolean,
): number {
  let hits = 0;
  let all = 0;
  rows.forEach(({ judged, row }, at) => {
    /* A fixed handful of others, spread evenly, keeps it quick and the same in each run. */
    const others = rows.filter((other, index) => index !== at && other.row.repo === row.repo);
    for (let step = 1; step <= 8 && others.length > 0; step += 1) {
      const other = others[(at + Math.floor((step * others.length) / 9)) % others.length];
      if (other === undefined || other.row.statement === row.statement) continue;
      all += 1;
      if (met(judged, other.row)) hits += 1;
    }
  });
  return all === 0 ? 0 : hits / all;
}

function printShares(name: string, rows: readonly JudgedLesson[]): void {
  const shares = fields.map((field) => {
    const those = rows.filter(({ row }) => row[field] != null);
    return interval(those.filter(({ judged, row }) => fieldMet(judged, row, field)).length, those.length);
  });
  const whole = interval(rows.filter(({ judged, row }) => wholeMet(judged, row)).length, rows.length);
  console.log(`  ${name.padEnd(34)} n ${String(rows.length).padStart(4)}  ${[...shares, whole].join('  ')}`);
}

/** Fields filled at all, of those that are annotated. */
function printFilled(rows: readonly JudgedLesson[]): void {
  const filled = (has: (judged: Classification) => boolean) =>
    interval(rows.filter(({ judged }) => has(judged)).length, rows.length);
  console.log(
    `  filled: wrong ${filled((one) => one.wrong !== undefined)} (with what was done before ${filled((one) => oursOf(one, 'wrong') !== undefined)})  right ${filled((one) => one.right !== undefined)}  both ${filled((one) => oursOf(one, 'wrong') !== undefined && one.right !== undefined)}  why ${filled((one) => one.why !== undefined)}  when ${filled((one) => one.when !== undefined)}`,
  );
  const turned = rows.filter(
    ({ judged, row }) =>
      row.right != null &&
      row.wrong != null &&
      judged.wrong !== undefined &&
      overlapOf(judged.wrong, row.right).f1 > overlapOf(judged.wrong, row.wrong).f1 &&
      (judged.right === undefined ||
        overlapOf(judged.right, row.wrong).f1 > overlapOf(judged.right, row.right).f1),
  ).length;
  console.log(`  sides that look swapped: ${turned} of ${rows.length}`);
}

/** When a lesson applies, told from its words as injection would: a step of work, everything, or a topic. */
function triggerOf(judged: Classification): 'action' | 'always' | 'topic' {
  if (judged.scope === 'user') return 'always';
  const when = actionsOf(new Set(termsOf(judged.when ?? '')));
  return when.size > 0 || actionsOf(new Set(termsOf(judged.statement))).size > 0 ? 'action' : 'topic';
}

function printAgreement(
  name: string,
  rows: readonly JudgedLesson[],
  truth: (row: LessonRow) => string | undefined,
  said: (judged: Classification) => string,
): void {
  const known = rows.filter(({ row }) => truth(row) !== undefined);
  const agreed = known.filter(({ row, judged }) => truth(row) === said(judged)).length;
  console.log(`\n${name}: agree ${interval(agreed, known.length)} (n ${known.length})`);
  const values = [...new Set(known.flatMap(({ row, judged }) => [truth(row) ?? '', said(judged)]))].sort();
  for (const value of values) {
    const found = known.filter(({ judged }) => said(judged) === value);
    const right = found.filter(({ row }) => truth(row) === value).length;
    const wanted = known.filter(({ row }) => truth(row) === value).length;
    console.log(
      `  ${value.padEnd(12)} P ${interval(right, found.length)}  R ${interval(right, wanted)}  (${wanted} annotated)`,
    );
  }
}

/** Prints how lessons, their sides, their reach and their occasion agree with the annotated ones. */
export function measureLessons(judged: readonly JudgedLesson[]): void {
  const found = judged.filter(
    ({ row, judged: one }) => row.label !== 'neither' && one.label !== 'neither' && row.statement != null,
  );
  console.log(
    '\nlessons met (statement, wrong, right, as a whole), of the found ones; a missed message is no lesson',
  );
  const durable = found.filter(({ row }) => row.label === 'correction' && row.durable === true);
  printShares('durable corrections', durable);
  for (const repo of new Set(durable.map(({ row }) => row.repo)))
    printShares(
      `  ${repo}`,
      durable.filter(({ row }) => row.repo === repo),
    );
  const byChance = [
    ...fields.map((field) => chance(durable, (one, row) => fieldMet(one, row, field))),
    chance(durable, wholeMet),
  ];
  console.log(
    `  ${'of other messages, by chance'.padEnd(34)}         ${byChance.map((share) => share.toFixed(3).padEnd(19)).join('  ')}`,
  );
  printShares(
    'decisions',
    found.filter(({ row }) => row.label === 'decision'),
  );
  printShares(
    'one-offs',
    found.filter(({ row }) => row.durable === false),
  );
  const all = judged.filter(({ row }) => row.label === 'correction' && row.durable === true);
  printShares('durable corrections, missed too', all);
  printFilled(durable);
  printAgreement(
    'scope',
    found,
    (row) => row.scope ?? undefined,
    (one) => one.scope,
  );
  printAgreement(
    'occasion (trigger), of the durable',
    found.filter(({ row }) => row.durable === true),
    (row) => row.trigger ?? undefined,
    triggerOf,
  );
}

/** Rows of one table: what is labelled against what was said. */
export function printConfusion(
  name: string,
  rows: readonly { readonly truth: string; readonly said: string }[],
): void {
  const said = ['correction', 'decision', 'preference', 'fix', 'outcome', 'neither'];
  console.log(`\n${name}, labelled ↓ said →${said.map((label) => label.padStart(12)).join('')}`);
  for (const truth of ['correction', 'decision', 'neither']) {
    const those = rows.filter((row) => row.truth === truth);
    const counts = said.map((label) => those.filter((row) => row.said === label).length);
    console.log(`  ${truth.padEnd(31)}${counts.map((count) => String(count).padStart(12)).join('')}`);
  }
}

/** The chance that a positive one ranks above a negative one; ties count half. */
export function areaUnder(rows: readonly { readonly value: number; readonly positive: boolean }[]): number {
  const ranks = ranksOf(rows.map((row) => row.value));
  const positives = rows.filter((row) => row.positive).length;
  const negatives = rows.length - positives;
  if (positives === 0 || negatives === 0) return Number.NaN;
  const sum = rows.reduce((total, row, at) => total + (row.positive ? (ranks[at] ?? 0) : 0), 0);
  return (sum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Spearman's rank correlation, ties at their mean rank. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const x = ranksOf(a);
  const y = ranksOf(b);
  const mean = (x.length + 1) / 2;
  let top = 0;
  let left = 0;
  let right = 0;
  x.forEach((one, at) => {
    const other = y[at] ?? mean;
    top += (one - mean) * (other - mean);
    left += (one - mean) ** 2;
    right += (other - mean) ** 2;
  });
  return top / Math.sqrt(left * right);
}

function ranksOf(values: readonly number[]): readonly number[] {
  const order = values.map((value, at) => ({ value, at })).sort((a, b) => a.value - b.value);
  const ranks = values.map(() => 0);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && order[to + 1]?.value === order[from]?.value) to += 1;
    for (let at = from; at <= to; at += 1) ranks[order[at]?.at ?? 0] = (from + to) / 2 + 1;
    from = to + 1;
  }
  return ranks;
}
