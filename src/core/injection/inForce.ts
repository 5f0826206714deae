/** What an assistant is to know in one place, whatever the occasion: for those who ask rather than are told. */
import type { Memory, MemoryId, ProjectId } from '../memory.ts';
import type { FileBlob, MemoryStore } from '../ports.ts';
import { loadGlobTest } from '../recall/globs.ts';
import { mayBeTold } from './eligible.ts';
import { staleCitation } from './staleness.ts';
import { valuesAtStart } from './worth.ts';

/** How many lasting memories, and how many of the newest episodes, are looked at. */
const looked = { lasting: 500, recent: 50 } as const;

export interface PlaceInForce {
  /** Undefined = no project: only the user's own. */
  readonly project: ProjectId | undefined;
  /** Relative to the project, forward slashes; without it, rules for any of its files count. */
  readonly path?: string;
}

/**
 * Rules, skills, accepted insights, and fresh decisions that no night has seen: those for the very path first, each
 * part in the order in which a conversation would be told them at its start. With `fileBlob`, not what cites a file
 * that has changed.
 */
export async function rulesInForce(
  memories: MemoryStore,
  { project, path }: PlaceInForce,
  now: number,
  fileBlob?: FileBlob,
): Promise<readonly Memory[]> {
  const scope = project === undefined ? {} : { project };
  const [globTest, lasting, recent] = await Promise.all([
    loadGlobTest(),
    memories.list({
      ...scope,
      kinds: ['rule', 'skill', 'insight'],
      statuses: ['active'],
      order: 'strongest',
      limit: looked.lasting,
    }),
    memories.list({
      ...scope,
      kinds: ['episode'],
      statuses: ['active'],
      order: 'newest',
      limit: looked.recent,
    }),
  ]);
  const found = new Map<MemoryId, Memory>();
  for (const memory of [...lasting, ...recent]) {
    const elsewhere =
      path !== undefined && memory.scope.level === 'path' && !globTest(memory.scope.glob, path);
    const stale = staleCitation(memory, fileBlob) !== undefined;
    if (!elsewhere && !stale && mayBeTold(memory, project)) found.set(memory.id, memory);
  }
  const own = (memory: Memory) => (path !== undefined && memory.scope.level === 'path' ? 1 : 0);
  return [...(await valuesAtStart(memories, [...found.values()], now))]
    .sort((one, other) => own(other.memory) - own(one.memory) || other.value - one.value)
    .map(({ memory }) => memory);
}
