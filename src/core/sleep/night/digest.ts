/** What of a night's changes its account in the morning needs: a night on many memories makes hundreds of thousands. */
import { isKnowledge, type Memory, type MemoryId } from '../../memory.ts';
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
  /** Memories of which one of {@link toldFields} was changed. */
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

export function digestOf(changes: readonly Change[]): NightDigest {
  let facts = 0;
  const born: Born[] = [];
  const changed = new Set<MemoryId>();
  for (const change of changes) {
    if (change.type === 'fact') facts++;
    else if (change.type === 'create') {
      const { id, kind, salience } = change.memory;
      if (isKnowledge({ kind })) born.push({ id, kind, salience });
    } else if (change.type === 'update' && toldFields.some((field) => field in change.patch))
      changed.add(change.id);
  }
  return { changes: changes.length, facts, born, changed: [...changed] };
}
