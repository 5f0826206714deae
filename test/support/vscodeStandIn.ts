/**
 * As much of the editor's interface as the witness listens to, without an editor: for measuring what its handlers cost
 * event by event. That they work is tested in a real VS Code (`test/host`).
 */
type Listener<T> = (event: T) => unknown;

export class Disposable {
  readonly #act: () => void;
  constructor(act: () => void) {
    this.#act = act;
  }
  static from(...all: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const one of all) one.dispose();
    });
  }
  dispose(): void {
    this.#act();
  }
}

export class EventEmitter<T> {
  readonly #listeners = new Set<Listener<T>>();
  readonly event = (listener: Listener<T>): Disposable => {
    this.#listeners.add(listener);
    return new Disposable(() => this.#listeners.delete(listener));
  };
  fire(event: T): void {
    for (const listener of this.#listeners) listener(event);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

export class Range {
  constructor(
    readonly start: Position,
    readonly end: Position,
  ) {}
}

export class Uri {
  readonly scheme = 'file';
  constructor(readonly fsPath: string) {}
  static file(path: string): Uri {
    return new Uri(path);
  }
  toString(): string {
    return `file://${this.fsPath}`;
  }
}

export class RelativePattern {
  constructor(
    readonly base: Uri,
    readonly pattern: string,
  ) {}
}

export const TextDocumentChangeReason = { Undo: 1, Redo: 2 } as const;
export const DiagnosticSeverity = { Error: 0, Warning: 1 } as const;

/** A document of lines, as the editor's own: places are found without reading the whole text. */
export class StandInDocument {
  isDirty = false;
  isClosed = false;
  #lines: string[];
  constructor(
    readonly uri: Uri,
    text: string,
  ) {
    this.#lines = text.split('\n');
  }
  get lineCount(): number {
    return this.#lines.length;
  }
  getText(range?: Range): string {
    const text = this.#lines.join('\n');
    return range === undefined ? text : text.slice(this.offsetAt(range.start), this.offsetAt(range.end));
  }
  offsetAt({ line, character }: Position): number {
    let offset = 0;
    for (let at = 0; at < Math.min(line, this.#lines.length); at += 1)
      offset += (this.#lines[at]?.length ?? 0) + 1;
    return line >= this.#lines.length ? offset - 1 : offset + character;
  }
  positionAt(offset: number): Position {
    let rest = offset;
    for (const [line, text] of this.#lines.entries()) {
      if (rest <= text.length) return new Position(line, rest);
      rest -= text.length + 1;
    }
    return new Position(this.#lines.length - 1, this.#lines.at(-1)?.length ?? 0);
  }
  /** Replaces a stretch; answers the event that the editor would tell of it. */
  change(offset: number, length: number, text: string, reason?: 1 | 2) {
    const [start, end] = [this.positionAt(offset), this.positionAt(offset + length)];
    const head = (this.#lines[start.line] ?? '').slice(0, start.character);
    const tail = (this.#lines[end.line] ?? '').slice(end.character);
    this.#lines.splice(start.line, end.line - start.line + 1, ...`${head}${text}${tail}`.split('\n'));
    const contentChanges = [{ range: new Range(start, end), rangeOffset: offset, rangeLength: length, text }];
    return { document: this, contentChanges, reason };
  }
}

/** What a test or bench fires. */
export const fire = {
  change: new EventEmitter<unknown>(),
  open: new EventEmitter<unknown>(),
  close: new EventEmitter<unknown>(),
  diagnostics: new EventEmitter<unknown>(),
  start: new EventEmitter<unknown>(),
  end: new EventEmitter<unknown>(),
  task: new EventEmitter<unknown>(),
  trust: new EventEmitter<unknown>(),
  settings: new EventEmitter<unknown>(),
  selection: new EventEmitter<unknown>(),
  taskStart: new EventEmitter<unknown>(),
  taskEnd: new EventEmitter<unknown>(),
  debugStart: new EventEmitter<unknown>(),
  debugEnd: new EventEmitter<unknown>(),
  windowState: new EventEmitter<unknown>(),
};
const never = new EventEmitter<unknown>();

/** As the editor tells of an edit: the first change of a saved document comes before the word that it is unsaved. */
export function edit(document: StandInDocument, offset: number, length: number, text: string): void {
  fire.change.fire(document.change(offset, length, text));
  if (document.isDirty) return;
  document.isDirty = true;
  fire.change.fire({ document, contentChanges: [], reason: undefined });
}

/** The state that the handlers ask for. */
export const state: {
  folder: string;
  documents: StandInDocument[];
  editor: { document: StandInDocument; selections: Range[] } | undefined;
  settings: Map<string, unknown>;
  problems: Map<string, readonly { readonly severity: number; readonly message: string }[]>;
} = { folder: '/p', documents: [], editor: undefined, settings: new Map(), problems: new Map() };

const folderOf = () => ({ uri: Uri.file(state.folder), name: 'p', index: 0 });

export const workspace = {
  isTrusted: true,
  get workspaceFolders() {
    return [folderOf()];
  },
  get textDocuments() {
    return state.documents;
  },
  getWorkspaceFolder: ({ fsPath }: Uri) => (fsPath.startsWith(`${state.folder}/`) ? folderOf() : undefined),
  getConfiguration: () => ({ get: (key: string) => state.settings.get(key) }),
  createFileSystemWatcher: () => ({ onDidChange: never.event, onDidCreate: never.event, dispose() {} }),
  onDidChangeTextDocument: fire.change.event,
  onDidOpenTextDocument: fire.open.event,
  onDidCloseTextDocument: fire.close.event,
  onDidGrantWorkspaceTrust: fire.trust.event,
  onDidChangeConfiguration: fire.settings.event,
  onDidChangeWorkspaceFolders: never.event,
};
export const window = {
  get activeTextEditor() {
    return state.editor;
  },
  get visibleTextEditors() {
    return state.editor === undefined ? [] : [state.editor];
  },
  onDidChangeTextEditorSelection: fire.selection.event,
  onDidChangeActiveTextEditor: never.event,
  onDidChangeTextEditorVisibleRanges: never.event,
  onDidChangeActiveTerminal: never.event,
  onDidChangeWindowState: fire.windowState.event,
  onDidStartTerminalShellExecution: fire.start.event,
  onDidEndTerminalShellExecution: fire.end.event,
};
export const languages = {
  onDidChangeDiagnostics: fire.diagnostics.event,
  getDiagnostics: (uri?: Uri) =>
    uri === undefined
      ? [...state.problems].map(([, found]) => [uri, found])
      : (state.problems.get(uri.fsPath) ?? []),
};
export const tasks = {
  onDidEndTaskProcess: fire.task.event,
  onDidStartTask: fire.taskStart.event,
  onDidEndTask: fire.taskEnd.event,
};
/**
 * What listens to debug adapters, and a session under it: messages of its adapter, requests to it, and messages of a
 * session below it, in their order; then its end.
 */
interface DebugTracker {
  onDidSendMessage?(message: unknown): void;
  onWillReceiveMessage?(message: unknown): void;
  onWillStopSession?(): void;
}
const trackers = new Set<{ createDebugAdapterTracker(session: unknown): DebugTracker | undefined }>();
export function debugSession(
  name: string,
  messages: readonly unknown[],
  { type = 'chronicle', below = [] }: { readonly type?: string; readonly below?: readonly unknown[] } = {},
): void {
  const session = { id: `of ${name}`, name, type, workspaceFolder: folderOf() };
  const hear = (tracker: DebugTracker | undefined, message: unknown) => {
    const isRequest =
      typeof message === 'object' && message !== null && 'type' in message && message.type === 'request';
    if (isRequest) tracker?.onWillReceiveMessage?.(message);
    else tracker?.onDidSendMessage?.(message);
  };
  for (const factory of trackers) {
    const tracker = factory.createDebugAdapterTracker(session);
    const part =
      below.length === 0
        ? undefined
        : factory.createDebugAdapterTracker({
            ...session,
            id: `below ${name}`,
            name: `main [7] « ${name}`,
            parentSession: session,
          });
    for (const message of below) hear(part, message);
    part?.onWillStopSession?.();
    for (const message of messages) hear(tracker, message);
    tracker?.onWillStopSession?.();
  }
}
export const debug: {
  activeDebugSession: unknown;
  readonly onDidStartDebugSession: (typeof fire.debugStart)['event'];
  readonly onDidTerminateDebugSession: (typeof fire.debugEnd)['event'];
  registerDebugAdapterTrackerFactory(
    type: string,
    factory: { createDebugAdapterTracker(session: unknown): DebugTracker | undefined },
  ): Disposable;
} = {
  activeDebugSession: undefined,
  onDidStartDebugSession: fire.debugStart.event,
  onDidTerminateDebugSession: fire.debugEnd.event,
  registerDebugAdapterTrackerFactory: (
    _type: string,
    factory: { createDebugAdapterTracker(session: unknown): DebugTracker | undefined },
  ) => {
    trackers.add(factory);
    return new Disposable(() => trackers.delete(factory));
  },
};
export const commands = { executeCommand: async () => undefined };
