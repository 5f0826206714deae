/**
 * The byte pairs of `o200k_base` as gpt-tokenizer ships them, packed for `src/models/tokenTable.ts`: in the order of their
 * ranks, each its length (one byte) and its bytes. As a list of 200,000 strings, as the library has it, they took a third of
 * a second and 40 MB at the start of every import.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const packages = join(import.meta.dirname, '..', 'node_modules');

function packed(table, file) {
  const parts = [];
  for (const [rank, line] of table.trimEnd().split('\n').entries()) {
    const [bytes, told] = line.split(' ');
    const token = Buffer.from(bytes, 'base64');
    if (Number(told) !== rank || token.length === 0 || token.length > 255)
      throw new Error(`${file}: line ${rank + 1} is not as expected.`);
    parts.push(Buffer.of(token.length), token);
  }
  return Buffer.concat(parts);
}

/** Plugin of esbuild: such a table is imported packed, in base64. */
export const tokenRanks = {
  name: 'token-ranks',
  setup({ onResolve, onLoad }) {
    /* Also where packages are left outside of the bundle: Node cannot read it. */
    onResolve({ filter: /^gpt-tokenizer\/data\// }, ({ path }) => ({
      path: join(packages, path),
      namespace: 'token-ranks',
    }));
    onLoad({ filter: /./, namespace: 'token-ranks' }, async ({ path }) => ({
      contents: `export const packedRanks = '${packed(await readFile(path, 'utf8'), path).toString('base64')}';`,
      loader: 'js',
    }));
  },
};
