/** Reading values out of rows: what a column must hold is checked, never assumed. */
import { ReverieError } from '../core/errors.ts';
import type { Row, SqlValue } from './connection.ts';

function unexpected(column: string): ReverieError {
  return new ReverieError('unreadable', `The column ${column} of the database holds an unexpected value.`);
}

export function textAt(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw unexpected(column);
  return value;
}

export function optionalTextAt(row: Row, column: string): string | undefined {
  const value = row[column];
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'string') throw unexpected(column);
  return value;
}

export function numberAt(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw unexpected(column);
  return value;
}

export function optionalNumberAt(row: Row, column: string): number | undefined {
  const value = row[column];
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'number') throw unexpected(column);
  return value;
}

export const flagAt = (row: Row, column: string): boolean => numberAt(row, column) === 1;

export function oneOfAt<T extends string>(row: Row, column: string, allowed: readonly T[]): T {
  const value = row[column];
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw unexpected(column);
  return found;
}

export function jsonAt(row: Row, column: string): unknown {
  return JSON.parse(textAt(row, column));
}

const none: readonly never[] = [];

export function textsAt(row: Row, column: string): readonly string[] {
  const json = textAt(row, column);
  if (json === '[]') return none;
  const value: unknown = JSON.parse(json);
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) throw unexpected(column);
  return value;
}

/** Half of a surrogate pair cannot be stored as UTF-8: it becomes U+FFFD here, so that what is compared is what is kept. */
export const storable = (text: string): string => text.toWellFormed();

export const storableOrNull = (text: string | undefined): SqlValue =>
  text === undefined ? null : storable(text);

export const flag = (value: boolean): SqlValue => (value ? 1 : 0);
