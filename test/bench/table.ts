/** What a part of the benchmark found, as tables: printed as Markdown, and handed to the whole run where one is under way. */
import { writeFileSync } from 'node:fs';
import { markdownOf } from '../../scripts/benchPage.mjs';

export interface BenchTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** Sentences below the table: what was asked, what could not run and why. Never a text of the material. */
  readonly notes?: readonly string[];
}

const told: BenchTable[] = [];

/** Told as soon as it is known: what a part found before it failed is kept. */
export function report(table: BenchTable): void {
  told.push(table);
  console.log(markdownOf(table));
  const file = process.env['REVERIE_BENCH_OUT'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(told));
}

export const percent = (part: number, whole: number) =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
/** .753: a share without its leading zero, as the field writes it. */
export const share = (part: number, whole: number) =>
  whole === 0 ? '–' : (part / whole).toFixed(3).replace(/^0/, '');

/** The value below which a share of `values` lies. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? 0;
}

/** A number from a seed, uniform in [0, 1): for resampling that gives the same interval every time. */
export function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

/** Mean of paired differences with its 95 % interval (bootstrap over pairs, 2000 times). */
export function pairedDifference(before: readonly number[], after: readonly number[]): string {
  const differences = before.map((value, index) => (after[index] ?? 0) - value);
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const random = mulberry(7);
  const means = Array.from({ length: 2000 }, () =>
    mean(differences.map(() => differences[Math.floor(random() * differences.length)] ?? 0)),
  );
  const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
  return `${signed(mean(differences))} (${signed(quantile(means, 0.025))} … ${signed(quantile(means, 0.975))})`;
}
