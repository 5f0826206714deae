/** Runs one sleep phase on a few memories, without a night around it. */
import type { Evidence, Link, Memory, MemoryId, NightId, Receipt } from '../../src/core/memory.ts';
import { createRandom } from '../../src/core/sleep/night/random.ts';
import { applyChanges, canonicalSnapshot } from '../../src/core/sleep/night/snapshot.ts';
import type { PhaseContext, PhaseResult, SleepPhase, SleepSnapshot } from '../../src/core/sleep/phase.ts';
import { noon, testIds } from './builders.ts';

export interface Scene {
  readonly memories: readonly Memory[];
  readonly links?: readonly Link[];
  readonly evidence?: readonly Evidence[];
  readonly receipts?: readonly Receipt[];
  readonly facts?: Readonly<Record<string, unknown>>;
}

export function snapshotOf(scene: Scene): SleepSnapshot {
  return canonicalSnapshot({
    memories: scene.memories,
    links: scene.links ?? [],
    evidence: scene.evidence ?? [],
    receipts: scene.receipts ?? [],
    pastNights: [],
    facts: new Map(Object.entries(scene.facts ?? {})),
  });
}

export function phaseContext(given: Partial<PhaseContext> = {}): PhaseContext {
  return {
    night: 'n_test' as NightId,
    number: 1,
    cycle: 0,
    now: noon,
    random: createRandom('test'),
    ids: testIds,
    tokenizer: { count: (text) => text.length },
    inScope: () => true,
    instructions: [],
    approval: 'balanced',
    breathe: async () => undefined,
    ...given,
  };
}

export interface Ran extends PhaseResult {
  /** The scene after the changes. */
  readonly after: SleepSnapshot;
  /** One memory after the changes; throws where there is none. */
  get(id: MemoryId): Memory;
}

export async function runPhase(
  phase: SleepPhase,
  scene: Scene,
  given: Partial<PhaseContext> = {},
): Promise<Ran> {
  const snapshot = snapshotOf(scene);
  const result = await phase.run(snapshot, phaseContext(given));
  const after = applyChanges(snapshot, result.changes);
  return {
    ...result,
    after,
    get(id) {
      const memory = after.memories.find((one) => one.id === id);
      if (memory === undefined) throw new Error(`no memory ${id}`);
      return memory;
    },
  };
}
