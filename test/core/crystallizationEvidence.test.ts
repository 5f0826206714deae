/** How much must be said for a rule, how sure a night is of it then, and what becomes of what it was made of. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classify } from '../../src/core/capture/classify.ts';
import { lessonOf } from '../../src/core/capture/lesson.ts';
import type { Memory } from '../../src/core/memory.ts';
import { clustersOf } from '../../src/core/sleep/crystallization/clusters.ts';
import { confidenceOf, lessonFrom } from '../../src/core/sleep/crystallization/crystalLesson.ts';
import { crystallization } from '../../src/core/sleep/crystallization.ts';
import { createCorpus } from '../../src/core/text/similarity.ts';
import { buildMemory, memoryId, noon, project } from '../support/builders.ts';
import { phaseContext, runPhase } from '../support/phaseRun.ts';

type Fields = NonNullable<Parameters<typeof buildMemory>[0]>;

const words = [
  'you should deploy to the staging cluster, not production',
  'why did you deploy to production again, not the staging cluster?',
  'please deploy to the staging cluster, not production',
  'deploying to production again, not the staging cluster? never do that',
  'deploy on the staging cluster, not production, I said',
];
/** The same wish in other words, each in the conversation that is named; hours apart, so that none is a copy. */
const said = (sessions: readonly string[], fields: (index: number) => Fields = () => ({})) =>
  sessions.map((session, index) =>
    buildMemory({
      id: memoryId(`e_${index}`),
      kind: 'episode',
      tier: 'fast',
      text: words[index % words.length] ?? '',
      source: { session, message: String(index) },
      createdAt: noon + index * 3_600_000,
      ...fields(index),
    }),
  );
const night = (memories: readonly Memory[], given: Parameters<typeof runPhase>[2] = {}) =>
  runPhase(crystallization, { memories }, given);
const rulesOf = async (memories: readonly Memory[]) =>
  (await night(memories)).after.memories.filter(({ kind }) => kind === 'rule');
const number = async (memories: readonly Memory[]) => (await rulesOf(memories)).length;

test('three times in one conversation, twice in two, recalled three times, or once for good: each is enough, less is not', async () => {
  assert.equal(await number(said(['a', 'a', 'a'])), 1);
  assert.equal(await number(said(['a', 'a'])), 0);
  assert.equal(await number(said(['a', 'b'])), 1);
  const once = (fields: Fields) =>
    number(said(['a'], () => ({ text: 'always deploy to the staging cluster, not production', ...fields })));
  assert.equal(await once({}), 0);
  assert.equal(await once({ accessCount: 2 }), 0);
  assert.equal(await once({ accessCount: 3 }), 1);
  assert.equal(await once({ standing: true }), 1);
});

test('a night is the surer of a rule the more conversations stand behind it; a lasting statement counts as one more', async () => {
  for (const [sessions, expected] of [
    [['a', 'b'], 1 - 0.55 ** 2],
    [['a', 'b', 'c'], 1 - 0.55 ** 3],
    [['a', 'b', 'c', 'c'], 1 - 0.55 ** 3],
  ] as const) {
    const [rule] = await rulesOf(said(sessions));
    assert.ok(Math.abs((rule?.confidence ?? 0) - expected) < 1e-9, sessions.join());
  }
  const [lasting] = await rulesOf(said(['a', 'b'], (index) => ({ standing: index === 0 })));
  assert.ok(Math.abs((lasting?.confidence ?? 0) - (1 - 0.55 ** 3)) < 1e-9);
  assert.equal(confidenceOf({ sessions: 40, standing: true }), 0.97, 'never quite');
});

test('a rule mattered as much as what mattered most of it, and what it was made of stays as it was', async () => {
  const episodes = said(['a', 'b', 'c'], (index) => ({ salience: { total: [0.3, 0.8, 0.5][index] ?? 0 } }));
  const ran = await night(episodes);
  const rule = ran.after.memories.find(({ kind }) => kind === 'rule');
  assert.equal(rule?.salience.total, 0.8);
  for (const episode of episodes) assert.deepEqual(ran.get(episode.id), episode);
});

test('no rule is made of what would not have found it: what was said for good in it is one by itself', async () => {
  /* Nobody says what is to be done but one, and that is something else. */
  const reports = [
    'production is down after the deployment, not the staging cluster',
    'the deployment hit production, not the staging cluster',
    'another deployment in production, not the staging cluster',
  ];
  const statement = 'Always sort the fixtures by name.';
  const episodes = said(['a', 'b', 'c'], (index) => ({
    text: reports[index] ?? '',
    ...(index === 1 ? { standing: true, lesson: { statement } } : {}),
  }));
  const born = (await night(episodes)).changes.find((change) => change.type === 'create');
  assert.deepEqual(born?.type === 'create' && [born.memory.text, born.evidence], [statement, ['e_1']]);
});

test('what the instructions say already is told as a rule that was not obeyed, with how often', async () => {
  const instructions = [
    {
      project: project('/home/ada/one'),
      file: 'AGENTS.md',
      line: 7,
      text: '- Deploy to the staging cluster, not production.',
    },
  ];
  const { changes, report } = await night(said(['a', 'b', 'c']), { instructions });
  const born = changes.find((change) => change.type === 'create');
  assert.equal(born?.type === 'create' && born.memory.restates, 'AGENTS.md:7');
  assert.match(
    born?.why ?? '',
    /3 times in 3 sessions, although AGENTS\.md:7 says it already: .* not obeyed/,
  );
  assert.equal(report.measures['restated'], 3);
  assert.match(report.detail, /had to be said 3 times all the same/);
});

test('who names the same file wants what he wants of it: no rule comes of the name', async () => {
  const wishes = [
    'use the harbour_tide_table_export.csv as the basis',
    'the drop down stays empty, read the names out of harbour_tide_table_export.csv and filter them',
    'replace the reload button by a selector for harbour_tide_table_export.csv',
    'could it be that the week is a string in harbour_tide_table_export.csv?',
  ];
  assert.equal(await number(said(['a', 'b', 'c', 'd'], (index) => ({ text: wishes[index] ?? '' }))), 0);
});

test('“do it yourself” names all there is to name, and who is not to be told what to do is the owner', async () => {
  const wishes = [
    'do it yourself',
    'do it, dont just tell me what to do.',
    'dont tell me what to do, do it yourself without asking, as is specified by @habits.md',
  ];
  const [rule] = await rulesOf(
    said(['a', 'b', 'c'], (index) => ({
      text: wishes[index] ?? '',
      lesson: lessonOf(classify({ text: wishes[index] ?? '' })),
    })),
  );
  assert.match(rule?.text ?? '', /\bdo it yourself\b/i);
  assert.doesNotMatch(rule?.text ?? '', /specified/);
});

/** Three that say it, two that speak of its place, one that only names its things. */
const harbour = [
  'show the tide table in the north harbour view, not the list',
  'in the north harbour view show the tide table, not the list',
  'why the list again? show the tide table in the north harbour view',
  'in the north harbour view the buttons have no effect once the list was scrolled',
  'the north harbour view needs a heading',
  'the buttons of the north harbour view: hide the legend, move the date of the storm beside its boat, and give it a heading',
];

test('of whom the sentence does not speak is no evidence for it, though he came with the others', async () => {
  const episodes = said(['a', 'b', 'c', 'd', 'e', 'f'], (index) => ({ text: harbour[index] ?? '' }));
  const { after } = await night(episodes);
  const corpus = createCorpus(episodes);
  const group = (await clustersOf(corpus)).find((members) => members.includes(0));
  assert.ok(group?.includes(5), 'they are one group');
  const behind = after.evidence.map(({ episode }) => episode);
  assert.ok(behind.includes(memoryId('e_0')) && behind.includes(memoryId('e_2')));
  assert.ok(!behind.includes(memoryId('e_5')));
});

test('only conversations of which the sentence clearly speaks bring a rule into use', () => {
  const episodes = said(['a', 'b', 'c']);
  const corpus = createCorpus(episodes);
  const statement = 'Deploy to the staging cluster, not production.';
  const statusWith = (clearly: readonly Memory[]) =>
    lessonFrom(
      corpus,
      [0, 1, 2],
      { episodes, meant: episodes, clearly: new Set(clearly) },
      { statement, quality: 1, lasting: false },
      { restatedBy: () => undefined },
      phaseContext(),
    ).status;
  assert.equal(statusWith(episodes), 'active');
  assert.equal(statusWith(episodes.slice(0, 2)), 'proposed');
});

test('who wants in the same message what a rule turns down is no evidence for it, though half of it speaks of its things', async () => {
  const episodes = said(['a', 'b', 'c']);
  const other = buildMemory({
    id: memoryId('e_other'),
    kind: 'episode',
    tier: 'fast',
    label: 'correction',
    text: 'no, undeploy that staging cluster. just deploy the fixed price list to production this time, please.',
    source: { session: 'e', message: 'other' },
    createdAt: noon + 9 * 3_600_000,
  });
  const { after } = await night([...episodes, other]);
  const behind = after.evidence.map(({ episode }) => episode);
  assert.deepEqual(behind.sort(), episodes.map(({ id }) => id).sort());
});

test('why something is turned down may speak of it', async () => {
  const episodes = said(['a', 'b', 'c']);
  const because = buildMemory({
    id: memoryId('e_because'),
    kind: 'episode',
    tier: 'fast',
    label: 'correction',
    text: 'no, deploy to the staging cluster, not production. production writes to the real ledger of the harbour office each time.',
    source: { session: 'e', message: 'because' },
    createdAt: noon + 9 * 3_600_000,
  });
  const { after } = await night([...episodes, because]);
  assert.ok(after.evidence.some(({ episode }) => episode === because.id));
});

test('what holds everywhere is no rule of its own in a project, but gains its evidence', async () => {
  const everywhere = buildMemory({
    id: memoryId('e_user'),
    kind: 'episode',
    tier: 'fast',
    scope: { level: 'user' },
    standing: true,
    text: 'when reading the tide tables, never use a ruler, but rather the compass',
    source: { session: 'a', message: '1' },
  });
  const here = buildMemory({
    id: memoryId('e_here'),
    kind: 'episode',
    tier: 'fast',
    scope: { level: 'project', project: project('/home/ada/kiln') },
    standing: true,
    text: 'when reading the tide tables, use the compass, never a ruler',
    source: { session: 'b', message: '2' },
    createdAt: noon + 3_600_000,
  });
  for (const memories of [
    [everywhere, here],
    [here, { ...everywhere, createdAt: here.createdAt + 3_600_000 }],
  ]) {
    const { after } = await night(memories);
    const rules = after.memories.filter(({ kind }) => kind === 'rule');
    assert.deepEqual(
      rules.map(({ scope }) => scope.level),
      ['user'],
    );
    assert.deepEqual(after.evidence.map(({ episode }) => episode).sort(), [here.id, everywhere.id]);
  }
});
