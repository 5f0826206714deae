/** The memories that a ranking looks at: candidates of the index, and what was said around the best of them. */
import type { Memory, MemoryId, MemoryStatus } from '../memory.ts';
import type { MemoryStore, Neighbours } from '../ports.ts';
import { tunables } from '../tunables.ts';
import type { RecallRequest } from './request.ts';

export interface Pool {
  readonly memories: readonly Memory[];
  readonly around: ReadonlyMap<MemoryId, Neighbours>;
}

/** @param withNeighbours also the messages right beside each: a reply may hold the answer without a word of the question. */
export async function gather(
  store: MemoryStore,
  request: RecallRequest,
  terms: readonly string[],
  statuses: readonly MemoryStatus[],
  withNeighbours: boolean,
): Promise<Pool> {
  const { candidates, neighboursFor, around: conversation } = tunables.recall;
  const usable = (memory: Memory) =>
    memory.replacedBy === undefined &&
    statuses.includes(memory.status) &&
    request.sessionSeen?.has(memory.id) !== true;
  const found = await store.search({ terms, project: request.project, statuses, limit: candidates });
  const memories = found.map(({ memory }) => memory).filter(usable);
  if (!withNeighbours) return { memories, around: new Map() };
  const best = memories.slice(0, neighboursFor).map((memory) => memory.id);
  const around = await store.neighboursOf(best, conversation.radius);
  const pool = new Map(memories.map((memory) => [memory.id, memory]));
  for (const { before, after } of around.values()) {
    for (const memory of [...before.slice(0, 1), ...after.slice(0, 1)])
      if (usable(memory)) pool.set(memory.id, memory);
  }
  const beyond = [...pool.keys()].filter((id) => !around.has(id));
  const farther = await store.neighboursOf(beyond, conversation.radius);
  return { memories: [...pool.values()], around: new Map([...farther, ...around]) };
}
