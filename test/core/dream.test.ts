import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Memory, MemoryId } from '../../src/core/memory.ts';
import { dream } from '../../src/core/sleep/dream.ts';
import { contrastIn } from '../../src/core/sleep/dreamFrame.ts';
import { scoreDream, structuralLikeness, structureBackground } from '../../src/core/sleep/dreamScore.ts';
import { structureOf } from '../../src/core/sleep/dreamStructure.ts';
import type { PhaseContext, SleepSnapshot } from '../../src/core/sleep/phase.ts';
import { createRandom } from '../../src/core/sleep/random.ts';
import { applyChanges } from '../../src/core/sleep/snapshot.ts';
import { similarityOf } from '../../src/core/text/similarity.ts';
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

const place = 'edit on the draft branch, not in the main folder';
const otherPlace = 'upload to the staging server, never into the production database';
const memories = [
  said(place, 'atlas'),
  said('you saved it in the main folder, not on the draft branch', 'atlas'),
  said('the axis labels overlap', 'atlas'),
  said(otherPlace, 'ferry'),
  said("you're writing into the production database, not the staging server", 'ferry'),
  said('translate the greeting', 'ferry'),
];

test('structure is alike where words are not', () => {
  const [one, other, unlike] = [place, otherPlace, 'write a shorter title'].map((text) =>
    structureOf(said(text, 'x')),
  );
  assert.ok(one && other && unlike);
  const background = structureBackground([one, other, unlike]);
  assert.ok(one.relations.includes('place') && other.relations.includes('place'));
  assert.ok(structuralLikeness(one, other, background) > structuralLikeness(one, unlike, background));
  assert.ok(similarityOf(said(place, 'x'), said(otherPlace, 'x')) < 0.25);
});

test('a score is its formula and each part stays within 0..1', () => {
  const [a, b] = [said(place, 'atlas'), said(otherPlace, 'ferry')];
  const score = (helped: number, told: number, parts: Partial<Parameters<typeof scoreDream>[0]> = {}) =>
    scoreDream({
      a,
      b,
      words: 0.4,
      roles: 0.5,
      known: 0,
      told,
      helped,
      rank: 3,
      pairs: 50,
      now: noon,
      ...parts,
    });
  const { novelty, utility, surprise, total } = score(1, 0);
  for (const part of [novelty, utility, surprise]) assert.ok(part >= 0 && part <= 1);
  const { novelty: n, utility: u, surprise: s } = tunables.dream;
  assert.equal(total, n * novelty + u * utility + s * surprise);
  assert.ok(score(4, 0).utility > utility && score(0, 0).utility === 0);
  assert.ok(score(1, 4).novelty < novelty);
  assert.ok(score(1, 0, { words: 0.9 }).novelty < novelty && score(1, 0, { roles: 1 }).novelty < novelty);
  assert.equal(score(1, 0, { words: 0, roles: 0 }).novelty, 1);
  assert.equal(score(1, 0, { known: 1 }).novelty, 0);
  assert.equal(score(1, 0, { rank: 50 }).surprise, 0);
  assert.equal(score(1, 0, { rank: 1 }).surprise, 1);
});

test('two contrasts are told as what is to what; names that are none are left alone', () => {
  assert.deepEqual(contrastIn('Edit the draft branch, not the main folder.'), {
    wanted: 'the draft branch',
    unwanted: 'the main folder',
    kind: 'means',
  });
  assert.equal(contrastIn('Upload to the staging server, never into production.')?.kind, 'place');
  assert.equal(contrastIn('Use `pnpm` instead of `npm` when adding packages.')?.unwanted, '`npm`');
  for (const text of [
    'Always squash commits.',
    'Use one config file instead of having a number in many files.',
    'Make sure the ticket is marked as open, not done.',
    'Do not merge; it is not ready. Wait, not now.',
  ])
    assert.equal(contrastIn(text), undefined, text);
});

test('a dream ties two projects, is only proposed, names both and was tested on a held-out episode', async () => {
  const { changes } = await dream.run(snapshotOf(memories), context());
  const insights = changes.flatMap((change) => (change.type === 'create' ? [change] : []));
  assert.ok(insights.length >= 1 && insights.length <= tunables.dream.top + 1);
  for (const { memory, why } of insights) {
    assert.equal(memory.kind, 'insight');
    assert.equal(memory.status, 'proposed');
    assert.match(memory.text, /atlas/);
    assert.match(memory.text, /ferry/);
    assert.match(why, /would have helped when you said/);
    assert.ok(memory.salience.total >= tunables.dream.keep);
    const ends = changes.flatMap((change) =>
      change.type === 'link' && change.link.from === memory.id ? [change.link] : [],
    );
    assert.deepEqual(
      ends.map(({ kind, weight }) => [kind, weight]),
      [
        ['analogy', 0.15],
        ['analogy', 0.15],
      ],
    );
    const homes = new Set(ends.map(({ to }) => JSON.stringify(memories.find(({ id }) => id === to)?.scope)));
    assert.equal(homes.size, 2);
  }
});

test('within one project, or with nothing held out that it helps, there is no dream', async () => {
  const dreams = async (some: readonly Memory[]) =>
    (await dream.run(snapshotOf(some), context())).changes.filter((change) => change.type === 'create')
      .length;
  assert.equal(await dreams(memories.map((memory) => ({ ...memory, scope: home('atlas') }))), 0);
  assert.equal(await dreams([said(place, 'atlas'), said(otherPlace, 'ferry')]), 0);
});

test('a day is dreamt about once, and no pair twice', async () => {
  const first = await dream.run(snapshotOf(memories), context());
  const morning = applyChanges(snapshotOf(memories), first.changes);
  assert.deepEqual((await dream.run(morning, context())).changes, []);
  const next = {
    ...morning,
    memories: [
      ...morning.memories,
      said('name the server before you upload', 'ferry', { createdAt: noon + 1 }),
    ],
  };
  const second = await dream.run(next, context());
  const pairs = (changes: typeof first.changes) =>
    changes.flatMap((change) => (change.type === 'create' ? [change.memory.id] : []));
  assert.equal(pairs(second.changes).filter((id) => pairs(first.changes).includes(id)).length, 0);
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
  assert.ok((find(sore.id)?.salience.arousal ?? 1) < 0.9);
  assert.ok((find(sore.id)?.salience.total ?? 1) < 0.7);
  assert.equal(find(calm.id)?.salience.arousal, 0.9);
  assert.ok(find(rule.id)?.cues.some((cue) => cue.includes('live customers')));
  assert.deepEqual((await dream.run(after, context())).changes, []);
});
