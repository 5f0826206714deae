/** Checks that everything Reverie needs is there and works, and says what to do where it is not. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { discoverTranscripts } from '../../transcripts/discovery.ts';
import { type CommandContext, type CommonOptions, withContext } from '../context.ts';

export interface Finding {
  readonly check: string;
  readonly state: 'ok' | 'warning' | 'problem';
  readonly detail: string;
}

const ok = (check: string, detail: string): Finding => ({ check, state: 'ok', detail });
const warning = (check: string, detail: string): Finding => ({ check, state: 'warning', detail });
const problem = (check: string, detail: string): Finding => ({ check, state: 'problem', detail });

async function examineDatabase(context: CommandContext): Promise<readonly Finding[]> {
  const { database, file } = context;
  const findings: Finding[] = [];
  const faults = await database.check();
  const [memories, rules, nights] = await Promise.all([
    database.memories.count({}),
    database.memories.count({ kinds: ['rule', 'skill'], statuses: ['active'] }),
    database.sleep.nights(1),
  ]);
  findings.push(
    faults.length === 0
      ? ok(
          'database',
          `${file}: sound, ${memories} memories, ${rules} rules in use, ${nights[0]?.number ?? 0} nights`,
        )
      : problem('database', `${file}: ${faults[0]}. Restore a backup or an export.`),
  );
  if (database.setAside !== undefined)
    findings.push(warning('database', `a damaged file was set aside: ${database.setAside}`));
  if (database.writable !== true) {
    findings.push(
      problem(
        'writing',
        database.writable.reason === 'database-from-future'
          ? 'the database is from a newer version: update Reverie'
          : 'the database can only be read: check the rights of its folder',
      ),
    );
  }
  if (process.platform !== 'win32' && existsSync(file)) {
    const open = (statSync(file).mode | statSync(dirname(file)).mode) & 0o077;
    findings.push(
      open === 0
        ? ok('privacy', 'only you can read the database')
        : warning('privacy', `others on this machine can read ${file}: chmod 700 its folder`),
    );
  }
  return findings;
}

function examineRuntime(): readonly Finding[] {
  const root = join(__dirname, '..');
  const hook = join(root, 'plugin', 'bin', 'hook.sh');
  const major = Number(process.versions.node.split('.')[0]);
  const findings = [
    major >= 20
      ? ok('runtime', `Node ${process.versions.node} at ${process.execPath}`)
      : problem('runtime', `Node ${process.versions.node} is too old: 20 or newer is needed`),
  ];
  try {
    accessSync(hook, constants.R_OK);
    findings.push(ok('hooks', `the agent plugin is complete: ${join(root, 'plugin')}`));
  } catch {
    findings.push(problem('hooks', `${hook} cannot be read: install the extension anew`));
  }
  return findings;
}

async function examineAssistants(): Promise<readonly Finding[]> {
  const found = await discoverTranscripts();
  if (found.length === 0)
    return [warning('assistants', 'no conversations of any assistant were found on this machine')];
  return found.map(({ name, files }) => ok('assistants', `${name}: ${files.length} conversations`));
}

/** Registers the command on `program`. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('checks database, runtime, hooks and assistants')
    .action(async (_options: object, command: Command) => {
      await withContext(command.optsWithGlobals<CommonOptions>(), async (context) => {
        const findings = [
          ...examineRuntime(),
          ...(await examineDatabase(context)),
          ...(await examineAssistants()),
        ];
        const marks = { ok: '✓', warning: '!', problem: '✗' } as const;
        context.print({ findings }, () =>
          findings.map(({ check, state, detail }) => `${marks[state]} ${check}: ${detail}`).join('\n'),
        );
        if (findings.some(({ state }) => state === 'problem')) process.exitCode = 1;
      });
    });
}
