/**
 * Claude Code: one JSON record a line. Of the `user` records few were typed: most carry tool results, some are
 * command expansions, summaries or notices. See {@link typedWords} for what counts.
 */
import { basename } from 'node:path';
import type { MessageSignal, TranscriptMessage } from '../../core/capture/message.ts';
import { type Fields, fieldsAt, isFields, listAt, textAt, timeOf, wordsOf } from '../fields.ts';
import { createLineReader, type RecordReader } from '../lineReader.ts';
import { createPendingSignals } from '../pending.ts';
import type { TranscriptInput } from '../reader.ts';
import { isInjected, planRequest, rejectionReason, withoutInjected } from './claudeText.ts';

/** Commands remembered by the id of their tool call, until their result comes. */
const maxCalls = 400;

const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');
const marks = {
  message: bytesOf('"message":'),
  toolResult: bytesOf('"type":"tool_result"'),
  toolUse: bytesOf('"type":"tool_use"'),
  text: bytesOf('"type":"text"'),
  plainWords: bytesOf('"role":"assistant","content":"'),
  error: bytesOf('"is_error":true'),
  toolUseId: bytesOf('"tool_use_id":"'),
  interrupted: bytesOf('[Request interrupted'),
  answers: bytesOf('"answers":'),
  attachment: bytesOf('"type":"attachment"'),
  queuedCommand: bytesOf('queued_command'),
};

/** A line whose speaker is unsure is parsed where it has one of these; the last as another program would write it. */
const unsureMarks = ['"type":"user"', '"type":"assistant"', '"type":"queue-operation"', '"type": "'].map(
  bytesOf,
);

export const claudeCodeReader = createLineReader({
  format: 'claude-code',
  detect: (head, path) =>
    /"sessionId"\s*:/.test(head)
      ? /"type"\s*:\s*"(user|assistant|progress|system|file-history-snapshot|queue-operation|permission-mode|attachment)"/.test(
          head,
        ) && !/"(projectHash|chatSessions|requesterUsername)"/.test(head.slice(0, 4000))
      : /\/\.claude\/projects\/.+\.jsonl$/.test(path) ||
        /^\s*\{"type":"(summary|file-history-snapshot)"/.test(head),
  open: async (input) => createSession(input),
});

interface Call {
  readonly tool: string;
  readonly command?: string;
}

function createSession(input: TranscriptInput): RecordReader {
  const pending = createPendingSignals();
  const calls = new Map<string, Call>();
  const queued: { readonly text: string; readonly record: Fields }[] = [];
  const recentlyTyped: string[] = [];
  const fileSession = basename(input.path).replace(/\.jsonl$/, '');
  let cwd: string | undefined;
  let session: string | undefined;
  /** The record at hand says itself which session it is of. */
  let named = false;

  const message = (
    role: 'user' | 'assistant',
    text: string,
    record: Fields,
    offset: number,
    signals: readonly MessageSignal[] = [],
    suffix = '',
  ): TranscriptMessage => {
    const told = textAt(record, 'sessionId');
    named = told !== undefined;
    const own = told ?? session ?? fileSession;
    if (own !== session) {
      session = own;
      cwd = undefined;
    }
    cwd ??= textAt(record, 'cwd');
    const at = timeOf(record['timestamp']);
    const branch = textAt(record, 'gitBranch');
    return {
      format: 'claude-code',
      role,
      text,
      session: own,
      message: (textAt(record, 'uuid') ?? `@${offset}`) + suffix,
      ...(at !== undefined && { at }),
      ...(cwd !== undefined && { cwd }),
      ...(branch !== undefined && { branch }),
      signals,
    };
  };

  const typed = (text: string, record: Fields, offset: number, extra: readonly MessageSignal[] = []) => {
    recentlyTyped.push(text);
    if (recentlyTyped.length > 20) recentlyTyped.shift();
    return message('user', text, record, offset, [...pending.take(), ...extra]);
  };

  return {
    wants(line) {
      const speaker = speakerOf(line);
      if (speaker === 'other') return false;
      if (speaker === 'assistant') {
        if (line.includes(marks.text) || line.includes(marks.plainWords)) return true;
        const call = callIn(line);
        if (call === undefined) return line.includes(marks.toolUse);
        remember(call.id, { tool: call.tool });
        return false;
      }
      if (speaker === 'user') {
        if (!line.includes(marks.toolResult)) return true;
        if (line.includes(marks.error) || line.includes(marks.answers) || line.includes(marks.interrupted))
          return true;
        return pending.hasFailures && isAwaited(line, calls);
      }
      return unsureMarks.some((mark) => line.includes(mark)) || isQueuedAttachment(line);
    },

    accept(record, offset) {
      if (!isFields(record)) return undefined;
      switch (record['type']) {
        case 'assistant':
          return isFields(record['message']) ? acceptAssistant(record, offset) : undefined;
        case 'user':
          return isFields(record['message']) ? acceptUser(record, offset) : undefined;
        case 'queue-operation':
          return acceptQueue(record, offset);
        case 'attachment':
          return acceptAttachment(record, offset);
        default:
          return [];
      }
    },

    standsAlone: () => named,
  };

  function remember(id: string, call: Call): void {
    calls.set(id, call);
    if (calls.size > maxCalls) calls.delete(calls.keys().next().value ?? '');
  }

  function acceptAssistant(record: Fields, offset: number): readonly TranscriptMessage[] {
    if (record['isSidechain'] === true || record['isApiErrorMessage'] === true) return [];
    const said = fieldsAt(record, 'message');
    if (said['model'] === '<synthetic>') return [];
    for (const block of listAt(said, 'content')) {
      if (!isFields(block) || block['type'] !== 'tool_use') continue;
      const id = textAt(block, 'id');
      const tool = textAt(block, 'name');
      if (id === undefined || tool === undefined) continue;
      const command = textAt(block['input'], 'command');
      remember(id, command === undefined ? { tool } : { tool, command });
    }
    const text = wordsOf(said['content']).trim();
    return text.length === 0 ? [] : [message('assistant', text, record, offset)];
  }

  function acceptUser(record: Fields, offset: number): readonly TranscriptMessage[] {
    if (record['isSidechain'] === true || record['isMeta'] === true) return [];
    if (record['isCompactSummary'] === true || record['isVisibleInTranscriptOnly'] === true) return [];
    const origin = textAt(fieldsAt(record, 'origin'), 'kind');
    if (origin !== undefined && origin !== 'human') return [];
    const content = fieldsAt(record, 'message')['content'];
    const messages: TranscriptMessage[] = [];
    const results = (Array.isArray(content) ? content : []).filter(
      (block): block is Fields => isFields(block) && block['type'] === 'tool_result',
    );
    for (const result of results) messages.push(...acceptResult(result, record, offset));
    /* Text beside a tool result is an interruption notice or what a hook or a skill added: never typed. */
    const words = withoutInjected(wordsOf(content)).trim();
    if (/^\[Request interrupted by user/.test(words)) {
      pending.add({ type: 'interrupted' });
      const rest = words.replace(/^\[Request interrupted by user[^\]]*\]\s*/, '');
      return rest.length > 0 && results.length === 0 ? [...messages, typed(rest, record, offset)] : messages;
    }
    if (results.length > 0 || words.length === 0 || isInjected(words)) return messages;
    const plan = planRequest(words, textAt(record, 'planContent'));
    if (plan !== undefined) {
      messages.push(message('assistant', plan.plan, record, offset, [], ':plan'));
      messages.push(typed(plan.request, record, offset));
      return messages;
    }
    messages.push(typed(words, record, offset));
    return messages;
  }

  function acceptResult(result: Fields, record: Fields, offset: number): readonly TranscriptMessage[] {
    const call = calls.get(textAt(result, 'tool_use_id') ?? '');
    const output = wordsOf(result['content']);
    const failed = result['is_error'] === true;
    const reason = failed ? rejectionReason(output) : undefined;
    if (reason !== undefined) {
      const signal: MessageSignal =
        call === undefined ? { type: 'tool-rejected' } : { type: 'tool-rejected', tool: call.tool };
      if (reason.length > 0) return [typed(reason, record, offset, [signal])];
      pending.add(signal);
      return [];
    }
    if (call?.command !== undefined) pending.command(failed, call.command, failed ? output : undefined);
    return answersIn(record, offset);
  }

  /** Answers to the assistant's multiple-choice questions that are not one of the choices were typed. */
  function answersIn(record: Fields, offset: number): readonly TranscriptMessage[] {
    const result = fieldsAt(record, 'toolUseResult');
    const answers = fieldsAt(result, 'answers');
    const messages: TranscriptMessage[] = [];
    for (const question of listAt(result, 'questions')) {
      const asked = textAt(question, 'question');
      const answer = asked === undefined ? undefined : textAt(answers, asked);
      if (asked === undefined || answer === undefined) continue;
      const choices = listAt(question, 'options').map((option) => textAt(option, 'label'));
      const chosen = answer.split(', ').every((part) => choices.includes(part)) || choices.includes(answer);
      if (chosen) continue;
      const suffix = `:${messages.length / 2}`;
      messages.push(message('assistant', asked, record, offset, [], `${suffix}q`));
      messages.push(message('user', answer, record, offset, pending.take(), suffix));
    }
    return messages;
  }

  /**
   * What was typed while the assistant worked is queued. Taken off the queue with `dequeue`, it becomes an ordinary
   * record; with `remove` it is slipped into the running turn and stands nowhere else in older versions.
   */
  function acceptQueue(record: Fields, offset: number): readonly TranscriptMessage[] {
    const text = textAt(record, 'content')?.trim();
    switch (record['operation']) {
      case 'enqueue':
        queued.push({ text: text ?? '', record });
        return [];
      case 'dequeue':
        queued.shift();
        return [];
      case 'popAll':
        queued.length = 0;
        return [];
      case 'remove': {
        const entry = queued.shift();
        if (entry === undefined || entry.text.length === 0 || isQueueNotice(entry.text)) return [];
        if (recentlyTyped.includes(entry.text)) return [];
        return [typed(entry.text, entry.record, offset)];
      }
      default:
        return [];
    }
  }

  /** Newer versions record the queued prompt that was slipped in as an attachment. */
  function acceptAttachment(record: Fields, offset: number): readonly TranscriptMessage[] {
    const attachment = fieldsAt(record, 'attachment');
    if (attachment['type'] !== 'queued_command' || record['isSidechain'] === true) return [];
    if (attachment['commandMode'] !== undefined && attachment['commandMode'] !== 'prompt') return [];
    const text = wordsOf(attachment['prompt']).trim();
    if (text.length === 0 || isQueueNotice(text) || recentlyTyped.includes(text)) return [];
    return [typed(text, record, offset)];
  }
}

function isQueueNotice(text: string): boolean {
  return text.startsWith('/') || text.startsWith('{"') || isInjected(text);
}

/** The record's own fields stand before its message, or a short way behind the beginning of it. */
const ownFields = 1200;

/**
 * Who speaks, told from the beginning of the line: a record is seldom parsed, and may be megabytes long. `unsure`
 * where the line is not as the program writes it; then all of it is looked at.
 */
function speakerOf(line: Buffer): 'user' | 'assistant' | 'other' | 'unsure' {
  const message = line.indexOf(marks.message);
  const own = line.toString('latin1', 0, message < 0 ? ownFields : message);
  if (message < 0 || message > ownFields) {
    /* Of a record without a message only those that can hold a prompt are of interest. */
    const type = /"type":"([a-z-]+)"/.exec(own)?.[1];
    return type === 'progress' || type === 'system' || type === 'file-history-snapshot' ? 'other' : 'unsure';
  }
  if (own.includes('"isSidechain":true') || own.includes('"type":"progress"')) return 'other';
  if (own.includes('"type":"user"')) return 'user';
  if (own.includes('"type":"assistant"')) return 'assistant';
  const said = line.toString('latin1', message, message + ownFields);
  const role = /"role":"(user|assistant)"/.exec(said)?.[1];
  return role === 'user' || role === 'assistant' ? role : 'unsure';
}

/** The one tool call of a line without words; undefined where there are several, or its command is of interest. */
function callIn(line: Buffer): { readonly id: string; readonly tool: string } | undefined {
  const at = line.indexOf(marks.toolUse);
  if (at < 0 || line.indexOf(marks.toolUse, at + marks.toolUse.length) >= 0) return undefined;
  const call = /^"type":"tool_use","id":"([^"\\]{1,100})","name":"([^"\\]{1,100})"/.exec(
    line.toString('latin1', at, at + 300),
  );
  const [, id, tool] = call ?? [];
  if (id === undefined || tool === undefined || tool === 'Bash' || tool === 'PowerShell') return undefined;
  return { id, tool };
}

/** Whether the line is the result of a command that is being watched; read without parsing what may be megabytes. */
function isAwaited(line: Buffer, calls: ReadonlyMap<string, Call>): boolean {
  const at = line.indexOf(marks.toolUseId);
  if (at < 0) return false;
  const from = at + marks.toolUseId.length;
  const end = line.indexOf('"', from);
  if (end < 0) return false;
  return calls.get(line.toString('latin1', from, Math.min(end, from + 100)))?.command !== undefined;
}

/** A prompt that was slipped into a running turn. */
function isQueuedAttachment(line: Buffer): boolean {
  return line.includes(marks.attachment) && line.includes(marks.queuedCommand);
}
