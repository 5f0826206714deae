/**
 * Damaged transcripts, made from sound ones, and what must hold of them: nothing throws, nothing takes long, what is
 * read is well formed, and what was not touched by the damage is still read.
 */
import assert from 'node:assert/strict';
import { hookEvents, parseHookInput } from '../../src/assistants/hook.ts';
import type { TranscriptEvent } from '../../src/core/capture/message.ts';
import type { Random } from '../../src/core/ports.ts';
import { createRandom } from '../../src/core/sleep/night/random.ts';
import { encodingOf } from '../../src/transcripts/input.ts';
import { linesOf } from '../../src/transcripts/lines.ts';
import type { TranscriptInput, TranscriptReader } from '../../src/transcripts/reader.ts';
import { readerFor } from '../../src/transcripts/readers.ts';
import { type Conversation, type Writer, writers } from './conversations.ts';

/** CPU time one input may take, ms; a sound one takes a fraction of one. */
const longestMs = 1500;

export interface FuzzCase {
  readonly format: string;
  readonly damage: string;
  /** Throws where something does not hold. */
  check(): Promise<void>;
}

const upTo = (random: Random, limit: number): number => Math.floor(random.next() * limit);
function pick<T>(random: Random, all: readonly T[]): T {
  const one = all[upTo(random, all.length)];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
}

/** Stands in each text of the user and nowhere else. */
const markOf = (index: number): string => `mark${index}kram`;

const wordsAround = [
  'no, use pnpm',
  'nein, nicht so: größer',
  'それは違う',
  'a "quoted" \\ path C:\\x',
  'line one\nline two',
  '😀 emoji',
  '```js\ncode();\n```',
  '<task>tag</task>',
  '---',
  'x'.repeat(300),
];

function conversation(random: Random, writer: Writer): Conversation {
  /* aider and SpecStory have marks of their own that end a message where they stand in its text. */
  const isMarkdown = writer.name === 'aider' || writer.name === 'specstory';
  const words = isMarkdown ? wordsAround.filter((text) => !/^(---|```|<task)/.test(text)) : wordsAround;
  const safe = writer.name === 'cline' ? words.filter((text) => !text.startsWith('<task')) : words;
  const pairs = 2 + upTo(random, 5);
  return {
    id: `${String(upTo(random, 1e8)).padStart(8, '0')}-aaaa-4bbb-8ccc-dddddddddddd`,
    cwd: '/nowhere/fuzz',
    at: Date.UTC(2026, 0, 1),
    turns: Array.from({ length: pairs * 2 }, (_, at) =>
      at % 2 === 0
        ? { role: 'user', text: `${markOf(at / 2)} ${pick(random, safe)}` }
        : { role: 'assistant', text: `answer ${pick(random, safe)}` },
    ),
    ...(random.next() < 0.5 ? { noise: 'tool output\nof two lines' } : {}),
  };
}

function inputOf(bytes: Buffer, path: string, step: number): TranscriptInput {
  const encoding = encodingOf(bytes.subarray(0, 64 * 1024));
  const content =
    encoding === 'utf-16le' || encoding === 'utf-16be'
      ? Buffer.from(new TextDecoder(encoding).decode(bytes), 'utf8')
      : bytes;
  async function* chunks(start = 0): AsyncGenerator<Buffer> {
    /* One buffer used again and again, as a file is read. */
    const shared = Buffer.alloc(step);
    for (let at = start; at < content.length; at += step) {
      const length = content.copy(shared, 0, at, at + step);
      yield shared.subarray(0, length);
    }
  }
  return {
    path,
    size: bytes.length,
    mtimeMs: 0,
    head: Buffer.from(content.subarray(0, 64 * 1024)),
    chunks,
    lines: () => linesOf(chunks()),
  };
}

const folderless = { workspaceFolder: async () => undefined };

async function read(
  reader: TranscriptReader,
  bytes: Buffer,
  path: string,
  step: number,
): Promise<readonly TranscriptEvent[]> {
  const events: TranscriptEvent[] = [];
  const began = process.cpuUsage();
  for await (const batch of reader.read(inputOf(bytes, path, step), folderless)) events.push(...batch);
  const { user, system } = process.cpuUsage(began);
  assert.ok((user + system) / 1000 < longestMs, `took ${(user + system) / 1000} ms`);
  wellFormed(events);
  return events;
}

function wellFormed(events: readonly TranscriptEvent[]): void {
  let offset = 0;
  for (const event of events) {
    if (event.type === 'message') {
      const { role, text, session, message, at, signals } = event.message;
      assert.ok(role === 'user' || role === 'assistant');
      assert.equal(typeof text, 'string');
      assert.ok(text.length > 0 || signals.length > 0, 'a message says or signals something');
      assert.ok(typeof session === 'string' && session.length > 0);
      assert.ok(typeof message === 'string' && message.length > 0);
      assert.ok(at === undefined || Number.isInteger(at));
    } else if (event.type === 'cursor') {
      assert.ok(event.offset >= offset, 'cursors only go forward');
      offset = event.offset;
    }
  }
  assert.equal(Reflect.get({}, 'polluted'), undefined, 'no prototype was changed');
}

function marksIn(events: readonly TranscriptEvent[]): ReadonlySet<number> {
  const marks = new Set<number>();
  for (const event of events) {
    if (event.type !== 'message' || event.message.role !== 'user') continue;
    for (const found of event.message.text.matchAll(/mark(\d+)kram/g)) marks.add(Number(found[1]));
  }
  return marks;
}

function mustHave(events: readonly TranscriptEvent[], expected: Iterable<number>): void {
  const marks = marksIn(events);
  const lost = [...expected].filter((mark) => !marks.has(mark));
  assert.deepEqual(lost, [], 'messages that were not touched are lost');
}

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

/** Lines no reader may stumble over, and none of which changes what another line says. */
const garbage: readonly (string | Buffer)[] = [
  '',
  ' ',
  '{',
  '}',
  '[]',
  'null',
  'true',
  '"text"',
  '1e999',
  '{"type":"user"',
  '{"type":"user","message":null}',
  '{"type":"user","message":{"role":"user","content":7}}',
  '{"type":"assistant","message":{"role":"assistant","content":[null,7,{"type":"text"}]}}',
  '{"type":"event_msg","payload":[]}',
  '{"type":"event_msg","payload":{"type":"user_message","message":{}}}',
  '{"type":"user.message","data":{"content":null}}',
  '{"kind":9,"k":["requests"],"v":[]}',
  '{"kind":1,"k":"requests","v":7}',
  '{"kind":1,"k":["requests",99999999999,"vote"],"v":0}',
  '{"kind":1,"k":["requests",0,"__proto__","polluted"],"v":1}',
  '{"__proto__":{"polluted":true},"type":"x"}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"id":7,"type":"info","content":{}}',
  `{"deep":${'['.repeat(3000)}${']'.repeat(3000)}}`,
  `{"deep":${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}}`,
  `{"number":${'9'.repeat(400)},"type":"system"}`,
  '{"type":"user","uuid":"\\ud800","timestamp":"+275760-09-13T00:00:00Z","message":{"role":"user","content":""}}',
  '\u0000\u0000\u0000',
  '{"type":"unknown-of-tomorrow","version":999,"payload":{"type":"later"}}',
  Buffer.from([0xff, 0xfe, 0xfd, 0x80, 0x81]),
  Buffer.from('{"type":"system","text":"\xe4\xf6\xfc"}', 'latin1'),
  `{"type":"system","blob":"${'A'.repeat(5000)}"}`,
  '\r',
  '\ufeff',
];

type Damage = (random: Random, writer: Writer) => FuzzCase['check'];

const written = (random: Random, writer: Writer) => {
  const made = conversation(random, writer);
  return { ...writer.write(made), users: made.turns.length / 2 };
};
const stepOf = (random: Random): number => pick(random, [1, 3, 7, 16, 61, 97, 256, 4096, 65_536]);

function readerOf(content: string, path: string): TranscriptReader {
  const reader = readerFor(content.slice(0, 64 * 1024), `/home/somebody/${path}`);
  assert.ok(reader, `${path} is known`);
  return reader;
}

/** Garbage between whole records of a format that has one a line. */
const interleave: Damage = (random, writer) => {
  const { content, path, users } = written(random, writer);
  const lines = content.split('\n').slice(0, -1);
  const parts: Buffer[] = [];
  const ending = random.next() < 0.3 ? '\r\n' : '\n';
  for (const [at, line] of lines.entries()) {
    /* The first line of a log says what the file is: what comes before it is no part of the format. */
    if (at > 0)
      for (let more = upTo(random, 3); more > 0; more--) parts.push(bytesOf(pick(random, garbage), ending));
    parts.push(bytesOf(line, ending));
  }
  if (random.next() < 0.5) parts.push(Buffer.from('{"type":"user","message":{"role":"us'));
  const bytes = Buffer.concat(parts);
  const step = stepOf(random);
  return async () => mustHave(await read(readerOf(content, path), bytes, path, step), range(users));
};

const bytesOf = (line: string | Buffer, ending: string): Buffer =>
  Buffer.concat([typeof line === 'string' ? Buffer.from(line) : line, Buffer.from(ending)]);

/** Cut off at any byte: what was whole before the cut is read. */
const truncate: Damage = (random, writer) => {
  const { content, path, users } = written(random, writer);
  const whole = Buffer.from(content);
  const cut = upTo(random, whole.length + 1);
  const bytes = whole.subarray(0, cut);
  const kept = range(users).filter((user) => {
    const next = whole.indexOf(markOf(user + 1));
    return next >= 0 && next + markOf(user + 1).length <= cut;
  });
  const step = stepOf(random);
  return async () => mustHave(await read(readerOf(content, path), bytes, path, step), kept);
};

/** The same words in another encoding or with other line ends. */
const reencode: Damage = (random, writer) => {
  const { content, path, users } = written(random, writer);
  const forms: readonly (() => Buffer)[] = [
    () => Buffer.from(`\ufeff${content}`, 'utf16le'),
    () => Buffer.from(`\ufeff${content}`, 'utf16le').swap16(),
    () => Buffer.from(`\ufeff${content}`, 'utf8'),
    () => Buffer.from(content.replace(/\n/g, '\r\n'), 'utf8'),
    () => Buffer.from(content.replace(/[^\0-\xff]/g, '?'), 'latin1'),
    () => Buffer.from(`${content}\n\n\n`, 'utf8'),
  ];
  const bytes = pick(random, forms)();
  const step = stepOf(random);
  return async () => mustHave(await read(readerOf(content, path), bytes, path, step), range(users));
};

/** Bytes changed, put in and taken out. Of a format with a record a line the other lines are still read. */
const scatter: Damage = (random, writer) => {
  const { content, path, users } = written(random, writer);
  const lines = content.split('\n').map((line) => Buffer.from(line));
  const touched = new Set<number>();
  for (let more = 1 + upTo(random, 4); more > 0; more--) {
    const at = upTo(random, lines.length);
    const line = lines[at] ?? Buffer.alloc(0);
    const where = upTo(random, line.length + 1);
    touched.add(at);
    const insert = Buffer.from([upTo(random, 256)].filter((byte) => byte !== 0x0a));
    const take = upTo(random, 3);
    lines[at] = Buffer.concat([line.subarray(0, where), insert, line.subarray(where + take)]);
  }
  const bytes = Buffer.concat(lines.flatMap((line, at) => (at === 0 ? [line] : [Buffer.from('\n'), line])));
  const sound = content.split('\n');
  const independent = writer.lines && !(touched.has(0) && writer.name !== 'jsonl');
  const kept = independent
    ? range(users).filter((user) => {
        const at = sound.findIndex((line) => line.includes(markOf(user)));
        return !touched.has(at);
      })
    : [];
  const step = stepOf(random);
  return async () => mustHave(await read(readerOf(content, path), bytes, path, step), kept);
};

const hostileValues: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  Number.MAX_SAFE_INTEGER,
  '',
  '\u0000',
  '\ud800',
  '\udc00lone',
  'x'.repeat(20_000),
  '2026-99-99T99:99:99Z',
  '-271821-04-20T00:00:00Z',
  [],
  {},
  [[[[[]]]]],
  { kind: {}, type: [], text: 7 },
  ['text', null, { text: ['x'] }],
  { length: 1e9 },
  '../../../../etc/passwd',
  'file:///%E0%A4%A',
];

/** Puts hostile values and keys somewhere into a JSON value. */
function mutated(random: Random, value: unknown, odds: number): unknown {
  if (random.next() < odds) return pick(random, hostileValues);
  if (Array.isArray(value)) {
    const list = value.map((one) => mutated(random, one, odds));
    if (random.next() < odds) list.splice(upTo(random, list.length + 1), 0, pick(random, hostileValues));
    return list;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, one]): [string, unknown][] =>
    random.next() < odds ? [] : [[key, mutated(random, one, odds)]],
  );
  if (random.next() < odds)
    entries.push([pick(random, ['__proto__', 'constructor', 'toString', '0']), { polluted: 1 }]);
  return Object.fromEntries(entries);
}

/** Records of wrong types, unknown versions, odd keys. Of a format with a record a line the others are still read. */
const mutate: Damage = (random, writer) => {
  const { content, path, users } = written(random, writer);
  const odds = pick(random, [0.02, 0.05, 0.2]);
  let bytes: Buffer;
  let kept: readonly number[] = [];
  if (writer.lines) {
    const lines = content.split('\n').slice(0, -1);
    const touched = new Set<number>();
    const out = lines.map((line, at) => {
      if (at === 0 || random.next() < 0.5) return line;
      touched.add(at);
      return JSON.stringify(mutated(random, JSON.parse(line), odds)) ?? 'null';
    });
    bytes = Buffer.from(`${out.join('\n')}\n`);
    /* Their records change others on purpose: a push into a list cuts it, a newer version replaces. */
    const independent = !['copilot mutation log', 'gemini log'].includes(writer.name);
    if (independent)
      kept = range(users).filter((user) => {
        const at = lines.findIndex((line) => line.includes(markOf(user)));
        return !touched.has(at);
      });
  } else if (/^\s*[[{]/.test(content)) {
    bytes = Buffer.from(JSON.stringify(mutated(random, JSON.parse(content), odds)) ?? 'null');
  } else {
    const lines = content.split('\n');
    for (let more = 1 + upTo(random, 5); more > 0; more--)
      lines.splice(
        upTo(random, lines.length),
        0,
        pick(random, [
          '#### ',
          '_**User**_',
          '_**',
          '---',
          '```',
          '<details>',
          '</think>',
          '> ',
          '# aider chat started at 9999-99-99 99:99:99',
        ]),
      );
    bytes = Buffer.from(lines.join('\n'));
  }
  const step = stepOf(random);
  return async () => mustHave(await read(readerOf(content, path), bytes, path, step), kept);
};

const damages: readonly (readonly [string, Damage])[] = [
  ['garbage between records', interleave],
  ['cut off', truncate],
  ['another encoding', reencode],
  ['bytes changed', scatter],
  ['values changed', mutate],
];

const hookSample = {
  session_id: 's',
  transcript_path: '/nowhere/t.jsonl',
  prompt: 'commit it',
  cwd: '/nowhere',
  timestamp: '2026-01-01T00:00:00Z',
  tool_name: 'Edit',
  tool_input: {
    file_path: '/nowhere/a.ts',
    old_string: 'a',
    new_string: 'b',
    edits: [{ old_string: 'a', new_string: 'b' }],
  },
  tool_response: { stderr: 'error', success: false },
};

function hookCase(random: Random): FuzzCase {
  const event = pick(random, hookEvents);
  const sound = JSON.stringify(mutated(random, hookSample, pick(random, [0, 0.05, 0.3]))) ?? '';
  const cut = random.next() < 0.3 ? sound.slice(0, upTo(random, sound.length + 1)) : sound;
  const text = random.next() < 0.1 ? `\ufeff${cut}\u0000` : cut;
  return {
    format: 'hook',
    damage: event,
    check: async () => {
      const input = parseHookInput(event, text);
      if (input === undefined) return;
      for (const [key, value] of Object.entries(input)) {
        if (key === 'writes') assert.ok(Array.isArray(value));
        else if (key === 'otherFiles')
          assert.ok(Array.isArray(value) && value.every((one) => typeof one === 'string' && one !== ''));
        else assert.ok(typeof value === 'string' && value !== '', `${key} is text`);
      }
      assert.equal(Reflect.get({}, 'polluted'), undefined);
    },
  };
}

/** The case of this number: the same for the same seed, whatever ran before. */
export function fuzzCase(seed: string, number: number): FuzzCase {
  const random = createRandom(`${seed}:${number}`);
  if (number % 20 === 0) return hookCase(random);
  const writer = writers[number % writers.length];
  assert.ok(writer);
  const fitting = writer.lines ? damages : damages.filter(([, damage]) => damage !== interleave);
  const [name, damage] = pick(random, fitting);
  return { format: writer.name, damage: name, check: damage(random, writer) };
}
