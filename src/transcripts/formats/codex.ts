/**
 * Codex: `rollout-*.jsonl` (or `.jsonl.zst`), one `{timestamp,type,payload}` a line. What was typed stands in
 * `event_msg` records of type `user_message`; `response_item` records with role `user` also carry instructions and
 * environment texts and are only read in files from before there were events.
 */
import { basename } from 'node:path';
import { withoutEditorContext } from '../../core/capture/hostText.ts';
import type { MessageSignal, TranscriptMessage } from '../../core/capture/message.ts';
import { type Fields, fieldsAt, isFields, listAt, textAt, timeOf, wordsOf } from '../fields.ts';
import { createLineReader, type RecordReader } from '../lineReader.ts';
import { createPendingSignals } from '../pending.ts';
import type { TranscriptInput } from '../reader.ts';

const maxCalls = 400;

const marks = [
  '"user_message"',
  '"agent_message"',
  '"session_meta"',
  '"turn_context"',
  '"turn_aborted"',
  '"function_call"',
  '"local_shell_call"',
  '"exec_command_end"',
].map((mark) => Buffer.from(mark));
const output = Buffer.from('"function_call_output"');
const oldMessage = Buffer.from('"type":"message"');
const payload = Buffer.from('"payload"');
/** As another program would write it: then every line is looked at. */
const spaced = Buffer.from('"type": "');

export const codexReader = createLineReader({
  format: 'codex',
  detect: (head, path) =>
    /"type"\s*:\s*"(session_meta|turn_context|response_item|event_msg)"/.test(head) ||
    (/\/rollout-[^/]*\.jsonl(\.zst)?$/.test(path) && /^\s*\{/.test(head)),
  open: async (input) => createSession(input),
});

function createSession(input: TranscriptInput): RecordReader {
  const pending = createPendingSignals();
  const calls = new Map<string, { readonly tool: string; readonly command?: string }>();
  const idInName = /([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/i.exec(
    basename(input.path),
  )?.[1];
  let session = idInName ?? basename(input.path).replace(/\.jsonl(\.zst)?$/, '');
  let cwd: string | undefined;
  let branch: string | undefined;
  /** Set for a thread that another agent started: its prompts are that agent's words. */
  let isSubagent = false;
  let lastSaid = '';
  /** Where the words before those stand. */
  let saidBefore = -1;
  let saidAt = -1;

  const message = (
    role: 'user' | 'assistant',
    text: string,
    record: Fields,
    offset: number,
    signals: readonly MessageSignal[] = [],
  ): TranscriptMessage => {
    const at = timeOf(record['timestamp']);
    return {
      format: 'codex',
      role,
      text,
      session,
      message: `@${offset}`,
      ...(at !== undefined && { at }),
      ...(cwd !== undefined && { cwd }),
      ...(branch !== undefined && { branch }),
      signals,
    };
  };

  const user = (words: string, record: Fields, offset: number): readonly TranscriptMessage[] => {
    const text = withoutEditorContext(words).trim();
    if (isSubagent || text.length === 0 || isInjected(text)) return [];
    return [message('user', text, record, offset, pending.take())];
  };

  const assistant = (text: string, record: Fields, offset: number): readonly TranscriptMessage[] => {
    /* Some versions say it twice, as an event and as an item. */
    if (isSubagent || text.length === 0 || text === lastSaid) return [];
    lastSaid = text;
    saidBefore = saidAt;
    saidAt = offset;
    return [message('assistant', text, record, offset)];
  };

  const result = (callId: string | undefined, text: string): void => {
    const call = calls.get(callId ?? '');
    if (/^(?:exec command |patch )?(?:rejected|aborted|denied) by (?:the )?user/i.test(text.trimStart())) {
      pending.add(
        call === undefined ? { type: 'tool-rejected' } : { type: 'tool-rejected', tool: call.tool },
      );
      return;
    }
    if (call?.command === undefined) return;
    const code =
      /(?:Process exited with code |Exit code: |"exit_code":\s*)(-?\d+)/.exec(text.slice(0, 4000))?.[1] ??
      /"exit_code":\s*(-?\d+)/.exec(text.slice(-400))?.[1];
    if (code !== undefined) pending.command(code !== '0', call.command, code === '0' ? undefined : text);
  };

  return {
    /* The first words of a part may be repeated from before it. */
    standsAlone: (from) => saidBefore >= from,

    wants: (line) =>
      marks.some((mark) => line.includes(mark)) ||
      (line.includes(output) && calls.size > 0) ||
      (line.includes(oldMessage) && !line.includes(payload)) ||
      line.includes(spaced),

    accept(record, offset) {
      if (!isFields(record)) return [];
      const data = fieldsAt(record, 'payload');
      const type = data['type'];
      switch (record['type']) {
        case 'session_meta': {
          session = idInName ?? textAt(data, 'id') ?? session;
          cwd ??= textAt(data, 'cwd');
          branch = textAt(fieldsAt(data, 'git'), 'branch') ?? branch;
          const thread = textAt(data, 'thread_source');
          isSubagent = isFields(data['source']) || thread === 'subagent';
          return [];
        }
        case 'turn_context':
          cwd ??= textAt(data, 'cwd');
          return [];
        case 'event_msg':
          if (type === 'user_message') return user(textAt(data, 'message') ?? '', record, offset);
          if (type === 'agent_message')
            return assistant((textAt(data, 'message') ?? '').trim(), record, offset);
          if (
            type === 'turn_aborted' &&
            /^(interrupted|replaced)$/.test(textAt(data, 'reason') ?? 'interrupted')
          ) {
            pending.add({ type: 'interrupted' });
          }
          if (type === 'exec_command_end' && typeof data['exit_code'] === 'number') {
            const command = commandOf(data['command']);
            const text = textAt(data, 'aggregated_output') ?? textAt(data, 'stderr');
            pending.command(data['exit_code'] !== 0, command, data['exit_code'] === 0 ? undefined : text);
            calls.delete(textAt(data, 'call_id') ?? '');
          }
          return [];
        case 'response_item':
          acceptItem(data);
          return [];
        case 'message':
          /* Before September 2025: bare items. */
          if (record['role'] === 'user')
            return user(wordsOf(record['content'], ['input_text', 'text']), record, offset);
          if (record['role'] === 'assistant') {
            return assistant(wordsOf(record['content'], ['output_text', 'text']).trim(), record, offset);
          }
          return [];
        default:
          return [];
      }
    },
  };

  function acceptItem(item: Fields): void {
    const id = textAt(item, 'call_id');
    switch (item['type']) {
      case 'function_call': {
        const tool = textAt(item, 'name');
        if (id === undefined || tool === undefined) return;
        const command = commandOf(argumentsOf(item['arguments']));
        calls.set(id, command === undefined ? { tool } : { tool, command });
        break;
      }
      case 'local_shell_call': {
        const command = commandOf(fieldsAt(item, 'action')['command']);
        if (id !== undefined && command !== undefined) calls.set(id, { tool: 'shell', command });
        break;
      }
      case 'function_call_output':
        result(
          id,
          typeof item['output'] === 'string' ? item['output'] : wordsOf(fieldsAt(item, 'output')['content']),
        );
        break;
      default:
        return;
    }
    if (calls.size > maxCalls) calls.delete(calls.keys().next().value ?? '');
  }
}

function argumentsOf(value: unknown): unknown {
  if (typeof value !== 'string' || value.length > 200_000) return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return isFields(parsed) ? (parsed['command'] ?? parsed['cmd']) : undefined;
  } catch {
    return undefined;
  }
}

function commandOf(value: unknown): string | undefined {
  if (typeof value === 'string' && value.length > 0) return value;
  const words = listAt({ words: value }, 'words').filter((word): word is string => typeof word === 'string');
  if (words.length === 0) return undefined;
  /* `bash -lc "…"`: what was run is the last word. */
  return /^(bash|sh|zsh)$/.test(words[0] ?? '') && words.length === 3 ? words[2] : words.join(' ');
}

function isInjected(text: string): boolean {
  return (
    /^<(environment_context|user_instructions|INSTRUCTIONS|permissions instructions|turn_aborted|skill|user_shell_command|collaboration_mode|subagent_notification)\b/.test(
      text,
    ) || /^# AGENTS\.md instructions\b/.test(text)
  );
}
