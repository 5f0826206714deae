/**
 * What a machine must have beside Node: Chromium to see with, and the headers code-server's native modules are
 * built against. As root (or with a sudo that asks nothing) on Debian and Ubuntu it is installed; elsewhere the
 * answer is a sentence that says what to install.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** Compilers and headers for code-server's native modules (kerberos, keytar, native-keymap). */
export const codeServerPackages = [
  'build-essential',
  'ca-certificates',
  'libkrb5-dev',
  'libsecret-1-dev',
  'libx11-dev',
  'libxkbfile-dev',
  'pkg-config',
  'python3',
];

const chromiumPackages = ['chromium', 'fonts-dejavu-core'];

const wellKnownBrowsers = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** The words in front of `apt-get` that make it work without a question, or undefined where nothing does. */
function aptPrefix() {
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return undefined;
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : undefined;
}

function isInstalled(name) {
  const asked = spawnSync('dpkg', ['-s', name], { encoding: 'utf8' });
  return asked.status === 0 && /^Status: .* ok installed$/m.test(asked.stdout);
}

/**
 * Installs what is missing of these Debian packages. On other systems it does nothing: there the build itself
 * says what it lacks.
 * @param {readonly string[]} names
 * @param {(line: string) => void} say
 */
export function ensureDebianPackages(names, say) {
  if (spawnSync('dpkg-query', ['--version'], { stdio: 'ignore' }).status !== 0) return;
  const missing = names.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  const byHand = `apt-get install ${missing.join(' ')}`;
  const prefix = aptPrefix();
  if (prefix === undefined)
    throw new Error(`Missing on this machine. Install it as an administrator: ${byHand}`);
  say(`Installing ${missing.join(' ')} with apt`);
  const apt = (...words) => {
    const [command, ...rest] = [
      ...prefix,
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      '-qq',
      ...words,
    ];
    return spawnSync(command, rest, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  };
  /* Another apt may be at work (unattended upgrades, a run beside this one): wait for its lock. */
  const patience = ['-o', 'DPkg::Lock::Timeout=180'];
  apt(...patience, 'update');
  const installed = apt(...patience, 'install', '-y', '--no-install-recommends', ...names);
  if (installed.status !== 0) {
    throw new Error(
      `apt could not install it. Try yourself: ${byHand}\n${(installed.stderr ?? '').slice(-2000)}`,
    );
  }
}

function playwrightsOwn() {
  try {
    return chromium.executablePath();
  } catch {
    return undefined;
  }
}

/** A Chromium-like browser of this machine, or undefined. `CHROMIUM_PATH` comes first. */
export function findChromium() {
  const told = process.env.CHROMIUM_PATH;
  if (told !== undefined && told !== '') {
    if (!existsSync(told)) throw new Error(`CHROMIUM_PATH is ${told}, but there is no such file.`);
    return told;
  }
  const candidates = [...(wellKnownBrowsers[process.platform] ?? []), playwrightsOwn()];
  return candidates.find((path) => path !== undefined && existsSync(path));
}

/**
 * The path of a Chromium, installed first where that is possible.
 * @param {(line: string) => void} [say]
 * @returns {string}
 */
export function ensureChromium(say = (line) => console.error(line)) {
  const found = findChromium();
  if (found !== undefined) return found;
  const advice =
    'Install Chromium or Google Chrome, run `npx playwright-core install chromium`, or set CHROMIUM_PATH.';
  if (process.platform !== 'linux') throw new Error(`No Chromium found. ${advice}`);
  try {
    ensureDebianPackages(chromiumPackages, say);
  } catch (error) {
    throw new Error(
      `No Chromium found. ${advice}\n${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const installed = findChromium();
  if (installed === undefined) throw new Error(`No Chromium found. ${advice}`);
  return installed;
}
