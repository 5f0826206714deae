/**
 * Whose memories an MCP client may see: those of the repositories it works in, and the user's own. The client's
 * roots say where it works; a client without roots works where it started the server.
 */
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, posix, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProjectId } from '../core/memory.ts';
import type { Log } from '../core/ports.ts';

/** One question to the memory: a project (or only the user's own), and the file in hand relative to it. */
export interface Place {
  readonly project: ProjectId | undefined;
  readonly path?: string;
}

export interface McpScope {
  /** The projects of this session; empty where the client works in none. */
  projects(): Promise<readonly ProjectId[]>;
  /** The client's roots changed: they are asked for again when next needed. */
  changed(): void;
}

export function createMcpScope(deps: {
  /** Where the server was started. */
  readonly directory: string;
  /** Never a project of its own. */
  readonly home: string;
  readonly projectRoot: (directory: string) => ProjectId;
  /** URIs of the client's roots; undefined where it does not tell any. May reject. */
  readonly listRoots: () => Promise<readonly string[] | undefined>;
  readonly log: Log;
}): McpScope {
  const { projectRoot, log } = deps;
  let known: Promise<readonly ProjectId[]> | undefined;

  /** A server started at `/` or at home (as desktop clients do) is in no project at all. */
  function projectAt(directory: string): readonly ProjectId[] {
    const project = projectRoot(directory);
    const isRepository = existsSync(join(project, '.git'));
    const nowhere = dirname(project) === project || relative(project, realPath(deps.home)) === '';
    return nowhere && !isRepository ? [] : [project];
  }

  async function ask(): Promise<readonly ProjectId[]> {
    let roots: readonly string[] | undefined;
    try {
      roots = await deps.listRoots();
    } catch {
      log.warn('the client did not tell its roots: the directory the server was started in counts');
      /* It may answer the next time. */
      known = undefined;
    }
    const folders = (roots ?? []).flatMap((uri) => folderOf(uri));
    /* Roots elsewhere (another machine, a web page) are no reason to show what belongs here. */
    if (folders.length === 0) return (roots ?? []).length > 0 ? [] : projectAt(deps.directory);
    return [...new Set(folders.flatMap(projectAt))];
  }

  return {
    projects() {
      const asked = known ?? ask();
      known = asked;
      return asked;
    },
    changed() {
      known = undefined;
    },
  };
}

function folderOf(uri: string): readonly string[] {
  try {
    return uri.startsWith('file:') ? [fileURLToPath(uri)] : [];
  } catch {
    return [];
  }
}

/** With links resolved as far as the path exists: projects are real paths. */
function realPath(path: string): string {
  const absolute = resolve(path);
  for (let at = absolute; ; at = dirname(at)) {
    if (existsSync(at)) return join(realpathSync(at), relative(at, absolute));
    if (dirname(at) === at) return absolute;
  }
}

/** The file as the project sees it: relative, forward slashes; undefined outside of it. */
function within(project: ProjectId, file: string): string | undefined {
  const path = relative(project, file).replace(/\\/g, '/');
  return path === '..' || path.startsWith('../') || isAbsolute(path) ? undefined : path;
}

/**
 * What is asked about `path`: an absolute path belongs to the innermost project around it, and outside of all of
 * them only the user's own memories count. A relative one may belong to any of the projects.
 */
export function placesOf(projects: readonly ProjectId[], path: string | undefined): readonly Place[] {
  const everywhere: readonly Place[] =
    projects.length === 0 ? [{ project: undefined }] : projects.map((project) => ({ project }));
  if (path === undefined || path.trim() === '') return everywhere;
  const named = path.startsWith('file:') ? (folderOf(path)[0] ?? path) : path;
  if (!isAbsolute(named)) {
    const inside = posix.normalize(named.replace(/\\/g, '/'));
    if (inside === '..' || inside.startsWith('../')) return [{ project: undefined }];
    return everywhere.map((place) => (place.project === undefined ? place : { ...place, path: inside }));
  }
  const file = realPath(named);
  const around = projects
    .flatMap((project) => {
      const inside = within(project, file);
      return inside === undefined ? [] : [{ project, ...(inside === '' ? {} : { path: inside }) }];
    })
    .sort((one, other) => other.project.length - one.project.length);
  return [around[0] ?? { project: undefined }];
}

/** The last folder's name: how a person calls a project. */
export const projectName = (project: ProjectId): string => basename(project) || project;
