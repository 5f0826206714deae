/** The user's own new commits, read with git: only here, in a process of low priority, never on the editor's thread. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Commit, isDecisionRecord } from '../core/witness/commit.ts';

const run = promisify(execFile);
/** Commits looked at in one go; a first look takes only the last few. */
const mostCommits = 50;
const firstLook = 1;
/** A record larger than this is no record. Bytes. */
const largestRecord = 65_536;
const patienceMs = 20_000;

/** Nothing a repository configures is run: no pagers, monitors, external diffs or signature programs. */
const safely = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'log.showSignature=false',
  '-c',
  'core.pager=cat',
  '-c',
  'core.hooksPath=/dev/null',
];

async function git(root: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', [...safely, '-C', root, ...args], {
    timeout: patienceMs,
    maxBuffer: 16 * 1024 * 1024,
    windowsHide: true,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' },
  });
  return stdout;
}

const field = '\u0001';
const record = '\u0002';

export interface NewCommits {
  readonly commits: readonly Commit[];
  /** The commit up to which was read; undefined where there is none. */
  readonly head?: string;
}

/**
 * Commits that were made here (by the branch's own log, so what was pulled in is not among them) since `known`, oldest
 * first. Empty where there is no git, no repository or nothing new.
 */
export async function readCommits(root: string, known: string | undefined): Promise<NewCommits> {
  if (!existsSync(join(root, '.git'))) return { commits: [] };
  try {
    const user = (await git(root, ['config', 'user.email']).catch(() => '')).trim();
    const count = known === undefined ? firstLook : mostCommits;
    const format = ['%x02%H', '%ae', '%at', '%P', '%gs', '%B'].join('%x01');
    const log = await git(root, ['log', '-g', `-n${count}`, `--format=${format}%x01`, 'HEAD']);
    const commits: Commit[] = [];
    let head: string | undefined;
    for (const entry of log.split(record).slice(1)) {
      const [hash = '', author = '', at = '', parents = '', act = '', message = ''] = entry.split(field);
      head ??= hash;
      if (hash === known) break;
      if (!/^(?:commit|revert|cherry-pick)\b/.test(act) || commits.some((one) => one.hash === hash)) continue;
      commits.push({
        hash,
        author,
        user,
        at: Number(at) * 1000,
        parents: parents.split(' ').filter((parent) => parent !== '').length,
        message,
        ...(await filesOf(root, hash)),
      });
    }
    return { commits: commits.reverse(), ...(head === undefined ? {} : { head }) };
  } catch {
    /* No git on this machine, or no commit yet. */
    return { commits: [] };
  }
}

async function filesOf(root: string, hash: string): Promise<Pick<Commit, 'added' | 'changed'>> {
  const listed = await git(root, [
    'diff-tree',
    '--root',
    '-r',
    '--no-commit-id',
    '--name-status',
    '--no-renames',
    '--no-ext-diff',
    '-z',
    hash,
  ]);
  const words = listed.split('\0');
  const added: { path: string; text?: string }[] = [];
  const changed: string[] = [];
  for (let at = 0; at + 1 < words.length; at += 2) {
    const [status, path = ''] = [words[at], words[at + 1]];
    changed.push(path);
    if (status !== 'A') continue;
    const text = isDecisionRecord(path) ? await textOf(root, hash, path) : undefined;
    added.push({ path, ...(text === undefined ? {} : { text }) });
  }
  return { added, changed };
}

async function textOf(root: string, hash: string, path: string): Promise<string | undefined> {
  const text = await git(root, ['cat-file', 'blob', `${hash}:${path}`]).catch(() => undefined);
  return text === undefined || text.length > largestRecord ? undefined : text;
}
