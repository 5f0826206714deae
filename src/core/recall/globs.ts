/** Path globs, loaded only where a file is in hand: most prompts need none. */

/** Whether a glob names a path (relative to the project, forward slashes). A broken glob names nothing. */
export type GlobTest = (glob: string, path: string) => boolean;

export async function loadGlobTest(): Promise<GlobTest> {
  const { default: picomatch } = await import('picomatch');
  const matchers = new Map<string, (path: string) => boolean>();
  return (glob, path) => {
    let matcher = matchers.get(glob);
    if (matcher === undefined) {
      try {
        matcher = picomatch(glob, { dot: true });
      } catch {
        matcher = () => false;
      }
      matchers.set(glob, matcher);
    }
    return matcher(path.replace(/^\.?\//, ''));
  };
}
