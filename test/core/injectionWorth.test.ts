import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import type { InjectionRequest } from '../../src/core/injection/request.ts';
import { lineOf } from '../../src/core/injection/wording.ts';
import { valueAtStart } from '../../src/core/injection/worth.ts';
import type { Memory, MemoryId, Verdict } from '../../src/core/memory.ts';
import { buildMemory, buildReceipt, memoryId, noon, project } from '../support/builders.ts';
import { createTestInjection } from '../support/injecting.ts';
import { createNaiveStore } from '../support/naiveStore.ts';

const here = project('/home/ada/one');

async function toldOver(
  all: readonly Memory[],
  {
    moments = new Map(),
    verdicts = [],
  }: {
    readonly moments?: ReadonlyMap<MemoryId, number>;
    /** What became of the first memory in earlier conversations. */
    readonly verdicts?: readonly Verdict[];
  } = {},
) {
  const store = createNaiveStore(all, { moments });
  await store.receipts.addReceipts(
    verdicts.map((verdict, at) =>
      buildReceipt(all[0]?.id ?? memoryId('r_none'), { session: `earlier ${at}`, verdict, counted: true }),
    ),
  );
  const injection = createTestInjection(store);
  return (request: Partial<InjectionRequest>) =>
    injection.compose({
      event: 'SessionStart',
      project: here,
      session: 'now',
      leaveReceipt: true,
      ...request,
    });
}

const counted = (fields: Parameters<typeof buildMemory>[0]) => {
  const memory = buildMemory(fields);
  return { ...memory, tokens: countTokens(memory.text) };
};
const rule = (text: string, fields: Parameters<typeof buildMemory>[0] = {}) => counted({ text, ...fields });
const yarn = rule('Use yarn, not npm.', { lesson: { wrong: 'npm', right: 'yarn' } });
const others = [
  rule('Name test files after what they test.'),
  rule('Keep helpers out of the entry file.'),
  rule('Write dates as ISO 8601.'),
];

test('broken again and again, a rule is told before its equals, not after them', async () => {
  const broken = { ...yarn, beta: 4 };
  const budget = 90;
  const ask = await toldOver([broken, ...others], { verdicts: ['violated', 'violated', 'violated'] });
  const { rules, context } = await ask({ budget });
  assert.equal(rules[0], broken.id);
  assert.ok(rules.length < 4, 'not all have room');
  assert.match(context, /- Use yarn, not npm\. \[broken 3 times although told, project r_/);
});

test('obedience alone makes nothing of less worth; what is contradicted is', () => {
  const worth = (memory: Memory) => valueAtStart(memory, 2, noon);
  assert.ok(worth({ ...yarn, beta: 9 }) >= worth(yarn));
  assert.ok(worth({ ...yarn, confidence: 0.3 }) < worth(yarn));
});

test('what had to be said often has more worth than one lasting word', async () => {
  const once = rule('Always end files with a newline.', { standing: true, confidence: 0.7 });
  const often = rule('Run the linter before a commit.', { confidence: 0.7 });
  const moments = new Map([
    [once.id, 1],
    [often.id, 10],
  ]);
  const ask = await toldOver([once, often], { moments });
  assert.deepEqual((await ask({})).rules, [often.id, once.id]);
});

test('a rule broken more often than kept is told at the start and once more just in time', async () => {
  const ask = await toldOver([{ ...yarn, beta: 3 }], { verdicts: ['violated', 'violated'] });
  assert.deepEqual((await ask({})).rules, [yarn.id]);
  const prompt = 'Please add the left-pad dependency with npm or yarn';
  assert.deepEqual((await ask({ event: 'UserPromptSubmit', prompt })).rules, [], 'not with a prompt');
  const command = 'npm install left-pad';
  assert.deepEqual((await ask({ event: 'PreToolUse', command })).rules, [yarn.id]);
  assert.deepEqual((await ask({ event: 'PreToolUse', command })).rules, []);
  assert.deepEqual((await ask({ event: 'PreToolUse', command: 'ls' })).rules, []);
});

test('a rule that is kept again is told once, and nothing is said of old breaches', async () => {
  const ask = await toldOver([{ ...yarn, alpha: 4, beta: 3 }], {
    verdicts: ['violated', 'violated', 'obeyed', 'obeyed', 'obeyed'],
  });
  assert.doesNotMatch((await ask({})).context, /broken/);
  assert.deepEqual((await ask({ event: 'PreToolUse', command: 'npm install left-pad' })).rules, []);
});

test('property: the tokens of a line with its history are an upper bound', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...others),
      fc.integer({ min: 1, max: 100_000 }),
      fc.stringMatching(/^[0-9a-hjkmnp-tv-z]{12}$/),
      (memory, broken, name) => {
        const { text, tokens } = lineOf({ ...memory, id: memoryId(`r_${name}`) }, 'full', { broken });
        assert.ok(countTokens(`${text}\n`) <= tokens, `${text}: ${tokens}`);
      },
    ),
  );
});

test('of what is worth alike the shorter is told first, and leaves room for another', async () => {
  const long =
    'Write the name of the harbour, the berth, the tide and the master into the ledger before the ship is let in.';
  const rules = [long, 'Count the ropes twice.', 'Oil the winch daily.'].map((text, at) =>
    buildMemory({ id: memoryId(`r_${at}00000000000`), text, tokens: countTokens(text) }),
  );
  const ask = await toldOver(rules);
  const { rules: told } = await ask({ event: 'SessionStart', budget: 105 });
  assert.deepEqual([...told].sort(), [rules[1]?.id, rules[2]?.id]);
  assert.ok(
    (await ask({ event: 'SessionStart', session: 'roomy' })).rules.length === 3,
    'where there is room, all are',
  );
});
