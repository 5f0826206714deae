/** What is forgotten leaves no trace: not in a table, not in the index, not in a free page, not in the log. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { ReverieError } from '../../src/core/errors.ts';
import type { NightId } from '../../src/core/memory.ts';
import type { NightReport } from '../../src/core/sleep/phase.ts';
import { buildMemory, buildReceipt, memoryId, noon } from '../support/builders.ts';
import { freshDatabase } from '../support/database.ts';

/** Names of the files beside the database in which `words` can be read. */
function tracesOf(file: string, words: readonly string[]): string[] {
  return readdirSync(dirname(file)).flatMap((name) => {
    const bytes = readFileSync(join(dirname(file), name))
      .toString('latin1')
      .toLowerCase();
    return words.filter((word) => bytes.includes(word)).map((word) => `${word} in ${name}`);
  });
}

test('one memory', async (t) => {
  const { file, memories, receipts, sleep, setFact, getFact, check } = await freshDatabase(t);
  const secret = buildMemory({
    text: 'Quixotically zymurgy matters here.',
    context: 'xylographer',
    cues: ['kakorrhaphia'],
    lesson: { why: 'because of wolframite' },
  });
  const kept = buildMemory({ text: 'Keep this one.', kind: 'episode' });
  const others = Array.from({ length: 200 }, (_, index) => ({
    memory: buildMemory({ text: `Other ${index}` }),
  }));
  await memories.add([{ memory: kept }, { memory: secret, evidence: [kept.id] }, ...others], 'import');
  await memories.update(secret.id, { text: 'Zymurgy still matters.', topic: 'beer/zymurgy' }, 'edit');
  await memories.update(kept.id, { replacedBy: secret.id }, 'edit');
  await memories.reinforce([kept.id, secret.id], noon);
  await receipts.addReceipts([buildReceipt(secret.id, { verdict: 'obeyed' })]);
  await setFact('review', { queue: [secret.id, kept.id], [secret.id]: { due: 5 } });
  const id = 'n_1' as NightId;
  const night = await sleep.beginNight({ id, startedAt: noon, seed: 's' });
  await sleep.commitPhase(
    id,
    {
      stage: 'N2',
      phase: 'dream',
      cycle: 0,
      started: noon,
      ms: 0,
      read: 1,
      changed: 1,
      detail: 'Dreamt of: Zymurgy still matters.',
      measures: {},
    },
    [
      {
        type: 'update',
        id: kept.id,
        patch: { topic: 'a' },
        why: `Like ${secret.id}: “Zymurgy still matters.”`,
      },
      { type: 'update', id: secret.id, patch: { strength: 0.3 }, why: 'zymurgy' },
    ],
    noon,
  );
  const report: NightReport = {
    ...night.report,
    rules: [{ id: secret.id, text: 'Zymurgy still matters.', status: 'active', change: 'new' }],
    summary: 'One rule: Zymurgy still matters.',
  };
  await sleep.finishNight(id, 'complete', report, noon);
  const words = ['zymurg', 'quixot', 'xylograph', 'kakorrhaph', 'wolframit', secret.id];
  assert.ok(tracesOf(file, words).length >= words.length, 'the drill finds traces while there are some');

  await memories.forget(secret.id);
  assert.deepEqual(tracesOf(file, words), []);
  assert.equal((await memories.get(kept.id))?.replacedBy, undefined);
  assert.deepEqual(await getFact('review'), { queue: [kept.id] });
  assert.deepEqual((await sleep.night(id))?.report.rules, []);
  assert.deepEqual(await check(), []);
  assert.equal(await memories.count({}), 201);
  await assert.rejects(memories.forget(memoryId('r_none')), (error) => ReverieError.is(error, 'not-found'));
});

test('everything, with what was set aside; the data version goes on', async (t) => {
  const { file, memories, sleep, setFact, check } = await freshDatabase(t);
  await memories.add([{ memory: buildMemory({ text: 'Quixotically zymurgy.' }) }], 'import');
  await setFact('a', 'zymurgy');
  await sleep.beginNight({ id: 'n_1' as NightId, startedAt: noon, seed: 'zymurgy' });
  const aside = `${file}.damaged-2026-01-01`;
  writeFileSync(aside, 'zymurgy');
  const version = await memories.dataVersion();
  await memories.forgetEverything();
  assert.equal(existsSync(aside), false);
  assert.deepEqual(tracesOf(file, ['zymurg', 'quixot']), []);
  assert.equal(await memories.count({}), 0);
  assert.deepEqual(await sleep.nights(5), []);
  assert.ok((await memories.dataVersion()) > version);
  assert.deepEqual(await check(), []);
});

test('a dream goes with what it quotes', async (t) => {
  const { file, memories, check } = await freshDatabase(t);
  const [said, other] = ['Zymurgy belongs into the cellar.', 'Keep the attic dry.'].map((text) =>
    buildMemory({ kind: 'episode', text }),
  );
  assert.ok(said && other);
  const quoting = buildMemory({
    kind: 'insight',
    text: 'In one you said “Zymurgy belongs into the cellar”.',
  });
  const unrelated = buildMemory({ kind: 'insight', text: 'In one you said “Keep the attic dry”.' });
  const rule = buildMemory({ text: 'Brew below ground.' });
  await memories.add(
    [
      { memory: said },
      { memory: other },
      { memory: quoting, evidence: [said.id] },
      { memory: unrelated, evidence: [other.id] },
      { memory: rule, evidence: [said.id] },
    ],
    'import',
  );
  await memories.forget(said.id);
  assert.equal(await memories.get(quoting.id), undefined);
  assert.ok((await memories.get(unrelated.id)) && (await memories.get(rule.id)));
  assert.deepEqual(tracesOf(file, ['zymurgy']), []);
  await check();
});
