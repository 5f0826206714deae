/** Sleeping, looking at nights, taking them back. */
import type { Command } from 'commander';
import packageJson from '../../../package.json' with { type: 'json' };
import { readInstructionFolder, readInstructionLines } from '../../assistants/instructionLines.ts';
import { ReverieError } from '../../core/errors.ts';
import type { NightId } from '../../core/memory.ts';
import { sleepOneNight } from '../../core/sleep/cycle.ts';
import { sleepPressure } from '../../core/sleep/night/drive.ts';
import { asPastNight, healthLine, nightsOfHealth, sleepHealth } from '../../core/sleep/night/health.ts';
import type { UndoChoice } from '../../core/sleep/night/store.ts';
import { type InstructionLine, type NightReport, phaseNames } from '../../core/sleep/phase.ts';
import { selectPhases, sleepPhases } from '../../core/sleep/phases.ts';
import { loadTokenizer } from '../../models/tokenizer.ts';
import { createIds } from '../../sqlite/ids.ts';
import { databaseFile } from '../../sqlite/location.ts';
import { type CommandContext, type CommonOptions, withContext } from '../context.ts';
import { tuneForBulk } from '../engine.ts';
import { chooseModel, type ModelWords, readModelRequests, requestLines } from '../languageModel.ts';
import { nightLines } from '../nightText.ts';
import { showNightProgress } from '../progress.ts';
import { didItsWork } from '../work.ts';
import { addStockCommands } from './stock.ts';

interface SleepOptions extends CommonOptions, ModelWords {
  readonly scope?: string;
  readonly phases?: string;
  readonly dryRun?: boolean;
  readonly budget?: string;
  readonly seed?: string;
  readonly instructions?: string;
  readonly approval?: string;
  readonly progress?: string;
  readonly keepNights?: string;
  readonly forgetWords?: boolean;
}

/** What the team told its assistants in each known project's own files, or in the folder that was named. */
async function instructionsFor(
  context: CommandContext,
  folder: string | undefined,
): Promise<readonly InstructionLine[]> {
  if (folder !== undefined) {
    return [
      ...readInstructionLines(folder, context.project),
      ...readInstructionFolder(folder, context.project),
    ];
  }
  const projects = await context.database.memories.projects();
  return projects
    .filter(({ id }) => id.startsWith('/') || /^[A-Za-z]:/.test(id))
    .flatMap(({ id }) => readInstructionLines(id, id));
}

function approvalFrom(word: string | undefined): 'auto' | 'balanced' | 'manual' {
  switch (word) {
    case undefined:
    case 'balanced':
      return 'balanced';
    case 'auto':
    case 'manual':
      return word;
    default:
      throw new ReverieError('usage', '--approval is one of auto, balanced, manual.');
  }
}

/** Names a wrong phase as wrong usage before anything begins. */
function phasesFrom(list: string): readonly string[] {
  const wanted = list.split(',').map((phase) => phase.trim());
  try {
    selectPhases(sleepPhases, wanted);
  } catch (error) {
    if (ReverieError.is(error, 'invalid-input'))
      throw new ReverieError('usage', error.message, { cause: error });
    throw error;
  }
  return wanted;
}

/** One phase of a night by its name; `precision` goes with no other here, so numbers would say too much. */
function choiceFrom(options: {
  readonly change?: string;
  readonly phase?: string;
  readonly keepChanged?: boolean;
}): UndoChoice {
  const { change, phase: word, keepChanged = false } = options;
  if (keepChanged && (change !== undefined || word !== undefined))
    throw new ReverieError('usage', '--keep-changed goes with a whole night.');
  if (keepChanged) return { keepChanged };
  if (word === undefined) return change === undefined ? {} : { change };
  const phase = phaseNames.find((name) => name === word.trim().toLowerCase());
  if (phase === undefined || change !== undefined)
    throw new ReverieError('usage', `--phase is one of ${phaseNames.join(', ')}, without --change.`);
  return { phase };
}

async function sleep(context: CommandContext, options: SleepOptions): Promise<void> {
  const budget = options.budget === undefined ? undefined : Number(options.budget);
  if (budget !== undefined && !(budget > 0))
    throw new ReverieError('usage', '--budget wants seconds above 0.');
  const keepNights = options.keepNights === undefined ? undefined : Number(options.keepNights);
  if (keepNights !== undefined && !(Number.isInteger(keepNights) && keepNights >= 1))
    throw new ReverieError('usage', '--keep-nights wants a whole number from 1 on.');
  const phases = options.phases === undefined ? undefined : phasesFrom(options.phases);
  const chosen = chooseModel(options, context);
  const memories = await context.database.memories.count({});
  tuneForBulk(memories);
  if (memories > 0) didItsWork();
  try {
    const report: NightReport = await sleepOneNight(
      {
        sleep: context.database.sleep,
        clock: context.clock,
        ids: createIds(),
        tokenizer: await loadTokenizer(),
        log: context.log,
        ...(chosen.model === undefined ? {} : { model: chosen.model }),
      },
      {
        owner: `${process.pid}`,
        program: packageJson.version,
        fixedClock: context.fixedClock,
        signal: context.signal,
        instructions: await instructionsFor(context, options.instructions),
        approval: approvalFrom(options.approval),
        onProgress: showNightProgress(options.progress),
        dryRun: options.dryRun ?? false,
        forgetWords: options.forgetWords ?? false,
        modelBudget: chosen.budget,
        ...(options.scope === undefined ? {} : { scope: options.scope }),
        ...(options.seed === undefined ? {} : { seed: options.seed }),
        ...(phases === undefined ? {} : { phases }),
        ...(keepNights === undefined ? {} : { keepNights }),
        ...(budget === undefined ? {} : { budgetSeconds: budget }),
      },
    );
    context.print(report, () => nightLines(report));
  } finally {
    chosen.close();
  }
}

async function undo(context: CommandContext, which: string, only: UndoChoice): Promise<void> {
  const { sleep: store } = context.database;
  const night =
    which === 'last'
      ? (await store.nights(50)).find((one) => one.state === 'complete' || one.state === 'interrupted')
      : await store.night(which as NightId);
  if (night === undefined)
    throw new ReverieError(
      'not-found',
      which === 'last' ? 'There is no night to take back.' : `There is no night ${which}.`,
    );
  const undone = await store.undo(night.id, only).catch((error: unknown) => {
    const whole = only.change === undefined && only.phase === undefined;
    if (!whole || !ReverieError.is(error, 'undo-conflict')) throw error;
    throw new ReverieError(
      'undo-conflict',
      `${error.message} With --keep-changed it stays, and the rest of the night is taken back.`,
      { cause: error },
    );
  });
  const document = {
    night: night.id,
    undone: undone.length,
    changes: undone.map(({ id, act, why }) => ({ id, act, why })),
  };
  context.print(
    document,
    () =>
      `Took back ${undone.length} ${undone.length === 1 ? 'change' : 'changes'} of night ${night.number}.`,
  );
}

/** How the sleep itself is doing, in one line; nothing where it is sound. */
async function adviceFor({ database, clock }: CommandContext): Promise<readonly string[]> {
  const nights = await database.sleep.nights(nightsOfHealth);
  const { pressure } = await sleepPressure(database.memories, clock.now());
  const line = healthLine(sleepHealth(nights.map(asPastNight), pressure, clock.now()));
  return line === undefined ? [] : [line];
}

/** Registers the commands on `program`. */
export function addSleepCommands(program: Command): void {
  program
    .command('sleep')
    .description(
      'one night: replay, rescale, propagate, crystallize, reorganize, merge, prune, dream, take stock',
    )
    .option('--scope <what>', 'only this project, folder or topic')
    .option('--phases <list>', 'only these phases, by number or name: 1,4')
    .option('--dry-run', 'say what would change, change nothing')
    .option('--budget <seconds>', 'stop at a safe point after so long')
    .option(
      '--model <name>',
      'a language model for the wording: none, openai, parent, or a name at $REVERIE_MODEL_ENDPOINT',
      'none',
    )
    .option('--model-calls <n>', 'ask it at most so often')
    .option('--model-tokens <n>', 'tokens of an answer')
    .option('--model-call-seconds <n>', 'wait so long for one answer')
    .option('--model-seconds <n>', 'and so long for all')
    .option('--keep-nights <n>', 'so many nights can be taken back; default: 30')
    .option(
      '--forget-words',
      'of episodes whose rule stands, and which no night that can be undone reaches back to, keep the lesson only; cannot be undone',
    )
    .option('--seed <text>', 'the seed of chance; default: the number of the night')
    .option('--approval <how>', 'auto, balanced or manual')
    .option('--instructions <dir>', "the team's own rule files, if not in the project's folder")
    .option('--progress <how>', 'jsonl: one JSON object a step on stderr, for programs')
    .action(async (_options: object, command: Command) => {
      const options = command.optsWithGlobals<SleepOptions>();
      await withContext(options, (context) => sleep(context, options));
    });

  program
    .command('nights [id]')
    .description('the nights so far, or one with every change and its reason')
    .option('--limit <n>', 'at most so many', Number, 30)
    .action(async (id: string | undefined, options: { limit: number }, command: Command) => {
      await withContext(command.optsWithGlobals<CommonOptions>(), async (context) => {
        const { sleep: store } = context.database;
        if (id === undefined) {
          const nights = await store.nights(options.limit);
          const advice = nights.length === 0 ? [] : await adviceFor(context);
          context.print(
            nights.map((night) => ({ ...night.report, state: night.state })),
            () =>
              nights.length === 0
                ? 'No night yet.'
                : [
                    ...advice,
                    ...nights.map((night) => nightLines({ ...night.report, state: night.state })),
                  ].join('\n\n'),
          );
          return;
        }
        const night = await store.night(id as NightId);
        if (night === undefined) throw new ReverieError('not-found', `There is no night ${id}.`);
        const journal = await store.journal(night.id);
        context.print({ ...night.report, state: night.state, journal }, () =>
          [
            nightLines(night.report),
            '',
            ...journal.map(
              (entry) => `  ${entry.id}  ${entry.act}: ${entry.why}${entry.undone ? ' (taken back)' : ''}`,
            ),
          ].join('\n'),
        );
      });
    });

  program
    .command('undo <night>')
    .description('takes back a night (its id, or: last), or of it one phase or one change')
    .option('--change <id>', 'only this change, and what the night built on it')
    .option('--phase <name>', 'only what this phase did, and what the night built on that')
    .option('--keep-changed', 'all but what was changed since')
    .action(async (which: string, options: { change?: string; phase?: string }, command: Command) => {
      await withContext(command.optsWithGlobals<CommonOptions>(), (context) =>
        undo(context, which, choiceFrom(options)),
      );
    });

  program
    .command('model-requests')
    .description('what a language model was last asked, word for word')
    .action(async (_options: object, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      const requests = readModelRequests(options.db ?? databaseFile());
      process.stdout.write(
        options.json ? `${JSON.stringify(requests, undefined, 2)}\n` : requestLines(requests),
      );
    });

  addStockCommands(program);
}
