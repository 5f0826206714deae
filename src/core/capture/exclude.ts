/** Folders and files of which nothing is noticed, by their owner's globs. */
import picomatch from 'picomatch';

const matchers = new Map<string, (path: string) => boolean>();

/** A name or a relative pattern holds anywhere; one that begins at the root holds from there. */
function matcherOf(glob: string): (path: string) => boolean {
  const known = matchers.get(glob);
  if (known !== undefined) return known;
  const plain = glob.trim().replace(/\\/g, '/').replace(/\/+$/, '');
  const rooted = /^(?:\/|[A-Za-z]:\/|\*\*\/)/.test(plain) ? plain : `**/${plain.replace(/^\.\//, '')}`;
  let matches: (path: string) => boolean;
  try {
    /* What lies in an excluded folder is excluded with it. */
    matches = picomatch([rooted, `${rooted}/**`], { dot: true, nocase: /^[A-Za-z]:/.test(rooted) });
  } catch {
    matches = () => false;
  }
  matchers.set(glob, matches);
  return matches;
}

/**
 * @param paths absolute paths of what is about to be noticed (its file, its working directory, its project), or a
 *   project's name; one that is excluded is enough. A broken glob excludes nothing.
 */
export function isExcluded(paths: readonly string[], globs: readonly string[]): boolean {
  return globs.some((glob) => {
    if (glob.trim() === '') return false;
    const matches = matcherOf(glob);
    return paths.some((path) => matches(path.replace(/\\/g, '/')));
  });
}
