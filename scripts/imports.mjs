/**
 * The law of imports: a folder is a permission. Reads every import of every source file (type imports too, which
 * a bundler's metafile does not show) and answers what is forbidden, and every cycle.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';

const adapters = ['sqlite', 'transcripts', 'redaction', 'models', 'assistants', 'vscode'];

/** What a file may import: project folders, and packages by test. */
function lawFor(file) {
  const [top, second] = file.split('/');
  if (top === 'webview') {
    return {
      who: 'webview',
      folders: (to) =>
        to.startsWith('webview/') ||
        to === 'src/core/protocol.ts' ||
        to === 'src/core/memory.ts' ||
        to === 'src/core/sleep/phase.ts',
      packages: (name) => !name.startsWith('node:') && name !== 'vscode' && name !== '@vscode/sqlite3',
    };
  }
  if (second === 'core') {
    return {
      who: 'core',
      folders: (to) => to.startsWith('src/core/'),
      packages: (name) =>
        ['minisearch', 'porter2', 'picomatch', 'ts-fsrs', 'diff', 'zod', 'zod/mini'].includes(name),
    };
  }
  if (adapters.includes(second)) {
    return {
      who: second,
      folders: (to) => to.startsWith('src/core/') || to.startsWith(`src/${second}/`),
      packages: (name) => name !== 'vscode' || second === 'vscode' || file === 'src/models/vscodeLm.ts',
    };
  }
  /* The composition roots: src/extension.ts, src/cli.ts and the commands of the command line. */
  return {
    who: 'root',
    folders: (to) => to !== 'src/extension.ts' && to !== 'src/cli.ts',
    packages: (name) => name !== 'vscode' || file === 'src/extension.ts',
  };
}

async function sources(directory) {
  if (!existsSync(directory)) return [];
  const found = [];
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) found.push(...(await sources(path)));
    else if (/\.ts$/.test(entry.name) && !/\.d\.ts$/.test(entry.name)) found.push(path);
  }
  return found;
}

const importPattern =
  /(?:^|[\n;])\s*(import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|require\(\s*['"]([^'"]+)['"]\s*\)/g;

/** @returns {Promise<string[]>} one line per broken rule; empty = lawful. */
export async function checkImports(root) {
  const problems = [];
  const graph = new Map();
  for (const path of [...(await sources(join(root, 'src'))), ...(await sources(join(root, 'webview')))]) {
    const file = relative(root, path).split(sep).join('/');
    const law = lawFor(file);
    const edges = [];
    for (const match of (await readFile(path, 'utf8')).matchAll(importPattern)) {
      const target = match[3] ?? match[4] ?? match[5];
      if (target.startsWith('.')) {
        const to = relative(root, resolve(dirname(path), target))
          .split(sep)
          .join('/');
        if (!law.folders(to) && !to.startsWith('src/cli/'))
          problems.push(`${file} (${law.who}) may not import ${to}`);
        if (law.who !== 'root' && to.startsWith('src/cli/'))
          problems.push(`${file} (${law.who}) may not import ${to}`);
        edges.push(to);
      } else if (!law.packages(target)) {
        problems.push(`${file} (${law.who}) may not import ${target}`);
      }
    }
    graph.set(file, edges);
  }
  problems.push(...cycles(graph));
  return problems;
}

function cycles(graph) {
  const found = [];
  const state = new Map();
  const walk = (file, trail) => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      found.push(`cycle: ${[...trail.slice(trail.indexOf(file)), file].join(' → ')}`);
      return;
    }
    state.set(file, 'open');
    for (const next of graph.get(file) ?? []) walk(next, [...trail, file]);
    state.set(file, 'done');
  };
  for (const file of graph.keys()) walk(file, []);
  return found;
}
