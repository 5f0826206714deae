/** Copilot's instruction files: one a scope, told apart by `applyTo`, and gone again when their scope is. */
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { applyEdit, planRemoval, planWriting } from '../../src/assistants/instructionFiles.ts';
import { patchOf } from '../../src/assistants/patch.ts';
import { buildMemory, project } from '../support/builders.ts';

const here = project('/home/ada/one');
const within = (glob: string) => ({ level: 'path', project: here, glob }) as const;

test('rules go into a file for each scope, and leave it without a trace', (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'reverie-scopes-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const folder = join(directory, '.github', 'instructions');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'ours.instructions.md'), '---\napplyTo: "**/*.sql"\n---\nUse upper case.\n');
  const everywhere = buildMemory({ text: 'Use pnpm, not npm.' });
  const money = buildMemory({ text: 'Store money as integer cents.', scope: within('src/billing/**') });
  const prices = buildMemory({ text: 'Round prices half to even.', scope: within('src/billing/**') });
  const tests = buildMemory({ text: 'Never mock the database.', scope: within('**/*.test.{ts,tsx}') });

  const files = () =>
    new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  const write = (...rules: Parameters<typeof planWriting>[2]) => {
    for (const edit of planWriting('copilot', directory, rules)) applyEdit(edit);
    return files();
  };
  const holding = (all: ReadonlyMap<string, string>, words: string) =>
    [...all].filter(([, text]) => text.includes(words)).map(([, text]) => text);

  const before = files();
  const all = write(everywhere, money, prices, tests);
  assert.equal(all.size, 4);
  for (const [words, applyTo, alone] of [
    ['Use pnpm', '"**"', true],
    ['integer cents', '"src/billing/**"', false],
    ['half to even', '"src/billing/**"', false],
    ['Never mock', '"**/*.test.{ts,tsx}"', true],
  ] as const) {
    const [text, ...others] = holding(all, words);
    assert.ok(text !== undefined && others.length === 0, `${words} stands in one file`);
    assert.ok(text.startsWith(`---\napplyTo: ${applyTo}\n---\n`), text);
    assert.equal(text.match(/^- /gm)?.length, alone ? 1 : 2);
  }
  assert.deepEqual(write(everywhere, money, prices, tests), all, 'written again it is the same');

  const fewer = write(everywhere, tests);
  assert.equal(holding(fewer, 'integer cents').length, 0);
  assert.equal(fewer.size, 3, 'the file of a scope without rules goes');

  for (const edit of planRemoval('copilot', directory)) applyEdit(edit);
  assert.deepEqual(files(), before);
  assert.ok(existsSync(folder));
});

test('what is shown is what changes, line by line; folders that were made for a file go with it', (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'reverie-folders-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const rule = buildMemory({ text: 'Use pnpm, not npm.' });
  for (const target of ['copilot', 'cursor', 'cline', 'agents-md'] as const) {
    const [edit] = planWriting(target, directory, [rule]);
    assert.ok(edit);
    const shown = patchOf(edit)
      .split('\n')
      .filter((line) => line.startsWith('+') && !line.startsWith('+++ '))
      .map((line) => line.slice(1));
    assert.equal(`${shown.join('\n')}\n`, edit.after, target);
    applyEdit(edit);
    for (const back of planRemoval(target, directory)) applyEdit(back);
    assert.deepEqual(readdirSync(directory), [], target);
  }
  /* A folder that holds something else stays, and so does the project's own. */
  mkdirSync(join(directory, '.cursor'));
  writeFileSync(join(directory, '.cursor', 'mcp.json'), '{}');
  for (const edit of planWriting('cursor', directory, [rule])) applyEdit(edit);
  for (const edit of planRemoval('cursor', directory)) applyEdit(edit);
  assert.deepEqual(readdirSync(join(directory, '.cursor')), ['mcp.json']);
});

test('`.clinerules` may be a file: then it is written into, and given back', (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'reverie-scopes-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, '.clinerules');
  const before = 'Mine.\r\n';
  writeFileSync(file, before);
  const rule = buildMemory({ text: 'Use pnpm, not npm.' });
  for (const edit of planWriting('cline', directory, [rule])) applyEdit(edit);
  assert.match(readFileSync(file, 'utf8'), /^Mine\.\r\n[\s\S]*- Use pnpm, not npm\.\r\n/);
  for (const edit of planRemoval('cline', directory)) applyEdit(edit);
  assert.equal(readFileSync(file, 'utf8'), before);
});

test('without rules nothing is begun, and what was begun goes', (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'reverie-scopes-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const rule = buildMemory({ text: 'Keep SQL in capitals.', scope: within('db/**') });
  for (const target of [
    'agents-md',
    'claude-md',
    'copilot',
    'cursor',
    'cline',
    'gemini',
    'windsurf',
  ] as const) {
    const write = (...rules: Parameters<typeof planWriting>[2]) => {
      for (const edit of planWriting(target, directory, rules)) applyEdit(edit);
    };
    write();
    assert.deepEqual(readdirSync(directory), [], target);
    write(rule);
    assert.notDeepEqual(readdirSync(directory), []);
    write();
    assert.deepEqual(readdirSync(directory), [], target);
  }
});
