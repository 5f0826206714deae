/** Records that lack what every such record has are counted with a reason, and hide nothing that can be read. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readTranscripts } from '../../src/transcripts/files.ts';

describe('missing fields', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reverie-missing-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function read(name: string, lines: readonly string[]) {
    const file = join(folder, name);
    await writeFile(file, `${lines.join('\n')}\n`);
    const texts: string[] = [];
    const skipped = new Map<string, number>();
    for await (const event of readTranscripts([file])) {
      if (event.type === 'message') texts.push(event.message.text);
      if (event.type === 'skipped') skipped.set(event.part.reason, event.part.count ?? 1);
    }
    return { texts, skipped };
  }

  it('in plain rows, the first one broken', async () => {
    const { texts, skipped } = await read('rows.jsonl', [
      '{"text":5}',
      '{"nope":1}',
      '[]',
      'null',
      '{"text":"always use spaces here"}',
    ]);
    assert.deepEqual(texts, ['always use spaces here']);
    assert.deepEqual([...skipped], [['record of an unknown shape', 4]]);
  });

  it('in the log of Claude Code', async () => {
    const record = (fields: object) =>
      JSON.stringify({
        type: 'user',
        sessionId: 's',
        uuid: 'u',
        timestamp: '2026-05-01T10:00:00Z',
        ...fields,
      });
    const { texts, skipped } = await read('claude.jsonl', [
      record({ message: { role: 'user', content: 'use tabs, not spaces' } }),
      record({}),
      record({ uuid: 'v', message: 'words' }),
      record({ uuid: 'w', message: { role: 'user', content: 'never commit to main' } }),
    ]);
    assert.deepEqual(texts, ['use tabs, not spaces', 'never commit to main']);
    assert.deepEqual([...skipped], [['record of an unknown shape', 2]]);
  });
});
