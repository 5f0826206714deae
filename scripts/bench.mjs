/**
 * Measures. `npm run bench` runs every part and writes what it found as `docs/results.md` and `out/bench/results.json`;
 * `npm run bench -- PART [options]` runs one part. `--data DIR` gives material outside the project, `--brain DIR` a
 * checkout of a rival that is not in the registry, `--skip PART,…` leaves parts out, `--keep PART,…` takes what they found
 * last time, `--quick` leaves out the largest sizes, `--list` names the parts. A part that fails is named with its reason,
 * and the others go on. What a part measures stands at the head of its file.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, type as system, totalmem } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

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
 * The whole run in its order. `plain` parts print figures only, which the page may quote where they hand over no
 * tables; of the others, which may print texts of the material, only tables are taken.
 */
const order = [
  { name: 'recall', data: true, minutes: 12, brain: true },
  { name: 'latency', quick: ['1000', '10000'], minutes: 10 },
  { name: 'hook', minutes: 3 },
  { name: 'sleep', args: ['1000', '10000'], quick: ['1000', '4000'], minutes: 6, plain: true },
  { name: 'import', minutes: 4, plain: true },
  { name: 'capture', data: true, minutes: 3, plain: true },
  { name: 'clusters', data: true, args: ['--capture'], minutes: 3, plain: true },
  { name: 'prevention', data: true, minutes: 6, plain: true },
  { name: 'rules', data: true, minutes: 3 },
  { name: 'dreams', data: true, minutes: 3 },
  { name: 'witness', data: true, minutes: 3, plain: true },
  { name: 'nights', data: true, minutes: 8 },
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
    packages: 'external',
    /* There is no editor here: what listens to one listens to a stand-in. */
    alias: { vscode: './test/support/vscodeStandIn.ts' },
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}

if (
  part === '--list' ||
  (part !== undefined && !part.startsWith('-') && !parts.some(({ name }) => name === part))
) {
  if (part !== '--list') console.error(`There is no part “${part}”.`);
  console.log('npm run bench [-- PART] [options]\n');
  for (const { name, about } of parts) console.log(`  ${name.padEnd(12)}${about}`);
  process.exit(part === '--list' ? 0 : 2);
}

if (part !== undefined && !part.startsWith('-')) {
  if (part === 'recall') installRivals();
  const run = spawnSync(process.execPath, ['--enable-source-maps', await bundled(part), ...rest], {
    stdio: 'inherit',
    env: { ...process.env, REVERIE_BENCH_OUT: join(output, `${part}.tables.json`) },
  });
  process.exit(run.status ?? 1);
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
  minutes: Math.round((Date.now() - began) / 60_000),
};
writeFileSync(join(output, 'results.json'), `${JSON.stringify({ ...described, results }, undefined, 2)}\n`);
writeFileSync(join('docs', 'results.md'), page(described, results));
console.log(`\ndocs/results.md and ${join(output, 'results.json')} were written.`);
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
    env: { ...process.env, REVERIE_BENCH_OUT: tablesFile },
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

/** Nothing of this machine but what tells how fast it is. */
function page(run, found) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const markdown = ({ title, columns, rows, notes = [] }) => [
    `### ${title}`,
    '',
    line(columns),
    line(columns.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...rows.map(line),
    ...(notes.length === 0 ? [] : ['', ...notes.map((note) => `- ${note}`)]),
    '',
  ];
  const anonymous = (text) => text.replace(/(?:\/[\w.@+-]+){2,}\/?/g, '…').trimEnd();
  return [
    '# Results',
    '',
    `Made by \`npm run bench\` on ${run.date}: Reverie ${run.version}, Node ${run.node}, ${run.system}, ${run.processor}, ${run.memory}; ${run.minutes} minutes. No language model anywhere. Other programs shared the machine, so read times beside each other and not as promises; CPU times are steadier than wall times.`,
    '',
    'The material is public and is not part of the project: LoCoMo (snap-research, CC BY-NC 4.0, five of its ten conversations) and messages of real coding sessions, labelled by hand. What was tuned was tuned while looking at it; the halves held back say what holds elsewhere. What a figure means stands at the head of the part’s file in `test/bench/`.',
    '',
    ...found.flatMap(({ part: name, tables = [], text, failed }) => [
      `## ${name}`,
      '',
      ...(failed === undefined ? [] : [`Not complete: ${failed}.`, '']),
      ...tables.flatMap(markdown),
      ...(text === undefined || text.trim() === '' ? [] : ['```', anonymous(text), '```', '']),
      ...(failed === undefined && tables.length === 0 && text === undefined
        ? ['It prints texts of the material and hands over no table: run it by itself.', '']
        : []),
    ]),
  ].join('\n');
}
