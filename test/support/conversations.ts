/**
 * Conversations written down as each assistant would: for the benchmarks of import and of damage, and for homes with
 * conversations of every assistant in them. What an assistant writes beside the words (tool output, its own
 * bookkeeping) is there too, as much as `noise` says.
 */
import { createHash } from 'node:crypto';
import type { TranscriptFormat } from '../../src/core/capture/message.ts';

export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

export interface Conversation {
  /** Unique; the identities of its messages are made from it. */
  readonly id: string;
  readonly cwd: string;
  /** Epoch ms of the first turn; a minute passes between turns. */
  readonly at: number;
  readonly turns: readonly Turn[];
  /** Tool output that stands before each of the assistant's turns. */
  readonly noise?: string;
}

export interface Written {
  readonly format: TranscriptFormat;
  /** Where it lies below the home of its owner. */
  readonly path: string;
  readonly content: string;
}

/** One conversation in one form: `name` tells apart the forms of one format. */
export interface Writer {
  readonly name: string;
  readonly format: TranscriptFormat;
  /** One record of the conversation a line, so that some of them can be damaged alone. */
  readonly lines: boolean;
  write(conversation: Conversation): Written;
}

const uuidOf = (...parts: readonly (string | number)[]): string => {
  const hex = createHash('sha256').update(parts.join(' ')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
const minute = 60_000;
const iso = (at: number): string => new Date(at).toISOString();
const jsonLines = (records: readonly unknown[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');
const timed = ({ turns, at }: Conversation) =>
  turns.map((turn, index) => ({ ...turn, index, at: at + index * minute }));
const user = '.config/Code/User';

function claudeCode(conversation: Conversation): string {
  const { id, cwd, noise } = conversation;
  const shared = { isSidechain: false, userType: 'external', cwd, sessionId: id, version: '2.1.40' };
  const records = timed(conversation).flatMap(({ role, text, index, at }): readonly object[] => {
    const stamp = { ...shared, uuid: uuidOf(id, index), timestamp: iso(at) };
    if (role === 'user') return [{ ...stamp, type: 'user', message: { role, content: text } }];
    const call = `toolu_${uuidOf(id, index, 'call')}`;
    const tool = [{ type: 'tool_use', id: call, name: 'Read', input: { file_path: `${cwd}/src/index.ts` } }];
    const result = [{ type: 'tool_result', tool_use_id: call, content: noise }];
    const before = [
      { ...stamp, uuid: uuidOf(id, index, 'use'), type: 'assistant', message: { role, content: tool } },
      { ...stamp, uuid: uuidOf(id, index, 'out'), type: 'user', message: { role: 'user', content: result } },
    ];
    const content = [{ type: 'text', text }];
    return [
      ...(noise === undefined ? [] : before),
      { ...stamp, type: 'assistant', message: { role, content } },
    ];
  });
  return jsonLines([{ type: 'file-history-snapshot', messageId: uuidOf(id, 'snapshot') }, ...records]);
}

function codex(conversation: Conversation): string {
  const { id, cwd, at, noise } = conversation;
  const records = timed(conversation).flatMap(({ role, text, index, at: when }): readonly object[] => {
    const record = (type: string, payload: object) => ({ timestamp: iso(when), type, payload });
    if (role === 'user') return [record('event_msg', { type: 'user_message', message: text, images: [] })];
    const call = `call_${uuidOf(id, index)}`;
    const command = JSON.stringify({ command: 'cat src/index.ts' });
    const before = [
      record('response_item', { type: 'function_call', name: 'shell', arguments: command, call_id: call }),
      record('response_item', {
        type: 'function_call_output',
        call_id: call,
        output: `Exit code: 0\n${noise}`,
      }),
    ];
    return [
      ...(noise === undefined ? [] : before),
      record('event_msg', { type: 'agent_message', message: text }),
    ];
  });
  return jsonLines([
    {
      timestamp: iso(at),
      type: 'session_meta',
      payload: { id, cwd, source: 'cli', git: { branch: 'main' } },
    },
    ...records,
  ]);
}

/** The turns in pairs, as a chat session of VS Code keeps them. */
function requestsOf(conversation: Conversation): readonly object[] {
  const requests: { requestId: string; timestamp: number; message: object; response: object[] }[] = [];
  for (const { role, text, index, at } of timed(conversation)) {
    if (role === 'user') {
      const message = { text, parts: [] };
      requests.push({
        requestId: `request_${uuidOf(conversation.id, index)}`,
        timestamp: at,
        message,
        response: [],
      });
    } else {
      requests.at(-1)?.response.push({ value: text, supportThemeIcons: false });
    }
  }
  return requests.map((request) => ({
    ...request,
    result: { metadata: { toolCallResults: conversation.noise ?? '' } },
  }));
}

const chatSession = (conversation: Conversation, requests: readonly object[]) => ({
  version: 3,
  responderUsername: 'GitHub Copilot',
  initialLocation: 'panel',
  sessionId: conversation.id,
  creationDate: conversation.at,
  requests,
});

function chatMutations(conversation: Conversation): string {
  return jsonLines([
    { kind: 0, v: chatSession(conversation, []) },
    ...requestsOf(conversation).map((request) => ({ kind: 2, k: ['requests'], v: [request] })),
  ]);
}

function events(conversation: Conversation, start: object): string {
  const { id, noise } = conversation;
  const records = timed(conversation).flatMap(({ role, text, index, at }): readonly object[] => {
    const event = (type: string, data: object, part: string) => ({
      type,
      data,
      id: uuidOf(id, index, part),
      timestamp: iso(at),
      parentId: null,
    });
    if (role === 'user') return [event('user.message', { content: text, attachments: [] }, 'm')];
    const done = { toolCallId: uuidOf(id, index, 'call'), success: true, result: { content: noise } };
    return [
      ...(noise === undefined ? [] : [event('tool.execution_complete', done, 'tool')]),
      event('assistant.message', { content: text, toolRequests: [] }, 'm'),
    ];
  });
  const first = {
    type: 'session.start',
    data: { sessionId: id, version: 1, ...start },
    id: uuidOf(id, 'start'),
  };
  return jsonLines([{ ...first, timestamp: iso(conversation.at), parentId: null }, ...records]);
}

function geminiMessages(conversation: Conversation): readonly object[] {
  return timed(conversation).map(({ role, text, index, at }) => ({
    id: uuidOf(conversation.id, index),
    timestamp: iso(at),
    type: role === 'user' ? 'user' : 'gemini',
    content: text,
    ...(role === 'assistant' && conversation.noise !== undefined
      ? { toolCalls: [{ name: 'read_file', status: 'success', args: {}, result: conversation.noise }] }
      : {}),
  }));
}

const geminiHead = ({ id, at }: Conversation) => ({
  sessionId: id,
  projectHash: createHash('sha256').update(id).digest('hex'),
  startTime: iso(at),
});

function clineHistory(conversation: Conversation): string {
  const { cwd, noise } = conversation;
  return JSON.stringify(
    timed(conversation).map(({ role, text, index, at }) => ({
      role,
      ts: at,
      content:
        role === 'assistant'
          ? [{ type: 'text', text }]
          : [
              ...(noise === undefined
                ? []
                : [{ type: 'text', text: `[read_file for 'src/index.ts'] Result:\n${noise}` }]),
              {
                type: 'text',
                text: index === 0 ? `<task>\n${text}\n</task>` : `<feedback>\n${text}\n</feedback>`,
              },
              {
                type: 'text',
                text: `<environment_details>\n# Current Working Directory (${cwd}) Files\nindex.ts\n</environment_details>`,
              },
            ],
    })),
  );
}

function continueSession(conversation: Conversation): string {
  const { id, cwd, noise } = conversation;
  return JSON.stringify({
    sessionId: id,
    title: 'Chat',
    workspaceDirectory: cwd,
    history: timed(conversation).map(({ role, text, index }) => ({
      message: { id: uuidOf(id, index), role, content: text },
      contextItems: noise === undefined || role !== 'user' ? [] : [{ name: 'index.ts', content: noise }],
    })),
  });
}

/** What both of OpenCode's forms are made of. */
export function opencodeMessages(conversation: Conversation) {
  return timed(conversation).map(({ role, text, index, at }) => {
    const id = `msg_${String(index).padStart(4, '0')}${uuidOf(conversation.id, index)}`;
    const said = { id: `prt_${uuidOf(conversation.id, index, 1)}`, type: 'text', text };
    const state = { status: 'completed', input: { command: 'cat src/index.ts' }, output: conversation.noise };
    const tool = { id: `prt_${uuidOf(conversation.id, index, 0)}`, type: 'tool', tool: 'bash', state };
    return {
      info: { id, sessionID: conversation.id, role, time: { created: at } },
      parts: role === 'user' || conversation.noise === undefined ? [said] : [tool, said],
    };
  });
}

const opencodeInfo = ({ id, cwd, at }: Conversation) => ({
  id,
  projectID: 'global',
  directory: cwd,
  title: 'Chat',
  version: '1.2.26',
  time: { created: at, updated: at },
});

function aider(conversation: Conversation): string {
  const lines = [`# aider chat started at ${iso(conversation.at).slice(0, 19).replace('T', ' ')}`, ''];
  for (const { role, text } of conversation.turns) {
    if (role === 'user') lines.push(...text.split('\n').map((line) => `#### ${line}`), '');
    else {
      if (conversation.noise !== undefined)
        lines.push(...conversation.noise.split('\n').map((line) => `> ${line}`), '');
      lines.push(text, '');
    }
  }
  return `${lines.join('\n')}\n`;
}

function specstory(conversation: Conversation): string {
  const { noise } = conversation;
  const stamp = iso(conversation.at).slice(0, 16).replace('T', ' ');
  const lines = ['<!-- Generated by SpecStory -->', '', `# Chat (${stamp}Z)`, ''];
  for (const { role, text, at } of timed(conversation)) {
    if (role === 'user') lines.push(`_**User (${iso(at).slice(0, 16).replace('T', ' ')}Z)**_`, '', text);
    else {
      lines.push('_**Agent (model x)**_', '', text);
      if (noise !== undefined) lines.push('', `<details><summary>Read</summary>\n${noise}\n</details>`);
    }
    lines.push('', '---', '');
  }
  return `${lines.join('\n')}\n`;
}

const rows = (conversation: Conversation): string =>
  jsonLines(
    timed(conversation).map(({ role, text, at }) => ({
      role,
      text,
      at: iso(at),
      session: conversation.id,
      project: conversation.cwd,
    })),
  );

const slugOf = (cwd: string): string => cwd.replace(/[^a-zA-Z0-9-]/g, '-');

function writer(
  name: string,
  format: TranscriptFormat,
  lines: boolean,
  pathOf: (conversation: Conversation) => string,
  contentOf: (conversation: Conversation) => string,
): Writer {
  return {
    name,
    format,
    lines,
    write: (conversation) => ({ format, path: pathOf(conversation), content: contentOf(conversation) }),
  };
}

/** Every form that is a file of text. */
export const writers: readonly Writer[] = [
  writer(
    'claude-code',
    'claude-code',
    true,
    ({ id, cwd }) => `.claude/projects/${slugOf(cwd)}/${id}.jsonl`,
    claudeCode,
  ),
  writer(
    'codex',
    'codex',
    true,
    ({ id, at }) =>
      `.codex/sessions/${iso(at).slice(0, 10).replace(/-/g, '/')}/rollout-${iso(at).slice(0, 19).replace(/:/g, '-')}-${id}.jsonl`,
    codex,
  ),
  writer(
    'copilot mutation log',
    'copilot',
    true,
    ({ id }) => `${user}/globalStorage/emptyWindowChatSessions/${id}.jsonl`,
    chatMutations,
  ),
  writer(
    'copilot document',
    'copilot',
    false,
    ({ id }) => `${user}/globalStorage/emptyWindowChatSessions/${id}.json`,
    (conversation) => JSON.stringify(chatSession(conversation, requestsOf(conversation)), undefined, 2),
  ),
  writer(
    'copilot events',
    'copilot',
    true,
    ({ id }) => `${user}/globalStorage/github.copilot-chat/transcripts/${id}.jsonl`,
    (conversation) => events(conversation, { producer: 'copilot-agent', vscodeVersion: '1.139.1' }),
  ),
  writer(
    'copilot-cli',
    'copilot-cli',
    true,
    ({ id }) => `.copilot/session-state/${id}/events.jsonl`,
    (conversation) => events(conversation, { producer: 'copilot-cli', context: { cwd: conversation.cwd } }),
  ),
  writer(
    'gemini log',
    'gemini',
    true,
    ({ id }) => `.gemini/tmp/app/chats/session-2026-01-01T10-00-${id.slice(0, 8)}.jsonl`,
    (conversation) => jsonLines([geminiHead(conversation), ...geminiMessages(conversation)]),
  ),
  writer(
    'gemini document',
    'gemini',
    false,
    ({ id }) => `.gemini/tmp/app/chats/session-2026-01-01T10-00-${id.slice(0, 8)}.json`,
    (conversation) =>
      JSON.stringify({ ...geminiHead(conversation), messages: geminiMessages(conversation) }, undefined, 2),
  ),
  writer(
    'cline',
    'cline',
    false,
    ({ id }) => `${user}/globalStorage/saoudrizwan.claude-dev/tasks/${id}/api_conversation_history.json`,
    clineHistory,
  ),
  writer('continue', 'continue', false, ({ id }) => `.continue/sessions/${id}.json`, continueSession),
  writer(
    'opencode export',
    'opencode',
    false,
    ({ id }) => `exports/${id}.json`,
    (conversation) =>
      JSON.stringify(
        { info: opencodeInfo(conversation), messages: opencodeMessages(conversation) },
        undefined,
        2,
      ),
  ),
  writer('aider', 'aider', false, ({ cwd }) => `work/${slugOf(cwd)}/.aider.chat.history.md`, aider),
  writer(
    'specstory',
    'specstory',
    false,
    ({ id, cwd, at }) =>
      `work/${slugOf(cwd)}/.specstory/history/${iso(at).slice(0, 16).replace('T', '_').replace(':', '-')}Z-${id}.md`,
    specstory,
  ),
  writer('jsonl', 'jsonl', true, ({ id }) => `rows/${id}.jsonl`, rows),
];
