/**
 * Plain rows, one JSON object a line: `{"id"?,"text","prev"?,"role"?,"at"?,"project"?,"session"?,"path"?,"kind"?}`.
 * The way in for everything that has no reader, and for measuring.
 */
import { basename } from 'node:path';
import type { TranscriptMessage } from '../../core/capture/message.ts';
import type { ProjectId } from '../../core/memory.ts';
import { isFields, textAt, timeOf } from '../fields.ts';
import { createLineReader } from '../lineReader.ts';

/** Sessions whose last assistant text is remembered, so that a `prev` is not told twice. */
const maxSessions = 2000;

/** Lines in which the format is looked for. */
const looksAt = 20;

const none: readonly never[] = [];

export const rowsReader = createLineReader({
  format: 'jsonl',
  /* Not only the first row: that one may be the broken one. */
  detect: (head) =>
    head
      .split('\n', looksAt)
      .some(
        (line) =>
          /^\s*\{/.test(line) && /"text"\s*:\s*"/.test(line) && !/"(payload|sessionId)"\s*:/.test(line),
      ),
  open: async (input) => {
    const fileSession = basename(input.path).replace(/\.[^.]+$/, '');
    const lastSaid = new Map<string, string>();
    return {
      wants: () => true,
      accept(record, offset) {
        const text = textAt(record, 'text');
        if (!isFields(record) || text === undefined) return undefined;
        if (text.trim().length === 0) return [];
        const session = textAt(record, 'session') ?? fileSession;
        const role = record['role'] === 'assistant' ? 'assistant' : 'user';
        const id =
          textAt(record, 'id') ?? (typeof record['id'] === 'number' ? String(record['id']) : undefined);
        const at = timeOf(record['at']);
        const project = textAt(record, 'project');
        const path = textAt(record, 'path');
        const kind = textAt(record, 'kind');
        const messages: TranscriptMessage[] = [];
        const before = textAt(record, 'prev');
        /* Every message with the same fields in the same order: there may be millions. */
        const row = (
          said: 'user' | 'assistant',
          words: string,
          message: string,
          own: boolean,
        ): TranscriptMessage => ({
          format: 'jsonl',
          role: said,
          text: words,
          session,
          message,
          at,
          project: project as ProjectId | undefined,
          path: own ? path : undefined,
          externalId: own ? id : undefined,
          givenKind: own ? kind : undefined,
          signals: none,
        });
        if (role === 'user' && before !== undefined && lastSaid.get(session) !== before) {
          messages.push(row('assistant', before, `@${offset}:prev`, false));
        }
        messages.push(row(role, text, id ?? `@${offset}`, true));
        lastSaid.delete(session);
        if (role === 'assistant') {
          lastSaid.set(session, text);
          if (lastSaid.size > maxSessions) lastSaid.delete(lastSaid.keys().next().value ?? '');
        }
        return messages;
      },
    };
  },
});
