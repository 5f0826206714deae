/**
 * Cursor: all its conversations stand in one database, `globalStorage/state.vscdb`, a table of keys and JSON values.
 * `composerData:<conversation>` lists the messages in order, `bubbleId:<conversation>:<message>` holds one of them;
 * the oldest versions kept the messages inside the list.
 */
import { fileURLToPath } from 'node:url';
import type { MessageSignal, TranscriptEvent, TranscriptMessage } from '../../core/capture/message.ts';
import { cursorFolders } from '../cursorFolders.ts';
import { type Fields, fieldsAt, isFields, listAt, textAt, timeOf } from '../fields.ts';
import { createPendingSignals } from '../pending.ts';
import { reasons, skipped, type TranscriptInput, type TranscriptReader } from '../reader.ts';
import { openSqliteFile, type SqliteFile, type StoredRow, storedFields, storedText } from '../sqliteFile.ts';

/** Rows fetched at a time: a conversation's row may be megabytes, a message's row holds whole tool results. */
const composersAtOnce = 16;
const bubblesAtOnce = 64;
/** Longer values are no conversation. Characters. */
const longestValue = 32 * 1024 * 1024;

const byUser = 1;
const byAssistant = 2;

export const cursorReader: TranscriptReader = {
  format: 'cursor',
  appendOnly: false,
  database: true,
  detect: (head, path) =>
    head.startsWith('SQLite format 3') && (/\/state\.vscdb$/.test(path) || head.includes('cursorDiskKV')),
  read,
};

async function* read(input: TranscriptInput): AsyncGenerator<readonly TranscriptEvent[]> {
  const since = input.from ?? 0;
  const file = await openSqliteFile(input.path);
  try {
    const tables = await file.all(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'cursorDiskKV'",
    );
    if (tables.length === 0) return;
    const folders = cursorFolders(input.path);
    let latest = since;
    for (let after = 'composerData:'; ; ) {
      const rows = await file.all(
        `SELECT key, CASE WHEN length(value) > ${longestValue} THEN NULL ELSE value END AS value FROM cursorDiskKV
         WHERE key > ? AND key < 'composerData;' ORDER BY key LIMIT ${composersAtOnce}`,
        [after],
      );
      if (rows.length === 0) break;
      for (const row of rows) {
        after = nextKey(row, after);
        const composer = storedFields(row['value']);
        if (composer === undefined) {
          yield [skipped(input.path, reasons.notJson)];
          continue;
        }
        const changed = timeOf(composer['lastUpdatedAt']) ?? timeOf(composer['createdAt']) ?? 0;
        if (changed < since) continue;
        latest = Math.max(latest, changed);
        const id = textAt(composer, 'composerId') ?? after.slice('composerData:'.length);
        /* A conversation another agent began: its prompts are that agent's words. */
        if (isFields(composer['subagentInfo'])) continue;
        const events = await conversation(file, composer, id, input.path, changed, folders);
        if (events.length > 0) yield events;
      }
    }
    yield [{ type: 'cursor', offset: latest }];
  } finally {
    await file.close();
  }
}

/** In a damaged index keys can come round in a circle: then reading ends instead of going on for ever. */
function nextKey(row: StoredRow, before: string): string {
  const key = storedText(row['key']);
  if (Buffer.compare(Buffer.from(key), Buffer.from(before)) <= 0)
    throw Object.assign(new Error('The keys are not in order.'), { code: 'SQLITE_CORRUPT' });
  return key;
}

/** What is kept of a message until all of its conversation was read. */
interface Bubble {
  readonly type: unknown;
  readonly text: string;
  readonly at: number | undefined;
  readonly folder: string | undefined;
  readonly signals: readonly MessageSignal[];
}

function bubbleOf(bubble: Fields): Bubble {
  const folders = listAt(bubble, 'workspaceUris');
  const folder = textAt(bubble, 'workspaceProjectDir') ?? (folders.length === 1 ? folders[0] : undefined);
  return {
    type: bubble['type'],
    text: (textAt(bubble, 'text') ?? '').trim(),
    at: timeOf(bubble['createdAt']) ?? timeOf(fieldsAt(bubble, 'timingInfo')['clientStartTime']),
    folder: typeof folder === 'string' ? pathOf(folder) : undefined,
    signals: signalsOf(fieldsAt(bubble, 'toolFormerData')),
  };
}

async function conversation(
  file: SqliteFile,
  composer: Fields,
  session: string,
  path: string,
  changed: number,
  folders: (session: string) => Promise<string | undefined>,
): Promise<readonly TranscriptEvent[]> {
  const events: TranscriptEvent[] = [];
  const bubbles = new Map<string, Bubble>();
  const order: string[] = [];
  for (const inline of listAt(composer, 'conversation')) {
    if (!isFields(inline)) continue;
    const id = textAt(inline, 'bubbleId') ?? `#${order.length + 1}`;
    order.push(id);
    bubbles.set(id, bubbleOf(inline));
  }
  const headers = listAt(composer, 'fullConversationHeadersOnly').filter(isFields);
  const times = new Map(
    headers.map((header) => [textAt(header, 'bubbleId') ?? '', timeOf(header['createdAt'])]),
  );
  if (headers.length > 0) {
    const shown = headers.filter((header) => fieldsAt(header, 'grouping')['isRenderable'] !== false);
    order.splice(0, order.length, ...shown.flatMap((header) => textAt(header, 'bubbleId') ?? []));
  }
  const prefix = `bubbleId:${session}:`;
  for (let after = prefix; ; ) {
    const rows = await file.all(
      `SELECT key, CASE WHEN length(value) > ${longestValue} THEN NULL ELSE value END AS value FROM cursorDiskKV
       WHERE key > ? AND key < ? ORDER BY key LIMIT ${bubblesAtOnce}`,
      [after, `bubbleId:${session};`],
    );
    if (rows.length === 0) break;
    for (const row of rows) {
      after = nextKey(row, after);
      const bubble = storedFields(row['value']);
      if (bubble === undefined) events.push(skipped(path, reasons.notJson));
      else bubbles.set(after.slice(prefix.length), bubbleOf(bubble));
    }
  }

  const identified = fieldsAt(fieldsAt(composer, 'workspaceIdentifier'), 'uri');
  const named = textAt(identified, 'fsPath') ?? textAt(identified, 'path');
  const mentioned = [...bubbles.values()].find(({ folder }) => folder !== undefined)?.folder;
  const cwd = named ?? mentioned ?? (order.length > 0 ? await folders(session) : undefined);
  const pending = createPendingSignals();
  let at = timeOf(composer['createdAt']);
  for (const id of order) {
    const bubble = bubbles.get(id);
    if (bubble === undefined) continue;
    at = bubble.at ?? times.get(id) ?? at;
    const role = bubble.type === byUser ? 'user' : bubble.type === byAssistant ? 'assistant' : undefined;
    if (role !== undefined && bubble.text.length > 0) {
      const message: TranscriptMessage = {
        format: 'cursor',
        role,
        text: bubble.text,
        session,
        message: id,
        ...(at !== undefined && { at }),
        ...(cwd !== undefined && { cwd }),
        signals: role === 'user' ? pending.take() : [],
      };
      events.push({ type: 'message', message, offset: changed });
    }
    for (const signal of bubble.signals) {
      if (signal.type === 'command') pending.command(signal.failed, signal.command, signal.output);
      else pending.add(signal);
    }
  }
  return events;
}

function pathOf(named: string): string | undefined {
  try {
    return named.startsWith('file:') ? fileURLToPath(named) : named.includes('://') ? undefined : named;
  } catch {
    return undefined;
  }
}

/** What became of a tool call. */
function signalsOf(call: Fields): readonly MessageSignal[] {
  const tool = textAt(call, 'name');
  if (tool === undefined) return [];
  const result = storedFields(textAt(call, 'result') ?? null) ?? {};
  if (call['userDecision'] === 'rejected' || call['status'] === 'rejected' || result['rejected'] === true)
    return [{ type: 'tool-rejected', tool }];
  if (call['status'] === 'cancelled') return [{ type: 'interrupted' }];
  const command = textAt(storedFields(textAt(call, 'params') ?? textAt(call, 'rawArgs') ?? null), 'command');
  if (command === undefined) return [];
  const exit = result['exitCodeV2'] ?? result['exitCode'];
  const failed = call['status'] === 'error' || (typeof exit === 'number' && exit !== 0);
  if (!failed && exit !== 0) return [];
  const output = textAt(result, 'output') ?? textAt(call, 'error');
  return [{ type: 'command', failed, command, ...(failed && output !== undefined && { output }) }];
}
