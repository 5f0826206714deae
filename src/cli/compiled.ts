/**
 * Runs a bundle that lies beside this one with what V8 made of it the last time: reading its code anew costs a hook a
 * tenth of its time. The compiled code lies beside the bundle too, so that whoever could put something else in
 * its place could as well have changed the bundle. Where nothing can be written there, all goes on as without it.
 */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { wrap } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';

type ModuleFunction = (
  exports: object,
  require: NodeJS.Require,
  module: { exports: object },
  filename: string,
  directory: string,
) => void;

/** V8 looks at no more than the length of the source: which build it is has to be in the name. */
function buildOf(file: string): string {
  const { mtimeMs, size } = statSync(file);
  return `${Math.trunc(mtimeMs).toString(36)}.${size.toString(36)}`;
}

function cacheOf(file: string, build: string, work: string | undefined): string {
  const runtime = `${process.versions['electron'] === undefined ? 'node' : 'electron'}-${process.version}-${process.arch}`;
  return [file, runtime, build, ...(work === undefined ? [] : [work]), 'cache'].join('.');
}

/** What a bundle may say of its run. */
interface Exported {
  /** Whether it needed what the next run for this `work` (undefined = any) will need; without it, it did. */
  readonly isWorthKeeping?: (work: string | undefined) => boolean;
}

/**
 * @param file a CommonJS bundle in the folder of the caller, whose `require` it is given
 * @param works what is done with it, one word (undefined: any of its other uses), where that needs other code than most uses
 *   of the bundle do. What is kept is what the run that kept it needed: without a place of its own, the first command of a
 *   build would decide for all. Until there has been such a work, what those behind it needed is better than nothing.
 */
export function runCompiled(
  file: string,
  require: NodeJS.Require,
  works: readonly (string | undefined)[] = [undefined],
): void {
  const build = buildOf(file);
  const caches = works.map((one) => cacheOf(file, build, one));
  const used = caches.findIndex((cache) => existsSync(cache));
  const cachedData = readIfThere(caches[used]);
  const script = new Script(wrap(readFileSync(file, 'utf8')), {
    filename: file,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const module: { exports: Exported } = { exports: {} };
  (script.runInThisContext() as ModuleFunction)(module.exports, require, module, file, dirname(file));
  const isUsed = cachedData !== undefined && script.cachedDataRejected !== true;
  if (used === 0 && isUsed) return;
  /* Kept at the end, with all the functions that were needed. */
  process.once('exit', () => {
    const at = works.findIndex((one) => module.exports.isWorthKeeping?.(one) !== false);
    const cache = caches[at];
    if (cache !== undefined && !(isUsed && at === used)) keep(cache, file, build, script);
  });
}

function readIfThere(file: string | undefined): Buffer | undefined {
  try {
    return file === undefined ? undefined : readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Written whole or not at all, as other hooks read at the same time; what earlier builds left goes. */
function keep(cache: string, file: string, build: string, script: Script): void {
  const unfinished = `${cache}.${process.pid}`;
  try {
    writeFileSync(unfinished, script.createCachedData(), { mode: 0o600 });
    renameSync(unfinished, cache);
    for (const name of readdirSync(dirname(file)))
      if (name.startsWith(`${basename(file)}.`) && name.endsWith('.cache') && !name.includes(`.${build}.`))
        rmSync(join(dirname(file), name), { force: true });
  } catch {
    rmSync(unfinished, { force: true });
  }
}
