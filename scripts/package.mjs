/**
 * Builds the VSIX for this platform: `npm run package`. The native module is inside, so a package serves one
 * platform; its size is reported because a slow download is a reason not to install.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const run = (command, args) => {
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
};

/** What the native module needs when it runs, beside the bundles, where they look for it first. */
function copyNativeModule() {
  const from = 'node_modules/@vscode/sqlite3';
  const parts = ['package.json', 'LICENSE', 'lib', 'build/Release/vscode-sqlite3.node'];
  for (const part of parts) {
    const to = join('dist', from, part);
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(from, part), to, { recursive: true });
  }
}

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const target = `${process.platform}-${process.arch === 'arm' ? 'armhf' : process.arch}`;
export const vsix = `${name}-${target}-${version}.vsix`;

rmSync(vsix, { force: true });
run(process.execPath, ['esbuild.mjs', '--production']);
copyNativeModule();
run('npx', [
  '--no-install',
  'vsce',
  'package',
  '--no-dependencies',
  '--target',
  target,
  '--out',
  vsix,
  '--allow-missing-repository',
  '--no-rewrite-relative-links',
]);
console.log(`${vsix}: ${(statSync(vsix).size / 1e6).toFixed(2)} MB (goal: at most 8 MB)`);
