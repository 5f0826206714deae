/** Each phase alone, against naive models and small scenes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  dayMs,
  effectiveStrength,
  type Link,
  type Memory,
  type MemoryId,
  precisionOf,
} from '../../src/core/memory.ts';
import { consolidate } from '../../src/core/sleep/consolidate.ts';
import { homeostasis } from '../../src/core/sleep/homeostasis.ts';
import { foretellsBetter, precision } from '../../src/core/sleep/precision.ts';
import { propagation } from '../../src/core/sleep/propagation.ts';
import { prune } from '../../src/core/sleep/prune.ts';
import { reorganize } from '../../src/core/sleep/reorganize.ts';
import { replay } from '../../src/core/sleep/replay.ts';
import { buildMemory, buildReceipt, evenSalience, memoryId, noon, project } from '../support/builders.ts';
import { runPhase } from '../support/phaseRun.ts';
import { syntheticEpisodes } from '../support/syntheticDays.ts';

const ratio = () => fc.double({ min: 0, max: 1, noNaN: true });

/** Memories whose numbers are anything they may be. */
const anyMemories = fc
  .array(
    fc.record({
      strength: ratio(),
      rate: fc.double({ min: 0.5, max: 1, noNaN: true }),
      total: ratio(),
      days: fc.integer({ min: 0, max: 400 }),
      accessCount: fc.integer({ min: 0, max: 12 }),
      pinned: fc.boolean(),
      kind: fc.constantFrom('episode', 'merged', 'rule', 'skill', 'insight'),
      status: fc.constantFrom('active', 'proposed', 'retired', 'archived'),
      words: fc.integer({ min: 0, max: 5 }),
    }),
    { maxLength: 30 },
  )
  .map((rows) =>
    rows.map(({ total, days, words, ...row }, index) =>
      buildMemory({
        ...row,
        id: memoryId(`x_${String(index).padStart(3, '0')}`),
        text: `use tool${words} for the ${['build', 'tests', 'docs'][words % 3]}`,
        salience: evenSalience(total),
        createdAt: noon - days * dayMs,
        lastAccessedAt: noon - days * dayMs,
      }),
    ),
  );

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

test('homeostasis scales as the formula says, and keeps the order of equals', async () => {
  await fc.assert(
    fc.asyncProperty(anyMemories, async (memories) => {
      const ran = await runPhase(homeostasis, { memories });
      const scaled = memories.filter(
        (memory) => !memory.pinned && (memory.status === 'active' || memory.status === 'proposed'),
      );
      const average = mean(scaled.map((memory) => effectiveStrength(memory, noon)));
      const factor = average > 0.5 ? Math.max(0.85, 0.5 / average) : 1;
      const boost = (memory: Memory) =>
        factor === 1
          ? 0
          : (memory.salience.total >= 0.7 ? 0.05 : 0) +
            (noon - memory.lastAccessedAt <= 7 * dayMs ? 0.03 : 0) +
            (memory.accessCount >= 5 ? 0.02 : 0);
      for (const memory of memories) {
        const expected = scaled.includes(memory)
          ? Math.min(1, memory.strength * factor + boost(memory))
          : memory.strength;
        const got = ran.get(memory.id).strength;
        assert.ok(Math.abs(got - expected) < 1e-12, `${got} for ${expected}`);
      }
      for (const a of scaled) {
        for (const b of scaled) {
          if (a.strength <= b.strength && boost(a) === boost(b))
            assert.ok(ran.get(a.id).strength <= ran.get(b.id).strength);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('homeostasis scales links too, rests for twenty hours, and rests longer when nothing is new', async () => {
  const memories = [
    buildMemory({ id: memoryId('r_a') }),
    buildMemory({ id: memoryId('r_b'), text: 'Another.' }),
  ];
  const link: Link = {
    from: memoryId('r_a'),
    to: memoryId('r_b'),
    kind: 'related',
    weight: 0.5,
    createdAt: noon,
    usedAt: noon,
  };
  const first = await runPhase(homeostasis, { memories, links: [link] });
  assert.equal(first.after.links[0]?.weight, 0.5 * 0.85);
  const facts = Object.fromEntries(first.after.facts);
  const again = (hours: number, more: readonly Memory[] = []) =>
    runPhase(
      homeostasis,
      { memories: [...memories, ...more], links: [link], facts },
      { now: noon + hours * 3_600_000 },
    );
  const later = { createdAt: noon + 1, lastAccessedAt: noon + 1 };
  const episode = buildMemory({ id: memoryId('e_c'), kind: 'episode', ...later });
  assert.equal((await again(19, [episode])).changes.length, 0);
  assert.equal((await again(50)).changes.length, 0);
  assert.ok((await again(21, [episode])).changes.length > 0);
  const made = buildMemory({ id: memoryId('m_d'), kind: 'merged', ...later });
  assert.equal((await again(21, [made])).changes.length, 0, 'what a night made is nothing new');
  const used = { ...made, lastAccessedAt: noon + 2 };
  assert.ok((await again(21, [used])).changes.length > 0, 'what was used is');
});

test('prune archives what has faded and never mattered, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(anyMemories, async (memories) => {
      const ran = await runPhase(prune, { memories }, { cycle: 5 });
      for (const memory of memories) {
        const alive = memory.status === 'active' || memory.status === 'proposed';
        const goes =
          alive &&
          !memory.pinned &&
          memory.kind !== 'rule' &&
          memory.kind !== 'skill' &&
          memory.salience.total < 0.7 &&
          effectiveStrength(memory, noon) < 0.1;
        assert.equal(ran.get(memory.id).status, goes ? 'archived' : memory.status);
        if (memory.pinned || memory.salience.total >= 0.7)
          assert.equal(ran.get(memory.id).status, memory.status);
      }
    }),
    { numRuns: 80 },
  );
});

test('prune drops worn associations but keeps what contradicts or replaces', async () => {
  const ids = ['r_a', 'r_b', 'r_c'].map(memoryId);
  const memories = ids.map((id) => buildMemory({ id }));
  const link = (kind: Link['kind'], weight: number, days = 0): Link => ({
    from: 'r_a' as MemoryId,
    to: 'r_b' as MemoryId,
    kind,
    weight,
    createdAt: noon - days * dayMs,
    usedAt: noon - days * dayMs,
  });
  const links = [
    link('related', 0.04),
    link('follows', 0.06),
    link('contradicts', 0.01),
    link('supersedes', 0.01),
    link('enriches', 0.06, 200),
  ];
  const ran = await runPhase(prune, { memories, links });
  assert.deepEqual(ran.after.links.map((one) => one.kind).sort(), ['contradicts', 'follows', 'supersedes']);
});

test('an old rule that nobody used and nothing proved goes to review and lives', async () => {
  const at = noon - 120 * dayMs;
  const rule = buildMemory({ id: memoryId('r_old'), createdAt: at, lastAccessedAt: at, rate: 0.9 });
  const ran = await runPhase(prune, { memories: [rule] });
  assert.equal(ran.get(rule.id).status, 'active');
  assert.deepEqual(ran.after.facts.get('review.doubtful'), [rule.id]);
});

test('consolidation never loses strength, salience, confidence or evidence, and makes before it archives', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 6 }), fc.integer({ min: 10, max: 80 }), async (seed, days) => {
      const memories = syntheticEpisodes({ seed, count: 60, projects: 1, days: 20 });
      const now = noon + days * dayMs;
      const [a, b] = [memories[0] as Memory, memories[59] as Memory];
      const links: Link[] = [
        { from: a.id, to: b.id, kind: 'related', weight: 0.4, createdAt: noon, usedAt: noon },
      ];
      const ran = await runPhase(consolidate, { memories, links }, { now, cycle: 5 });
      const made = new Map<MemoryId, Memory>();
      for (const change of ran.changes) {
        if (change.type === 'create') {
          made.set(change.memory.id, change.memory);
          assert.ok(change.evidence.length >= 2);
        }
        if (change.type !== 'update') continue;
        const into = made.get(change.patch.replacedBy as MemoryId);
        assert.ok(into, 'the merged memory is there before its source is archived');
        const source = memories.find((memory) => memory.id === change.id) as Memory;
        assert.equal(change.patch.status, 'archived');
        assert.ok(effectiveStrength(source, now) < 0.6);
        assert.ok(effectiveStrength(into, now) >= effectiveStrength(source, now));
        assert.ok(
          into.rate >= source.rate &&
            into.confidence >= source.confidence &&
            into.salience.total >= source.salience.total,
        );
        assert.ok(ran.after.evidence.some((one) => one.memory === into.id && one.episode === source.id));
        assert.ok(!source.pinned && !source.oneOff);
      }
      const archived = new Set(
        ran.after.memories.filter((memory) => memory.replacedBy !== undefined).map((memory) => memory.id),
      );
      for (const link of ran.after.links)
        assert.ok(!archived.has(link.from) && !archived.has(link.to), 'links moved on');
    }),
    { numRuns: 15 },
  );
});

const said = (id: string, text: string, more: Parameters<typeof buildMemory>[0] = {}) =>
  buildMemory({ id: memoryId(id), kind: 'episode', tier: 'fast', text, sleptAt: noon, ...more });

test('consolidation keeps apart what says the opposite, other projects, one-offs and what still is strong', async () => {
  const weak = { strength: 0.4 };
  const pair = (one: Memory, other: Memory) =>
    runPhase(consolidate, { memories: [one, other] }).then((ran) => ran.report.measures['merged']);
  const pnpm = said('e_a', 'use pnpm to install packages', weak);
  assert.equal(await pair(pnpm, said('e_b', 'please use pnpm to install packages', weak)), 1);
  assert.equal(await pair(pnpm, said('e_b', "don't use pnpm to install packages", weak)), 0);
  assert.equal(
    await pair(
      pnpm,
      said('e_b', 'please use pnpm to install packages', {
        ...weak,
        scope: { level: 'project', project: project('/other') },
      }),
    ),
    0,
  );
  assert.equal(
    await pair(pnpm, said('e_b', 'please use pnpm to install packages', { ...weak, oneOff: true })),
    0,
  );
  assert.equal(await pair(pnpm, said('e_b', 'please use pnpm to install packages', { strength: 0.9 })), 0);
});

const rule = (id: string, text: string, more: Parameters<typeof buildMemory>[0] = {}) =>
  buildMemory({
    id: memoryId(id),
    text,
    createdAt: noon - 20 * dayMs,
    lastAccessedAt: noon - 20 * dayMs,
    strength: 0.6,
    ...more,
  });

test('a recent episode that says the same confirms a rule and adds what it lacked', async () => {
  const known = rule('r_a', 'Use pnpm to install packages');
  const recent = said('e_a', 'use pnpm to install packages', { lesson: { why: 'the lockfile is pnpm' } });
  const ran = await runPhase(propagation, { memories: [known, recent] });
  const after = ran.get(known.id);
  assert.ok(Math.abs(after.confidence - 0.9) < 1e-9 && Math.abs(after.strength - 0.65) < 1e-9);
  assert.equal(after.lesson.why, 'the lockfile is pnpm');
  assert.equal(after.text, known.text);
  assert.equal(after.tokens, `${known.text}\nthe lockfile is pnpm`.length);
  assert.deepEqual(
    ran.after.links.map((link) => link.kind),
    ['enriches'],
  );
});

test('one contradicting episode flags a rule and never rewrites it', async () => {
  const known = rule('r_a', 'Use pnpm to install packages');
  const recent = said('e_a', "don't use pnpm to install packages");
  const ran = await runPhase(propagation, { memories: [known, recent] });
  const after = ran.get(known.id);
  assert.ok(Math.abs(after.confidence - 0.6) < 1e-9);
  assert.equal(after.contradictedBy, recent.id);
  assert.deepEqual(
    {
      text: after.text,
      lesson: after.lesson,
      status: after.status,
      strength: after.strength,
      rate: after.rate,
      scope: after.scope,
    },
    {
      text: known.text,
      lesson: known.lesson,
      status: known.status,
      strength: known.strength,
      rate: known.rate,
      scope: known.scope,
    },
  );
  assert.equal(
    (await runPhase(propagation, { memories: [{ ...known, confidence: 0.15 }, recent] })).get(known.id)
      .confidence,
    0.1,
  );
});

test('the opposite for another scope, or said for this one time, is an exception and no contradiction', async () => {
  const known = rule('r_a', 'Use pnpm to install packages', { scope: { level: 'user' } });
  for (const recent of [
    said('e_a', "don't use pnpm to install packages"),
    said('e_a', "don't use pnpm to install packages", { scope: { level: 'user' }, oneOff: true }),
    said('e_a', "don't use pnpm to install packages", {
      scope: { level: 'path', project: project('/home/ada/one'), glob: 'legacy/**' },
    }),
  ]) {
    const after = (await runPhase(propagation, { memories: [known, recent] })).get(known.id);
    assert.equal(after.contradictedBy, undefined);
    assert.equal(after.confidence, known.confidence);
  }
});

test('of two episodes that say the opposite the later one holds and the earlier is marked outdated', async () => {
  const before = said('e_a', 'use npm to install packages', {
    createdAt: noon - dayMs,
    sleptAt: noon - dayMs,
  });
  const later = said('e_b', "don't use npm to install packages");
  const ran = await runPhase(propagation, {
    memories: [before, later],
    facts: { 'propagation.through': noon - 1 },
  });
  assert.equal(ran.get(before.id).obsoleteAt, noon);
  assert.equal(ran.get(before.id).rate, 0.9);
  assert.equal(ran.get(later.id).obsoleteAt, undefined);
  assert.deepEqual(
    ran.after.links.map((link) => [link.from, link.to, link.kind]),
    [[later.id, before.id, 'supersedes']],
  );
});

test('said again after it was contradicted, a rule is in dispute no longer', async () => {
  const against = said('e_a', "don't use pnpm to install packages", {
    createdAt: noon - dayMs,
    sleptAt: noon - dayMs,
  });
  const known = rule('r_a', 'Use pnpm to install packages', { contradictedBy: against.id });
  const after = async (at: number) =>
    (
      await runPhase(propagation, {
        memories: [known, against, said('e_b', 'use pnpm to install packages', { createdAt: at })],
        facts: { 'propagation.through': noon - 1 },
      })
    ).get(known.id).contradictedBy;
  assert.equal(await after(noon), undefined);
  assert.equal(await after(noon - 2 * dayMs), against.id, 'an older word does not outweigh a later one');
});

test('propagation meets each memory once', async () => {
  const memories = [rule('r_a', 'Use pnpm to install packages'), said('e_a', 'use pnpm to install packages')];
  const first = await runPhase(propagation, { memories });
  const second = await runPhase(propagation, {
    memories: first.after.memories,
    links: first.after.links,
    evidence: first.after.evidence,
    facts: Object.fromEntries(first.after.facts),
  });
  assert.equal(second.changes.length, 0);
});

test('replay stamps what is new once, in the order it happened, and leaves the rest', async () => {
  const memories = ['first', 'second', 'third'].map((text, index) =>
    buildMemory({
      id: memoryId(`e_${text}`),
      kind: 'episode',
      text: `${text} thing about ${['docker', 'yarn', 'css'][index]}`,
      source: { session: 's' },
      createdAt: noon - (10 - index) * 60_000,
      lastAccessedAt: noon - (10 - index) * 60_000,
    }),
  );
  const ran = await runPhase(replay, { memories: [...memories, rule('r_a', 'A rule')] });
  assert.ok(memories.every((memory) => ran.get(memory.id).sleptAt === noon));
  assert.deepEqual(
    ran.after.links.map((link) => [link.from, link.to, link.kind, link.weight]),
    [
      ['e_first', 'e_second', 'follows', 0.2],
      ['e_second', 'e_third', 'follows', 0.2],
    ],
  );
  const again = await runPhase(replay, { memories: ran.after.memories, links: ran.after.links });
  assert.equal(again.changes.length, 0);
});

test('replay prefers what mattered and what no rule foretold, and mixes in old strong memories', async () => {
  const known = rule('r_a', 'Use pnpm to install packages', { strength: 0.95 });
  const news = Array.from({ length: 100 }, (_, index) =>
    buildMemory({
      id: memoryId(`e_${String(index).padStart(3, '0')}`),
      kind: 'episode',
      text:
        index % 2 === 0 ? 'use pnpm to install packages' : `rename the widget number ${index} in the shop`,
      salience: evenSalience(0.5),
    }),
  );
  const ran = await runPhase(replay, { memories: [known, ...news] }, { limited: true });
  const replayed = news.filter((memory) => ran.get(memory.id).sleptAt !== undefined);
  assert.equal(replayed.length, 60);
  assert.equal(
    replayed.filter((memory) => memory.text.startsWith('rename')).length,
    50,
    'the unforetold first',
  );
  assert.ok(ran.get(known.id).strength > known.strength);
  assert.ok(
    ran.get('e_001' as MemoryId).salience.surprise >
      ran.get(replayed.find((memory) => memory.text.startsWith('use'))?.id as MemoryId).salience.surprise,
  );
});

test('at replay, what goes against a rule turns out to be a conflict and a surprise, what follows it does not', async () => {
  const known = rule('r_a', 'Use pnpm to install packages');
  const calm = { salience: evenSalience(0.2), sleptAt: undefined };
  const against = said('e_a', "don't use pnpm to install packages", calm);
  const along = said('e_b', 'use pnpm to install packages', calm);
  const beside = said('e_c', 'rename the widget in the shop', calm);
  const ran = await runPhase(replay, { memories: [known, against, along, beside] });
  const of = ({ id }: Memory) => ran.get(id).salience;
  assert.equal(of(against).conflict, 0.9);
  assert.equal(of(along).conflict, 0.2);
  assert.equal(of(beside).conflict, 0.2);
  assert.ok(of(against).surprise > 0.2 && of(against).surprise > of(along).surprise);
  for (const memory of [against, along, beside]) {
    const { surprise, novelty, arousal, reward, conflict, total } = of(memory);
    assert.ok(Math.abs(total - (surprise + novelty + arousal + reward + conflict) / 5) < 1e-9);
  }
});

test('counts stay as they were where they would have foretold the uses worse', () => {
  const outcomes = (held: number, broken: number) => [
    ...Array(held).fill({ held: true }),
    ...Array(broken).fill({ held: false }),
  ];
  assert.equal(foretellsBetter(1, 1, outcomes(8, 0)), true);
  assert.equal(foretellsBetter(1, 1, outcomes(0, 8)), true);
  assert.equal(foretellsBetter(1, 1, outcomes(4, 4)), false);
  assert.equal(foretellsBetter(1, 1, outcomes(1, 1)), true, 'too few to hold any out');
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 0, max: 20 }),
      (alpha, beta, held, broken) => {
        const list = outcomes(held, broken);
        if (list.length < 5) return;
        /* The naive model: leave each out in turn. */
        let [before, after] = [0, 0];
        for (const [left, { held: ok }] of list.entries()) {
          const others = list.filter((_, index) => index !== left);
          const a = alpha + others.filter((one) => one.held).length;
          const b = beta + others.filter((one) => !one.held).length;
          before += Math.log((ok ? alpha : beta) / (alpha + beta));
          after += Math.log((ok ? a : b) / (a + b));
        }
        if (Math.abs(after - before) > 1e-9) assert.equal(foretellsBetter(alpha, beta, list), after > before);
      },
    ),
  );
});

test('a contradiction is counted against a rule once', async () => {
  const known = rule('r_a', 'Use pnpm to install packages');
  const recent = said('e_a', "don't use pnpm to install packages");
  const links: Link[] = [
    { from: recent.id, to: known.id, kind: 'contradicts', weight: 0.2, createdAt: noon, usedAt: noon },
  ];
  const first = await runPhase(precision, { memories: [known, recent], links });
  assert.equal(first.get(known.id).beta, 2);
  const second = await runPhase(precision, {
    memories: first.after.memories,
    links,
    facts: Object.fromEntries(first.after.facts),
  });
  assert.equal(second.changes.length, 0);
});

test('where its subject came up a rule was in use, kept or broken; precision tells which', async () => {
  const [kept, broken, idle] = ['pnpm', 'vitest', 'biome'].map((name) =>
    rule(`r_${name}`, `Use ${name} here`),
  );
  assert.ok(kept !== undefined && broken !== undefined && idle !== undefined);
  const later = noon + 10 * dayMs;
  const receipts = (
    [
      [kept, 'obeyed'],
      [broken, 'violated'],
      [idle, 'irrelevant'],
    ] as const
  ).flatMap(([{ id }, verdict]) =>
    [1, 2].map((time) => buildReceipt(id, { session: `s${time}`, at: later + time, verdict })),
  );
  const ran = await runPhase(precision, { memories: [kept, broken, idle], receipts });
  for (const used of [kept, broken]) {
    const after = ran.get(used.id);
    assert.equal(after.lastAccessedAt, later + 2);
    assert.equal(after.accessCount, used.accessCount + 2);
    assert.ok(effectiveStrength(after, later) > effectiveStrength(used, later));
  }
  assert.ok(precisionOf(ran.get(broken.id)) < precisionOf(broken));
  assert.ok(precisionOf(ran.get(kept.id)) > precisionOf(kept));
  assert.deepEqual(ran.get(idle.id), idle);
});

test('three or more flat memories about one thing found a topic; later ones join it; it settles', async () => {
  const about = (id: string, text: string) => said(id, text);
  const memories = [
    about('e_1', 'docker images must be small'),
    about('e_2', 'pin docker versions'),
    about('e_3', 'docker runs rootless here'),
    about('e_4', 'write commit messages in English'),
    about('e_5', 'css goes beside its component'),
  ];
  const ran = await runPhase(reorganize, { memories });
  assert.deepEqual(
    ran.after.memories.map((memory) => memory.topic),
    ['docker', 'docker', 'docker', '', ''],
  );
  const joined = await runPhase(reorganize, {
    memories: [...ran.after.memories, about('e_6', 'docker compose is for local work only')],
  });
  assert.equal(joined.get('e_6' as MemoryId).topic, 'docker');
  assert.equal((await runPhase(reorganize, { memories: joined.after.memories })).changes.length, 0);
});

test('two memories about one thing found no topic, nor does what nearly all of a topic share', async () => {
  const moved = async (texts: readonly string[], topic: string) => {
    const { after } = await runPhase(reorganize, {
      memories: texts.map((text, index) => said(`e_${index}`, text, { topic })),
    });
    return after.memories.filter((memory) => memory.topic !== topic).length;
  };
  assert.equal(await moved(['docker images must be small', 'pin docker versions'], ''), 0);
  const services = ['ports', 'volumes', 'networks', 'secrets'].map((word) => `docker compose ${word}`);
  assert.equal(await moved(services, 'docker'), 0);
  assert.equal(await moved([...services, 'docker registry login', 'docker buildx cache'], 'docker'), 4);
});

test('uses that foretell nothing wait, a contradiction does not, and what was weighed is not weighed again', async () => {
  const known = rule('r_a', 'Use pnpm here');
  const receipts = ['obeyed', 'violated', 'obeyed', 'violated', 'obeyed', 'violated'].map((verdict, index) =>
    buildReceipt(known.id, { session: `s${index}`, verdict: verdict as 'obeyed' | 'violated' }),
  );
  const weigh = async (links: readonly Link[] = [], counted = false) => {
    const given = receipts.map((receipt) => ({ ...receipt, counted }));
    const ran = await runPhase(precision, { memories: [known], receipts: given, links });
    return [ran.get(known.id).alpha, ran.get(known.id).beta, ran.report.measures['receipts']];
  };
  assert.deepEqual(await weigh(), [1, 1, 0], 'as often kept as broken: no better than before');
  const against: Link = {
    from: memoryId('e_a'),
    to: known.id,
    kind: 'contradicts',
    weight: 0.2,
    createdAt: noon,
    usedAt: noon,
  };
  assert.deepEqual(await weigh([against]), [4, 5, 6]);
  assert.deepEqual(await weigh([against], true), [1, 2, 0]);
});

test('a topic that grows deepens, and reorganizing always settles at once', async () => {
  const texts = [
    'docker compose ports',
    'docker compose volumes',
    'docker compose networks',
    'docker buildx cache',
    'docker registry login',
  ];
  const ran = await runPhase(reorganize, {
    memories: texts.map((text, index) => said(`e_${index}`, text, { topic: 'docker' })),
  });
  assert.deepEqual(
    ran.after.memories.map((memory) => memory.topic),
    ['docker/compose', 'docker/compose', 'docker/compose', 'docker', 'docker'],
  );
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 5 }), async (seed) => {
      const first = await runPhase(reorganize, {
        memories: syntheticEpisodes({ seed, count: 60, projects: 2 }),
      });
      const second = await runPhase(reorganize, { memories: first.after.memories });
      assert.equal(second.changes.length, 0);
    }),
    { numRuns: 15 },
  );
});
