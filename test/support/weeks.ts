/** Two invented weeks of corrections, as rows of a `jsonl` transcript: enough for a night to learn something. */

const themes: readonly (readonly string[])[] = [
  [
    'no, use pnpm instead of npm',
    "don't run npm here, this repository uses pnpm",
    'pnpm, not npm please',
    'you used npm again, use pnpm',
  ],
  [
    'never commit to main directly, make a branch',
    'you committed to main, make a branch first',
    'not on main! open a branch',
  ],
  [
    'money is always integer cents, never floats',
    'prices must be integer cents, not floats',
    'you used floats for the price again, use integer cents',
  ],
  [
    "don't mock the database, use the postgres container",
    'you mocked the database again, run the tests against the postgres container',
  ],
  ['we always write dates as ISO 8601 strings', 'that date format is wrong, use ISO 8601'],
];
const chatter = [
  'please add a button to the page',
  'what does this function do?',
  'ok',
  'thanks, looks good',
  'run the tests',
  'show me the log',
];

export interface Row {
  readonly id: string;
  readonly text: string;
  readonly at: string;
  readonly project: string;
  readonly session: string;
}

/** @param days one conversation a day, with two corrections and some chatter in each. */
export function inventWeeks(days = 14): readonly Row[] {
  const rows: Row[] = [];
  const begin = Date.UTC(2026, 8, 1, 9);
  for (let day = 0; day < days; day += 1) {
    const said = [
      chatter[day % chatter.length],
      themes[day % themes.length]?.[Math.floor(day / themes.length) % 4],
      chatter[(day + 3) % chatter.length],
      themes[(day + 2) % themes.length]?.[Math.floor(day / 3) % 3],
    ];
    for (const [index, text] of said.entries()) {
      if (text === undefined) continue;
      rows.push({
        id: `row-${day}-${index}`,
        text,
        at: new Date(begin + day * 86_400_000 + index * 600_000).toISOString(),
        project: 'harbour',
        session: `day-${day}`,
      });
    }
  }
  return rows;
}

export const asJsonLines = (rows: readonly unknown[]) =>
  `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`;
