/** What a newcomer sees first: the rules of the conversations that come with the project, with their reasons. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { reverieJson } from '../support/commandLine.ts';

interface Rule {
  readonly text: string;
  readonly status: string;
  readonly why?: string;
}

test('the sample conversations become the rules that their owner would have written', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'reverie-samples-'));
  t.after(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
  const run = (...args: readonly string[]) =>
    reverieJson(['--db', join(home, 'memory.db'), '--now', '2026-09-24T12:00:00Z', ...args], {
      env: { REVERIE_HOME: home },
    });
  await run('import', resolve('samples'));
  await run('sleep');
  const rules = (await run('rules')) as readonly Rule[];
  const told = (wanted: string) =>
    rules
      .filter(({ status }) => status === wanted)
      .map(({ text, why }) => [text, why])
      .sort();
  assert.deepEqual(told('proposed'), [
    ['Log the status and the size only.', 'responses hold personal data'],
    ['Make sure money is always integer cents, not floats.', undefined],
  ]);
  assert.deepEqual(told('active'), [
    ['Always make a branch and open a pull request.', undefined],
    ['Always write commit messages in the imperative mood, like "Stream uploads".', undefined],
    ['Never mock the database.', 'a mock hid a migration bug once'],
    ['Use pnpm, not npm.', 'npm writes a package-lock.json that breaks our CI'],
  ]);
});
