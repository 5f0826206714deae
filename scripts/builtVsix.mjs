/** The VSIX under test: a person installs that, not this folder. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The package's path: `REVERIE_VSIX` if set, else a fresh build of this tree.
 * @param {(line: string) => void} say
 * @returns {string}
 */
export function builtVsix(say) {
  const told = process.env.REVERIE_VSIX;
  if (told !== undefined && told !== '') {
    if (!existsSync(told)) throw new Error(`REVERIE_VSIX is ${told}, but there is no such file.`);
    return resolve(told);
  }
  say('Building the VSIX');
  const started = Date.now();
  const ran = spawnSync(process.execPath, ['scripts/package.mjs'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (ran.status !== 0)
    throw new Error(`The VSIX could not be built:\n${`${ran.stdout}\n${ran.stderr}`.slice(-4000)}`);
  const fresh = readdirSync('.')
    .filter((name) => name.endsWith('.vsix'))
    .map((name) => ({ name, at: statSync(name).mtimeMs }))
    .sort((one, other) => other.at - one.at)[0];
  /* A second of grace: some file systems keep whole seconds only. */
  if (fresh === undefined || fresh.at < started - 1_000)
    throw new Error('The build left no new .vsix in the project.');
  return join(process.cwd(), fresh.name);
}
