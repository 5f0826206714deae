/** Long jobs run beside the editor, in a process of their own. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ReverieError } from '../../src/core/errors.ts';
import { createWorker } from '../../src/vscode/worker.ts';
import { silentLog } from '../support/builders.ts';

/** A job that does what the script says. */
function workerOf(context: TestContext, script: string) {
  const folder = mkdtempSync(join(tmpdir(), 'reverie-worker-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const commandLine = join(folder, 'job.cjs');
  writeFileSync(commandLine, script);
  return createWorker({ commandLine, database: join(folder, 'memory.db'), log: silentLog });
}

test('a night runs in another process, at low priority', {
  skip: process.platform === 'win32',
}, async (context) => {
  const worker = workerOf(
    context,
    `console.log(JSON.stringify({ pid: process.pid, priority: require('node:os').getPriority() }));`,
  );
  const told = (await worker.run(['sleep'])) as { readonly pid: number; readonly priority: number };
  assert.notEqual(told.pid, process.pid);
  assert.ok(told.priority >= Math.min(19, getPriority() + 10), `nice ${told.priority}`);
});

test('a job that is told to stop is asked first, and ended when it does not listen', async (context) => {
  for (const [script, what] of [
    [
      `setInterval(() => {}, 1000); console.error(JSON.stringify({ progress: { stage: 'N1', done: 0 } }));`,
      'asked',
    ],
    [
      `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.error(JSON.stringify({ progress: { stage: 'N1', done: 0 } }));`,
      'ended',
    ],
  ] as const) {
    const abort = new AbortController();
    await assert.rejects(
      workerOf(context, script).run(['sleep'], { signal: abort.signal, onProgress: () => abort.abort() }),
      (error) => ReverieError.is(error, 'aborted'),
      what,
    );
  }
});
