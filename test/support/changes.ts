/** Random changes on a few memories that are and are not there. */
import fc from 'fast-check';
import type { Database } from '../../src/core/database.ts';
import { linkKinds, type Memory, type MemoryId } from '../../src/core/memory.ts';
import type { Change } from '../../src/core/sleep/phase.ts';
import { arbitraryMemory, arbitraryPatch, arbitraryShare, arbitraryTime } from './arbitraries.ts';
import { buildReceipt, memoryId } from './builders.ts';

/** Those that `beginAnew` may make, and those that a change may. */
export const pool = ['e_0', 'e_1', 'e_2', 'e_3', 'r_new0', 'r_new1'] as MemoryId[];
const anyId = fc.constantFrom(...pool);
const why = fc.constant('Because.');
export const anyChange: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(anyId, arbitraryPatch)
      .map(([id, patch]): Change => ({ type: 'update', id, patch, why: 'w' })),
  },
  fc
    .tuple(fc.constantFrom('r_new0', 'r_new1').chain(arbitraryMemory), fc.subarray(pool))
    .map(([memory, evidence]): Change => ({ type: 'create', memory, evidence, why: 'w' })),
  fc.tuple(anyId, anyId, fc.constantFrom(...linkKinds), arbitraryShare, arbitraryTime, why).map(
    ([from, to, kind, weight, at]): Change => ({
      type: 'link',
      link: { from, to, kind, weight, createdAt: at, usedAt: at },
      why: 'w',
    }),
  ),
  fc
    .tuple(anyId, anyId, fc.constantFrom(...linkKinds))
    .map(([from, to, kind]): Change => ({ type: 'unlink', from, to, kind, why: 'w' })),
  fc
    .tuple(anyId, anyId)
    .map(([memory, episode]): Change => ({ type: 'evidence', memory, episode, why: 'w' })),
  fc
    .constantFrom('t_0', 't_1', 't_2')
    .map((receipt): Change => ({ type: 'receipt-counted', receipt, why: 'w' })),
  fc
    .tuple(fc.constantFrom('a', 'b'), fc.oneof(fc.constant(undefined), fc.jsonValue()))
    .map(([key, value]): Change => ({ type: 'fact', key, value, why: 'w' })),
);

/** These memories, one link, two receipts and a fact; nothing else. */
export async function beginAnew(
  { memories, receipts, setFact }: Database,
  all: readonly Memory[],
): Promise<void> {
  await memories.forgetEverything();
  await memories.add(
    all.map((memory) => ({ memory })),
    'import',
  );
  await memories.addLinks(
    [
      {
        from: memoryId('e_0'),
        to: memoryId('e_1'),
        kind: 'related',
        weight: 0.3,
        createdAt: 1,
        usedAt: 2,
      },
    ],
    'import',
  );
  await receipts.addReceipts(
    [0, 1].map((n) => buildReceipt(memoryId(`e_${n}`), { id: `t_${n}`, at: n, verdict: 'obeyed' })),
  );
  await setFact('a', null);
}
