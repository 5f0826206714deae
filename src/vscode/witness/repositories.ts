/** Notices that git moved, by the files it writes; git itself is never asked here. */
import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';

export interface GitMoves {
  /** HEAD is elsewhere: a checkout, a commit, a pull, a rebase. */
  readonly moved: () => void;
  /** The branch's own log grew: the user's work made a commit. */
  readonly logged: (project: string) => void;
}

/** Git's own folder of the repository at `root`; a worktree's `.git` is a file that names it. */
async function gitFolder(root: string): Promise<string | undefined> {
  const path = join(root, '.git');
  try {
    if ((await stat(path)).isDirectory()) return path;
    const named = /^gitdir:\s*(.+)$/m.exec(await readFile(path, 'utf8'))?.[1]?.trim();
    return named === undefined ? undefined : isAbsolute(named) ? named : join(root, named);
  } catch {
    return undefined;
  }
}

/** @param roots repositories of the window. */
export function watchRepositories(roots: readonly string[], { moved, logged }: GitMoves): vscode.Disposable {
  const watchers: vscode.Disposable[] = [];
  let disposed = false;
  const watch = (folder: string, file: string, act: () => void) => {
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.file(folder), file),
    );
    watchers.push(watcher, watcher.onDidChange(act), watcher.onDidCreate(act));
  };
  for (const root of roots) {
    void gitFolder(root).then((folder) => {
      if (folder === undefined || disposed) return;
      watch(folder, '{HEAD,ORIG_HEAD}', moved);
      watch(join(folder, 'logs'), 'HEAD', () => {
        moved();
        logged(root);
      });
    });
  }
  return new vscode.Disposable(() => {
    disposed = true;
    for (const watcher of watchers) watcher.dispose();
  });
}
