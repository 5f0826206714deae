import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Link, Memory } from '../../src/core/memory.ts';
import type { MemoryStore } from '../../src/core/ports.ts';
import { createRecall } from '../../src/core/recall/recall.ts';
import { buildMemory, fixedClock, memoryId, noon, project } from '../support/builders.ts';
import { createNaiveStore } from '../support/naiveStore.ts';

const one = project('/home/ada/one');
const two = project('/home/ada/two');

function recallOver(all: readonly Memory[], links: readonly Link[] = []) {
  const store = createNaiveStore(all, { links });
  /* Recall only reads and reinforces. */
  const { recall } = createRecall({
    memories: store.memories as unknown as MemoryStore,
    clock: fixedClock(),
  });
  return { recall, store };
}

const lessons = [
  'Use pnpm, not npm, to install dependencies.',
  'Never mock the database in integration tests; use the container.',
  'Write commit messages in the imperative mood.',
  'Keep components below two hundred lines.',
  'Run the migration script before starting the server.',
  'Name feature flags after the ticket.',
];
const someRules = () => lessons.map((text) => buildMemory({ text }));

test('what speaks of the question comes first, with a reason', async () => {
  const { recall } = recallOver(someRules());
  const { results, abstained, tokens } = await recall({
    text: 'may I mock the database here?',
    project: one,
  });
  assert.equal(abstained, false);
  assert.match(results[0]?.memory.text ?? '', /mock the database/);
  assert.equal(results[0]?.score, 1);
  assert.match(results[0]?.why ?? '', /matches .*(mock|databas)/);
  assert.equal(
    tokens,
    results.reduce((sum, { memory }) => sum + memory.tokens, 0),
  );
});

test('it knows when there is nothing', async () => {
  const { recall } = recallOver(someRules());
  for (const text of [
    'What is the capital of France?',
    'Which colour did Anna paint the fence?',
    '',
    'the of and',
    '🎉',
  ]) {
    const answer = await recall({ text, project: one });
    assert.deepEqual(answer, { results: [], tokens: 0, abstained: true }, text);
  }
});

test('a stronger memory wins only between equally relevant ones', async () => {
  const strong = buildMemory({ text: 'Prefer tabs in makefiles.', strength: 1, alpha: 20 });
  const weak = buildMemory({ text: 'Integration tests need the docker container.', strength: 0.2, beta: 3 });
  const { recall } = recallOver([strong, weak, ...someRules()]);
  const { results } = await recall({ text: 'how do I run the integration tests in docker?', project: one });
  assert.equal(results[0]?.memory.id, weak.id);

  const twins = ['a', 'b'].map((name, index) =>
    buildMemory({
      id: memoryId(`r_${name}`),
      text: 'Deploy on Tuesdays only.',
      strength: index === 0 ? 0.2 : 0.9,
    }),
  );
  const { results: deploys } = await recallOver(twins).recall({ text: 'when to deploy?', project: one });
  assert.equal(deploys[0]?.memory.id, 'r_b');
});

test('a rule for the file in hand goes before one for other files', async () => {
  const scope = (glob: string) => ({ level: 'path', project: one, glob }) as const;
  const sql = buildMemory({
    text: 'Quote identifiers in migrations.',
    scope: scope('db/**/*.sql'),
    id: memoryId('r_z'),
  });
  const css = buildMemory({
    text: 'Quote identifiers in styles.',
    scope: scope('**/*.css'),
    id: memoryId('r_a'),
  });
  const { recall } = recallOver([css, sql]);
  const { results } = await recall({ text: 'quote identifiers', project: one, path: 'db/2026/add.sql' });
  assert.equal(results[0]?.memory.id, sql.id);
});

test('a reply is found by what was asked just before it', async () => {
  const turn = (index: number, text: string) =>
    buildMemory({
      kind: 'episode',
      text,
      source: { assistant: 'jsonl', session: 's1', message: String(index) },
      createdAt: noon + index,
    });
  const filler = ['Good morning to you.', 'The weather is fine.', 'See you tomorrow.'].map((text, index) =>
    turn(index, text),
  );
  const asked = turn(10, 'Which queue do the invoices go through?');
  const reply = turn(11, 'Through the slow one, since March.');
  const { recall } = recallOver([...filler, asked, reply]);
  const { results } = await recall({ text: 'Which queue do invoices use?', project: one });
  assert.ok(
    results.some(({ memory }) => memory.id === reply.id),
    results.map(({ memory }) => memory.text).join(' | '),
  );
});

test('what is linked with the best answer is raised', async () => {
  const best = buildMemory({ text: 'Cache invalidation happens in the gateway.' });
  const [plain, linked] = ['r_1', 'r_2'].map((id) =>
    buildMemory({ id: memoryId(id), text: 'The gateway is slow.' }),
  );
  assert.ok(plain && linked);
  const link = {
    from: best.id,
    to: linked.id,
    kind: 'related',
    weight: 1,
    createdAt: noon,
    usedAt: noon,
  } as const;
  const { results } = await recallOver([best, plain, linked], [link]).recall({
    text: 'Where does cache invalidation in the gateway happen?',
    project: one,
  });
  assert.deepEqual(
    results.map(({ memory }) => memory.id),
    [best.id, linked.id, plain.id],
  );
});

test('the archive answers only where the living memory is silent', async () => {
  const archived = buildMemory({ text: 'The staging cluster lives in Frankfurt.', status: 'archived' });
  const { recall } = recallOver([archived, ...someRules()]);
  const { results } = await recall({ text: 'Where is the staging cluster?', project: one });
  assert.equal(results[0]?.memory.id, archived.id);
  assert.match(results[0]?.why ?? '', /^archived/);
  const { results: living } = await recall({ text: 'which pnpm or npm for dependencies?', project: one });
  assert.ok(living.every(({ memory }) => memory.status === 'active'));
});

test('superseded, proposed and retired memories stay out', async () => {
  const text = 'Use yarn to install dependencies.';
  const out = [
    buildMemory({ id: memoryId('r_1'), text, status: 'proposed' }),
    buildMemory({ id: memoryId('r_2'), text, status: 'retired' }),
    buildMemory({ id: memoryId('r_3'), text, replacedBy: memoryId('r_4') }),
  ];
  const { results } = await recallOver(out).recall({ text: 'yarn install dependencies', project: one });
  assert.deepEqual(results, []);
});

test('it reinforces only when told to, and only what it answered', async () => {
  const { recall, store } = recallOver(someRules());
  await recall({ text: 'pnpm dependencies', project: one });
  assert.deepEqual(store.memories.reinforced, []);
  const { results } = await recall({ text: 'pnpm dependencies', project: one, k: 1, reinforce: true });
  assert.deepEqual(
    store.memories.reinforced,
    results.map(({ memory }) => memory.id),
  );
});

test('what the session knows already is left out', async () => {
  const { recall } = recallOver(someRules());
  const first = await recall({ text: 'commit messages', project: one });
  const seen = new Set(first.results.map(({ memory }) => memory.id));
  assert.ok(seen.size > 0);
  const second = await recall({ text: 'commit messages', project: one, sessionSeen: seen });
  assert.ok(second.results.every(({ memory }) => !seen.has(memory.id)));
});

const words = [
  'pnpm',
  'database',
  'mock',
  'test',
  'commit',
  'why',
  'you',
  'useEffect',
  'src/app.ts',
  'deploy',
  'not',
];
const sentence = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(' '));
const memories = fc
  .array(fc.record({ text: sentence, level: fc.constantFrom('user', 'one', 'two'), tokens: fc.nat(60) }), {
    maxLength: 25,
  })
  .map((rows) =>
    rows.map(({ text, level, tokens }, index) =>
      buildMemory({
        id: memoryId(`r_${String(index).padStart(3, '0')}`),
        text,
        tokens,
        scope:
          level === 'user' ? { level: 'user' } : { level: 'project', project: level === 'one' ? one : two },
      }),
    ),
  );

test('property: never another project, never over budget or k, scores fall, order does not depend on storage', async () => {
  await fc.assert(
    fc.asyncProperty(
      memories,
      sentence,
      fc.nat(120),
      fc.integer({ min: 1, max: 8 }),
      async (all, text, budget, k) => {
        const request = { text, project: one, budget, k };
        const answer = await recallOver(all).recall(request);
        assert.ok(answer.tokens <= budget && answer.results.length <= k);
        assert.equal(answer.abstained, answer.results.length === 0);
        for (const { memory } of answer.results) {
          assert.ok(memory.scope.level === 'user' || memory.scope.project === one);
        }
        const scores = answer.results.map(({ score }) => score);
        assert.deepEqual(
          scores,
          [...scores].sort((a, b) => b - a),
        );
        const again = await recallOver([...all].reverse()).recall(request);
        assert.deepEqual(
          again.results.map(({ memory }) => memory.id),
          answer.results.map(({ memory }) => memory.id),
        );
      },
    ),
    { numRuns: 200 },
  );
});

test('of two in the same words, what asks for the same comes before what asks for the opposite', async () => {
  const sides = [
    ['the branch copy', 'the main copy'],
    ['spaces', 'tabs'],
    ['the staging bucket', 'the live bucket'],
  ];
  for (const [right, wrong] of sides)
    for (const [wanted, unwanted] of [
      [right, wrong],
      [wrong, right],
    ]) {
      const same = buildMemory({
        text: `please write to ${wanted}, not to ${unwanted}`,
        createdAt: noon - 1000,
      });
      const opposite = buildMemory({
        text: `please write to ${unwanted}, not to ${wanted}`,
        createdAt: noon,
      });
      const { recall } = recallOver([same, opposite, ...someRules()]);
      const { results } = await recall({
        text: `no, write to ${wanted} instead of ${unwanted}`,
        project: one,
      });
      assert.equal(results[0]?.memory.id, same.id, `${wanted}, not ${unwanted}`);
    }
});
