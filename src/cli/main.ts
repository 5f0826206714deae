/** The command line. Exit codes: 0 done, 1 failed with a one-line reason on stderr, 2 wrong usage. */
import { Command, CommanderError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { ReverieError } from '../core/errors.ts';
import { addCaptureCommands } from './commands/capture.ts';
import { addConnectCommand } from './commands/connect.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addMcpCommand } from './commands/mcp.ts';
import { addMemoryCommands } from './commands/memories.ts';
import { addPortabilityCommands } from './commands/portability.ts';
import { addRecallCommands } from './commands/recall.ts';
import { addSimulateCommand } from './commands/simulate.ts';
import { addSleepCommands } from './commands/sleep.ts';
import { addWriteRulesCommand } from './commands/writeRules.ts';
import { leaveIfStopped } from './context.ts';

export { isWorthKeeping } from './work.ts';

const commonOptions = (): readonly Option[] => [
  new Option('--db <file>', 'the database; default $REVERIE_HOME/memory.db, ~/.reverie/memory.db'),
  new Option('--json', 'one JSON document on standard output'),
  new Option('--now <time>', 'the clock, ISO 8601: for replays and tests'),
  new Option('--project <name>', 'the project; default: the repository around the working directory'),
  new Option('--verbose', 'say more on standard error'),
];

function createProgram(): Command {
  const program = new Command('reverie')
    .description('A sleeping memory for coding assistants.')
    .version(packageJson.version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true });
  for (const option of commonOptions()) program.addOption(option);
  addCaptureCommands(program);
  addRecallCommands(program);
  addSleepCommands(program);
  addSimulateCommand(program);
  addMemoryCommands(program);
  addPortabilityCommands(program);
  addWriteRulesCommand(program);
  addConnectCommand(program);
  addDoctorCommand(program);
  addMcpCommand(program);
  /* The common options may stand before or after the command, as people type them. */
  for (const command of program.commands) {
    command.exitOverride();
    for (const option of commonOptions()) command.addOption(option.hideHelp());
  }
  return program;
}

/** Whoever reads the output has seen enough (`| head`): no failure, and what the command does beside telling it goes on. */
const isReaderGone = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EPIPE';

process.stdout.on('error', (error) => {
  if (!isReaderGone(error)) throw error;
});

function fail(error: unknown): void {
  if (isReaderGone(error)) return;
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`reverie: ${message.split('\n')[0]}\n`);
  if (process.argv.includes('--verbose') && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exitCode = ReverieError.is(error, 'usage') ? 2 : 1;
}

createProgram().parseAsync(process.argv).catch(fail).then(leaveIfStopped);
