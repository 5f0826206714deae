/** Reverie as its users have it: the built command line, a database in a folder of its own. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Answer {
  readonly results: readonly {
    readonly externalId?: string;
    readonly externalIds?: readonly string[];
    readonly kind: string;
  }[];
  readonly abstained: boolean;
}

export interface Reverie {
  readonly file: string;
  run(args: readonly string[], input?: string): string;
  importRows(rows: readonly object[]): void;
  ask(
    questions: readonly { readonly query: string; readonly project?: string; readonly k: number }[],
  ): readonly Answer[];
  remove(): void;
}

/** @param now the clock it goes by, ISO 8601; the machine's own without it. */
export function openReverie(now?: string): Reverie {
  const cli = join('dist', 'cli.js');
  if (!existsSync(cli)) throw new Error('dist/cli.js is missing: npm run build');
  const home = mkdtempSync(join(tmpdir(), 'reverie-bench-'));
  const file = join(home, 'memory.db');
  const clock = now === undefined ? [] : ['--now', now];
  const run = (args: readonly string[], input = '') => {
    const done = spawnSync(process.execPath, [cli, '--db', file, ...clock, ...args], {
      input,
      encoding: 'utf8',
      env: { ...process.env, REVERIE_HOME: home },
      maxBuffer: 1 << 30,
    });
    if (done.status !== 0) throw new Error(`${args[0]} failed: ${done.stderr.split('\n')[0]}`);
    return done.stdout;
  };
  const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  return {
    file,
    run,
    importRows(rows) {
      const path = join(home, 'rows.jsonl');
      writeFileSync(path, lines(rows));
      run(['--json', 'import', path, '--format', 'jsonl', '--verbatim']);
    },
    ask: (questions) =>
      run(['recall', '--batch'], lines(questions))
        .split('\n')
        .filter((line) => line !== '')
        .map((line): Answer => JSON.parse(line)),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** The imported rows behind an answer, best first; a rule counts for every row it came from. */
export const rowsBehind = (answer: Answer): readonly (readonly string[])[] =>
  answer.results.map(
    ({ externalId, externalIds }) => externalIds ?? (externalId === undefined ? [] : [externalId]),
  );
