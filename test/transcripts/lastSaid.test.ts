/** The last thing the assistant said, from the end of a file: always what reading all of it finds. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { mock, test } from 'node:test';
import fc from 'fast-check';
import type { TranscriptMessage } from '../../src/core/capture/message.ts';
import { lastSaid } from '../../src/transcripts/lastSaid.ts';
import { jsonLines, readAll, withFolder } from './folder.ts';

/** The naive way. */
async function lastOfAll(path: string): Promise<TranscriptMessage | undefined> {
  const { messages } = await readAll([path]);
  const last = messages.findLast(({ role }) => role === 'assistant');
  if (last === undefined) return undefined;
  const { format, role, text, session, conversation, message, at, path: about, file, signals } = last;
  return { format, role, text, session, conversation, message, at, path: about, file, signals };
}

const words = fc.oneof(
  fc.constantFrom('Done.', 'Grüße, 完成了 🦉', 'Done.\n\nAnd more.', '', ' ', 'é'.repeat(900)),
  fc.string({ maxLength: 40, unit: 'grapheme' }),
);
const moment = fc.option(
  fc.integer({ min: 0, max: 9e6 }).map((at) => new Date(Date.UTC(2026, 2, 1) + at * 1000).toISOString()),
  { nil: undefined },
);

const claude = fc
  .record({
    kind: fc.constantFrom(
      'said',
      'said',
      'parts',
      'call',
      'result',
      'typed',
      'asked',
      'plan',
      'queued',
      'other',
    ),
    text: words,
    timestamp: moment,
    /** Mostly there, sometimes another one. */
    sessionId: fc.constantFrom('s', 's', 'before', undefined, undefined),
    uuid: fc.option(fc.uuid(), { nil: undefined }),
    id: fc.constantFrom('m1', 'm2'),
    isSidechain: fc.constantFrom(false, false, false, true),
    isApiErrorMessage: fc.constantFrom(undefined, undefined, undefined, true),
    model: fc.constantFrom('one', 'one', '<synthetic>'),
  })
  .map(({ kind, text, id, model, isApiErrorMessage, ...own }) => {
    const assistant = (content: unknown) => ({
      ...own,
      type: 'assistant',
      isApiErrorMessage,
      message: { id, model, role: 'assistant', content },
    });
    const user = (content: unknown, more: object = {}) => ({
      ...own,
      type: 'user',
      message: { role: 'user', content },
      ...more,
    });
    const result = { type: 'tool_result', tool_use_id: 't', content: text };
    switch (kind) {
      case 'said':
        return assistant([{ type: 'text', text }]);
      case 'parts':
        return assistant([
          { type: 'thinking', thinking: text },
          { type: 'text', text },
          { type: 'tool_use', id: 't', name: 'Read', input: {} },
          { type: 'text', text: 'Then that.' },
        ]);
      case 'call':
        return assistant([{ type: 'tool_use', id: 't', name: 'Bash', input: { command: 'make' } }]);
      case 'result':
        return user([{ ...result, is_error: text.length % 2 === 0 }]);
      case 'asked':
        return user([result], {
          toolUseResult: {
            questions: [{ question: 'Which one?', options: [] }],
            answers: { 'Which one?': text },
          },
        });
      case 'plan':
        return user(`Implement the following plan:\n\n# Plan\n${text}`, { planContent: text });
      case 'queued':
        return { ...own, type: 'queue-operation', operation: 'enqueue', content: text };
      case 'other':
        return { ...own, type: 'progress', data: { message: { role: 'assistant', content: text } } };
      default:
        return user(text);
    }
  });

const events = fc
  .record({
    kind: fc.constantFrom('assistant', 'assistant', 'user', 'tool', 'resumed', 'abort', 'agent'),
    text: words,
    timestamp: moment,
    id: fc.option(fc.uuid(), { nil: undefined }),
  })
  .map(({ kind, text, ...own }) => {
    switch (kind) {
      case 'assistant':
        return { ...own, type: 'assistant.message', data: { content: text } };
      case 'agent':
        return { ...own, type: 'assistant.message', data: { content: text, parentToolCallId: 't' } };
      case 'user':
        return { ...own, type: 'user.message', data: { content: text } };
      case 'tool':
        return {
          ...own,
          type: 'tool.execution_complete',
          data: { toolCallId: 't', result: { content: text } },
        };
      case 'resumed':
        return { ...own, type: 'session.resume', data: { sessionId: 'log', context: { branch: text } } };
      default:
        return { ...own, type: 'abort', data: {} };
    }
  });

const codex = fc
  .record({
    kind: fc.constantFrom('assistant', 'assistant', 'old', 'user', 'output'),
    text: fc.oneof(words, fc.constantFrom('The same.', 'Again.')),
    timestamp: moment,
  })
  .map(({ kind, text, ...own }) => {
    const event = (payload: object) => ({ ...own, type: 'event_msg', payload });
    switch (kind) {
      case 'assistant':
        return event({ type: 'agent_message', message: text });
      case 'old':
        return { ...own, type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] };
      case 'user':
        return event({ type: 'user_message', message: text });
      default:
        return {
          ...own,
          type: 'response_item',
          payload: { type: 'function_call_output', call_id: 'c', output: text },
        };
    }
  });

const rows = fc.record({
  text: fc.constantFrom('The same.', 'Again.', 'Other.'),
  role: fc.constantFrom('user', 'assistant'),
  prev: fc.constantFrom('The same.', 'Again.', undefined),
});

const gemini = fc.record({
  id: fc.constantFrom('1', '2', '3', '4'),
  type: fc.constantFrom('user', 'gemini'),
  timestamp: moment,
  content: words,
});

/** Name, first record, the record that fills the beginning, and the records after it. */
const formats = fc.constantFrom(
  {
    name: 's.jsonl',
    first: {
      type: 'user',
      sessionId: 's',
      cwd: '/nowhere/shop',
      message: { role: 'user', content: 'Begin.' },
    },
    said: (text: string) => ({
      type: 'assistant',
      sessionId: 's',
      message: { role: 'assistant', content: text },
    }),
    records: claude as fc.Arbitrary<unknown>,
  },
  {
    name: 'github.copilot-chat/transcripts/log.jsonl',
    first: { type: 'session.start', data: { sessionId: 'log', context: { cwd: '/nowhere' } } },
    said: (text: string) => ({ type: 'assistant.message', data: { content: text } }),
    records: events as fc.Arbitrary<unknown>,
  },
  {
    name: 'session-state/log/events.jsonl',
    first: { type: 'session.start', data: { sessionId: 'log', context: { cwd: '/nowhere' } } },
    said: (text: string) => ({ type: 'assistant.message', data: { content: text } }),
    records: events as fc.Arbitrary<unknown>,
  },
  {
    name: 'rollout-1.jsonl',
    first: { type: 'session_meta', payload: { id: 'thread', cwd: '/nowhere' } },
    said: (text: string) => ({ type: 'event_msg', payload: { type: 'agent_message', message: text } }),
    records: codex as fc.Arbitrary<unknown>,
  },
  {
    name: 'rows.jsonl',
    first: { text: 'Begin.' },
    said: (text: string) => ({ text, role: 'assistant' }),
    records: rows as fc.Arbitrary<unknown>,
  },
  {
    name: 'log.jsonl',
    first: { sessionId: 'log', projectHash: 'p', startTime: '2026-03-01T10:00:00Z' },
    said: (text: string) => ({ id: '0', type: 'gemini', content: text }),
    records: gemini as fc.Arbitrary<unknown>,
  },
);

/** Beyond what is read of every file. */
const beginning = 66_000;

type Said = (text: string) => unknown;
const filler = { type: 'filler', text: 'x'.repeat(beginning) };
const beginnings = {
  said: (said: Said) => [said('The same.'), filler],
  silent: () => [filler],
  long: (said: Said) => [said('ü'.repeat(beginning / 2)), said('The same.')],
};
const asBytes = (part: unknown): Buffer =>
  Buffer.isBuffer(part) ? part : Buffer.from(typeof part === 'string' ? part : jsonLines([part]));

const transcripts = formats.chain(({ name, first, said, records }) =>
  fc.record({
    name: fc.constant(name),
    /** The beginning ends with something that was said, or with nothing of the kind. */
    begun: fc.constantFrom('said', 'silent', 'long'),
    first: fc.constant(first),
    said: fc.constant(said),
    rest: fc.array(
      fc.oneof(
        { arbitrary: records.map((record) => jsonLines([record])), weight: 5 },
        {
          arbitrary: fc.constantFrom<string | Buffer>(
            '\n',
            '{"type":"assistant","message":{"role":"assi\n',
            'not a record\r\n',
            `> ${jsonLines([said('Quoted.')])}`,
            `  ${jsonLines([said('Set in.')])}`,
            Buffer.from([0xff, 0xfe, 0x22, 0x7d, 0x0a]),
            jsonLines([{ type: 'system', text: 'x'.repeat(9000) }]),
          ),
          weight: 1,
        },
      ),
      { maxLength: 7 },
    ),
    /** So many bytes of the last line are not written yet. */
    missing: fc.constantFrom(0, 0, 1, 2, 30, 200),
    /** Where the ends begin: so many bytes beside the beginning of one of the lines. */
    cuts: fc.array(
      fc.record({ line: fc.nat(7), beside: fc.oneof(fc.integer({ min: -3, max: 1 }), fc.nat(300)) }),
      { minLength: 1, maxLength: 4 },
    ),
  }),
);

test('the end of a file tells what all of it tells, wherever it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(transcripts, async ({ name, begun, first, said, rest, missing, cuts }) => {
      const begin = Buffer.concat([first, ...beginnings[begun](said)].map(asBytes));
      const lines = rest.map(asBytes);
      const bytes = Buffer.concat([begin, ...lines]);
      const length = bytes.length - missing;
      const sizes = cuts
        .map(
          ({ line, beside }) => length - begin.length - Buffer.concat(lines.slice(0, line)).length - beside,
        )
        .filter((size) => size > 0)
        .sort((a, b) => a - b);
      await withFolder({ [name]: bytes.subarray(0, length) }, async (folder) => {
        const path = join(folder, name);
        const expected = await lastOfAll(path);
        assert.deepEqual(await lastSaid(path, sizes), expected);
        for (const size of sizes) assert.deepEqual(await lastSaid(path, [size]), expected);
      });
    }),
    { numRuns: 1000 },
  );
});

/** The bytes that are read from disk meanwhile. */
async function bytesRead(run: () => Promise<unknown>): Promise<number> {
  const read = mock.method(fs, 'readSync');
  syncBuiltinESMExports();
  try {
    await run();
    return read.mock.calls.reduce((sum, { result }) => sum + (typeof result === 'number' ? result : 0), 0);
  } finally {
    read.mock.restore();
    syncBuiltinESMExports();
  }
}

const long = (count: number, record: (index: number) => readonly unknown[]) =>
  jsonLines(Array.from({ length: count }, (_, index) => record(index)).flat());
const claudeRecord = (type: 'user' | 'assistant', content: unknown) => ({
  type,
  sessionId: 's',
  timestamp: '2026-03-01T10:00:00Z',
  message: { role: type, content },
});
const output = claudeRecord('user', [
  { type: 'tool_result', tool_use_id: 't', content: 'a line of output\n'.repeat(200) },
]);

for (const [what, name, content] of [
  [
    'Claude Code',
    's.jsonl',
    long(500, (index) => [claudeRecord('assistant', [{ type: 'text', text: `Part ${index}.` }]), output]),
  ],
  [
    'Copilot CLI',
    'session-state/log/events.jsonl',
    jsonLines([{ type: 'session.start', data: { sessionId: 'log' } }]) +
      long(500, (index) => [
        { type: 'assistant.message', data: { content: `Part ${index}.` } },
        { type: 'tool.execution_complete', data: { result: { content: 'output\n'.repeat(400) } } },
      ]),
  ],
  [
    'Codex',
    'rollout-1.jsonl',
    jsonLines([{ type: 'session_meta', payload: { id: 'thread' } }]) +
      long(500, (index) => [
        { type: 'event_msg', payload: { type: 'agent_message', message: `Part ${index}.` } },
        { type: 'response_item', payload: { type: 'reasoning', content: 'thought\n'.repeat(400) } },
      ]),
  ],
] as const) {
  test(`of a long conversation of ${what} little is read`, async () => {
    await withFolder({ [name]: content }, async (folder) => {
      let last: TranscriptMessage | undefined;
      const read = await bytesRead(async () => {
        last = await lastSaid(join(folder, name));
      });
      assert.equal(last?.text, 'Part 499.');
      assert.ok(content.length > 1_300_000, `${content.length}`);
      assert.ok(read > 0 && read < 200_000, `${read} bytes were read`);
    });
  });
}

test('what was said before much output is found further back', async () => {
  const content =
    long(100, () => [output]) + jsonLines([claudeRecord('assistant', 'Look.')]) + long(100, () => [output]);
  await withFolder({ 's.jsonl': content }, async (folder) => {
    const path = join(folder, 's.jsonl');
    assert.equal((await lastSaid(path))?.text, 'Look.');
    assert.deepEqual(await lastSaid(path), await lastOfAll(path));
  });
});

for (const [what, name, first, middle, end] of [
  [
    'whose session an earlier record names',
    's.jsonl',
    claudeRecord('user', 'Begin.'),
    { ...claudeRecord('assistant', 'Named.'), sessionId: 'other' },
    { type: 'assistant', message: { role: 'assistant', content: 'Not named.' } },
  ],
  [
    'that repeats what was said before',
    'rollout-1.jsonl',
    { type: 'session_meta', payload: { id: 'thread' } },
    { type: 'event_msg', payload: { type: 'agent_message', message: 'Done.' } },
    { type: 'event_msg', payload: { type: 'agent_message', message: 'Done.' } },
  ],
] as const) {
  test(`an answer ${what} is what all of the file tells`, async () => {
    const content = [first, filler, middle, filler, end];
    await withFolder({ [name]: content }, async (folder) => {
      const path = join(folder, name);
      const expected = await lastOfAll(path);
      assert.ok(expected !== undefined);
      assert.deepEqual(await lastSaid(path, [10_000]), expected);
    });
  });
}

test('no answer, no file, and no transcript tell nothing', async () => {
  const silent = long(100, () => [output]);
  await withFolder({ 's.jsonl': silent, 'x.txt': 'x'.repeat(200_000), 'empty.jsonl': '' }, async (folder) => {
    for (const name of ['s.jsonl', 'x.txt', 'empty.jsonl', 'missing.jsonl', '.'])
      assert.equal(await lastSaid(join(folder, name)), undefined, name);
  });
});
