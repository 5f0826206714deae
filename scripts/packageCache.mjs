/**
 * Packages that only tests need and that are too large for `npm ci`: installed once into the user's cache, under their
 * versions, so that every clone of the project shares them.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

/** How long a builder on another machine (a shared home) may hold the lock before it counts as dead. */
const foreignLockMs = 20 * 60_000;

export const cacheHome = () => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'reverie-dev');

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function isAbandoned(lock) {
  const [owner, age] = await Promise.all([
    readFile(join(lock, 'owner.json'), 'utf8')
      .then(JSON.parse)
      .catch(() => undefined),
    stat(lock)
      .then((found) => Date.now() - found.mtimeMs)
      .catch(() => 0),
  ]);
  /* A lock without an owner is one that is just being made, unless it has been so for a while. */
  if (owner === undefined) return age > 10_000;
  return owner.host === hostname() ? !isAlive(owner.pid) : age > foreignLockMs;
}

/** Installs `root` by `work` while no other process of this user does; a dead owner's lock is taken over. */
export async function withLock(root, say, work) {
  const lock = `${root}.lock`;
  for (let announced = false; ; ) {
    const taken = await mkdir(lock).then(
      () => true,
      (error) => {
        if (error.code !== 'EEXIST') throw error;
        return false;
      },
    );
    if (taken) break;
    if (await isAbandoned(lock)) {
      /* Renamed first: of two that see it abandoned, one rename succeeds. */
      const grave = `${lock}.${process.pid}`;
      await rename(lock, grave).then(
        () => rm(grave, { recursive: true, force: true }),
        () => undefined,
      );
      continue;
    }
    if (!announced) say(`Another run is installing ${basename(root)}; waiting for it`);
    announced = true;
    await after(500);
  }
  try {
    await writeFile(join(lock, 'owner.json'), JSON.stringify({ pid: process.pid, host: hostname() }));
    return await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

/** @param names packages with their exact versions. */
export function npmInstall(cwd, names, environment = {}) {
  const words = ['install', '--save-exact', '--no-audit', '--no-fund', '--loglevel=error', ...names];
  const ran = spawnSync('npm', words, {
    cwd,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (ran.error !== undefined) throw new Error(`npm could not be started: ${ran.error.message}`);
  if (ran.status !== 0) {
    const said = `${ran.stdout}\n${ran.stderr}`.trim();
    throw new Error(
      `npm could not install ${names.join(' ')} (its whole output: ${cwd}.log):\n${said.slice(-3000)}`,
      {
        cause: said,
      },
    );
  }
}
