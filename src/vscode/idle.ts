/** Knows how long the editor has been left alone. */
import * as vscode from 'vscode';

export interface IdleWatch extends vscode.Disposable {
  /**
   * Milliseconds since the user last typed, asked an agent, moved, switched, ran or debugged something; 0 while a task or
   * debug session runs, or an agent is at work.
   */
  idleMs(): number;
  /** An agent was asked something by a person, has answered, or (undefined) is at work. */
  heardAgent(turn: 'asked' | 'answered' | undefined): void;
  /** The user came back, after `quietMs` or more of quiet. */
  readonly onDidReturn: vscode.Event<void>;
}

/** Quiet that counts as having been away. Milliseconds. */
const quietMs = 30_000;

/** An agent of which nothing was heard for so long is at work no more: not every one tells its end. Milliseconds. */
const silentAgentMs = 10 * 60_000;

/** @param now epoch ms. Only cheap event handlers: they set one number. */
export function createIdleWatch(now: () => number): IdleWatch {
  const returned = new vscode.EventEmitter<void>();
  let last = now();
  /** When an agent that has not answered yet was last heard of. */
  let agentAt: number | undefined;
  const running = new Set<vscode.TaskExecution>();
  const touch = () => {
    const at = now();
    const away = at - last >= quietMs;
    last = at;
    if (away) returned.fire();
  };
  const subscriptions = [
    vscode.workspace.onDidChangeTextDocument((event) => {
      /* Log and output channels write by themselves; that is no sign of a person. */
      if (event.contentChanges.length > 0 && event.document.uri.scheme !== 'output') touch();
    }),
    vscode.window.onDidChangeTextEditorSelection(touch),
    vscode.window.onDidChangeActiveTextEditor(touch),
    vscode.window.onDidChangeTextEditorVisibleRanges(touch),
    vscode.window.onDidChangeActiveTerminal(touch),
    vscode.window.onDidStartTerminalShellExecution(touch),
    vscode.window.onDidEndTerminalShellExecution(touch),
    /* A watcher that runs all day is no sign of a person; a build that was asked for is. */
    vscode.tasks.onDidStartTask(({ execution }) => {
      if (!execution.task.isBackground) running.add(execution);
      touch();
    }),
    vscode.tasks.onDidEndTask(({ execution }) => {
      running.delete(execution);
      touch();
    }),
    vscode.debug.onDidStartDebugSession(touch),
    vscode.debug.onDidTerminateDebugSession(touch),
    vscode.window.onDidChangeWindowState((state) => {
      if (state.focused) touch();
    }),
  ];
  return {
    idleMs() {
      const agent = agentAt !== undefined && now() - agentAt < silentAgentMs;
      return agent || running.size > 0 || vscode.debug.activeDebugSession !== undefined ? 0 : now() - last;
    },
    heardAgent(turn) {
      agentAt = turn === 'answered' ? undefined : now();
      /* An agent can work on for hours with nobody there: only what a person asks brings them back. */
      if (turn === 'asked') touch();
      else last = Math.max(last, now());
    },
    onDidReturn: returned.event,
    dispose: () => vscode.Disposable.from(returned, ...subscriptions).dispose(),
  };
}
