import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { TranscriptEvent } from '../../src/core/capture/message.ts';
import { linesOf } from '../../src/transcripts/lines.ts';
import type { TranscriptInput, TranscriptReader } from '../../src/transcripts/reader.ts';
import { transcriptReaders as everyReader } from '../../src/transcripts/readers.ts';

/** Databases are damaged in a way of their own, in the bench. */
const transcriptReaders = everyReader.filter(({ database }) => database !== true);

function inputOf(bytes: Buffer, step: number): TranscriptInput {
  async function* chunks(start = 0): AsyncGenerator<Buffer> {
    for (let at = start; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
  }
  return {
    path: '/nowhere/x/y.jsonl',
    size: bytes.length,
    mtimeMs: 0,
    head: bytes.subarray(0, 4096),
    chunks,
    lines: () => linesOf(chunks()),
  };
}

async function eventsOf(
  reader: TranscriptReader,
  bytes: Buffer,
  step = 97,
): Promise<readonly TranscriptEvent[]> {
  const events: TranscriptEvent[] = [];
  for await (const batch of reader.read(inputOf(bytes, step), { workspaceFolder: async () => undefined }))
    events.push(...batch);
  return events;
}

/** Whatever the bytes: messages are well formed, cursors only go forward and stay inside the file. */
function check(events: readonly TranscriptEvent[], size: number): void {
  let cursor = 0;
  for (const event of events) {
    if (event.type === 'message') {
      const { role, text, session, message, at, signals } = event.message;
      assert.ok(role === 'user' || role === 'assistant');
      assert.equal(typeof text, 'string');
      assert.ok(text.length > 0 || signals.length > 0);
      assert.ok(session.length > 0 && message.length > 0);
      assert.ok(at === undefined || Number.isInteger(at));
    }
    if (event.type === 'cursor') {
      assert.ok(event.offset >= cursor && event.offset <= size);
      cursor = event.offset;
    }
  }
}

/** Words that the formats are made of, so that random records come near them. */
const keys =
  'type role message content text data payload kind v k i requests response value requestId history messages info parts id uuid sessionId cwd timestamp ts isMeta operation attachment toolUseResult answers questions options label toolCallId success result feedback $set $rewindTo toolCalls toolCallStates status command arguments input name tool_use_id is_error signals prev at session project path vote modelState editedFileEvents'.split(
    ' ',
  );
const words = [
  'user',
  'assistant',
  'gemini',
  'tool_result',
  'tool_use',
  'text',
  'user.message',
  'assistant.message',
  'tool.execution_complete',
  'permission.completed',
  'session.start',
  'event_msg',
  'user_message',
  'session_meta',
  'response_item',
  'function_call',
  'queue-operation',
  'enqueue',
  'remove',
  'requests',
  'response',
  'cancelled',
  'error',
  '<task>x</task>',
  'Implement the following plan:\n# x',
  '__proto__',
  'constructor',
  '2026-01-01T00:00:00Z',
  '',
];
const leaf = fc.oneof(
  fc.constantFrom(...words),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.double(),
  fc.string(),
);
const { node: tree } = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'depth' },
    leaf,
    fc.array(tie('node'), { maxLength: 4, depthIdentifier: 'depth' }),
    fc.dictionary(fc.constantFrom(...keys), tie('node'), { maxKeys: 7, depthIdentifier: 'depth' }),
  ),
}));
const record = fc.dictionary(fc.constantFrom(...keys), tree, { minKeys: 1, maxKeys: 9 });
const markdown = fc.constantFrom(
  '_**User**_',
  '_**User (2025-01-01 10:00Z)**_',
  '_**Agent (m)**_',
  '---',
  '```',
  '# aider chat started at 2026-01-01 10:00:00',
  '#### go',
  '> Ok? (Y)es/(N)o',
  '<details>',
  '</details>',
  'Cancelled',
  'words',
);

for (const reader of transcriptReaders) {
  test(`${reader.format}: random bytes, records and lines do no harm`, async () => {
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
      fc
        .array(record, { maxLength: 8 })
        .map((records) => Buffer.from(records.map((one) => JSON.stringify(one)).join('\n'))),
      fc.array(tree, { maxLength: 5 }).map((list) => Buffer.from(JSON.stringify(list))),
      fc
        .array(record, { maxLength: 5 })
        .map((list) => Buffer.from(JSON.stringify({ requests: list, messages: list, history: list }))),
      fc.array(markdown, { maxLength: 25 }).map((lines) => Buffer.from(lines.join('\n'))),
    );
    await fc.assert(
      fc.asyncProperty(
        content,
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 3 }),
        async (bytes, damage) => {
          const damaged = Buffer.from(bytes);
          for (const [at, byte] of damage) if (damaged.length > 0) damaged[at % damaged.length] = byte;
          reader.detect(damaged.toString('utf8'), '/nowhere/y.jsonl');
          const events = await eventsOf(reader, damaged);
          check(events, damaged.length);
          assert.deepEqual(await eventsOf(reader, damaged), events);
        },
      ),
      { numRuns: 150 },
    );
  });
}

/** Read in a fraction of a second each; in quadratic time they would take minutes. */
test('texts made to be slow are read without delay', { timeout: 60_000 }, async () => {
  const hostile = [
    '<details>'.repeat(10_000),
    '<think><tool-use>'.repeat(5000),
    `${'\n'.repeat(80_000)}x`,
    '► **THINKING**\n'.repeat(5000),
    '```\n'.repeat(20_000),
    '<task>'.repeat(13_000),
    '<a_b>'.repeat(16_000),
    "The user doesn't want to proceed with this tool use".repeat(2000),
  ];
  for (const text of hostile) {
    const said = [{ type: 'text', text }];
    const contents = [
      `_**Agent**_\n${text}\n_**User**_\n${text}`,
      `# aider chat started at 2026-01-01 10:00:00\n#### go\n${text}`,
      JSON.stringify([
        { role: 'user', content: said },
        { role: 'assistant', content: said },
      ]),
      JSON.stringify({ type: 'user', message: { content: said } }),
      JSON.stringify({ type: 'event_msg', payload: { type: 'user_message', message: text } }),
      JSON.stringify({
        type: 'user',
        message: { content: [{ type: 'tool_result', is_error: true, content: text }] },
      }),
    ];
    for (const content of contents) {
      const bytes = Buffer.from(content);
      for (const reader of transcriptReaders) check(await eventsOf(reader, bytes, 65_536), bytes.length);
    }
  }
});
