/** Looking at memories and deciding about them: rules, show, why, accept, retire, edit, pin, episodes, insights. */
import type { Command } from 'commander';
import { createOwnerActs, historyWords, type OwnerActs } from '../../core/acts.ts';
import { doneBefore } from '../../core/capture/doneBefore.ts';
import { ReverieError } from '../../core/errors.ts';
import { staleCitation } from '../../core/injection/staleness.ts';
import type { Memory, MemoryId, MemoryKind, MemoryStatus } from '../../core/memory.ts';
import { type MemoryView, viewsOf } from '../../core/memoryView.ts';
import type { MemoryFilter } from '../../core/ports.ts';
import { loadTokenizer } from '../../models/tokenizer.ts';
import { createRedactor } from '../../redaction/secretlint.ts';
import { fileBlob } from '../../transcripts/fileBlob.ts';
import { type CommandContext, type CommonOptions, withContext } from '../context.ts';
import { readStandardInput } from '../standardInput.ts';
import { clip, dreamLines, episodeLine, episodeLines, ruleLines } from '../text.ts';

const statusWords: Readonly<Record<string, readonly MemoryStatus[]>> = {
  active: ['active'],
  proposed: ['proposed'],
  retired: ['retired'],
  archived: ['archived'],
  all: ['active', 'proposed', 'retired', 'archived'],
};

/** Throws `not-found` for an identity nobody has. */
async function memoryById(context: CommandContext, id: string): Promise<Memory> {
  const memory = await context.database.memories.get(id as MemoryId);
  if (memory === undefined) throw new ReverieError('not-found', `There is no memory ${id}.`);
  return memory;
}

async function printMemories(context: CommandContext, filter: MemoryFilter, none: string): Promise<void> {
  const memories = await context.database.memories.list({
    ...filter,
    ...(context.projectNamed ? { project: context.project } : {}),
  });
  const views = await viewsOf(memories, context.database, context.clock.now());
  const lines = views.map((view) =>
    view.kind === 'episode' || view.kind === 'merged'
      ? episodeLine(view)
      : view.kind === 'insight'
        ? dreamLines(view)
        : ruleLines(view),
  );
  context.print(views, () => (lines.length === 0 ? none : lines.join('\n\n')));
}

async function printOne(context: CommandContext, memory: Memory): Promise<void> {
  const [view] = await viewsOf([memory], context.database, context.clock.now());
  const moment = momentOf(memory);
  context.print(view === undefined ? view : { ...view, ...moment }, () =>
    view === undefined ? '' : oneInWords(view, moment),
  );
}

/** What an episode has beside its view: what the assistant had done and said before. */
function momentOf(memory: Memory): { readonly before?: string; readonly context?: string } {
  const before = doneBefore(memory);
  return {
    ...(before === undefined ? {} : { before }),
    ...(memory.context === undefined ? {} : { context: memory.context }),
  };
}

function oneInWords(view: MemoryView, moment: ReturnType<typeof momentOf>): string {
  switch (view.kind) {
    case 'insight':
      return dreamLines(view);
    case 'episode':
      return episodeLines(view, moment);
    default:
      return ruleLines(view, Number.POSITIVE_INFINITY);
  }
}

/** Everything that is known about why a memory is as it is. */
async function printWhy(context: CommandContext, memory: Memory): Promise<void> {
  const { database } = context;
  const [[view], journal, links] = await Promise.all([
    viewsOf([memory], database, context.clock.now()),
    database.sleep.journalOf(memory.id),
    database.memories.linksOf([memory.id]),
  ]);
  const history = journal.map((entry) => ({
    at: new Date(entry.at).toISOString(),
    act: entry.act,
    night: entry.night,
    why: entry.why,
    undone: entry.undone,
  }));
  const stale = staleCitation(memory, fileBlob)?.path;
  const moment = momentOf(memory);
  context.print({ ...view, ...moment, history, links, ...(stale === undefined ? {} : { stale }) }, () =>
    [
      view === undefined ? '' : oneInWords(view, moment),
      ...(stale === undefined
        ? []
        : [
            `  Not told: ${stale} has changed since it was said. If it still holds, say it again, or pin it.`,
          ]),
      '',
      'History',
      ...history.map(
        (entry) =>
          `  ${entry.at.slice(0, 16).replace('T', ' ')}  ${historyWords(entry)}${entry.undone ? ' (taken back)' : ''}`,
      ),
    ].join('\n'),
  );
}

/** Registers the commands on `program`. */
export function addMemoryCommands(program: Command): void {
  const listing = (name: string, about: string, kinds: readonly MemoryKind[], none: string) =>
    program
      .command(name)
      .description(about)
      .option('--status <status>', 'active, proposed, retired, archived or all', 'all')
      .option('--limit <n>', 'at most so many', Number)
      .action(async (options: { status: string; limit?: number }, command: Command) => {
        const statuses = statusWords[options.status];
        if (statuses === undefined) {
          throw new ReverieError('usage', `--status is one of ${Object.keys(statusWords).join(', ')}.`);
        }
        const limit = options.limit === undefined ? {} : { limit: options.limit };
        const order = kinds.includes('rule') ? 'strongest' : 'newest';
        await withContext(command.optsWithGlobals<CommonOptions>(), (context) =>
          printMemories(context, { kinds, statuses, order, ...limit }, none),
        );
      });

  listing(
    'rules',
    'the rules and skills, strongest first',
    ['rule', 'skill'],
    'No rules yet. Import conversations, then sleep.',
  );
  listing('episodes', 'what was noticed, newest first', ['episode', 'merged'], 'No episodes yet.');
  listing('insights', 'what was dreamt', ['insight'], 'No dreams yet.');

  const one = (
    name: string,
    about: string,
    act: (context: CommandContext, memory: Memory) => Promise<void>,
  ) =>
    program
      .command(`${name} <id>`)
      .description(about)
      .action(async (id: string, _options: object, command: Command) => {
        await withContext(command.optsWithGlobals<CommonOptions>(), async (context) =>
          act(context, await memoryById(context, id)),
        );
      });
  const deciding = (name: string, about: string, act: (acts: OwnerActs, memory: Memory) => Promise<Memory>) =>
    one(name, about, async (context, memory) => {
      const acts = createOwnerActs({ memories: context.database.memories, tokenizer: loadTokenizer });
      await printOne(context, await act(acts, memory));
    });

  one('show', 'one memory with its evidence', printOne);
  one('why', 'where a memory comes from and what happened to it', printWhy);
  deciding('accept', 'takes a proposed rule into use (or brings a retired one back)', (acts, memory) =>
    acts.accept(memory.id),
  );
  deciding('retire', 'takes a rule out of use', (acts, memory) => acts.retire(memory.id));
  deciding('pin', 'keeps a memory from fading (again: lets it fade)', (acts, memory) =>
    acts.pin(memory.id, !memory.pinned),
  );
  deciding('guard', 'makes assistants ask before they break a rule (again: lets them)', (acts, memory) =>
    acts.guard(memory.id, !memory.guard),
  );

  program
    .command('edit <id> <text...>')
    .description('gives a rule other words (- reads them from standard input); secrets are taken out')
    .action(async (id: string, text: readonly string[], _options: object, command: Command) => {
      await withContext(command.optsWithGlobals<CommonOptions>(), async (context) => {
        const memory = await memoryById(context, id);
        const words = text.length === 1 && text[0] === '-' ? await readStandardInput() : text.join(' ');
        const { text: redacted } = await (await createRedactor()).redact(words);
        const acts = createOwnerActs({ memories: context.database.memories, tokenizer: loadTokenizer });
        await printOne(context, await acts.edit(memory.id, redacted));
      });
    });

  program
    .command('forget <id>')
    .description('deletes one memory for good, with every trace')
    .action(async (id: string, _options: object, command: Command) => {
      await withContext(command.optsWithGlobals<CommonOptions>(), async (context) => {
        const memory = await memoryById(context, id);
        await context.database.memories.forget(memory.id);
        context.print({ forgotten: memory.id }, () => `Forgotten: ${clip(memory.text)}`);
      });
    });
}
