import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHookInput } from '../../src/assistants/hook.ts';
import { isBrokenBy } from '../../src/core/injection/receipts.ts';
import type { InjectionRequest } from '../../src/core/injection/request.ts';
import { buildMemory, project } from '../support/builders.ts';
import { createTestInjection } from '../support/injecting.ts';
import { createNaiveStore } from '../support/naiveStore.ts';

const pnpm = buildMemory({ text: 'Use pnpm, not npm.', lesson: { wrong: 'npm', right: 'pnpm' } });

test('a command breaks a rule where one of its steps does what is wrong, and not what is right', () => {
  for (const broken of ['npm install lodash', 'cd web && npm ci', 'ls; npm run build | tee log'])
    assert.ok(isBrokenBy(pnpm, broken), broken);
  for (const kept of ['pnpm install lodash', 'ls', 'cat npmrc', 'echo "pnpm, not npm"', ''])
    assert.ok(!isBrokenBy(pnpm, kept), kept);
  assert.ok(!isBrokenBy(buildMemory({ text: 'Use pnpm.' }), 'npm install'), 'what is wrong was never said');
});

test('a rule that was told and is broken has a receipt that says so, and is told once more', async () => {
  const store = createNaiveStore([pnpm]);
  const injection = createTestInjection(store);
  const ask = (request: Partial<InjectionRequest>) =>
    injection.compose({
      event: 'PostToolUse',
      project: project('/home/ada/one'),
      session: 's',
      leaveReceipt: true,
      ...request,
    });
  assert.deepEqual((await ask({ event: 'SessionStart' })).rules, [pnpm.id]);
  assert.deepEqual((await ask({ command: 'pnpm install' })).rules, []);
  assert.equal(store.receipts.all[0]?.verdict, 'unknown');
  assert.deepEqual((await ask({ command: 'npm install' })).rules, [pnpm.id]);
  assert.equal(store.receipts.all[0]?.verdict, 'violated');
  assert.deepEqual((await ask({ written: 'RUN npm ci' })).rules, [pnpm.id]);
});

test('what an edit writes is read from each assistant, and prose is no breach', () => {
  const written = (tool: Readonly<Record<string, string>>) =>
    parseHookInput('PostToolUse', JSON.stringify({ tool_name: 'edit', tool_input: tool }))?.written;
  assert.equal(written({ filePath: '/p/Dockerfile', content: 'RUN npm ci' }), 'RUN npm ci');
  assert.equal(written({ file_path: '/p/a.ts', new_string: 'x' }), 'x');
  assert.equal(written({ filePath: '/p/README.md', content: 'never npm' }), undefined);
});
