/** `npm run screenshots`: pictures of the sidebar in a real workbench, in each kind of theme, into media/screenshots. */
import { spawnSync } from 'node:child_process';
import { build } from 'esbuild';
import { builtVsix } from './builtVsix.mjs';

const bundle = 'out/screenshots.mjs';
await build({
  entryPoints: ['test/journey/screenshots.ts'],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
});
const env = { ...process.env, REVERIE_VSIX: builtVsix((line) => console.error(line)) };
process.exitCode = spawnSync(process.execPath, [bundle], { stdio: 'inherit', env }).status ?? 1;
