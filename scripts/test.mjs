/**
 * Runs the tests outside VS Code: `node scripts/test.mjs [core|sqlite|transcripts|…]`. Bundles the test files and
 * hands them to node's own test runner.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const areas = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const options = process.argv.slice(2).filter((argument) => argument.startsWith('-'));
const built = spawnSync(process.execPath, ['esbuild.mjs', '--tests', ...areas], { stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);

const everyArea = readdirSync('out/test').filter((area) => area !== 'host' && area !== 'journey');
const files = (areas.length > 0 ? areas : everyArea)
  .map((area) => join('out/test', area))
  .filter((directory) => existsSync(directory))
  .flatMap((directory) =>
    readdirSync(directory)
      .filter((name) => name.endsWith('.test.mjs'))
      .map((name) => join(directory, name)),
  );
if (files.length === 0) {
  console.error(`No tests in ${areas.join(', ') || 'test/'}.`);
  process.exit(1);
}
const run = spawnSync(process.execPath, ['--enable-source-maps', '--test', ...options, ...files], {
  stdio: 'inherit',
});
process.exit(run.status ?? 1);
