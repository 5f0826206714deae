/** A memory that stays open for days, as in an editor, while short-lived processes come and go. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { openDatabase } from '../../src/sqlite/open.ts';
import { buildMemory, silentLog } from '../support/builders.ts';
import { freshFile } from '../support/database.ts';

const open = (file: string) => openDatabase({ file, log: silentLog, busyMs: 60_000 });

/* The same file is the program of the processes it starts: each opens, counts, adds one and closes. */
const visited = process.env['REVERIE_TEST_VISIT'];
if (visited !== undefined) {
  const database = await open(visited);
  const count = await database.memories.count({});
  await database.memories.add([{ memory: buildMemory({ text: `visitor after ${count}` }) }], 'import');
  await database.close();
  process.exit(count);
}

/** Answers how many memories the visitor found. */
async function visit(file: string): Promise<number> {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const child = spawn(process.execPath, [import.meta.filename], {
    env: { ...env, REVERIE_TEST_VISIT: file },
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  return Number(code);
}

test('visitors that close do not throw away what the one that stays has written', async (t) => {
  const file = freshFile(t);
  await visit(file);
  const resident = await open(file);
  t.after(() => resident.close());
  for (let round = 0; round < 3; round += 1) {
    const before = await resident.memories.count({});
    assert.equal(before, 1 + 2 * round, 'the resident sees what every visitor wrote');
    await resident.memories.add([{ memory: buildMemory({ text: `resident ${round}` }) }], 'remember');
    assert.equal(await visit(file), before + 1, 'the visitor sees what the resident wrote');
  }
  assert.deepEqual(await resident.check(), []);
});
