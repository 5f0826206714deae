/**
 * VS Code's Copilot Chat, in its three forms: the event log that hooks name (`transcripts/<id>.jsonl`), the editor's
 * own chat session as a mutation log (`chatSessions/<id>.jsonl`), and as one document (`.json`, before 1.109; also
 * what "Export Chat" writes).
 */
import { basename } from 'node:path';
import type { TranscriptEvent, TranscriptMessage } from '../../core/capture/message.ts';
import { isFields, textAt } from '../fields.ts';
import { jsonElements } from '../jsonElements.ts';
import { createLineReader } from '../lineReader.ts';
import { isBlank, maxLineBytes, textOf, withoutMark } from '../lines.ts';
import {
  type ReadContext,
  reasons,
  skipped,
  type TranscriptInput,
  type TranscriptReader,
  unreadableReason,
} from '../reader.ts';
import { createChatState, slimRequest } from './chatState.ts';
import { createChatTurns } from './chatTurns.ts';
import { isEventLog, isFromVsCode, openEventLog } from './copilotEvents.ts';

/** The event log, apart because it can be read from an offset. */
export const copilotEventsReader = createLineReader({
  format: 'copilot',
  detect: (head, path) => isEventLog(head) && isFromVsCode(head, path),
  open: (input, context) => openEventLog('copilot', input, context),
});

export const copilotReader: TranscriptReader = {
  format: 'copilot',
  appendOnly: false,
  detect: (head) =>
    isMutationLog(head) ||
    (/^\s*\{/.test(head) &&
      /"requests"\s*:\s*\[/.test(head) &&
      /"(requesterUsername|responderUsername|initialLocation|requestId)"\s*:/.test(head)),
  read: (input, context) =>
    isMutationLog(textOf(withoutMark(input.head)))
      ? readMutations(input, context)
      : readDocument(input, context),
};

function isMutationLog(head: string): boolean {
  return /^\s*\{\s*"kind"\s*:\s*[0-3]\s*,\s*"(v|k)"\s*:/.test(head);
}

function sessionOf(input: TranscriptInput): string {
  return basename(input.path).replace(/\.jsonl?$/, '');
}

const toEvent = (message: TranscriptMessage): TranscriptEvent => ({ type: 'message', message });

async function* readDocument(
  input: TranscriptInput,
  context: ReadContext,
): AsyncGenerator<readonly TranscriptEvent[]> {
  const turns = createChatTurns(sessionOf(input), await context.workspaceFolder());
  for await (const element of jsonElements(input.chunks(), ['requests'], maxLineBytes)) {
    if (element.type === 'unreadable') yield [skipped(input.path, unreadableReason[element.why], element.at)];
    if (element.type !== 'element') continue;
    if (isFields(element.value)) yield turns.next(slimRequest(element.value), element.index).map(toEvent);
    else yield [skipped(input.path, reasons.unknownShape)];
  }
  yield turns.end().map(toEvent);
}

async function* readMutations(
  input: TranscriptInput,
  context: ReadContext,
): AsyncGenerator<readonly TranscriptEvent[]> {
  const state = createChatState();
  for await (const batch of input.lines()) {
    for (const line of batch) {
      if (line.bytes === undefined) {
        if (line.offset > 0) {
          yield [skipped(input.path, reasons.tooLong, line.offset)];
          continue;
        }
        /* A compacted log is one line with the whole session in it: then its requests are read one by one. */
        for await (const element of jsonElements(input.chunks(), ['v', 'requests'], maxLineBytes)) {
          if (element.type === 'unreadable')
            yield [skipped(input.path, unreadableReason[element.why], element.at)];
          if (element.type === 'element') state.push(element.value);
        }
        continue;
      }
      const bytes = line.offset === 0 ? withoutMark(line.bytes) : line.bytes;
      if (isBlank(bytes) || !state.wants(bytes)) continue;
      let record: unknown;
      try {
        record = JSON.parse(textOf(bytes));
      } catch {
        yield [skipped(input.path, line.finished ? reasons.notJson : reasons.unfinished, line.offset)];
        continue;
      }
      if (!state.apply(record)) yield [skipped(input.path, reasons.unknownShape, line.offset)];
    }
  }
  const turns = createChatTurns(
    textAt({ id: state.session() }, 'id') ?? sessionOf(input),
    await context.workspaceFolder(),
  );
  for (const [index, request] of state.requests().entries()) {
    if (request !== undefined) yield turns.next(request, index).map(toEvent);
  }
  yield turns.end().map(toEvent);
}
