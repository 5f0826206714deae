/** What was read off a file is told only as long as the file is what it was. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { reverie, reverieJson } from '../support/commandLine.ts';

interface Told {
  readonly context: string;
}

describe('a memory that cites a file', () => {
  let folder = '';
  let project = '';
  let common: readonly string[] = [];
  const config = () => join(project, 'config', 'ports.ts');

  before(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'reverie-stale-')));
    project = join(folder, 'quay');
    await mkdir(join(project, 'config'), { recursive: true });
    await writeFile(config(), 'export const port = 4100;\n');
    common = ['--db', join(folder, 'memory.db'), '--project', project];
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const told = async () =>
    ((await reverieJson(['inject', '--event', 'SessionStart', ...common])) as Told).context;
  const heard = async () => {
    const input = JSON.stringify({ session_id: `s ${Math.random()}`, cwd: project });
    const env = { REVERIE_HOME: folder };
    return (await reverie(['hook', 'SessionStart'], { input, env })).stdout;
  };

  it('is told while the file is what it was', async () => {
    const fact = 'The gateway listens on the port that config/ports.ts names.';
    const { id } = (await reverieJson(['remember', fact, ...common])) as { id: string };
    await reverieJson(['remember', 'Always add new ports to config/ports.ts.', ...common]);
    assert.match(await told(), /gateway listens/);
    assert.match(await heard(), /gateway listens/);
    const why = (await reverieJson(['why', id, ...common])) as { stale?: string };
    assert.equal(why.stale, undefined);
  });

  it('is told no more when it has changed, and says why; what holds for good is', async () => {
    await writeFile(config(), 'export const ports = { gateway: 4200 };\n');
    for (const context of [await told(), await heard()]) {
      assert.doesNotMatch(context, /gateway listens/);
      assert.match(context, /Always add new ports/);
    }
    const [fact] = (
      (await reverieJson(['episodes', ...common])) as readonly { id: string; text: string }[]
    ).filter(({ text }) => text.includes('gateway'));
    assert.ok(fact);
    const why = (await reverieJson(['why', fact.id, ...common])) as { stale?: string };
    assert.equal(why.stale, 'config/ports.ts');
    await reverieJson(['pin', fact.id, ...common]);
    assert.match(await told(), /gateway listens/);
    await reverieJson(['pin', fact.id, ...common]);
  });

  it('nor when it is gone; and again when it is back', async () => {
    await rm(config());
    assert.doesNotMatch(await told(), /gateway listens/);
    await writeFile(config(), 'export const port = 4100;\n');
    assert.match(await told(), /gateway listens/);
  });

  it('the rule a night makes of it cites the same', async () => {
    const said = [
      'No, use the port from config/ports.ts instead of a literal.',
      'Use the port from config/ports.ts please, not a literal again.',
      'You wrote a literal again. Use the port from config/ports.ts.',
    ];
    const rows = said.map((text, day) => ({
      id: `row ${day}`,
      session: `session ${day}`,
      project,
      at: `2026-03-0${day + 2}T10:00:00Z`,
      prev: 'I wrote the port as a literal.',
      text,
    }));
    common = ['--db', join(folder, 'rules.db'), '--project', project];
    const file = join(folder, 'rows.jsonl');
    await writeFile(file, rows.map((row) => JSON.stringify(row)).join('\n'));
    await reverieJson(['import', file, '--format', 'jsonl', ...common]);
    await reverieJson(['sleep', ...common]);
    const rules = (await reverieJson(['rules', '--status', 'all', ...common])) as readonly {
      id: string;
      text: string;
    }[];
    const rule = rules.find(({ text }) => /instead of a literal/.test(text));
    assert.ok(rule, JSON.stringify(rules));
    assert.match(await told(), /instead of a literal/);
    await writeFile(config(), 'export const port = 4300;\n');
    assert.doesNotMatch(await told(), /instead of a literal/);
    const why = (await reverieJson(['why', rule.id, ...common])) as { stale?: string };
    assert.equal(why.stale, 'config/ports.ts');
  });
});
