/** `connect`: the MCP server, in the configuration of the assistants on this machine. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import {
  carryOutConnection,
  carryOutDisconnection,
  connectionState,
  describeConnection,
  planConnection,
  planDisconnection,
  planRefresh,
  wasConnected,
} from '../../assistants/connectionFiles.ts';
import { type FoundAssistant, findAssistants, type ServerCommand } from '../../assistants/connections.ts';
import { ReverieError } from '../../core/errors.ts';
import { databaseFile, reverieHome } from '../../sqlite/location.ts';
import { editorUserFolders } from '../../transcripts/discovery.ts';
import { agreed, someoneIsThere } from '../agreed.ts';
import type { CommonOptions } from '../context.ts';

interface ConnectOptions extends CommonOptions {
  readonly dryRun?: boolean;
  readonly remove?: boolean;
  readonly refresh?: boolean;
  /** With `remove`: all that were connected. One that cannot be disconnected does not keep the others. */
  readonly all?: boolean;
  /** Writes only the change that was shown under this mark. */
  readonly shown?: string;
}

const ways = { hears: 'is told by itself', asks: 'can ask' } as const;

/** This program, by the runtime that runs it: an assistant needs no `node` on its PATH. */
function thisServer(database: string | undefined): ServerCommand {
  const home = process.env['REVERIE_HOME'];
  return {
    folder: resolve(__dirname, '..'),
    command: process.execPath,
    args: [
      resolve(__dirname, 'cli.js'),
      'mcp',
      ...(database === undefined || resolve(database) === resolve(databaseFile())
        ? []
        : ['--db', resolve(database)]),
    ],
    env: { ELECTRON_RUN_AS_NODE: '1', ...(home ? { REVERIE_HOME: resolve(home) } : {}) },
  };
}

function chosenOf(names: readonly string[], found: readonly FoundAssistant[]): readonly FoundAssistant[] {
  const known = found.map(({ id }) => id).join(', ') || 'none';
  return [...new Set(names)].flatMap((name) => {
    /* `cline` is Cline in every editor that has it, `claude-code` its plugin and its server. */
    const matching = found.filter(({ id }) => id === name || id.startsWith(`${name}:`));
    if (matching.length === 0)
      throw new ReverieError('usage', `“${name}” is not on this machine; found: ${known}.`);
    return matching;
  });
}

/** Gives all files back that were connected. One that cannot be given back is left with its reason, and the others go on. */
function disconnectAll(found: readonly FoundAssistant[], folder: string, dryRun: boolean) {
  const left: { readonly id: string; readonly reason: string }[] = [];
  const removed = found
    .filter((assistant) => wasConnected(assistant, folder))
    .flatMap((assistant) => {
      const { id, name, file } = assistant;
      try {
        const plan = planDisconnection(assistant, folder);
        if (!dryRun) carryOutDisconnection(plan, folder);
        return [{ id, name, file, changed: plan.before !== plan.after }];
      } catch (error) {
        left.push({ id, reason: error instanceof Error ? error.message : String(error) });
        return [];
      }
    });
  return { removed, left };
}

async function connect(names: readonly string[], options: ConnectOptions): Promise<void> {
  const found = findAssistants({ home: homedir(), env: process.env, editors: editorUserFolders() });
  const server = thisServer(options.db);
  const print = (document: unknown, lines: string) =>
    void process.stdout.write(
      options.json ? `${JSON.stringify(document, undefined, 2)}\n` : `${lines.trimEnd()}\n`,
    );
  const folder = join(reverieHome(), 'connections');
  if (options.refresh) {
    const refreshed = found.flatMap((assistant) => planRefresh(assistant, server, folder) ?? []);
    for (const plan of refreshed) carryOutConnection(plan, folder);
    const ids = refreshed.map(({ assistant }) => assistant.id);
    return print({ refreshed: ids }, ids.join('\n') || 'Nothing has moved.');
  }
  if (options.all) {
    if (!options.remove) throw new ReverieError('usage', '--all goes with --remove.');
    const { removed, left } = disconnectAll(found, folder, options.dryRun ?? false);
    for (const { reason } of left) process.stderr.write(`reverie: ${reason}\n`);
    if (left.length > 0) process.exitCode = 1;
    return print({ removed, left }, removed.map(({ id }) => id).join('\n') || 'Nothing is connected.');
  }
  if (names.length === 0) {
    const assistants = found.map((assistant) => ({
      id: assistant.id,
      name: assistant.name,
      way: assistant.way,
      file: assistant.file,
      ...connectionState(assistant, server),
    }));
    const lines = assistants.map(
      ({ id, name, file, way, state, reason }) =>
        `${id.padEnd(18)} ${name}, ${ways[way]}: ${state}, ${reason ?? file}`,
    );
    print({ assistants }, lines.join('\n') || 'No assistant was found on this machine.');
    return;
  }
  /* All plans before the first write: one broken file stops everything. */
  const plans = chosenOf(names, found).map((assistant) =>
    options.remove ? planDisconnection(assistant, folder) : planConnection(assistant, server),
  );
  const asks = someoneIsThere(options);
  const changes: object[] = [];
  for (const plan of plans) {
    const diff = describeConnection(plan);
    const changed = plan.before !== plan.after;
    if (options.shown !== undefined && options.shown !== plan.mark)
      throw new ReverieError(
        'invalid-input',
        `${plan.assistant.file} has changed meanwhile: look at the change again.`,
      );
    if (!options.json) process.stdout.write(`${diff.trimEnd()}\n`);
    if (plan.changedSince)
      process.stderr.write(
        `reverie: ${plan.assistant.file} was changed since it was connected: only Reverie's entry goes.\n`,
      );
    const write = changed && !options.dryRun && (!asks || (await agreed('Write this?')));
    if (write) {
      if (options.remove) carryOutDisconnection(plan, folder);
      else carryOutConnection(plan, folder);
    }
    changes.push({
      id: plan.assistant.id,
      name: plan.assistant.name,
      file: plan.assistant.file,
      changed,
      written: write,
      changedSince: plan.changedSince,
      mark: plan.mark,
      diff,
      ...(options.dryRun ? { before: plan.before ?? null, after: plan.after ?? null } : {}),
    });
  }
  if (options.json) print({ changes }, '');
}

/** Registers the command on `program`. */
export function addConnectCommand(program: Command): void {
  program
    .command('connect')
    .description(
      'lists the assistants on this machine, or connects those named: their plugin or hooks, and the MCP server',
    )
    .argument('[assistant...]', 'as listed')
    .option('--dry-run', 'only show the difference')
    .option('--remove', 'disconnect: give the files back as they were')
    .option('--all', 'with --remove: all that were connected')
    .option('--refresh', 'bring what was connected up to date after Reverie has moved')
    .option('--shown <mark>', 'write only the change that --dry-run --json showed under this mark')
    .action(async (names: string[], _options: object, command: Command) =>
      connect(names, command.optsWithGlobals<ConnectOptions>()),
    );
}
