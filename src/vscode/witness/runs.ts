/** Commands in the terminal and tasks: that they ran, how they ended, and the end of what they said. */
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import { watchDebugRuns } from './debugRuns.ts';
import { createTail, type RunEnd, stopped } from './runEnd.ts';
import type { Workload } from './workload.ts';

/** Errors of the problem list that are told with a failed task. */
const mostProblems = 3;

/** What a command printed so far, and the moment from which it is all there. */
interface Output {
  readonly tail: ReturnType<typeof createTail>;
  readonly whole: Promise<void>;
}
/** The rest of an output is waited for no longer than this after its command has ended. Milliseconds. */
const longestWaitMs = 1_000;

function terminals(ended: (run: RunEnd) => void, workload: Workload): vscode.Disposable {
  const outputs = new Map<vscode.TerminalShellExecution, Output>();
  /** Runs are told in the order in which they ended. */
  let told: Promise<unknown> = Promise.resolve();
  const places = new WeakMap<vscode.Terminal, string>();
  let terminals = 0;
  const placeOf = (terminal: vscode.Terminal): string => {
    const known = places.get(terminal) ?? `terminal ${++terminals}`;
    places.set(terminal, known);
    return known;
  };
  const listen = (execution: vscode.TerminalShellExecution) => {
    const tail = createTail();
    const read = async () => {
      for await (const piece of execution.read()) workload.run('terminal output', () => tail.add(piece));
    };
    outputs.set(execution, { tail, whole: read().catch(() => undefined) });
  };
  return vscode.Disposable.from(
    vscode.window.onDidStartTerminalShellExecution(
      workload.timed('terminal start', ({ execution }) => listen(execution)),
    ),
    vscode.window.onDidEndTerminalShellExecution(
      workload.timed('terminal end', ({ execution, exitCode, terminal }) => {
        const output = outputs.get(execution);
        outputs.delete(execution);
        if (exitCode === undefined || stopped.has(exitCode)) return;
        const cwd = execution.cwd?.fsPath;
        const end = () =>
          workload.run('run ended', () =>
            ended({
              command: execution.commandLine.value,
              failed: exitCode !== 0,
              place: `${placeOf(terminal)} ${cwd ?? ''}`,
              ...(cwd === undefined ? {} : { cwd }),
              ...(exitCode === 0 || output === undefined ? {} : { output: output.tail.text() }),
            }),
          );
        /* The last piece of the output may still be on its way. */
        const whole = Promise.race([output?.whole, pause(longestWaitMs)]);
        told = told
          .catch(() => undefined)
          .then(() => whole)
          .then(end);
      }),
    ),
  );
}

/** Messages of errors in the problem list, where a task's own output cannot be had. */
function problemLines(): string {
  const lines: string[] = [];
  for (const [, diagnostics] of vscode.languages.getDiagnostics()) {
    for (const { severity, message } of diagnostics) {
      if (severity === vscode.DiagnosticSeverity.Error) lines.push(`error: ${message}`);
      if (lines.length >= mostProblems) return lines.join('\n');
    }
  }
  return lines.join('\n');
}

function tasks(ended: (run: RunEnd) => void, workload: Workload): vscode.Disposable {
  return vscode.tasks.onDidEndTaskProcess(
    workload.timed('task end', ({ execution: { task }, exitCode }) => {
      if (exitCode === undefined || task.isBackground || stopped.has(exitCode)) return;
      ended({
        command: `task ${task.name}`,
        failed: exitCode !== 0,
        place: 'tasks',
        ...(exitCode === 0 ? {} : { output: problemLines() }),
      });
    }),
  );
}

export function watchRuns(ended: (run: RunEnd) => void, workload: Workload): vscode.Disposable {
  return vscode.Disposable.from(
    terminals(ended, workload),
    tasks(ended, workload),
    watchDebugRuns(ended, workload),
  );
}
