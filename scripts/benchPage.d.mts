import type { BenchTable } from '../test/bench/table.ts';

export function markdownOf(table: BenchTable): string;
export function page(run: Readonly<Record<string, string | number>>, found: readonly object[]): string;
