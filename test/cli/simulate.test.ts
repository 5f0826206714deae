/** Disordered sleep tried on a copy, and the advice of the health check, through the command line. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { dayMs } from '../../src/core/memory.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { noon, silentLog } from '../support/builders.ts';
import { reverie, reverieJson } from '../support/commandLine.ts';
import { syntheticEpisodes } from '../support/syntheticDays.ts';

const state = z.object({ rules: z.number(), kept: z.number(), dreams: z.number() });
const simulations = z.array(
  z.object({
    disorder: z.string(),
    disordered: state,
    healthyThen: state,
    suffers: z.array(z.string()),
    findings: z.array(z.object({ name: z.string() })),
  }),
);

describe('sleep health through the command line', () => {
  let folder = '';
  let db: readonly string[] = [];
  const at = (days: number) => ['--now', new Date(noon + days * dayMs).toISOString()];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reverie-health-'));
    const file = join(folder, 'memory.db');
    db = ['--db', file];
    const database = await openDatabase({ file, log: silentLog });
    await database.memories.add(
      syntheticEpisodes({ seed: 'health', count: 120, projects: 2 }).map((memory) => ({ memory })),
      'import',
    );
    await database.close();
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('tries a disorder on a copy and leaves the memory alone', async () => {
    const earlier = await reverieJson(['episodes', ...db, ...at(1)]);
    const [deprived, ...others] = simulations.parse(
      await reverieJson(['simulate', '--disorder', 'n3-deprivation', '--nights', '3', ...db, ...at(1)]),
    );
    assert.ok(deprived);
    assert.equal(others.length, 0);
    assert.ok(deprived.healthyThen.rules > 0);
    assert.equal(deprived.disordered.rules, 0);
    assert.ok(deprived.suffers.length > 0);
    assert.deepEqual(
      deprived.findings.map(({ name }) => name),
      ['n3-deprivation'],
    );
    assert.deepEqual(await reverieJson(['episodes', ...db, ...at(1)]), earlier);
    assert.deepEqual(await reverieJson(['nights', ...db, ...at(1)]), []);
    const text = await reverie(['simulate', '--disorder', 'oversleep', '--nights', '2', ...db, ...at(1)]);
    assert.match(text.stdout, /Nothing suffers/);
  });

  it('says in one line what is wrong with its sleep, and nothing where it is sound', async () => {
    for (let night = 1; night <= 3; night++)
      await reverieJson(['sleep', '--phases', '1,2,3', ...db, ...at(night)]);
    const poor = await reverie(['nights', ...db, ...at(3.2)]);
    assert.match(poor.stdout.split('\n')[0] ?? '', /N3.*budget/);
    for (let night = 4; night <= 13; night++) await reverieJson(['sleep', ...db, ...at(night)]);
    const sound = await reverie(['nights', ...db, ...at(13.2)]);
    assert.match(sound.stdout, /^Night 13 /);
  });

  it('names a wrong disorder as wrong usage', async () => {
    for (const wrong of [
      ['--disorder', 'hiccups'],
      ['--nights', 'many'],
    ]) {
      const outcome = await reverie(['simulate', ...wrong, ...db]);
      assert.equal(outcome.code, 2);
      assert.match(outcome.stderr, /^reverie: --/);
    }
  });
});
