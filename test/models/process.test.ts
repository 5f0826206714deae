/** Nights in a process of their own: the endpoint named by the environment, and the model of the process that began it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { z } from 'zod';
import { ReverieError } from '../../src/core/errors.ts';
import { ModelFailure } from '../../src/core/model.ts';
import type { Log } from '../../src/core/ports.ts';
import { createWorker } from '../../src/vscode/worker.ts';
import { silentLog } from '../support/builders.ts';
import { commandLine, reverie, reverieJson, start } from '../support/commandLine.ts';
import { fail, hang, say, startWordingEndpoint } from '../support/wordingEndpoint.ts';

const at = ['--now', '2026-10-20T03:00:00Z'];
const rule = z.object({ id: z.string(), text: z.string() });
const nightShape = z.looseObject({
  state: z.string(),
  summary: z.string(),
  rules: z.array(rule),
  model: z
    .looseObject({
      name: z.string(),
      calls: z.number(),
      accepted: z.number(),
      refused: z.record(z.string(), z.number()),
    })
    .optional(),
});
const words = 'always write money as integer cents, never as floats';
const better = 'Always write money as integer cents, never as a float.';
const answer = JSON.stringify({ text: better, why: null, when: null });

/** A database in a folder of its own, with one thing to learn. */
async function freshMemory(t: Pick<TestContext, 'after'>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'reverie-model-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'memory.db');
  await reverieJson(['remember', '-', '--project', 'shop', '--db', file, ...at], { input: words });
  return file;
}

const environment = (url: string) => ({
  REVERIE_MODEL_ENDPOINT: url,
  REVERIE_MODEL_NAME: 'scripted-1',
  REVERIE_MODEL_KEY: 'secret-key',
});
const requestsBeside = (file: string) => join(dirname(file), 'last-model-requests.jsonl');

async function nightWithout(t: Pick<TestContext, 'after'>) {
  const file = await freshMemory(t);
  return nightShape.parse(await reverieJson(['sleep', '--db', file, ...at]));
}

test('the command line asks the endpoint of its environment, and keeps what it sent for its owner alone', async (t) => {
  const server = await startWordingEndpoint(say(answer));
  t.after(() => server.close());
  const file = await freshMemory(t);
  const night = nightShape.parse(
    await reverieJson(['sleep', '--model', 'openai', '--db', file, ...at], { env: environment(server.url) }),
  );
  assert.deepEqual(
    night.rules.map(({ text }) => text),
    [better],
  );
  assert.deepEqual([night.model?.name, night.model?.calls, night.model?.accepted], ['scripted-1', 1, 1]);
  const kept = readFileSync(requestsBeside(file), 'utf8');
  assert.equal(kept.trim().split('\n').length, 1);
  const line = z.object({ system: z.string(), prompt: z.string() }).parse(JSON.parse(kept));
  assert.equal(line.prompt, server.requests[0]?.prompt);
  assert.equal(line.system, server.requests[0]?.system);
  assert.doesNotMatch(kept, /secret-key/);
  if (process.platform !== 'win32') assert.equal(statSync(requestsBeside(file)).mode & 0o777, 0o600);
  const shown = await reverie(['model-requests', '--db', file]);
  assert.match(shown.stdout, /^1 request, \d+ characters\./);

  await reverieJson(['sleep', '--model', 'openai', '--db', file, ...at], { env: environment(server.url) });
  assert.equal(server.requests.length, 1, 'a second sleep asks nothing');

  const [learned] = z.array(rule).parse(await reverieJson(['rules', '--db', file, ...at]));
  assert.equal(learned?.text, better);
  await reverie(['forget', learned?.id ?? '', '--db', file]);
  assert.ok(!existsSync(requestsBeside(file)), 'what is forgotten is not kept beside the database either');
});

test('without a word about a model nothing is asked, whatever the environment says', async (t) => {
  const server = await startWordingEndpoint(say(answer));
  t.after(() => server.close());
  const file = await freshMemory(t);
  const env = { ...environment(server.url), OPENAI_API_KEY: 'k', OPENAI_BASE_URL: server.url };
  const night = nightShape.parse(await reverieJson(['sleep', '--db', file, ...at], { env }));
  assert.equal(night.model, undefined);
  assert.equal(server.requests.length, 0);
  assert.ok(!existsSync(requestsBeside(file)));
});

test('a model that is not set up costs nothing but its words', async (t) => {
  const without = await nightWithout(t);
  for (const env of [
    { REVERIE_MODEL_NAME: '', REVERIE_MODEL_ENDPOINT: '', REVERIE_MODEL_KEY: '' },
    { REVERIE_MODEL_NAME: 'm', REVERIE_MODEL_ENDPOINT: 'no address', REVERIE_MODEL_KEY: '' },
    { REVERIE_MODEL_NAME: 'm', REVERIE_MODEL_ENDPOINT: 'http://models.example/v1', REVERIE_MODEL_KEY: 'k' },
  ]) {
    const file = await freshMemory(t);
    const night = nightShape.parse(
      await reverieJson(['sleep', '--model', 'openai', '--db', file, ...at], { env }),
    );
    assert.equal(night.state, 'complete');
    assert.deepEqual(night.rules, without.rules);
    assert.deepEqual(night.model?.refused, { 'not-set-up': 1 });
    assert.match(night.summary, /not set up/);
  }
  const named = await reverie(['sleep', '--model', 'some-model', '--db', await freshMemory(t)], {
    env: { REVERIE_MODEL_ENDPOINT: '' },
  });
  assert.equal(named.code, 1);
  assert.match(named.stderr, /some-model/);
});

test('stopped while it waits for an answer, the night ends at once and whole', async (t) => {
  const without = await nightWithout(t);
  const server = await startWordingEndpoint(hang);
  t.after(() => server.close());
  const file = await freshMemory(t);
  const child = start(['sleep', '--model', 'openai', '--json', '--db', file, ...at], environment(server.url));
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await server.arrived(1);
  child.kill('SIGTERM');
  await once(child, 'close');
  const night = nightShape.parse(JSON.parse(output));
  assert.equal(night.state, 'complete');
  assert.deepEqual(night.rules, without.rules);
  assert.deepEqual(night.model?.refused, { cancelled: 1 });
});

const sleepArgs = ['sleep', '--model', 'parent', ...at];
const workerOn = (database: string, log: Log = silentLog) => createWorker({ commandLine, database, log });

test('the process that began the night answers, and its answer words the rule', async (t) => {
  const file = await freshMemory(t);
  const asked: string[] = [];
  const night = nightShape.parse(
    await workerOn(file).run(sleepArgs, {
      answer: async ({ prompt }) => {
        asked.push(prompt);
        return { text: answer, model: 'acme/wise' };
      },
    }),
  );
  assert.equal(asked.length, 1);
  assert.deepEqual([night.model?.name, night.model?.accepted], ['acme/wise', 1]);
  assert.equal(night.rules[0]?.text, better);
});

test('whatever becomes of the answer there, the night is whole and says why', async (t) => {
  const without = await nightWithout(t);
  const lines: string[] = [];
  const keep = (line: string) => void lines.push(line);
  const log: Log = { debug: keep, info: keep, warn: keep, error: keep };
  const cases: readonly (readonly [() => Promise<{ text: string; model: string }>, string])[] = [
    [() => Promise.reject(new ModelFailure('no-consent', 'no')), 'no-consent'],
    [() => Promise.reject(new Error('something with always write money in it')), 'unavailable'],
    [() => new Promise(() => undefined), 'slow'],
    [async () => ({ text: 'I would rather not.', model: 'm' }), 'malformed'],
  ];
  for (const [reply, why] of cases) {
    const file = await freshMemory(t);
    const night = nightShape.parse(
      await workerOn(file, log).run([...sleepArgs, '--model-call-seconds', '0.3'], { answer: reply }),
    );
    assert.equal(night.state, 'complete');
    assert.deepEqual(night.rules, without.rules);
    assert.deepEqual(night.model?.refused, { [why]: 1 });
  }
  assert.doesNotMatch(lines.join('\n'), /money/);
});

test('what the night gave up is stopped where it is asked', async (t) => {
  const file = await freshMemory(t);
  let stopped = false;
  await workerOn(file).run([...sleepArgs, '--model-call-seconds', '0.3'], {
    answer: (_question, signal) =>
      new Promise((_, reject) =>
        signal.addEventListener('abort', () => {
          stopped = true;
          reject(new ModelFailure('cancelled', 'stopped'));
        }),
      ),
  });
  assert.ok(stopped);
});

test('a parent that went away is not waited for', async (t) => {
  const file = await freshMemory(t);
  const night = nightShape.parse(await reverieJson(['sleep', '--model', 'parent', '--db', file, ...at]));
  assert.equal(night.state, 'complete');
  assert.deepEqual(night.model?.refused, { unavailable: 1 });
});

test('a wrong budget is wrong usage', async (t) => {
  const server = await startWordingEndpoint(fail(500));
  t.after(() => server.close());
  const file = await freshMemory(t);
  const outcome = await reverie(['sleep', '--model', 'openai', '--model-calls', 'many', '--db', file], {
    env: environment(server.url),
  });
  assert.equal(outcome.code, 2);
  await assert.rejects(workerOn(file).run(['no-such-command']), (error) => ReverieError.is(error));
});
