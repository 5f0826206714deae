/** Whether an event was kept before, by whatever way it reached us. */
import type { MemoryStore } from '../ports.ts';
import { isSameEvent, type Sighting } from './identity.ts';
import { sightingOf } from './origin.ts';

export interface Seen {
  before(identity: string, sighting: Sighting): Promise<boolean>;
  /** It is kept now, though perhaps not stored yet. */
  keep(identity: string, sighting: Sighting): void;
  /** All that was kept is stored. */
  stored(): void;
}

/**
 * @param asks false where the memory was empty when this began: nothing stands in it that was not kept here, and a question
 *   for each event of a first import would be a large part of its cost.
 */
export function createSeen(
  memories: Pick<MemoryStore, 'findByIdentity' | 'findByExternalId'>,
  asks: boolean,
): Seen {
  const kept = new Map<string, Sighting[]>();
  const ids = new Set<string>();
  return {
    async before(identity, sighting) {
      const { externalId } = sighting;
      if (externalId !== undefined && ids.has(externalId)) return true;
      if (kept.get(identity)?.some((other) => isSameEvent(other, sighting))) return true;
      if (!asks) return false;
      if (externalId !== undefined && (await memories.findByExternalId(externalId)).length > 0) return true;
      return (await memories.findByIdentity(identity)).some((memory) =>
        isSameEvent(sightingOf(memory), sighting),
      );
    },
    keep(identity, sighting) {
      const others = kept.get(identity);
      if (others === undefined) kept.set(identity, [sighting]);
      else others.push(sighting);
      if (sighting.externalId !== undefined && !asks) ids.add(sighting.externalId);
    },
    stored() {
      /* From now on the memory knows. */
      if (asks) kept.clear();
    },
  };
}
