/** What the editor witnessed, through the command line: kept, redacted, excluded, and slept on. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { pausesFact } from '../../src/core/capture/silence.ts';
import type { Observation } from '../../src/core/witness/observation.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { silentLog } from '../support/builders.ts';
import { reverie, reverieJson } from '../support/commandLine.ts';

const counts = z.object({
  kept: z.number(),
  duplicates: z.number(),
  belowGate: z.number(),
  unreadable: z.number(),
});
const views = z.array(
  z.looseObject({
    kind: z.string(),
    text: z.string(),
    statement: z.string(),
    label: z.string(),
    oneOff: z.boolean().optional(),
  }),
);
const at = Date.UTC(2026, 0, 15, 12);
const day = 86_400_000;

describe('what the editor witnessed', () => {
  let folder = '';
  let repository = '';
  let db: readonly string[] = [];
  const observe = async (...observations: readonly object[]) =>
    counts.parse(
      await reverieJson(['observe', ...db, '--now', new Date(at + 30 * day).toISOString()], {
        input: observations.map((one) => JSON.stringify(one)).join('\n'),
      }),
    );
  const where = (session: string, time = at) => ({ project: repository, session, at: time });
  const git = (...words: readonly string[]) =>
    execFileSync('git', ['-C', repository, ...words], {
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
      stdio: 'pipe',
    });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reverie-witness-'));
    repository = join(folder, 'shop');
    await mkdir(repository);
  });
  after(() => rm(folder, { recursive: true, force: true }));
  const fresh = async (name: string) => {
    db = ['--db', join(folder, `${name}.db`)];
  };
  /** What the editor would have left in the database. */
  const leave = async (facts: Readonly<Record<string, unknown>>) => {
    const database = await openDatabase({ file: db[1] ?? '', mode: 'write', log: silentLog });
    for (const [key, value] of Object.entries(facts)) await database.setFact(key, value);
    await database.close();
  };
  const episodes = async () => views.parse(await reverieJson(['episodes', ...db]));

  it('a library changed in an assistant’s text is a correction; the same told twice is one', async () => {
    await fresh('rewrite');
    const rewrite: Observation = {
      type: 'rewrite',
      ...where('w1'),
      path: 'src/date.ts',
      pieces: [
        {
          before: "import moment from 'moment';\nexport const today = () => moment().format();\n",
          after: "import { DateTime } from 'luxon';\nexport const today = () => DateTime.now().toISO();\n",
          undone: false,
        },
      ],
    };
    assert.equal((await observe(rewrite)).kept, 1);
    assert.equal((await observe(rewrite)).duplicates, 1);
    const [episode] = await episodes();
    assert.equal(episode?.statement, 'Use `luxon` instead of `moment`.');
    assert.equal(episode?.label, 'correction');
    assert.match(episode?.text ?? '', /src\/date\.ts[\s\S]*- import moment[\s\S]*\+ import \{ DateTime \}/);
  });

  it('secrets do not reach the database, whatever field they stand in', async () => {
    await fresh('secrets');
    const secret = `ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}`;
    await observe(
      {
        type: 'rewrite',
        ...where('w1'),
        path: `src/${secret}.ts`,
        pieces: [
          {
            before: 'const a = 1;\nconst b = 2;\nlog(a, b);\n',
            after: `const token = "${secret}";\n`,
            undone: false,
          },
        ],
        words: `Never write ${secret} into code.`,
      },
      {
        type: 'fix',
        ...where('w1'),
        command: `deploy --token ${secret}`,
        error: `denied for ${secret}`,
        commands: [`login ${secret}`],
        edits: [],
      },
      {
        type: 'problem',
        ...where('w1'),
        path: 'src/a.ts',
        error: `bad ${secret}`,
        commands: [],
        before: `x("${secret}")\n`,
        after: 'x(token)\n',
      },
    );
    assert.equal((await episodes()).length, 3);
    assert.ok(!(await reverie(['export', ...db, '--format', 'jsonl'])).stdout.includes(secret));
    for (const ending of ['', '-wal'])
      assert.ok(!(await readFile(`${db[1]}${ending}`).catch(() => Buffer.from(''))).includes(secret));
  });

  it('the same fix three times is a skill after a night', async () => {
    await fresh('fixes');
    for (const [index, session] of ['w1', 'w2', 'w3'].entries())
      await observe({
        type: 'fix',
        ...where(session, at + index * day),
        command: 'npm test',
        error: "Error: Cannot find module 'left-pad'",
        commands: ['npm ci'],
        edits: [],
      });
    await reverieJson(['sleep', ...db, '--now', new Date(at + 31 * day).toISOString()]);
    const [skill] = views.parse(await reverieJson(['rules', ...db, '--status', 'all']));
    assert.equal(skill?.kind, 'skill');
    assert.match(skill?.statement ?? '', /When `npm test` fails with .*left-pad.*, run `npm ci`/);
  });

  it('the user’s own commits are read, others’ are not, and each only once', async () => {
    await fresh('git');
    git('init', '-q');
    git('config', 'user.email', 'ada@example.org');
    git('config', 'user.name', 'Ada');
    const commit = async (message: string, file: string, ...more: readonly string[]) => {
      await mkdir(join(repository, file, '..'), { recursive: true });
      await writeFile(join(repository, file), `# ${message}\n\n## Decision\n\nWe keep it simple here.\n`);
      git('add', '-A');
      git('commit', '-q', '-m', message, ...more);
    };
    await commit('first', 'a.md');
    const look = { type: 'git', ...where('w1') };
    assert.equal((await observe(look)).kept, 0);
    await commit('build: use pnpm instead of npm', 'b.md');
    await commit('use tabs instead of spaces', 'c.md', '--author', 'Grace <grace@example.org>');
    await commit('docs: record it', 'docs/adr/0001-plain-files.md');
    await commit('add the invoice export', 'd.md');
    git('revert', '--no-edit', 'HEAD');
    /* Two windows on one folder see each commit, and say so at the same moment. */
    const told = await Promise.all([observe(look), observe({ ...look, ...where('w2') })]);
    const texts = (await episodes()).map(({ text }) => text).join('\n');
    assert.match(texts, /use pnpm instead of npm/);
    assert.match(texts, /Decided: docs: record it/);
    assert.equal(
      (await episodes()).length,
      told.reduce((sum, { kept }) => sum + kept, 0),
    );
    assert.equal(new Set((await episodes()).map(({ text }) => text)).size, (await episodes()).length);
    assert.match(texts, /Reverted “add the invoice export”/);
    assert.doesNotMatch(texts, /tabs/);
    const before = (await episodes()).length;
    await observe(look);
    assert.equal((await episodes()).length, before);
    /* Committed while nothing was to be kept, and seen only afterwards. */
    await leave({ [pausesFact]: [{ from: Date.now() - 60_000, to: Date.now() + 60_000 }] });
    await commit('build: use ruff instead of flake8', 'e.md');
    await observe(look);
    assert.doesNotMatch((await episodes()).map(({ text }) => text).join('\n'), /ruff/);
  });

  it('excluded folders, and everything while paused, leave no trace', async () => {
    await fresh('exclude');
    const fix = (project: string) => ({
      type: 'fix',
      project,
      session: 'w1',
      at,
      command: 'make',
      error: 'error: no rule to make target',
      commands: ['make configure'],
      edits: [],
    });
    await leave({ settings: { exclude: ['secret-client', '**/*.pem'] } });
    assert.equal(
      (await observe(fix(`${folder}/secret-client`), fix(`${folder}/secret-client/deeper`))).kept,
      0,
    );
    assert.equal((await observe(fix(`${folder}/other`))).kept, 1);
    await leave({ paused: true });
    assert.equal((await observe(fix(`${folder}/third`))).kept, 0);
    assert.equal((await episodes()).length, 1);
  });

  it('a line that is no observation is counted, and the rest is kept', async () => {
    await fresh('lines');
    const good = {
      type: 'fix',
      ...where('w1'),
      command: 'make',
      error: 'error: a',
      commands: ['make b'],
      edits: [],
    };
    const told = await observe({ type: 'other' }, { type: 'fix' }, good);
    assert.deepEqual([told.kept, told.unreadable], [1, 2]);
  });
});
