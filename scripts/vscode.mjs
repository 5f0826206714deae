/**
 * `npm run vscode [-- FOLDER]`: opens FOLDER (by default this one) in a real VS Code with the built VSIX installed,
 * in a profile of its own below `.vscode-test/`. A desktop window where there can be one, else code-server, whose
 * address is printed. The memory is that of the last `npm start`, or your own (`~/.reverie`) where there was none; set
 * REVERIE_HOME to try it on another.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { builtVsix } from './builtVsix.mjs';
import { ensureCodeServer, installExtension, startCodeServer } from './codeServer.mjs';
import { findDesktop, installIntoDesktop, profileWords } from './desktop.mjs';

const say = (line) => console.error(line);
const folder = resolve(process.argv.slice(2).find((word) => !word.startsWith('-')) ?? '.');
const profile = resolve('.vscode-test');

const firstNight = resolve('out', 'first-night');
if (process.env.REVERIE_HOME === undefined && existsSync(join(firstNight, 'memory.db'))) {
  process.env.REVERIE_HOME = firstNight;
  say(`With the memory of the last npm start: ${firstNight}`);
}

async function openDesktop(executable, vsix) {
  const places = { userData: join(profile, 'user'), extensions: join(profile, 'extensions') };
  installIntoDesktop({ executable, vsix, ...places });
  say('Close the window to end.');
  const child = spawn(executable, [folder, '--new-window', ...profileWords(places)], { stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
}

async function openInBrowser(vsix) {
  const places = await ensureCodeServer(say);
  const userData = join(profile, 'code-server');
  const extensions = join(profile, 'code-server-extensions');
  mkdirSync(userData, { recursive: true });
  /* An older build of the same version would stay beside the new one. */
  rmSync(extensions, { recursive: true, force: true });
  installExtension({ places, vsix, serverData: join(profile, 'code-server-data'), extensions });
  const port = process.env.PORT ? Number(process.env.PORT) : undefined;
  const server = await startCodeServer({
    places,
    userData,
    extensions,
    log: join(profile, 'code-server.log'),
    ...(port === undefined ? {} : { port }),
  });
  console.log(`${server.url}?folder=${encodeURIComponent(folder)}`);
  say('Open this address in a browser on this machine. Ctrl-C ends it.');
  const ended = new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, done);
  });
  await ended;
  await server.stop();
}

try {
  const vsix = builtVsix(say);
  const executable = await findDesktop(say);
  if (executable === undefined) await openInBrowser(vsix);
  else await openDesktop(executable, vsix);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
