/**
 * Runs test/host inside a real VS Code with the built VSIX installed: a desktop one where there is or can be one,
 * else code-server in a headless Chromium. One suite, two hosts.
 *
 *   node scripts/hostTests.mjs
 *     REVERIE_VSIX             take this package instead of building one
 *     VSCODE_EXECUTABLE_PATH   take this VS Code
 *     REVERIE_TEST_HOST        `code-server`: do not look for a desktop one
 *     REVERIE_TEST_SUITES      only these suites, separated by commas
 *     REVERIE_TEST_SECONDS     how long the suite `delay` works; 60
 */
import { spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { chromium } from 'playwright-core';
import { builtVsix } from './builtVsix.mjs';
import { ensureCodeServer, installExtension, startTestServer } from './codeServer.mjs';
import { findDesktop, installIntoDesktop, profileWords } from './desktop.mjs';
import { ensureChromium } from './systemPackages.mjs';

const limitMs = 1_200_000;
const output = resolve('out/host');
const say = (line) => console.error(line);

/** The extension that carries the tests: the one under test is installed from its VSIX, as people have it. */
async function writeTestExtension() {
  const built = spawnSync(process.execPath, ['esbuild.mjs', '--tests', 'host'], { stdio: 'inherit' });
  if (built.status !== 0) throw new Error('The tests could not be built.');
  const directory = join(output, 'extension');
  await mkdir(directory, { recursive: true });
  const manifest = {
    name: 'host-tests',
    publisher: 'reverie-tests',
    version: '0.0.1',
    engines: { vscode: '*' },
    contributes: { languageModelChatProviders: [{ vendor: 'reverie-tests', displayName: 'Scripted' }] },
  };
  await writeFile(join(directory, 'package.json'), JSON.stringify(manifest));
  const suite = join(directory, 'index.js');
  await copyFile('out/test/host/index.js', suite);
  return { directory, suite };
}

const settings = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
};

async function writeSettings(file) {
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, JSON.stringify(settings));
}

async function inDesktop({ executable, vsix, scratch, tests, workspace, env }) {
  const userData = join(scratch, 'user');
  const extensions = join(scratch, 'extensions');
  await writeSettings(join(userData, 'User', 'settings.json'));
  installIntoDesktop({ executable, vsix, userData, extensions });
  await runTests({
    vscodeExecutablePath: executable,
    reuseMachineInstall: true,
    extensionDevelopmentPath: tests.directory,
    extensionTestsPath: tests.suite,
    extensionTestsEnv: env,
    launchArgs: [workspace, ...profileWords({ userData, extensions }), '--disable-updates'],
  }).catch((error) => say(`VS Code ended with: ${error.message}`));
}

async function inCodeServer({ vsix, scratch, tests, workspace, env }) {
  const places = await ensureCodeServer(say);
  const serverData = join(scratch, 'server');
  const extensions = join(scratch, 'extensions');
  await writeSettings(join(serverData, 'data', 'Machine', 'settings.json'));
  installExtension({ places, vsix, serverData, extensions });
  const server = await startTestServer({
    places,
    serverData,
    extensions,
    log: join(output, 'server.log'),
    env,
  });
  const browser = await chromium.launch({
    executablePath: ensureChromium(say),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ],
  });
  const log = createWriteStream(join(output, 'page.log'));
  try {
    const page = await browser.newPage();
    page.on('console', (message) => log.write(`${message.text()}\n`));
    await page.exposeFunction('codeAutomationLog', (type, words) =>
      log.write(`${type}: ${words.join(' ')}\n`),
    );
    const exit = new Promise((done) => page.exposeFunction('codeAutomationExit', (code) => done(code)));
    const remote = (path) => `vscode-remote://127.0.0.1:${server.port}${path}`;
    const payload = [
      ['extensionDevelopmentPath', remote(tests.directory)],
      ['extensionTestsPath', remote(tests.suite)],
    ];
    const address = new URL(server.url);
    address.searchParams.set('folder', workspace);
    address.searchParams.set('payload', JSON.stringify(payload));
    await page.goto(address.href);
    let timer;
    const late = new Promise((done) => {
      timer = setTimeout(() => done('late'), limitMs);
    });
    if ((await Promise.race([exit, late])) === 'late') {
      say(`The suite did not end within ${limitMs / 1000} s; see ${output}`);
      await page.screenshot({ path: join(output, 'late.png') });
    }
    clearTimeout(timer);
  } finally {
    await browser.close();
    await server.stop();
    log.end();
  }
}

/** Prints what the suite wrote down and answers how many failed; no report is a failure too. */
async function readReport(file) {
  let report;
  try {
    report = JSON.parse(await readFile(file, 'utf8'));
  } catch {
    console.log(`The suite left no report: it did not run to its end. Logs: ${output}`);
    return { passed: 0, failed: 1 };
  }
  console.log(`\nVS Code ${report.version} (${report.host})`);
  for (const test of report.tests) {
    console.log(
      `  ${test.state === 'passed' ? '✓' : '✗'} ${test.title}${test.state === 'pending' ? ' (not run)' : ''}`,
    );
    if (test.error !== undefined) console.log(test.error.replace(/^/gm, '      '));
  }
  for (const note of report.notes) console.log(`  · ${note}`);
  const passed = report.tests.filter((test) => test.state === 'passed').length;
  /* What did not run did not pass. */
  return { passed, failed: Math.max(report.tests.length - passed, report.tests.length === 0 ? 1 : 0) };
}

/** The workspace is somebody's repository, with one commit. */
function makeRepository(workspace) {
  const git = (...words) => {
    const done = spawnSync('git', ['-C', workspace, ...words], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`git ${words[0]}: ${done.error?.message ?? done.stderr}`);
  };
  git('init', '-q');
  git('config', 'user.email', 'ada@example.org');
  git('config', 'user.name', 'Ada');
  git('add', '-A');
  git('commit', '-q', '-m', 'notes');
}

await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });
const scratch = await mkdtemp(join(tmpdir(), 'reverie-host-'));
let counts = { passed: 0, failed: 1 };
try {
  const [vsix, tests] = [builtVsix(say), await writeTestExtension()];
  const workspace = join(scratch, 'workspace');
  await mkdir(workspace);
  await writeFile(join(workspace, 'notes.md'), 'We release on Thursdays.\n');
  makeRepository(workspace);
  const report = join(output, 'report.json');
  /* Another person's home: what this machine's own assistants said stays out of it. */
  const env = { HOME: scratch, REVERIE_HOME: join(scratch, 'home'), REVERIE_TEST_REPORT: report };
  for (const name of ['REVERIE_TEST_SUITES', 'REVERIE_TEST_SECONDS'])
    if (process.env[name] !== undefined) env[name] = process.env[name];
  const executable = await findDesktop(say);
  const run = { vsix, scratch, tests, workspace, env };
  if (executable === undefined) await inCodeServer(run);
  else await inDesktop({ ...run, executable });
  counts = await readReport(report);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
} finally {
  await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
}
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;
