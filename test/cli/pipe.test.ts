/** A reader that has seen enough (`reverie export | head`) ends a command in peace, whether it told little or much. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openDatabase } from '../../src/sqlite/open.ts';
import { buildMemory, memoryId, silentLog } from '../support/builders.ts';
import { reverieJson, start } from '../support/commandLine.ts';

describe('a pipe that is closed early', () => {
  let folder = '';
  let db: readonly string[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reverie-pipe-'));
    db = ['--db', join(folder, 'memory.db')];
    const database = await openDatabase({ file: join(folder, 'memory.db'), log: silentLog });
    await database.memories.add(
      Array.from({ length: 400 }, (_, number) => ({
        memory: buildMemory({
          id: memoryId(`e_${String(number).padStart(6, '0')}`),
          kind: 'episode',
          text: `Berth ${number} is painted ${'green '.repeat(60)}`,
        }),
      })),
      'import',
    );
    await database.close();
  });
  after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

  for (const command of ['export', 'episodes', 'doctor'])
    it(command, async () => {
      const child = start([command, ...db]);
      let said = '';
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      child.stdout?.once('data', () => child.stdout?.destroy());
      const code = await new Promise((done) => child.once('close', done));
      assert.equal(said, '');
      assert.equal(code, 0);
    });

  it('does not keep a night from its end', async () => {
    const child = start(['sleep', ...db]);
    child.stdout?.destroy();
    assert.equal(await new Promise((done) => child.once('close', done)), 0);
    const nights = (await reverieJson(['nights', ...db])) as readonly { readonly state: string }[];
    assert.deepEqual(
      nights.map(({ state }) => state),
      ['complete'],
    );
  });
});
