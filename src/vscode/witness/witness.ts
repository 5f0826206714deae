/**
 * The editor as witness: what a person makes of an assistant's text, what makes errors go away, the user's own
 * commits. While Reverie is paused, in a private session, in a workspace that is not trusted, or switched off, nothing
 * is listened to at all, and what was seen is dropped.
 */
import { basename, isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import type { ProjectId } from '../../core/memory.ts';
import type { Log } from '../../core/ports.ts';
import { tunables } from '../../core/tunables.ts';
import { createCommandWatch, type FixRecipe } from '../../core/witness/commandWatch.ts';
import { createEditorWitness, type Rewrite } from '../../core/witness/editorWitness.ts';
import type { Observation, RewriteObservation } from '../../core/witness/observation.ts';
import { createProblemWatch } from '../../core/witness/problemWatch.ts';
import type { MoodState } from '../moodState.ts';
import { readSetting } from '../settings.ts';
import type { Worker } from '../worker.ts';
import { type AgentTold, createAgentListener } from './agentListener.ts';
import { editEventFrom } from './documents.ts';
import { createOutbox } from './outbox.ts';
import { createPlaces } from './places.ts';
import { watchRepositories } from './repositories.ts';
import type { RunEnd } from './runEnd.ts';
import { watchRuns } from './runs.ts';
import { createSnapshots } from './snapshots.ts';
import { createUnsavedWatch } from './unsaved.ts';
import type { Workload } from './workload.ts';

export interface Witness extends vscode.Disposable {
  /** What the user made of an assistant's text at a place of a document, as it would be kept. */
  rewriteAt(document: vscode.TextDocument, range: vscode.Range): RewriteObservation | undefined;
  /** Hands over what was witnessed so far, now. */
  flush(): Promise<void>;
}

export interface WitnessDeps {
  readonly worker: Worker;
  readonly moods: MoodState;
  readonly log: Log;
  readonly workload: Workload;
  readonly now: () => number;
  readonly projectRoot: (directory: string) => ProjectId;
  /** Where windows leave their address for agents' hooks, and the address of a name in it. */
  readonly windows: string;
  readonly addressOf: (folder: string, name: string) => string;
  /** An agent was asked, is at work, or has answered. */
  readonly heardAgent: (turn: AgentTold['turn']) => void;
  /** Something was kept. */
  readonly kept: () => void;
}

/** Text before a rewritten place that is looked at for what encloses it, in characters. */
const aboveLength = 8_000;
/** Successful commands that are remembered as a remedy for an error under the text. */
const recentCommands = 3;

export function createWitness(deps: WitnessDeps): Witness {
  const { moods, log, workload, now } = deps;
  const session = `window ${process.pid} ${now()}`;
  const witness = createEditorWitness();
  const commands = createCommandWatch();
  const problems = createProblemWatch();
  const unsaved = createUnsavedWatch((event) => {
    witness.edited(event);
    schedule();
  });
  const places = createPlaces(deps.projectRoot);
  const snapshots = createSnapshots(places.fileOf, workload);
  const mayNotice = () =>
    vscode.workspace.isTrusted &&
    !moods.paused &&
    !moods.privateSession &&
    readSetting('capture.enabled') &&
    readSetting('capture.editor');
  const outbox = createOutbox({ worker: deps.worker, log, workload, mayKeep: mayNotice, sent: deps.kept });
  let listening: vscode.Disposable | undefined;
  let timer: NodeJS.Timeout | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  let recent: readonly { readonly command: string; readonly at: number }[] = [];

  const documentOf = (file: string) =>
    vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === file);

  function observationOf({ file, at, pieces }: Rewrite): RewriteObservation | undefined {
    const place = places.placeOf(file);
    if (place === undefined) return undefined;
    const document = documentOf(file);
    const start = pieces[0]?.start ?? 0;
    const above = document?.getText(
      new vscode.Range(document.positionAt(Math.max(0, start - aboveLength)), document.positionAt(start)),
    );
    return {
      type: 'rewrite',
      project: place.project,
      path: place.path,
      session,
      at,
      pieces: pieces.map(({ before, after, undone }) => ({ before, after, undone })),
      ...(above === undefined ? {} : { above }),
    };
  }

  const push = (observation: Observation | undefined) => {
    if (observation !== undefined && mayNotice()) outbox.push(observation);
  };

  /** One timer for all that waits to settle. */
  function schedule(): void {
    const due = Math.min(
      witness.dueAt() ?? Number.POSITIVE_INFINITY,
      problems.dueAt() ?? Number.POSITIVE_INFINITY,
    );
    if (due === Number.POSITIVE_INFINITY || due >= dueAt) return;
    clearTimeout(timer);
    dueAt = due;
    timer = setTimeout(() => workload.run('settle', settle), Math.max(100, due - now()));
  }
  /** @param at everything counts as left alone long enough at the end of time. */
  const take = (at: number) => {
    unsaved.release();
    for (const rewrite of witness.settled(at)) push(observationOf(rewrite));
  };
  function settle(): void {
    dueAt = Number.POSITIVE_INFINITY;
    take(now());
    problems.look(now(), textOf);
    schedule();
  }
  const textOf = (file: string): string | undefined => {
    const document = documentOf(file);
    if (document === undefined) return undefined;
    const length = document.offsetAt(new vscode.Position(document.lineCount, 0));
    return length > tunables.witness.longestCompared ? undefined : document.getText();
  };

  function onEdit(event: vscode.TextDocumentChangeEvent): void {
    const file = places.fileOf(event.document);
    if (file === undefined) return;
    if (event.contentChanges.length === 0) {
      unsaved.stateTold(event.document);
      return;
    }
    const at = now();
    snapshots.changed(file, at);
    unsaved.changed(event.document, editEventFrom(event, file, at));
  }

  function onAgent({ writes, cwd, at, turn }: AgentTold): void {
    deps.heardAgent(turn);
    if (writes.length === 0) return;
    unsaved.release();
    for (const { file, texts } of writes) {
      const path = isAbsolute(file) ? file : join(cwd ?? '', file);
      const uri = vscode.Uri.file(path);
      if (vscode.workspace.getWorkspaceFolder(uri) === undefined || places.placeOf(uri.fsPath) === undefined)
        continue;
      witness.wrote({ file: uri.fsPath, texts, at }, textOf(uri.fsPath));
    }
    schedule();
  }

  function onRun(run: RunEnd): void {
    const at = now();
    const place = places.placeOf(run.cwd === undefined ? '' : join(run.cwd, 'x'));
    if (place === undefined) return;
    if (!run.failed) recent = [...recent.slice(1 - recentCommands), { command: run.command, at }];
    const recipe = commands.ran({ ...run, at }, snapshots.changedSince);
    if (run.failed) snapshots.take();
    if (recipe !== undefined) push(fixOf(recipe, place.project));
  }

  function fixOf(recipe: FixRecipe, project: ProjectId): Observation {
    const edits =
      recipe.instead !== undefined
        ? []
        : snapshots.differences().flatMap(({ file, before, after }) => {
            const place = places.placeOf(file);
            return place === undefined ? [] : [{ path: place.path, before, after }];
          });
    return { type: 'fix', project, session, ...recipe, commands: [...recipe.commands], edits };
  }

  function onDiagnostics({ uris }: vscode.DiagnosticChangeEvent): void {
    const at = now();
    for (const uri of uris.slice(0, tunables.witness.files)) {
      if (uri.scheme !== 'file') continue;
      const file = uri.fsPath;
      const document = documentOf(file);
      if (document === undefined || places.fileOf(document) === undefined) continue;
      const errors = vscode.languages
        .getDiagnostics(uri)
        .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error)
        .map(({ message, source, code }) => ({
          message,
          ...(source === undefined ? {} : { source }),
          ...(code === undefined ? {} : { code: String(typeof code === 'object' ? code.value : code) }),
        }));
      const fix = problems.seen(file, errors, at, () => textOf(file));
      const place = fix === undefined ? undefined : places.placeOf(file);
      if (fix === undefined || place === undefined) continue;
      const { error, before, after } = fix;
      /* Without an edit of this file, what ran just before helped. */
      const ran = before === after ? recent.filter((one) => at - one.at <= tunables.witness.problemMs) : [];
      push({
        type: 'problem',
        project: place.project,
        session,
        at,
        path: place.path,
        error,
        before,
        after,
        commands: ran.map(({ command }) => command),
      });
    }
    schedule();
  }

  function begin(): vscode.Disposable {
    const roots = [
      ...new Set((vscode.workspace.workspaceFolders ?? []).map(({ uri }) => deps.projectRoot(uri.fsPath))),
    ];
    const look = (project: string) => push({ type: 'git', project, session, at: now() });
    return vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(workload.timed('edit', onEdit)),
      vscode.workspace.onDidOpenTextDocument(
        workload.timed('open', (document) => {
          const file = places.fileOf(document);
          if (file === undefined) return;
          witness.opened(file, now(), () => textOf(file) ?? '');
          if (commands.openSince() !== undefined) snapshots.opened(document);
        }),
      ),
      vscode.workspace.onDidCloseTextDocument(
        workload.timed('close', (document) => {
          const file = places.fileOf(document);
          if (file === undefined) return;
          unsaved.release();
          witness.closed(file);
          schedule();
        }),
      ),
      vscode.languages.onDidChangeDiagnostics(workload.timed('diagnostics', onDiagnostics)),
      watchRuns(onRun, workload),
      watchRepositories(roots, {
        moved: workload.timed('git moved', () => witness.gitMoved(now())),
        logged: workload.timed('git logged', look),
      }),
      createAgentListener({ folder: deps.windows, addressOf: deps.addressOf, heard: onAgent, workload, log }),
    );
  }

  function stop(): void {
    pauseListening();
    outbox.clear();
  }
  function pauseListening(): void {
    listening?.dispose();
    listening = undefined;
    clearTimeout(timer);
    dueAt = Number.POSITIVE_INFINITY;
    for (const seen of [unsaved, witness, commands, problems, snapshots]) seen.clear();
    recent = [];
  }

  /** Listens if it may; the answer may have changed. */
  function consider(): void {
    const may = mayNotice();
    if (may && listening === undefined) {
      listening = begin();
      log.debug(`watching ${basename(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? 'no folder')}`);
    } else if (!may && listening !== undefined) stop();
  }

  const subscriptions = vscode.Disposable.from(
    moods.onDidChange(consider),
    vscode.workspace.onDidGrantWorkspaceTrust(consider),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('reverie.capture')) return;
      places.forget();
      /* What was seen of a folder that is now excluded must not be kept. */
      stop();
      consider();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(() => {
      places.forget();
      pauseListening();
      consider();
    }),
  );
  consider();

  return {
    rewriteAt(document, range) {
      const file = places.fileOf(document);
      if (file === undefined) return undefined;
      unsaved.release();
      const rewrite = witness.rewriteAt(file, document.offsetAt(range.start), document.offsetAt(range.end));
      return rewrite === undefined ? undefined : observationOf(rewrite);
    },
    flush() {
      take(Number.POSITIVE_INFINITY);
      return outbox.flush();
    },
    dispose() {
      take(Number.POSITIVE_INFINITY);
      outbox.dispose();
      subscriptions.dispose();
      stop();
    },
  };
}
