/**
 * Builds everything Reverie ships: the extension, the command line (with the hook as a small entry of its own,
 * so that it starts fast) and the sidebar; and refuses to build a forbidden import.
 *
 *   node esbuild.mjs [--watch] [--production] [--tests [AREA…]]
 */
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, context } from 'esbuild';
import { checkImports } from './scripts/imports.mjs';
import { tokenRanks } from './scripts/tokenRanks.mjs';

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');
const tests = process.argv.includes('--tests');
/** With `--tests`: only these folders of `test/`; none = all. */
const areas = process.argv.slice(2).filter((word) => !word.startsWith('-'));

const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  metafile: true,
  logLevel: 'warning',
  legalComments: 'none',
};

/** Node programs. The native module stays outside of every bundle. */
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  /*
   * Node 20 knows every property of characters that we ask for. To esbuild it does not, as it lacks the scripts that Unicode added
   * since, and then each pattern of letters is made anew every time that its line is run.
   */
  supported: { 'regexp-unicode-property-escapes': true },
  external: ['vscode', '@vscode/sqlite3'],
  /* Its main file asks for its parts in a way that no bundler follows. */
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  plugins: [tokenRanks],
};

/**
 * The MCP server, the model's SDK, the tables of the tokenizer and of word vectors and the secret detector are bundles of their own, loaded by
 * the command line only when asked for: reading them in costs a good part of every start.
 */
const ownBundles = new Map([
  ['mcp.ts', './mcp.js'],
  ['openaiClient.ts', './openai.js'],
  ['tokenTable.ts', './tokens.js'],
  ['detector.ts', './detector.js'],
  ['wordVectorTable.ts', './wordVectors.js'],
]);
const apart = {
  name: 'apart',
  setup({ onResolve }) {
    onResolve(
      { filter: /\/(?:assistants\/mcp|models\/openaiClient|tokenTable|detector|wordVectorTable)\.ts$/ },
      ({ kind, path }) => {
        const bundle = ownBundles.get(path.split('/').at(-1) ?? '');
        return kind === 'dynamic-import' && bundle !== undefined
          ? { path: bundle, external: true }
          : undefined;
      },
    );
  },
};

/**
 * Modules of Node that our own code uses seldom, or late, are loaded when something of them is first asked for: each takes a
 * hook milliseconds. Types and tests see ordinary imports.
 */
const late = {
  name: 'late',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:(?:crypto|fs\/promises)$/ }, ({ path, namespace, importer }) =>
      namespace === 'file' && importer.startsWith(join(process.cwd(), 'src'))
        ? { path, namespace: 'late' }
        : { path, external: true },
    );
    onLoad({ filter: /.*/, namespace: 'late' }, async ({ path }) => {
      const names = Object.keys(await import(path)).filter((name) => name !== 'default');
      return {
        contents: [
          `let loaded; const all = () => (loaded ??= require(${JSON.stringify(path)}));`,
          `module.exports = { ${names.map((name) => `get ${name}() { return all().${name}; }`).join(', ')} };`,
        ].join('\n'),
      };
    });
  },
};

/** The driver's own JavaScript is bundled, so that it is kept compiled with the rest; its native part stays where it is. */
const driver = {
  name: 'driver',
  setup({ onResolve }) {
    onResolve({ filter: /^@vscode\/sqlite3$/ }, () => ({
      path: join(process.cwd(), 'node_modules/@vscode/sqlite3/lib/sqlite3.js'),
    }));
    onResolve({ filter: /vscode-sqlite3\.node$/ }, () => ({
      path: '@vscode/sqlite3/build/Release/vscode-sqlite3.node',
      external: true,
    }));
  },
};

const bundles = [
  { ...node, entryPoints: { extension: 'src/extension.ts' }, outdir: 'dist' },
  {
    ...node,
    entryPoints: {
      cli: 'src/cli.ts',
      'cli-main': 'src/cli/main.ts',
      hook: 'src/cli/hookMain.ts',
      mcp: 'src/assistants/mcp.ts',
      openai: 'src/models/openaiClient.ts',
      tokens: 'src/models/tokenTable.ts',
      detector: 'src/redaction/detector.ts',
      wordVectors: 'src/core/text/wordVectorTable.ts',
    },
    outdir: 'dist',
    external: ['vscode'],
    plugins: [apart, driver, late, tokenRanks],
    /* Bundles of our own are required: importing reads each of them twice more, to find out what kind of module it is. */
    supported: { ...node.supported, 'dynamic-import': false },
  },
  {
    ...common,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    entryPoints: { webview: 'webview/main.ts' },
    outdir: 'dist',
    loader: { '.svg': 'text' },
  },
];

/** One bundle per test file, run by node:test or, below test/host, by mocha inside VS Code. */
async function testBundles() {
  const files = [];
  for (const area of areas.length > 0 ? areas : await readdir('test')) {
    const directory = join('test', area);
    if (!(await stat(directory)).isDirectory()) continue;
    for (const name of await readdir(directory)) {
      if (area === 'host' ? name === 'index.ts' : name.endsWith('.test.ts'))
        files.push(join(directory, name));
    }
  }
  const host = files.filter((file) => file.startsWith(`${join('test', 'host')}/`));
  const plain = files.filter((file) => !host.includes(file));
  const shared = {
    ...node,
    external: ['vscode', '@vscode/sqlite3'],
    minify: false,
    sourcemap: 'inline',
    packages: 'external',
    outbase: 'test',
  };
  return [
    {
      ...shared,
      /* What listens to an editor listens to a stand-in here; with a real one it is tested in test/host. */
      alias: { vscode: './test/support/vscodeStandIn.ts' },
      external: ['@vscode/sqlite3'],
      entryPoints: plain,
      outdir: 'out/test',
      format: 'esm',
      outExtension: { '.js': '.mjs' },
    },
    {
      ...shared,
      packages: undefined,
      external: ['vscode', 'mocha', '@vscode/sqlite3'],
      entryPoints: host,
      outdir: 'out/test',
      mainFields: ['module', 'main'],
    },
  ].filter((options) => options.entryPoints.length > 0);
}

/**
 * A program of nothing but ASCII takes V8 half the memory, and is read faster. esbuild writes strings so by itself, but not
 * regular expressions, where the same escapes mean the same, unless a backslash stands before them.
 */
async function writeInAscii(file) {
  const program = await readFile(file, 'utf8');
  if (/(?<!\\)(?:\\\\)*\\[^\0-\x7f]/.test(program))
    throw new Error(`${file}: a needless backslash before a letter`);
  const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  await writeFile(file, program.replace(/[^\0-\x7f]/g, escaped));
}

const problems = await checkImports('.');
if (problems.length > 0) {
  console.error(`The law of imports is broken:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  process.exit(1);
}

if (tests) {
  const stale = areas.length > 0 ? areas.map((area) => join('out/test', area)) : ['out/test'];
  await Promise.all(stale.map((directory) => rm(directory, { recursive: true, force: true })));
  await Promise.all((await testBundles()).map((options) => build(options)));
} else if (watch) {
  for (const options of bundles) await (await context({ ...options, logLevel: 'info' })).watch();
} else {
  await rm('dist', { recursive: true, force: true });
  await mkdir('dist', { recursive: true });
  const results = await Promise.all(bundles.map((options) => build(options)));
  const sizes = results
    .flatMap((result) => Object.entries(result.metafile.outputs))
    .filter(([name]) => name.endsWith('.js'));
  await Promise.all(sizes.map(([name]) => writeInAscii(name)));
  console.log(
    sizes
      .map(([name, output]) => `${name.padEnd(20)} ${(output.bytes / 1024).toFixed(0).padStart(6)} kB`)
      .join('\n'),
  );
}
