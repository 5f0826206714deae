/** From a rule that is told and broken, over the offer to be asked first, to the question, and back. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { reverie, reverieJson } from '../support/commandLine.ts';

const rules = z.array(
  z.object({
    id: z.string(),
    text: z.string(),
    guard: z.boolean(),
    guardOffered: z.literal(true).optional(),
    receipts: z.object({ injected: z.number(), obeyed: z.number(), violated: z.number() }),
  }),
);
const printed = z.object({
  hookSpecificOutput: z.object({
    permissionDecision: z.literal('ask').optional(),
    permissionDecisionReason: z.string().optional(),
  }),
});

describe('a rule that is broken again and again', () => {
  let folder = '';
  let project = '';
  const env = () => ({ REVERIE_HOME: folder });
  const run = (...args: readonly string[]) => reverie([...args, '--project', project], { env: env() });
  const known = async () => {
    const [rule] = rules.parse(await reverieJson(['rules', '--project', project], { env: env() }));
    assert.ok(rule);
    return rule;
  };
  async function hook(event: string, session: string, more: object): Promise<string> {
    const input = JSON.stringify({ session_id: session, cwd: project, ...more });
    const { code, stdout } = await reverie(['hook', event], { input, env: env() });
    assert.equal(code, 0);
    return stdout;
  }
  const terminal = (command: string) => ({ tool_name: 'run_in_terminal', tool_input: { command } });
  async function asksBefore(command: string): Promise<string | undefined> {
    const stdout = await hook('PreToolUse', 'later', terminal(command));
    if (stdout === '') return undefined;
    return printed.parse(JSON.parse(stdout)).hookSpecificOutput.permissionDecisionReason;
  }
  const forced = 'git push --force origin main';

  before(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'reverie-guards-')));
    project = join(folder, 'quay');
    await mkdir(project);
    await run('remember', 'Never run git push --force.');
    await run('sleep');
  });
  after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

  it('is no guard by itself, and nothing is offered before it was told and broken', async () => {
    const { guard, guardOffered } = await known();
    assert.deepEqual([guard, guardOffered], [false, undefined]);
    assert.match((await run('rules')).stdout, /not told yet/);
    assert.equal(await asksBefore(forced), undefined);
  });

  it('broken in two conversations that were told it, it is offered as a guard, with its counts', async () => {
    for (const session of ['monday', 'tuesday']) {
      assert.match(await hook('SessionStart', session, { source: 'startup' }), /git push --force/);
      await hook('PostToolUse', session, { ...terminal(forced), tool_response: 'Everything up-to-date' });
    }
    const { id, guardOffered, receipts } = await known();
    assert.equal(guardOffered, true);
    assert.equal(receipts.violated, 2);
    const { stdout } = await run('why', id);
    assert.match(stdout, /told \d+×, obeyed 0, broken 2/);
    assert.match(stdout, new RegExp(`Broken 2 times although told: .reverie guard ${id}.`));
  });

  it('made a guard, it asks before the command and before no other, and is offered no more', async () => {
    const { id } = await known();
    await run('guard', id);
    const { guard, guardOffered } = await known();
    assert.deepEqual([guard, guardOffered], [true, undefined]);
    assert.match(
      (await asksBefore(forced)) ?? '',
      /^A rule you marked as a guard: Never run git push --force\./,
    );
    for (const other of ['git push origin main', 'git status', 'grep -r "git push --force" .'])
      assert.equal(await asksBefore(other), undefined, other);
  });

  it('and it can be taken back', async () => {
    const { id } = await known();
    await run('guard', id);
    assert.equal((await known()).guard, false);
    assert.equal(await asksBefore(forced), undefined);
    assert.match(
      (await run('why', id)).stdout,
      /You made it a guard\.[\s\S]*You let assistants break it unasked again\./,
    );
  });
});
