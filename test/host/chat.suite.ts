import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import * as vscode from 'vscode';
import { z } from 'zod';
import type { Database } from '../../src/core/database.ts';
import type { MemoryId, ProjectId } from '../../src/core/memory.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { mcpServer } from '../../src/vscode/mcpProvider.ts';
import { type Asked, answerChat, participantId } from '../../src/vscode/participant.ts';
import { buildMemory, buildReceipt, silentLog } from '../support/builders.ts';
import { findExtension, reverieApi } from './extension.ts';

const contributions = z.object({
  contributes: z.object({
    mcpServerDefinitionProviders: z.array(z.object({ id: z.string(), label: z.string() })),
    chatParticipants: z.array(
      z.object({ id: z.string(), name: z.string(), commands: z.array(z.object({ name: z.string() })) }),
    ),
  }),
});

/** What a chat would show: the words, and the commands behind its buttons. */
async function ask(asked: Asked, command: string | undefined, prompt: string) {
  let text = '';
  const buttons: vscode.Command[] = [];
  const none = new vscode.CancellationTokenSource();
  const result = await answerChat(
    asked,
    { command, prompt },
    {
      markdown: (value) => {
        text += typeof value === 'string' ? value : value.value;
      },
      button: (button) => void buttons.push(button),
      progress: () => undefined,
    },
    none.token,
  );
  return { text, buttons, error: result.errorDetails?.message };
}

suite('chat and MCP', () => {
  let folder = '';
  let database: Database;
  let paused = false;
  const project = '/somewhere/one' as ProjectId;
  const rule = buildMemory({
    id: 'r_abcdefghij12' as MemoryId,
    text: 'Use **tabs** in [makefiles](command:x), <b>never</b> spaces.',
    scope: { level: 'project', project },
  });
  const foreign = buildMemory({
    text: 'Name walnut migrations after rivers.',
    scope: { level: 'project', project: '/somewhere/two' as ProjectId },
  });
  /** What the cited file holds now. */
  let present = 'as it was';
  const citing = buildMemory({
    id: 'r_zyxwvutsrq98' as MemoryId,
    text: 'The gateway answers on the port in the ports file.',
    scope: { level: 'project', project },
    standing: false,
    citations: [{ path: 'config/ports.ts', blob: 'as it was' }],
  });
  const asked: Asked = {
    access: { open: async () => database },
    moods: {
      get paused() {
        return paused;
      },
      privateSession: false,
    },
    sleeping: { sleepNow: async () => undefined, stop: () => undefined },
    project: () => project,
    fileBlob: (_project, path) => (path === 'config/ports.ts' ? present : undefined),
  };

  suiteSetup(async () => {
    await reverieApi();
    folder = mkdtempSync(join(tmpdir(), 'reverie-chat-'));
    database = await openDatabase({ file: join(folder, 'memory.db'), log: silentLog });
    await database.memories.add([{ memory: rule }, { memory: foreign }, { memory: citing }], 'test');
  });
  suiteTeardown(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('participant and server are contributed under the names others rely on', () => {
    const { contributes } = contributions.parse(findExtension().packageJSON);
    assert.deepEqual(contributes.mcpServerDefinitionProviders, [{ id: 'reverie', label: 'Reverie' }]);
    const [participant] = contributes.chatParticipants;
    assert.equal(participant?.id, participantId);
    assert.equal(participant?.name, 'reverie');
    assert.deepEqual(participant?.commands.map(({ name }) => name).sort(), [
      'forget',
      'rules',
      'sleep',
      'why',
    ]);
  });

  test('/rules tells those of this project, as words and not as markup', async () => {
    const { text } = await ask(asked, 'rules', '');
    assert.match(text, /tabs/);
    assert.doesNotMatch(text, /walnut/);
    assert.doesNotMatch(text, /\*\*tabs\*\*|\]\(command:|<b>/);
  });

  test('/why explains by id and by words; a question is answered, or not', async () => {
    assert.match((await ask(asked, 'why', `why ${rule.id}?`)).text, /strength 0\.\d\d/);
    assert.match((await ask(asked, 'why', 'tabs makefiles')).text, /tabs/);
    assert.match((await ask(asked, undefined, 'tabs or spaces in makefiles')).text, /tabs/);
    assert.match((await ask(asked, undefined, 'walnut migrations rivers')).text, /Nothing is remembered/);
  });

  test('what cites a file is in force while that file is what it was; then /why says which has changed', async () => {
    const question = 'gateway port in the ports file';
    assert.match((await ask(asked, 'rules', '')).text, /gateway answers/);
    assert.doesNotMatch((await ask(asked, 'why', citing.id)).text, /has changed/);
    assert.doesNotMatch((await ask(asked, undefined, question)).text, /has changed/);
    present = 'something else';
    try {
      assert.doesNotMatch((await ask(asked, 'rules', '')).text, /gateway answers/);
      assert.match((await ask(asked, 'why', citing.id)).text, /Not told: config\/ports\.ts has changed/);
      assert.match((await ask(asked, undefined, question)).text, /gateway answers.*ports\.ts has changed/);
    } finally {
      present = 'as it was';
    }
  });

  test('/why offers to make a guard of what is broken often, by a button that carries the id', async () => {
    const broken = buildMemory({
      id: 'r_brokenoften1' as MemoryId,
      text: 'Use brass screws, never steel screws.',
      lesson: { wrong: 'steel screws', right: 'brass screws' },
      scope: { level: 'project', project },
    });
    await database.memories.add([{ memory: broken }], 'test');
    const offered = async () =>
      (await ask(asked, 'why', broken.id)).buttons.map(({ command, arguments: args }) => [command, args]);
    assert.deepEqual(await offered(), []);
    for (const session of ['one', 'two'])
      await database.receipts.addReceipts([buildReceipt(broken.id, { session, verdict: 'violated' })]);
    assert.deepEqual(await offered(), [['reverie.guardMemory', [broken.id]]]);
    assert.ok((await vscode.commands.getCommands(true)).includes('reverie.guardMemory'));
  });

  test('/forget deletes nothing by itself: a button carries the id', async () => {
    const { buttons } = await ask(asked, 'forget', 'tabs makefiles');
    assert.deepEqual(
      buttons.map(({ command, arguments: args }) => [command, args]),
      [['reverie.forgetMemory', [rule.id]]],
    );
    assert.ok(await database.memories.get(rule.id));
    assert.ok((await vscode.commands.getCommands(true)).includes('reverie.forgetMemory'));
  });

  test('while paused only the way back is offered', async () => {
    paused = true;
    try {
      const { text, buttons } = await ask(asked, 'rules', '');
      assert.doesNotMatch(text, /tabs/);
      assert.deepEqual(
        buttons.map(({ command }) => command),
        ['reverie.resume'],
      );
    } finally {
      paused = false;
    }
  });

  test('the server the editor is offered runs in its own runtime and answers', async () => {
    const commandLine = join(findExtension().extensionPath, 'dist', 'cli.js');
    assert.ok(existsSync(commandLine));
    const server = mcpServer({ commandLine, database: join(folder, 'memory.db'), version: '1' });
    const given = Object.entries({ ...process.env, ...server.env });
    const env = Object.fromEntries(
      given.flatMap(([key, value]) => (value === undefined || value === null ? [] : [[key, String(value)]])),
    );
    const client = new Client({ name: 'test', version: '1' }, { capabilities: {} });
    await client.connect(
      new StdioClientTransport({
        command: server.command,
        args: server.args,
        env,
        stderr: 'ignore',
        ...(server.cwd === undefined ? {} : { cwd: server.cwd.fsPath }),
      }),
    );
    try {
      const { tools } = await client.listTools();
      assert.deepEqual(tools.map(({ name }) => name).sort(), ['forget', 'recall', 'remember', 'rules']);
      const answer = await client.callTool({ name: 'rules', arguments: {} });
      assert.doesNotMatch(JSON.stringify(answer), /walnut|tabs/, 'another project’s rules');
      assert.notEqual(answer.isError, true);
    } finally {
      await client.close();
    }
  });
});
