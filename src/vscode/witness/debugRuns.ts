/**
 * Debug sessions: how their programs ended. Debug adapters tell that in several ways. The protocol's own is the event
 * `exited`; others write a line (“Process exited with code 1”); and the debugger for JavaScript that comes with the
 * editor writes such a line of a bad end only, runs the program in a session of its own below the one that was
 * started, and says there what went wrong.
 */
import * as vscode from 'vscode';
import { createTail, type RunEnd, stopped } from './runEnd.ts';
import type { Workload } from './workload.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Written by adapters of JavaScript, Go, C++ and .NET. */
const exitLine = /\b(?:process|program)\b[^\n]{0,200}? exited with (?:code|status) (-?\d+)/i;

/** “Uncaught TypeError TypeError: x is not a function”: the debugger's words around the program's. */
const uncaught = /^Uncaught (?:exception )?(?:(\w+) (?=\1\b))?/;

/** What the adapter of one session said of its program, and what it was asked to do. */
interface SessionWatch {
  /** Of the adapter's messages a few matter; every other passes by after a comparison. */
  heard(message: unknown): void;
  asked(message: unknown): void;
}

/** One debug run: the session that was started, and those below it. */
export interface DebugWatch extends SessionWatch {
  /** Of a session below: what its program complains of counts, its end does not. */
  below(): SessionWatch;
  /** Undefined where nobody knows how the program ended, or where it was stopped. */
  end(): { readonly failed: boolean; readonly output?: string } | undefined;
}

/** @param tellsBadEnds a program that ends by itself without a word from this adapter has ended well */
export function createDebugWatch(tellsBadEnds = false): DebugWatch {
  let thrown: string | undefined;
  let exitCode: number | undefined;
  let launched = false;
  let over = false;
  let byHand = false;
  const complaints = createTail();

  const complained = (event: unknown, body: Readonly<Record<string, unknown>>) => {
    if (event === 'output' && body['category'] === 'stderr' && typeof body['output'] === 'string')
      complaints.add(body['output'].replace(uncaught, ''));
    else if (event === 'stopped' && body['reason'] === 'exception')
      thrown = [body['description'], body['text']].filter((part) => typeof part === 'string').join(': ');
  };
  const watchSession = (onEvent: (event: unknown, body: Readonly<Record<string, unknown>>) => void) => {
    let ended = false;
    return {
      heard(message: unknown) {
        if (!isRecord(message)) return;
        if (message['command'] === 'launch' && message['success'] === true) launched = true;
        if (message['type'] !== 'event') return;
        if (message['event'] === 'terminated') ended = true;
        onEvent(message['event'], isRecord(message['body']) ? message['body'] : {});
      },
      /* When a program has ended the editor takes leave of the adapter, too: only before that it is a stop. */
      asked(message: unknown) {
        if (!isRecord(message) || ended) return;
        if (message['command'] === 'terminate' || message['command'] === 'disconnect') byHand = true;
      },
    };
  };
  return {
    ...watchSession((event, body) => {
      const { category, output } = body;
      if (event === 'exited' && typeof body['exitCode'] === 'number') exitCode = body['exitCode'];
      else if (event === 'terminated') over = true;
      else if (event === 'output' && category !== 'stdout' && typeof output === 'string') {
        const [, code] = exitLine.exec(output) ?? [];
        if (code === undefined) complained(event, body);
        else exitCode ??= Number(code);
      } else complained(event, body);
    }),
    below: () => watchSession(complained),
    end() {
      if (byHand && thrown === undefined) return undefined;
      if (exitCode === undefined && tellsBadEnds && launched && over && !byHand) return { failed: false };
      if (exitCode === undefined ? thrown === undefined : stopped.has(exitCode)) return undefined;
      /* An exception that the program caught itself, for a person who wants to see those too, is no failure. */
      if (exitCode === 0) return { failed: false };
      const output = thrown === undefined || thrown === '' ? complaints.text() : thrown;
      return { failed: true, ...(output === '' ? {} : { output }) };
    },
  };
}

/** The debugger for JavaScript that comes with VS Code, under its names for programs of Node. */
const tellsBadEnds = (type: string) => /^(?:pwa-)?node$/.test(type);

function rootOf(session: vscode.DebugSession): vscode.DebugSession {
  let root = session;
  while (root.parentSession !== undefined) root = root.parentSession;
  return root;
}

export function watchDebugRuns(ended: (run: RunEnd) => void, workload: Workload): vscode.Disposable {
  const runs = new Map<string, DebugWatch>();
  return vscode.debug.registerDebugAdapterTrackerFactory('*', {
    createDebugAdapterTracker(session) {
      const root = rootOf(session);
      if (root.id !== session.id) {
        const part = runs.get(root.id)?.below();
        if (part === undefined) return undefined;
        return {
          onDidSendMessage: workload.timed('debug message', part.heard),
          onWillReceiveMessage: workload.timed('debug request', part.asked),
        };
      }
      const watch = createDebugWatch(tellsBadEnds(session.type));
      runs.set(session.id, watch);
      const cwd = session.workspaceFolder?.uri.fsPath;
      return {
        onDidSendMessage: workload.timed('debug message', watch.heard),
        onWillReceiveMessage: workload.timed('debug request', watch.asked),
        onWillStopSession: workload.timed('debug end', () => {
          runs.delete(session.id);
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
