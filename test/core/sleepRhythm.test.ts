/** When to sleep, how well it slept, what it knows, what to ask again, and the picture a night works on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dayMs, type Link, type Memory, type NightId } from '../../src/core/memory.ts';
import { expertise, expertiseBand, expertiseScore } from '../../src/core/sleep/expertise.ts';
import { cueOf } from '../../src/core/sleep/night/cue.ts';
import {
  decideSleep,
  idleMinutesAt,
  minutesSinceAppointed,
  pressureOf,
  sleepPressure,
} from '../../src/core/sleep/night/drive.ts';
import { sleepHealth } from '../../src/core/sleep/night/health.ts';
import { createRandom, sample } from '../../src/core/sleep/night/random.ts';
import { applyChanges, canonicalSnapshot } from '../../src/core/sleep/night/snapshot.ts';
import type { Change, PastNight, Stage } from '../../src/core/sleep/phase.ts';
import { expertiseIn } from '../../src/core/sleep/stock/expertiseFacts.ts';
import {
  dueReviews,
  firstDue,
  gradeReview,
  readReviews,
  reviewQueue,
} from '../../src/core/sleep/stock/review.ts';
import { buildMemory, buildReceipt, memoryId, noon, project } from '../support/builders.ts';
import { runPhase, snapshotOf } from '../support/phaseRun.ts';
import { createSleepStore } from '../support/sleepStore.ts';

const minute = 60_000;

test('pressure grows with salience to 1, and shortens the wait', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 50, noNaN: true }),
      fc.double({ min: 0, max: 50, noNaN: true }),
      (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        assert.ok(pressureOf(less) <= pressureOf(more) && pressureOf(more) <= 1);
        assert.ok(idleMinutesAt(pressureOf(less)) >= idleMinutesAt(pressureOf(more)));
      },
    ),
  );
  assert.equal(idleMinutesAt(0), 10);
  assert.equal(idleMinutesAt(1), 2);
  assert.equal(idleMinutesAt(1, 1), 1, 'never longer than its owner set');
});

test('it sleeps when pressure and opportunity meet', () => {
  assert.equal(decideSleep({ pressure: 0.5, idleMs: 5 * minute }).sleep, false);
  assert.equal(decideSleep({ pressure: 0.5, idleMs: 6 * minute }).sleep, true);
  assert.equal(decideSleep({ pressure: 1, idleMs: 2 * minute }).sleep, true);
  assert.equal(decideSleep({ pressure: 0, idleMs: 600 * minute }).sleep, false);
  assert.equal(decideSleep({ pressure: 1, idleMs: 600 * minute, busy: true }).sleep, false);
  assert.equal(decideSleep({ pressure: 1, idleMs: 600 * minute, onBatterySaver: true }).sleep, false);
  assert.equal(decideSleep({ pressure: 0.5, idleMs: 4 * minute, unfocused: true }).sleep, true);
  assert.equal(decideSleep({ pressure: 0.5, idleMs: 60 * minute, sinceLastSleepMs: minute }).sleep, false);
});

test('there is a night for two plain episodes, not for less; full pressure does not wait for the next half hour', () => {
  const idleMs = 600 * minute;
  assert.equal(decideSleep({ pressure: 0.049, idleMs }).sleep, false);
  assert.equal(decideSleep({ pressure: 0.05, idleMs }).sleep, true);
  const again = (pressure: number, since: number) =>
    decideSleep({ pressure, idleMs, sinceLastSleepMs: since * minute }).sleep;
  assert.deepEqual([again(0.9, 29), again(0.9, 30), again(1, 1)], [false, true, true]);
});

test('at a time that was set a short pause is enough, once', () => {
  const at = (time: string) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return minutesSinceAppointed(['12:30', '23:50', ' 7:05 ', '25:00', 'noon'], hours * 60 + minutes);
  };
  assert.equal(at('12:29'), undefined);
  assert.equal(at('12:30'), 0);
  assert.equal(at('13:29'), 59);
  assert.equal(at('13:30'), undefined);
  assert.equal(at('00:10'), 20, 'over midnight');
  assert.equal(at('07:15'), 10);
  assert.equal(minutesSinceAppointed([], 600), undefined);

  const pause = { pressure: 0.3, idleMs: 2 * minute };
  assert.equal(decideSleep(pause).sleep, false);
  const appointed = decideSleep({ ...pause, sinceAppointedMinutes: 20 });
  assert.match(appointed.why, /at a time that was set/);
  assert.equal(appointed.sleep, true);
  assert.equal(decideSleep({ ...pause, idleMs: minute, sinceAppointedMinutes: 20 }).sleep, false, 'at work');
  const after = (minutes: number) =>
    decideSleep({ ...pause, sinceAppointedMinutes: 20, sinceLastSleepMs: minutes * minute }).sleep;
  assert.equal(after(25), true, 'slept before the time');
  assert.equal(after(15), false, 'slept for it already');
  assert.equal(decideSleep({ ...pause, sinceAppointedMinutes: 0, onBatterySaver: true }).sleep, false);
  assert.equal(decideSleep({ ...pause, pressure: 0, sinceAppointedMinutes: 0 }).sleep, false);
});

test('pressure counts what no night has replayed, and reads no further than it must', async () => {
  const episode = (index: number, slept: boolean) =>
    buildMemory({
      id: memoryId(`e_${index}`),
      kind: 'episode',
      text: `${index}`,
      ...(slept ? { sleptAt: noon } : {}),
    });
  const pages: number[] = [];
  const many = Array.from({ length: 2000 }, (_, index) => episode(index, false));
  const list = (all: readonly Memory[]) => ({
    list: async ({ offset = 0, limit = 0 }) => {
      pages.push(offset);
      return all.slice(offset, offset + limit);
    },
  });
  assert.deepEqual(await sleepPressure(list([episode(1, true), episode(2, false)]), noon), {
    pressure: 0.5 / 12,
    unslept: 1,
  });
  pages.length = 0;
  assert.equal((await sleepPressure(list(many), noon)).pressure, 1);
  assert.deepEqual(pages, [0]);
});

function night(number: number, state: string, stages: readonly Stage[], daysAgo = number): PastNight {
  const at = noon - daysAgo * dayMs;
  return {
    id: `n_${number}` as NightId,
    number,
    startedAt: at,
    finishedAt: at,
    state,
    stages: stages.map((stage) => ({
      stage,
      phase: 'replay',
      cycle: 0,
      started: at,
      ms: 1,
      read: 1,
      changed: 0,
      detail: '',
      measures: {},
    })),
  };
}

test('sound nights are sound; broken, short and missing ones are named with advice', () => {
  const whole: readonly Stage[] = ['N1', 'N2', 'N3', 'REM'];
  const sound = sleepHealth(
    [1, 2, 3, 4].map((number) => night(number, 'complete', whole)),
    0.2,
    noon,
  );
  assert.deepEqual(sound.findings, []);
  assert.equal(sound.score, 1);
  const names = (nights: readonly PastNight[], pressure: number) =>
    sleepHealth(nights, pressure, noon).findings.map((finding) => finding.name);
  assert.deepEqual(names([], 1), ['debt']);
  assert.ok(
    names(
      [1, 2, 3].map((n) => night(n, 'interrupted', ['N1', 'N2'])),
      0,
    ).includes('fragmentation'),
  );
  const short = names(
    [1, 2, 3].map((n) => night(n, 'complete', ['N1', 'N2', 'N3'])),
    0,
  );
  assert.deepEqual(short, ['rem-deprivation']);
  assert.ok(names([night(1, 'complete', whole, 30)], 1).includes('debt'));
  const light = [1, 2, 3].map((n) => night(n, 'complete', ['N1', 'N2', 'REM']));
  assert.deepEqual(names(light, 0), ['n3-deprivation']);
  assert.deepEqual(names(light.slice(1), 0), [], 'two nights say nothing yet');
  const failing = [night(1, 'complete', whole)].map((one) => ({
    ...one,
    stages: one.stages.map((stage) => ({ ...stage, measures: { crashed: 1 } })),
  }));
  assert.deepEqual(names(failing, 0), ['failing-phase']);
  assert.deepEqual(names([{ ...night(1, 'undone', []) }], 0), [], 'what was taken back is no night');
  /* Debt is whole after a week; under full pressure two days are a bit of it. */
  const debt = (days: number) =>
    sleepHealth([night(1, 'complete', whole, days)], 1, noon).findings.find(({ name }) => name === 'debt')
      ?.severity;
  assert.deepEqual([debt(1), debt(3.5), debt(7), debt(70)], [undefined, 0.5, 1, 1]);
  for (const finding of sleepHealth(light, 1, noon).findings) assert.ok(finding.advice.length > 10);
});

test('the expertise score is the formula, in 0..1, and falls into its bands', () => {
  const members = [0, 10, 20, 30].map((days, index) =>
    buildMemory({
      id: memoryId(`r_${index}`),
      strength: 0.5,
      createdAt: noon - days * dayMs,
      lastAccessedAt: noon,
      accessCount: 1,
      tags: index < 2 ? ['sql'] : [`t${index}`],
    }),
  );
  const expected = 0.25 * (4 / 5) + 0.25 * 0.5 + 0.2 * (4 / 10) + 0.15 * 1 + 0.15 * (1 / 3);
  assert.ok(Math.abs(expertiseScore(members, noon) - expected) < 1e-9);
  assert.equal(expertiseScore([], noon), 0);
  assert.deepEqual([0.19, 0.2, 0.4, 0.6, 0.8].map(expertiseBand), [
    'none',
    'awareness',
    'working',
    'deep',
    'expert',
  ]);
});

test('taking stock names areas, what is known and the gaps, and holds still while nothing happens', async () => {
  const rule = buildMemory({
    id: memoryId('r_a'),
    topic: 'tests/fixtures',
    citations: [{ path: 'src/a.ts' }],
  });
  const gap = buildMemory({
    id: memoryId('e_a'),
    kind: 'episode',
    text: 'No mocks.',
    topic: 'tests',
    citations: [{ path: 'src/b.ts' }],
  });
  const first = await runPhase(expertise, { memories: [rule, gap] });
  const areas = expertiseIn(first.after.facts);
  assert.deepEqual(areas.map((one) => `${one.kind} ${one.area}`).sort(), [
    'language TypeScript',
    'project /home/ada/one',
    'topic tests',
  ]);
  const [area] = areas;
  assert.deepEqual([...(area?.contributing ?? [])].sort(), ['e_a', 'r_a']);
  assert.deepEqual(
    readReviews(first.after.facts.get('review')).map(({ id, dueAt }) => [id, dueAt]),
    [[rule.id, noon + dayMs]],
    'what to ask again, and when',
  );
  assert.deepEqual(area?.known, [{ id: rule.id, text: rule.text }]);
  assert.match(area?.gaps.join(' ') ?? '', /One correction has no rule yet\./);
  const later = await runPhase(
    expertise,
    { memories: [rule, gap], facts: Object.fromEntries(first.after.facts) },
    { now: noon + 3 * dayMs },
  );
  assert.equal(later.changes.length, 0);
});

test('taking stock writes down only the areas in which something happened', async () => {
  const memories = ['a', 'b', 'c', 'd'].map((name, at) =>
    buildMemory({ id: memoryId(`r_${name}`), text: `Rule ${name}.`, topic: at < 2 ? 'tests' : 'build' }),
  );
  const first = await runPhase(expertise, { memories });
  assert.equal(expertiseIn(first.after.facts).length, 3);
  const facts = Object.fromEntries(first.after.facts);
  const used = memories.map((one, at) => (at === 0 ? { ...one, accessCount: 9 } : one));
  const later = await runPhase(expertise, { memories: used, facts });
  const written = expertiseIn(
    new Map(later.changes.flatMap((change) => (change.type === 'fact' ? [[change.key, change.value]] : []))),
  );
  assert.deepEqual(written.map(({ area }) => area).sort(), ['/home/ada/one', 'tests']);
  const fewer = await runPhase(expertise, { memories: memories.slice(0, 2), facts });
  assert.deepEqual(
    expertiseIn(fewer.after.facts)
      .map(({ area }) => area)
      .sort(),
    ['/home/ada/one', 'tests'],
  );
});

test('what former versions kept in one piece is taken over', async () => {
  const memories = ['a', 'b'].map((name) => buildMemory({ id: memoryId(`r_${name}`), topic: 'tests' }));
  const first = await runPhase(expertise, { memories });
  const areas = expertiseIn(first.after.facts);
  const review = first.after.facts.get('review');
  const later = await runPhase(expertise, { memories, facts: { expertise: areas, review } });
  assert.deepEqual(expertiseIn(later.after.facts), areas);
  assert.equal(later.after.facts.has('expertise'), false);
  assert.equal(later.report.measures['updated'], 0);
});

test('a rule is first asked about by the stated rule, then as FSRS plans, sooner the worse it was remembered', () => {
  assert.equal(firstDue({ lastAccessedAt: noon, accessCount: 0 }), noon + dayMs);
  assert.equal(firstDue({ lastAccessedAt: noon, accessCount: 3 }), noon + 6.25 * dayMs);
  assert.equal(
    firstDue({ lastAccessedAt: noon, accessCount: 50 }),
    firstDue({ lastAccessedAt: noon, accessCount: 10 }),
  );
  const rules = ['r_a', 'r_b'].map((id, index) => buildMemory({ id: memoryId(id), accessCount: index * 4 }));
  const queue = reviewQueue(
    [...rules, buildMemory({ id: memoryId('r_c'), status: 'retired' })],
    [],
    new Set(['r_b']),
  );
  assert.deepEqual(
    queue.map((item) => item.id),
    ['r_a', 'r_b'],
  );
  assert.match(queue[1]?.why ?? '', /unused/);
  assert.deepEqual(readReviews(JSON.parse(JSON.stringify(queue))), queue);
  assert.deepEqual(readReviews([{ id: 3 }, 'x', null]), []);
  const [item] = queue;
  assert.ok(item);
  const at = item.dueAt + dayMs;
  assert.deepEqual(dueReviews(queue, at), [item]);
  const dues = (['wrong', 'unsure', 'true', 'obvious'] as const).map(
    (verdict) => gradeReview(item, verdict, at).dueAt,
  );
  assert.deepEqual(
    dues,
    [...dues].sort((a, b) => a - b),
  );
  assert.ok((dues[2] ?? 0) > at && (dues[3] ?? 0) > (dues[1] ?? 0));
  const twice = gradeReview(gradeReview(item, 'true', at), 'true', at + 10 * dayMs);
  assert.ok(twice.dueAt - (at + 10 * dayMs) > (dues[2] ?? 0) - at, 'the interval grows');
  assert.equal(
    reviewQueue(rules, [twice], new Set()).find((one) => one.id === 'r_a')?.dueAt,
    twice.dueAt,
    'the card is kept',
  );
});

test('a cue is read as a person writes it', () => {
  const at = (more: Parameters<typeof buildMemory>[0]) =>
    buildMemory({ scope: { level: 'project', project: project('/code/shop') }, ...more });
  const shop = at({});
  const topic = at({ topic: 'tests/fixtures' });
  const path = at({ scope: { level: 'path', project: project('/code/shop'), glob: 'src/api/**' } });
  const own = buildMemory({ scope: { level: 'user' } });
  const hits = (cue: string | undefined) => [shop, topic, path, own].map(cueOf(cue));
  assert.deepEqual(hits(undefined), [true, true, true, true]);
  assert.deepEqual(hits('  '), [true, true, true, true]);
  assert.deepEqual(hits('shop'), [true, true, true, false]);
  assert.deepEqual(hits('/code/shop/'), [true, true, true, false]);
  assert.deepEqual(hits('hop'), [false, false, false, false]);
  assert.deepEqual(hits('topic:tests'), [false, true, false, false]);
  assert.deepEqual(hits('src/api'), [false, false, true, false]);
  assert.deepEqual(hits('user'), [false, false, false, true]);
});

test('chance is the same for the same seed, uniform enough, and samples keep order', () => {
  const draw = (seed: string) =>
    Array.from(
      { length: 5 },
      (
        (random) => () =>
          random.next()
      )(createRandom(seed)),
    );
  assert.deepEqual(draw('a'), draw('a'));
  assert.notDeepEqual(draw('a'), draw('b'));
  const random = createRandom('uniform');
  const buckets = new Array<number>(10).fill(0);
  for (let turn = 0; turn < 20_000; turn++) {
    const bucket = Math.floor(random.next() * 10);
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  }
  assert.ok(
    buckets.every((count) => count > 1800 && count < 2200),
    buckets.join(),
  );
  fc.assert(
    fc.property(
      fc.string(),
      fc.uniqueArray(fc.integer(), { maxLength: 30 }),
      fc.nat(40),
      (seed, items, count) => {
        const sorted = [...items].sort((a, b) => a - b);
        const taken = sample(sorted, count, createRandom(seed));
        assert.equal(taken.length, Math.min(count, items.length));
        assert.deepEqual(
          [...taken].sort((a, b) => a - b),
          [...taken],
        );
        assert.equal(new Set(taken).size, taken.length);
      },
    ),
  );
});

const names = fc.constantFrom('r_a', 'r_b', 'r_c', 'e_d', 'e_e').map(memoryId);
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    type: fc.constant('update' as const),
    id: names,
    why: fc.constant(''),
    patch: fc.oneof(
      fc.record({ strength: fc.double({ min: 0, max: 1, noNaN: true }) }),
      fc.record({ contradictedBy: fc.oneof(names, fc.constant(null)) }),
      fc.record({ sleptAt: fc.oneof(fc.integer(), fc.constant(null)), topic: fc.string({ maxLength: 3 }) }),
    ),
  }),
  fc
    .record({
      type: fc.constant('link' as const),
      why: fc.constant(''),
      link: fc.record({
        from: names,
        to: names,
        kind: fc.constantFrom('related' as const, 'follows' as const),
        weight: fc.double({ min: 0, max: 1, noNaN: true }),
        createdAt: fc.constant(noon),
        usedAt: fc.constant(noon),
      }),
    })
    .filter(({ link }) => link.from !== link.to),
  fc.record({
    type: fc.constant('unlink' as const),
    from: names,
    to: names,
    kind: fc.constantFrom('related' as const, 'follows' as const),
    why: fc.constant(''),
  }),
  fc.record({
    type: fc.constant('evidence' as const),
    memory: fc.constantFrom('r_a', 'r_b', 'r_c').map(memoryId),
    episode: fc.constantFrom('e_d', 'e_e').map(memoryId),
    why: fc.constant(''),
  }),
  fc.record({
    type: fc.constant('fact' as const),
    key: fc.constantFrom('a', 'b'),
    value: fc.integer(),
    why: fc.constant(''),
  }),
  fc.record({
    type: fc.constant('receipt-counted' as const),
    receipt: fc.constantFrom('1', '2'),
    why: fc.constant(''),
  }),
);

test('changes applied to a snapshot give what a naive store answers, and leave the snapshot as it was', async () => {
  const memories = ['r_a', 'r_b', 'r_c', 'e_d', 'e_e'].map((id) =>
    buildMemory({ id: memoryId(id), kind: id.startsWith('e') ? 'episode' : 'rule' }),
  );
  const links: Link[] = [
    {
      from: memoryId('r_a'),
      to: memoryId('e_d'),
      kind: 'related',
      weight: 0.3,
      createdAt: noon,
      usedAt: noon,
    },
  ];
  const receipts = ['1', '2'].map((id) => buildReceipt(memoryId('r_a'), { id, verdict: 'obeyed' }));
  await fc.assert(
    fc.asyncProperty(fc.array(anyChange, { maxLength: 25 }), async (drawn) => {
      /* fast-check's records have no prototype; those of the product have. */
      const changes = structuredClone(drawn);
      const store = createSleepStore(memories);
      store.addLinks(links);
      store.addReceipts(receipts);
      const begun = await store.beginNight({ id: 'n_x' as NightId, startedAt: noon, seed: '' });
      await store.commitPhase(
        begun.id,
        {
          stage: 'N1',
          phase: 'replay',
          cycle: 0,
          started: noon,
          ms: 0,
          read: 0,
          changed: 0,
          detail: '',
          measures: {},
        },
        changes,
        noon,
      );
      const start = snapshotOf({ memories, links, receipts });
      const frozen = structuredClone(start);
      assert.deepEqual(applyChanges(start, changes), canonicalSnapshot(await store.snapshot(noon)));
      assert.deepEqual(start, frozen);
    }),
    { numRuns: 150 },
  );
});
