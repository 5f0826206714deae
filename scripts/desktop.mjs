/**
 * A desktop VS Code, where there can be one: `VSCODE_EXECUTABLE_PATH`, else a download by @vscode/test-electron into
 * the user's cache. Without either the answer is undefined and the reason is said.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  downloadAndUnzipVSCode,
  resolveCliArgsFromVSCodeExecutablePath,
  SilentReporter,
} from '@vscode/test-electron';

const releases = 'https://update.code.visualstudio.com/api/releases/stable';

/** Why this machine cannot show a window, or undefined if it can. */
function whyNoWindow() {
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return undefined;
  return 'there is no display (run it under `xvfb-run -a`)';
}

/** Asked shortly first: the download itself tries long before it gives up. */
async function whyNoDownload() {
  try {
    const response = await fetch(releases, { signal: AbortSignal.timeout(4_000) });
    await response.body?.cancel();
    return response.ok ? undefined : `the download server answered ${response.status}`;
  } catch {
    return 'the download server cannot be reached';
  }
}

/**
 * @param {(line: string) => void} say
 * @returns {Promise<string | undefined>} the executable
 */
export async function findDesktop(say) {
  const told = process.env.VSCODE_EXECUTABLE_PATH;
  if (told !== undefined && told !== '') {
    if (!existsSync(told)) throw new Error(`VSCODE_EXECUTABLE_PATH is ${told}, but there is no such file.`);
    return told;
  }
  if (process.env.REVERIE_TEST_HOST === 'code-server') return undefined;
  const why = whyNoWindow() ?? (await whyNoDownload());
  if (why !== undefined) {
    say(`No desktop VS Code: ${why}. Taking code-server.`);
    return undefined;
  }
  const cachePath = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'reverie-dev', 'vscode');
  try {
    return await downloadAndUnzipVSCode({
      version: 'stable',
      cachePath,
      timeout: 30_000,
      reporter: new SilentReporter(),
    });
  } catch (error) {
    say(`No desktop VS Code: ${error instanceof Error ? error.message : String(error)}. Taking code-server.`);
    return undefined;
  }
}

/**
 * The words after a desktop VS Code's executable that keep it apart from the editor its user works in.
 * @param {{ userData: string, extensions: string }} profile
 */
export function profileWords({ userData, extensions }) {
  /* Chromium's sandbox refuses to run as root. */
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return ['--user-data-dir', userData, '--extensions-dir', extensions, ...root];
}

/**
 * Installs a VSIX into an extensions folder through the desktop's command line.
 * @param {{ executable: string, vsix: string, userData: string, extensions: string }} options
 */
export function installIntoDesktop({ executable, vsix, userData, extensions }) {
  const [cli, ...words] = resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
  const profile = profileWords({ userData, extensions });
  const ran = spawnSync(cli, [...words, ...profile, '--install-extension', vsix, '--force'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const said = `${ran.stdout ?? ''}${ran.stderr ?? ''}`;
  if (ran.status !== 0) throw new Error(`The VSIX could not be installed:\n${said.slice(-3000)}`);
}
