import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { open, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { readAll, readOne, withFolder } from './folder.ts';

const row = (text: string) => `${JSON.stringify({ text })}\n`;

test('damaged lines are counted and the rest is read', async () => {
  const { typed, skipped } = await readOne(
    'a.jsonl',
    `${row('one')}{"text":"tw\n\n[1,2]\n{"text":5}\n\u0000\u0001\n${row('three')}{"text":"fo`,
  );
  assert.deepEqual(typed, ['one', 'three']);
  assert.deepEqual([...skipped].sort(), [
    ['last line is only half written', 1],
    ['not valid JSON', 2],
    ['record of an unknown shape', 2],
  ]);
});

test('a last line without a line break is read if it is whole', async () => {
  const { typed, skipped } = await readOne('a.jsonl', row('one') + row('two').trim());
  assert.deepEqual(typed, ['one', 'two']);
  assert.equal(skipped.size, 0);
});

test('byte order mark, UTF-16 in both orders, Latin-1, Windows line breaks', async () => {
  const text = row('naïve café').replace('\n', '\r\n') + row('zwei');
  const swapped = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
  for (const content of [
    Buffer.from(`\uFEFF${text}`, 'utf8'),
    Buffer.from(`\uFEFF${text}`, 'utf16le'),
    Buffer.from(text, 'utf16le'),
    swapped,
    Buffer.from(text, 'latin1'),
  ]) {
    const { typed, skipped } = await readOne('a.jsonl', content);
    assert.deepEqual(typed, ['naïve café', 'zwei']);
    assert.equal(skipped.size, 0);
  }
});

test('binary files, empty files and files of no known format', async () => {
  await withFolder(
    {
      'a.jsonl': Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7) % 251)),
      'empty.jsonl': '',
      'b.json': '{"name":"x"}',
      'c.md': '# Read me',
    },
    async (folder) => {
      const { messages, skipped } = await readAll([folder]);
      assert.deepEqual(messages, []);
      assert.deepEqual([...skipped].sort(), [
        ['binary file', 1],
        ['no known transcript format', 2],
      ]);
    },
  );
});

test('every format reads on past records with missing fields', async () => {
  const bare = [
    {},
    [],
    null,
    3,
    { type: 'user' },
    { type: 'assistant', message: 7 },
    { kind: 1, k: 4 },
    { kind: 2, k: ['requests', 5, 'response'], v: 3 },
    { kind: 9 },
    { payload: {} },
    { type: 'event_msg', payload: [] },
    { text: null },
  ];
  const lines = bare.map((record) => `${JSON.stringify(record)}\n`).join('');
  for (const format of ['claude-code', 'copilot', 'codex', 'copilot-cli', 'gemini', 'jsonl'] as const) {
    const { messages } = await readOne('x.jsonl', lines, { format });
    assert.deepEqual(messages, [], format);
  }
  for (const [format, document] of [
    ['copilot', { requests: bare }],
    ['gemini', { messages: bare }],
    ['continue', { history: bare }],
    ['opencode', { info: 3, messages: bare }],
    ['cline', bare],
  ] as const) {
    const { messages } = await readOne('x.json', JSON.stringify(document), { format });
    assert.deepEqual(messages, [], format);
  }
});

test('a missing path, a link in a circle, a socket, a file twice, folders that are left out', async () => {
  await withFolder(
    {
      'a/one.jsonl': row('one'),
      'a/node_modules/x.jsonl': row('no'),
      'a/.git/y.jsonl': row('no'),
      'a/z.ts': 'x',
    },
    async (folder) => {
      await symlink(folder, join(folder, 'a', 'circle'));
      await symlink(join(folder, 'a', 'one.jsonl'), join(folder, 'a', 'two.jsonl'));
      await symlink('nowhere', join(folder, 'a', 'broken.jsonl'));
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(join(folder, 'a', 's.jsonl'), resolve));
      try {
        const { typed, skipped } = await readAll([
          join(folder, 'missing'),
          folder,
          folder,
          join(folder, 'a', 's.jsonl'),
        ]);
        assert.deepEqual(typed, ['one']);
        assert.deepEqual([...skipped].sort(), [
          ['no such file or folder', 1],
          ['not a regular file', 1],
        ]);
      } finally {
        await new Promise((resolve) => server.close(resolve));
      }
    },
  );
});

test('what the system refuses is reported and the others are read', async () => {
  await withFolder({ 'b.jsonl': row('b') }, async (folder) => {
    const { typed, skipped } = await readAll([join(folder, 'x'.repeat(300)), folder]);
    assert.deepEqual(typed, ['b']);
    assert.deepEqual([...skipped], [['cannot be read (ENAMETOOLONG)', 1]]);
  });
});

test('since and until leave out what is before and after', async () => {
  const at = (text: string, day: number) => JSON.stringify({ text, at: Date.UTC(2026, 0, day) });
  const { typed } = await readOne(
    'a.jsonl',
    [at('a', 1), at('b', 2), at('c', 3), '{"text":"no time"}'].join('\n'),
    {
      since: Date.UTC(2026, 0, 2),
      until: Date.UTC(2026, 0, 3),
    },
  );
  assert.deepEqual(typed, ['b', 'no time']);
});

test('an abort stops at a safe point', async () => {
  await withFolder({ 'a.jsonl': row('a'), 'b.jsonl': row('b') }, async (folder) => {
    const controller = new AbortController();
    controller.abort();
    const { events } = await readAll([folder], { signal: controller.signal });
    assert.deepEqual(events, []);
  });
});

test('whoever asks from outside stops a reading of many small files, and that of a large one', async () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`${index}.jsonl`, row('small')]));
  for (const files of [many, { 'large.jsonl': row('large').repeat(200_000) }])
    await withFolder(files, async (folder) => {
      const whole = (await readAll([folder])).typed.length;
      const controller = new AbortController();
      let turns = 0;
      const ask = (): void => {
        turns += 1;
        if (turns < 5) setImmediate(ask);
        else controller.abort();
      };
      setImmediate(ask);
      const { typed } = await readAll([folder], { signal: controller.signal });
      assert.ok(typed.length < whole, `${typed.length} of ${whole}`);
    });
});

/** Written here and read in a process of its own, whose memory can be measured. */
test('a line of 100 MB and a document of 100 MB are read past in little memory', async () => {
  await withFolder({}, async (folder) => {
    const block = Buffer.alloc(1024 * 1024, 'x');
    const lines = await open(join(folder, 'a.jsonl'), 'w');
    await lines.write(`${row('before')}{"text":"`);
    for (let at = 0; at < 100; at++) await lines.write(block);
    await lines.write(`"}\n${row('after')}`);
    await lines.close();
    const document = await open(join(folder, 'b.json'), 'w');
    const request = (id: number, text: string) =>
      JSON.stringify({
        requestId: String(id),
        message: { text },
        result: { output: block.toString('latin1') },
        response: [],
      });
    await document.write('{"responderUsername":"x","requests":[');
    for (let at = 0; at < 100; at++)
      await document.write(`${at > 0 ? ',' : ''}${request(at, `request ${at}`)}`);
    await document.write(']}');
    await document.close();
    const program = join(folder, 'read.mjs');
    const { build } = await import('esbuild');
    await build({
      stdin: {
        contents: `import { readTranscripts } from './src/transcripts/files.ts';
          let user = 0, skipped = 0;
          for await (const event of readTranscripts(process.argv.slice(2))) {
            if (event.type === 'message') user++;
            if (event.type === 'skipped') skipped++;
          }
          console.log(JSON.stringify({ user, skipped, megabytes: process.resourceUsage().maxRSS / 1024 }));`,
        resolveDir: process.cwd(),
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['@vscode/sqlite3'],
      outfile: program,
      logLevel: 'silent',
    });
    const { stdout } = await promisify(execFile)(process.execPath, [program, folder]);
    const { user, skipped, megabytes } = JSON.parse(stdout);
    assert.deepEqual({ user, skipped }, { user: 102, skipped: 1 });
    assert.ok(megabytes < 200, `${megabytes} MB`);
  });
});

test('a named file of no known format is reported with its path', async () => {
  await withFolder({}, async (folder) => {
    const path = join(folder, 'notes.txt');
    await writeFile(path, 'just notes');
    const { events } = await readAll([path]);
    assert.deepEqual(
      events.map((event) => (event.type === 'skipped' ? event.part.reason : event.type)),
      ['no known transcript format'],
    );
  });
});
