/** What scripts that learn something share: their options, and the product's own code, of which they learn. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** What stands behind an option of the command line, or `fallback`. */
export const argument = (name, fallback) => {
  const index = process.argv.indexOf(name);
  return index < 0 ? fallback : process.argv[index + 1];
};

/** The exports of a TypeScript module given as `contents`, whose imports are seen from the root of the project. */
export async function fromSource(contents) {
  const out = mkdtempSync(join(tmpdir(), 'reverie-train-'));
  const outfile = join(out, 'source.mjs');
  await build({
    stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
  });
  const exported = await import(pathToFileURL(outfile).href);
  rmSync(out, { recursive: true });
  return exported;
}
