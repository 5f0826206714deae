import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { type ReverieApi, reverieApi } from './extension.ts';
import { notes } from './notes.ts';
import { agentSays, show, until, workspaceFolder } from './witnessWorld.ts';

const nanosecondsPerMs = 1e6;
const strokes = Number(process.env['REVERIE_TEST_STROKES'] ?? 400);

const code = (name: string) =>
  `export function ${name}(input) {\n  const value = Number(input.price);\n  return value.toFixed(2);\n}\n`;

/** Typing, an agent's edits, changing problems and a terminal that prints, as fast as the editor takes them. */
async function work(name: string): Promise<string> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const editor = await show(
    `src/${name}.ts`,
    Array.from({ length: 400 }, (_, at) => code(`f${at}`)).join('\n'),
  );
  const problems = vscode.languages.createDiagnosticCollection(name);
  const terminal = vscode.window.createTerminal({ name, shellPath: '/bin/bash', cwd: workspaceFolder() });
  try {
    const shell = await until(
      'the shell to speak with the editor',
      () => terminal.shellIntegration,
      30_000,
    ).catch(() => undefined);
    delay.enable();
    shell?.executeCommand('seq 1 200000');
    for (let stroke = 0; stroke < strokes; stroke += 1) {
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
  } finally {
    terminal.dispose();
    problems.dispose();
    await editor.document.save();
  }
  const ms = (value: number) => (value / nanosecondsPerMs).toFixed(1);
  return `p50 ${ms(delay.percentile(50))} ms, p99 ${ms(delay.percentile(99))} ms, max ${ms(delay.max)} ms`;
}

suite('cost while working', function () {
  this.timeout(180_000);
  let api: ReverieApi;
  suiteSetup(async () => {
    api = await reverieApi();
  });

  test('the witness hears a busy while, and what that costs is told', async () => {
    await api.flush();
    api.workload(true);
    const listening = await work('listening');
    const { calls, p50, p99, max, slowest } = api.workload();
    await vscode.commands.executeCommand('reverie.pause');
    const paused = await work('paused');
    await vscode.commands.executeCommand('reverie.resume');
    notes.push(
      `our own handlers: ${calls} calls, p50 ${p50.toFixed(3)} ms, p99 ${p99.toFixed(3)} ms, max ${max.toFixed(1)} ms (${slowest})`,
      `event loop of the extension host while Reverie listens: ${listening}`,
      `and while it is paused: ${paused}`,
    );
    assert.ok(calls > strokes, `it listened: ${calls} calls`);
  });
});
