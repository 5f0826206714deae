/** From the requests of a VS Code chat session to messages and signals. */
import { posix } from 'node:path';
import type { MessageSignal, TranscriptMessage } from '../../core/capture/message.ts';
import { fieldsAt, isFields, listAt, textAt, timeOf } from '../fields.ts';
import { createPendingSignals } from '../pending.ts';
import type { ChatRequest } from './chatState.ts';

/** Values of the editor's own enumerations. */
const cancelled = 2;
const voteUp = 1;
const voteDown = 0;
const editOutcomes: Readonly<Record<number, 'kept' | 'undone' | 'modified'>> = {
  1: 'kept',
  2: 'undone',
  3: 'modified',
};
const denied = 0;
const skippedByUser = 5;

export interface ChatTurns {
  /** The messages of one request: what was asked and what was answered. */
  next(request: ChatRequest, index: number): readonly TranscriptMessage[];
  /** What the user did after the last answer, as a message without words. */
  end(): readonly TranscriptMessage[];
}

export function createChatTurns(session: string, cwd: string | undefined): ChatTurns {
  const pending = createPendingSignals();
  let last: Pick<TranscriptMessage, 'message' | 'at'> | undefined;

  const message = (
    role: 'user' | 'assistant',
    text: string,
    id: string,
    at: number | undefined,
    signals: readonly MessageSignal[] = [],
  ): TranscriptMessage => ({
    format: 'copilot',
    role,
    text,
    session,
    message: id,
    ...(at !== undefined && { at }),
    ...(cwd !== undefined && { cwd }),
    signals,
  });

  return {
    next(request, index) {
      const id = textAt(request, 'requestId') ?? String(index + 1);
      const at = timeOf(request['timestamp']);
      const asked = request['message'];
      const text = (typeof asked === 'string' ? asked : (textAt(asked, 'text') ?? '')).trim();
      const messages: TranscriptMessage[] = [];
      /* A confirmation is a click on a button of the answer before; its words are the button's. */
      const isTyped =
        request['confirmation'] === undefined &&
        request['isHidden'] !== true &&
        request['isSystemInitiated'] !== true;
      if (text.length > 0 && isTyped) messages.push(message('user', text, id, at, pending.take()));
      const answer = answerOf(listAt(request, 'response'));
      if (answer.length > 0) messages.push(message('assistant', answer, `${id}:answer`, at));
      for (const signal of signalsOf(request)) {
        if (signal.type === 'command') pending.command(signal.failed, signal.command, signal.output);
        else pending.add(signal);
      }
      last = at === undefined ? { message: id } : { message: id, at };
      return messages;
    },
    end() {
      const signals = pending.take().filter(({ type }) => type !== 'command' && type !== 'fixed');
      if (last === undefined || signals.length === 0) return [];
      return [message('user', '', `${last.message}:after`, last.at, signals)];
    },
  };
}

/** The Markdown of an answer; names of files and symbols stand where the editor shows links. */
function answerOf(parts: readonly unknown[]): string {
  const words: string[] = [];
  for (const part of parts) {
    if (typeof part === 'string') words.push(part);
    if (!isFields(part)) continue;
    if (part['kind'] === undefined) words.push(textAt(part, 'value') ?? textAt(part['value'], 'value') ?? '');
    else if (part['kind'] === 'inlineReference') words.push(nameOf(part['name'], part['inlineReference']));
  }
  return words.join('').trim();
}

function nameOf(name: unknown, reference: unknown): string {
  if (typeof name === 'string' && name.length > 0) return `\`${name}\``;
  const named = textAt(reference, 'name');
  if (named !== undefined) return `\`${named}\``;
  const path = pathOf(fieldsAt(reference, 'uri')) ?? pathOf(reference);
  return path === undefined ? '' : `\`${posix.basename(path)}\``;
}

function pathOf(uri: unknown): string | undefined {
  if (typeof uri === 'string') return uri.replace(/^file:\/\//, '');
  return textAt(uri, 'fsPath') ?? textAt(uri, 'path');
}

/** What the user did about the answer to this request. */
function signalsOf(request: ChatRequest): readonly MessageSignal[] {
  const signals: MessageSignal[] = [];
  for (const part of listAt(request, 'response')) {
    if (!isFields(part) || part['kind'] !== 'toolInvocationSerialized') continue;
    const tool = textAt(part, 'toolId');
    const confirmed = part['isConfirmed'];
    const reason = isFields(confirmed) ? confirmed['type'] : confirmed;
    if (reason === false || reason === denied || reason === skippedByUser) {
      signals.push(tool === undefined ? { type: 'tool-rejected' } : { type: 'tool-rejected', tool });
    }
    const specific = fieldsAt(part, 'toolSpecificData');
    const exit = fieldsAt(specific, 'terminalCommandState')['exitCode'];
    const line = fieldsAt(specific, 'commandLine');
    const command = textAt(line, 'userEdited') ?? textAt(line, 'original') ?? textAt(specific, 'command');
    if (typeof exit === 'number') {
      signals.push({ type: 'command', failed: exit !== 0, ...(command !== undefined && { command }) });
    }
  }
  const state = fieldsAt(request, 'modelState')['value'] ?? request['modelState'];
  if (request['isCanceled'] === true || state === cancelled) signals.push({ type: 'interrupted' });
  const vote = request['vote'];
  if (vote === voteUp || vote === voteDown) {
    const reason = textAt(request, 'voteDownReason');
    signals.push({ type: 'vote', up: vote === voteUp, ...(reason !== undefined && { reason }) });
  }
  for (const event of listAt(request, 'editedFileEvents')) {
    const outcome = isFields(event) ? editOutcomes[Number(event['eventKind'])] : undefined;
    const path = isFields(event) ? pathOf(event['uri']) : undefined;
    if (outcome !== undefined) signals.push({ type: 'edit', outcome, ...(path !== undefined && { path }) });
  }
  return signals;
}
