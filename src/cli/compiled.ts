/**
 * Runs a bundle that lies beside this one with what V8 made of it the last time: reading its code anew costs a hook a
 * tenth of its time. The compiled code lies beside the bundle too, so that whoever could put something else in
 * its place could as well have changed the bundle. Where nothing can be written there, all goes on as without it.
 */
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
function cacheOf(file: string): string {
  const { mtimeMs, size } = statSync(file);
  const runtime = `${process.versions['electron'] === undefined ? 'node' : 'electron'}-${process.version}-${process.arch}`;
  return `${file}.${runtime}.${Math.trunc(mtimeMs).toString(36)}.${size.toString(36)}.cache`;
}

/** What a bundle may say of its run. */
interface Exported {
  /** Whether it needed what the next run will need; without it, it did. */
  readonly isWorthKeeping?: () => boolean;
}

/** @param file a CommonJS bundle in the folder of the caller, whose `require` it is given. */
export function runCompiled(file: string, require: NodeJS.Require): void {
  const cache = cacheOf(file);
  const cachedData = readIfThere(cache);
  const script = new Script(wrap(readFileSync(file, 'utf8')), {
    filename: file,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const module: { exports: Exported } = { exports: {} };
  (script.runInThisContext() as ModuleFunction)(module.exports, require, module, file, dirname(file));
  /* Kept at the end, with all the functions that were needed. */
  if (cachedData === undefined || script.cachedDataRejected === true)
    process.once('exit', () => {
      if (module.exports.isWorthKeeping?.() !== false) keep(cache, file, script);
    });
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Written whole or not at all, as other hooks read at the same time; what earlier builds left goes. */
function keep(cache: string, file: string, script: Script): void {
  const unfinished = `${cache}.${process.pid}`;
  try {
    writeFileSync(unfinished, script.createCachedData(), { mode: 0o600 });
    renameSync(unfinished, cache);
    const build = cache.split('.').slice(-3).join('.');
    for (const name of readdirSync(dirname(file)))
      if (name.startsWith(`${basename(file)}.`) && name.endsWith('.cache') && !name.endsWith(build))
        rmSync(join(dirname(file), name), { force: true });
  } catch {
    rmSync(unfinished, { force: true });
  }
}
