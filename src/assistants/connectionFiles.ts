/**
 * Connecting an assistant: a plan that can be shown, and carrying it out. What the file held before is kept beside
 * the memory, readable by its owner only, so that disconnecting gives every byte back.
 */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod/mini';
import { ReverieError } from '../core/errors.ts';
import type { FoundAssistant, ServerCommand } from './connections.ts';
import { hasEntry, withEntry, withoutEntry } from './connectionText.ts';
import { readExactly } from './exactText.ts';
import { patchOf } from './patch.ts';

/** `outdated`: connected, but to a Reverie or a runtime that is elsewhere; `unreadable`: see the reason. */
export type ConnectionState = 'connected' | 'outdated' | 'not-connected' | 'unreadable';

/** What connecting or disconnecting would do; undefined = no file. */
export interface ConnectionPlan {
  readonly assistant: FoundAssistant;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** True if the file was changed since it was connected: only the entry is taken out then. */
  readonly changedSince: boolean;
  /** Names this very change: it holds for what was shown, and for nothing else. */
  readonly mark: string;
}

const recordSchema = z.object({
  file: z.string(),
  /** Base64; null = there was no file. */
  original: z.nullable(z.string()),
  /** SHA-256 of what was written. */
  written: z.string(),
  /** True if the file's folder was made for it. */
  folderMade: z.boolean(),
});
type ConnectionRecord = z.infer<typeof recordSchema>;

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const recordFile = (folder: string, id: string) => join(folder, `${id.replace(':', '-')}.json`);

function readRecord(folder: string, { id, file }: FoundAssistant): ConnectionRecord | undefined {
  try {
    const record = recordSchema.parse(JSON.parse(readFileSync(recordFile(folder, id), 'utf8')));
    return record.file === file ? record : undefined;
  } catch {
    /* Without it, disconnecting still takes the entry out. */
    return undefined;
  }
}

/** Whether it was connected by this program; what its owner put in by hand is not ours to take out unasked. */
export const wasConnected = (assistant: FoundAssistant, folder: string): boolean =>
  readRecord(folder, assistant) !== undefined;

/** The reason why the file is left alone, with its name. */
function edited<T>({ file }: FoundAssistant, edit: () => T): T {
  try {
    return edit();
  } catch (error) {
    if (!ReverieError.is(error, 'invalid-input')) throw error;
    throw new ReverieError('invalid-input', `${file} was left alone: ${error.message}.`, { cause: error });
  }
}

function plan(
  assistant: FoundAssistant,
  before: string | undefined,
  after: string | undefined,
  changedSince = false,
): ConnectionPlan {
  return {
    assistant,
    before,
    after,
    changedSince,
    mark: hash(JSON.stringify([assistant.file, before, after])),
  };
}

export function planConnection(assistant: FoundAssistant, server: ServerCommand): ConnectionPlan {
  const before = readExactly(assistant.file);
  return plan(
    assistant,
    before,
    edited(assistant, () => withEntry(before, assistant.format, server)),
  );
}

/** `folder` is where the originals are kept. */
export function planDisconnection(assistant: FoundAssistant, folder: string): ConnectionPlan {
  const before = readExactly(assistant.file);
  if (before === undefined) return plan(assistant, undefined, undefined);
  const record = readRecord(folder, assistant);
  if (record?.written === hash(before)) {
    const original =
      record.original === null ? undefined : Buffer.from(record.original, 'base64').toString('utf8');
    return plan(assistant, before, original);
  }
  const after = edited(assistant, () => withoutEntry(before, assistant.format));
  return plan(assistant, before, after, record !== undefined && after !== before);
}

/**
 * Brings an entry that its owner once agreed to up to date after this program moved (an update of the extension lies in
 * another folder). Undefined where there is nothing to do, or where Reverie was not put in by us.
 */
export function planRefresh(
  assistant: FoundAssistant,
  server: ServerCommand,
  folder: string,
): ConnectionPlan | undefined {
  if (readRecord(folder, assistant) === undefined) return undefined;
  return connectionState(assistant, server).state === 'outdated'
    ? planConnection(assistant, server)
    : undefined;
}

export function connectionState(
  assistant: FoundAssistant,
  server: ServerCommand,
): { readonly state: ConnectionState; readonly reason?: string } {
  try {
    const { before, after } = planConnection(assistant, server);
    if (before === after) return { state: 'connected' };
    const has = before !== undefined && hasEntry(before, assistant.format);
    return { state: has ? 'outdated' : 'not-connected' };
  } catch (error) {
    if (error instanceof ReverieError) return { state: 'unreadable', reason: error.message };
    throw error;
  }
}

/** In one step, through links, with the rights the file had; a new one is its owner's only: it may come to hold keys. */
function replace(file: string, text: string): void {
  const target = existsSync(file) ? realpathSync(file) : file;
  const mode = existsSync(target) ? statSync(target).mode & 0o777 : 0o600;
  const fresh = `${target}.reverie-${process.pid}`;
  try {
    writeFileSync(fresh, text, { mode, flag: 'wx' });
    chmodSync(fresh, mode);
    renameSync(fresh, target);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

/** Throws `invalid-input` if the file is no longer what the plan was made from. */
function checkUnchanged({ assistant: { file }, before }: ConnectionPlan): void {
  if (readExactly(file) !== before)
    throw new ReverieError('invalid-input', `${file} has changed meanwhile: look at the change again.`);
}

export function carryOutConnection(change: ConnectionPlan, folder: string): void {
  const { assistant, before, after } = change;
  checkUnchanged(change);
  if (after === undefined || after === before) return;
  const earlier = readRecord(folder, assistant);
  const unchanged = before !== undefined && earlier?.written === hash(before);
  /* Connected once more: what is kept is what the file holds without us. */
  const base =
    before !== undefined && earlier !== undefined ? withoutEntry(before, assistant.format) : before;
  const original = base === undefined ? null : Buffer.from(base, 'utf8').toString('base64');
  const record: ConnectionRecord = {
    file: assistant.file,
    original: unchanged ? earlier.original : original,
    written: hash(after),
    folderMade: unchanged ? earlier.folderMade : !existsSync(dirname(assistant.file)),
  };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  replace(recordFile(folder, assistant.id), JSON.stringify(record));
  mkdirSync(dirname(assistant.file), { recursive: true });
  replace(assistant.file, after);
}

export function carryOutDisconnection(change: ConnectionPlan, folder: string): void {
  const { assistant, before, after } = change;
  checkUnchanged(change);
  const record = readRecord(folder, assistant);
  if (after === undefined && before !== undefined) {
    rmSync(assistant.file);
    if (record?.folderMade) {
      try {
        rmdirSync(dirname(assistant.file));
      } catch {
        /* Something else is in it by now: it stays. */
      }
    }
  } else if (after !== undefined && after !== before) {
    replace(assistant.file, after);
  }
  rmSync(recordFile(folder, assistant.id), { force: true });
}

export const describeConnection = ({ assistant: { file }, before, after }: ConnectionPlan): string =>
  patchOf({ file, before, after });
