/** Taking memories along: export, restore, backup. */

import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import type { Command } from 'commander';
import { withoutSecrets } from '../../core/capture/safeNames.ts';
import type { Database } from '../../core/database.ts';
import { ReverieError } from '../../core/errors.ts';
import type { Memory, MemoryId } from '../../core/memory.ts';
import { viewsOf } from '../../core/memoryView.ts';
import {
  type PortableLine,
  parsePortableLine,
  portableFormat,
  portableVersion,
} from '../../core/portable.ts';
import { createRedactor } from '../../redaction/secretlint.ts';
import { createIds } from '../../sqlite/ids.ts';
import { type CommandContext, type CommonOptions, withContext } from '../context.ts';
import { ruleLines } from '../text.ts';

/** Memories a page: bounds what an export holds at once. */
const page = 1_000;

async function* everyMemory(database: Database): AsyncGenerator<Memory> {
  for (let offset = 0; ; offset += page) {
    const memories = await database.memories.list({ order: 'oldest', limit: page, offset });
    yield* memories;
    if (memories.length < page) return;
  }
}

async function* exportLines(database: Database, now: number): AsyncGenerator<PortableLine> {
  yield {
    type: 'header',
    format: portableFormat,
    version: portableVersion,
    exportedAt: new Date(now).toISOString(),
  };
  /* Episodes first, so that evidence always points back at what a restore has already added. */
  for (const derived of [false, true]) {
    for await (const memory of everyMemory(database)) {
      if ((memory.kind !== 'episode') !== derived) continue;
      const evidence = derived
        ? ((await database.memories.evidenceOf([memory.id])).get(memory.id) ?? [])
        : [];
      yield { type: 'memory', memory, evidence: evidence.map((episode) => episode.id) };
    }
  }
  const linked = new Set<string>();
  for await (const memory of everyMemory(database)) {
    for (const link of await database.memories.linksOf([memory.id])) {
      const key = `${link.from} ${link.to} ${link.kind}`;
      if (linked.has(key)) continue;
      linked.add(key);
      yield { type: 'link', link };
    }
  }
}

/** What a team or another tool can read: the rules in force, by strength, with their moments. */
async function markdown(context: CommandContext): Promise<string> {
  const rules = await context.database.memories.list({
    kinds: ['rule', 'skill'],
    statuses: ['active', 'proposed'],
    order: 'strongest',
  });
  const views = await viewsOf(rules, context.database, context.clock.now());
  const section = (title: string, status: string) => {
    const lines = views.filter((view) => view.status === status).map((view) => ruleLines(view));
    return lines.length === 0 ? [] : [`## ${title}`, ...lines, ''];
  };
  return [
    '# What Reverie remembers',
    '',
    ...section('In use', 'active'),
    ...section('Proposed', 'proposed'),
  ].join('\n');
}

const write = (output: Writable, text: string) =>
  new Promise<void>((resolve, reject) => output.write(text, (error) => (error ? reject(error) : resolve())));

async function exportMemories(
  context: CommandContext,
  format: string,
  output: string | undefined,
): Promise<void> {
  if (output !== undefined && existsSync(output))
    throw new ReverieError('usage', `${output} exists already.`);
  const to: Writable = output === undefined ? process.stdout : createWriteStream(output, { mode: 0o600 });
  let count = 0;
  switch (format) {
    case 'jsonl':
      for await (const line of exportLines(context.database, context.clock.now())) {
        if (line.type === 'memory') count += 1;
        await write(to, `${JSON.stringify(line)}\n`);
      }
      break;
    case 'markdown':
      await write(to, `${await markdown(context)}\n`);
      count = await context.database.memories.count({
        kinds: ['rule', 'skill'],
        statuses: ['active', 'proposed'],
      });
      break;
    default:
      throw new ReverieError('usage', '--format is jsonl or markdown.');
  }
  if (output === undefined) return;
  await new Promise<void>((resolve) => to.end(resolve));
  context.print({ file: output, memories: count }, () => `Wrote ${count} memories to ${output}.`);
}

async function restore(context: CommandContext, file: string): Promise<void> {
  if (!existsSync(file)) throw new ReverieError('unreadable', `${file} does not exist.`);
  const { memories } = context.database;
  const redactor = await createRedactor();
  const ids = createIds();
  let added = 0;
  let known = 0;
  let links = 0;
  let number = 0;
  for await (const text of createInterface({
    input: createReadStream(file, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    number += 1;
    if (text.trim() === '') continue;
    const line = parsePortableLine(text, number);
    if (number === 1 && line.type !== 'header')
      throw new ReverieError('invalid-input', `${file} is not an export of Reverie.`);
    if (line.type === 'memory') {
      if ((await memories.get(line.memory.id)) !== undefined) {
        known += 1;
        continue;
      }
      const evidence: MemoryId[] = [];
      for (const id of line.evidence) if ((await memories.get(id)) !== undefined) evidence.push(id);
      await memories.add(
        [
          {
            memory: await withoutSecrets(line.memory, redactor, ids),
            evidence,
            ...(line.identity === undefined ? {} : { identity: line.identity }),
          },
        ],
        'restore',
      );
      added += 1;
    } else if (line.type === 'link') {
      links += 1;
      await memories.addLinks([line.link], 'restore');
    }
  }
  context.print(
    { added, known, links },
    () => `Restored ${added} memories and ${links} links; ${known} were here already.`,
  );
}

/** Registers the commands on `program`. */
export function addPortabilityCommands(program: Command): void {
  program
    .command('export')
    .description('everything as JSON Lines, or the rules as Markdown')
    .option('--format <format>', 'jsonl or markdown', 'jsonl')
    .option('--output <file>', 'default: standard output')
    .action(async (options: { format: string; output?: string }, command: Command) => {
      await withContext(command.optsWithGlobals<CommonOptions>(), (context) =>
        exportMemories(context, options.format, options.output),
      );
    });

  program
    .command('restore <file>')
    .description('adds what an export holds; what is here already stays as it is')
    .action(async (file: string, _options: object, command: Command) => {
      await withContext(command.optsWithGlobals<CommonOptions>(), (context) => restore(context, file));
    });

  program
    .command('backup <file>')
    .description('a complete copy of the database')
    .action(async (file: string, _options: object, command: Command) => {
      await withContext(command.optsWithGlobals<CommonOptions>(), async (context) => {
        if (existsSync(file)) throw new ReverieError('usage', `${file} exists already.`);
        await context.database.backup(file);
        context.print({ file }, () => `Copied the database to ${file}.`);
      });
    });
}
