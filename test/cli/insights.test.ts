/** A dream on the command line: listed with both sources, told to nobody before it was kept, and gone once dismissed. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { reverie, reverieJson } from '../support/commandLine.ts';

const insight = z.looseObject({
  id: z.string(),
  text: z.string(),
  statement: z.string(),
  status: z.string(),
  scope: z.looseObject({ level: z.string() }),
  evidence: z.array(z.looseObject({ project: z.string(), text: z.string() })),
});
const context = z.looseObject({ context: z.string(), rules: z.array(z.string()) });

const rows = [
  ['orchard', 'you removed the licence header from every file'],
  ['lighthouse', 'you deleted the fixtures I had written by hand'],
  ['lighthouse', 'the seed data must stay, put it back'],
  ['lighthouse', 'you wiped our translations again'],
  ...[
    'round the totals to two digits',
    'draw the coast in grey',
    'the axis labels overlap',
    'the menu opens left',
    'tickets are numbered from one',
    'show the tide beside the clock',
    'sort the pears by weight',
    'the horn sounds every minute',
  ].map((text, at) => [at % 2 === 0 ? 'orchard' : 'lighthouse', text]),
];

test('keep and dismiss', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'reverie-insights-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const db = ['--db', join(folder, 'memory.db')];
  const file = join(folder, 'said.jsonl');
  const lines = rows.map(([project, text], at) =>
    JSON.stringify({
      id: `m${at}`,
      text,
      project,
      session: `s${at}`,
      at: new Date(Date.UTC(2026, 4, 1, 9, at)).toISOString(),
      kind: 'correction',
    }),
  );
  writeFileSync(file, lines.join('\n'));
  await reverieJson(['import', file, '--format', 'jsonl', '--verbatim', ...db]);
  const night = ['--now', '2026-05-02T03:00:00Z'];
  await reverieJson(['sleep', ...db, ...night]);

  const [dream, ...more] = z.array(insight).parse(await reverieJson(['insights', ...db, ...night]));
  assert.ok(dream);
  assert.equal(more.length, 0);
  assert.equal(dream.status, 'proposed');
  assert.match(dream.text, /orchard/);
  assert.match(dream.text, /lighthouse/);
  assert.deepEqual(new Set(dream.evidence.map(({ project }) => project)), new Set(['orchard', 'lighthouse']));
  const { stdout } = await reverie(['insights', ...db, ...night]);
  assert.match(stdout, /if kept, told everywhere: Remove nothing/);
  assert.match(stdout, /score 0\.\d\d \(novelty 0\.\d\d, utility 0\.\d\d, surprise 0\.\d\d\)/);
  assert.match(stdout, new RegExp(`accept ${dream.id} keeps it, retire ${dream.id} dismisses it`));

  const told = async () =>
    context.parse(
      await reverieJson(['inject', '--event', 'SessionStart', '--project', 'elsewhere', ...db, ...night]),
    );
  assert.deepEqual((await told()).rules, [], 'proposed: told to nobody');
  await reverieJson(['accept', dream.id, ...db, ...night]);
  const kept = await told();
  assert.deepEqual(kept.rules, [dream.id]);
  assert.ok(kept.context.includes(dream.statement));
  assert.doesNotMatch(kept.context, /orchard|lighthouse|licence|fixtures/, 'no project and no quotation');
  await reverieJson(['retire', dream.id, ...db, ...night]);
  assert.deepEqual((await told()).rules, []);

  writeFileSync(
    file,
    JSON.stringify({
      text: 'you deleted the footnotes',
      project: 'orchard',
      session: 'later',
      at: '2026-05-02T09:00:00Z',
      kind: 'correction',
    }),
  );
  await reverieJson(['import', file, '--format', 'jsonl', '--verbatim', ...db]);
  await reverieJson(['sleep', ...db, '--now', '2026-05-03T03:00:00Z']);
  const after = z.array(insight).parse(await reverieJson(['insights', ...db, ...night]));
  assert.deepEqual(
    after.map(({ id, status }) => [id, status]),
    [[dream.id, 'retired']],
    'dismissed, it does not come back',
  );
});
