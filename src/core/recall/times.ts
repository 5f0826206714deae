/** The time that a question names ("on 3 June 2023", "in May", "last week"), and how well a memory's own time suits it. */
import { dayMs } from '../memory.ts';
import { tunables } from '../tunables.ts';

/** Days since 1970-01-01 (UTC), both ends in it; `yearly` where no year was named: it comes round every year. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
  readonly yearly: boolean;
}

export interface TimesNamed {
  readonly spans: readonly TimeSpan[];
  /** The words that named them: they say when, and need not stand in what was remembered. */
  readonly words: string;
}

const months = 'january february march april may june july august september october november december'.split(
  ' ',
);
const month = `(${months.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')}|sept)\\.?`;
const day = '(\\d{1,2})(?:st|nd|rd|th)?';
const year = '((?:19|20)\\d\\d)';
const numbers: ReadonlyMap<string, number> = new Map(
  'one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, index) => [word, index + 1]),
);

const daysOf = (at: number) => Math.floor(at / dayMs);
const dateOf = (y: number, m: number, d: number) => daysOf(Date.UTC(y, m, d));
const monthOf = (name: string) => months.findIndex((full) => full.startsWith(name.toLowerCase().slice(0, 3)));
const wholeMonth = (y: number, m: number) => ({ from: dateOf(y, m, 1), to: dateOf(y, m + 1, 0) });
/** Any year does: what comes round is compared by its place in the year. */
const someYear = 2000;

type Reading = (match: RegExpExecArray, today: number) => TimeSpan | undefined;

const single = (y: number, m: number, d: number, yearly = false): TimeSpan | undefined =>
  m >= 0 && m < 12 && d >= 1 && d <= 31 ? { from: dateOf(y, m, d), to: dateOf(y, m, d), yearly } : undefined;

function ago(count: number, unit: string, today: number): TimeSpan {
  const length = { day: 1, week: 7, month: 30, year: 365 }[unit.toLowerCase()] ?? 1;
  const middle = today - count * length;
  const half = Math.floor(length / 2);
  return { from: middle - half, to: middle + half, yearly: false };
}

/** Each takes its words out of the text, so that "3 June 2023" is not read as "June" again. Most precise first. */
const readings: readonly (readonly [pattern: RegExp, read: Reading])[] = [
  [/\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b/, ([, y, m, d]) => single(Number(y), Number(m) - 1, Number(d))],
  [
    new RegExp(`\\b${day}\\s+(?:of\\s+)?${month},?\\s+${year}\\b`, 'i'),
    ([, d, m = '', y]) => single(Number(y), monthOf(m), Number(d)),
  ],
  [
    new RegExp(`\\b${month}\\s+${day},?\\s+${year}\\b`, 'i'),
    ([, m = '', d, y]) => single(Number(y), monthOf(m), Number(d)),
  ],
  [
    new RegExp(`\\b${month},?\\s+(?:of\\s+)?${year}\\b`, 'i'),
    ([, m = '', y]) => ({ ...wholeMonth(Number(y), monthOf(m)), yearly: false }),
  ],
  [
    new RegExp(
      `\\b(?:on|since|by|before|after|until|from|of)\\s+(?:the\\s+)?${day}\\s+(?:of\\s+)?${month}(?![\\w-])`,
      'i',
    ),
    ([, d, m = '']) => single(someYear, monthOf(m), Number(d), true),
  ],
  [
    new RegExp(`\\b(?:on|since|by|before|after|until|from|of)\\s+${month}\\s+${day}(?![\\w-])`, 'i'),
    ([, m = '', d]) => single(someYear, monthOf(m), Number(d), true),
  ],
  [
    /* "In may" is no verb; "may" and "march" without such a word mostly are. */
    new RegExp(`\\b(?:in|of|during|since|by|until|last|early|late|mid)[\\s-]+${month}(?![\\w-])`, 'i'),
    ([, m = '']) => ({ ...wholeMonth(someYear, monthOf(m)), yearly: true }),
  ],
  [
    new RegExp(`\\b(?:in|of|during|since|by|until)\\s+${year}\\b`, 'i'),
    ([, y]) => ({ from: dateOf(Number(y), 0, 1), to: dateOf(Number(y), 11, 31), yearly: false }),
  ],
  [/\btoday\b|\bthis (?:morning|afternoon|evening)\b/i, (_, today) => ago(0, 'day', today)],
  [/\byesterday\b|\blast night\b/i, (_, today) => ago(1, 'day', today)],
  [/\b(?:last|past|previous) (week|month|year)\b/i, ([, unit = ''], today) => ago(1, unit, today)],
  [/\bthis (week|month|year)\b/i, ([, unit = ''], today) => ago(0.5, unit, today)],
  [
    /\b(\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (day|week|month|year)s? ago\b/i,
    ([, count = '', unit = ''], today) =>
      ago(numbers.get(count.toLowerCase()) ?? (/^an?$/i.test(count) ? 1 : Number(count)), unit, today),
  ],
];

/** Longer texts are no questions: a pasted log is full of dates. */
const longest = 300;

export function timesIn(text: string, now: number): TimesNamed {
  if (text.length > longest) return { spans: [], words: '' };
  const spans: TimeSpan[] = [];
  const words: string[] = [];
  let rest = text;
  for (const [pattern, read] of readings) {
    const match = pattern.exec(rest);
    const span = match === null ? undefined : read(match, daysOf(now));
    if (match === null || span === undefined) continue;
    spans.push(span);
    words.push(match[0]);
    rest = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`;
  }
  return { spans, words: words.join(' ') };
}

const daysOfYear = 365;

/**
 * How well a moment suits the times named, 0..1: 1 within one of them, less the longer after it (what happened is told
 * later) and at once less before it.
 */
export function timeFit(at: number, spans: readonly TimeSpan[]): number {
  const { laterDays } = tunables.recall.times;
  return spans.reduce((most, { from, to, yearly }) => {
    const start = yearly ? dateOf(someYear, 0, 1) : 0;
    const moment = yearly ? dayOfYear(at) : daysOf(at);
    const [first, last] = [from - start, to - start];
    const after = yearly ? (moment - last + daysOfYear) % daysOfYear : moment - last;
    const before = yearly ? (first - moment + daysOfYear) % daysOfYear : first - moment;
    const within = moment >= first && moment <= last;
    const near = within ? 1 : Math.max(after >= 0 ? Math.exp(-after / laterDays) : 0, before === 1 ? 0.5 : 0);
    return Math.max(most, near);
  }, 0);
}

/** 0 for the first of January, leap days passed over. */
function dayOfYear(at: number): number {
  const date = new Date(at);
  return dateOf(someYear, date.getUTCMonth(), date.getUTCDate()) - dateOf(someYear, 0, 1);
}
