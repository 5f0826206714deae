import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Memory, MemoryId } from '../../src/core/memory.ts';
import { crystallization } from '../../src/core/sleep/crystallization.ts';
import { createRandom } from '../../src/core/sleep/night/random.ts';
import { applyChanges } from '../../src/core/sleep/night/snapshot.ts';
import type { PhaseContext, SleepSnapshot } from '../../src/core/sleep/phase.ts';
import { buildMemory, noon, project, testIds } from '../support/builders.ts';

const contextWith = (fields: Partial<PhaseContext> = {}): PhaseContext => ({
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
  ...fields,
});
const snapshotOf = (memories: readonly Memory[]): SleepSnapshot => ({
  memories,
  links: [],
  evidence: [],
  receipts: [],
  pastNights: [],
  facts: new Map(),
});
let minute = 0;
const said = (text: string, session: string, fields: Parameters<typeof buildMemory>[0] = {}) => {
  minute += 1;
  return buildMemory({
    kind: 'episode',
    text,
    source: { session, message: String(minute) },
    createdAt: noon + minute * 60_000,
    ...fields,
  });
};
const night = async (snapshot: SleepSnapshot, fields: Partial<PhaseContext> = {}) =>
  applyChanges(snapshot, (await crystallization.run(snapshot, contextWith(fields))).changes);
const lessonsOf = (snapshot: SleepSnapshot) =>
  snapshot.memories.filter(({ kind }) => kind === 'rule' || kind === 'skill');
const behind = (snapshot: SleepSnapshot, id: MemoryId | undefined) =>
  snapshot.evidence.filter(({ memory }) => memory === id).map(({ episode }) => episode);

const staging = [
  said('you deployed to production, not the staging cluster', 's1'),
  said('why are you deploying to production, not the staging cluster?', 's2'),
  said('deploy to the staging cluster, not production', 's3'),
];

test('what three sessions said in other words is one active rule with its evidence', async () => {
  const after = await night(snapshotOf([...staging, said('the legend covers the chart', 's1')]));
  const [rule, ...more] = lessonsOf(after);
  assert.equal(more.length, 0);
  assert.equal(rule?.status, 'active');
  assert.equal(rule.tier, 'slow');
  assert.match(rule.text, /^Deploy to the staging cluster, not production\.$/);
  assert.deepEqual(behind(after, rule.id).toSorted(), staging.map(({ id }) => id).toSorted());
  assert.deepEqual(rule.scope, staging[0]?.scope);
  assert.ok(rule.confidence > 0.8 && rule.confidence < 1);
});

test('two sessions propose, and the owner may decide about everything or nothing', async () => {
  const two = snapshotOf(staging.slice(0, 2));
  assert.deepEqual(
    lessonsOf(await night(two)).map(({ status }) => status),
    ['proposed'],
  );
  assert.deepEqual(
    lessonsOf(await night(two, { approval: 'auto' })).map(({ status }) => status),
    ['active'],
  );
  assert.deepEqual(
    lessonsOf(await night(snapshotOf(staging), { approval: 'manual' })).map(({ status }) => status),
    ['proposed'],
  );
});

test('one lasting statement is enough, one passing remark is not', async () => {
  const standing = said('from now on always squash commits before merging', 's1', {
    standing: true,
    label: 'decision',
  });
  const after = await night(
    snapshotOf([
      standing,
      said('squash that commit', 's2', { oneOff: true }),
      said('make the button blue', 's3'),
    ]),
  );
  const [rule, ...more] = lessonsOf(after);
  assert.equal(more.length, 0);
  assert.equal(rule?.status, 'active');
  assert.equal(rule.text, 'Always squash commits before merging.');
  assert.equal(rule.standing, true);
});

test('what is to be written down as a rule is told as the rule', async () => {
  const after = await night(
    snapshotOf([
      said('mention that fixtures must always be generated in `test/fixtures`', 's1', {
        standing: true,
        label: 'decision',
      }),
      said('again, the fixtures must be generated in `test/fixtures`', 's2'),
      said('you generated the fixtures outside of `test/fixtures`', 's3'),
    ]),
  );
  assert.deepEqual(
    lessonsOf(after).map(({ text }) => text),
    ['Fixtures must always be generated in `test/fixtures`.'],
  );
});

test('what is repeated in one sitting about one thing stays an episode', async () => {
  const after = await night(
    snapshotOf([
      said('the legend still covers the last column', 's1'),
      said('still wrong, the legend covers the column', 's1'),
      said('no, the legend of this chart still covers the column', 's1'),
    ]),
  );
  assert.deepEqual(lessonsOf(after), []);
});

test('opposite wishes in the same words never share a rule', async () => {
  const other = [
    said('announce releases from production, not the staging cluster', 's4'),
    said('always announce a release from production', 's5'),
    said('releases are announced from production, never the staging cluster', 's6'),
  ];
  const after = await night(snapshotOf([...staging, ...other]));
  for (const rule of lessonsOf(after)) {
    const episodes = new Set(behind(after, rule.id));
    assert.ok(
      !(staging.some(({ id }) => episodes.has(id)) && other.some(({ id }) => episodes.has(id))),
      rule.text,
    );
  }
  assert.ok(lessonsOf(after).length >= 2);
});

test('projects do not mix', async () => {
  const elsewhere = staging.map((memory) => ({
    ...memory,
    id: `${memory.id}x` as MemoryId,
    scope: { level: 'project' as const, project: project('/home/ada/two') },
  }));
  const after = await night(snapshotOf([...staging, ...elsewhere]));
  assert.equal(lessonsOf(after).length, 2);
  for (const rule of lessonsOf(after)) {
    for (const id of behind(after, rule.id)) {
      assert.deepEqual(after.memories.find((memory) => memory.id === id)?.scope, rule.scope);
    }
  }
});

test('a rule that exists gains evidence and confidence instead of a twin', async () => {
  const first = await night(snapshotOf(staging.slice(0, 2)));
  const [before] = lessonsOf(first);
  assert.equal(before?.status, 'proposed');
  const again = said("you're deploying to production again, not the staging cluster", 's9');
  const second = await night({ ...first, memories: [...first.memories, again] });
  const [rule, ...more] = lessonsOf(second);
  assert.equal(more.length, 0);
  assert.ok(behind(second, rule?.id).includes(again.id));
  assert.ok((rule?.confidence ?? 0) > before.confidence);
  assert.equal(rule?.status, 'active', 'three sessions support it now');
});

test('in a small memory two short lessons with one plain word in common stay two', async () => {
  const lasting = (text: string, session: string) =>
    said(text, session, { standing: true, label: 'decision', confidence: 1, lesson: { statement: text } });
  const first = lasting('Always keep the changelog in plain words, never in jargon.', 's1');
  const once = await night(snapshotOf([first]));
  const second = lasting('Always keep the seed of a random test in its output.', 's2');
  const twice = await night({ ...once, memories: [...once.memories, second] });
  assert.deepEqual(
    lessonsOf(twice)
      .map(({ text }) => /changelog|seed/.exec(text)?.[0])
      .sort(),
    ['changelog', 'seed'],
  );
});

test('a copy, and what held for once, are evidence that brings no rule into use', async () => {
  const first = await night(snapshotOf(staging.slice(0, 2)));
  const [before] = lessonsOf(first);
  const words = "you're deploying to production again, not the staging cluster";
  const late = { createdAt: noon + 86_400_000 };
  const once = said(words, 's7', { ...late, oneOff: true });
  const held = await night({ ...first, memories: [...first.memories, once] });
  const [still] = lessonsOf(held);
  assert.ok(behind(held, still?.id).includes(once.id));
  assert.equal(still?.status, 'proposed');
  assert.equal(still?.confidence, before?.confidence);

  /* The same conversation written to a second file: what was said in the second session, minutes later in a third. */
  const original = staging[1];
  assert.ok(original);
  const copy = said(original.text, 's2 again', { createdAt: original.createdAt + 60_000 });
  const copied = await night({ ...first, memories: [...first.memories, copy] });
  assert.equal(lessonsOf(copied)[0]?.status, 'proposed');
  assert.equal(lessonsOf(copied)[0]?.confidence, before?.confidence);
});

test('three sessions bring no riddle into use', async () => {
  const first = await night(snapshotOf(staging.slice(0, 2)));
  const riddle = {
    ...first,
    memories: first.memories.map((memory) =>
      memory.kind === 'rule' ? { ...memory, text: 'Not this one here, the other cluster.' } : memory,
    ),
  };
  const again = said("you're deploying to production again, not the staging cluster", 's9', {
    createdAt: noon + 86_400_000,
  });
  const second = await night({ ...riddle, memories: [...riddle.memories, again] });
  const [rule] = lessonsOf(second);
  assert.ok(behind(second, rule?.id).includes(again.id));
  assert.equal(rule?.status, 'proposed');
});

test('a retired rule is not born again from the same evidence', async () => {
  const first = await night(snapshotOf(staging));
  const retired = {
    ...first,
    memories: first.memories.map((memory) =>
      memory.kind === 'rule' ? { ...memory, status: 'retired' as const } : memory,
    ),
  };
  const { changes } = await crystallization.run(retired, contextWith());
  assert.deepEqual(
    changes.filter(({ type }) => type !== 'fact'),
    [],
  );
});

test('three like fixes are a skill', async () => {
  const fixes = ['s1', 's2', 's3'].map((session) =>
    said('EADDRINUSE on port 5173: stop the old dev server before starting the preview', session, {
      label: 'fix',
    }),
  );
  const [skill, ...more] = lessonsOf(await night(snapshotOf(fixes)));
  assert.equal(more.length, 0);
  assert.equal(skill?.kind, 'skill');
  assert.equal(skill.tier, 'mid');
  assert.equal(lessonsOf(await night(snapshotOf(fixes.slice(0, 2)))).length, 0);
});

test("what the team's own instructions say is marked with its line", async () => {
  const instructions = [
    {
      project: project('/home/ada/one'),
      file: 'AGENTS.md',
      line: 3,
      text: '- Write commit messages in the present tense.',
    },
    {
      project: project('/home/ada/one'),
      file: 'AGENTS.md',
      line: 7,
      text: '- Deploy to the staging cluster, not production.',
    },
    {
      project: project('/home/ada/two'),
      file: 'AGENTS.md',
      line: 1,
      text: 'Deploy to the staging cluster, not production.',
    },
  ];
  const [rule] = lessonsOf(await night(snapshotOf(staging), { instructions }));
  assert.equal(rule?.restates, 'AGENTS.md:7');
});

test('a line that only speaks of the same is no instruction; one that comes later is found for a rule that exists', async () => {
  const line = (text: string) => [{ project: project('/home/ada/one'), file: 'AGENTS.md', line: 1, text }];
  const first = await night(snapshotOf(staging), {
    instructions: line('The staging cluster is rebuilt on Mondays.'),
  });
  assert.equal(lessonsOf(first)[0]?.restates, undefined);
  const { changes } = await crystallization.run(
    first,
    contextWith({ instructions: line('Always deploy to the staging cluster, never to production.') }),
  );
  const update = changes.find((change) => change.type === 'update');
  assert.deepEqual(update?.type === 'update' && update.patch, { restates: 'AGENTS.md:1' });
  assert.match(update?.why ?? '', /3 times/);
});

test('a message kept twice is one utterance', async () => {
  const text = 'please round every invoice line to two digits before adding up';
  const after = await night(snapshotOf([said(text, 's1'), said(text, 's2')]));
  assert.deepEqual(lessonsOf(after), []);
});

test('one lasting statement that points at the work in hand stays an episode', async () => {
  const after = await night(
    snapshotOf([
      said('always remove that legend too', 's1', { standing: true }),
      said('never do this part again', 's2', { standing: true }),
    ]),
  );
  assert.deepEqual(lessonsOf(after), []);
});

test('a second night finds nothing to do, whatever was said', async () => {
  const words = [
    'deploy',
    'staging',
    'production',
    'never',
    'not',
    'use',
    'the',
    'cluster',
    'you',
    'always',
    'tests',
    'run',
    'before',
    'branch',
  ];
  const text = fc
    .array(fc.constantFrom(...words), { minLength: 2, maxLength: 9 })
    .map((parts) => parts.join(' '));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(text, fc.integer({ min: 1, max: 5 }), fc.boolean()), { maxLength: 25 }),
      async (rows) => {
        const memories = rows.map(([line, session, standing], at) =>
          buildMemory({
            kind: 'episode',
            text: line,
            standing,
            source: { session: `s${session}`, message: String(at) },
            createdAt: noon + at,
          }),
        );
        const once = await night(
          snapshotOf([...new Map(memories.map((memory) => [memory.id, memory])).values()]),
        );
        const twice = await crystallization.run(once, contextWith({ now: noon + 60_000 }));
        assert.deepEqual(twice.changes, []);
      },
    ),
    { numRuns: 60 },
  );
});

const hours = (count: number) => noon + count * 3_600_000;

test('one sentence that comes again in long messages about other things is a rule', async () => {
  const after = await night(
    snapshotOf([
      said(
        'The export has no header row, add one. Do not edit the vendored parser while you do that.',
        's1',
        { createdAt: hours(1) },
      ),
      said('Now sort the customers by city. And again: do not edit the vendored parser!', 's2', {
        createdAt: hours(30),
      }),
      said('Upgrade the charting library to version five. You must not edit the vendored parser.', 's3', {
        createdAt: hours(60),
      }),
    ]),
  );
  const [rule, ...more] = lessonsOf(after);
  assert.equal(more.length, 0);
  assert.match(rule?.text ?? '', /^(?:Do not|Never) edit the vendored parser\.$/);
  assert.equal(behind(after, rule?.id).length, 3);
});

test('features and “go on” are asked for in many sessions and teach nothing', async () => {
  const orders = ['continue with the next phase', 'show the total of all orders'].flatMap((text, at) =>
    ['s1', 's2', 's3'].map((session, day) =>
      said(`${text} please`, session, { createdAt: hours(24 * day + at) }),
    ),
  );
  assert.deepEqual(lessonsOf(await night(snapshotOf(orders))), []);
});

test('a conversation written to two files was held once', async () => {
  const text = 'you deployed to production, not the staging cluster';
  const copies = [
    said(text, 'one file', { createdAt: hours(1), context: 'Deployed.' }),
    said(text, 'the other file', { createdAt: hours(1) + 60_000, context: 'Deployed!' }),
  ];
  assert.deepEqual(lessonsOf(await night(snapshotOf(copies))), []);
});

test('what holds once founds no rule, but counts for one that is there', async () => {
  const once = said("you're deploying to production, not the staging cluster", 's7', { oneOff: true });
  const alike = ['s8', 's9'].map((session) =>
    said("this time you're deploying to production again, not the staging cluster", session, {
      oneOff: true,
      createdAt: hours(Number(session.slice(1))),
    }),
  );
  assert.deepEqual(lessonsOf(await night(snapshotOf([once, ...alike]))), []);
  const after = await night(snapshotOf([...staging, once]));
  assert.ok(behind(after, lessonsOf(after)[0]?.id).includes(once.id));
});

test('what was taken to hold once and comes again in three conversations is put to the owner', async () => {
  const words = ['keep the README short', 'too long. keep the README short', 'again, keep the README short'];
  const all = words.map((text, at) => said(text, `s${at}`, { oneOff: true, createdAt: hours(at) }));
  assert.deepEqual(lessonsOf(await night(snapshotOf(all.slice(1)))), []);
  const [rule, ...more] = lessonsOf(await night(snapshotOf(all)));
  assert.equal(more.length, 0);
  assert.equal(rule?.text, 'Keep the README short.');
  assert.equal(rule?.status, 'proposed');
});

test('a guess that it holds once is no match for somebody who means it to last: both are put to the owner', async () => {
  const lasts = said("don't write to the shared volume, use the scratch volume", 's1');
  const again = said('use the scratch volume, not the shared volume', 's2', {
    oneOff: true,
    createdAt: hours(2),
  });
  const [rule, ...more] = lessonsOf(await night(snapshotOf([lasts, again])));
  assert.equal(more.length, 0);
  assert.equal(rule?.status, 'proposed');
});

test('what is not to be done yet is not forbidden for ever', async () => {
  const after = await night(
    snapshotOf(
      ['s1', 's2', 's3', 's4'].map((session, day) =>
        said(`explain your plan for step ${day}. Don't write any code yet.`, session, {
          createdAt: hours(24 * day),
        }),
      ),
    ),
  );
  for (const { text } of lessonsOf(after)) assert.doesNotMatch(text, /write (?:any )?code\.$/);
});

test('whatever was said, in whatever order: evidence never dangles, and no rule holds opposite wishes', async () => {
  const sentences = [
    'deploy to the staging cluster, not production',
    'deploy to production, not the staging cluster',
    "you're on production, not the staging cluster",
    'never mock the database in the integration tests',
    'you mocked the database in the integration tests again',
    'Add a button to the header. Also, never mock the database in the integration tests.',
    'run the linter before committing. then show the total of all orders',
    'always run the linter before committing',
  ];
  const stagingWanted = new Set([sentences[0], sentences[2]]);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...sentences), fc.constantFrom('s1', 's2', 's3', 's4')), {
        minLength: 2,
        maxLength: 14,
      }),
      async (remarks) => {
        const memories = remarks.map(([text, session], at) =>
          buildMemory({
            kind: 'episode',
            text,
            source: { session, message: String(at) },
            createdAt: hours(at * 7),
            standing: text.startsWith('always'),
          }),
        );
        const after = await night(snapshotOf(memories));
        const ids = new Set(after.memories.map(({ id }) => id));
        for (const { memory, episode } of after.evidence) {
          assert.ok(ids.has(memory) && ids.has(episode));
        }
        for (const rule of lessonsOf(after)) {
          const words = behind(after, rule.id).map((id) => after.memories.find((one) => one.id === id)?.text);
          assert.ok(words.length > 0, 'a rule stands on something');
          assert.ok(
            !(words.includes(sentences[1]) && words.some((text) => stagingWanted.has(text))),
            'opposite wishes in one rule',
          );
        }
        const { changes } = await crystallization.run(after, contextWith());
        assert.deepEqual(
          changes.filter(({ type }) => type !== 'fact'),
          [],
          'a second night finds nothing',
        );
      },
    ),
    { numRuns: 60 },
  );
});
