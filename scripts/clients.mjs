/**
 * Assistants from the npm registry, for tests that drive them against a scripted endpoint: installed once into the
 * user's cache under their versions.
 *
 *   node scripts/clients.mjs     installs them (or finds them) and prints where
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cacheHome, npmInstall, withLock } from './packageCache.mjs';

/** The versions the tests were written against. */
const clientPackages = [
  '@anthropic-ai/claude-code@2.1.332',
  '@github/copilot@1.0.102',
  '@openai/codex@0.171.0',
  'opencode-ai@1.18.33',
  '@modelcontextprotocol/inspector@2.12.0',
];
/** Runs as it is unpacked; what it would build beside is for terminals and key chains, and needs headers from elsewhere. */
const unbuiltPackages = ['@google/gemini-cli@0.61.0'];
const allPackages = [...clientPackages, ...unbuiltPackages];

/**
 * Finds the clients in the user's cache, or installs them (about two minutes and 1.2 GB, once).
 * @param {(line: string) => void} [say]
 * @returns {Promise<string>} the folder of their commands.
 */
export async function ensureClients(say = (line) => console.error(line)) {
  const mark = createHash('sha256').update(allPackages.join(' ')).digest('hex').slice(0, 8);
  const root = join(cacheHome(), `clients-${mark}-${process.platform}-${process.arch}`);
  const commands = join(root, 'node_modules', '.bin');
  /* The folder gets its name only when everything in it is complete. */
  if (existsSync(commands)) return commands;
  await mkdir(cacheHome(), { recursive: true });
  await withLock(root, say, async () => {
    if (existsSync(commands)) return;
    say(`Installing ${allPackages.join(', ')} into ${root} (once, a few minutes)`);
    const partial = `${root}.partial`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    await writeFile(
      join(partial, 'package.json'),
      JSON.stringify({ private: true, name: 'reverie-clients' }),
    );
    /* npm 12 skips install scripts nobody approved: these put the program for this machine in its place. */
    npmInstall(partial, clientPackages, { npm_config_dangerously_allow_all_scripts: 'true' });
    npmInstall(partial, unbuiltPackages, { npm_config_ignore_scripts: 'true' });
    await rename(partial, root);
  });
  return commands;
}

/* By name: inside a bundle every module has the bundle's own address. */
if (basename(process.argv[1] ?? '') === 'clients.mjs') console.log(await ensureClients());
