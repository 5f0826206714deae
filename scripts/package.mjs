/**
 * Builds the VSIX for this platform: `npm run package`. The native module is inside, so a package serves one
 * platform; its size is reported because a slow download is a reason not to install.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, statSync } from 'node:fs';

const run = (command, args) => {
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
};

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const target = `${process.platform}-${process.arch === 'arm' ? 'armhf' : process.arch}`;
export const vsix = `${name}-${target}-${version}.vsix`;

rmSync(vsix, { force: true });
run(process.execPath, ['esbuild.mjs', '--production']);
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
