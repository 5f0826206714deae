/** Disordered sleep, tried on a copy of the memory. */
import type { Command } from 'commander';
import { ReverieError } from '../../core/errors.ts';
import {
  type Disorder,
  disorders,
  disorderTexts,
  type Simulation,
  simulateDisorder,
} from '../../core/sleep/night/disorders.ts';
import { loadTokenizer } from '../../models/tokenizer.ts';
import { createIds } from '../../sqlite/ids.ts';
import { type CommandContext, type CommonOptions, withContext } from '../context.ts';
import { wrap } from '../text.ts';

interface SimulateOptions extends CommonOptions {
  readonly disorder?: string;
  readonly nights: string;
}

const mostNights = 60;

function disordersFrom(word: string | undefined): readonly Disorder[] {
  if (word === undefined) return disorders;
  const found = disorders.find((disorder) => disorder === word);
  if (found === undefined) throw new ReverieError('usage', `--disorder is one of ${disorders.join(', ')}.`);
  return [found];
}

function simulationLines(one: Simulation): string {
  const { disordered, healthyThen, recovered, healthyAtEnd } = one;
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const row = (name: string, ...cells: readonly (string | number)[]) =>
    `  ${name.padEnd(26)}${cells.map((cell) => String(cell).padStart(11)).join('')}`;
  return [
    `${one.disorder}: ${disorderTexts[one.disorder]}`,
    row('', 'ill', 'healthy', 'recovered', 'healthy'),
    row('rules', disordered.rules, healthyThen.rules, recovered.rules, healthyAtEnd.rules),
    row('of the healthy ones', percent(disordered.kept), '', percent(recovered.kept), ''),
    row('mean strength', ...[disordered, healthyThen, recovered, healthyAtEnd].map((s) => s.meanStrength)),
    row('dreams', ...[disordered, healthyThen, recovered, healthyAtEnd].map((s) => s.dreams)),
    row('faded, still in use', ...[disordered, healthyThen, recovered, healthyAtEnd].map((s) => s.clutter)),
    row('not slept on', ...[disordered, healthyThen, recovered, healthyAtEnd].map((s) => s.unslept)),
    ...(one.suffers.length === 0
      ? ['  Nothing suffers.']
      : one.suffers.map((line) => `  · ${wrap(line, 92, 4)}`)),
    ...one.findings.map(({ name, advice }) => `  Health check: ${name}. ${wrap(advice, 76, 4)}`),
  ].join('\n');
}

async function simulate(context: CommandContext, options: SimulateOptions): Promise<void> {
  const chosen = disordersFrom(options.disorder);
  const nights = Number(options.nights);
  if (!Number.isInteger(nights) || nights < 1 || nights > mostNights)
    throw new ReverieError('usage', `--nights wants a number from 1 to ${mostNights}.`);
  const snapshot = await context.database.sleep.snapshot(context.clock.now());
  const deps = { ids: createIds(), tokenizer: await loadTokenizer(), log: context.log };
  const results: Simulation[] = [];
  for (const disorder of chosen)
    results.push(await simulateDisorder(snapshot, deps, { disorder, nights, signal: context.signal }));
  context.print(results, () =>
    [
      'On a copy: the episodes of this memory lived through once more. Nothing was written.',
      ...results.map(simulationLines),
    ].join('\n\n'),
  );
}

/** Registers the command on `program`. */
export function addSimulateCommand(program: Command): void {
  program
    .command('simulate')
    .description('disordered sleep, tried on a copy: what suffers, and what recovery brings back')
    .option('--disorder <name>', `${disorders.join(', ')}; all of them where none is named`)
    .option('--nights <n>', 'over how many nights the history is spread', '7')
    .action(async (_options: object, command: Command) => {
      const options = command.optsWithGlobals<SimulateOptions>();
      await withContext(options, (context) => simulate(context, options), 'read');
    });
}
