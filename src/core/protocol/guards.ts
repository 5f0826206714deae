/**
 * Small parsers for messages that cross a border at high volume (the sidebar may be handed fifty thousand
 * memories): each takes an unknown value and answers a typed copy without unknown fields, or throws
 * `invalid-input` naming the place, never the value. By hand, because a schema library would cost the sidebar
 * more start-up time than everything else in it.
 */
import { ReverieError } from '../errors.ts';

/** Answers `value` as a T, or throws ReverieError `invalid-input`; `at` names the place for the message. */
export type Parse<T> = (value: unknown, at: string) => T;

function refuse(at: string, expected: string): never {
  throw new ReverieError('invalid-input', `${at} should be ${expected}.`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const text: Parse<string> = (value, at) => (typeof value === 'string' ? value : refuse(at, 'a text'));

/** Finite. */
export const number: Parse<number> = (value, at) =>
  typeof value === 'number' && Number.isFinite(value) ? value : refuse(at, 'a number');

/** A whole number from 0 up to `max`. */
export function count(max = Number.MAX_SAFE_INTEGER): Parse<number> {
  return (value, at) =>
    typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max
      ? value
      : refuse(at, `a whole number from 0 to ${max}`);
}

/** 0..1; what lies outside is refused, not clamped. */
export const share: Parse<number> = (value, at) =>
  typeof value === 'number' && value >= 0 && value <= 1 ? value : refuse(at, 'a number from 0 to 1');

export const flag: Parse<boolean> = (value, at) =>
  typeof value === 'boolean' ? value : refuse(at, 'true or false');

export const nothing: Parse<undefined> = () => undefined;

/** A branded identity: any text of 1 to 200 characters; whether it exists, the store says. */
export function identity<T extends string>(): Parse<T> {
  return (value, at) =>
    typeof value === 'string' && value.length > 0 && value.length <= 200
      ? (value as T)
      : refuse(at, 'an identity');
}

/** A project is a path, so it may be long. */
export function name<T extends string>(): Parse<T> {
  return (value, at) =>
    typeof value === 'string' && value.length <= 4096 ? (value as T) : refuse(at, 'a name');
}

export function oneOf<const T extends string>(choices: readonly T[]): Parse<T> {
  const known: ReadonlySet<unknown> = new Set(choices);
  return (value, at) => (known.has(value) ? (value as T) : refuse(at, `one of ${choices.join(', ')}`));
}

export function optional<T>(parse: Parse<T>): Parse<T | undefined> {
  return (value, at) => (value === undefined ? undefined : parse(value, at));
}

export function list<T>(parse: Parse<T>, max = 100_000): Parse<readonly T[]> {
  return (value, at) => {
    if (!Array.isArray(value) || value.length > max) return refuse(at, `a list of at most ${max}`);
    return value.map((item) => parse(item, `an item of ${at}`));
  };
}

/** Numbers by name. */
export const measures: Parse<Readonly<Record<string, number>>> = (value, at) => {
  if (!isRecord(value)) return refuse(at, 'numbers by name');
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, number(item, at)]));
};

/** A record with exactly these fields; absent optional fields stay absent. */
export function record<T extends object>(fields: { readonly [K in keyof T]-?: Parse<T[K]> }): Parse<T> {
  const entries = Object.entries(fields) as readonly (readonly [string, Parse<unknown>])[];
  return (value, at) => {
    if (!isRecord(value)) return refuse(at, 'an object');
    const parsed: Record<string, unknown> = {};
    for (const [key, parse] of entries) {
      const field = parse(value[key], key);
      if (field !== undefined) parsed[key] = field;
    }
    return parsed as T;
  };
}

/** A discriminated union: `cases` by the value of the field `tag`. */
export function tagged<T extends object>(tag: string, cases: Readonly<Record<string, Parse<T>>>): Parse<T> {
  const known = new Map(Object.entries(cases));
  return (value, at) => {
    const parse = isRecord(value) && typeof value[tag] === 'string' ? known.get(value[tag]) : undefined;
    return parse === undefined ? refuse(at, `something with a known ${tag}`) : parse(value, at);
  };
}
