/**
 * The composition root of the extension: builds the adapters, hands them to the contributions, and keeps activation
 * cheap: the database is opened, and the native module loaded, only when something needs them.
 */
import { rmSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { z } from 'zod/mini';
import { foldersVariable } from './assistants/hook.ts';
import type { Database } from './core/database.ts';
import { ReverieError } from './core/errors.ts';
import { pausedFact } from './core/injection/hookFacts.ts';
import type { ProjectId } from './core/memory.ts';
import type { Log } from './core/ports.ts';
import {
  databaseFile,
  modelRequestsFile,
  reverieHome,
  windowAddress,
  windowsFolder,
} from './sqlite/location.ts';
import { fileBlob } from './transcripts/fileBlob.ts';
import { createProjectRoots } from './transcripts/projectRoot.ts';
import { createApi, type ReverieApi } from './vscode/api.ts';
import { registerCommands } from './vscode/commands.ts';
import { createIdleWatch } from './vscode/idle.ts';
import { lifecycleCommands } from './vscode/lifecycleCommands.ts';
import { createChannelLog } from './vscode/log.ts';
import { registerMcpServer } from './vscode/mcpProvider.ts';
import { createMemoryAccess } from './vscode/memoryAccess.ts';
import { memoryCommands } from './vscode/memoryCommands.ts';
import { createModelChoice } from './vscode/modelChoice.ts';
import { modelCommands } from './vscode/modelCommands.ts';
import { createMoodState, type MoodState } from './vscode/moodState.ts';
import { askToKeepChanged, nightCommands } from './vscode/nightCommands.ts';
import { registerParticipant } from './vscode/participant.ts';
import { portabilityCommands } from './vscode/portabilityCommands.ts';
import type { Remembered, RememberOptions, Services } from './vscode/services.ts';
import { createSidebar, sidebarViewId } from './vscode/sidebar.ts';
import { createSidebarHost } from './vscode/sidebarHost.ts';
import { createSleeping } from './vscode/sleeping.ts';
import { createStatusBar } from './vscode/statusBar.ts';
import { registerTools } from './vscode/tools.ts';
import { watchMemory } from './vscode/watchMemory.ts';
import { registerRememberAction, rememberChange } from './vscode/witness/rememberChange.ts';
import { createWitness } from './vscode/witness/witness.ts';
import { createWorkload } from './vscode/witness/workload.ts';
import { connectionsFolder, leaveWordForHooks, watchSettings } from './vscode/wordForHooks.ts';
import { createWorker, type Worker } from './vscode/worker.ts';

const remembered = z.object({ id: z.string(), text: z.string() });

export async function activate(context: vscode.ExtensionContext): Promise<ReverieApi> {
  const started = performance.now();
  const channel = vscode.window.createOutputChannel('Reverie', { log: true });
  context.subscriptions.push(channel);
  const log = createChannelLog(channel);
  try {
    const api = compose(context, log, () => channel.show());
    log.info(`awake after ${(performance.now() - started).toFixed(0)} ms`);
    return api;
  } catch (error) {
    /* VS Code says nothing by itself when an extension cannot start. */
    const message = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`Reverie could not start: ${message}`);
    log.error(`could not start: ${error instanceof Error ? error.name : 'error'}`);
    throw error;
  }
}

function compose(context: vscode.ExtensionContext, log: Log, showLog: () => void): ReverieApi {
  const file = databaseFile();
  const commandLine = context.asAbsolutePath(join('dist', 'cli.js'));
  const now = () => Date.now();
  const projectRoot = createProjectRoots();

  const moods = createMoodState();
  const access = createMemoryAccess({
    openDatabase: async (): Promise<Database> => {
      /* The native module and all of the store: not before they are needed. */
      const { openDatabase } = await import('./sqlite/open.ts');
      const database = await openDatabase({ file, mode: 'write', log });
      moods.setPaused((await database.getFact(pausedFact)) === true);
      return database;
    },
    log,
  });
  const worker = createWorker({ commandLine, database: file, log });
  const idle = createIdleWatch(now);
  const chooseModel = createModelChoice({
    secrets: context.secrets,
    editorModel: async (wanted, mayAskConsent) => {
      const { createVscodeModel } = await import('./models/vscodeLm.ts');
      return createVscodeModel({ wanted, mayAskConsent, access: context.languageModelAccessInformation });
    },
    log,
  });
  const sleeping = createSleeping({ access, worker, idle, chooseModel, moods, log, now });
  const project = (path?: string) => projectInHand(projectRoot, path);
  const sidebar = createSidebar({
    extensionUri: context.extensionUri,
    log,
    host: createSidebarHost({
      open: () => access.open(),
      now,
      here: () => (vscode.workspace.workspaceFolders ?? []).map((folder) => projectRoot(folder.uri.fsPath)),
      mood: () => moods.current,
      edit: async (id, text) => {
        await worker.run(['edit', id, '-'], { input: text });
      },
      review: async (id, verdict) => {
        await worker.run(['review', id, verdict]);
      },
      mayKeep: askToKeepChanged,
    }),
  });
  const services: Services = {
    access,
    worker,
    moods,
    sleeping,
    sidebar,
    log,
    databaseFile: file,
    showLog,
    removeTraces: () => {
      for (const path of [
        join(reverieHome(), connectionsFolder),
        join(reverieHome(), 'hook.log'),
        modelRequestsFile(file),
      ])
        rmSync(path, { recursive: true, force: true });
    },
    fileBlob,
    project,
    remember: (text, options) =>
      remember(text, options, { worker, moods, project, refresh: () => sidebar.refresh() }),
  };

  const workload = createWorkload();
  const kept = () => sidebar.refresh();
  const witness = createWitness({
    worker,
    moods,
    log,
    workload,
    now,
    projectRoot,
    windows: windowsFolder(),
    addressOf: windowAddress,
    heardAgent: idle.heardAgent,
    kept,
  });

  leaveWordForHooks(context, { commandLine, home: reverieHome(), foldersVariable, log }, () => {
    /* Their owner agreed to the entries; they only follow this program to where it is now. */
    worker
      .run(['connect', '--refresh'])
      .catch(() => log.warn('connected assistants could not be told where Reverie is now'));
  });
  context.subscriptions.push(
    access,
    moods,
    idle,
    witness,
    registerRememberAction(witness, workload),
    sleeping,
    sidebar,
    createStatusBar(moods),
    vscode.window.registerWebviewViewProvider(sidebarViewId, sidebar),
    registerCommands(
      {
        ...nightCommands(services),
        ...memoryCommands(services),
        ...lifecycleCommands(services, workload),
        rememberChange: (uri, range, words) =>
          rememberChange({ witness, worker, kept, mayKeep: () => refusal(moods) }, uri, range, words),
        ...portabilityCommands(services),
        ...modelCommands(services, {
          secrets: context.secrets,
          requestsFile: modelRequestsFile(file),
        }),
      },
      log,
    ),
    registerTools(services),
    registerParticipant(services),
    registerMcpServer({
      commandLine,
      database: file,
      version: String(context.extension.packageJSON.version),
      moods,
    }),
    sleeping.onDidSleep(() => sidebar.refresh()),
    moods.onDidChange((mood) => sidebar.mood(mood)),
    watchSettings(context.globalState, access, log),
    watchMemory(access, moods, sleeping, () => sidebar.refresh(), log),
  );
  return createApi(services, { workload, flush: () => witness.flush() });
}

/** The project of a file of the window, else of the active editor, else of the first folder. */
function projectInHand(
  projectRoot: (directory: string) => ProjectId,
  path: string | undefined,
): ProjectId | undefined {
  const file = path === undefined || !isAbsolute(path) ? undefined : vscode.Uri.file(path);
  const folder =
    [file, vscode.window.activeTextEditor?.document.uri]
      .map((uri) => uri && vscode.workspace.getWorkspaceFolder(uri))
      .find((found) => found !== undefined) ?? vscode.workspace.workspaceFolders?.[0];
  return folder === undefined ? undefined : projectRoot(folder.uri.fsPath);
}

/** Why nothing may be kept now, in words for the user; undefined if it may. */
function refusal(moods: MoodState): string | undefined {
  if (moods.paused) return 'Reverie is paused: resume it first.';
  if (moods.privateSession) return 'This is a private session: nothing of it is kept.';
  if (!vscode.workspace.isTrusted) return 'This workspace is not trusted: nothing of it is kept.';
  return undefined;
}

/** Redaction is heavy and must not run on the editor's thread: the command line does it. */
async function remember(
  text: string,
  { kind, scope, glob }: RememberOptions = {},
  from: {
    readonly worker: Worker;
    readonly moods: MoodState;
    readonly project: () => ProjectId | undefined;
    readonly refresh: () => void;
  },
): Promise<Remembered> {
  const refused = refusal(from.moods);
  if (refused !== undefined) throw new ReverieError('invalid-input', refused);
  const project = from.project();
  const args = [
    'remember',
    '-',
    ...(kind === undefined ? [] : ['--kind', kind]),
    ...(scope === 'user' || project === undefined ? ['--user'] : ['--project', project]),
    ...(glob === undefined || project === undefined ? [] : ['--path', glob]),
  ];
  const kept = remembered.parse(await from.worker.run(args, { input: text }));
  from.refresh();
  return kept;
}
