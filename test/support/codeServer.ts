/** A profile of one's own in a whole workbench, set up so that nothing asks and the agent speaks with our endpoint. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ensureCodeServer,
  installExtension,
  type Serving,
  startCodeServer,
} from '../../scripts/codeServer.mjs';

const settings = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'window.commandCenter': false,
  /* Conversations are held in editors: one place to look for them. */
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  /* Signed out, there is no small model for titles and the like: the one we have does that too. */
  'chat.byokUtilityModelDefault': 'mainAgent',
};

export interface Editor extends Serving {
  /** The address that opens `folder`. */
  open(folder: string): string;
  /** The address that opens a `.code-workspace`: a window of several folders. */
  openWorkspace(file: string): string;
  /** Ends the server, and with it every window's extension host, and starts it again at the same address. */
  restart(meanwhile: () => Promise<void>): Promise<void>;
  /** Changes user settings; an open window follows by itself. */
  changeSettings(changes: Readonly<Record<string, unknown>>): Promise<void>;
}

/**
 * Installs the VSIX into a fresh profile below `directory` and starts the editor.
 * @param modelUrl the endpoint the Copilot agent asks, if the test has one.
 */
export async function startEditor(options: {
  readonly directory: string;
  readonly vsix: string;
  readonly log: string;
  readonly env: Readonly<Record<string, string>>;
  readonly modelUrl?: string;
}): Promise<Editor> {
  const places = await ensureCodeServer();
  const userData = join(options.directory, 'user');
  const extensions = join(options.directory, 'extensions');
  const user = join(userData, 'User');
  let current: Readonly<Record<string, unknown>> = settings;
  const changeSettings = async (changes: Readonly<Record<string, unknown>>) => {
    current = { ...current, ...changes };
    await writeFile(join(user, 'settings.json'), JSON.stringify(current));
  };
  await mkdir(user, { recursive: true });
  await changeSettings({});
  if (options.modelUrl !== undefined) {
    const model = {
      id: 'scripted-1',
      name: 'Scripted One',
      url: options.modelUrl,
      toolCalling: true,
      vision: false,
      maxInputTokens: 128_000,
      maxOutputTokens: 8_000,
    };
    const models = [{ name: 'Scripted', vendor: 'customendpoint', models: [model] }];
    await writeFile(join(user, 'chatLanguageModels.json'), JSON.stringify(models));
  }
  installExtension({ places, vsix: options.vsix, serverData: join(options.directory, 'server'), extensions });
  const start = (port?: number) =>
    startCodeServer({
      places,
      userData,
      extensions,
      log: options.log,
      env: options.env,
      ...(port === undefined ? {} : { port }),
    });
  let serving = await start();
  return {
    ...serving,
    stop: () => serving.stop(),
    async restart(meanwhile) {
      await serving.stop();
      await meanwhile();
      serving = await start(serving.port);
    },
    open: (folder) => `${serving.url}?folder=${encodeURIComponent(folder)}`,
    openWorkspace: (file) => `${serving.url}?workspace=${encodeURIComponent(file)}`,
    changeSettings,
  };
}
