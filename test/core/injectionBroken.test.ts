import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHookInput } from '../../src/assistants/hook.ts';
import { isBrokenBy } from '../../src/core/injection/breach.ts';
import type { InjectionRequest } from '../../src/core/injection/request.ts';
import { buildMemory, project } from '../support/builders.ts';
import { createTestInjection } from '../support/injecting.ts';
import { createNaiveStore } from '../support/naiveStore.ts';

const pnpm = buildMemory({ text: 'Use pnpm, not npm.', lesson: { wrong: 'npm', right: 'pnpm' } });

test('a command breaks a rule where one of its steps does what is wrong, and not what is right', () => {
  for (const broken of ['npm install lodash', 'cd web && npm ci', 'ls; npm run build | tee log'])
    assert.ok(isBrokenBy(pnpm, { command: broken }), broken);
  for (const kept of ['pnpm install lodash', 'ls', 'cat npmrc', 'echo "pnpm, not npm"', ''])
    assert.ok(!isBrokenBy(pnpm, { command: kept }), kept);
  assert.ok(
    !isBrokenBy(buildMemory({ text: 'Use pnpm.' }), { command: 'npm install' }),
    'what is wrong was never said',
  );
});

test('a command in plain words is broken by the command itself, in whatever form its options are', () => {
  const force = buildMemory({
    text: 'Never run git push --force.',
    lesson: { wrong: 'run git push --force' },
  });
  for (const broken of ['git push --force', 'git push -f', 'git fetch; git push origin main --force'])
    assert.ok(isBrokenBy(force, { command: broken }), broken);
  for (const kept of ['git push', 'git commit -m "no git push --force"', 'rg "git push --force"'])
    assert.ok(!isBrokenBy(force, { command: kept }), kept);
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

test('a patch names its files and what it adds, before and after it is made', () => {
  const input = [
    '*** Begin Patch',
    '*** Update File: /p/a.ts',
    '@@',
    '-old',
    '+new',
    '*** Add File: /p/docs/b.md',
    '+told',
    '*** End Patch',
  ].join('\n');
  for (const event of ['PreToolUse', 'PostToolUse'] as const) {
    const read = parseHookInput(event, JSON.stringify({ tool_name: 'apply_patch', tool_input: { input } }));
    assert.equal(read?.file, '/p/a.ts');
    assert.deepEqual(read?.otherFiles, ['/p/docs/b.md']);
    assert.equal(read?.written, 'new', 'prose breaks no rule');
    assert.equal(read?.writes?.length, 2);
  }
  const looked = parseHookInput(
    'PreToolUse',
    JSON.stringify({ tool_name: 'read_file', tool_input: { filePath: '/p/a.ts' } }),
  );
  assert.equal(looked?.file, '/p/a.ts');
  assert.equal(looked?.writes, undefined, 'who reads writes nothing');
});
