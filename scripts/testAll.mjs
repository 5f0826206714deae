/**
 * The one test command, `npm test`: types, lint, the law of imports, the build and the package; then the tests of
 * core, store, readers, command line and sidebar; then the package in a real VS Code, and the journey with the real
 * Copilot agent. Installs what it needs. Nothing is skipped silently; the last line counts.
 *
 *   npm test [-- AREA…]    only these: check, build, plain, clients, host, journey
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const wanted = process.argv.slice(2);
mkdirSync('out', { recursive: true });

/** Runs a command, shows what it prints, answers its exit code and output. */
function run(command, args, env = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
      shell: process.platform === 'win32',
    });
    let output = '';
    for (const stream of ['stdout', 'stderr']) {
      child[stream].setEncoding('utf8').on('data', (text) => {
        output += text;
        process[stream].write(text);
      });
    }
    child.on('close', (code) => done({ code: code ?? 1, output }));
  });
}

/** A command that only succeeds or fails counts as one. */
const asOne = ({ code }) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 });

const number = (output, pattern) => Number([...output.matchAll(pattern)].at(-1)?.[1] ?? 0);

/** The closing lines of node's own test runner. */
function asNodeTest({ code, output }) {
  const passed = number(output, /^[#ℹ] pass (\d+)/gm);
  const failed = number(output, /^[#ℹ] fail (\d+)/gm) + number(output, /^[#ℹ] cancelled (\d+)/gm);
  const skipped = number(output, /^[#ℹ] skipped (\d+)/gm) + number(output, /^[#ℹ] todo (\d+)/gm);
  return { passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed, skipped };
}

/** Our own runners close with `N passed, N failed`. */
function asOwnRunner({ code, output }) {
  const last = [...output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)].at(-1);
  const [passed, failed, skipped] = [Number(last?.[1] ?? 0), Number(last?.[2] ?? 0), Number(last?.[3] ?? 0)];
  return { passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed, skipped };
}

const node = process.execPath;

/** Once this run has built the package, the tests inside VS Code take that one instead of building their own. */
let built = {};
async function buildPackage() {
  const outcome = await run(node, ['scripts/package.mjs']);
  const name = outcome.output.match(/^(\S+\.vsix): /m)?.[1];
  if (outcome.code === 0 && name !== undefined) built = { REVERIE_VSIX: resolve(name) };
  return outcome;
}

const steps = [
  {
    area: 'check',
    title: 'Types',
    run: () => run('npx', ['--no-install', 'tsc', '--noEmit', '-p', '.']),
    count: asOne,
  },
  {
    area: 'check',
    title: 'Lint and format',
    run: () => run('npx', ['--no-install', 'biome', 'ci', '.']),
    count: asOne,
  },
  { area: 'build', title: 'Build and package', run: buildPackage, count: asOne },
  {
    area: 'plain',
    title: 'Core, store, readers, command line, sidebar',
    run: () => run(node, ['scripts/test.mjs']),
    count: asNodeTest,
  },
  {
    area: 'clients',
    title: 'Assistants from the npm registry',
    run: () => run(node, ['scripts/clientTests.mjs']),
    count: asNodeTest,
  },
  {
    area: 'host',
    title: 'In a real VS Code',
    run: () => run(node, ['scripts/hostTests.mjs'], built),
    count: asOwnRunner,
  },
  {
    area: 'journey',
    title: 'The journey, with the real Copilot agent',
    run: () => run(node, ['scripts/journeyTests.mjs'], built),
    count: asOwnRunner,
  },
];

const results = [];
for (const step of steps) {
  if (wanted.length > 0 && !wanted.includes(step.area)) continue;
  console.log(`\n── ${step.title}`);
  const started = performance.now();
  const outcome = await step.run();
  results.push({ ...step.count(outcome), title: step.title, seconds: (performance.now() - started) / 1000 });
}

const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
console.log('\n── Summary');
for (const { title, passed, failed, skipped, seconds } of results) {
  console.log(
    `${failed > 0 ? '✗' : '✓'} ${title}: ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds.toFixed(0)} s)`,
  );
}
writeFileSync('out/test-results.json', JSON.stringify(results, undefined, 2));
/* What could not run is a failure where nobody watches. */
const failed = total('failed') + (process.env.CI ? total('skipped') : 0);
process.exitCode = failed > 0 ? 1 : 0;
console.log(
  `${total('passed')} passed, ${failed} failed${total('skipped') > 0 && !process.env.CI ? `, ${total('skipped')} skipped` : ''}`,
);
