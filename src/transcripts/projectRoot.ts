/** Which project a directory belongs to: the nearest folder above it that holds a repository. */
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ProjectId } from '../core/memory.ts';

/** Forward slashes, no trailing slash, so that a project is one string on every platform. */
function normalise(path: string): string {
  const forward = path.replace(/\\/g, '/');
  return forward.length > 1 ? forward.replace(/\/+$/, '') : forward;
}

/**
 * The real path of the repository around `directory`; the directory itself where there is none, or where it is not
 * on this machine (a transcript from elsewhere names paths we must not guess about). Answers are remembered.
 */
export function createProjectRoots(): (directory: string) => ProjectId {
  const known = new Map<string, ProjectId>();
  return (directory) => {
    const remembered = known.get(directory);
    if (remembered !== undefined) return remembered;
    const project = normalise(rootOf(directory)) as ProjectId;
    known.set(directory, project);
    return project;
  };
}

/**
 * On Windows such a path names another machine, and to look at it is to knock there, with the user's name in hand: a
 * transcript may name any. Linux beside Windows is this machine.
 */
export const isElsewhere = (path: string): boolean => /^[\\/]{2}(?!wsl(?:\$|\.localhost)[\\/])/i.test(path);

function rootOf(directory: string): string {
  if (isElsewhere(directory) || !existsSync(directory)) return directory;
  const real = realpathSync(resolve(directory));
  for (let at = real; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return real;
  }
}
