import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { ImportCursor } from '../../src/core/ports.ts';
import { discoverTranscripts } from '../../src/transcripts/discovery.ts';
import {
  cursorRow,
  cursorRows,
  cursorTables,
  opencodeRows,
  opencodeTables,
  opencodeTree,
  runOn,
} from '../support/conversationStores.ts';
import type { Conversation } from '../support/conversations.ts';
import { put, readAll, withFolder } from './folder.ts';

const start = Date.UTC(2026, 2, 1, 10);
const chat = (id: string, texts: readonly string[], more: Partial<Conversation> = {}): Conversation => ({
  id,
  cwd: '/nowhere/orchard',
  at: start,
  turns: texts.map((text, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', text })),
  ...more,
});
const uuid = (digit: number) => `${String(digit).repeat(8)}-1111-4222-8333-444444444444`;
const database = '.config/Cursor/User/globalStorage/state.vscdb';

test('Cursor: messages in the order of the conversation, with folder, times and what became of tool calls', async () => {
  await withFolder({}, async (home) => {
    const file = join(home, database);
    await runOn(file, [
      ...cursorTables,
      ...cursorRows(
        chat(uuid(1), ['prune the apple trees', 'Pruned.', 'not the young ones', 'Sorry.'], {
          noise: 'leaves',
        }),
      ),
      cursorRow(`bubbleId:${uuid(1)}:${uuid(1)}-001`, {
        type: 2,
        text: 'Pruned.',
        toolFormerData: { name: 'run_terminal_cmd', status: 'completed', userDecision: 'rejected' },
      }),
      cursorRow(`composerData:${uuid(2)}`, {
        composerId: uuid(2),
        createdAt: start,
        conversation: [
          {
            bubbleId: 'old-user-bubble-1',
            type: 1,
            text: 'water them at night',
            workspaceUris: ['file:///nowhere/garden'],
          },
          { bubbleId: 'old-answer-bubble-1', type: 2, text: '' },
        ],
      }),
      cursorRow(`composerData:${uuid(3)}`, 'half {'),
      cursorRow(`composerData:${uuid(4)}`, {
        composerId: uuid(4),
        createdAt: start,
        subagentInfo: { parent: uuid(1) },
        conversation: [{ bubbleId: 'x', type: 1, text: 'words of an agent' }],
      }),
      cursorRow('checkpointId:x', { big: 'x' }),
    ]);
    const { messages, skipped, formats } = await readAll([file]);
    assert.deepEqual(formats, ['cursor']);
    assert.deepEqual(
      messages.map(({ role, text, at, project, signals }) => [role, text, at, project, signals]),
      [
        ['user', 'prune the apple trees', start, '/nowhere/orchard', []],
        ['assistant', 'Pruned.', start, '/nowhere/orchard', []],
        [
          'user',
          'not the young ones',
          start + 120_000,
          '/nowhere/orchard',
          [{ type: 'tool-rejected', tool: 'run_terminal_cmd' }],
        ],
        ['assistant', 'Sorry.', start + 180_000, '/nowhere/orchard', []],
        ['user', 'water them at night', start, '/nowhere/garden', []],
      ],
    );
    assert.deepEqual([...skipped], [['not valid JSON', 1]]);
  });
});

test('Cursor: the folder from the workspace that had the conversation open', async () => {
  await withFolder({}, async (home) => {
    const user = join(home, '.config/Cursor/User');
    const conversation = chat(uuid(5), ['hello', 'Hello.']);
    await runOn(join(home, database), [
      ...cursorTables,
      ...cursorRows(conversation, { workspaceIdentifier: null }),
    ]);
    const workspace = join(user, 'workspaceStorage/w/workspace.json');
    await put(workspace, JSON.stringify({ folder: pathToFileURL('/nowhere/barn').href }));
    await runOn(join(user, 'workspaceStorage/w/state.vscdb'), [
      ...cursorTables,
      [
        'INSERT INTO ItemTable VALUES (?, ?)',
        'composer.composerData',
        JSON.stringify({ allComposers: [{ composerId: uuid(5) }] }),
      ],
    ]);
    const { messages } = await readAll([join(home, database)]);
    assert.deepEqual(
      messages.map(({ project }) => project),
      ['/nowhere/barn', '/nowhere/barn'],
    );
  });
});

/** Reads again and again, remembering the cursors as a store would. */
function createReading(path: string) {
  const saved = new Map<string, ImportCursor>();
  return async () => {
    const outcome = await readAll([path], { cursors: async (file) => saved.get(file) });
    for (const [file, cursor] of outcome.cursors) saved.set(file, cursor);
    return outcome;
  };
}

test('Cursor: only conversations that changed are read again; a database put in its place is read as a whole', async () => {
  await withFolder({}, async (home) => {
    const file = join(home, database);
    await runOn(file, [
      ...cursorTables,
      ...cursorRows(chat(uuid(1), ['one', 'One.'])),
      ...cursorRows(chat(uuid(2), ['two', 'Two.'], { at: start + 3_600_000 })),
    ]);
    const read = createReading(file);
    assert.deepEqual((await read()).typed, ['one', 'two']);
    assert.deepEqual((await read()).events, []);
    await runOn(file, cursorRows(chat(uuid(3), ['three'], { at: start + 7_200_000 })));
    const later = await read();
    assert.deepEqual(
      later.typed,
      ['two', 'three'],
      'the latest again, with the same identities, and the new one',
    );
    await rm(file);
    await rm(`${file}-wal`, { force: true });
    await writeFile(`${file}.keep`, 'so that the place of the old file is not used again');
    await runOn(file, [...cursorTables, ...cursorRows(chat(uuid(9), ['older']))]);
    assert.deepEqual((await read()).typed, ['older']);
  });
});

test('OpenCode: the database, without agents’ sessions; new messages come with the words they answer', async () => {
  await withFolder({}, async (home) => {
    const file = join(home, 'opencode.db');
    await runOn(file, [
      ...opencodeTables,
      ...opencodeRows(chat('ses_1', ['paint it', 'Painted.'], { noise: 'wet' })),
      ...opencodeRows(chat('ses_2', ['words of an agent']), 'ses_1'),
    ]);
    const read = createReading(file);
    const first = await read();
    assert.deepEqual(first.formats, ['opencode']);
    assert.deepEqual(
      first.messages.map(({ text, session, project }) => [text, session, project]),
      [
        ['paint it', 'ses_1', '/nowhere/orchard'],
        ['Painted.', 'ses_1', '/nowhere/orchard'],
      ],
    );
    assert.deepEqual((await read()).events, []);
    await runOn(file, opencodeRows(chat('ses_1', ['paint it', 'Painted.', 'blue, not red'])));
    assert.deepEqual(
      (await read()).messages.map(({ text }) => text),
      ['Painted.', 'blue, not red'],
    );
  });
});

test('OpenCode: the older tree of files', async () => {
  await withFolder(opencodeTree(chat('ses_7', ['sweep', 'Swept.', 'the stairs too'])), async (home) => {
    const { messages, formats } = await readAll([join(home, 'storage/session')]);
    assert.deepEqual(formats, ['opencode']);
    assert.deepEqual(
      messages.map(({ role, text, cwd }) => [role, text, cwd]),
      [
        ['user', 'sweep', '/nowhere/orchard'],
        ['assistant', 'Swept.', '/nowhere/orchard'],
        ['user', 'the stairs too', '/nowhere/orchard'],
      ],
    );
  });
});

test('a database that is damaged or another one is reported, not thrown', async () => {
  await withFolder({ 'a/state.vscdb': `SQLite format 3\0${'x'.repeat(5000)}` }, async (home) => {
    await runOn(join(home, 'b/opencode.db'), [['CREATE TABLE other (x)']]);
    await runOn(join(home, 'c/state.vscdb'), [['CREATE TABLE ItemTable (key, value)']]);
    const { messages, skipped } = await readAll([home]);
    assert.deepEqual(messages, []);
    assert.deepEqual([...skipped.keys()].sort(), [
      'cannot be read (SQLITE_ERROR)',
      'cannot be read (SQLITE_NOTADB)',
    ]);
  });
});

test('discovery counts the conversations of databases, and prefers OpenCode’s to its older tree', async () => {
  await withFolder(opencodeTree(chat('ses_7', ['sweep'])), async (tree) => {
    const shared = { home: tree, platform: 'linux' as const };
    const env = { XDG_DATA_HOME: join(tree, 'data') };
    await runOn(join(tree, database), [
      ...cursorTables,
      ...cursorRows(chat(uuid(1), ['one'])),
      ...cursorRows(chat(uuid(2), ['two'])),
    ]);
    await runOn(join(tree, 'data/opencode/opencode.db'), [
      ...opencodeTables,
      ...opencodeRows(chat('ses_1', ['a', 'A.'])),
    ]);
    const found = await discoverTranscripts({ ...shared, env });
    assert.deepEqual(
      found.map(({ assistant, conversations }) => [assistant, conversations]),
      [
        ['cursor', 2],
        ['opencode', 1],
      ],
    );
    assert.deepEqual([found[1]?.from, found[1]?.to], [start, start + 60_000]);
  });
});
