/** The sidebar's data out of a real database. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Database } from '../../src/core/database.ts';
import { ReverieError } from '../../src/core/errors.ts';
import type { NightId } from '../../src/core/memory.ts';
import { parseReply, parseToSidebar } from '../../src/core/protocol.ts';
import { answerReview } from '../../src/core/reviewing.ts';
import type { Change, PhaseReport } from '../../src/core/sleep/phase.ts';
import { readReviews } from '../../src/core/sleep/stock/review.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { createSidebarHost } from '../../src/vscode/sidebarHost.ts';
import type { SidebarHost } from '../../src/vscode/sidebarResponder.ts';
import { buildMemory, buildReceipt, memoryId, noon, project, silentLog } from '../support/builders.ts';

let directory: string;
let database: Database;
let host: SidebarHost;
let files = 0;
/** What the owner answers when asked whether the rest of a night may go, and how often that was. */
let mayKeep = false;
let asked = 0;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'reverie-sidebar-'));
});
after(() => rm(directory, { recursive: true, force: true }));

const episode = (text: string, session: string, fields: Parameters<typeof buildMemory>[0] = {}) =>
  buildMemory({
    kind: 'episode',
    text,
    source: { assistant: 'copilot', session, project: project('/home/ada/one') },
    ...fields,
  });

const first = episode('no, pnpm here', 's1', { createdAt: noon - 3000, context: 'I will run npm.' });
const second = episode('pnpm, again', 's2', { createdAt: noon - 2000 });
const rule = buildMemory({
  text: 'Use pnpm.',
  status: 'proposed',
  strength: 0.5,
  rate: 1,
  lastAccessedAt: noon,
});

beforeEach(async () => {
  files += 1;
  asked = 0;
  mayKeep = false;
  database = await openDatabase({ file: join(directory, `${files}.db`), mode: 'write', log: silentLog });
  await database.memories.add(
    [{ memory: first }, { memory: second }, { memory: rule, evidence: [first.id, second.id] }],
    'test',
  );
  host = createSidebarHost({
    open: async () => database,
    now: () => noon,
    here: () => [project('/home/ada/one')],
    mood: () => ({ state: 'drowsy', pressure: 1.7, unslept: 2 }),
    edit: async (id, text) => void (await database.memories.update(id, { text }, 'edit')),
    review: async (id, verdict) =>
      void (await answerReview({ memories: database.memories, facts: database, now: noon }, id, verdict)),
    mayKeep: async () => {
      asked += 1;
      return mayKeep;
    },
  });
});

afterEach(() => database.close());

const report: PhaseReport = {
  stage: 'N3',
  phase: 'crystallization',
  cycle: 0,
  started: noon,
  ms: 5,
  read: 2,
  changed: 1,
  detail: 'One rule.',
  measures: { rules: 1 },
};

const strengthened: Change = {
  type: 'update',
  id: rule.id,
  patch: { strength: 0.9 },
  why: 'It was said again.',
};

async function sleepOnce(id: string, changes: readonly Change[] = [strengthened]): Promise<NightId> {
  const night = id as NightId;
  await database.sleep.beginNight({ id: night, startedAt: noon, seed: 'seed' });
  await database.sleep.commitPhase(night, report, changes, noon);
  await database.sleep.finishNight(
    night,
    'complete',
    {
      id: night,
      number: 1,
      startedAt: noon,
      finishedAt: noon + 10,
      state: 'complete',
      stages: [report],
      rules: [],
      dreams: [],
      changes: 1,
      summary: 'One rule.',
    },
    noon + 10,
  );
  return night;
}

describe('the sidebar host', () => {
  it('makes snapshots and pages that the sidebar can read', async () => {
    await sleepOnce('n_aaaaaaaaaaaa');
    const snapshot = await host.snapshot();
    assert.deepEqual(parseToSidebar({ type: 'snapshot', revision: 1, snapshot: structuredClone(snapshot) }), {
      type: 'snapshot',
      revision: 1,
      snapshot,
    });
    assert.deepEqual(snapshot.mood, { state: 'drowsy', pressure: 1, unslept: 2 });
    const [card] = snapshot.memories;
    assert.deepEqual([card?.episodes, card?.sessions, card?.band], [2, 2, 'strong']);
    assert.equal(snapshot.nights[0]?.summary, 'One rule.');
    const page = await host.episodes(0, 1);
    assert.deepEqual(parseReply('episodes', structuredClone(page)), page);
    assert.deepEqual(
      [page.total, page.episodes[0]?.text, page.epoch],
      [2, 'pnpm, again', snapshot.episodes.epoch],
    );
  });

  it('tells the moments behind a rule, oldest first, with what the assistant had said', async () => {
    const moments = await host.evidence(rule.id);
    assert.deepEqual(
      moments.map(({ text, context, session }) => [text, context, session]),
      [
        ['no, pnpm here', 'I will run npm.', 's1'],
        ['pnpm, again', undefined, 's2'],
      ],
    );
  });

  it('tells what was merged as it was said, each moment once, and with what it was taken together', async () => {
    const both = buildMemory({ kind: 'merged', text: 'no, pnpm here', createdAt: noon });
    await database.memories.add([{ memory: both, evidence: [first.id, second.id] }], 'test');
    for (const { id } of [first, second])
      await database.memories.update(id, { status: 'archived', replacedBy: both.id }, 'test');
    const { episodes, total } = await host.episodes(0, 10);
    assert.deepEqual(
      episodes.map(({ id, at, merged }) => [id, at, merged]),
      [second, first].map(({ id, createdAt }) => [id, createdAt, both.id]),
    );
    assert.equal(total, 2);
    assert.deepEqual(
      (await host.evidence(both.id)).map(({ id }) => id),
      [first.id, second.id],
    );
  });

  it('acts and answers the memory as it is then', async () => {
    assert.equal((await host.accept(rule.id)).status, 'active');
    assert.equal((await host.pin(rule.id, true)).pinned, true);
    assert.equal((await host.pin(rule.id, false)).pinned, false);
    assert.equal((await host.guard(rule.id, true)).guard, true);
    assert.equal((await host.guard(rule.id, false)).guard, false);
    assert.equal((await host.edit(rule.id, 'Use pnpm always.')).text, 'Use pnpm always.');
    assert.equal((await host.retire(rule.id)).status, 'retired');
    await assert.rejects(host.accept(memoryId('r_nobody')), (error) => ReverieError.is(error, 'not-found'));
  });

  it('offers to make a guard of a rule in use that was told and broken, until it is one', async () => {
    const offered = async () => (await host.snapshot()).memories.map(({ offerGuard }) => offerGuard);
    await host.accept(rule.id);
    await database.memories.update(rule.id, { lesson: { ...rule.lesson, wrong: 'npm' } }, 'test');
    for (const session of ['s3', 's4']) {
      assert.deepEqual(await offered(), [false]);
      await database.receipts.addReceipts([buildReceipt(rule.id, { session, verdict: 'violated' })]);
    }
    assert.deepEqual(await offered(), [true]);
    assert.equal((await host.guard(rule.id, true)).offerGuard, false);
    assert.equal((await host.guard(rule.id, false)).offerGuard, true);
  });

  it('explains a night and takes it back; the timeline is then to be read anew', async () => {
    const night = await sleepOnce('n_bbbbbbbbbbbb');
    const { epoch } = (await host.snapshot()).episodes;
    const [change] = await host.changes(night, 0, 10);
    assert.deepEqual(
      [change?.phase, change?.what, change?.subject, change?.why, change?.undone],
      ['crystallization', 'changed', 'Use pnpm.', 'It was said again.', false],
    );
    assert.equal(await host.undo(night), 1);
    const after = await host.snapshot();
    assert.equal(after.nights[0]?.state, 'undone');
    assert.notEqual(after.episodes.epoch, epoch);
    assert.equal(after.memories[0]?.effective, 0.5);
    assert.equal((await host.changes(night, 0, 10))[0]?.undone, true);
  });

  it('asks before it takes back a night of which something was changed since, and leaves that be', async () => {
    const night = await sleepOnce('n_bbbbbbbbbbbb', [
      { type: 'update', id: rule.id, patch: { text: 'Use pnpm, please.' }, why: 'Better words.' },
      { type: 'update', id: first.id, patch: { strength: 0.6 }, why: 'It faded.' },
    ]);
    await host.edit(rule.id, 'Use pnpm always.');
    assert.equal(await host.undo(night), 0);
    assert.equal((await host.snapshot()).nights[0]?.state, 'complete');
    mayKeep = true;
    assert.equal(await host.undo(night), 1);
    assert.equal(asked, 2);
    const changes = await host.changes(night, 0, 10);
    assert.deepEqual(
      changes.map(({ subject, undone }) => [subject, undone]),
      [
        ['Use pnpm always.', false],
        ['no, pnpm here', true],
      ],
    );
  });

  it('takes stock: areas that can be read, and what is due about rules in use', async () => {
    const area = {
      kind: 'topic',
      area: 'build',
      project: '/home/ada/one',
      score: 0.5,
      band: 'working',
      memories: 3,
      conclusions: 1,
      known: [{ id: rule.id, text: rule.text }],
      gaps: [],
    };
    await database.setFact('expertise', [{ ...area, contributing: [], basis: 'x' }, { kind: 'unheard of' }]);
    const item = { id: rule.id, text: rule.text, why: 'Is this still true?', dueAt: noon };
    await database.setFact('review', [item, { ...item, dueAt: noon + 1 }, 'no item']);
    assert.deepEqual((await host.snapshot()).areas, [area]);
    assert.deepEqual((await host.snapshot()).due, [], 'a proposal has its own question');
    await host.accept(rule.id);
    assert.deepEqual((await host.snapshot()).due, [{ id: rule.id, why: 'Is this still true?' }]);
  });

  it('a rule that is still true is confirmed and asked about later; one that is not goes out of use', async () => {
    const item = { id: rule.id, text: rule.text, why: 'Is this still true?', dueAt: noon };
    await database.setFact('review', [item]);
    await host.accept(rule.id);
    const before = await database.memories.get(rule.id);
    await host.review(rule.id, 'unsure');
    const soon = readReviews(await database.getFact('review'))[0]?.dueAt ?? 0;
    await database.setFact('review', [item]);
    await host.review(rule.id, 'true');
    const later = readReviews(await database.getFact('review'))[0]?.dueAt ?? 0;
    assert.ok(noon < soon && soon < later);
    const after = await database.memories.get(rule.id);
    assert.equal(after?.alpha, (before?.alpha ?? 0) + 1);
    assert.deepEqual((await host.snapshot()).due, []);
    assert.equal((await host.review(rule.id, 'wrong')).status, 'retired');
    assert.deepEqual(readReviews(await database.getFact('review')), []);
    await assert.rejects(host.review(rule.id, 'true'), (error) => ReverieError.is(error, 'not-found'));
  });

  it('forgets for good', async () => {
    await host.forget(first.id);
    assert.equal((await host.episodes(0, 10)).total, 1);
    assert.deepEqual(
      (await host.evidence(rule.id)).map(({ text }) => text),
      ['pnpm, again'],
    );
  });
});
