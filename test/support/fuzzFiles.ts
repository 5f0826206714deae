/** Damage that needs files: databases with changed bytes and values, and transcripts that grow between two readings. */
import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportCursor } from '../../src/core/ports.ts';
import { createRandom } from '../../src/core/sleep/night/random.ts';
import { readTranscripts } from '../../src/transcripts/files.ts';
import {
  cursorRow,
  cursorRows,
  cursorTables,
  opencodeRows,
  opencodeTables,
  runOn,
} from './conversationStores.ts';
import { type Conversation, writers } from './conversations.ts';
import type { FuzzCase } from './fuzzing.ts';

const chat = (id: string, count: number): Conversation => ({
  id,
  cwd: '/nowhere/fuzz',
  at: Date.UTC(2026, 0, 1),
  turns: Array.from({ length: count * 2 }, (_, at) => ({
    role: at % 2 === 0 ? 'user' : 'assistant',
    text: at % 2 === 0 ? `mark${at / 2}kram of ${id}` : 'answer',
  })),
});

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'reverie-fuzz-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function typedIn(path: string, saved?: Map<string, ImportCursor>): Promise<readonly string[]> {
  const typed: string[] = [];
  const cursors = saved && { cursors: async (file: string) => saved.get(file) };
  for await (const event of readTranscripts([path], { ...cursors, markEvery: 50 })) {
    if (event.type === 'message' && event.message.role === 'user') typed.push(event.message.text);
    if (event.type === 'cursor') saved?.set(event.file, event.cursor);
  }
  return typed;
}

/** Half of them have bytes of the file changed: nothing may throw. The others have odd values: the rest is read. */
export function databaseCase(seed: string, number: number): FuzzCase {
  const random = createRandom(`${seed}:database:${number}`);
  const isCursor = random.next() < 0.5;
  const bytes = random.next() < 0.5;
  return {
    format: isCursor ? 'cursor database' : 'opencode database',
    damage: bytes ? 'bytes changed' : 'values changed',
    check: () =>
      inFolder(async (folder) => {
        const file = join(folder, isCursor ? 'state.vscdb' : 'opencode.db');
        const odd = [
          '',
          'null',
          '[]',
          '{',
          '{"conversation":7,"createdAt":"x"}',
          '{"__proto__":{"polluted":1}}',
          '\u0000',
        ];
        const pick = () => odd[Math.floor(random.next() * odd.length)] ?? '';
        await runOn(
          file,
          isCursor
            ? [
                ...cursorTables,
                ...cursorRows(chat('aaaaaaaa-1111-4222-8333-444444444444', 3)),
                cursorRow('composerData:zz', pick()),
                cursorRow(
                  'composerData:bb',
                  `{"fullConversationHeadersOnly":[{"bubbleId":"x"},null,${JSON.stringify(pick())}]}`,
                ),
                cursorRow('bubbleId:bb:x', pick()),
                cursorRow('bubbleId:aaaaaaaa-1111-4222-8333-444444444444:odd', pick()),
              ]
            : [
                ...opencodeTables,
                ...opencodeRows(chat('ses_a', 3)),
                [
                  'INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?)',
                  'ses_b',
                  null,
                  null,
                  null,
                  null,
                  1,
                  1e15,
                ],
                ['INSERT INTO message VALUES (?, ?, ?, ?)', 'msg_b', 'ses_b', 2, pick()],
                ['INSERT INTO message VALUES (?, ?, ?, ?)', 'msg_c', 'ses_a', null, pick()],
                ['INSERT INTO part VALUES (?, ?, ?, ?, ?)', 'prt_b', 'msg_b', 'ses_b', null, pick()],
              ],
        );
        if (!bytes) {
          const typed = await typedIn(file);
          for (const mark of [0, 1, 2]) assert.ok(typed.some((text) => text.startsWith(`mark${mark}kram`)));
        } else {
          const content = await readFile(file);
          for (let more = 0; more < 20; more++)
            content[100 + Math.floor(random.next() * (content.length - 100))] = Math.floor(
              random.next() * 256,
            );
          await writeFile(
            file,
            random.next() < 0.3 ? content.subarray(0, Math.floor(random.next() * content.length)) : content,
          );
          await typedIn(file);
        }
        assert.equal(Reflect.get({}, 'polluted'), undefined);
      }),
  };
}

/** Read, grown at any byte, read again from where it was: every message comes, and none twice. */
export function growingCase(seed: string, number: number): FuzzCase {
  const random = createRandom(`${seed}:growing:${number}`);
  const growing = writers.filter(({ name }) =>
    ['claude-code', 'codex', 'copilot events', 'copilot-cli', 'jsonl'].includes(name),
  );
  const writer = growing[Math.floor(random.next() * growing.length)];
  assert.ok(writer);
  return {
    format: writer.name,
    damage: 'grows between two readings',
    check: () =>
      inFolder(async (folder) => {
        const conversation = chat('cccccccc-1111-4222-8333-444444444444', 8);
        const content = Buffer.from(writer.write(conversation).content);
        const path = join(folder, 'events.jsonl');
        const saved = new Map<string, ImportCursor>();
        const typed: string[] = [];
        /* The first line says which format it is; a file without it is left for later. */
        let at = content.indexOf(0x0a) + 1;
        await writeFile(path, content.subarray(0, at));
        while (at < content.length) {
          typed.push(...(await typedIn(path, saved)));
          const next = Math.min(content.length, at + 1 + Math.floor(random.next() * content.length * 0.4));
          await appendFile(path, content.subarray(at, next));
          at = next;
        }
        typed.push(...(await typedIn(path, saved)));
        const expected = conversation.turns.filter(({ role }) => role === 'user').map(({ text }) => text);
        assert.deepEqual(typed, expected);
      }),
  };
}
