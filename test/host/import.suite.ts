import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { z } from 'zod';
import {
  cursorRows,
  cursorTables,
  opencodeRows,
  opencodeTables,
  runOn,
} from '../support/conversationStores.ts';
import { type Conversation, writers } from '../support/conversations.ts';
import { reverieApi } from './extension.ts';
import { notes } from './notes.ts';

const summaryShape = z.object({
  stopped: z.boolean(),
  sessions: z.number(),
  episodes: z.number(),
  duplicates: z.number(),
  unchanged: z.number(),
  kinds: z.record(z.string(), z.number()),
  assistants: z.array(z.looseObject({ assistant: z.string(), sessions: z.number() })),
  moments: z.array(z.looseObject({ statement: z.string() })),
});
const run = async (given?: unknown) =>
  summaryShape.parse(await vscode.commands.executeCommand('reverie.importConversations', given));

/** Nothing of two assistants is the same, so that nothing is taken for one event. */
const conversationOf = (name: string, index: number): Conversation => ({
  id: `${String(index).padStart(8, '0')}-aaaa-4bbb-8ccc-dddddddddddd`,
  cwd: `/nowhere/boatyard-${index}`,
  at: Date.UTC(2026, 0, 10 + index),
  turns: [
    { role: 'user', text: `add a list of the boats seen with ${name}` },
    { role: 'assistant', text: 'I have written the list with floats for the prices.' },
    { role: 'user', text: `no, prices in ${name} must always be integer cents, never floats` },
  ],
});

suite('import of past conversations', function () {
  /* Each reads in a process of its own. */
  this.timeout(120_000);
  let home: string;
  /** What leads an assistant, or the search for one, to a place; all of them lead into the home made here. */
  const leading = [
    'HOME',
    'USERPROFILE',
    'XDG_CONFIG_HOME',
    'XDG_DATA_HOME',
    'CLAUDE_CONFIG_DIR',
    'CODEX_HOME',
  ];
  const before = leading.map((name) => [name, process.env[name]] as const);
  suiteSetup(async () => {
    await reverieApi();
    home = await mkdtemp(join(tmpdir(), 'reverie-past-'));
    for (const [index, writer] of writers.entries()) {
      if (['jsonl', 'opencode export', 'aider', 'specstory'].includes(writer.name)) continue;
      const { path, content } = writer.write(conversationOf(writer.name.replace(' ', '-'), index));
      await mkdir(dirname(join(home, path)), { recursive: true });
      await writeFile(join(home, path), content);
    }
    await runOn(join(home, '.config/Cursor/User/globalStorage/state.vscdb'), [
      ...cursorTables,
      ...cursorRows(conversationOf('cursor', 50)),
    ]);
    await runOn(join(home, '.local/share/opencode/opencode.db'), [
      ...opencodeTables,
      ...opencodeRows(conversationOf('opencode', 51)),
    ]);
    for (const name of leading) delete process.env[name];
    process.env['HOME'] = home;
    process.env['USERPROFILE'] = home;
  });
  suiteTeardown(async () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await rm(home, { recursive: true, force: true });
  });

  test('one assistant that was picked is read, and no other', async () => {
    const summary = await run({ from: ['Codex'] });
    assert.deepEqual(
      summary.assistants.map(({ assistant }) => assistant),
      ['codex'],
    );
    assert.equal(summary.episodes, 1);
    assert.equal(summary.stopped, false);
    const shown = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(shown, /# Past conversations/);
    assert.match(shown, /integer cents/);
  });

  test('what was found is shown before anything is read, and all of it is read when it is accepted', async () => {
    const asked = vscode.commands.executeCommand('reverie.importConversations');
    let ended = false;
    const done = Promise.resolve(asked).finally(() => {
      ended = true;
    });
    /* Nobody tells when the list stands: it is accepted again and again until the command goes on. */
    while (!ended) {
      await vscode.commands.executeCommand('quickInput.accept').then(undefined, () => undefined);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    const summary = summaryShape.parse(await done);
    notes.push(
      `history import read ${summary.sessions} conversations of ${summary.assistants.length} formats`,
    );
    assert.deepEqual(summary.assistants.map(({ assistant }) => assistant).sort(), [
      'claude-code',
      'cline',
      'continue',
      'copilot',
      'copilot-cli',
      'cursor',
      'gemini',
      'opencode',
    ]);
    assert.equal(summary.unchanged, 1, 'the one that was read before');
    assert.ok(summary.episodes >= 8, `${summary.episodes} kept`);
  });

  test('read again, there is nothing new', async () => {
    const summary = await run({ from: ['claude-code', 'codex', 'opencode'] });
    assert.deepEqual([summary.episodes, summary.duplicates, summary.unchanged], [0, 0, 3]);
  });
});
