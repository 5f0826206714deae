/** What every command of the command line shares: options, clock, database, project, output. */

import type { Database } from '../core/database.ts';
import { ReverieError } from '../core/errors.ts';
import type { ProjectId } from '../core/memory.ts';
import type { Clock, Log } from '../core/ports.ts';
import { databaseFile } from '../sqlite/location.ts';
import { openDatabase } from '../sqlite/open.ts';
import { createProjectRoots } from '../transcripts/projectRoot.ts';

export interface CommonOptions {
  readonly db?: string;
  readonly json?: boolean;
  readonly now?: string;
  readonly project?: string;
  readonly verbose?: boolean;
}

export interface CommandContext {
  readonly database: Database;
  readonly file: string;
  readonly clock: Clock;
  /** True when `--now` fixed the clock: reports then hold no wall time. */
  readonly fixedClock: boolean;
  readonly log: Log;
  readonly json: boolean;
  /** The project named, else the repository around the working directory. */
  readonly project: ProjectId;
  /** True if the project was named by `--project`. */
  readonly projectNamed: boolean;
  readonly projectRoot: (directory: string) => ProjectId;
  readonly signal: AbortSignal;
  /** The one JSON document of `--json`, or the lines for a person. */
  print(document: unknown, lines: () => string): void;
}

/** Messages for a person on stderr; `debug` and `info` only with `--verbose`. */
export function createLog(verbose: boolean): Log {
  const write = (level: string) => (message: string) =>
    void process.stderr.write(`reverie ${level}: ${message}\n`);
  const silent = () => undefined;
  return {
    debug: verbose ? write('debug') : silent,
    info: verbose ? write('info') : silent,
    warn: write('warning'),
    error: write('error'),
  };
}

/** `--now` as a fixed clock, else the system's. Throws `usage` for what is no time. */
export function clockFrom(now: string | undefined): Clock {
  if (now === undefined) return { now: () => Date.now() };
  const at = Date.parse(now);
  if (Number.isNaN(at)) throw new ReverieError('usage', `--now wants an ISO 8601 time, not “${now}”.`);
  return { now: () => at };
}

/**
 * A project as its owner names it: exactly, or by its last folder's name where only one known project has it.
 * A name nobody has used yet is a new project.
 */
export async function resolveProject(name: string, database: Database): Promise<ProjectId> {
  const known = (await database.memories.projects()).map((project) => project.id);
  const exact = known.find((id) => id === name);
  if (exact !== undefined) return exact;
  const named = known.filter((id) => id.split('/').at(-1) === name);
  return named.length === 1 && named[0] !== undefined ? named[0] : (name as ProjectId);
}

/** A stop was asked for, and what was under way has ended. */
let stopped = false;

/** Ends this process once all it said is out: taking a large memory apart object by object takes longer than to leave. */
export async function leaveIfStopped(): Promise<void> {
  if (!stopped) return;
  for (const stream of [process.stdout, process.stderr])
    await new Promise<void>((resolve) => {
      stream.write('', () => resolve());
    });
  process.exit();
}

/** Opens the database, runs `command`, closes it whatever happens. Ctrl-C asks for a stop at a safe point. */
export async function withContext(
  options: CommonOptions,
  command: (context: CommandContext) => Promise<void>,
  mode: 'write' | 'read' = 'write',
): Promise<void> {
  const log = createLog(options.verbose ?? false);
  const clock = clockFrom(options.now);
  const file = options.db ?? databaseFile();
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  const database = await openDatabase({ file, mode, log, clock });
  try {
    if (database.setAside !== undefined) {
      log.warn(`The database was damaged. It is kept as ${database.setAside}; a new one was begun.`);
    }
    const projectRoot = createProjectRoots();
    const project =
      options.project === undefined
        ? projectRoot(process.cwd())
        : await resolveProject(options.project, database);
    await command({
      database,
      file,
      clock,
      fixedClock: options.now !== undefined,
      log,
      json: options.json ?? false,
      project,
      projectNamed: options.project !== undefined,
      projectRoot,
      signal: stop.signal,
      print: (document, lines) => {
        process.stdout.write(
          options.json ? `${JSON.stringify(document, undefined, 2)}\n` : `${lines().trimEnd()}\n`,
        );
      },
    });
  } finally {
    process.removeListener('SIGINT', onSignal);
    process.removeListener('SIGTERM', onSignal);
    /* Closing brings the log into the file, which nobody who asked for a stop waits for: the next to write does it. */
    if (stop.signal.aborted) stopped = true;
    else await database.close();
  }
}
