import assert from 'node:assert/strict';
import { type EventLoopUtilization, monitorEventLoopDelay, performance } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { type ReverieApi, reverieApi } from './extension.ts';
import { notes } from './notes.ts';
import { agentSays, show, until, workspaceFolder } from './witnessWorld.ts';

const nanosecondsPerMs = 1e6;
/** A person who types without rest makes about five strokes a second: so many in an hour. */
const strokesAnHour = 18_000;
/** Of work altogether. Seconds. */
const seconds = Number(process.env['REVERIE_TEST_SECONDS'] ?? 60);
/** Listening and paused take turns, so that both meet the same machine. */
const turns = 6;

const code = (name: string) =>
  `export function ${name}(input) {\n  const value = Number(input.price);\n  return value.toFixed(2);\n}\n`;

/** What a while of work came to. */
interface Spent {
  readonly strokes: number;
  readonly delay: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly utilization: EventLoopUtilization;
}

/** An editor, problems and a terminal to work with. */
async function desk() {
  const editor = await show('src/desk.ts', Array.from({ length: 400 }, (_, at) => code(`f${at}`)).join('\n'));
  const problems = vscode.languages.createDiagnosticCollection('desk');
  const terminal = vscode.window.createTerminal({
    name: 'desk',
    shellPath: '/bin/bash',
    cwd: workspaceFolder(),
  });
  const shell = await until(
    'the shell to speak with the editor',
    () => terminal.shellIntegration,
    60_000,
  ).catch(() => undefined);
  let stroke = 0;
  return {
    /** Typing, an agent's edits, changing problems and a terminal that prints, as fast as the editor takes them. */
    async work(ms: number): Promise<Spent> {
      const delay = monitorEventLoopDelay({ resolution: 1 });
      const first = stroke;
      const before = performance.eventLoopUtilization();
      const end = performance.now() + ms;
      delay.enable();
      shell?.executeCommand('seq 1 50000');
      while (performance.now() < end) {
        stroke += 1;
        const line = (stroke * 7) % editor.document.lineCount;
        editor.selection = new vscode.Selection(line, 0, line, 0);
        await vscode.commands.executeCommand('type', { text: stroke % 20 === 0 ? '\n' : 'x' });
        if (stroke % 10 === 0)
          problems.set(
            editor.document.uri,
            Array.from(
              { length: stroke % 30 },
              (_, at) => new vscode.Diagnostic(new vscode.Range(at, 0, at, 1), `Cannot find name 'n${at}'.`),
            ),
          );
        if (stroke % 100 === 50)
          await agentSays(editor.document.uri.fsPath, { newString: code('f1') }, 'replace_string_in_file');
      }
      delay.disable();
      const [p50, p99, max] = [delay.percentile(50), delay.percentile(99), delay.max].map(
        (value) => value / nanosecondsPerMs,
      );
      return {
        strokes: stroke - first,
        delay: { p50: p50 ?? 0, p99: p99 ?? 0, max: max ?? 0 },
        utilization: performance.eventLoopUtilization(before),
      };
    },
    async clear(): Promise<void> {
      terminal.dispose();
      problems.dispose();
      await editor.document.save();
    },
  };
}

const ms = (value: number) => `${value.toFixed(value < 1 ? 3 : 1)} ms`;
const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0);

function toldOf(name: string, spent: readonly Spent[]): string {
  const column = (pick: (one: Spent) => number) => spent.map(pick).sort((one, other) => one - other);
  const median = (values: readonly number[]) => values[Math.floor(values.length / 2)] ?? 0;
  const active = sum(spent.map(({ utilization }) => utilization.active));
  const strokes = sum(spent.map((one) => one.strokes));
  return [
    `${name}: ${strokes} strokes`,
    `event loop p50 ${ms(median(column(({ delay }) => delay.p50)))}`,
    `p99 ${ms(median(column(({ delay }) => delay.p99)))} (median of ${spent.length} turns)`,
    `max ${ms(Math.max(...column(({ delay }) => delay.max)))}`,
    `busy ${ms(active / Math.max(1, strokes))} a stroke`,
  ].join(', ');
}

suite('cost while working', function () {
  this.timeout(seconds * 1000 * 4 + 300_000);
  let api: ReverieApi;
  suiteSetup(async () => {
    api = await reverieApi();
  });

  test('the witness hears a busy while, and what that costs is told', async () => {
    const { work, clear } = await desk();
    const spent = { listening: [] as Spent[], paused: [] as Spent[] };
    try {
      await work(3_000);
      await api.flush();
      api.workload(true);
      for (let turn = 0; turn < turns; turn += 1) {
        const now = turn % 2 === 0 ? 'listening' : 'paused';
        if (now === 'paused') await vscode.commands.executeCommand('reverie.pause');
        spent[now].push(await work((seconds * 1000) / turns));
        if (now === 'paused') await vscode.commands.executeCommand('reverie.resume');
        else await api.flush();
      }
    } finally {
      await vscode.commands.executeCommand('reverie.resume');
      await clear();
    }
    const { calls, p50, p99, max, total, long, each, processor } = api.workload();
    const strokes = sum(spent.listening.map((one) => one.strokes));
    notes.push(
      `Reverie’s own handlers while ${strokes} strokes were typed (an hour of typing has ${strokesAnHour}): ${calls} calls, p50 ${ms(p50)}, p99 ${ms(p99)}, max ${ms(max)}, ${long} longer than 5 ms, ${ms(total)} in all, ${ms(total / Math.max(1, strokes))} a stroke`,
      processor === undefined
        ? 'their processor time cannot be told in this runtime'
        : `their processor time, without what other programs took: p99 ${ms(processor.p99)}, max ${ms(processor.max)}, ${processor.long} longer than 5 ms`,
      `of them ${each.map((one) => `${one.name} ${one.calls}× ${ms(one.total)}, at most ${ms(one.max)}`).join('; ')}`,
      toldOf('extension host while Reverie listens', spent.listening),
      toldOf('and while it is paused', spent.paused),
    );
    assert.ok(calls > strokes, `it listened: ${calls} calls`);
  });
});
