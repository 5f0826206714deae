import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mayBeTold } from '../../src/core/injection/eligible.ts';
import { managedLines } from '../../src/core/injection/managedBlock.ts';
import { lineOf } from '../../src/core/injection/wording.ts';
import { type Memory, type MemoryId, toldWords } from '../../src/core/memory.ts';
import { backgroundOf, cuesOf } from '../../src/core/sleep/dream/dreamCues.ts';
import type { DreamPair } from '../../src/core/sleep/dream/dreamPair.ts';
import { roleLikeness, rolesOf } from '../../src/core/sleep/dream/dreamRoles.ts';
import { scoreDream } from '../../src/core/sleep/dream/dreamScore.ts';
import { choose, dream } from '../../src/core/sleep/dream.ts';
import { createRandom } from '../../src/core/sleep/night/random.ts';
import { applyChanges } from '../../src/core/sleep/night/snapshot.ts';
import type { Change, PhaseContext, SleepSnapshot } from '../../src/core/sleep/phase.ts';
import { tunables } from '../../src/core/tunables.ts';
import { buildMemory, noon, project, testIds } from '../support/builders.ts';

const context = (): PhaseContext => ({
  night: testIds.derive('n', 'test') as PhaseContext['night'],
  number: 1,
  cycle: 0,
  now: noon,
  random: createRandom('test'),
  ids: testIds,
  tokenizer: { count: (text) => Math.ceil(text.length / 4) },
  inScope: () => true,
  instructions: [],
  approval: 'balanced',
  breathe: async () => {},
});
const home = (name: string) => ({ level: 'project' as const, project: project(`/home/ada/${name}`) });
const said = (text: string, where: string, fields: Parameters<typeof buildMemory>[0] = {}) =>
  buildMemory({ kind: 'episode', text, scope: home(where), source: { session: text }, ...fields });
const snapshotOf = (memories: readonly Memory[], fields: Partial<SleepSnapshot> = {}): SleepSnapshot => ({
  memories,
  links: [],
  evidence: [],
  receipts: [],
  pastNights: [],
  facts: new Map(),
  ...fields,
});

/** Two projects with one trouble in different words, and something else. */
const settled = buildMemory({
  kind: 'rule',
  text: 'Edit on the draft branch, not in the main folder.',
  scope: home('atlas'),
});
const behind = [
  said('you saved it in the main folder, not on the draft branch', 'atlas'),
  said('why are you working in the main folder again', 'atlas'),
];
const hurting = [
  said('you are writing into the production database, not the staging server', 'ferry'),
  said('you just uploaded this to the production server', 'ferry'),
];
const aside = [
  said('the axis labels overlap', 'atlas'),
  said('translate the greeting', 'ferry'),
  said('round the totals to two digits', 'atlas'),
  said('the menu opens to the left', 'ferry'),
  said('tickets are numbered from one', 'ferry'),
  said('draw the coast in grey', 'atlas'),
];
const memories = [settled, ...behind, ...hurting, ...aside];
const evidence = behind.map(({ id }) => ({ memory: settled.id, episode: id }));
const two = snapshotOf(memories, { evidence });

const dreamsIn = (changes: readonly Change[]) =>
  changes.flatMap((change) => (change.type === 'create' ? [change] : []));

test('a score is its formula and each part stays within 0..1', () => {
  const [a, b] = [said('one', 'atlas'), said('two', 'ferry')];
  const base = {
    a,
    b,
    words: 0.04,
    roles: 0.5,
    known: 0,
    told: 0,
    helped: 1,
    showing: 3,
    lessons: 50,
    now: noon,
  };
  /* Strength, salience and confidence of both. */
  const worth = (0.85 + 0.5 + 0.8) / 3;
  const score = (parts: Partial<Parameters<typeof scoreDream>[0]> = {}) => scoreDream({ ...base, ...parts });
  const { novelty, utility, surprise, total } = score();
  for (const part of [novelty, utility, surprise]) assert.ok(part >= 0 && part <= 1);
  assert.ok(Math.abs(total - (0.5 * novelty + 0.3 * utility + 0.2 * surprise)) < 1e-12);
  assert.ok(Math.abs(utility - (1 - 2 ** -0.5) * (0.5 + 0.5 * worth)) < 1e-9);
  assert.ok(Math.abs(surprise - Math.log(50 / 3) / Math.log(50)) < 1e-9);
  assert.ok(Math.abs(novelty - 0.9 * 0.875) < 1e-9);
  assert.ok(score({ helped: 4 }).utility > utility && score({ helped: 0 }).utility === 0);
  assert.ok(score({ told: 4 }).novelty < novelty);
  assert.ok(score({ words: 0.9 }).novelty < novelty && score({ roles: 1 }).novelty < novelty);
  assert.equal(score({ words: 0, roles: 0 }).novelty, 1);
  assert.equal(score({ known: 1 }).novelty, 0);
  assert.equal(score({ showing: 50 }).surprise, 0);
  assert.equal(score({ showing: 1 }).surprise, 1);
});

test('things play parts: a branch and a server are places, whatever they are called', () => {
  const one = rolesOf('edit on the draft branch', false);
  assert.ok(roleLikeness(one, rolesOf('upload to the staging server', false)) > 0);
  assert.equal(roleLikeness(one, rolesOf('write a shorter sentence', false)), 0);
});

test('what is settled in one project and hurts in another is dreamt, proposed there, and tested on what was held out', async () => {
  const { changes, report } = await dream.run(two, context());
  const [insight] = dreamsIn(changes);
  assert.equal(dreamsIn(changes).length, 1);
  assert.ok(insight);
  const { memory, why } = insight;
  assert.deepEqual(
    [memory.kind, memory.status, memory.tags],
    ['insight', 'proposed', ['wrong-place', 'transfer']],
  );
  assert.deepEqual([memory.tier, memory.strength, memory.rate], ['mid', 0.9, 0.997]);
  assert.deepEqual(memory.scope, home('ferry'), 'it would hold where it is to be learned');
  assert.match(
    memory.text,
    /In atlas it is a rule: “Edit on the draft branch, not in the main folder” \(2 remarks/,
  );
  assert.match(
    memory.text,
    /In ferry you said “you (?:are writing into|just uploaded this to) the production/,
  );
  assert.match(why, /Tested on 2 moments .* would have helped/);
  assert.ok(memory.salience.total >= tunables.dream.keep);
  assert.equal(report.measures['dreams'], 1);
  /* What an assistant is told names no project and quotes nobody. */
  assert.doesNotMatch(toldWords(memory), /atlas|ferry|draft|staging|“/);
  assert.ok(toldWords(memory).length > 20);
  const ends = changes.flatMap((change) =>
    change.type === 'link' && change.link.from === memory.id ? [change.link] : [],
  );
  const source = hurting.find(({ id }) => id === ends[1]?.to);
  assert.ok(source);
  assert.deepEqual(
    ends.map(({ to, kind, weight }) => [to, kind, weight]),
    [
      [settled.id, 'analogy', 0.15],
      [source.id, 'analogy', 0.15],
    ],
  );
  assert.deepEqual(new Set(insight.evidence), new Set([...behind.map(({ id }) => id), source.id]));
});

test('the same mistake in two projects without a rule is proposed for everywhere', async () => {
  const { changes } = await dream.run(
    snapshotOf([
      said('you removed the licence header from every file', 'atlas'),
      said('you deleted the fixtures I had written by hand', 'ferry'),
      said('the seed data must stay, put it back', 'ferry'),
      said('you wiped our translations again', 'ferry'),
      ...aside,
    ]),
    context(),
  );
  const [insight] = dreamsIn(changes);
  assert.deepEqual(insight?.memory.tags, ['removed-what-was-needed', 'common']);
  assert.deepEqual(insight?.memory.scope, { level: 'user' });
  assert.match(insight?.memory.text ?? '', /Perhaps one rule for everywhere/);
});

test('where one project asks for what the other turns down it asks whether that is meant, and tells no assistant', async () => {
  const contrast = snapshotOf([
    said('never mock the mail server in a test', 'atlas'),
    said('no mocks please, use a real database in the tests', 'atlas'),
    said('use a mock for the payment gateway', 'ferry'),
  ]);
  const [insight] = dreamsIn((await dream.run(contrast, context())).changes);
  assert.match(insight?.memory.text ?? '', /Is that meant/);
  assert.ok(insight);
  assert.equal(toldWords(insight.memory), '');
  assert.equal(mayBeTold({ ...insight.memory, status: 'active' }, undefined), false);
});

test('a project that asks for what a rule for everywhere turns down is asked about it', async () => {
  const rule = buildMemory({
    kind: 'rule',
    text: 'Make the changes yourself without asking me.',
    scope: { level: 'user' },
    source: { assistant: 'test', project: project('/home/ada/atlas') },
  });
  const asking = [
    said('before we start, give me the pros and cons of both layouts', 'ferry'),
    said('explain your plan before you change the timetable', 'ferry'),
    said('ask me before deleting a harbour', 'ferry'),
  ];
  const [insight] = dreamsIn((await dream.run(snapshotOf([rule, ...asking, ...aside]), context())).changes);
  assert.match(insight?.memory.text ?? '', /^In ferry you said .* A rule that holds everywhere says/);
  assert.equal(insight?.memory.lesson.statement, '');
  assert.match(insight?.why ?? '', /of ferry and its like/);
  const proposed = { ...rule, status: 'proposed' as const };
  for (const some of [
    [proposed, ...asking],
    [rule, ...asking.slice(0, 1)],
  ])
    assert.deepEqual(dreamsIn((await dream.run(snapshotOf([...some, ...aside]), context())).changes), []);
});

test('a dream is told to nobody before it was kept, and then only where it holds', async () => {
  const [insight] = dreamsIn((await dream.run(two, context())).changes);
  assert.ok(insight);
  const [here, there, kept] = [
    project('/home/ada/atlas'),
    project('/home/ada/ferry'),
    { ...insight.memory, status: 'active' as const },
  ];
  assert.equal(mayBeTold(insight.memory, there), false);
  assert.equal(mayBeTold(kept, there), true);
  assert.equal(mayBeTold(kept, here), false);
  assert.doesNotMatch(lineOf(kept).text, /atlas|draft branch|Why:/);
  assert.doesNotMatch(managedLines([kept]).join(), /atlas|draft branch|Because/);
});

test('within one project, or with nothing held out that it helps, there is no dream', async () => {
  const count = async (some: readonly Memory[]) =>
    dreamsIn((await dream.run(snapshotOf(some), context())).changes).length;
  assert.equal(await count(memories.map((memory) => ({ ...memory, scope: home('atlas') }))), 0);
  assert.equal(await count([settled, ...behind, ...aside]), 0);
  const [never, always] = [
    said('never mock the mail server in a test', 'atlas'),
    said('use a mock for the payment gateway', 'ferry'),
  ];
  assert.equal(await count([never, always, ...aside]), 0, 'one moment at each side, and nothing held out');
  assert.equal(
    await count([said('you deleted the licence header', 'atlas'), said('you removed the fixtures', 'ferry')]),
    0,
  );
});

test('a day is dreamt about once, and no dream twice, least of all a dismissed one', async () => {
  const first = await dream.run(two, context());
  const morning = applyChanges(two, first.changes);
  assert.deepEqual((await dream.run(morning, context())).changes, []);
  /* Its owner dismissed it; the engine's own note of it is lost as well. */
  const next = {
    ...morning,
    facts: new Map(),
    memories: [
      ...morning.memories.map((memory) =>
        memory.kind === 'insight' ? { ...memory, status: 'retired' as const } : memory,
      ),
      said('you deployed it to the production server again', 'ferry', { createdAt: noon + 1 }),
    ],
  };
  assert.deepEqual(dreamsIn((await dream.run(next, context())).changes), []);
});

/* Whatever is remembered, in any number of projects. */
const sentences = Object.freeze([
  'you saved it in the main folder, not on the draft branch',
  'you just uploaded this to the production server',
  'never mock the mail server in a test',
  'use a mock for the payment gateway',
  'you deleted the fixtures I had written by hand',
  'the seed data must stay, put it back',
  'the price is hard-coded in three files',
  'read the timeout from a shared constant',
  'I never asked you to reformat the whole module',
  'do not touch anything outside the parser',
  'the upload is still failing on Safari',
  'write a failing test first',
  'thanks, that looks great',
]);
const anyLife = fc.array(
  fc.record({
    text: fc.constantFrom(...sentences),
    where: fc.constantFrom('atlas', 'ferry', 'orchard'),
    rule: fc.boolean(),
    oneOff: fc.boolean(),
    status: fc.constantFrom('active' as const, 'archived' as const, 'retired' as const),
  }),
  { minLength: 2, maxLength: 24 },
);
const lifeOf = (rows: typeof anyLife extends fc.Arbitrary<infer T> ? T : never): SleepSnapshot => {
  const all = rows.map(({ text, where, rule, oneOff, status }, at) =>
    said(text, where, {
      kind: rule ? 'rule' : 'episode',
      oneOff,
      status,
      createdAt: noon - 1000 + at,
      source: { session: `${at}` },
    }),
  );
  const rules = all.filter(({ kind }) => kind === 'rule');
  const episodes = all.filter(({ kind }) => kind === 'episode');
  return snapshotOf(all, {
    evidence: rules.flatMap((rule) =>
      episodes
        .filter(
          ({ text, scope }) => text === rule.text && JSON.stringify(scope) === JSON.stringify(rule.scope),
        )
        .map((episode) => ({ memory: rule.id, episode: episode.id })),
    ),
  });
};

test('dreams: the same ones each time, between two projects, a handful, nothing dangling', async () => {
  await fc.assert(
    fc.asyncProperty(anyLife, async (rows) => {
      const life = lifeOf(rows);
      const [one, again] = [await dream.run(life, context()), await dream.run(life, context())];
      assert.deepEqual(one, again);
      const shuffled = {
        ...life,
        memories: life.memories.toReversed(),
        evidence: life.evidence.toReversed(),
      };
      const texts = (changes: readonly Change[]) =>
        dreamsIn(changes)
          .map(({ memory }) => memory.id)
          .sort();
      assert.deepEqual(
        texts((await dream.run(shuffled, context())).changes),
        texts(one.changes),
        'order of rows',
      );
      const ids = new Map(life.memories.map((memory) => [memory.id, memory]));
      const kept = dreamsIn(one.changes);
      assert.ok(kept.length <= 4);
      for (const { memory, evidence: sources } of kept) {
        assert.equal(memory.status, 'proposed');
        assert.ok(memory.salience.total >= 0.5 && memory.salience.total <= 1);
        assert.ok(sources.length > 0 && sources.every((id) => ids.get(id)?.kind === 'episode'));
        const ends = one.changes.flatMap((change) =>
          change.type === 'link' && change.link.from === memory.id ? [ids.get(change.link.to)] : [],
        );
        assert.equal(ends.length, 2);
        const homes = new Set(
          ends.map((end) => (end === undefined ? assert.fail() : JSON.stringify(end.scope))),
        );
        assert.equal(homes.size, 2);
        assert.ok(ends.every((end) => end?.status !== 'retired'));
      }
    }),
    { numRuns: 60 },
  );
});

test('dismissed dreams stay away however many nights follow', async () => {
  await fc.assert(
    fc.asyncProperty(anyLife, fc.integer({ min: 2, max: 6 }), async (rows, nights) => {
      let life = lifeOf(rows);
      const dreamt = new Set<string>();
      for (let night = 0; night < nights; night += 1) {
        const { changes } = await dream.run(life, { ...context(), now: noon + night * 86_400_000 });
        for (const { memory } of dreamsIn(changes)) {
          assert.ok(!dreamt.has(memory.text), memory.text);
          dreamt.add(memory.text);
        }
        const after = applyChanges(life, changes);
        life = {
          ...after,
          memories: [
            ...after.memories.map((memory) =>
              memory.kind === 'insight' ? { ...memory, status: 'retired' as const } : memory,
            ),
            said('you saved it in the main folder again', 'atlas', {
              createdAt: noon + night * 86_400_000 + 1,
              source: { session: `n${night}` },
            }),
          ],
        };
      }
    }),
    { numRuns: 40 },
  );
});

test('a covered hurt is eased once, and the lesson is found in other words', async () => {
  const rule = buildMemory({ text: 'Upload to the staging server.', scope: home('ferry') });
  const sore = said('AGAIN you pushed straight at the live customers', 'ferry', {
    salience: { arousal: 0.9, total: 0.7 },
  });
  const calm = said('the other thing entirely', 'ferry', { salience: { arousal: 0.9 } });
  const start = snapshotOf([rule, sore, calm], { evidence: [{ memory: rule.id, episode: sore.id }] });
  const after = applyChanges(start, (await dream.run(start, context())).changes);
  const find = (id: MemoryId) => after.memories.find((memory) => memory.id === id);
  assert.equal(find(sore.id)?.salience.arousal, 0.25);
  assert.ok(Math.abs((find(sore.id)?.salience.total ?? 1) - (0.7 - (0.9 - 0.25) / 5)) < 1e-9);
  assert.equal(find(calm.id)?.salience.arousal, 0.9);
  assert.ok(find(rule.id)?.cues.some((cue) => cue.includes('live customers')));
  assert.deepEqual((await dream.run(after, context())).changes, []);
  /* A rule that waits for its owner's word covers nothing yet. */
  const waiting = { ...start, memories: [{ ...rule, status: 'proposed' as const }, sore, calm] };
  const still = applyChanges(waiting, (await dream.run(waiting, context())).changes);
  assert.equal(still.memories.find(({ id }) => id === sore.id)?.salience.arousal, 0.9);
});

test('a lesson can be asked for by other verbs, and by what its owner sets against it elsewhere', async () => {
  const background = await backgroundOf(
    [
      said('use the ledger, not the notebook, for the accounts', 'ferry'),
      said('the ledger, not the notebook', 'ferry'),
      said('why the notebook again and not the ledger?', 'ferry'),
    ],
    async () => undefined,
  );
  const cues = (text: string) => cuesOf(buildMemory({ text }), [], background).join(' | ');
  assert.match(cues('Deploy on Thursdays.'), /release publish ship/);
  assert.match(cues('Keep the accounts in the ledger.'), /notebook/);
  assert.doesNotMatch(cues('Deploy on Thursdays.'), /notebook|deploy/i);
});

test('two places that say the same in the same words are no analogy', async () => {
  const words = 'you removed the licence header from every file';
  const count = async (mine: string, theirs: string) => {
    const { changes } = await dream.run(
      snapshotOf([
        ...[1, 2].map((day) =>
          said(mine, 'atlas', { source: { session: `${day}` }, createdAt: noon - day * 86_400_000 }),
        ),
        ...[3, 4].map((day) =>
          said(theirs, 'ferry', { source: { session: `${day}` }, createdAt: noon - day * 86_400_000 }),
        ),
        ...aside,
      ]),
      context(),
    );
    return dreamsIn(changes).filter(({ memory }) => memory.tags.includes('common')).length;
  };
  assert.equal(await count(words, words), 0);
  assert.equal(await count(words, 'you deleted the fixtures I had written by hand'), 1);
});

test('a dream is kept from a score of .5 on: the more often its like was dreamt, the less new it is', async () => {
  const [first] = dreamsIn((await dream.run(two, context())).changes);
  assert.ok(first);
  const { surprise, reward, total } = first.memory.salience;
  const novelty = (total - 0.3 * reward - 0.2 * surprise) / 0.5;
  const kept: boolean[] = [];
  for (let told = 0; told < 6; told++) {
    const earlier = Array.from({ length: told }, (_, index) =>
      buildMemory({
        id: `i_${index}` as MemoryId,
        kind: 'insight',
        status: 'retired',
        text: `Dream ${index}`,
        tags: ['wrong-place', 'transfer'],
      }),
    );
    const { changes } = await dream.run({ ...two, memories: [...two.memories, ...earlier] }, context());
    const expected = (0.5 * novelty) / (1 + told) + 0.3 * reward + 0.2 * surprise;
    assert.ok(Math.abs(expected - 0.5) > 0.01, `too near to tell: ${expected}`);
    kept.push(dreamsIn(changes).length === 1);
    assert.equal(kept.at(-1), expected >= 0.5, `told ${told} times: ${expected}`);
  }
  assert.deepEqual(new Set(kept), new Set([true, false]));
});

test('of the good ones the three best are kept and one by chance; no lesson twice, no kind of analogy twice', () => {
  const side = (id: string) => ({
    memory: buildMemory({ id: id as MemoryId }),
    home: id,
    quote: '',
    hurt: true,
    times: 1,
  });
  const pairs = fc.array(
    fc.record({
      a: fc.integer({ min: 0, max: 14 }),
      b: fc.integer({ min: 15, max: 30 }),
      name: fc.integer({ min: 0, max: 9 }),
    }),
    { minLength: 8, maxLength: 20 },
  );
  fc.assert(
    fc.property(pairs, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (rows, chance) => {
      const drawn = rows.map(
        ({ a, b, name }, at): DreamPair => ({
          kind: 'common',
          a: side(`r_${a}`),
          b: side(`r_${b}`),
          schema: { name: `schema ${name}` } as NonNullable<DreamPair['schema']>,
          score: { novelty: 1, utility: 1, surprise: 1, total: 1 - at / 100 },
          helps: [],
        }),
      );
      /* The model: go through them, best first, and take what shares nothing with what was taken. */
      const apart = (one: DreamPair, others: readonly DreamPair[]) =>
        others.every(
          (other) =>
            other.schema?.name !== one.schema?.name &&
            other.a.memory.id !== one.a.memory.id &&
            other.b.memory.id !== one.b.memory.id,
        );
      const best: DreamPair[] = [];
      for (const one of drawn) if (best.length < 3 && apart(one, best)) best.push(one);
      const rest = drawn.filter((one) => apart(one, best));
      const kept = choose(drawn, { random: { next: () => chance } });
      assert.deepEqual(kept.slice(0, best.length), best);
      assert.equal(kept.length, best.length + (rest.length > 0 ? 1 : 0));
      if (rest.length > 0) assert.equal(kept[best.length], rest[Math.floor(chance * rest.length)]);
    }),
  );
});
