/** OpenCode: what `opencode export` writes, `{info,messages:[{info,parts}]}`. */
import { basename } from 'node:path';
import type { TranscriptEvent } from '../../core/capture/message.ts';
import { fieldsAt, isFields, listAt, textAt, timeOf } from '../fields.ts';
import { jsonElements } from '../jsonElements.ts';
import { maxLineBytes } from '../lines.ts';
import { createPendingSignals, type PendingSignals } from '../pending.ts';
import {
  reasons,
  skipped,
  type TranscriptInput,
  type TranscriptReader,
  unreadableReason,
} from '../reader.ts';

export const opencodeReader: TranscriptReader = {
  format: 'opencode',
  appendOnly: false,
  detect: (head) =>
    /^\s*\{\s*"info"\s*:\s*\{/.test(head) &&
    /"(projectID|directory)"\s*:/.test(head) &&
    /"(messages|version)"\s*:/.test(head),
  read,
};

async function* read(input: TranscriptInput): AsyncGenerator<readonly TranscriptEvent[]> {
  const pending = createPendingSignals();
  let session = basename(input.path).replace(/\.json$/, '');
  let cwd: string | undefined;
  for await (const element of jsonElements(input.chunks(), ['messages'], maxLineBytes)) {
    if (element.type === 'unreadable') yield [skipped(input.path, unreadableReason[element.why], element.at)];
    if (element.type === 'field' && element.key === 'info') {
      session = textAt(element.value, 'id') ?? session;
      cwd = textAt(element.value, 'directory');
      /* A session with a parent was started by an agent: its prompts are that agent's words. */
      if (textAt(element.value, 'parentID') !== undefined) return;
    }
    if (element.type !== 'element') continue;
    const info = fieldsAt(element.value, 'info');
    const role = info['role'];
    if (role !== 'user' && role !== 'assistant') {
      yield [skipped(input.path, reasons.unknownShape)];
      continue;
    }
    const parts = listAt(element.value, 'parts').filter(isFields);
    const words = parts.filter(
      (part) => part['type'] === 'text' && part['synthetic'] !== true && part['ignored'] !== true,
    );
    const text = words
      .map((part) => textAt(part, 'text') ?? '')
      .join('\n')
      .trim();
    const at = timeOf(fieldsAt(info, 'time')['created']);
    if (text.length > 0) {
      yield [
        {
          type: 'message',
          message: {
            format: 'opencode',
            role,
            text,
            session,
            message: textAt(info, 'id') ?? String(element.index + 1),
            ...(at !== undefined && { at }),
            ...(cwd !== undefined && { cwd }),
            signals: role === 'user' ? pending.take() : [],
          },
        },
      ];
    }
    for (const part of parts) if (part['type'] === 'tool') noteTool(pending, part);
    if (textAt(fieldsAt(info, 'error'), 'name') === 'MessageAbortedError')
      pending.add({ type: 'interrupted' });
  }
}

function noteTool(pending: PendingSignals, part: unknown): void {
  const state = fieldsAt(part, 'state');
  const tool = textAt(part, 'tool');
  const command = textAt(fieldsAt(state, 'input'), 'command');
  const error = textAt(state, 'error');
  if (state['status'] === 'error' && /rejected permission|user rejected|user dismissed/i.test(error ?? '')) {
    pending.add(tool === undefined ? { type: 'tool-rejected' } : { type: 'tool-rejected', tool });
    return;
  }
  if (command === undefined) return;
  const exit = fieldsAt(state, 'metadata')['exit'];
  const failed = state['status'] === 'error' || (typeof exit === 'number' && exit !== 0);
  if (failed) pending.command(true, command, error ?? textAt(state, 'output'));
  else if (state['status'] === 'completed') pending.command(false, command);
}
