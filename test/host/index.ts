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

const suites: readonly (readonly [name: string, load: () => Promise<unknown>])[] = [
  ['activation', () => import('./activation.suite.ts')],
  ['contributions', () => import('./contributions.suite.ts')],
  ['tools', () => import('./tools.suite.ts')],
  ['memory', () => import('./memory.suite.ts')],
  ['model', () => import('./model.suite.ts')],
  ['chat', () => import('./chat.suite.ts')],
  ['witness', () => import('./witness.suite.ts')],
  ['debugging', () => import('./debugging.suite.ts')],
  ['import', () => import('./import.suite.ts')],
];

/** A measurement that takes minutes: run only when it is named. */
const measurements: typeof suites = [['delay', () => import('./delay.suite.ts')]];

/** `REVERIE_TEST_SUITES` names some of the suites, separated by commas; else all run. */
export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, color: false });
  /* Gives the files below `suite` and `test` as globals, as loading them through mocha would. */
  mocha.suite.emit('pre-require', globalThis, 'host', mocha);
  const wanted = process.env['REVERIE_TEST_SUITES']?.split(',');
  for (const [name, load] of suites) if (wanted === undefined || wanted.includes(name)) await load();
  for (const [name, load] of measurements) if (wanted?.includes(name)) await load();

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
