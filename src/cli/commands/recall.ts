/** Asking the memory: recall for a person or a script, inject for what an assistant would be told. */
import type { Command } from 'commander';
import { z } from 'zod';
import type { Database } from '../../core/database.ts';
import { ReverieError } from '../../core/errors.ts';
import { createInjection } from '../../core/injection/compose.ts';
import { readHookFacts } from '../../core/injection/hookFacts.ts';
import { type InjectionRequest, injectionEvents } from '../../core/injection/request.ts';
import { doubtAbout } from '../../core/injection/staleness.ts';
import type { Memory, MemoryId, Receipt } from '../../core/memory.ts';
import type { Clock, ReceiptStore } from '../../core/ports.ts';
import { createRecall, type RecallAnswer } from '../../core/recall/recall.ts';
import { createIds } from '../../sqlite/ids.ts';
import { fileBlob } from '../../transcripts/fileBlob.ts';
import { type CommandContext, type CommonOptions, resolveProject, withContext } from '../context.ts';
import { printJsonLine, readJsonLines } from '../jsonLines.ts';
import { memoryLine } from '../text.ts';

const recallLine = z.object({
  query: z.string(),
  project: z.string().optional(),
  path: z.string().optional(),
  k: z.number().int().positive().optional(),
});

const injectLine = z.object({
  event: z.enum(injectionEvents),
  prompt: z.string().optional(),
  project: z.string().optional(),
  path: z.string().optional(),
  tool: z.string().optional(),
  command: z.string().optional(),
  session: z.string().optional(),
  now: z.iso.datetime({ offset: true }).optional(),
});

/** What stands for several rows (a rule, a merged memory) names them all. */
async function answerJson(answer: RecallAnswer, database: Database) {
  const settled = answer.results
    .filter(({ memory }) => memory.kind !== 'episode')
    .map(({ memory }) => memory.id);
  const evidence =
    settled.length === 0
      ? new Map<MemoryId, readonly Memory[]>()
      : await database.memories.evidenceOf(settled);
  const rowsOf = (memory: Memory): readonly string[] =>
    (evidence.get(memory.id) ?? []).flatMap((episode) => episode.source.externalId ?? []);
  return {
    results: answer.results.map(({ memory, score, why }) => ({
      id: memory.id,
      ...(memory.source.externalId === undefined ? {} : { externalId: memory.source.externalId }),
      ...(rowsOf(memory).length === 0 ? {} : { externalIds: rowsOf(memory) }),
      kind: memory.kind,
      text: memory.text,
      score,
      why,
    })),
    tokens: answer.tokens,
    abstained: answer.abstained,
  };
}

/** A row of a batch, parsed. Throws `usage` that says which row and field. */
function parseRow<T>(schema: z.ZodType<T>, row: unknown, number: number): T {
  const parsed = schema.safeParse(row);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ReverieError(
    'usage',
    `Row ${number}: ${issue?.path.join('.') || 'the row'}: ${issue?.message ?? 'wrong'}.`,
  );
}

/** Without `--project` the owner looks through everything; with it, through that project and what holds everywhere. */
const lookingAt = (context: CommandContext) => (context.projectNamed ? context.project : 'any');

async function recallBatch(context: CommandContext, k: number): Promise<void> {
  const { recall } = createRecall({ memories: context.database.memories, clock: context.clock });
  let number = 0;
  for await (const value of readJsonLines()) {
    number += 1;
    const row = parseRow(recallLine, value, number);
    const project =
      row.project === undefined ? lookingAt(context) : await resolveProject(row.project, context.database);
    const answer = await recall({
      text: row.query,
      project,
      k: row.k ?? k,
      ...(row.path === undefined ? {} : { path: row.path }),
    });
    printJsonLine(await answerJson(answer, context.database));
  }
}

async function recallOnce(
  context: CommandContext,
  text: string,
  options: { k: number; path?: string; budget?: number },
): Promise<void> {
  const { recall } = createRecall({ memories: context.database.memories, clock: context.clock });
  const answer = await recall({
    text,
    project: lookingAt(context),
    k: options.k,
    reinforce: context.database.writable === true,
    ...(options.path === undefined ? {} : { path: options.path }),
    ...(options.budget === undefined ? {} : { budget: options.budget }),
  });
  context.print(await answerJson(answer, context.database), () =>
    answer.abstained
      ? 'Nothing is remembered about that.'
      : answer.results
          .map(({ memory, score, why }) => {
            const doubt = doubtAbout(memory, fileBlob);
            const line = `${score.toFixed(2)}  ${memoryLine(memory)}\n      ${why}`;
            return doubt === undefined ? line : `${line}\n      doubtful: ${doubt}`;
          })
          .join('\n'),
  );
}

const injectionFor = ({ database, log }: CommandContext, clock: Clock, receipts = database.receipts) =>
  createInjection({ memories: database.memories, receipts, clock, ids: createIds(), log, fileBlob });

/** What is told in a batch is remembered for its sessions, so that nothing is told twice; nothing is written. */
function passingReceipts(stored: ReceiptStore): ReceiptStore {
  const passing: Receipt[] = [];
  return {
    ...stored,
    async addReceipts(receipts) {
      passing.push(...receipts);
      return receipts;
    },
    receiptsOfSession: async (session) => [
      ...(await stored.receiptsOfSession(session)),
      ...passing.filter((receipt) => receipt.session === session),
    ],
  };
}

async function injectBatch(context: CommandContext): Promise<void> {
  let number = 0;
  let now = context.clock.now();
  const clock = { now: () => now };
  const injection = injectionFor(context, clock, passingReceipts(context.database.receipts));
  const { recollections } = await readHookFacts(context.database);
  for await (const value of readJsonLines()) {
    number += 1;
    const { project, now: at, ...row } = parseRow(injectLine, value, number);
    now = at === undefined ? context.clock.now() : Date.parse(at);
    const scope = project === undefined ? context.project : await resolveProject(project, context.database);
    printJsonLine(await injection.compose({ ...row, project: scope, recollections, leaveReceipt: true }));
  }
}

/** Registers the commands on `program`. */
export function addRecallCommands(program: Command): void {
  program
    .command('recall [query...]')
    .description('ranked memories about a question, or none')
    .option('--k <n>', 'at most so many', Number, 5)
    .option('--path <file>', 'the file in hand')
    .option('--budget <tokens>', 'at most so many tokens', Number)
    .option('--batch', 'JSON Lines on standard input: {"query","project"?,"path"?,"k"?}; an answer a line')
    .action(
      async (
        query: readonly string[],
        options: { k: number; path?: string; budget?: number; batch?: boolean },
        command: Command,
      ) => {
        const text = query.join(' ');
        if (!options.batch && text.trim() === '')
          throw new ReverieError('usage', 'recall wants a question, or --batch.');
        if (!(options.k >= 1)) throw new ReverieError('usage', '--k wants a whole number from 1.');
        await withContext(command.optsWithGlobals<CommonOptions>(), (context) =>
          options.batch ? recallBatch(context, options.k) : recallOnce(context, text, options),
        );
      },
    );

  program
    .command('inject')
    .description('what an assistant would be told now')
    .option('--event <event>', injectionEvents.join(', '), 'UserPromptSubmit')
    .option('--prompt <text>', 'what the user asks')
    .option('--path <file>', 'the file a tool is about')
    .option('--tool <name>', 'the tool that is about to run')
    .option('--command <text>', 'the command that is about to run')
    .option('--session <id>', 'the conversation')
    .option(
      '--batch',
      'JSON Lines on standard input: {"event","prompt","project"?,"path"?,"session"?,"now"?}; an answer a line',
    )
    .action(async (options: Record<string, string> & { batch?: boolean }, command: Command) => {
      await withContext(command.optsWithGlobals<CommonOptions>(), async (context) => {
        if (options.batch) return injectBatch(context);
        const { project: _project, now: _now, ...row } = parseRow(injectLine, options, 1);
        const injection = injectionFor(context, context.clock);
        const { recollections } = await readHookFacts(context.database);
        const request: InjectionRequest = {
          ...row,
          project: context.project,
          recollections,
          leaveReceipt: false,
        };
        const answer = await injection.compose(request);
        context.print(answer, () => (answer.context === '' ? 'Nothing would be told.' : answer.context));
      });
    });
}
