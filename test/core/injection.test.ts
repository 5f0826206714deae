import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { type InjectionRequest, injectionEvents } from '../../src/core/injection/request.ts';
import { fenceClose, fenceOpen } from '../../src/core/injection/wording.ts';
import type { Memory } from '../../src/core/memory.ts';
import { tunables } from '../../src/core/tunables.ts';
import { buildMemory, memoryId, noon, project } from '../support/builders.ts';
import { assertInert, hostileTexts } from '../support/hostile.ts';
import { createTestInjection, type TestFileBlob } from '../support/injecting.ts';
import { createNaiveStore } from '../support/naiveStore.ts';

const one = project('/home/ada/one');
const two = project('/home/ada/two');

function injectionOver(all: readonly Memory[], fileBlob?: TestFileBlob) {
  const store = createNaiveStore(all);
  const injection = createTestInjection(store, fileBlob);
  const ask = (request: Partial<InjectionRequest>) =>
    injection.compose({
      event: 'UserPromptSubmit',
      project: one,
      session: 's1',
      leaveReceipt: true,
      ...request,
    });
  return { ask, store };
}

const counted = (fields: Parameters<typeof buildMemory>[0]) => {
  const memory = buildMemory(fields);
  return { ...memory, tokens: countTokens([memory.text, memory.lesson.why ?? ''].join('\n')) };
};
const pnpm = counted({
  text: 'Install dependencies with pnpm, never with npm.',
  lesson: {
    wrong: 'npm install',
    right: 'pnpm install',
    why: 'the lockfile is that of pnpm',
    when: 'installing packages',
  },
});
const database = counted({ text: 'Never mock the database in integration tests.' });
const sql = counted({
  text: 'Give every migration a way back.',
  scope: { level: 'path', project: one, glob: 'db/migrations/**' },
});
const rules = [pnpm, database, sql];

test('a session starts with the rules, fenced, with why, scope and id', async () => {
  const { context, rules: told } = await injectionOver(rules).ask({ event: 'SessionStart' });
  const lines = context.split('\n');
  assert.equal(lines[0], fenceOpen);
  assert.equal(lines.at(-1), fenceClose);
  assert.deepEqual(new Set(told), new Set(rules.map(({ id }) => id)));
  const line = lines.find((text) => text.includes('pnpm')) ?? '';
  assert.ok(line.includes('the lockfile is that of pnpm') && line.includes(`[project ${pnpm.id}]`));
});

test('a prompt brings the rules that apply to it, by topic or by step of work', async () => {
  const topic = await injectionOver(rules).ask({
    prompt: 'write integration tests that mock the database layer',
  });
  assert.deepEqual(topic.rules, [database.id]);
  const step = await injectionOver(rules).ask({ prompt: 'add the left-pad package' });
  assert.deepEqual(step.rules, [pnpm.id]);
});

test('it abstains where nothing applies', async () => {
  for (const prompt of ['thanks!', 'make the header blue', 'what does this function return?', '', '👍']) {
    const answer = await injectionOver(rules).ask({ prompt });
    assert.deepEqual(answer, { context: '', rules: [], tokens: 0 }, prompt);
  }
  const { store, ask } = injectionOver([]);
  assert.equal((await ask({ event: 'SessionStart' })).context, '');
  assert.deepEqual(store.receipts.all, []);
});

test('a tool call brings the rules of the very file or command', async () => {
  const file = await injectionOver(rules).ask({
    event: 'PreToolUse',
    tool: 'read_file',
    path: 'db/migrations/007.sql',
  });
  assert.deepEqual(file.rules, [sql.id]);
  const command = await injectionOver(rules).ask({
    event: 'PreToolUse',
    tool: 'run',
    command: 'npm install lodash',
  });
  assert.deepEqual(command.rules, [pnpm.id]);
  const other = await injectionOver(rules).ask({
    event: 'PreToolUse',
    tool: 'read_file',
    path: 'src/header.tsx',
  });
  assert.equal(other.context, '');
});

test('a known fix comes with the error', async () => {
  const skill = counted({
    kind: 'skill',
    label: 'fix',
    text: 'EADDRINUSE on port 4100: stop the stale preview server first.',
    lesson: { wrong: 'EADDRINUSE 4100' },
  });
  const { rules: told } = await injectionOver([skill, ...rules]).ask({
    event: 'PostToolUse',
    command: 'make serve',
    error: 'Error: listen EADDRINUSE: address already in use :::4100',
  });
  assert.deepEqual(told, [skill.id]);
});

test('what helped against an error comes before a rule about the command, where only one finds room', async () => {
  const rule = counted({
    text: 'Use pnpm for every install in this repository, never npm, whatever the readme says about it.',
    lesson: { wrong: 'npm', right: 'pnpm' },
  });
  const fix = counted({
    kind: 'episode',
    label: 'fix',
    text: 'npm ci failed with EUSAGE, a fresh lockfile worked',
    lesson: { when: 'npm ci failed with EUSAGE', right: 'a fresh lockfile', wrong: 'npm ci' },
  });
  const failing = {
    event: 'PostToolUse',
    command: 'npm ci',
    error: 'npm error code EUSAGE: npm ci',
  } as const;
  const { rules: told } = await injectionOver([rule, fix]).ask({ ...failing, budget: 80 });
  assert.deepEqual(told, [fix.id]);
  const before = await injectionOver([rule, fix]).ask({ event: 'PreToolUse', command: 'npm ci', budget: 80 });
  assert.equal(before.rules[0], rule.id);
});

test('a remedy too long for what a tool may cost is told without the trouble that is before everyone’s eyes', async () => {
  const when = `when \`make serve\` fails with “listen EADDRINUSE: address already in use :::4100”`;
  const right = 'run `make stop`';
  const skill = counted({
    kind: 'skill',
    label: 'fix',
    text: `W${when.slice(1)}, ${right}.`,
    lesson: { when, right },
  });
  const error = 'Error: listen EADDRINUSE: address already in use :::4100\n    at Server.setupListenHandle';
  const ask = (budget: number) =>
    injectionOver([skill]).ask({ event: 'PostToolUse', command: 'make serve', error, budget });
  assert.match((await ask(200)).context, /fails with “listen EADDRINUSE/);
  const tight = await ask(60);
  assert.match(tight.context, /^- What helped before: run `make stop`\. \[project/m);
  assert.ok(countTokens(tight.context) <= 60);
  const other = await injectionOver([skill]).ask({
    event: 'PostToolUse',
    command: 'make serve',
    error: 'Error: cannot find module “express”',
    budget: 200,
  });
  assert.equal(other.context, '');
});

test('a guard asks before the tool runs, each time, with the reason', async () => {
  const guard = { ...pnpm, guard: true };
  const { ask } = injectionOver([guard]);
  const first = await ask({ event: 'PreToolUse', command: 'npm install lodash' });
  assert.match(first.ask ?? '', /pnpm/);
  const second = await ask({ event: 'PreToolUse', command: 'npm install lodash' });
  assert.deepEqual(second.rules, []);
  assert.match(second.ask ?? '', /pnpm/);
  assert.equal((await ask({ event: 'PreToolUse', command: 'ls' })).ask, undefined);
  assert.equal(
    (await injectionOver(rules).ask({ event: 'PreToolUse', command: 'npm install' })).ask,
    undefined,
  );
});

test('nothing is told twice in a session unless it was broken, or the context began anew', async () => {
  const { ask, store } = injectionOver([pnpm]);
  const request = { event: 'SessionStart' } as const;
  assert.deepEqual((await ask(request)).rules, [pnpm.id]);
  assert.deepEqual((await ask(request)).rules, []);
  assert.deepEqual((await ask({ prompt: 'install the packages' })).rules, []);
  assert.deepEqual((await ask({ ...request, session: 's2' })).rules, [pnpm.id]);
  assert.deepEqual((await ask({ ...request, fresh: true })).rules, [pnpm.id]);
  const { ask: askAgain, store: other } = injectionOver([pnpm]);
  await askAgain(request);
  await other.receipts.setVerdict(other.receipts.all[0]?.id ?? '', 'violated');
  assert.deepEqual((await askAgain({ prompt: 'install the packages' })).rules, [pnpm.id]);
  assert.equal(store.receipts.all.length, 3);
});

test('two windows that ask for one session at once are told a rule once', async () => {
  const { ask, store } = injectionOver([pnpm]);
  const request = { event: 'SessionStart' } as const;
  const answers = await Promise.all([ask(request), ask(request), ask({ ...request, session: 's2' })]);
  assert.deepEqual(
    answers.map((answer) => answer.rules),
    [[pnpm.id], [], [pnpm.id]],
  );
  assert.equal(answers[1]?.context, '');
  assert.equal(store.receipts.all.length, 2);
});

test('looking leaves no receipt, telling leaves one for each rule and no words', async () => {
  const { ask, store } = injectionOver(rules);
  await ask({ event: 'SessionStart', leaveReceipt: false });
  assert.equal(store.receipts.all.length, 0);
  await ask({ prompt: 'mock the database in the integration tests' });
  assert.equal(store.receipts.all.length, 1);
  assert.ok(!JSON.stringify(store.receipts.all).includes('mock'));
  assert.equal(store.receipts.all[0]?.verdict, 'unknown');
});

test('what is superseded, contradicted, outdated, proposed, said by the team or for one task is never told', async () => {
  const gone: Parameters<typeof buildMemory>[0][] = [
    { status: 'proposed', contradictedBy: memoryId('e_x') },
    { status: 'retired' },
    { status: 'archived' },
    { replacedBy: memoryId('r_x') },
    { contradictedBy: memoryId('e_x') },
    { obsoleteAt: noon },
    { restates: 'AGENTS.md:3' },
    { oneOff: true },
    { kind: 'merged' },
    { kind: 'episode', confidence: 0.5 },
    { kind: 'episode', oneOff: true },
    { kind: 'episode', label: 'outcome' },
    { kind: 'episode', contradictedBy: memoryId('e_x') },
    { kind: 'episode', standing: true, confidence: 0.5, sleptAt: noon },
    { kind: 'episode', standing: true, confidence: 0.3 },
    { kind: 'insight', status: 'proposed' },
  ];
  for (const fields of gone) {
    const { ask } = injectionOver([buildMemory({ text: 'Commit with signed tags.', ...fields })]);
    for (const event of injectionEvents) {
      const { context } = await ask({
        event,
        prompt: 'commit with signed tags',
        command: 'commit with signed tags',
      });
      assert.equal(context, '', JSON.stringify(fields));
    }
  }
});

test('what was just said to be lasting counts before the first night', async () => {
  const fresh = buildMemory({
    kind: 'episode',
    standing: true,
    text: 'from now on, always squash before merging ok?',
    lesson: { statement: 'Squash before merging.' },
  });
  const { context } = await injectionOver([fresh]).ask({ event: 'SessionStart' });
  assert.match(context, /Squash before merging\./);
  assert.doesNotMatch(context, /from now on/);
});

test('a rule that cites a changed or vanished file is stale', async () => {
  const cites = buildMemory({
    text: 'Keep the port in config.ts.',
    citations: [{ path: 'src/config.ts', blob: 'aaa' }],
  });
  const start = { event: 'SessionStart' } as const;
  assert.deepEqual((await injectionOver([cites], () => 'aaa').ask(start)).rules, [cites.id]);
  assert.deepEqual((await injectionOver([cites], () => undefined).ask(start)).rules, [cites.id]);
  assert.deepEqual((await injectionOver([cites], () => 'bbb').ask(start)).rules, []);
  assert.deepEqual((await injectionOver([cites], () => 'missing').ask(start)).rules, []);
});

test('what holds for good, or was pinned, only names a file', async () => {
  const citations = [{ path: 'src/config.ts', blob: 'aaa' }];
  const lasting = buildMemory({ text: 'Always list new ports in config.ts.', citations, standing: true });
  const pinned = buildMemory({ text: 'The port stands in config.ts.', citations, pinned: true });
  const { rules } = await injectionOver([lasting, pinned], () => 'bbb').ask({ event: 'SessionStart' });
  assert.deepEqual([...rules].sort(), [lasting.id, pinned.id].sort());
});

const words = fc.constantFrom(
  'commit',
  'database',
  'pnpm',
  'tests',
  'always',
  'mock',
  '<b>',
  'naïve',
  '数据库',
  '🧨',
  '`rm -rf`',
);
const sentence = fc.array(words, { minLength: 1, maxLength: 40 }).map((parts) => parts.join(' '));
const anyMemories = fc
  .array(
    fc.record({
      text: fc.oneof(sentence, fc.string({ unit: 'binary', minLength: 1, maxLength: 600 })),
      why: fc.option(sentence, { nil: undefined }),
      when: fc.option(sentence, { nil: undefined }),
      level: fc.constantFrom('user', 'one', 'two', 'path'),
      kind: fc.constantFrom('rule', 'skill', 'insight', 'episode'),
    }),
    { maxLength: 30 },
  )
  .map((rows) =>
    rows.map(({ text, why, when, level, kind }, index) =>
      counted({
        id: memoryId(`r_${String(index).padStart(12, '0')}`),
        kind,
        text,
        standing: kind === 'episode',
        lesson: { ...(why === undefined ? {} : { why }), ...(when === undefined ? {} : { when }) },
        scope:
          level === 'user'
            ? { level: 'user' }
            : level === 'path'
              ? { level: 'path', project: one, glob: 'src/**' }
              : { level: 'project', project: level === 'one' ? one : two },
      }),
    ),
  );

test('property: budget by a real tokenizer, no other project, one fence, the same each time', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyMemories,
      fc.constantFrom(...injectionEvents),
      sentence,
      fc.option(fc.integer({ min: 0, max: 900 }), { nil: undefined }),
      async (all, event, text, budget) => {
        const request = {
          event,
          prompt: text,
          command: text,
          path: 'src/a.ts',
          ...(budget === undefined ? {} : { budget }),
        };
        const answer = await injectionOver(all).ask(request);
        const { session, prompt, tool } = tunables.budget;
        const most =
          budget ??
          { SessionStart: session, UserPromptSubmit: prompt, PreToolUse: tool, PostToolUse: tool }[event];
        assert.ok(answer.tokens <= most);
        const real = countTokens(answer.context);
        assert.ok(real <= answer.tokens, `${real} > ${answer.tokens}: ${answer.context}`);
        const byId = new Map(all.map((memory) => [memory.id, memory]));
        for (const id of answer.rules) {
          const scope = byId.get(id)?.scope;
          assert.ok(scope?.level === 'user' || scope?.project === one);
        }
        if (answer.context !== '') assert.equal(answer.context.split('\n').length, answer.rules.length + 3);
        assert.deepEqual(await injectionOver([...all].reverse()).ask(request), answer);
      },
    ),
    { numRuns: 300 },
  );
});

test('three hundred hostile texts stay inside the fence, on one line, visible', async () => {
  assert.ok(hostileTexts.length >= 300);
  for (const text of hostileTexts) {
    const memory = buildMemory({ text, tokens: 40, lesson: { statement: text, why: text, when: text } });
    const { context, rules: told } = await injectionOver([memory]).ask({
      event: 'SessionStart',
      budget: 4000,
    });
    assert.deepEqual(told, [memory.id]);
    assert.equal(assertInert(context).length, 1);
    assert.ok(context.length < 1500);
  }
});
