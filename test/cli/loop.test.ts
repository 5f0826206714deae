/** The whole loop through the command line, as a script uses it. */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { reverie, reverieJson } from '../support/commandLine.ts';
import { asJsonLines, inventWeeks } from '../support/weeks.ts';

const memory = z.object({
  id: z.string(),
  kind: z.string(),
  text: z.string(),
  status: z.string(),
  scope: z.object({ level: z.string(), project: z.string().optional() }),
  strength: z.number().min(0).max(1),
  effective: z.number().min(0).max(1),
  precision: z.number(),
  pinned: z.boolean(),
  evidence: z.array(
    z.object({
      episode: z.string(),
      externalId: z.string().optional(),
      session: z.string().optional(),
      at: z.string(),
      text: z.string(),
    }),
  ),
});
const memories = z.array(memory);
const night = z.object({
  id: z.string(),
  changes: z.number(),
  state: z.string(),
  stages: z.array(z.object({ stage: z.string(), phase: z.string(), changed: z.number() })),
  summary: z.string(),
});

describe('the loop through the command line', () => {
  let folder = '';
  let db: readonly string[] = [];
  const now = ['--now', '2026-09-16T03:00:00Z'];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reverie-loop-'));
    db = ['--db', join(folder, 'memory.db')];
    await writeFile(join(folder, 'weeks.jsonl'), asJsonLines(inventWeeks()));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('imports, once', async () => {
    const summary = z.object({
      messages: z.number(),
      episodes: z.number(),
      duplicates: z.number(),
      sessions: z.number(),
    });
    const first = summary.parse(await reverieJson(['import', join(folder, 'weeks.jsonl'), ...db, ...now]));
    assert.equal(first.sessions, 14);
    assert.ok(first.episodes >= 14, `only ${first.episodes} episodes`);
    assert.ok(first.episodes < first.messages, 'chatter was kept');
    const again = summary.parse(
      await reverieJson(['import', join(folder, 'weeks.jsonl'), '--again', ...db, ...now]),
    );
    assert.equal(again.episodes, 0);
    assert.equal(again.duplicates, first.episodes);
  });

  it('sleeps, and a second sleep changes nothing', async () => {
    const first = night.parse(await reverieJson(['sleep', ...db, ...now]));
    assert.equal(first.state, 'complete');
    assert.ok(first.changes > 0);
    const phases = new Set(first.stages.map((stage) => stage.phase));
    for (const phase of [
      'replay',
      'homeostasis',
      'propagation',
      'crystallization',
      'reorganize',
      'consolidate',
      'prune',
      'dream',
      'expertise',
    ]) {
      assert.ok(phases.has(phase), `no ${phase}`);
    }
    const second = night.parse(await reverieJson(['sleep', ...db, ...now]));
    assert.equal(second.changes, 0);
  });

  it('has rules with the moments they came from', async () => {
    const rules = memories.parse(await reverieJson(['rules', ...db, ...now]));
    assert.ok(rules.length >= 3, `only ${rules.length} rules`);
    const pnpm = rules.find((rule) => /pnpm/.test(rule.text));
    assert.ok(pnpm, 'no rule about pnpm');
    assert.equal(pnpm.status, 'active');
    assert.equal(pnpm.scope.project, 'harbour');
    assert.ok(new Set(pnpm.evidence.map((one) => one.session)).size >= 2);
    for (const moment of pnpm.evidence) assert.match(moment.externalId ?? '', /^row-/);
  });

  it('recalls in other words, and knows when there is nothing', async () => {
    const answer = z.object({
      results: z.array(z.object({ id: z.string(), text: z.string() })),
      abstained: z.boolean(),
    });
    const { stdout, code } = await reverie(['recall', '--batch', ...db, ...now], {
      input: asJsonLines([
        { query: 'which package manager, npm or pnpm?', project: 'harbour' },
        { query: 'favourite holiday in Portugal', project: 'harbour' },
        { query: 'which package manager, npm or pnpm?', project: 'elsewhere' },
      ]),
    });
    assert.equal(code, 0);
    const [known, unknown, elsewhere] = stdout
      .trim()
      .split('\n')
      .map((line) => answer.parse(JSON.parse(line)));
    assert.match(known?.results[0]?.text ?? '', /pnpm/);
    assert.deepEqual(unknown, { results: [], abstained: true });
    assert.equal(elsewhere?.abstained, true);
  });

  it('tells an assistant what matters, in this project only', async () => {
    const injected = z.object({ context: z.string(), rules: z.array(z.string()), tokens: z.number() });
    const here = injected.parse(
      await reverieJson(['inject', '--event', 'SessionStart', '--project', 'harbour', ...db, ...now]),
    );
    assert.match(here.context, /pnpm/);
    assert.ok(here.tokens <= 600);
    const there = injected.parse(
      await reverieJson(['inject', '--event', 'SessionStart', '--project', 'elsewhere', ...db, ...now]),
    );
    assert.equal(there.context, '');
  });

  it('answers a hook with JSON and nothing else', async () => {
    const hooked = await reverie(['hook', 'SessionStart', ...db], {
      input: JSON.stringify({ session_id: 's1', cwd: folder, hook_event_name: 'SessionStart' }),
    });
    assert.equal(hooked.code, 0);
    if (hooked.stdout !== '') JSON.parse(hooked.stdout);
    for (const input of ['', 'not json', '[]', '{"prompt":7}']) {
      const bad = await reverie(['hook', 'UserPromptSubmit', ...db], {
        input,
        env: { REVERIE_HOME: folder },
      });
      assert.deepEqual({ code: bad.code, stdout: bad.stdout }, { code: 0, stdout: '' }, input);
    }
  });

  it('lets its owner accept, edit, pin and retire, and explains', async () => {
    const [rule] = memories.parse(await reverieJson(['rules', ...db, ...now]));
    assert.ok(rule);
    assert.equal(memory.parse(await reverieJson(['retire', rule.id, ...db, ...now])).status, 'retired');
    assert.equal(memory.parse(await reverieJson(['accept', rule.id, ...db, ...now])).status, 'active');
    assert.equal(
      memory.parse(await reverieJson(['edit', rule.id, 'Use', 'pnpm.', ...db, ...now])).text,
      'Use pnpm.',
    );
    assert.equal(memory.parse(await reverieJson(['pin', rule.id, ...db, ...now])).pinned, true);
    const why = z
      .object({ history: z.array(z.object({ act: z.string(), why: z.string() })) })
      .parse(await reverieJson(['why', rule.id, ...db, ...now]));
    for (const act of ['retire', 'accept', 'edit', 'pin'])
      assert.ok(
        why.history.some((entry) => entry.act === act),
        act,
      );
  });

  it('exports, and restores into an empty memory', async () => {
    const file = join(folder, 'export.jsonl');
    await reverieJson(['export', '--output', file, ...db]);
    const other = ['--db', join(folder, 'other.db')];
    await reverieJson(['restore', file, ...other]);
    const all = ['rules', '--status', 'all', ...now];
    assert.deepEqual(await reverieJson([...all, ...other]), await reverieJson([...all, ...db]));
  });

  it('takes a night back', async () => {
    const fresh = ['--db', join(folder, 'undone.db')];
    await reverieJson(['import', join(folder, 'weeks.jsonl'), ...fresh, ...now]);
    const earlier = await reverieJson(['episodes', ...fresh, ...now]);
    await reverieJson(['sleep', ...fresh, ...now]);
    assert.notDeepEqual(await reverieJson(['episodes', ...fresh, ...now]), earlier);
    await reverieJson(['undo', 'last', ...fresh, ...now]);
    assert.deepEqual(await reverieJson(['episodes', ...fresh, ...now]), earlier);
    assert.deepEqual(await reverieJson(['rules', ...fresh, ...now]), []);
  });

  it('is the same twice: same database, clock and seed', async () => {
    const reports: unknown[] = [];
    for (const name of ['twin-a.db', 'twin-b.db']) {
      const twin = ['--db', join(folder, name)];
      await reverieJson(['import', join(folder, 'weeks.jsonl'), ...twin, ...now]);
      reports.push(await reverieJson(['sleep', ...twin, ...now]));
    }
    assert.equal(JSON.stringify(reports[0]), JSON.stringify(reports[1]));
  });

  it('says what is wrong in one line, with the right exit code', async () => {
    const cases: readonly (readonly [readonly string[], number])[] = [
      [['sleep', '--phases', '42'], 2],
      [['recall'], 2],
      [['frobnicate'], 2],
      [['show', 'e_doesnotexist'], 1],
      [['rules', '--now', 'yesterday'], 2],
      [['import', join(folder, 'weeks.jsonl'), '--format', 'papyrus'], 2],
    ];
    for (const [args, code] of cases) {
      const outcome = await reverie([...args, ...db]);
      assert.equal(outcome.code, code, `${args.join(' ')}: ${outcome.stderr}`);
      assert.notEqual(outcome.stderr.trim(), '');
    }
  });

  it('shows a moment with what had been done and said before it', async () => {
    const env = { REVERIE_HOME: join(folder, 'moment') };
    const rows = join(folder, 'moment.jsonl');
    /* In two parts, so that no scanner trips over this file. */
    const token = `xo${'xb'}-123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx`;
    await writeFile(
      rows,
      asJsonLines([
        {
          text: 'why not in the archive bucket?',
          prev: 'I wrote the nightly backup to the public bucket.',
          session: 's1',
          project: '/home/ada/app',
          at: '2026-03-02T10:00:00Z',
        },
        {
          text: `no, don't keep the token ${token} in the script`,
          prev: `The script posts with ${token} now.`,
          session: 's2',
          project: '/home/ada/app',
          at: '2026-03-03T10:00:00Z',
        },
      ]),
    );
    await reverieJson(['import', rows, '--format', 'jsonl'], { env });
    const moments = z.array(z.object({ id: z.string(), text: z.string() }));
    const [secret, bucket] = moments.parse(await reverieJson(['episodes'], { env }));
    const shown = await reverie(['show', bucket?.id ?? ''], { env });
    assert.match(shown.stdout, /The assistant had said: I wrote the nightly backup to the public bucket\./);
    const told = z
      .object({ before: z.string(), context: z.string() })
      .parse(await reverieJson(['show', bucket?.id ?? ''], { env }));
    assert.match(told.before, /public bucket/);
    const why = await reverie(['why', secret?.id ?? ''], { env });
    assert.match(why.stdout, /The assistant had said: The script posts with/);
    assert.ok(!why.stdout.includes(token.slice(0, 16)));
  });

  it('classifies a line at a time, in order', async () => {
    const label = z.object({
      label: z.string(),
      confidence: z.number(),
      statement: z.string(),
      reasons: z.array(z.string()),
      salience: z.object({ total: z.number() }),
    });
    const { stdout } = await reverie(['classify', ...db], {
      input: asJsonLines([
        { text: 'no, use tabs instead of spaces', prev: 'I formatted the file with spaces.' },
        { text: 'please add a login page' },
      ]),
    });
    const [correction, task] = stdout
      .trim()
      .split('\n')
      .map((line) => label.parse(JSON.parse(line)));
    assert.equal(correction?.label, 'correction');
    assert.equal(task?.label, 'neither');
  });

  it('makes a rule in the night of each order that was remembered outright, and of nothing else', async () => {
    const env = { REVERIE_HOME: join(folder, 'remembering') };
    const orders: ReadonlyMap<string, string> = new Map([
      ['We use bun here, not node', 'Use bun, not node.'],
      ['We indent with two spaces in this repo', ''],
      ['We follow trunk based development in this repo', 'Follow trunk based development.'],
      [
        'Every time you rename a column, write a migration',
        'Whenever you rename a column, always write a migration.',
      ],
      ['Prefer composition over inheritance', 'Prefer composition over inheritance.'],
      ["Don't ever log a customer's address", "Never log a customer's address."],
      [
        'For the third time: no exclamation marks in headlines!',
        'Do not use exclamation marks in headlines.',
      ],
      ['Please add a rule that says parcels must be weighed twice', 'Weigh parcels twice.'],
      [
        'In this project, never call the payment service from a test',
        'Never call the payment service from a test.',
      ],
      ['The keys of the build server are with Grace', ''],
      ['Do it like that', ''],
    ]);
    for (const [text] of orders) await reverieJson(['remember', text, '--project', '/home/ada/app'], { env });
    await reverieJson(['sleep'], { env });
    const rules = memories.parse(await reverieJson(['rules', '--status', 'all'], { env }));
    const expected = [...orders.values()].filter((rule) => rule !== '');
    assert.deepEqual(rules.map(({ text }) => text).sort(), expected.sort());
    for (const { status, text } of rules) assert.equal(status, 'active', text);
  });

  it('keeps its files to itself', async () => {
    const { stat } = await import('node:fs/promises');
    const home = join(folder, 'home');
    await reverieJson(['remember', 'Use tabs.', '--user'], { env: { REVERIE_HOME: home } });
    assert.equal((await stat(home)).mode & 0o077, 0);
    for (const name of await readdir(home))
      assert.equal((await stat(join(home, name))).mode & 0o077, 0, name);
    assert.match(await readFile(join(home, 'memory.db'), 'latin1'), /SQLite format 3/);
  });
});
