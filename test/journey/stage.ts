/** A machine of its own for a journey: a home, a workspace, an editor with the package, a browser, a model. */
import { appendFileSync, existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromiumProfile } from '../support/chromium.ts';
import { type Editor, startEditor } from '../support/codeServer.ts';
import { type ReverieHome, reverieHome } from '../support/reverieHome.ts';
import { type ScriptedModel, startScriptedModel } from '../support/scriptedModel.ts';

export interface Stage {
  readonly page: Page;
  readonly url: string;
  /** The folder that is open, by its real path. */
  readonly workspace: string;
  readonly editor: Editor;
  readonly model: ScriptedModel;
  readonly home: ReverieHome;
  /** The person's home directory; {@link home} is what Reverie keeps in it. */
  readonly person: string;
  /** Where the extension's package was installed. */
  readonly extensions: string;
  /** What somebody wanted to run with the `node` of the path, which is none. */
  nodeCalls(): Promise<string>;
  /** Leaves a screenshot and what the model was asked where a person can find them. */
  keepTraces(name: string): Promise<void>;
  /** Leaves the home and all logs of the editor there too. */
  keepEverything(): Promise<void>;
  close(): Promise<void>;
}

/** Screenshots and logs of a run. */
export const traces = resolve('out/journey');

/**
 * Every program of this machine but a JavaScript runtime, so that hooks must find the editor's own. What is called
 * `node` there only notes down what it was to run.
 */
async function pathWithoutNode(directory: string, calls: string): Promise<string> {
  const programs = join(directory, 'programs');
  await mkdir(programs);
  const script = `#!/bin/sh\necho "$*" >>'${calls}'\nexit 127\n`;
  await writeFile(join(programs, 'node'), script, { mode: 0o755 });
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => existsSync(folder));
  for (const folder of folders) {
    for (const name of await readdir(folder)) {
      if (/^(?:nodejs|npm|npx|corepack|bun|deno)$/.test(name) || existsSync(join(programs, name))) continue;
      await symlink(join(folder, name), join(programs, name)).catch(() => undefined);
    }
  }
  return programs;
}

export async function setStage(): Promise<Stage> {
  const vsix = process.env['REVERIE_VSIX'];
  if (vsix === undefined)
    throw new Error('REVERIE_VSIX is not set: run this through `node scripts/journeyTests.mjs`.');
  await mkdir(traces, { recursive: true });
  const directory = await mkdtemp(join(await realpath(tmpdir()), 'reverie-journey-'));
  const workspace = join(directory, 'harbour');
  const user = join(directory, 'person');
  const reverie = join(user, '.reverie');
  await mkdir(workspace, { recursive: true });
  await mkdir(user, { recursive: true });
  await writeFile(join(workspace, 'package.json'), '{ "name": "harbour", "private": true }\n');

  const nodeCalls = join(directory, 'node-calls');
  const closers: (() => Promise<unknown>)[] = [
    () => rm(directory, { recursive: true, force: true, maxRetries: 5 }),
  ];
  const close = async () => {
    for (const closer of closers.reverse()) await closer();
  };
  try {
    const model = await startScriptedModel();
    closers.push(() => model.close());
    const editor = await startEditor({
      directory,
      vsix,
      log: join(traces, 'editor.log'),
      /* Another person's home: what this machine's own assistants said stays out of it. */
      env: {
        HOME: user,
        REVERIE_HOME: reverie,
        PATH: await pathWithoutNode(directory, nodeCalls),
        /* As long as the editor waits for a hook: whether one is quick enough is measured elsewhere. */
        REVERIE_HOOK_MS: '4500',
      },
      modelUrl: model.url,
    });
    closers.push(() => editor.stop());
    const browser = await launchChromiumProfile(join(directory, 'browser'));
    closers.push(() => browser.close());
    const page = browser.pages()[0] ?? (await browser.newPage());
    page.on('console', (message) => appendFileSync(join(traces, 'page.log'), `${message.text()}\n`));
    return {
      page,
      url: editor.open(workspace),
      workspace,
      editor,
      model,
      home: await reverieHome(reverie, join(directory, 'extensions')),
      person: user,
      extensions: join(directory, 'extensions'),
      nodeCalls: () => readFile(nodeCalls, 'utf8').catch(() => ''),
      async keepTraces(name) {
        await page.screenshot({ path: join(traces, `${name}.png`) });
        const asked = model.requests.filter((request) => request.agent).map(({ messages }) => messages);
        await writeFile(join(traces, `${name}.requests.json`), JSON.stringify(asked, undefined, 1));
      },
      async keepEverything() {
        const copy = (from: string, to: string) =>
          cp(from, join(traces, to), { recursive: true, errorOnExist: false }).catch(() => undefined);
        await Promise.all([copy(reverie, 'reverie'), copy(join(directory, 'user', 'logs'), 'logs')]);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
