/** How likely a memory is to be wanted before a word of the question is read. Only ever a mild factor on relevance. */
import picomatch from 'picomatch';
import { dayMs, effectiveStrength, type Memory, precisionOf } from '../memory.ts';
import { tunables } from '../tunables.ts';

/** @returns a factor around 1, > 0. */
export function priorOf(memory: Memory, at: { readonly now: number; readonly path?: string }): number {
  const { prior } = tunables.recall;
  const age = Math.max(0, at.now - Math.max(memory.createdAt, memory.lastAccessedAt)) / dayMs;
  const settled = memory.kind === 'episode' ? 0 : 1;
  return (
    1 +
    prior.strength * (effectiveStrength(memory, at.now) - 0.5) +
    prior.precision * (precisionOf(memory) - 0.5) +
    prior.salience * (memory.salience.total - 0.5) +
    prior.recency * (prior.recencyDays / (prior.recencyDays + age) - 0.5) +
    prior.settled * settled +
    prior.path * pathFit(memory, at.path)
  );
}

/** 1 if the memory holds for or cites the file, −1 if it holds for other files only, else 0. */
export function pathFit(memory: Memory, path: string | undefined): number {
  if (path === undefined) return 0;
  const file = path.replace(/\\/g, '/');
  if (memory.scope.level === 'path') return globFits(memory.scope.glob, file) ? 1 : -1;
  return memory.citations.some((citation) => file === citation.path || file.endsWith(`/${citation.path}`))
    ? 1
    : 0;
}

const matchers = new Map<string, (path: string) => boolean>();

/** Whether `glob` names `path` (relative to the project, forward slashes). A broken glob names nothing. */
export function globFits(glob: string, path: string): boolean {
  let matcher = matchers.get(glob);
  if (matcher === undefined) {
    try {
      matcher = picomatch(glob, { dot: true });
    } catch {
      matcher = () => false;
    }
    if (matchers.size > 500) matchers.clear();
    matchers.set(glob, matcher);
  }
  return matcher(path.replace(/^\.?\//, ''));
}
