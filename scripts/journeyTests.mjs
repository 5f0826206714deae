/**
 * Runs test/journey: the whole workbench in a headless Chromium, with the built VSIX and the real Copilot agent
 * asking a scripted endpoint on loopback. Screenshots and logs of every step are left in out/journey.
 *
 *   node scripts/journeyTests.mjs [CHAPTER…]    only these: correction, work, elsewhere, windows, connections
 *     REVERIE_VSIX    take this package instead of building one
 *     CHROMIUM_PATH   take this browser
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { builtVsix } from './builtVsix.mjs';
import { ensureCodeServer } from './codeServer.mjs';
import { ensureChromium } from './systemPackages.mjs';

const say = (line) => console.error(line);

async function prepare() {
  await rm('out/journey', { recursive: true, force: true });
  await mkdir('out/journey', { recursive: true });
  process.env.REVERIE_VSIX = builtVsix(say);
  process.env.REVERIE_CHAPTERS = process.argv.slice(2).join(',');
  ensureChromium(say);
  await ensureCodeServer(say);
  const built = spawnSync(process.execPath, ['esbuild.mjs', '--tests', 'journey'], { stdio: 'inherit' });
  if (built.status !== 0) throw new Error('The tests could not be built.');
  return readdirSync('out/test/journey')
    .filter((name) => name.endsWith('.test.mjs'))
    .map((name) => resolve(join('out/test/journey', name)));
}

/** What was skipped did not pass: it counts as failed. */
function runFiles(files) {
  return new Promise((done) => {
    const counts = { passed: 0, failed: 0 };
    const stream = run({ files, concurrency: 1, timeout: 1_200_000 });
    const isTest = ({ details }) => details.type !== 'suite';
    stream.on('test:pass', (event) => {
      if (!isTest(event)) return;
      if (event.skip || event.todo) counts.failed += 1;
      else counts.passed += 1;
    });
    stream.on('test:fail', (event) => {
      /* A suite fails with its tests; by itself it counts only where its own hooks failed. */
      if (isTest(event) || event.details.error?.failureType === 'hookFailed') counts.failed += 1;
    });
    stream.on('end', () => done(counts));
    stream.compose(new spec()).pipe(process.stdout);
  });
}

let counts = { passed: 0, failed: 1 };
try {
  counts = await runFiles(await prepare());
  if (counts.passed + counts.failed === 0) counts.failed = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
}
if (counts.failed > 0) console.log('Screenshots and logs: out/journey');
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed === 0 ? 0 : 1);
