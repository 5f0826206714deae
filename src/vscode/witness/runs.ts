/** Commands in the terminal, tasks and debug sessions: that they ran, how they ended, and the end of what they said. */
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Run } from '../../core/witness/commandWatch.ts';
import type { Workload } from './workload.ts';

/** The end of an output that is kept while a command runs, in characters. */
const tailLength = 16_384;
/** Ends that are the user's own doing: interrupted, killed, terminated. */
const stopped: ReadonlySet<number> = new Set([130, 137, 143]);
/** Errors of the problem list that are told with a failed task. */
const mostProblems = 3;

/** Keeps the end of a stream without copying it at every piece. */
export function createTail(): { add(piece: string): void; text(): string } {
  let pieces: string[] = [];
  let length = 0;
  return {
    add(piece) {
      pieces.push(piece.length > tailLength ? piece.slice(-tailLength) : piece);
      length += piece.length;
      if (length <= 2 * tailLength && pieces.length <= 256) return;
      const text = pieces.join('').slice(-tailLength);
      pieces = [text];
      length = text.length;
    },
    text: () => pieces.join('').slice(-tailLength),
  };
}

/** What a command printed so far, and the moment from which it is all there. */
interface Output {
  readonly tail: ReturnType<typeof createTail>;
  readonly whole: Promise<void>;
}
/** The rest of an output is waited for no longer than this after its command has ended. Milliseconds. */
const longestWaitMs = 1_000;

export interface RunEnd extends Omit<Run, 'at'> {
  readonly cwd?: string;
}

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

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** What a debug session's adapter told of its program, and how it came out. */
export interface DebugWatch {
  /** Of the adapter's messages three matter; every other passes by after a comparison. */
  heard(message: unknown): void;
  /** Undefined where nobody knows how the program ended, or where it was stopped. */
  end(): { readonly failed: boolean; readonly output?: string } | undefined;
}

export function createDebugWatch(): DebugWatch {
  let thrown: string | undefined;
  let exitCode: number | undefined;
  const complaints = createTail();
  return {
    heard(message) {
      if (!isRecord(message) || message['type'] !== 'event' || !isRecord(message['body'])) return;
      const { event, body } = message;
      if (event === 'output' && body['category'] === 'stderr' && typeof body['output'] === 'string')
        complaints.add(body['output']);
      else if (event === 'stopped' && body['reason'] === 'exception')
        thrown = [body['description'], body['text']].filter((part) => typeof part === 'string').join(': ');
      else if (event === 'exited' && typeof body['exitCode'] === 'number') exitCode = body['exitCode'];
    },
    end() {
      if (exitCode === undefined ? thrown === undefined : stopped.has(exitCode)) return undefined;
      /* An exception that the program caught itself, for a person who wants to see those too, is no failure. */
      if (exitCode === 0) return { failed: false };
      const output = thrown === undefined || thrown === '' ? complaints.text() : thrown;
      return { failed: true, ...(output === '' ? {} : { output }) };
    },
  };
}

function debugging(ended: (run: RunEnd) => void, workload: Workload): vscode.Disposable {
  return vscode.debug.registerDebugAdapterTrackerFactory('*', {
    createDebugAdapterTracker(session) {
      const watch = createDebugWatch();
      const cwd = session.workspaceFolder?.uri.fsPath;
      return {
        onDidSendMessage: workload.timed('debug message', watch.heard),
        onWillStopSession: workload.timed('debug end', () => {
          const end = watch.end();
          if (end === undefined) return;
          ended({
            command: `debug ${session.name}`,
            place: 'debugging',
            ...(cwd === undefined ? {} : { cwd }),
            ...end,
          });
        }),
      };
    },
  });
}

export function watchRuns(ended: (run: RunEnd) => void, workload: Workload): vscode.Disposable {
  return vscode.Disposable.from(
    terminals(ended, workload),
    tasks(ended, workload),
    debugging(ended, workload),
  );
}
