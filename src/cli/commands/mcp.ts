/** `mcp`: the memory for any client of the Model Context Protocol, on standard input and output. */
import { Console } from 'node:console';
import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import type { Command } from 'commander';
import packageJson from '../../../package.json' with { type: 'json' };
import { databaseFile } from '../../sqlite/location.ts';
import { openDatabase } from '../../sqlite/open.ts';
import { fileBlob } from '../../transcripts/fileBlob.ts';
import { createProjectRoots } from '../../transcripts/projectRoot.ts';
import { createCaptureFor } from '../capturing.ts';
import { type CommonOptions, clockFrom, createLog, resolveProject } from '../context.ts';

/** An assistant waits for its tool: a locked memory is tried for no longer than this, ms. */
const busyMs = 4_000;

/** Registers the command on `program`. */
export function addMcpCommand(program: Command): void {
  program
    .command('mcp')
    .description('a Model Context Protocol server on standard input and output, for any assistant')
    .action(async (_options: object, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      /* Standard output belongs to the protocol, whatever a library may wish to say. */
      globalThis.console = new Console(process.stderr);
      const log = createLog(options.verbose ?? false);
      const clock = clockFrom(options.now);
      const file = options.db ?? databaseFile();
      const named = options.project;
      /* A bundle of its own (see esbuild.mjs): the protocol's library is no burden to other commands. */
      const { serveMcp } = await import('../../assistants/mcp.ts');
      await serveMcp({
        version: packageJson.version,
        clock,
        log,
        privateSession: process.env['REVERIE_PRIVATE'] === '1',
        session: `mcp ${randomUUID()}`,
        directory: process.cwd(),
        home: homedir(),
        projectRoot: createProjectRoots(),
        fileBlob,
        openDatabase: () => openDatabase({ file, mode: 'write', log, clock, busyMs }),
        captureFor: (database) => createCaptureFor({ database, clock, log }),
        ...(named === undefined ? {} : { namedProject: (database) => resolveProject(named, database) }),
      });
    });
}
