import assert from 'node:assert/strict';
import { appendFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ImportCursor } from '../../src/core/ports.ts';
import { jsonLines, type Outcome, put, readAll, withFolder } from './folder.ts';

/** Reads a folder again and again, remembering its cursors as a store would. */
function createImport(folder: string): () => Promise<Outcome> {
  const saved = new Map<string, ImportCursor>();
  return async () => {
    const outcome = await readAll([folder], { cursors: async (file) => saved.get(file) });
    for (const [file, cursor] of outcome.cursors) saved.set(file, cursor);
    return outcome;
  };
}

let count = 0;
const claude = (type: 'user' | 'assistant', text: string, extra: object = {}) => ({
  type,
  isSidechain: false,
  cwd: '/nowhere/shop',
  sessionId: 's',
  uuid: `u${count++}`,
  timestamp: '2026-03-01T10:00:00Z',
  message: { role: type, content: [{ type: 'text', text }] },
  ...extra,
});

test('only what was appended is read, with the words it answers', async () => {
  await withFolder(
    { 's.jsonl': [claude('user', 'one'), claude('assistant', 'Did one.')] },
    async (folder) => {
      const read = createImport(folder);
      const file = join(folder, 's.jsonl');
      assert.deepEqual((await read()).typed, ['one']);
      assert.deepEqual((await read()).events, []);
      await appendFile(file, jsonLines([claude('user', 'two'), claude('assistant', 'Did two.')]));
      const second = await read();
      assert.deepEqual(
        second.messages.map(({ text }) => text),
        ['Did one.', 'two', 'Did two.'],
      );
      assert.equal(second.messages[1]?.cwd, '/nowhere/shop');
    },
  );
});

test('a half-written line is read once its writer is done', async () => {
  await withFolder({ 's.jsonl': '' }, async (folder) => {
    const read = createImport(folder);
    const file = join(folder, 's.jsonl');
    const line = jsonLines([claude('user', 'grown slowly')]);
    await writeFile(file, jsonLines([claude('user', 'first')]) + line.slice(0, 40));
    const first = await read();
    assert.deepEqual(first.typed, ['first']);
    assert.deepEqual([...first.skipped.keys()], ['last line is only half written']);
    await appendFile(file, line.slice(40, -1));
    assert.deepEqual((await read()).typed, ['grown slowly']);
    await appendFile(file, '\n');
    assert.deepEqual((await read()).messages, []);
    await appendFile(file, jsonLines([claude('user', 'next')]));
    assert.deepEqual((await read()).typed, ['next']);
  });
});

test('a file that was replaced, or cut and written anew, is read from its beginning', async () => {
  await withFolder({ 's.jsonl': [claude('user', 'old one'), claude('user', 'old two')] }, async (folder) => {
    const read = createImport(folder);
    const file = join(folder, 's.jsonl');
    await read();
    await put(file, [claude('user', 'new one'), claude('user', 'new two'), claude('user', 'new three')]);
    assert.deepEqual((await read()).typed, ['new one', 'new two', 'new three']);
    await truncate(file, 0);
    assert.deepEqual((await read()).messages, []);
    await put(file, [claude('user', 'short')]);
    assert.deepEqual((await read()).typed, ['short']);
  });
});

test('far into a long file: the folder from its beginning, the context from just before', async () => {
  const filler = Array.from({ length: 3000 }, (_, at) =>
    claude('assistant', `step ${at} ${'.'.repeat(300)}`),
  );
  await withFolder({ 's.jsonl': [claude('user', 'begin'), ...filler] }, async (folder) => {
    const read = createImport(folder);
    assert.deepEqual((await read()).typed, ['begin']);
    await appendFile(
      join(folder, 's.jsonl'),
      jsonLines([claude('user', 'end', { cwd: '/nowhere/shop/deep/inside' })]),
    );
    const { messages, events } = await read();
    assert.deepEqual(
      messages.map(({ text }) => text.slice(0, 9)),
      ['step 2999', 'end'],
    );
    assert.equal(messages[1]?.cwd, '/nowhere/shop');
    const [opened] = events;
    assert.ok(opened?.type === 'opened' && opened.from > 1_000_000);
  });
});

test('every saved cursor is a place to go on from: nothing is lost, nothing comes twice', async () => {
  const texts = Array.from({ length: 4000 }, (_, at) => `message ${at} ${'ä'.repeat(200)}`);
  await withFolder({ 's.jsonl': texts.map((text) => claude('user', text)) }, async (folder) => {
    const whole = await readAll([folder], { markEvery: 1 });
    assert.deepEqual(whole.typed, texts);
    const cursors = whole.events.flatMap((event) => (event.type === 'cursor' ? [event] : []));
    assert.ok(cursors.length > 1);
    for (const { cursor } of cursors) {
      const seen = whole.events.slice(
        0,
        whole.events.findIndex((event) => event.type === 'cursor' && event.cursor === cursor),
      );
      const before = seen.filter((event) => event.type === 'message').length;
      const rest = await readAll([folder], { cursors: async () => ({ ...cursor, mtimeMs: 0 }) });
      assert.deepEqual(rest.typed, texts.slice(before));
    }
  });
});

test('a mutation log is read again as a whole, also after it was compacted, with the same identities', async () => {
  const request = (id: string, text: string) => ({ requestId: id, message: { text }, response: [] });
  await withFolder(
    { 'c.jsonl': [{ kind: 0, v: { sessionId: 'c', requests: [request('r1', 'one')] } }] },
    async (folder) => {
      const read = createImport(folder);
      const file = join(folder, 'c.jsonl');
      const first = await read();
      await appendFile(file, jsonLines([{ kind: 2, k: ['requests'], v: [request('r2', 'two')] }]));
      const second = await read();
      await put(file, [
        { kind: 0, v: { sessionId: 'c', requests: [request('r1', 'one'), request('r2', 'two')] } },
      ]);
      const third = await read();
      const identities = (outcome: Outcome) =>
        outcome.messages.map(({ session, message }) => `${session}/${message}`);
      assert.deepEqual(identities(first), ['c/r1']);
      assert.deepEqual(identities(second), ['c/r1', 'c/r2']);
      assert.deepEqual(identities(third), ['c/r1', 'c/r2']);
      assert.deepEqual((await read()).events, []);
    },
  );
});
