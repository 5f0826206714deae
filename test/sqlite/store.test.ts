/** The store keeps what it is given, and answers as the naive model does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ReverieError } from '../../src/core/errors.ts';
import { fitsPrompt, occasionOf } from '../../src/core/injection/applies.ts';
import type { Link, Memory, NightId } from '../../src/core/memory.ts';
import { reinforced } from '../../src/core/reinforcement.ts';
import { arbitraryMemory, arbitraryPatch } from '../support/arbitraries.ts';
import { buildMemory, buildReceipt, memoryId, noon, project } from '../support/builders.ts';
import { createTestClock } from '../support/clock.ts';
import { freshDatabase } from '../support/database.ts';
import { createNaiveStore } from '../support/naiveStore.ts';

const ids = (memories: readonly Memory[]) => memories.map((memory) => memory.id);
test('a memory is read back exactly as it was added, and exactly as it was changed', async (t) => {
  const { memories, check } = await freshDatabase(t);
  let number = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryMemory('e_any'), arbitraryPatch, async (any, patch) => {
      number += 1;
      const memory = { ...any, id: memoryId(`e_${number}`) };
      await memories.add([{ memory }], 'import');
      assert.deepEqual(await memories.get(memory.id), memory);
      const expected: Record<string, unknown> = { ...memory };
      for (const [field, value] of Object.entries(patch)) {
        if (value === null) delete expected[field];
        else if (value !== undefined) expected[field] = value;
      }
      assert.deepEqual(await memories.update(memory.id, patch, 'edit'), expected);
      await memories.forget(memory.id);
    }),
    { numRuns: 60 },
  );
  assert.deepEqual(await check(), []);
});

test('lists, counts, searches and term counts agree with the naive model', async (t) => {
  const { memories } = await freshDatabase(t);
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(...Array.from({ length: 12 }, (_, index) => arbitraryMemory(`e_${index}`))),
      async (all) => {
        await memories.forgetEverything();
        await memories.add(
          all.map((memory) => ({ memory })),
          'import',
        );
        /* The naive index knows no citations; what stands in the lesson it indexes but in part. */
        const plain = all.map((memory) => ({ ...memory, citations: [] }));
        const naive = createNaiveStore(plain).memories;
        for (const place of [project('/p/one'), undefined] as const) {
          for (const filter of [
            { ...(place && { project: place }), statuses: ['active', 'archived'] as const },
            { ...(place && { project: place }), guards: true as const },
            {
              ...(place && { project: place }),
              kinds: ['rule', 'episode'] as const,
              since: 1e12,
              until: 3e12,
            },
          ]) {
            const expected = await naive.list(filter);
            assert.deepEqual(new Set(ids(await memories.list(filter))), new Set(ids(expected)));
            assert.equal(await memories.count(filter), expected.length);
          }
        }
        for (const place of [project('/p/one'), undefined, 'any'] as const) {
          const query = {
            terms: ['pnpm', 'datenbank', 'mock'],
            project: place,
            statuses: ['active', 'proposed'],
            limit: 99,
          } as const;
          const found = (await memories.search(query)).map((candidate) => candidate.memory.id);
          for (const { memory } of await naive.search(query)) assert.ok(found.includes(memory.id));
          for (const { memory, relevance, terms } of await memories.search(query)) {
            const occasion = occasionOf('mock the Datenbank, and test getUserName with pnpm', {
              total: 500,
              counts: new Map([['mock', 2]]),
            });
            assert.notEqual(terms, undefined);
            assert.equal(fitsPrompt(memory, occasion, terms), fitsPrompt(memory, occasion));
            assert.ok(query.statuses.some((status) => status === memory.status));
            assert.ok(place === 'any' || memory.scope.level === 'user' || memory.scope.project === place);
            assert.ok(relevance >= 0);
          }
          const { total } = await naive.termCounts([], place);
          assert.equal((await memories.termCounts([], place)).total, total);
        }
      },
    ),
    { numRuns: 15 },
  );
});

test('a list of a project by kinds and statuses is the same part of the whole list, in its order, page by page', async (t) => {
  const { memories } = await freshDatabase(t);
  const place = project('/p/one');
  const anyPart = fc.record({
    order: fc.constantFrom('newest', 'oldest', 'strongest'),
    kinds: fc.subarray(['rule', 'episode', 'insight', 'skill'] as const, { minLength: 1 }),
    statuses: fc.subarray(['active', 'proposed', 'retired', 'archived'] as const, { minLength: 1 }),
    offset: fc.nat(3),
    limit: fc.nat(6),
    since: fc.option(fc.constantFrom(1e12, 2e12), { nil: undefined }),
    guards: fc.option(fc.constant(true as const), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(...Array.from({ length: 14 }, (_, index) => arbitraryMemory(`e_${index}`))),
      fc.array(anyPart, { minLength: 8, maxLength: 8 }),
      async (all, parts) => {
        await memories.forgetEverything();
        await memories.add(
          all.map((memory) => ({ memory })),
          'import',
        );
        for (const { order, kinds, statuses, offset, limit, since, guards } of parts) {
          const whole = await memories.list({ order });
          const part = whole.filter(
            ({ kind, status, scope, createdAt, guard }) =>
              kinds.some((one) => one === kind) &&
              statuses.some((one) => one === status) &&
              (scope.level === 'user' || scope.project === place) &&
              createdAt >= (since ?? 0) &&
              (guard || guards !== true),
          );
          const filter = {
            project: place,
            kinds,
            statuses,
            order,
            ...(since === undefined ? {} : { since }),
            ...(guards === undefined ? {} : { guards }),
          };
          assert.deepEqual(ids(await memories.list(filter)), ids(part));
          assert.deepEqual(
            ids(await memories.list({ ...filter, offset, limit })),
            ids(part.slice(offset, offset + limit)),
          );
          assert.deepEqual(
            ids(await memories.list({ ...filter, offset, limit, fresh: true })),
            ids(
              part
                .slice(offset, offset + limit)
                .filter(
                  ({ sleptAt, standing, label }) =>
                    sleptAt === undefined && (standing || label === 'decision'),
                ),
            ),
          );
        }
      },
    ),
    { numRuns: 25 },
  );
});

test('lists are newest first by default, and can be paged', async (t) => {
  const { memories } = await freshDatabase(t, createTestClock(noon + 86_400_000 * 100));
  const fading = buildMemory({ text: 'a', strength: 0.9, rate: 0.9, createdAt: noon });
  const holding = buildMemory({ text: 'b', strength: 0.5, rate: 0.999, createdAt: noon + 2 });
  const pinned = buildMemory({ text: 'c', strength: 0.8, rate: 0.5, pinned: true, createdAt: noon + 1 });
  await memories.add(
    [fading, holding, pinned].map((memory) => ({ memory })),
    'import',
  );
  assert.deepEqual(ids(await memories.list({})), ids([holding, pinned, fading]));
  assert.deepEqual(ids(await memories.list({ order: 'oldest', offset: 1, limit: 1 })), ids([pinned]));
  assert.deepEqual(ids(await memories.list({ order: 'strongest' })), ids([pinned, holding, fading]));
});

test('the place of a word counts: text before context', async (t) => {
  const { memories } = await freshDatabase(t);
  const said = buildMemory({ text: 'Always run the formatter before a commit.' });
  const heard = buildMemory({ text: 'Use tabs.', context: 'I ran the formatter for you.' });
  const others = Array.from({ length: 8 }, (_, index) => buildMemory({ text: `Something else ${index}` }));
  await memories.add(
    [heard, said, ...others].map((memory) => ({ memory })),
    'import',
  );
  const found = await memories.search({ terms: ['formatt'], project: 'any', statuses: ['active'], limit: 5 });
  assert.deepEqual(
    found.map((candidate) => candidate.memory.id),
    [said.id, heard.id],
  );
  assert.ok((found[0]?.relevance ?? 0) > (found[1]?.relevance ?? 0));
});

test('a question may hold anything', async (t) => {
  const { memories } = await freshDatabase(t);
  await memories.add([{ memory: buildMemory({ text: 'Use pnpm.' }) }], 'import');
  const ask = (terms: readonly string[]) =>
    memories.search({ terms, project: 'any', statuses: ['active'], limit: 5 });
  assert.equal((await ask(['"', 'a"b', 'OR', 'NEAR(', '$user', '-', '', 'pnpm'])).length, 1);
  assert.equal((await ask([])).length, 0);
  assert.equal((await ask(Array.from({ length: 3000 }, (_, index) => `word${index}`))).length, 0);
});

test('a changed memory is found by its new words only, and only from where it holds', async (t) => {
  const { memories } = await freshDatabase(t);
  const memory = buildMemory({ text: 'Use yarn.', scope: { level: 'project', project: project('/p/one') } });
  await memories.add([{ memory }], 'import');
  await memories.update(
    memory.id,
    { text: 'Use pnpm.', lesson: { statement: 'Use pnpm.' }, cues: ['package manager'] },
    'edit',
  );
  const from = async (place: string, term: string) =>
    (await memories.search({ terms: [term], project: project(place), statuses: ['active'], limit: 5 }))
      .length;
  assert.deepEqual(
    [await from('/p/one', 'yarn'), await from('/p/one', 'pnpm'), await from('/p/one', 'manag')],
    [0, 1, 1],
  );
  assert.equal(await from('/p/two', 'pnpm'), 0);
  await memories.update(memory.id, { scope: { level: 'user' } }, 'edit');
  assert.equal(await from('/p/two', 'pnpm'), 1);
});

test('evidence, links, neighbours, identities and external ids', async (t) => {
  const { memories } = await freshDatabase(t);
  const episode = (n: number) =>
    buildMemory({
      kind: 'episode',
      text: `said ${n}`,
      createdAt: noon + (n >> 1),
      source: { session: 's', message: `${n}`, externalId: `x${n}` },
    });
  const said = [0, 1, 2, 3, 4].map(episode);
  const [first, second, third, fourth, fifth] = said;
  assert.ok(first && second && third && fourth && fifth);
  const rule = buildMemory({ text: 'A rule.' });
  await memories.add(
    [
      ...said.map((memory) => ({ memory, identity: 'same' })),
      { memory: rule, evidence: [third.id, first.id] },
    ],
    'import',
  );
  const evidence = await memories.evidenceOf([rule.id, second.id]);
  assert.deepEqual(ids(evidence.get(rule.id) ?? []), [first.id, third.id]);
  assert.deepEqual(ids(evidence.get(second.id) ?? []), [second.id]);
  assert.deepEqual(
    await memories.lessonsFrom([first.id, second.id, third.id]),
    new Map([
      [first.id, [rule.id]],
      [third.id, [rule.id]],
    ]),
  );
  const behind = await memories.behindRules([first.id, second.id, third.id, rule.id]);
  assert.deepEqual([...behind].sort(), [first.id, third.id].sort());
  assert.deepEqual(await memories.evidenceCounts([rule.id, first.id]), new Map([[rule.id, 2]]));
  const around = await memories.neighboursOf([third.id, rule.id], 2);
  assert.deepEqual([...around.keys()], [third.id]);
  assert.deepEqual(ids(around.get(third.id)?.before ?? []), [second.id, first.id]);
  assert.deepEqual(ids(around.get(third.id)?.after ?? []), [fourth.id, fifth.id]);
  assert.deepEqual(
    ids(await memories.findByIdentity('same')),
    [fifth, fourth, third, second, first].map((memory) => memory.id),
  );
  assert.deepEqual(ids(await memories.findByExternalId('x3')), [fourth.id]);

  const link: Link = {
    from: rule.id,
    to: first.id,
    kind: 'enriches',
    weight: 0.3,
    createdAt: noon,
    usedAt: noon,
  };
  await memories.addLinks([link, { ...link, to: memoryId('e_gone') }], 'restore');
  await memories.addLinks([{ ...link, weight: 0.4 }], 'restore');
  assert.deepEqual(await memories.linksOf([first.id]), [{ ...link, weight: 0.4 }]);
  assert.deepEqual(await memories.getMany([rule.id, memoryId('e_gone'), first.id]), [rule, first]);
  assert.deepEqual(await memories.projects(), [{ id: project('/home/ada/one'), memories: 6 }]);
  await memories.update(rule.id, { status: 'retired' }, 'edit');
  assert.equal((await memories.lessonsFrom([first.id])).size, 0);
});

test('recall strengthens memories and what was recalled together, without the journal', async (t) => {
  const { memories, sleep } = await freshDatabase(t);
  const [one, other] = [buildMemory({ text: 'a' }), buildMemory({ text: 'b' })];
  await memories.add([{ memory: one }, { memory: other }], 'import');
  const now = noon + 3 * 86_400_000;
  await memories.reinforce([one.id, other.id], now);
  assert.deepEqual(await memories.get(one.id), { ...one, ...reinforced(one, now) });
  assert.equal((await memories.linksOf([one.id]))[0]?.weight, 0.2);
  await memories.reinforce([one.id, other.id], now);
  assert.equal((await memories.linksOf([one.id]))[0]?.weight, 0.2 + 0.1 * 0.8);
  assert.equal((await sleep.journalOf(one.id)).length, 1);
});

test('every committed write moves the data version by one; a failed one does not', async (t) => {
  const { memories, setFact, getFact } = await freshDatabase(t);
  const start = await memories.dataVersion();
  const memory = buildMemory();
  await memories.add([{ memory }], 'import');
  await memories.update(memory.id, { pinned: true }, 'pin');
  await setFact('a', { b: [1, null] });
  assert.equal(await memories.dataVersion(), start + 3);
  await assert.rejects(memories.update(memoryId('r_none'), { pinned: true }, 'pin'), (error) =>
    ReverieError.is(error, 'not-found'),
  );
  assert.equal(await memories.dataVersion(), start + 3);
  assert.deepEqual(await getFact('a'), { b: [1, null] });
  assert.equal(await getFact('b'), undefined);
});

test('facts are found by the beginning of their key, whatever signs it holds', async (t) => {
  const { setFact, getFacts } = await freshDatabase(t);
  for (const key of ['a%', 'a% one', 'a%\u{10FFFF}', 'a', 'ab', 'b a%']) await setFact(key, key);
  assert.deepEqual([...(await getFacts('a%')).keys()], ['a%', 'a% one', 'a%\u{10FFFF}']);
  assert.deepEqual([...(await getFacts('none'))], []);
});

test('wake acts are explained by the journal and can be taken back one by one', async (t) => {
  const clock = createTestClock();
  const { memories, sleep } = await freshDatabase(t, clock);
  const memory = buildMemory({ status: 'proposed' });
  await memories.add([{ memory }], 'remember');
  clock.advance(5);
  await memories.update(memory.id, { status: 'active', alpha: 2 }, 'accept');
  const journal = await sleep.journalOf(memory.id);
  assert.deepEqual(
    journal.map((entry) => [entry.act, entry.at, entry.before]),
    [
      ['remember', noon, null],
      ['accept', noon + 5, { status: 'proposed', alpha: 1 }],
    ],
  );
  await sleep.undo('n_none' as NightId, { change: journal[1]?.id ?? '' });
  assert.deepEqual(await memories.get(memory.id), memory);
});

test('receipts are counted by verdict, and only for memories that are there', async (t) => {
  const { memories, receipts } = await freshDatabase(t);
  const memory = buildMemory();
  await memories.add([{ memory }], 'import');
  const kept = buildReceipt(memory.id, { project: project('/p') });
  await receipts.addReceipts([
    kept,
    buildReceipt(memory.id, { id: 't_2', at: noon + 1 }),
    buildReceipt(memoryId('r_none'), { id: 't_3' }),
  ]);
  await receipts.addReceipts([{ ...kept, tokens: 99 }]);
  assert.deepEqual((await receipts.receiptsOfSession('s1'))[0], kept);
  await receipts.setVerdict('t_2', 'violated');
  assert.deepEqual((await receipts.receiptCounts([memory.id])).get(memory.id), {
    injected: 2,
    obeyed: 0,
    violated: 1,
    irrelevant: 0,
  });
  await assert.rejects(receipts.setVerdict('t_9', 'obeyed'), (error) => ReverieError.is(error, 'not-found'));
});

test('import cursors are kept', async (t) => {
  const { cursors } = await freshDatabase(t);
  const cursor = {
    file: '/a b/c.jsonl',
    offset: 7_000_000_000,
    size: 8,
    mtimeMs: 1_700_000_000_000.25,
    fingerprint: 'f',
  };
  assert.equal(await cursors.cursor(cursor.file), undefined);
  await cursors.saveCursors([{ ...cursor, offset: 1 }]);
  await cursors.saveCursors([cursor]);
  assert.deepEqual(await cursors.cursor(cursor.file), cursor);
  const other = { ...cursor, file: '/d.jsonl' };
  await cursors.saveCursors([other]);
  assert.deepEqual(
    await cursors.cursors(),
    new Map([
      [cursor.file, cursor],
      [other.file, other],
    ]),
  );
});
