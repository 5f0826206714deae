/**
 * Gemini CLI: one document (`.json`, older), or a log of message records where a record with a known id is a newer
 * version, `{"$set":…}` changes the session and `{"$rewindTo":id}` takes that message and all after it back.
 */
import { basename } from 'node:path';
import type { MessageSignal, TranscriptEvent, TranscriptMessage } from '../../core/capture/message.ts';
import { type Fields, fieldsAt, isFields, listAt, textAt, timeOf, wordsOf } from '../fields.ts';
import { jsonElements } from '../jsonElements.ts';
import { isBlank, maxLineBytes, textOf, withoutMark } from '../lines.ts';
import { createPendingSignals } from '../pending.ts';
import {
  type ReadContext,
  reasons,
  skipped,
  type TranscriptInput,
  type TranscriptReader,
  unreadableReason,
} from '../reader.ts';

export const geminiReader: TranscriptReader = {
  format: 'gemini',
  appendOnly: false,
  detect: (head, path) =>
    (/"projectHash"\s*:/.test(head) && /"(sessionId|messages|startTime)"\s*:/.test(head)) ||
    /\/\.gemini\/tmp\/[^/]+\/chats\/[^/]+\.jsonl?$/.test(path),
  read: (input, context) => (isDocument(input) ? readDocument(input, context) : readLog(input, context)),
};

/** A document has its messages within; the first line of a log is a whole record. */
function isDocument(input: TranscriptInput): boolean {
  const head = textOf(withoutMark(input.head));
  const first = head.slice(0, head.indexOf('\n') < 0 ? head.length : head.indexOf('\n')).trim();
  if (/\.jsonl$/.test(input.path)) return false;
  return !first.endsWith('}') || /"messages"\s*:\s*\[/.test(first);
}

interface Turn {
  readonly id: string;
  readonly role: 'user' | 'assistant';
  readonly text: string;
  readonly at: number | undefined;
  readonly signals: readonly MessageSignal[];
}

async function* readDocument(
  input: TranscriptInput,
  context: ReadContext,
): AsyncGenerator<readonly TranscriptEvent[]> {
  const turns = createTurns();
  let session = basename(input.path).replace(/\.jsonl?$/, '');
  for await (const element of jsonElements(input.chunks(), ['messages'], maxLineBytes)) {
    if (element.type === 'unreadable') yield [skipped(input.path, unreadableReason[element.why], element.at)];
    else if (element.type === 'field') {
      if (element.key === 'sessionId') session = textAt({ id: element.value }, 'id') ?? session;
    } else if (!turns.add(element.value, false)) yield [skipped(input.path, reasons.unknownShape)];
  }
  yield [...turns.messages(session, await context.workspaceFolder())];
}

async function* readLog(
  input: TranscriptInput,
  context: ReadContext,
): AsyncGenerator<readonly TranscriptEvent[]> {
  const turns = createTurns();
  let session = basename(input.path).replace(/\.jsonl?$/, '');
  for await (const batch of input.lines()) {
    for (const line of batch) {
      if (line.bytes === undefined) {
        yield [skipped(input.path, reasons.tooLong, line.offset)];
        continue;
      }
      const bytes = line.offset === 0 ? withoutMark(line.bytes) : line.bytes;
      if (isBlank(bytes)) continue;
      let record: unknown;
      try {
        record = JSON.parse(textOf(bytes));
      } catch {
        yield [skipped(input.path, line.finished ? reasons.notJson : reasons.unfinished, line.offset)];
        continue;
      }
      if (!isFields(record)) {
        yield [skipped(input.path, reasons.unknownShape, line.offset)];
        continue;
      }
      const rewind = textAt(record, '$rewindTo');
      if (rewind !== undefined) turns.rewind(rewind);
      else if ('$set' in record) turns.replace(fieldsAt(record, '$set')['messages']);
      else if (textAt(record, 'sessionId') !== undefined && record['id'] === undefined) {
        session = textAt(record, 'sessionId') ?? session;
        turns.replace(record['messages']);
      } else if (!turns.add(record)) yield [skipped(input.path, reasons.unknownShape, line.offset)];
    }
  }
  yield [...turns.messages(session, await context.workspaceFolder())];
}

function createTurns() {
  let turns = new Map<string, Turn>();
  /** In a log a message with a known id is a newer version of it; in a document every message stands. */
  const add = (record: unknown, replaces = true): boolean => {
    if (!isFields(record)) return false;
    const id = textAt(record, 'id') ?? `#${turns.size + 1}`;
    const key = replaces || !turns.has(id) ? id : `${id}#${turns.size + 1}`;
    const role = record['type'] ?? record['role'];
    if (role === undefined) return false;
    /* Notices of the program ('info', 'error', 'warning') are no part of the conversation. */
    if (role !== 'user' && role !== 'gemini' && role !== 'model') return true;
    turns.set(key, {
      id,
      role: role === 'user' ? 'user' : 'assistant',
      text: role === 'user' ? typedWords(record) : wordsOf(record['content']).trim(),
      at: timeOf(record['timestamp']),
      signals: signalsOf(record),
    });
    return true;
  };
  return {
    add,
    replace(messages: unknown): void {
      if (!Array.isArray(messages)) return;
      turns = new Map();
      for (const message of messages) add(message);
    },
    rewind(id: string): void {
      if (!turns.has(id)) return;
      const kept = new Map<string, Turn>();
      for (const [key, turn] of turns) {
        if (key === id) break;
        kept.set(key, turn);
      }
      turns = kept;
    },
    *messages(session: string, cwd: string | undefined): Generator<TranscriptEvent> {
      const pending = createPendingSignals();
      for (const turn of turns.values()) {
        if (turn.text.length > 0) {
          const message: TranscriptMessage = {
            format: 'gemini',
            role: turn.role,
            text: turn.text,
            session,
            message: turn.id,
            ...(turn.at !== undefined && { at: turn.at }),
            ...(cwd !== undefined && { cwd }),
            signals: turn.role === 'user' ? pending.take() : [],
          };
          yield { type: 'message', message };
        }
        for (const signal of turn.signals) {
          if (signal.type === 'command') pending.command(signal.failed, signal.command, signal.output);
          else pending.add(signal);
        }
      }
    },
  };
}

/** The prompt without the files it named, which the program puts behind it, and not a command of the program. */
function typedWords(record: Fields): string {
  const words = wordsOf(record['displayContent'] ?? record['content']);
  const text = words.split(/\n?--- Content from referenced files ---/)[0]?.trim() ?? '';
  return /^[/?](?:[a-z]+\b)(?!\/)/.test(text) && !text.includes('\n') && text.length < 40 ? '' : text;
}

function signalsOf(record: Fields): readonly MessageSignal[] {
  const signals: MessageSignal[] = [];
  for (const call of listAt(record, 'toolCalls')) {
    const tool = textAt(call, 'name');
    const status = isFields(call) ? call['status'] : undefined;
    const command = textAt(fieldsAt(call, 'args'), 'command');
    if (status === 'cancelled')
      signals.push(tool === undefined ? { type: 'tool-rejected' } : { type: 'tool-rejected', tool });
    else if (command !== undefined && (status === 'error' || status === 'success')) {
      signals.push({ type: 'command', failed: status === 'error', command });
    }
  }
  return signals;
}
