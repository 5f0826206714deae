/**
 * The numbers of a night, held against the design on both sides of each bound: what a phase does just above it, and
 * what it leaves alone just below.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dayMs, type Link, type Memory, type MemoryId } from '../../src/core/memory.ts';
import { consolidate } from '../../src/core/sleep/consolidate.ts';
import { homeostasis } from '../../src/core/sleep/homeostasis.ts';
import { propagation } from '../../src/core/sleep/propagation.ts';
import { prune } from '../../src/core/sleep/prune.ts';
import { replay } from '../../src/core/sleep/replay.ts';
import { buildMemory, evenSalience, memoryId, noon, project } from '../support/builders.ts';
import { type Ran, runPhase } from '../support/phaseRun.ts';

type Fields = NonNullable<Parameters<typeof buildMemory>[0]>;

const near = (got: number, expected: number, what = '') =>
  assert.ok(Math.abs(got - expected) < 1e-9, `${what} ${got} for ${expected}`);
/** Before the last week, so that being new plays no part. */
const long = noon - 60 * dayMs;
const quiet = { createdAt: long, lastAccessedAt: long, rate: 1 };
const rule = (id: string, fields: Fields = {}) => buildMemory({ id: memoryId(id), ...quiet, ...fields });
const episode = (id: string, text: string, fields: Fields = {}) =>
  buildMemory({ id: memoryId(id), kind: 'episode', tier: 'fast', text, sleptAt: noon, ...fields });
const link = (from: string, to: string, fields: Partial<Link> = {}): Link => ({
  from: memoryId(from),
  to: memoryId(to),
  kind: 'related',
  weight: 0.5,
  createdAt: noon,
  usedAt: noon,
  ...fields,
});

test('homeostasis: the mean of what is in use, above .5, is brought to .5, but by no more than .85 at once', async () => {
  const seen = { none: 0, some: 0, most: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          strength: fc.double({ min: 0.3, max: 1, noNaN: true }),
          days: fc.integer({ min: 0, max: 12 }),
          total: fc.double({ min: 0, max: 1, noNaN: true }),
          accessCount: fc.integer({ min: 0, max: 8 }),
          status: fc.constantFrom('active', 'active', 'active', 'proposed', 'archived', 'retired'),
          pinned: fc.integer({ min: 0, max: 5 }).map((one) => one === 0),
        }),
        { minLength: 1, maxLength: 12 },
      ),
      async (rows) => {
        const memories = rows.map(({ days, total, ...row }, index) =>
          buildMemory({
            ...row,
            id: memoryId(`r_${index}`),
            rate: 0.98,
            salience: evenSalience(total),
            lastAccessedAt: noon - days * dayMs,
          }),
        );
        const links = memories.slice(1).map((one) => link('r_0', one.id));
        const ran = await runPhase(homeostasis, { memories, links });
        const counted = memories.filter(
          ({ pinned, status }) => !pinned && (status === 'active' || status === 'proposed'),
        );
        let mean = 0;
        for (const one of counted)
          mean += (one.strength * 0.98 ** ((noon - one.lastAccessedAt) / dayMs)) / counted.length;
        const factor = mean <= 0.5 ? 1 : Math.max(0.85, 0.5 / mean);
        seen[factor === 1 ? 'none' : factor > 0.85 ? 'some' : 'most'] += 1;
        for (const one of memories) {
          let expected = one.strength;
          if (factor < 1 && counted.includes(one)) {
            expected *= factor;
            if (one.salience.total >= 0.7) expected += 0.05;
            if (one.lastAccessedAt >= noon - 7 * dayMs) expected += 0.03;
            if (one.accessCount >= 5) expected += 0.02;
          }
          near(ran.get(one.id).strength, Math.min(1, expected), one.status);
        }
        const [first] = memories;
        const moves = first !== undefined && counted.includes(first);
        for (const { weight } of ran.after.links) near(weight, moves ? 0.5 * factor : 0.5, 'link');
      },
    ),
    { numRuns: 150 },
  );
  assert.ok(Math.min(seen.none, seen.some, seen.most) > 5, JSON.stringify(seen));
});

test('replay tells four bands of strength as it is today: above .7, from .4, from .1, below', async () => {
  const bandsOf = async (strength: number, fields: Fields = {}) => {
    const { report } = await runPhase(replay, { memories: [rule('r_a', { strength, ...fields })] });
    return ['strong', 'moderate', 'weak', 'fading'].filter((name) => report.measures[name] === 1).join();
  };
  for (const [strength, band] of [
    [0.701, 'strong'],
    [0.7, 'moderate'],
    [0.4, 'moderate'],
    [0.399, 'weak'],
    [0.1, 'weak'],
    [0.099, 'fading'],
  ] as const)
    assert.equal(await bandsOf(strength), band, String(strength));
  /* .9 half a year ago. */
  assert.equal(await bandsOf(0.9, { rate: 0.99, lastAccessedAt: noon - 180 * dayMs }), 'weak');
});

/** New episodes minutes apart, in one conversation unless told otherwise. */
const told = (minutes: readonly number[], fields: (index: number) => Fields = () => ({})) =>
  minutes.map((minute, index) =>
    buildMemory({
      id: memoryId(`e_${String(index).padStart(3, '0')}`),
      kind: 'episode',
      text: `${['docker', 'yarn', 'css', 'helm', 'nginx', 'redis', 'kafka', 'grpc'][index % 8]} thing ${index}`,
      createdAt: noon - dayMs + minute * 60_000,
      lastAccessedAt: noon - dayMs + minute * 60_000,
      ...fields(index),
      source: { session: 's', ...fields(index).source },
    }),
  );
const followers = (ran: Ran) =>
  ran.after.links
    .filter(({ kind }) => kind === 'follows')
    .map(({ from, to }) => `${from}>${to}`.replaceAll('e_00', ''));

test('replay goes through sequences of at most five, within one conversation of one project, no pause above half an hour', async () => {
  const run = async (memories: readonly Memory[]) => followers(await runPhase(replay, { memories }));
  assert.deepEqual(await run(told([0, 1, 2, 3, 4, 5, 6])), ['0>1', '1>2', '2>3', '3>4', '5>6']);
  assert.deepEqual(await run(told([0, 30, 61, 91])), ['0>1', '2>3'], 'a pause of 31 minutes parts');
  const turns = (index: number): Fields => ({ source: { session: index % 2 === 0 ? 'a' : 'b' } });
  assert.deepEqual(await run(told([0, 1, 2, 3], turns)), ['0>2', '1>3']);
  const homes = (index: number): Fields => ({
    scope: { level: 'project', project: project(index % 2 === 0 ? '/a' : '/b') },
  });
  assert.deepEqual(await run(told([0, 1, 2, 3], homes)), ['0>2', '1>3']);
  assert.deepEqual(await run(told([3, 1, 0, 2])), ['1>3', '2>1', '3>0'], 'in the order of time');
});

test('replay counts what a memory says of wrong, right, why, when and where', async () => {
  const full = { wrong: 'npm', right: 'pnpm', why: 'the lockfile', when: 'when installing' };
  const relations = async (fields: Fields) =>
    (await runPhase(replay, { memories: told([0], () => fields) })).report.measures['relations'];
  assert.equal(await relations({}), 0);
  assert.equal(await relations({ lesson: full }), 4);
  const scope = { level: 'path', project: project('/a'), glob: 'src/**' } as const;
  assert.equal(await relations({ lesson: full, scope }), 5);
});

test('where time is short replay takes what mattered and what no rule foretold, the first for more', async () => {
  const known = rule('r_a', { text: 'Use pnpm to install packages', strength: 0.5 });
  const first = async (fields: (index: number) => Fields) => {
    const memories = told(
      Array.from({ length: 80 }, (_, index) => index),
      fields,
    );
    const ran = await runPhase(replay, { memories: [known, ...memories] }, { limited: true });
    return memories.flatMap((one, index) => (ran.get(one.id).sleptAt === undefined ? [] : [index]));
  };
  /* Of 80 it takes 48: among them all that stand out. */
  const standsOut = (index: number) => index % 3 === 0;
  const chosen = await first((index) => ({ salience: evenSalience(standsOut(index) ? 0.9 : 0.2) }));
  assert.equal(chosen.length, 48);
  assert.equal(chosen.filter(standsOut).length, 27);
  const foretold = 'use pnpm to install packages';
  const surprising = await first((index) => (standsOut(index) ? {} : { text: foretold }));
  assert.equal(surprising.filter(standsOut).length, 27);
  /* .6 × .9 + .4 × error of what was foretold, against .6 × .2 + .4 × 1: what mattered comes first. */
  const both = await first((index) =>
    standsOut(index) ? { text: foretold, salience: evenSalience(0.9) } : { salience: evenSalience(0.2) },
  );
  assert.equal(both.filter(standsOut).length, 27);
});

test('replay mixes in a quarter of old strong memories, each a little stronger by what it lacks', async () => {
  const old = (strength: number) =>
    Array.from({ length: 20 }, (_, index) => rule(`r_${index}`, { text: `Rule ${index}.`, strength }));
  const ran = async (strength: number) => {
    const memories = old(strength);
    const after = await runPhase(replay, {
      memories: [...memories, ...told([0, 1, 2, 3, 4, 5, 6, 7])],
    });
    return memories.map(({ id }) => after.get(id).strength).filter((now) => now !== strength);
  };
  const lifted = await ran(0.8);
  assert.equal(lifted.length, 2);
  for (const now of lifted) near(now, 0.8 + 0.02 * 0.2);
  assert.deepEqual(await ran(0.7), [], 'only what is strong');
});

test('at replay surprise moves by three tenths to what the rules failed to foretell', async () => {
  const fresh = told([0], () => ({ salience: evenSalience(0.2) }));
  const ran = await runPhase(replay, { memories: fresh });
  const { surprise, total } = ran.get('e_000' as MemoryId).salience;
  near(surprise, 0.2 + 0.3 * (1 - 0.2));
  near(total, 0.2 + (0.3 * 0.8) / 5);
});

const pnpm = 'Use pnpm to install packages';

test('propagation: what was replayed within seven days is recent; older is not', async () => {
  const known = rule('r_a', { text: pnpm, strength: 0.6 });
  const after = async (days: number) =>
    (
      await runPhase(propagation, {
        memories: [known, episode('e_a', pnpm.toLowerCase(), { sleptAt: noon - days * dayMs })],
      })
    ).get(known.id).confidence;
  near(await after(7), known.confidence + 0.1);
  assert.equal(await after(7.01), known.confidence);
});

test('propagation appends what a rule lacked, a why, a when, a place, and overwrites nothing', async () => {
  const known = rule('r_a', {
    text: pnpm,
    lesson: { why: 'it is faster' },
    citations: [{ path: 'package.json' }],
  });
  const recent = episode('e_a', pnpm.toLowerCase(), {
    lesson: { why: 'the lockfile', when: 'when a package is added' },
    citations: [{ path: 'package.json', blob: 'b' }, { path: 'pnpm-lock.yaml' }],
  });
  const after = (await runPhase(propagation, { memories: [known, recent] })).get(known.id);
  assert.equal(after.lesson.why, 'it is faster');
  assert.equal(after.lesson.when, 'when a package is added');
  assert.deepEqual(after.citations, [{ path: 'package.json' }, { path: 'pnpm-lock.yaml' }]);
});

test('propagation: “A, not B” after “B, not A” is a contradiction, whatever words they share', async () => {
  for (const [before, after] of [
    ['Deploy to staging, not production', 'deploy to production, not staging'],
    ['Install packages with pnpm, not yarn', 'install packages with yarn, not pnpm'],
    ['Use pnpm instead of yarn for packages', 'use yarn instead of pnpm for packages'],
  ] as const) {
    const known = rule('r_a', { text: before });
    const ran = await runPhase(propagation, { memories: [known, episode('e_a', after)] });
    assert.equal(ran.get(known.id).contradictedBy, 'e_a', before);
    const same = await runPhase(propagation, { memories: [known, episode('e_a', before.toLowerCase())] });
    assert.equal(same.get(known.id).contradictedBy, undefined, before);
  }
});

test('propagation ties together what speaks of the same thing, at the start weight', async () => {
  const [known, recent] = [
    rule('r_a', { text: 'Use docker compose for the local database' }),
    episode('e_a', 'the docker compose file lost its local volume'),
  ];
  const { after } = await runPhase(propagation, { memories: [known, recent] });
  assert.deepEqual(
    after.links.map(({ from, to, kind, weight }) => [from, to, kind, weight]),
    [['e_a', 'r_a', 'related', 0.2]],
  );
});

test('of two things said, a passing word does not outdate a lasting one, nor slow what fades fast already', async () => {
  const earlier = (fields: Fields) =>
    episode('e_a', 'use npm to install packages', {
      createdAt: noon - dayMs,
      sleptAt: noon - dayMs,
      ...fields,
    });
  const after = async (first: Memory, fields: Fields = {}) => {
    const later = episode('e_b', "don't use npm to install packages", fields);
    const facts = { 'propagation.through': noon - 1 };
    return (await runPhase(propagation, { memories: [first, later], facts })).get(first.id);
  };
  const lasting = await after(earlier({ standing: true }));
  assert.deepEqual([lasting.obsoleteAt, lasting.contradictedBy], [undefined, 'e_b']);
  near(lasting.confidence, 0.8 - 0.2);
  assert.equal((await after(earlier({ standing: true }), { standing: true })).obsoleteAt, noon);
  assert.equal((await after(earlier({ rate: 0.7 }))).rate, 0.7);
});

test('a merged memory gains evidence from what says the same; a dream is not confirmed by what it quotes', async () => {
  const merged = rule('m_a', { kind: 'merged', tier: 'mid', text: pnpm });
  const dream = rule('i_a', { kind: 'insight', tier: 'mid', text: pnpm });
  const recent = episode('e_a', pnpm.toLowerCase());
  const ran = await runPhase(propagation, { memories: [merged, dream, recent] });
  assert.deepEqual(ran.after.evidence, [{ memory: merged.id, episode: recent.id }]);
  assert.deepEqual(ran.get(dream.id), dream);
});

test('consolidation: the strongest and .15 more, the slowest decay, the highest salience and confidence', async () => {
  const spoken = 'use pnpm to install packages';
  const group = [
    episode('e_a', spoken, {
      ...quiet,
      strength: 0.3,
      rate: 0.99,
      lastAccessedAt: noon,
      confidence: 0.9,
      alpha: 3,
      salience: evenSalience(0.4),
      lesson: { why: 'the lockfile' },
    }),
    episode('e_b', `please ${spoken}`, {
      ...quiet,
      strength: 0.5,
      rate: 0.95,
      lastAccessedAt: noon - dayMs,
      confidence: 0.6,
      beta: 2,
      salience: evenSalience(0.6),
    }),
    episode('e_c', `${spoken} please`, {
      ...quiet,
      strength: 0.2,
      confidence: 0.5,
      salience: evenSalience(0.2),
      accessCount: 4,
      standing: true,
      guard: true,
    }),
  ];
  const ran = await runPhase(consolidate, { memories: group });
  const [merged, ...more] = ran.after.memories.filter(({ kind }) => kind === 'merged');
  assert.ok(merged !== undefined && more.length === 0);
  near(merged.strength, 0.5 * 0.95 + 0.15);
  assert.equal(merged.tier, 'mid');
  assert.deepEqual(
    [merged.rate, merged.confidence, merged.salience.total, merged.accessCount],
    [1, 0.9, 0.6, 4],
  );
  assert.deepEqual([merged.alpha, merged.beta, merged.standing, merged.guard], [3, 2, true, true]);
  assert.equal(merged.lesson.why, 'the lockfile');
  const strong = group.map((one) => ({ ...one, strength: 0.59, rate: 1 }));
  const again = await runPhase(consolidate, { memories: strong });
  near(again.after.memories.find(({ kind }) => kind === 'merged')?.strength ?? 0, 0.59 + 0.15);
});

test('consolidation never merges two that say the opposite of each other, also not around a third', async () => {
  const texts = [
    'install packages with pnpm or yarn',
    'install packages with pnpm, not yarn',
    'install packages with yarn, not pnpm',
  ];
  const memories = texts.map((text, index) =>
    episode(`e_${index}`, text, { ...quiet, strength: 0.4, salience: evenSalience(0.6 - index / 10) }),
  );
  const ran = await runPhase(consolidate, { memories });
  const into = memories.map(({ id }) => ran.get(id).replacedBy);
  assert.ok(into[0] !== undefined && into[0] === into[1], into.join());
  assert.notEqual(into[2], into[0]);
});

test('consolidation takes what is below .6, two at least, and leaves what is disputed, outdated or another kind of event', async () => {
  const merges = async (fields: Fields, count = 2) => {
    const memories = Array.from({ length: count }, (_, index) =>
      episode(`e_${index}`, `${['', 'please ', 'just '][index]}use pnpm to install packages`, {
        ...quiet,
        strength: 0.4,
        ...(index === 0 ? fields : {}),
      }),
    );
    return (await runPhase(consolidate, { memories })).report.measures['merged'];
  };
  assert.equal(await merges({ strength: 0.599 }), 1);
  assert.equal(await merges({ strength: 0.6 }), 0);
  assert.equal(await merges({}, 1), 0);
  for (const fields of [
    { contradictedBy: memoryId('e_x') },
    { obsoleteAt: noon },
    { label: 'decision' },
    { pinned: true },
    { kind: 'rule' },
  ] satisfies Fields[])
    assert.equal(await merges(fields), 0, JSON.stringify(fields));
});

test('pruning begins below .1 and below a salience of .7, by the strength there is today', async () => {
  const goes = async (fields: Fields) =>
    (await runPhase(prune, { memories: [episode('e_a', 'a', { ...quiet, ...fields })] })).get(memoryId('e_a'))
      .status === 'archived';
  const faded = { strength: 0.0999, salience: evenSalience(0.6999) };
  assert.equal(await goes(faded), true);
  assert.equal(await goes({ ...faded, strength: 0.1 }), false);
  assert.equal(await goes({ ...faded, salience: evenSalience(0.7) }), false);
  assert.equal(await goes({ ...faded, pinned: true }), false);
  assert.equal(await goes({ ...faded, strength: 0.9, rate: 0.95 }), true, 'sixty days later');
});

test('links wear by .998 a day and are dropped below .05', async () => {
  const memories = ['r_a', 'r_b'].map((id) => rule(id, { text: id }));
  const stays = async (weight: number, days: number) =>
    (
      await runPhase(prune, {
        memories,
        links: [link('r_a', 'r_b', { weight, usedAt: noon - days * dayMs })],
      })
    ).after.links.length === 1;
  assert.equal(await stays(0.0501, 0), true);
  assert.equal(await stays(0.0499, 0), false);
  let worn = 1;
  for (let day = 0; day < 100; day++) worn *= 0.998;
  assert.equal(await stays(0.0501 / worn, 100), true);
  assert.equal(await stays(0.0499 / worn, 100), false);
});

test('a rule goes to review when it was unused for ninety days and nothing proved it', async () => {
  const doubted = async (days: number, fields: Fields = {}) => {
    const memories = [rule('r_a', { lastAccessedAt: noon - days * dayMs, ...fields })];
    const { after } = await runPhase(prune, { memories });
    assert.equal(after.memories[0]?.status, 'active');
    return (after.facts.get('review.doubtful') as readonly string[] | undefined)?.length === 1;
  };
  assert.equal(await doubted(90.1), true);
  assert.equal(await doubted(89.9), false);
  for (const fields of [{ alpha: 2 }, { beta: 2 }, { pinned: true }])
    assert.equal(await doubted(200, fields), false);
});
