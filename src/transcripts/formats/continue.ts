/** Continue: `~/.continue/sessions/<id>.json`, `{sessionId,title,workspaceDirectory,history[]}`. */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MessageSignal, TranscriptEvent } from '../../core/capture/message.ts';
import { fieldsAt, isFields, listAt, textAt, wordsOf } from '../fields.ts';
import { jsonElements } from '../jsonElements.ts';
import { maxLineBytes } from '../lines.ts';
import { createPendingSignals } from '../pending.ts';
import {
  reasons,
  skipped,
  type TranscriptInput,
  type TranscriptReader,
  unreadableReason,
} from '../reader.ts';

export const continueReader: TranscriptReader = {
  format: 'continue',
  appendOnly: false,
  detect: (head, path) =>
    /^\s*\{/.test(head) &&
    /"history"\s*:\s*\[/.test(head) &&
    (/"(workspaceDirectory|contextItems|editorState)"\s*:/.test(head) ||
      /\/\.continue\/sessions\//.test(path)),
  read,
};

async function* read(input: TranscriptInput): AsyncGenerator<readonly TranscriptEvent[]> {
  let session = basename(input.path).replace(/\.json$/, '');
  let cwd: string | undefined;
  /* The folder may stand behind the history: a first pass looks at the fields only. */
  for await (const element of jsonElements(input.chunks(), ['history'], 0)) {
    if (element.type !== 'field' || typeof element.value !== 'string' || element.value === '') continue;
    if (element.key === 'sessionId') session = element.value;
    if (element.key === 'workspaceDirectory') cwd = folderOf(element.value);
  }
  const pending = createPendingSignals();
  for await (const element of jsonElements(input.chunks(), ['history'], maxLineBytes)) {
    if (element.type === 'unreadable') yield [skipped(input.path, unreadableReason[element.why], element.at)];
    if (element.type !== 'element') continue;
    const said = fieldsAt(element.value, 'message');
    const role = said['role'];
    if (role === undefined) yield [skipped(input.path, reasons.unknownShape)];
    if (role !== 'user' && role !== 'assistant') continue;
    const text = wordsOf(said['content']).trim();
    if (text.length > 0) {
      yield [
        {
          type: 'message',
          message: {
            format: 'continue',
            role,
            text,
            session,
            message: textAt(said, 'id') ?? String(element.index + 1),
            ...(cwd !== undefined && { cwd }),
            signals: role === 'user' ? pending.take() : [],
          },
        },
      ];
    }
    for (const call of listAt(element.value, 'toolCallStates')) {
      const signal = signalOf(call);
      if (signal !== undefined) pending.add(signal);
    }
  }
}

function signalOf(call: unknown): MessageSignal | undefined {
  if (!isFields(call) || call['status'] !== 'canceled') return undefined;
  const tool = textAt(fieldsAt(fieldsAt(call, 'toolCall'), 'function'), 'name');
  return tool === undefined ? { type: 'tool-rejected' } : { type: 'tool-rejected', tool };
}

function folderOf(named: string): string | undefined {
  if (named.length === 0) return undefined;
  try {
    return named.startsWith('file:') ? fileURLToPath(named) : named;
  } catch {
    return undefined;
  }
}
