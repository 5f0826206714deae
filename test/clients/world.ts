/** A person's home with a project, a memory that knows something about it, and assistants from the npm registry. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Outcome, reverieJson } from '../support/commandLine.ts';
import { type ScriptedModel, startScriptedModel } from '../support/scriptedModel.ts';

export interface ClientWorld {
  readonly project: string;
  readonly home: string;
  readonly model: ScriptedModel;
  /** A command of our own in the project. */
  reverie(...words: readonly string[]): Promise<unknown>;
  /** Runs an assistant in the project to its end. */
  run(command: string, words: readonly string[], env?: Readonly<Record<string, string>>): Promise<Outcome>;
  close(): Promise<void>;
}

/** The plugin as it lies in the package. */
export const pluginFolder = resolve('plugin');
/** A first start on a busy machine. ms */
const patience = 180_000;

/** What an assistant needs of this machine; nothing of who runs the tests. */
const inherited = ['PATH', 'SHELL', 'LANG', 'TMPDIR', 'SystemRoot'] as const;

export async function clientWorld(): Promise<ClientWorld> {
  const commands = process.env['REVERIE_CLIENTS'];
  if (commands === undefined)
    throw new Error('REVERIE_CLIENTS is not set: run this through `node scripts/clientTests.mjs`.');
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'reverie-clients-')));
  const home = join(folder, 'person');
  const project = join(folder, 'harbour');
  await mkdir(home);
  await mkdir(join(project, 'src', 'billing'), { recursive: true });
  await writeFile(join(project, 'src', 'billing', 'invoice.ts'), 'export const total = 0;\n');
  const failing = 'echo "Error: connect ECONNREFUSED 127.0.0.1:5433, 12 tests failed" >&2\nexit 1\n';
  await writeFile(join(project, 'run-tests.sh'), failing);
  const model = await startScriptedModel();
  const own = {
    ...Object.fromEntries(
      inherited.flatMap((name) => (process.env[name] ? [[name, process.env[name] ?? '']] : [])),
    ),
    HOME: home,
    USERPROFILE: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_CACHE_HOME: join(home, '.cache'),
    REVERIE_HOME: join(home, '.reverie'),
    /* As long as an assistant waits for a hook, not as long as one of ours takes in use. */
    REVERIE_HOOK_MS: '4500',
  };
  return {
    project,
    home,
    model,
    reverie: (...words) => reverieJson([...words], { cwd: project, env: own }),
    run: (command, words, env = {}) =>
      new Promise((done, reject) => {
        const child = spawn(join(commands, command), words, {
          cwd: project,
          env: { ...own, ...env },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        const late = setTimeout(() => child.kill('SIGKILL'), patience);
        let stdout = '';
        let stderr = '';
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          stdout += text;
        });
        child.stderr.setEncoding('utf8').on('data', (text: string) => {
          stderr += text;
        });
        child.on('error', reject);
        child.on('close', (code) => {
          clearTimeout(late);
          done({ code, stdout, stderr });
        });
      }),
    async close() {
      await model.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
