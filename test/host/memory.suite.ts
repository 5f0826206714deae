import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { z } from 'zod';
import { type ReverieApi, reverieApi } from './extension.ts';
import { notes } from './notes.ts';

const recalled = z.array(z.looseObject({ text: z.string(), score: z.number() }));

function home(): string {
  const directory = process.env['REVERIE_HOME'];
  assert.ok(directory, 'the tests must have a REVERIE_HOME of their own');
  return directory;
}

suite('memory', () => {
  let api: ReverieApi;
  suiteSetup(async () => {
    api = await reverieApi();
  });

  test('remember, sleep, recall: what was told is found, in the home it was given', async () => {
    await api.remember('Always format money in integer cents, never in floats.');
    const asleep = new Promise<unknown>((resolve) => {
      const subscription = api.onDidSleep((report) => {
        subscription.dispose();
        resolve(report);
      });
    });
    const started = performance.now();
    await api.sleep();
    notes.push(`a night over a handful of memories took ${(performance.now() - started).toFixed(0)} ms`);
    assert.ok(await asleep, 'onDidSleep carries the report of the night');
    const results = recalled.parse(await api.recall('how do we format money'));
    assert.match(results[0]?.text ?? '', /integer cents/);
    assert.ok(existsSync(join(home(), 'memory.db')));
  });

  test('nothing is answered where nothing is known', async () => {
    const results = recalled.parse(await api.recall('zeppelin mooring regulations'));
    assert.deepEqual(results, []);
  });

  /* Windows has no such modes: there the profile's own access list keeps others out. */
  if (process.platform !== 'win32') {
    test('the home and the database are the user’s alone', () => {
      assert.equal(statSync(home()).mode & 0o777, 0o700);
      assert.equal(statSync(join(home(), 'memory.db')).mode & 0o777, 0o600);
    });
  }

  test('pausing and resuming are one command each', async () => {
    await vscode.commands.executeCommand('reverie.pause');
    await vscode.commands.executeCommand('reverie.resume');
    await api.remember('Never squash merge the release branch.');
    const results = recalled.parse(await api.recall('squash merge release branch'));
    assert.match(results[0]?.text ?? '', /squash/);
  });
});
