/**
 * The event log that the Copilot agent writes, one JSON event a line. VS Code's Copilot Chat (the transcript that its
 * hooks name) and Copilot CLI (`events.jsonl`) share its shape.
 */
import { basename, dirname } from 'node:path';
import type { MessageSignal, TranscriptFormat, TranscriptMessage } from '../../core/capture/message.ts';
import { type Fields, fieldsAt, isFields, listAt, textAt, timeOf, wordsOf } from '../fields.ts';
import type { RecordReader } from '../lineReader.ts';
import { createPendingSignals } from '../pending.ts';
import type { ReadContext, TranscriptInput } from '../reader.ts';

const maxCalls = 400;

/** True if the first lines are events of this shape. */
export function isEventLog(head: string): boolean {
  return (
    /"type"\s*:\s*"(session\.(start|resume)|user\.message|assistant\.(turn_start|message))"/.test(head) &&
    /"data"\s*:\s*\{/.test(head)
  );
}

/** True if the events were written by VS Code rather than by the command line. */
export function isFromVsCode(head: string, path: string): boolean {
  return (
    /\/github\.copilot-chat\/transcripts\//i.test(path) || /"vscodeVersion"\s*:/.test(head.slice(0, 8000))
  );
}

const wanted = [
  '"user.message"',
  '"assistant.message"',
  '"session.start"',
  '"session.resume"',
  '"session.context_changed"',
  '"permission.completed"',
  '"tool.execution_start"',
  '"abort"',
].map((mark) => Buffer.from(mark));
const completed = Buffer.from('"tool.execution_complete"');
const failed = Buffer.from('"success":false');
/** As another program would write it: then the marks above do not fit. */
const spaced = Buffer.from('"type": "');

export async function openEventLog(
  format: TranscriptFormat,
  input: TranscriptInput,
  context: ReadContext,
): Promise<RecordReader> {
  const pending = createPendingSignals();
  const calls = new Map<string, { readonly tool: string; readonly command?: string }>();
  const name = basename(input.path).replace(/\.jsonl$/, '');
  let session = name === 'events' ? basename(dirname(input.path)) : name;
  let cwd = format === 'copilot' ? await context.workspaceFolder() : undefined;
  let branch: string | undefined;

  const message = (
    role: 'user' | 'assistant',
    text: string,
    event: Fields,
    offset: number,
    signals: readonly MessageSignal[] = [],
  ): TranscriptMessage => {
    const at = timeOf(event['timestamp']);
    return {
      format,
      role,
      text,
      session,
      message: textAt(event, 'id') ?? `@${offset}`,
      ...(at !== undefined && { at }),
      ...(cwd !== undefined && { cwd }),
      ...(branch !== undefined && { branch }),
      signals,
    };
  };

  const rejected = (callId: string | undefined): MessageSignal => {
    const tool = calls.get(callId ?? '')?.tool;
    return tool === undefined ? { type: 'tool-rejected' } : { type: 'tool-rejected', tool };
  };

  return {
    /* Whose log it is stands at its beginning. */
    standsAlone: () => true,

    wants: (line) =>
      wanted.some((mark) => line.includes(mark)) ||
      (line.includes(completed) && (pending.hasFailures || line.includes(failed))) ||
      line.includes(spaced),

    accept(event, offset) {
      if (!isFields(event)) return [];
      const data = fieldsAt(event, 'data');
      switch (event['type']) {
        case 'session.start':
        case 'session.resume': {
          session = textAt(data, 'sessionId') ?? session;
          const where = fieldsAt(data, 'context');
          cwd = textAt(where, 'gitRoot') ?? textAt(where, 'cwd') ?? cwd;
          branch = textAt(where, 'branch') ?? branch;
          return [];
        }
        case 'session.context_changed':
          branch = textAt(data, 'branch') ?? branch;
          return [];
        case 'user.message': {
          const text = wordsOf(data['content']).trim();
          /* Prompts that a skill, a subagent or the program itself sent are not the user's. */
          const source = textAt(data, 'source');
          if (text.length === 0 || textAt(event, 'agentId') !== undefined) return [];
          if (source !== undefined && source !== 'user') return [];
          return [message('user', text, event, offset, pending.take())];
        }
        case 'assistant.message': {
          if (textAt(event, 'agentId') !== undefined || textAt(data, 'parentToolCallId') !== undefined)
            return [];
          for (const request of listAt(data, 'toolRequests')) remember(request, 'name');
          const text = wordsOf(data['content']).trim();
          return text.length === 0 ? [] : [message('assistant', text, event, offset)];
        }
        case 'tool.execution_start':
          remember(data, 'toolName');
          return [];
        case 'tool.execution_complete': {
          const command = calls.get(textAt(data, 'toolCallId') ?? '')?.command;
          const success = data['success'] !== false;
          const error = fieldsAt(data, 'error');
          if (!success && /^(rejected|denied)$/.test(textAt(error, 'code') ?? '')) {
            pending.add(rejected(textAt(data, 'toolCallId')));
          } else if (command !== undefined) {
            const output = textAt(error, 'message') ?? textAt(fieldsAt(data, 'result'), 'content');
            pending.command(!success, command, success ? undefined : output);
          }
          return [];
        }
        case 'permission.completed': {
          const result = fieldsAt(data, 'result');
          if (!/^denied.*by-user$/.test(textAt(result, 'kind') ?? '')) return [];
          const reason = textAt(result, 'feedback')?.trim();
          const signal = rejected(textAt(data, 'toolCallId'));
          if (reason !== undefined)
            return [message('user', reason, event, offset, [...pending.take(), signal])];
          pending.add(signal);
          return [];
        }
        case 'abort':
          pending.add({ type: 'interrupted' });
          return [];
        default:
          return [];
      }
    },
  };

  function remember(call: unknown, nameKey: string): void {
    const id = textAt(call, 'toolCallId');
    const tool = textAt(call, nameKey);
    if (id === undefined || tool === undefined) return;
    const command = textAt(fieldsAt(call, 'arguments'), 'command');
    calls.set(id, command === undefined ? { tool } : { tool, command });
    if (calls.size > maxCalls) calls.delete(calls.keys().next().value ?? '');
  }
}
