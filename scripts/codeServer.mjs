/**
 * A real VS Code where none can be downloaded: code-server from the npm registry carries the editor's workbench,
 * its extension host and the built-in Copilot Chat extension, and is seen through a browser.
 *
 * It is installed once into the user's cache, under its version, so that every clone of the project shares it:
 * built in a folder of its own and renamed when complete, one builder at a time.
 *
 *   node scripts/codeServer.mjs     installs it (or finds it) and prints where
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, delimiter, join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { cacheHome, npmInstall, withLock } from './packageCache.mjs';
import { codeServerPackages, ensureDebianPackages } from './systemPackages.mjs';

/** The versions the tests were written against. A new one gets a folder of its own. */
export const codeServerVersion = '4.139.1';
const nodeVersion = '24.21.0';

/** Where things are in an installation. */
function layout(root) {
  const runtime = join(root, 'node_modules', `node-${process.platform}-${process.arch}`);
  const codeServer = join(root, 'node_modules', 'code-server');
  return {
    root,
    /** The Node it runs on. */
    node: join(runtime, 'bin', 'node'),
    runtime,
    /** code-server itself: the whole workbench, webviews included. */
    entry: join(codeServer, 'out', 'node', 'entry.js'),
    /** VS Code's own server inside: for in-host tests. */
    server: join(codeServer, 'lib', 'vscode', 'out', 'server-main.js'),
  };
}

/** A package manager that skipped the install scripts leaves an editor that ends at once: better to know it here. */
function proveItStarts({ node, server }) {
  const ran = spawnSync(node, [server, '--version'], { encoding: 'utf8', env: cleanEnvironment() });
  if (ran.status === 0) return;
  const said = `${ran.stdout ?? ''}${ran.stderr ?? ''}`;
  throw new Error(`code-server was installed but does not start:\n${said.slice(-3000)}`, { cause: said });
}

async function install(root, say) {
  if (process.platform === 'linux') ensureDebianPackages(codeServerPackages, say);
  const partial = `${root}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  await writeFile(
    join(partial, 'package.json'),
    JSON.stringify({ private: true, name: 'reverie-code-server' }),
  );
  try {
    npmInstall(partial, [`node-${process.platform}-${process.arch}@${nodeVersion}`]);
    const { runtime } = layout(partial);
    const path = [join(runtime, 'bin'), process.env.PATH ?? ''].join(delimiter);
    /* Without `nodedir` the native modules would be built against the headers of the Node that runs this. */
    npmInstall(partial, [`code-server@${codeServerVersion}`], {
      PATH: path,
      npm_config_nodedir: runtime,
      npm_package_config_node_gyp_nodedir: runtime,
      /* npm 12 skips install scripts nobody approved; this version's are why it can run at all. */
      npm_config_dangerously_allow_all_scripts: 'true',
      JOBS: 'max',
    });
    proveItStarts(layout(partial));
  } catch (error) {
    await writeFile(`${partial}.log`, String(error.cause ?? error));
    throw error;
  }
  await rm(root, { recursive: true, force: true });
  await rename(partial, root);
  await rm(`${partial}.log`, { force: true });
}

/**
 * Finds code-server in the user's cache, or installs it (about two minutes and 800 MB, once).
 * @param {(line: string) => void} [say]
 */
export async function ensureCodeServer(say = (line) => console.error(line)) {
  if (process.platform === 'win32')
    throw new Error('code-server does not run on Windows; use desktop VS Code there.');
  const root = join(cacheHome(), `code-server-${codeServerVersion}-node-${nodeVersion}-${process.arch}`);
  const places = layout(root);
  /* The folder gets its name only when everything in it is complete. */
  if (existsSync(places.entry)) return places;
  await mkdir(cacheHome(), { recursive: true });
  await withLock(root, say, async () => {
    if (existsSync(places.entry)) return;
    const started = Date.now();
    say(`Installing code-server ${codeServerVersion} into ${root} (once, a few minutes)`);
    await install(root, say);
    say(`Installed code-server in ${Math.round((Date.now() - started) / 1000)} s`);
  });
  return places;
}

/** A port nobody listens on now. */
export async function freePort() {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return address.port;
}

async function answers(url) {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.status < 500;
  } catch {
    return false;
  }
}

/**
 * A process of code-server's Node that serves on loopback, ready when it answers.
 * @returns {Promise<{ port: number, url: string, stop: () => Promise<void> }>}
 */
async function serve({ places, script, words, port, env, log }) {
  const child = spawn(places.node, [script, ...words], {
    env: cleanEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    /* A group of its own: its extension hosts and hooks end with it. */
    detached: true,
  });
  const output = createWriteStream(log, { flags: 'a' });
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  let ended = false;
  const exit = once(child, 'exit').then(() => {
    ended = true;
    output.end();
  });
  const stop = async () => {
    process.removeListener('exit', killGroup);
    killGroup('SIGTERM');
    await Promise.race([exit, after(5_000, undefined, { ref: false })]);
    killGroup('SIGKILL');
    await exit;
  };
  function killGroup(signal) {
    try {
      process.kill(-child.pid, typeof signal === 'string' ? signal : 'SIGKILL');
    } catch {
      /* Already gone. */
    }
  }
  process.once('exit', killGroup);
  const url = `http://127.0.0.1:${port}/`;
  const deadline = Date.now() + 60_000;
  while (!(await answers(url))) {
    if (ended) throw new Error(`The editor's server ended at once; see ${log}`);
    if (Date.now() > deadline) {
      await stop();
      throw new Error(`The editor's server did not answer within a minute; see ${log}`);
    }
    await after(100);
  }
  return { port, url, stop };
}

/** Variables of an editor this may itself be running in would confuse the one that is started. */
function cleanEnvironment(extra = {}) {
  const inherited = Object.entries(process.env).filter(
    ([name]) =>
      !/^(VSCODE_|ELECTRON_|XDG_|npm_|NODE_OPTIONS$|NODE_TEST|CODE_SERVER|PORT$|PASSWORD$)/.test(name),
  );
  return { ...Object.fromEntries(inherited), ...extra };
}

/**
 * The whole workbench, webviews included, as people use it.
 * @param {{ places: object, userData: string, extensions: string, log: string, env?: Record<string, string>, port?: number }} options
 */
export async function startCodeServer({ places, userData, extensions, log, env, port }) {
  const chosen = port ?? (await freePort());
  const words = [
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${chosen}`],
    ...['--user-data-dir', userData, '--extensions-dir', extensions],
    ...['--config', join(userData, 'code-server.yaml')],
    ...[
      '--disable-telemetry',
      '--disable-update-check',
      '--disable-workspace-trust',
      '--disable-getting-started-override',
    ],
  ];
  await mkdir(userData, { recursive: true });
  await writeFile(join(userData, 'code-server.yaml'), 'auth: none\n');
  return serve({ places, script: places.entry, words, port: chosen, env, log });
}

/**
 * VS Code's own server with the driver that runs extension tests from a page's address. Webviews are not served.
 * @param {{ places: object, serverData: string, extensions: string, log: string, env?: Record<string, string> }} options
 */
export async function startTestServer({ places, serverData, extensions, log, env }) {
  const port = await freePort();
  const words = [
    ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
    ...['--accept-server-license-terms', '--enable-smoke-test-driver', '--telemetry-level', 'off'],
    /* The folder of the tests is ours; what an untrusted one keeps away has tests of its own. */
    '--disable-workspace-trust',
    ...['--server-data-dir', serverData, '--extensions-dir', extensions],
  ];
  return serve({ places, script: places.server, words, port, env, log });
}

/**
 * Installs a VSIX the way a person does: through the editor's own command line.
 * @param {{ places: object, vsix: string, serverData: string, extensions: string }} options
 */
export function installExtension({ places, vsix, serverData, extensions }) {
  const words = [
    '--install-extension',
    vsix,
    '--force',
    '--server-data-dir',
    serverData,
    '--extensions-dir',
    extensions,
  ];
  const ran = spawnSync(places.node, [places.server, '--accept-server-license-terms', ...words], {
    env: cleanEnvironment(),
    encoding: 'utf8',
  });
  const said = `${ran.stdout ?? ''}${ran.stderr ?? ''}`;
  if (ran.status !== 0 || !/successfully installed/i.test(said)) {
    throw new Error(`The VSIX could not be installed:\n${said.slice(-3000)}`);
  }
}

/* By name: inside a bundle every module has the bundle's own address. */
if (basename(process.argv[1] ?? '') === 'codeServer.mjs') {
  const places = await ensureCodeServer();
  console.log(places.entry);
}
