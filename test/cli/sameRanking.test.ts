/** The same question, the same ranking: on the command line, in a batch, over MCP, and where the editor asks. */
import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { z } from 'zod';
import { openDatabase } from '../../src/sqlite/open.ts';
import { createApi } from '../../src/vscode/api.ts';
import { buildMemory, memoryId, silentLog } from '../support/builders.ts';
import { commandLine, reverie, reverieJson } from '../support/commandLine.ts';

const k = 4;
const texts = [
  'Keep the tide tables in data/tides.json, not in the page.',
  'Never publish the tide tables on a Friday.',
  'The ferry page reads data/tides.json when it is built.',
  'why did you edit the page again? the tide tables are in data/tides.json',
  'Ada: the lighthouse lamp was repaired on Tuesday.',
  'Ben: who repaired the lamp, and when?',
  'Run the harbour tests before you publish the page.',
];
const questions = [
  'Where are the tide tables?',
  'no, you edited the page again',
  'When was the lighthouse lamp repaired?',
  'publish the tidetables page',
  'harbuor tests',
];
const answered = z.object({ results: z.array(z.object({ id: z.string() })) });
const idsIn = (answer: unknown) => answered.parse(answer).results.map(({ id }) => id);

test('command line, batch, MCP server and editor rank alike', async (t) => {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'reverie-ranking-')));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  const file = join(home, 'memory.db');
  const database = await openDatabase({ file, log: silentLog });
  t.after(() => database.close());
  const now = Date.now();
  await database.memories.add(
    texts.map((text, number) => ({
      memory: buildMemory({
        id: memoryId(`${number % 2 === 0 ? 'r' : 'e'}_00000000000${number}`),
        kind: number % 2 === 0 ? 'rule' : 'episode',
        text,
        scope: { level: 'user' },
        createdAt: now - number * 86_400_000,
        lastAccessedAt: now - number * 86_400_000,
      }),
    })),
    'test',
  );
  const services = {
    access: { open: async () => database },
    project: () => undefined,
    sleeping: { onDidSleep: undefined },
  };
  const api = createApi(
    services as unknown as Parameters<typeof createApi>[0],
    {} as Parameters<typeof createApi>[1],
  );
  const batch = await reverie(['recall', '--batch', '--db', file], {
    input: questions.map((query) => `${JSON.stringify({ query, k })}\n`).join(''),
  });
  const lines = batch.stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  const client = new Client({ name: 'test', version: '1' });
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [commandLine, 'mcp', '--db', file],
      cwd: home,
      env: env as Record<string, string>,
      stderr: 'ignore',
    }),
  );
  t.after(() => client.close());
  for (const [number, query] of questions.entries()) {
    const inEditor = (await api.recall(query, { k })).map(({ id }) => id);
    assert.ok(inEditor.length > 0, query);
    assert.deepEqual(idsIn(lines[number]), inEditor, query);
    assert.deepEqual(
      idsIn(await reverieJson(['recall', query, '--k', String(k), '--db', file])),
      inEditor,
      query,
    );
  }
  /* Last: what an assistant recalls is reinforced, and stands a little higher from then on. */
  const query = questions[0] ?? '';
  const inEditor = (await api.recall(query, { k })).map(({ id }) => id);
  const told = await client.callTool({ name: 'recall', arguments: { query, k } });
  assert.deepEqual(
    [...JSON.stringify(told.content).matchAll(/[er]_0{11}\d/g)].map(([id]) => id),
    inEditor,
  );
});
