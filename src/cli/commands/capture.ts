/** Taking in: import of transcripts, classification of single messages, explicit memories, what a hook noticed. */
import type { Command } from 'commander';
import { z } from 'zod';
import { createCapture } from '../../core/capture/ingest.ts';
import { withTalliedTerms } from '../../core/capture/talliedTerms.ts';
import { ReverieError } from '../../core/errors.ts';
import { readHookFacts } from '../../core/injection/hookFacts.ts';
import { memoryLabels } from '../../core/memory.ts';
import { viewOf } from '../../core/memoryView.ts';
import { discoverTranscripts } from '../../transcripts/discovery.ts';
import { captureDepsFor, createCaptureFor, fixesIn, openTranscripts } from '../capturing.ts';
import { type CommandContext, type CommonOptions, withContext } from '../context.ts';
import { createSweep, tuneForImport } from '../engine.ts';
import {
  askWhich,
  chosenFrom,
  foundLines,
  type ImportSummary,
  summaryLines,
  watchImport,
} from '../importing.ts';
import { printJsonLine, readJsonLines } from '../jsonLines.ts';
import { noticeHook } from '../notice.ts';
import { observe } from '../observe.ts';
import { showProgress } from '../progress.ts';
import { readStandardInput } from '../standardInput.ts';
import { memoryLine } from '../text.ts';
import { didItsWork } from '../work.ts';

const formats = [
  'auto',
  'claude-code',
  'copilot',
  'codex',
  'copilot-cli',
  'gemini',
  'cline',
  'continue',
  'cursor',
  'opencode',
  'aider',
  'specstory',
  'jsonl',
] as const;

interface ImportOptions extends CommonOptions {
  readonly format: (typeof formats)[number];
  readonly since?: string;
  readonly until?: string;
  readonly verbatim?: boolean;
  readonly again?: boolean;
  readonly progress?: string;
  readonly from?: readonly string[];
  readonly yes?: boolean;
}

/** Throws `usage` for what is no time. */
function timeOption(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const at = Date.parse(value);
  if (Number.isNaN(at)) throw new ReverieError('usage', `--${name} wants an ISO 8601 time, not “${value}”.`);
  return at;
}

async function importTranscripts(
  context: CommandContext,
  paths: readonly string[],
  options: ImportOptions,
): Promise<void> {
  if (!formats.includes(options.format))
    throw new ReverieError('usage', `--format is one of ${formats.join(', ')}.`);
  const since = timeOption('since', options.since);
  const until = timeOption('until', options.until);
  const named = options.from ?? [];
  const found = paths.length > 0 && named.length === 0 ? [] : await findTranscripts(context);
  const chosen =
    named.length > 0 ? chosenFrom(found, named) : options.json || options.yes ? found : await askWhich(found);
  const plainDeps = await captureDepsFor(context);
  const deps = { ...plainDeps, memories: await withTalliedTerms(plainDeps.memories) };
  const watch = watchImport(chosen, showProgress(options.progress));
  const sweep = createSweep();
  let unchanged = 0;
  const source = openTranscripts(
    context,
    [...paths, ...chosen.flatMap(({ files }) => files.map(({ path }) => path))],
    {
      format: options.format,
      again: options.again ?? false,
      exclude: (await readHookFacts(context.database)).exclude,
      onFile: watch.onFile,
      onUnchanged: () => {
        unchanged += 1;
      },
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
    },
    context.projectNamed ? { project: context.project } : {},
  );
  const fixes = fixesIn(source.events, context);
  const taken = await createCapture(deps).ingest(fixes.events, {
    verbatim: options.verbatim ?? false,
    signal: context.signal,
    onProgress: ({ kept }) => {
      watch.onKept(kept);
      sweep();
    },
    onStored: async () => {
      if (options.verbatim !== true) await fixes.keep(deps);
      await source.saveCursors();
    },
  });
  if (taken.messages > 0) didItsWork();
  const came: ImportSummary = {
    ...taken,
    episodes: taken.episodes + fixes.kept(),
    unchanged,
    stopped: context.signal.aborted,
  };
  context.print(came, () => summaryLines(came));
}

/** Also in the repository one stands in: some assistants keep their histories beside the code. */
const findTranscripts = (context: CommandContext): ReturnType<typeof discoverTranscripts> =>
  discoverTranscripts({ workspaces: [context.projectRoot(process.cwd())], signal: context.signal });

const classifyLine = z.object({ text: z.string(), prev: z.string().optional() });

/** Registers the commands on `program`. */
export function addCaptureCommands(program: Command): void {
  program
    .command('import [paths...]')
    .description(
      'reads transcripts: files or folders; without any, those of every assistant found on this machine',
    )
    .option('--format <format>', formats.join(', '), 'auto')
    .option(
      '--from <assistant>',
      'only of this assistant, by its name in `discover`; can be given several times',
      (name: string, names: readonly string[] = []) => [...names, name],
    )
    .option('--yes', 'without paths: read all that is found, do not ask')
    .option('--since <time>', 'only messages from then on, ISO 8601')
    .option('--until <time>', 'only messages before then')
    .option('--verbatim', 'jsonl: each row becomes an episode as it is')
    .option('--again', 'read files again from their beginning (what is known stays known)')
    .option('--progress <how>', 'jsonl: one JSON object a step on stderr, for programs')
    .action(async (paths: readonly string[], _options: object, command: Command) => {
      const options = command.optsWithGlobals<ImportOptions>();
      tuneForImport();
      await withContext(options, (context) => importTranscripts(context, paths, options));
    });

  program
    .command('discover')
    .description('the conversations of assistants on this machine; nothing is read')
    .action(async (_options: object, command: Command) => {
      await withContext(command.optsWithGlobals<CommonOptions>(), async (context) => {
        const found = await findTranscripts(context);
        const rows = found.map(({ assistant, name, files, conversations, from, to }) => ({
          assistant,
          name,
          files: files.length,
          bytes: files.reduce((sum, file) => sum + file.size, 0),
          conversations,
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
          paths: files.map(({ path }) => path),
        }));
        context.print(rows, () =>
          found.length === 0 ? 'No conversations found.' : foundLines(found).join('\n'),
        );
      });
    });

  program
    .command('classify')
    .description('JSON Lines on standard input: {"text","prev"?}; an answer a line')
    .action(async (_options: object, command: Command) => {
      await withContext(command.optsWithGlobals<CommonOptions>(), async (context) => {
        const capture = await createCaptureFor(context);
        let number = 0;
        for await (const value of readJsonLines()) {
          number += 1;
          const row = classifyLine.safeParse(value);
          if (!row.success) throw new ReverieError('usage', `Row ${number} wants {"text", "prev"?}.`);
          printJsonLine(await capture.classifyOne(row.data.text, row.data.prev));
        }
      });
    });

  program
    .command('remember <text...>')
    .description('one explicit memory; “-” reads it from standard input')
    .option('--kind <kind>', memoryLabels.join(', '), 'decision')
    .option('--path <glob>', 'only for files that match')
    .option('--user', 'everywhere, not only in this project')
    .action(
      async (
        text: readonly string[],
        options: { kind: string; path?: string; user?: boolean },
        command: Command,
      ) => {
        const kind = memoryLabels.find((label) => label === options.kind);
        if (kind === undefined)
          throw new ReverieError('usage', `--kind is one of ${memoryLabels.join(', ')}.`);
        await withContext(command.optsWithGlobals<CommonOptions>(), async (context) => {
          const capture = await createCaptureFor(context);
          const words = text.length === 1 && text[0] === '-' ? await readStandardInput() : text.join(' ');
          const memory = await capture.remember(words, {
            kind,
            scope: options.user ? 'user' : 'project',
            project: context.project,
            ...(options.path === undefined ? {} : { glob: options.path }),
          });
          context.print(
            viewOf(memory, [memory], context.clock.now()),
            () => `Remembered: ${memoryLine(memory)}`,
          );
        });
      },
    );

  program
    .command('notice', { hidden: true })
    .description('takes in what an agent hook was told: its JSON on standard input')
    .action(async (_options: object, command: Command) => {
      await withContext(command.optsWithGlobals<CommonOptions>(), async (context) =>
        noticeHook(context, await captureDepsFor(context)),
      );
    });

  program
    .command('observe', { hidden: true })
    .description('takes in what the editor witnessed: JSON Lines on standard input')
    .action(async (_options: object, command: Command) => {
      await withContext(command.optsWithGlobals<CommonOptions>(), async (context) => {
        const counts = await observe(context, await captureDepsFor(context));
        context.print(counts, () => `Kept ${counts.kept}; ${counts.duplicates} were known already.`);
      });
    });
}
