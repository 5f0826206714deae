/** What of a night's changes its account in the morning needs: a night on many memories makes hundreds of thousands. */
import { isKnowledge, isLesson, type Memory, type MemoryId } from '../../memory.ts';
import type { MemoryPatch } from '../../ports.ts';
import type { Change } from '../phase.ts';

/** A rule, skill or dream that came into being. */
export type Born = Pick<Memory, 'id' | 'kind' | 'salience'>;

export interface NightDigest {
  readonly changes: number;
  /** Of them the engine's own notes. */
  readonly facts: number;
  /** In the order in which they came. */
  readonly born: readonly Born[];
  /** Lessons of which one of {@link toldFields} was changed; whether those born along with it are among them does not matter. */
  readonly changed: readonly MemoryId[];
}

/** Fields of a rule whose change its owner wants to hear of; strength and the like move every night. */
export const toldFields = [
  'text',
  'lesson',
  'status',
  'scope',
  'contradictedBy',
  'obsoleteAt',
  'replacedBy',
] as const satisfies readonly (keyof MemoryPatch)[];

/** `memoryOf` answers a memory as it is before these changes or after them: what it is never changes. */
export function digestOf(
  changes: readonly Change[],
  memoryOf: (id: MemoryId) => Pick<Memory, 'kind'> | undefined,
): NightDigest {
  /* Mostly it is what happened that goes into the archive: tens of thousands in a night. */
  const isToldOf = (id: MemoryId) => {
    const memory = memoryOf(id);
    return memory !== undefined && isLesson(memory);
  };
  let facts = 0;
  const born: Born[] = [];
  const changed = new Set<MemoryId>();
  for (const change of changes) {
    if (change.type === 'fact') facts++;
    else if (change.type === 'create') {
      const { id, kind, salience } = change.memory;
      if (isKnowledge({ kind })) born.push({ id, kind, salience });
    } else if (change.type === 'update' && toldFields.some((field) => field in change.patch)) {
      if (isToldOf(change.id)) changed.add(change.id);
    }
  }
  return { changes: changes.length, facts, born, changed: [...changed] };
}
