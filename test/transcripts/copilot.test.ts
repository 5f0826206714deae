import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, readAll, readOne, withFolder } from './folder.ts';

const part = (value: string) => ({ value, supportThemeIcons: false });
const request = (id: string, text: string, extra: object = {}) => ({
  requestId: id,
  timestamp: 1_772_000_000_000,
  message: { text, parts: [] },
  variableData: { variables: [] },
  response: [part('Sure.')],
  ...extra,
});
const session = (requests: readonly unknown[]) => ({
  version: 3,
  creationDate: 1,
  responderUsername: 'GitHub Copilot',
  initialLocation: 'panel',
  sessionId: 'chat-1',
  requests,
});

test('the mutation log: set, push with cut, delete', async () => {
  const { messages, typed, said, formats } = await readOne('chat-1.jsonl', [
    { kind: 0, v: session([request('r1', 'make a logo')]) },
    { kind: 2, k: ['requests'], v: [request('r2', 'wrong colour'), request('r3', 'draft')] },
    { kind: 1, k: ['requests', 0, 'response', 0], v: part('Here is ') },
    {
      kind: 2,
      k: ['requests', 0, 'response'],
      v: [{ kind: 'inlineReference', name: 'logo.svg' }, part('.')],
    },
    { kind: 1, k: ['requests', 0, 'result'], v: { metadata: { big: 'x'.repeat(1000) } } },
    { kind: 1, k: ['requests', 1, 'message', 'text'], v: 'wrong colour, use navy' },
    { kind: 2, k: ['requests'], v: [request('r4', 'and a favicon')], i: 2 },
    { kind: 1, k: ['requests', 2, 'vote'], v: 0 },
    { kind: 3, k: ['requests', 2, 'vote'] },
    { kind: 1, k: ['customTitle'], v: 'Logo' },
  ]);
  assert.deepEqual(formats, ['copilot']);
  assert.deepEqual(typed, ['make a logo', 'wrong colour, use navy', 'and a favicon']);
  assert.deepEqual(said, ['Here is `logo.svg`.', 'Sure.', 'Sure.']);
  assert.deepEqual(
    messages.map(({ session: id }) => id),
    Array(6).fill('chat-1'),
  );
  assert.equal(messages[0]?.message, 'r1');
});

test('votes, cancelled answers, refused tools and undone edits come with the next message', async () => {
  const tool = {
    kind: 'toolInvocationSerialized',
    toolId: 'run_in_terminal',
    isConfirmed: { type: 0 },
    toolSpecificData: {
      kind: 'terminal',
      commandLine: { original: 'rm x' },
      terminalCommandState: { exitCode: 2 },
    },
  };
  const { messages } = await readOne('chat-1.jsonl', [
    {
      kind: 0,
      v: session([
        request('r1', 'tidy up', {
          response: [part('Done.'), tool],
          modelState: { value: 2 },
          vote: 0,
          voteDownReason: 'other',
          editedFileEvents: [{ uri: { path: '/nowhere/a.ts' }, eventKind: 2 }],
        }),
        request('r2', 'no, keep x', { vote: 1 }),
        request('r3', 'Continue to iterate?', { confirmation: 'Continue' }),
      ]),
    },
  ]);
  const user = messages.filter(({ role }) => role === 'user');
  assert.deepEqual(
    user.map(({ text, signals }) => ({ text, signals })),
    [
      { text: 'tidy up', signals: [] },
      {
        text: 'no, keep x',
        signals: [
          { type: 'tool-rejected', tool: 'run_in_terminal' },
          { type: 'command', failed: true, command: 'rm x' },
          { type: 'interrupted' },
          { type: 'vote', up: false, reason: 'other' },
          { type: 'edit', outcome: 'undone', path: '/nowhere/a.ts' },
        ],
      },
      { text: '', signals: [{ type: 'vote', up: true }] },
    ],
  );
});

test('the older document, with the workspace from the file beside it', async () => {
  await withFolder(
    {
      'h/workspace.json': JSON.stringify({ folder: 'file:///nowhere/my%20shop' }),
      'h/chatSessions/chat-9.json': JSON.stringify(
        session([request('r1', 'hello'), 7, request('r2', 'bye')]),
        null,
        2,
      ),
    },
    async (folder) => {
      const { messages, typed, skipped } = await readAll([folder]);
      assert.deepEqual(typed, ['hello', 'bye']);
      assert.equal(messages[0]?.session, 'chat-9');
      assert.equal(messages[0]?.project, '/nowhere/my shop');
      assert.deepEqual([...skipped], [['record of an unknown shape', 1]]);
    },
  );
});

test('of a document that was cut off, every whole request is read', async () => {
  const whole = JSON.stringify(
    session([request('r1', 'first'), request('r2', 'second'), request('r3', 'third')]),
  );
  const { typed, skipped } = await readOne('chat-2.json', whole.slice(0, whole.indexOf('third')));
  assert.deepEqual(typed, ['first', 'second']);
  assert.deepEqual([...skipped.keys()], ['file ends too early']);
});

const event = (type: string, data: object, id: string, extra: object = {}) => ({
  type,
  data,
  id,
  timestamp: '2026-03-01T10:00:00.000Z',
  parentId: null,
  ...extra,
});

test('the event log of the hooks', async () => {
  const log = [
    event(
      'session.start',
      { sessionId: 'e-1', version: 1, producer: 'copilot-agent', vscodeVersion: '1.139.1' },
      'a',
    ),
    event('user.message', { content: 'add a test', attachments: [] }, 'b'),
    event(
      'assistant.message',
      {
        content: '',
        toolRequests: [{ toolCallId: 'c1', name: 'run_in_terminal', arguments: { command: 'npm t' } }],
      },
      'c',
    ),
    event(
      'tool.execution_complete',
      { toolCallId: 'c1', success: false, error: { message: 'no such script' } },
      'd',
    ),
    event('assistant.message', { content: 'I could not run it.' }, 'e'),
    event('user.message', { content: 'it is pnpm here' }, 'f'),
  ];
  await withFolder(
    {
      'h/workspace.json': JSON.stringify({ folder: 'file:///nowhere/app' }),
      'h/GitHub.copilot-chat/transcripts/e-1.jsonl': jsonLines(log),
    },
    async (folder) => {
      const { messages, formats } = await readAll([join(folder, 'h')]);
      assert.deepEqual(formats, ['copilot']);
      assert.deepEqual(
        messages.map(({ role, text, message, session: id, project }) => [role, text, message, id, project]),
        [
          ['user', 'add a test', 'b', 'e-1', '/nowhere/app'],
          ['assistant', 'I could not run it.', 'e', 'e-1', '/nowhere/app'],
          ['user', 'it is pnpm here', 'f', 'e-1', '/nowhere/app'],
        ],
      );
      assert.deepEqual(messages[2]?.signals, [
        { type: 'command', failed: true, command: 'npm t', output: 'no such script' },
      ]);
    },
  );
});

test('Copilot CLI: refusals, aborts, and prompts that are not the user’s', async () => {
  const { messages, formats } = await readOne('events.jsonl', [
    event(
      'session.start',
      { sessionId: 'cli-1', context: { cwd: '/nowhere/a/b', gitRoot: '/nowhere/a', branch: 'dev' } },
      'a',
    ),
    event('user.message', { content: 'ship it' }, 'b'),
    event('user.message', { content: 'skill text', source: 'skill-x' }, 'b2'),
    event('user.message', { content: 'task of a subagent' }, 'b3', { agentId: 'x' }),
    event(
      'tool.execution_start',
      { toolCallId: 'c1', toolName: 'bash', arguments: { command: 'git push' } },
      'c',
    ),
    event(
      'permission.completed',
      { toolCallId: 'c1', result: { kind: 'denied-interactively-by-user', feedback: 'never push to main' } },
      'd',
    ),
    event('abort', { reason: 'user_initiated' }, 'e'),
    event('user.message', { content: 'open a pull request' }, 'f'),
  ]);
  assert.deepEqual(formats, ['copilot-cli']);
  assert.deepEqual(
    messages.map(({ text, cwd, branch, signals }) => [text, cwd, branch, signals]),
    [
      ['ship it', '/nowhere/a', 'dev', []],
      ['never push to main', '/nowhere/a', 'dev', [{ type: 'tool-rejected', tool: 'bash' }]],
      ['open a pull request', '/nowhere/a', 'dev', [{ type: 'interrupted' }]],
    ],
  );
});
