/**
 * Runs the tests outside VS Code: `node scripts/test.mjs [core|sqlite|cli/kill|…]`, whole areas or files of one. Bundles
 * the test files and hands them to node's own test runner.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const areas = [...new Set(wanted.map((one) => one.split('/')[0]))];
/** True if the file, or its whole area, was asked for; all are if nothing was. */
const isWanted = (area, name) =>
  wanted.length === 0 || wanted.includes(area) || wanted.includes(`${area}/${name.replace('.test.mjs', '')}`);
const options = process.argv.slice(2).filter((argument) => argument.startsWith('-'));
const built = spawnSync(process.execPath, ['esbuild.mjs', '--tests', ...areas], { stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);

/* These need an editor or assistants, and have scripts of their own. */
const elsewhere = ['host', 'journey', 'clients'];
const everyArea = readdirSync('out/test').filter((area) => !elsewhere.includes(area));
const files = (areas.length > 0 ? areas : everyArea)
  .filter((area) => existsSync(join('out/test', area)))
  .flatMap((area) =>
    readdirSync(join('out/test', area))
      .filter((name) => name.endsWith('.test.mjs') && isWanted(area, name))
      .map((name) => join('out/test', area, name)),
  );
if (files.length === 0) {
  console.error(`No tests in ${wanted.join(', ') || 'test/'}.`);
  process.exit(1);
}
const run = spawnSync(process.execPath, ['--enable-source-maps', '--test', ...options, ...files], {
  stdio: 'inherit',
});
process.exit(run.status ?? 1);
