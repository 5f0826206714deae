/** OpenCode: an export, `{info,messages:[{info,parts}]}`, or its live store, where messages and parts lie apart. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { TranscriptEvent, TranscriptMessage } from '../../core/capture/message.ts';
import { type Fields, fieldsAt, isFields, listAt, textAt, timeOf } from '../fields.ts';
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
import { openSqliteFile, storedFields, storedText } from '../sqliteFile.ts';

/** What `opencode export` writes. */
export const opencodeReader: TranscriptReader = {
  format: 'opencode',
  appendOnly: false,
  detect: (head) =>
    /^\s*\{\s*"info"\s*:\s*\{/.test(head) &&
    /"(projectID|directory)"\s*:/.test(head) &&
    /"(messages|version)"\s*:/.test(head),
  read: readExport,
};

/** The live store since 1.2. */
export const opencodeDatabaseReader: TranscriptReader = {
  format: 'opencode',
  appendOnly: false,
  database: true,
  detect: (head, path) => head.startsWith('SQLite format 3') && /\/opencode[^/]*\.db$/.test(path),
  read: readDatabase,
};

/** The live store before: a file for the session, one for each message, one for each of its parts. */
export const opencodeTreeReader: TranscriptReader = {
  format: 'opencode',
  appendOnly: false,
  detect: (head, path) => /\/storage\/session\/[^/]+\/ses_[^/]+\.json$/.test(path) && /^\s*\{/.test(head),
  read: readTree,
};

async function* readExport(input: TranscriptInput): AsyncGenerator<readonly TranscriptEvent[]> {
  let conversation = createConversation(basename(input.path).replace(/\.json$/, ''), undefined);
  for await (const element of jsonElements(input.chunks(), ['messages'], maxLineBytes)) {
    if (element.type === 'unreadable') yield [skipped(input.path, unreadableReason[element.why], element.at)];
    if (element.type === 'field' && element.key === 'info') {
      /* A session with a parent was started by an agent: its prompts are that agent's words. */
      if (textAt(element.value, 'parentID') !== undefined) return;
      conversation = createConversation(
        textAt(element.value, 'id') ?? conversation.session,
        textAt(element.value, 'directory'),
      );
    }
    if (element.type !== 'element') continue;
    const message = conversation.accept(
      fieldsAt(element.value, 'info'),
      listAt(element.value, 'parts'),
      String(element.index + 1),
    );
    if (message === 'unknown') yield [skipped(input.path, reasons.unknownShape)];
    else if (message !== undefined) yield [{ type: 'message', message }];
  }
}

async function* readDatabase(input: TranscriptInput): AsyncGenerator<readonly TranscriptEvent[]> {
  const since = input.from ?? 0;
  const file = await openSqliteFile(input.path);
  try {
    const sessions = await file.all(
      'SELECT id, directory, time_updated FROM session WHERE parent_id IS NULL AND time_updated >= ? ORDER BY time_created, id',
      [since],
    );
    let latest = since;
    for (const session of sessions) {
      const id = storedText(session['id']);
      const conversation = createConversation(id, storedText(session['directory']) || undefined);
      const messages = await file.all(
        'SELECT id, time_created, data FROM message WHERE session_id = ? ORDER BY time_created, id',
        [id],
      );
      const events: TranscriptEvent[] = [];
      for (const row of messages) {
        const info = storedFields(row['data']);
        const parts = await file.all('SELECT data FROM part WHERE message_id = ? ORDER BY id', [
          storedText(row['id']),
        ]);
        const message = conversation.accept(
          info === undefined ? {} : { ...info, id: storedText(row['id']) },
          parts.map(({ data }) => storedFields(data)),
          storedText(row['id']),
        );
        const offset = Number(row['time_created']);
        if (message === 'unknown') events.push(skipped(input.path, reasons.unknownShape));
        else if (message !== undefined) events.push({ type: 'message', message, offset });
        if (offset >= latest) latest = offset + 1;
      }
      yield events;
    }
    yield [{ type: 'cursor', offset: latest }];
  } finally {
    await file.close();
  }
}

async function* readTree(input: TranscriptInput): AsyncGenerator<readonly TranscriptEvent[]> {
  const info = await jsonFile(input.path);
  if (info === undefined) {
    yield [skipped(input.path, reasons.notJson)];
    return;
  }
  if (textAt(info, 'parentID') !== undefined) return;
  const id = textAt(info, 'id') ?? basename(input.path).replace(/\.json$/, '');
  const conversation = createConversation(id, textAt(info, 'directory'));
  const storage = dirname(dirname(dirname(input.path)));
  const folder = join(storage, 'message', id);
  /* Identities rise with time, so that their order is the order of the messages. */
  for (const name of await jsonNames(folder)) {
    const said = await jsonFile(join(folder, name));
    const message = textAt(said, 'id') ?? name.replace(/\.json$/, '');
    const partsFolder = join(storage, 'part', message);
    const parts: unknown[] = [];
    for (const part of await jsonNames(partsFolder)) parts.push(await jsonFile(join(partsFolder, part)));
    const accepted = said === undefined ? 'unknown' : conversation.accept(said, parts, message);
    if (accepted === 'unknown') yield [skipped(input.path, reasons.unknownShape)];
    else if (accepted !== undefined) yield [{ type: 'message', message: accepted }];
  }
}

async function jsonNames(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.json')).sort();
}

async function jsonFile(path: string): Promise<Fields | undefined> {
  try {
    return (await stat(path)).size > maxLineBytes ? undefined : storedFields(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

interface Conversation {
  readonly session: string;
  /** The message, if anything was said; `unknown` for what is no message. */
  accept(info: Fields, parts: readonly unknown[], id: string): TranscriptMessage | 'unknown' | undefined;
}

function createConversation(session: string, cwd: string | undefined): Conversation {
  const pending = createPendingSignals();
  return {
    session,
    accept(info, all, id) {
      const role = info['role'];
      if (role !== 'user' && role !== 'assistant') return 'unknown';
      const parts = all.filter(isFields);
      const text = parts
        .filter((part) => part['type'] === 'text' && part['synthetic'] !== true && part['ignored'] !== true)
        .map((part) => textAt(part, 'text') ?? '')
        .join('\n')
        .trim();
      const at = timeOf(fieldsAt(info, 'time')['created']);
      const message: TranscriptMessage | undefined =
        text.length === 0
          ? undefined
          : {
              format: 'opencode',
              role,
              text,
              session,
              message: textAt(info, 'id') ?? id,
              ...(at !== undefined && { at }),
              ...(cwd !== undefined && { cwd }),
              signals: role === 'user' ? pending.take() : [],
            };
      for (const part of parts) if (part['type'] === 'tool') noteTool(pending, part);
      if (textAt(fieldsAt(info, 'error'), 'name') === 'MessageAbortedError')
        pending.add({ type: 'interrupted' });
      return message;
    },
  };
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
