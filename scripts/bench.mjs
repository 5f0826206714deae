/**
 * Measures. `npm run bench` runs its parts one after the other and writes what it found as `docs/results.md` and `out/bench/results.json`;
 * `npm run bench -- PART [options]` runs one part. `--data DIR` gives material outside the project, `--brain DIR` a
 * checkout of a rival that is not in the registry, `--skip PART,…` leaves parts out, `--keep PART,…` takes what they found
 * last time, `--quick` takes small sizes, only to see
 * that all of it runs, and leaves `docs/results.md` alone, `--page` writes the page anew from what the last run found,
 * `--list` or `--help` names the parts. A part that fails is named with its reason,
 * and the others go on. What a part measures stands at the head of its file.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, type as system, totalmem } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { page } from './benchPage.mjs';
import { tokenRanks } from './tokenRanks.mjs';

const folder = join('test', 'bench');
const output = join('out', 'bench');
const rivalsFolder = join('out', 'rivals');
const rivals = [
  '@modelcontextprotocol/server-memory',
  '@agentmemory/agentmemory',
  'mem0ai',
  '@langchain/core',
];
const [part, ...rest] = process.argv.slice(2);

/** Parts are those files that do something when run; the others are what they share. */
const parts = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -'.ts'.length))
  .flatMap((name) => {
    const source = readFileSync(join(folder, `${name}.ts`), 'utf8');
    const about = /^\/\*\*?\s*\*?\s*([\s\S]*?)(?:\.|:|\n\s*\*\s*\n|\*\/)/.exec(source)?.[1] ?? '';
    return /^export /m.test(source) ? [] : [{ name, about: about.replace(/\s*\n\s*\*\s*/g, ' ').trim() }];
  });

/**
 * The whole run in its order, with the most minutes a part may take; about 25 minutes on a quiet machine of two cores.
 * `plain` parts print figures only, which the page may quote where they hand over no tables; of the others, which may
 * print texts of the material, only tables are taken.
 */
const order = [
  { name: 'recall', data: true, args: [], quick: ['--quick'], minutes: 14, brain: true },
  { name: 'typos', data: true, quick: ['--quick'], minutes: 4 },
  { name: 'latency', quick: ['1000'], minutes: 10 },
  { name: 'hook', quick: ['3', '1000'], minutes: 6 },
  { name: 'sleep', args: ['1000', '10000'], quick: ['300', '1000'], minutes: 8 },
  {
    name: 'import',
    data: true,
    args: ['--megabytes', '25'],
    quick: ['--megabytes', '2', '--only', 'given'],
    minutes: 12,
  },
  { name: 'capture', data: true, minutes: 4, plain: true },
  { name: 'clusters', data: true, args: ['--capture'], minutes: 4, plain: true },
  { name: 'cues', data: true, minutes: 4, plain: true },
  { name: 'prevention', data: true, quick: ['--repo', 'packmind'], minutes: 10 },
  { name: 'witness', quick: ['500'], minutes: 3, plain: true },
  { name: 'hostDelay', quick: ['--strokes', '600'], minutes: 4, plain: true },
];

async function bundled(name) {
  const outfile = join(output, `${name}.mjs`);
  await build({
    entryPoints: [join(folder, `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    /* As in esbuild.mjs. */
    supported: { 'regexp-unicode-property-escapes': true },
    packages: 'external',
    /* There is no editor here: what listens to one listens to a stand-in. */
    alias: { vscode: './test/support/vscodeStandIn.ts' },
    plugins: [tokenRanks],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}

const asksForParts = part === '--list' || process.argv.includes('--help');
if (
  asksForParts ||
  (part !== undefined && !part.startsWith('-') && !parts.some(({ name }) => name === part))
) {
  if (!asksForParts) console.error(`There is no part “${part}”.`);
  console.log('npm run bench [-- PART] [options]\n');
  for (const { name, about } of parts) console.log(`  ${name.padEnd(12)}${about}`);
  process.exit(asksForParts ? 0 : 2);
}

/* Where it is set, Node reads certificates at each start, which takes longer than the start itself; few machines set it. */
const { NODE_EXTRA_CA_CERTS: _certificates, ...environment } = process.env;

if (part !== undefined && !part.startsWith('-')) {
  if (part === 'recall') installRivals();
  const run = spawnSync(process.execPath, ['--enable-source-maps', await bundled(part), ...rest], {
    stdio: 'inherit',
    env: { ...environment, REVERIE_BENCH_OUT: join(output, `${part}.tables.json`) },
  });
  process.exit(run.status ?? 1);
}

if (part === '--page') {
  const { results: found, ...run } = JSON.parse(readFileSync(join(output, 'results.json'), 'utf8'));
  writeFileSync(join('docs', 'results.md'), page(run, found));
  process.exit(0);
}

const option = (name) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const data = option('data');
const brain = option('brain');
const skipped = option('skip')?.split(',') ?? [];
const kept = option('keep')?.split(',') ?? [];
const quick = process.argv.includes('--quick');
const began = Date.now();
const load = loadavg()[0].toFixed(1);
mkdirSync(output, { recursive: true });
const built = spawnSync(process.execPath, ['esbuild.mjs', '--production'], { encoding: 'utf8' });
if (built.status !== 0) {
  console.error(built.stderr);
  process.exit(1);
}
installRivals();

const results = [];
for (const step of order) {
  if (skipped.includes(step.name)) continue;
  if (!parts.some(({ name }) => name === step.name)) continue;
  if (step.data && data === undefined) {
    results.push({ part: step.name, failed: 'needs material from outside the project (--data DIR)' });
    continue;
  }
  const last = join(output, `${step.name}.tables.json`);
  if (kept.includes(step.name) && existsSync(last)) {
    results.push({ part: step.name, tables: JSON.parse(readFileSync(last, 'utf8')) });
    continue;
  }
  const started = Date.now();
  console.log(`\n—— ${step.name}`);
  const result = await runPart(step);
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`—— ${step.name}: ${seconds} s${result.failed === undefined ? '' : `, ${result.failed}`}`);
  results.push({ part: step.name, seconds, ...result });
}

const project = JSON.parse(readFileSync('package.json', 'utf8'));
const described = {
  date: new Date().toISOString().slice(0, 10),
  version: project.version,
  node: process.version,
  system: `${system()} ${release().split('-')[0]}`,
  processor: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
  memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
  load,
  minutes: Math.round((Date.now() - began) / 60_000),
};
writeFileSync(join(output, 'results.json'), `${JSON.stringify({ ...described, results }, undefined, 2)}\n`);
/* Small sizes are no results. */
const written = quick ? join(output, 'results.md') : join('docs', 'results.md');
writeFileSync(written, page(described, results));
console.log(
  `\n${written} and ${join(output, 'results.json')} were written, after ${described.minutes} minutes.`,
);
process.exit(results.some(({ failed }) => failed !== undefined) ? 1 : 0);

/** Rivals live in an ignored folder and are no dependencies. Without a registry those that are missing are named later. */
function installRivals() {
  mkdirSync(rivalsFolder, { recursive: true });
  if (rivals.every((name) => existsSync(join(rivalsFolder, 'node_modules', name)))) return;
  writeFileSync(join(rivalsFolder, 'package.json'), '{ "private": true }\n');
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps', '--loglevel=error'];
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, ['install', ...flags, ...rivals], {
    cwd: rivalsFolder,
    encoding: 'utf8',
    timeout: 300_000,
    shell: process.platform === 'win32',
  });
  if (done.status !== 0)
    console.error('The rivals could not be installed; those that are missing will be named.');
}

/** A process of its own: a part that fails or never ends takes nothing with it. */
async function runPart({
  name,
  args = [],
  quick: fewer,
  minutes,
  plain = false,
  data: wantsData = false,
  brain: wantsBrain = false,
}) {
  const tablesFile = join(output, `${name}.tables.json`);
  rmSync(tablesFile, { force: true });
  let file;
  try {
    file = await bundled(name);
  } catch {
    return { failed: 'could not be bundled' };
  }
  const given = [
    ...(quick && fewer !== undefined ? fewer : args),
    ...(wantsData && data !== undefined ? ['--data', data] : []),
    ...(wantsBrain && brain !== undefined ? ['--brain', brain] : []),
  ];
  const child = spawn(process.execPath, ['--enable-source-maps', file, ...given], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...environment, REVERIE_BENCH_OUT: tablesFile },
  });
  let text = '';
  child.stdout.on('data', (piece) => {
    text += piece;
    process.stdout.write(piece);
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, minutes * 60_000);
  const status = await new Promise((resolve) => child.on('close', resolve));
  clearTimeout(timer);
  const tables = existsSync(tablesFile) ? JSON.parse(readFileSync(tablesFile, 'utf8')) : [];
  const failed = late
    ? `not done after ${minutes} minutes`
    : status === 0
      ? undefined
      : `ended with status ${status}`;
  return {
    tables,
    ...(plain && tables.length === 0 ? { text } : {}),
    ...(failed === undefined ? {} : { failed }),
  };
}
