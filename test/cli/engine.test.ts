/** What the engine is told by commands that read a whole history. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSweep } from '../../src/cli/engine.ts';

const used = () => process.memoryUsage().heapUsed / 1024 / 1024;
/** So many megabytes of objects, once held and no more. */
const leave = (megabytes: number) => {
  let held: unknown[] = [];
  for (let mb = 0; mb < megabytes; mb += 1) held.push(Array.from({ length: 32_768 }, (_, at) => ({ at })));
  held = [];
  return held;
};

test('a sweep collects what has come since the last, once it is much, and leaves no flag behind', () => {
  const sweep = createSweep();
  assert.equal(Reflect.get(globalThis, 'gc'), undefined);
  const before = used();
  leave(60);
  const full = used();
  sweep();
  /* The engine may have looked by itself meanwhile; after a sweep nothing is left in any case. */
  assert.ok(used() < Math.max(before + 15, full - 15), `${before} ${full} ${used()}`);
  const swept = used();
  sweep();
  assert.ok(used() >= swept - 1, 'nothing new, no sweep');
});
