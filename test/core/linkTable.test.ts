/** Links by their ends are what a plain map would hold. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Link, linkKinds } from '../../src/core/memory.ts';
import { byEnds, linkTableSteps } from '../../src/core/sleep/night/linkTable.ts';
import { linkKey } from '../../src/core/sleep/night/snapshot.ts';
import { allSteps } from '../../src/core/steps.ts';
import { memoryId, noon } from '../support/builders.ts';

const names = ['e_a', 'e_b', 'e_c', 'm_a', 'r_b'].map(memoryId);
const ends = fc.record({
  from: fc.constantFrom(...names),
  to: fc.constantFrom(...names),
  kind: fc.constantFrom(...linkKinds),
});
const link = fc
  .tuple(ends, fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([of, weight]): Link => ({ ...of, weight, createdAt: noon, usedAt: noon }));
const step = fc.oneof(
  fc.record({ set: link }),
  fc.record({ away: ends }),
  fc.constant({ told: true } as const),
);

test('links are found, changed and told in order as in a plain map, and what was told stays as it was', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(link, { selector: linkKey }),
      fc.array(step, { maxLength: 40 }),
      (start, steps) => {
        const table = allSteps(linkTableSteps(start));
        const plain = new Map(start.map((one) => [linkKey(one), one]));
        const inOrder = () => [...plain.values()].sort(byEnds);
        const told: { readonly links: readonly Link[]; readonly before: readonly Link[] }[] = [];
        for (const one of steps) {
          if ('set' in one) {
            table.set(one.set);
            plain.set(linkKey(one.set), one.set);
          } else if ('away' in one) {
            table.delete(one.away.from, one.away.to, one.away.kind);
            plain.delete(linkKey(one.away));
          } else told.push({ links: allSteps(table.inOrder()), before: inOrder() });
          for (const from of names)
            for (const to of names) {
              for (const kind of linkKinds)
                assert.equal(table.get(from, to, kind), plain.get(linkKey({ from, to, kind })));
              const joined = [...plain.values()].some(
                (link) => (link.from === from && link.to === to) || (link.from === to && link.to === from),
              );
              assert.equal(table.joins(from, to), joined);
            }
        }
        assert.deepEqual(allSteps(table.inOrder()), inOrder());
        for (const { links, before } of told) assert.deepEqual(links, before);
      },
    ),
    { numRuns: 60 },
  );
});
