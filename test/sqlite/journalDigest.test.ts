/** The account of a night that was broken off is made of its journal: stretch by stretch it tells what all entries read at once tell. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Memory } from '../../src/core/memory.ts';
import { digestOf, type NightDigest } from '../../src/core/sleep/night/digest.ts';
import { arbitraryMemory } from '../support/arbitraries.ts';
import { noon } from '../support/builders.ts';
import { anyChange, beginAnew, pool } from '../support/changes.ts';
import { freshDatabase } from '../support/database.ts';
import { nightId, phaseReport } from '../support/nights.ts';

const together = (parts: readonly NightDigest[]): NightDigest => ({
  changes: parts.reduce((sum, { changes }) => sum + changes, 0),
  facts: parts.reduce((sum, { facts }) => sum + facts, 0),
  born: parts.flatMap(({ born }) => born),
  changed: [...new Set(parts.flatMap(({ changed }) => changed))],
});

test('the digest of a journal in stretches is that of its entries, and of no other night', async (t) => {
  const database = await freshDatabase(t);
  const { sleep } = database;
  let [nth, told, born] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(...pool.slice(0, 4).map(arbitraryMemory)),
      fc.array(anyChange, { minLength: 4, maxLength: 30 }),
      fc.integer({ min: 1, max: 9 }),
      async (all: readonly Memory[], changes, stretch) => {
        nth += 1;
        await beginAnew(database, all);
        const nights = [nightId(`n_${nth}`), nightId(`n_${nth} other`)];
        for (const id of nights) await sleep.beginNight({ id, startedAt: noon, seed: 's' });
        /* Two nights whose entries lie between each other's. */
        for (const [at, id] of [...nights, ...nights].entries())
          await sleep.commitPhase(
            id,
            phaseReport('dream', { cycle: at }),
            changes.slice(Math.floor((at * changes.length) / 4), Math.floor(((at + 1) * changes.length) / 4)),
            noon,
          );
        const { memories } = await sleep.snapshot(noon);
        const known = new Map(memories.map((memory) => [memory.id, memory]));
        for (const id of nights) {
          const parts: NightDigest[] = [];
          for (let after: number | undefined = 0; after !== undefined; ) {
            const { last, ...part }: NightDigest & { readonly last?: number } = await sleep.journalDigest(
              id,
              after,
              stretch,
            );
            assert.ok(part.changes <= stretch);
            parts.push(part);
            after = last;
          }
          const whole = digestOf(
            (await sleep.journal(id)).map(({ change }) => change),
            (one) => known.get(one),
          );
          assert.deepEqual(together(parts), whole);
          told += whole.changed.length;
          born += whole.born.length;
        }
      },
    ),
    { numRuns: 30 },
  );
  assert.ok(told > 0 && born > 0, 'what is told came up');
});
