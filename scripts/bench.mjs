/**
 * Measures: `npm run bench -- PART [options of the part]`. Bundles `test/bench/PART.ts` and runs it; without a part
 * it lists them. What a part measures, and what it wants to be given, stands at the head of its file.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const folder = join('test', 'bench');
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

if (part === undefined || !parts.some(({ name }) => name === part)) {
  if (part !== undefined) console.error(`There is no part “${part}”.`);
  console.log('npm run bench -- PART [options]\n');
  for (const { name, about } of parts) console.log(`  ${name.padEnd(12)}${about}`);
  process.exit(part === undefined ? 0 : 2);
}

const outfile = join('out', 'bench', `${part}.mjs`);
await build({
  entryPoints: [join(folder, `${part}.ts`)],
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
const run = spawnSync(process.execPath, ['--enable-source-maps', outfile, ...rest], { stdio: 'inherit' });
process.exit(run.status ?? 1);
