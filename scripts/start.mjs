/**
 * The main job in one command, `npm start`: builds, reads the conversations of the assistants on this machine (or, where
 * there are none, a small sample written for this project), sleeps one night, shows the night and the rules, and
 * says what an assistant would be told. Everything goes into a folder of its own: nothing of yours is changed.
 *
 *   npm start [-- --sample | PATH…]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
process.chdir(root);
const home = join(root, 'out', 'first-night');
const database = join(home, 'memory.db');
const commandLine = join(root, 'dist', 'cli.js');
const given = process.argv.slice(2).filter((argument) => argument !== '--sample');

function run(title, args, { quiet = false } = {}) {
  if (!quiet) console.log(`\n\x1b[1m${title}\x1b[0m\n`);
  const { status, stdout } = spawnSync(process.execPath, args, {
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) process.exit(status ?? 1);
  return stdout;
}
const reverie = (title, ...args) => run(title, [commandLine, ...args, '--db', database]);

run('Building', ['esbuild.mjs', '--production']);
rmSync(home, { recursive: true, force: true });
mkdirSync(home, { recursive: true, mode: 0o700 });

const found = process.argv.includes('--sample')
  ? []
  : JSON.parse(run('', [commandLine, 'discover', '--json', '--db', database], { quiet: true }));
const conversations = found.reduce((sum, one) => sum + one.files, 0);
const sample = given.length === 0 && conversations === 0;
const paths = given.length > 0 ? given : sample ? ['samples'] : [];
if (!existsSync(commandLine)) throw new Error('the build left no command line');

reverie(
  sample
    ? 'No assistant has been used on this machine yet: reading the sample conversations'
    : 'Reading conversations',
  'import',
  ...paths,
);
reverie('One night', 'sleep');
reverie('The rules', 'rules');
const asking = sample
  ? ['--project', 'lantern', '--prompt', 'the build is fixed, commit it']
  : ['--prompt', 'commit it'];
reverie(
  'What an assistant is told when a conversation begins',
  'inject',
  '--event',
  'SessionStart',
  ...asking,
);
reverie(`… and when you write “${asking.at(-1)}”`, 'inject', '--event', 'UserPromptSubmit', ...asking);
console.log(`\nThe memory of this try is ${database}.\nSee it in the editor: npm run vscode\n`);
