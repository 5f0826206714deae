/**
 * What VS Code calls in its extension host. Results go to the file named by `REVERIE_TEST_REPORT`, because a
 * desktop window and a server's page have no output in common.
 */
import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { notes } from './notes.ts';

interface TestResult {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'pending';
  readonly error?: string;
}

export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'tdd', timeout: 30_000, color: false });
  /* Gives the files below `suite` and `test` as globals, as loading them through mocha would. */
  mocha.suite.emit('pre-require', globalThis, 'host', mocha);
  await import('./activation.suite.ts');
  await import('./contributions.suite.ts');
  await import('./tools.suite.ts');
  await import('./memory.suite.ts');
  await import('./model.suite.ts');
  await import('./chat.suite.ts');

  const tests: TestResult[] = [];
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) => tests.push({ title: test.fullTitle(), state: 'passed' }));
    runner.on('pending', (test) => tests.push({ title: test.fullTitle(), state: 'pending' }));
    runner.on('fail', (test, error: unknown) => {
      const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
      tests.push({ title: test.fullTitle(), state: 'failed', error: told });
    });
  });
  const report = { version: vscode.version, host: vscode.env.appHost, tests, notes };
  const file = process.env['REVERIE_TEST_REPORT'];
  if (file !== undefined) await writeFile(file, JSON.stringify(report, undefined, 1));
  if (failures > 0) throw new Error(`${failures} failed`);
}
