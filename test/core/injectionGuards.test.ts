/** A guard asks where its rule would be broken, and nowhere else: a question that is asked for nothing is clicked away. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWorthGuarding } from '../../src/core/injection/breach.ts';
import type { InjectionRequest } from '../../src/core/injection/request.ts';
import type { Memory } from '../../src/core/memory.ts';
import { tunables } from '../../src/core/tunables.ts';
import { buildMemory, project } from '../support/builders.ts';
import { createTestInjection, type TestFileBlob } from '../support/injecting.ts';
import { createNaiveStore } from '../support/naiveStore.ts';

const one = project('/home/ada/one');
const inFiles = (glob: string) => ({ level: 'path', project: one, glob }) as const;

const pnpm = buildMemory({ text: 'Use pnpm, never npm.', lesson: { wrong: 'npm', right: 'use pnpm' } });
const force = buildMemory({
  text: 'Never run git push --force.',
  lesson: { wrong: 'run git push --force' },
});
const recursive = buildMemory({ text: 'Never delete build.', lesson: { wrong: 'delete build' } });
const mock = buildMemory({
  text: 'Never mock the clock in billing tests.',
  lesson: { wrong: 'mock the clock in billing tests', when: 'in billing tests' },
});
const generated = buildMemory({
  text: 'Never write generated code by hand.',
  lesson: { wrong: 'write generated code by hand' },
  scope: inFiles('src/generated/**'),
});
const axios = buildMemory({
  text: 'Use fetch instead of axios.',
  lesson: { wrong: 'axios', right: 'fetch' },
  scope: inFiles('src/**'),
});
const linter = buildMemory({
  text: 'Run the linter before you commit.',
  lesson: { right: 'run the linter', when: 'before you commit' },
});

async function asks(
  memory: Memory,
  call: Partial<InjectionRequest>,
  { fileBlob, guard = true }: { readonly fileBlob?: TestFileBlob; readonly guard?: boolean } = {},
): Promise<boolean> {
  const injection = createTestInjection(createNaiveStore([{ ...memory, guard }]), fileBlob);
  const request = { event: 'PreToolUse', project: one, leaveReceipt: false, ...call } as const;
  const { ask } = await injection.compose(request);
  if (ask !== undefined) assert.ok(ask.includes(memory.text) && ask.includes(memory.id), ask);
  return ask !== undefined;
}

const command = (line: string) => ({ tool: 'run_in_terminal', command: line });
const write = (path: string, written = 'x') => ({ tool: 'create_file', path, written, writes: true });
const read = (path: string) => ({ tool: 'read_file', path });

const cases: readonly (readonly [Memory, Partial<InjectionRequest>, boolean])[] = [
  [pnpm, command('npm install lodash'), true],
  [pnpm, command('cd web && FORCE=1 npm ci'), true],
  [pnpm, command('bash -lc "npm ci"'), true],
  [pnpm, command('pnpm install lodash'), false],
  [pnpm, command('pnpm test'), false],
  [pnpm, command('grep -rn "npm install" docs'), false],
  [pnpm, command('git commit -m "use pnpm where npm was"'), false],
  [pnpm, write('Dockerfile', 'FROM node\nRUN npm ci'), true],
  [force, command('git push --force'), true],
  [force, command('git push -f origin main'), true],
  [force, command('git push origin main'), false],
  [force, command('git log --grep force; git push'), false],
  [force, command('git commit -m "never run git push --force"'), false],
  [recursive, command('rm -rf build'), true],
  [recursive, command('pnpm build'), false],
  [mock, write('test/billing.test.ts', "mock(clock); test('billing')"), true],
  [mock, write('test/billing.test.ts', "const clock = realClock(); test('billing')"), false],
  [mock, command('pnpm test billing clock'), false],
  [generated, write('src/generated/api.ts'), true],
  [generated, { ...write('src/a.ts'), otherPaths: ['src/generated/api.ts'] }, true],
  [generated, write('src/api.ts'), false],
  [generated, read('src/generated/api.ts'), false],
  [axios, write('src/api.ts', "import axios from 'axios';"), true],
  [axios, write('src/api.ts', 'await fetch(url);'), false],
  [linter, command('git commit -am "done"'), true],
  [linter, command('pnpm test'), false],
];

for (const [memory, call, expected] of cases) {
  const did = call.command ?? `${call.tool} ${call.path} ${call.written ?? ''}`;
  test(`“${memory.text}” ${expected ? 'asks before' : 'lets pass'}: ${did}`, async () => {
    assert.equal(await asks(memory, call), expected);
    assert.equal(await asks(memory, call, { guard: false }), false, 'who is no guard never asks');
    assert.equal(await asks(memory, { ...call, event: 'PostToolUse' }), false, 'nor when it is done');
  });
}

test('a guard that cites a file which changed since does not ask, nor one of another project', async () => {
  const cites = { ...pnpm, citations: [{ path: 'README.md', blob: 'aaa' }] };
  const call = command('npm install');
  assert.equal(await asks(cites, call, { fileBlob: () => 'aaa' }), true);
  assert.equal(await asks(cites, call, { fileBlob: () => 'bbb' }), false);
  assert.equal(await asks(pnpm, { ...call, project: project('/home/ada/two') }), false);
});

test('a guard is offered for what is broken often, and only where it could ask', () => {
  const { broken, share } = tunables.injection.guardOffer;
  const told = (violated: number, obeyed = 0) => ({ violated, obeyed });
  assert.ok(isWorthGuarding(pnpm, told(broken)));
  assert.ok(!isWorthGuarding(pnpm, told(broken - 1)));
  assert.ok(isWorthGuarding(pnpm, told(broken, Math.floor(broken / share) - broken)));
  assert.ok(!isWorthGuarding(pnpm, told(broken, Math.ceil(broken / share))));
  assert.ok(!isWorthGuarding({ ...pnpm, guard: true }, told(broken)));
  assert.ok(!isWorthGuarding({ ...pnpm, status: 'proposed' }, told(broken)));
  for (const memory of [force, generated, linter])
    assert.ok(isWorthGuarding(memory, told(broken)), memory.text);
  const manner = buildMemory({
    text: 'Never begin an answer with praise.',
    lesson: { wrong: 'begin an answer with praise' },
  });
  assert.ok(!isWorthGuarding(manner, told(9)), 'no tool call shows it');
});
