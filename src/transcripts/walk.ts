/** Finds the files below the paths a person named. */
import { lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SkippedPart } from '../core/capture/message.ts';
import { reasons } from './reader.ts';

export type Walked =
  /**
   * `real`: the path without links. `named`: the person gave this very path, so that not being able to read it is
   * worth a word.
   */
  | { readonly type: 'file'; readonly path: string; readonly real: string; readonly named: boolean }
  | { readonly type: 'skipped'; readonly part: SkippedPart };

const ignoredFolders = new Set(['node_modules', '.git', '.hg', '.svn']);
/** What a transcript's name can end with; other files in folders are not opened. */
const transcriptName = /\.(jsonl|ndjson|json|md|markdown|zst)$|^state\.vscdb$|^opencode[^/]*\.db$/i;
/** Parts of an assistant's own store that hold no conversation, or one that is read from the file beside it. */
const besideTheConversation =
  /^(ui_messages|task_metadata|taskHistory|history_item|_index|sessions|workspace|settings|package(-lock)?|tsconfig)\.json$/i;

const maxDepth = 64;

/** Why the system refused, without the path. */
export function refusal(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  if (code === 'ENOENT' || code === 'ENOTDIR') return reasons.missing;
  return `cannot be read (${code})`;
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

/**
 * The files at and below `paths`, sorted by name within each folder, each once even if several links lead to it.
 * What is missing or unreadable is reported; nothing is thrown.
 */
export async function* walkFiles(paths: readonly string[], signal?: AbortSignal): AsyncGenerator<Walked> {
  const seen = new Set<string>();
  for (const path of paths) yield* walk(path, undefined, 0, seen, signal);
}

async function* walk(
  path: string,
  /** Known for what was found in a folder and is no link; else it is looked up. */
  known: string | undefined,
  depth: number,
  seen: Set<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Walked> {
  /* Whoever wants to stop us is heard. To wait for each look at the disk would cost more than the look. */
  await nextTurn();
  if (signal?.aborted) return;
  const named = depth === 0;
  let real: string;
  let status: Stats;
  try {
    real = known ?? realpathSync(path);
    status = statSync(real);
  } catch (error) {
    /* A link that leads nowhere or round in a circle is only of interest where it was named. */
    if (named || !isLink(path)) yield { type: 'skipped', part: { path, reason: refusal(error) } };
    return;
  }
  const identity = status.ino > 0 ? `${status.dev}:${status.ino}` : real;
  if (seen.has(identity)) return;
  seen.add(identity);
  if (status.isFile()) {
    yield { type: 'file', path, real, named };
    return;
  }
  if (!status.isDirectory()) {
    if (named) yield { type: 'skipped', part: { path, reason: reasons.notAFile } };
    return;
  }
  if (depth > maxDepth) return;
  const names: string[] = [];
  const links = new Set<string>();
  try {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const isFolder = entry.isDirectory() || entry.isSymbolicLink();
      if (isFolder ? ignoredFolders.has(entry.name) : !entry.isFile()) continue;
      if (!isFolder && (!transcriptName.test(entry.name) || besideTheConversation.test(entry.name))) continue;
      names.push(entry.name);
      if (entry.isSymbolicLink()) links.add(entry.name);
    }
  } catch (error) {
    yield { type: 'skipped', part: { path, reason: refusal(error) } };
  }
  names.sort();
  for (const name of names) {
    /* Codex compresses old sessions; where both are there, the plain one is the newer. */
    if (name.endsWith('.jsonl.zst') && names.includes(name.slice(0, -4))) continue;
    const inside = links.has(name) ? undefined : join(real, name);
    yield* walk(join(path, name), inside, depth + 1, seen, signal);
  }
}
