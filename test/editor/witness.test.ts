/** What the witness hands over of an editor's events, and when it hands over nothing. The editor is a stand-in. */
import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, suite, type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { type Observation, observationSchema } from '../../src/core/witness/observation.ts';
import { windowAddress } from '../../src/sqlite/location.ts';
import { createMoodState } from '../../src/vscode/moodState.ts';
import { createWitness } from '../../src/vscode/witness/witness.ts';
import { createWorkload } from '../../src/vscode/witness/workload.ts';
import { project, silentLog } from '../support/builders.ts';
import { listeningAt } from '../support/listening.ts';
import {
  debugSession,
  edit,
  fire,
  Range,
  StandInDocument,
  state,
  Uri,
  workspace,
} from '../support/vscodeStandIn.ts';

const written = 'export function price(text) {\n  const value = parseFloat(text);\n  return value;\n}\n';

/** A window with the witness in it; `sent` is what was handed over. */
function openWindow(context: TestContext) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'reverie-window-')));
  state.folder = folder;
  const sent: Observation[] = [];
  const moods = createMoodState();
  let now = 1_700_000_000_000;
  const witness = createWitness({
    worker: {
      async run(args, options) {
        assert.deepEqual(args, ['observe']);
        for (const line of (options?.input ?? '').split('\n'))
          sent.push(observationSchema.parse(JSON.parse(line)));
      },
    },
    moods,
    log: silentLog,
    workload: createWorkload(),
    now: () => now,
    projectRoot: () => project(folder),
    windows: folder,
    addressOf: windowAddress,
    heardAgent: () => undefined,
    kept: () => undefined,
  });
  context.after(() => {
    witness.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  const open = (name: string, text: string) => {
    const document = new StandInDocument(Uri.file(join(folder, name)), text);
    state.documents.push(document);
    state.editor = { document, selections: [] };
    fire.open.fire(document);
    return document;
  };
  const agentSays = async (document: StandInDocument, texts: readonly string[]) => {
    const message = JSON.stringify({ writes: [{ file: document.uri.fsPath, texts }], at: now });
    for (let tries = 0; tries < 100; tries += 1) {
      const heard = await new Promise<boolean>((done) => {
        const socket = connect(listeningAt(folder));
        socket.on('error', () => done(false));
        socket.on('close', (failed) => done(!failed));
        socket.end(message);
      });
      if (heard) return true;
      await pause(20);
    }
    return false;
  };
  const retype = (document: StandInDocument, old: string, text: string) => {
    const at = document.getText().indexOf(old);
    const place = document.positionAt(at);
    state.editor = { document, selections: [new Range(place, place)] };
    now += 5_000;
    edit(document, at, old.length, text);
  };
  const pass = (ms: number) => {
    now += ms;
  };
  return { witness, moods, sent, folder, open, agentSays, retype, pass };
}

/** Texts are kept one document a turn of the loop; one is open. */
const snapshotTaken = async () => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** Messages of a debug adapter. */
const printed = (output: string, category = 'stderr') => ({
  type: 'event',
  event: 'output',
  body: { category, output },
});
const exited = (exitCode: number) => ({ type: 'event', event: 'exited', body: { exitCode } });
const stoppedAt = (description: string, text: string) => ({
  type: 'event',
  event: 'stopped',
  body: { reason: 'exception', description, text },
});
const complaint = 'Error: no tide table for “Kiel”\n    at tableOf (/srv/app/src/tides.ts:4:9)\n';

/** An assistant writes a file, and the user changes a call in it. */
async function rewriteIn(window: ReturnType<typeof openWindow>, name: string): Promise<void> {
  const document = window.open(name, written);
  assert.ok(await window.agentSays(document, [written]), 'the window listens to agents');
  window.retype(document, 'parseFloat', 'toCents');
}

suite('the witness in an editor', () => {
  beforeEach(() => {
    state.documents = [];
    state.settings.clear();
    workspace.isTrusted = true;
  });

  test('hands over what the user made of an assistant’s text, with the project and the path', async (context) => {
    const window = openWindow(context);
    await rewriteIn(window, 'src/price.ts');
    assert.equal(window.sent.length, 0, 'it waits until the user has left it alone');
    await window.witness.flush();
    const [rewrite] = window.sent;
    assert.ok(rewrite?.type === 'rewrite');
    assert.deepEqual([rewrite.project, rewrite.path], [window.folder, 'src/price.ts']);
    assert.match(rewrite.pieces[0]?.after ?? '', /toCents/);
  });

  test('what is read again from disk was rewritten by nobody', async (context) => {
    const window = openWindow(context);
    const document = window.open('src/price.ts', written);
    assert.ok(await window.agentSays(document, [written]), 'the window listens to agents');
    const at = written.indexOf('parseFloat');
    fire.change.fire(document.change(at, 'parseFloat'.length, 'toCents'));
    await window.witness.flush();
    assert.deepEqual(window.sent, []);
  });

  for (const [what, begin] of [
    ['while paused', (window) => window.moods.setPaused(true)],
    ['in a private session', (window) => window.moods.setPrivateSession(true)],
  ] as readonly (readonly [string, (window: ReturnType<typeof openWindow>) => void])[]) {
    test(`hands over nothing ${what}, also of what it had seen`, async (context) => {
      const window = openWindow(context);
      await rewriteIn(window, 'src/price.ts');
      begin(window);
      const document = window.open('src/other.ts', written);
      window.retype(document, 'parseFloat', 'toCents');
      await window.witness.flush();
      assert.deepEqual(window.sent, []);
      await pause(50);
      const socket = connect(listeningAt(window.folder));
      const refused = await new Promise<boolean>((done) => {
        socket.on('error', () => done(true));
        socket.on('connect', () => done(false));
      });
      socket.destroy();
      assert.ok(refused, 'nobody listens to agents any more');
    });
  }

  test('hears nothing in a workspace that is not trusted, until it is', async (context) => {
    workspace.isTrusted = false;
    const window = openWindow(context);
    const document = window.open('src/price.ts', written);
    window.retype(document, 'parseFloat', 'toCents');
    await window.witness.flush();
    assert.deepEqual(window.sent, []);
    workspace.isTrusted = true;
    fire.trust.fire(undefined);
    await rewriteIn(window, 'src/later.ts');
    await window.witness.flush();
    assert.equal(window.sent.length, 1);
  });

  test('hands over nothing of an excluded folder, nor when switched off', async (context) => {
    state.settings.set('capture.exclude', ['client']);
    const window = openWindow(context);
    await rewriteIn(window, 'client/price.ts');
    await window.witness.flush();
    assert.deepEqual(window.sent, []);
    state.settings.set('capture.editor', false);
    fire.settings.fire({ affectsConfiguration: () => true });
    const document = window.open('src/price.ts', written);
    window.retype(document, 'parseFloat', 'toCents');
    await window.witness.flush();
    assert.deepEqual(window.sent, []);
  });

  test('a command that fails, and works after an edit: the edit goes with it', async (context) => {
    const window = openWindow(context);
    const document = window.open('src/limit.ts', 'export const limit = 5;\n');
    const run = async (exitCode: number) => {
      async function* read() {
        yield 'AssertionError: expected 5 to equal 50\r\n';
      }
      const execution = { commandLine: { value: 'npm test' }, cwd: Uri.file(window.folder), read };
      const terminal = {};
      fire.start.fire({ execution, terminal });
      await pause(20);
      fire.end.fire({ execution, terminal: sameTerminal, exitCode });
      await pause(150);
    };
    const sameTerminal = {};
    await run(1);
    window.retype(document, 'limit = 5', 'limit = 50');
    await run(0);
    await window.witness.flush();
    const [fix] = window.sent;
    assert.ok(fix?.type === 'fix');
    assert.deepEqual([fix.command, fix.error], ['npm test', 'AssertionError: expected <n> to equal <n>']);
    assert.deepEqual(
      fix.edits.map(({ path }) => path),
      ['src/limit.ts'],
    );
  });

  test('a command that is interrupted, and a task that runs in the background, mend nothing', async (context) => {
    const window = openWindow(context);
    const document = window.open('src/limit.ts', 'export const limit = 5;\n');
    const task = (name: string, exitCode: number, isBackground = false) =>
      fire.task.fire({ execution: { task: { name, isBackground } }, exitCode });
    const failed = async (name: string, old: string, now: string) => {
      task(name, 1);
      await snapshotTaken();
      window.retype(document, old, now);
    };
    await failed('check', 'limit = 5', 'limit = 6');
    for (const code of [130, 137, 143]) task('check', code);
    task('check', 0, true);
    await window.witness.flush();
    assert.deepEqual(window.sent, [], 'it was stopped, not mended');
    task('check', 0);
    await window.witness.flush();
    assert.equal(window.sent.length, 1);
    /* Nor is what was interrupted a failure. */
    task('other', 130);
    await snapshotTaken();
    window.retype(document, 'limit = 6', 'limit = 7');
    task('other', 0);
    task('watch', 1, true);
    await snapshotTaken();
    window.retype(document, 'limit = 7', 'limit = 8');
    task('watch', 0);
    await window.witness.flush();
    assert.equal(window.sent.length, 1);
  });

  for (const [what, failure] of [
    ['whose program ended badly', [printed('Listening\n', 'stdout'), printed(complaint), exited(1)]],
    ['that stopped at an exception', [stoppedAt('Error', 'no tide table for “Kiel”'), exited(1)]],
    [
      'that stopped at an exception, and never told its end',
      [stoppedAt('Error', 'no tide table for “Kiel”')],
    ],
  ] as const) {
    test(`a debug session ${what}, and ends well after an edit: the edit goes with it`, async (context) => {
      const window = openWindow(context);
      const document = window.open('src/tides.ts', "export const port = 'Kiel';\n");
      debugSession('Tides', [{ type: 'response' }, 'noise', ...failure]);
      await snapshotTaken();
      window.retype(document, 'Kiel', 'Husum');
      debugSession('Tides', [exited(0)]);
      await window.witness.flush();
      const [fix] = window.sent;
      assert.ok(fix?.type === 'fix');
      assert.deepEqual([fix.command, fix.error], ['debug Tides', 'Error: no tide table for “Kiel”']);
      assert.deepEqual(
        fix.edits.map(({ path }) => path),
        ['src/tides.ts'],
      );
    });
  }

  for (const [what, end] of [
    ['is stopped by hand', [exited(143)]],
    ['is let go without a word', []],
    ['fails again', [printed(complaint), exited(1)]],
  ] as const) {
    test(`a debug session that ${what} after a failure mended nothing`, async (context) => {
      const window = openWindow(context);
      const document = window.open('src/tides.ts', "export const port = 'Kiel';\n");
      debugSession('Tides', [printed(complaint), exited(1)]);
      await snapshotTaken();
      window.retype(document, 'Kiel', 'Husum');
      debugSession('Tides', end);
      await window.witness.flush();
      assert.deepEqual(window.sent, []);
    });
  }

  /* As the debugger for JavaScript that comes with the editor tells it: the program in a session below. */
  const launched = { type: 'response', command: 'launch', success: true };
  const terminated = { type: 'event', event: 'terminated' };
  const goodbye = { type: 'request', command: 'disconnect' };
  const javaScript = { type: 'pwa-node' };
  const uncaught = {
    ...javaScript,
    below: [printed(`Uncaught ${complaint.replace('Error:', 'Error Error:')}`), terminated, goodbye],
  };
  const badEnd = [launched, printed('Process exited with code 1\r\n'), terminated, goodbye];
  const goodEnd = [launched, terminated, goodbye];

  test('a JavaScript program that ends badly under the debugger, and well after an edit: the edit goes with it', async (context) => {
    const window = openWindow(context);
    const document = window.open('src/tides.ts', "export const port = 'Kiel';\n");
    debugSession('Tides', badEnd, uncaught);
    await snapshotTaken();
    window.retype(document, 'Kiel', 'Husum');
    debugSession('Tides', goodEnd, { ...javaScript, below: [terminated, goodbye] });
    await window.witness.flush();
    const [fix, ...more] = window.sent;
    assert.ok(fix?.type === 'fix' && more.length === 0);
    assert.deepEqual([fix.command, fix.error], ['debug Tides', 'Error: no tide table for “Kiel”']);
  });

  for (const [what, end, type] of [
    ['stopped by hand', [launched, goodbye, terminated], 'pwa-node'],
    ['stopped by hand while it told an end', [launched, goodbye, exited(0), terminated], 'chronicle'],
    ['never begun', [{ ...launched, success: false }, terminated], 'pwa-node'],
    ['ended without a word by an adapter that tells no ends', goodEnd, 'chronicle'],
    [
      'ended badly by a line of its adapter',
      [launched, printed('Process 12 has exited with status 2', 'console')],
      'go',
    ],
  ] as const) {
    test(`a debug session ${what} mended nothing`, async (context) => {
      const window = openWindow(context);
      const document = window.open('src/tides.ts', "export const port = 'Kiel';\n");
      debugSession('Tides', badEnd, uncaught);
      await snapshotTaken();
      window.retype(document, 'Kiel', 'Husum');
      debugSession('Tides', end, { type });
      await window.witness.flush();
      assert.deepEqual(window.sent, []);
    });
  }

  test('an end that only a line of the adapter tells is heard, and what the program itself prints is none', async (context) => {
    const window = openWindow(context);
    const document = window.open('src/tides.ts', "export const port = 'Kiel';\n");
    debugSession('Tides', [printed(complaint), printed('Process 11 has exited with status 1\n', 'console')]);
    await snapshotTaken();
    window.retype(document, 'Kiel', 'Husum');
    debugSession('Tides', [printed('The program was exited with code 0', 'stdout')]);
    await window.witness.flush();
    assert.deepEqual(window.sent, []);
    debugSession('Tides', [printed('Process 12 has exited with status 0\n', 'console')]);
    await window.witness.flush();
    assert.equal(window.sent.length, 1);
  });

  test('an exception that the program caught itself is no failure', async (context) => {
    const window = openWindow(context);
    const document = window.open('src/tides.ts', "export const port = 'Kiel';\n");
    debugSession('Tides', [stoppedAt('Error', 'asked too early'), exited(0)]);
    window.retype(document, 'Kiel', 'Husum');
    debugSession('Tides', [exited(0)]);
    await window.witness.flush();
    assert.deepEqual(window.sent, []);
  });

  test('an error that stood under the text for long goes with an edit', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const window = openWindow(context);
    const document = window.open('src/rate.ts', 'export const rate = standard;\n');
    const report = (...messages: readonly string[]) => {
      state.problems.set(
        document.uri.fsPath,
        messages.map((message) => ({ severity: 0, message })),
      );
      fire.diagnostics.fire({ uris: [document.uri] });
    };
    report("Cannot find name 'standard'.");
    window.pass(15_000);
    context.mock.timers.tick(15_000);
    window.pass(60_000);
    window.retype(document, 'standard', '0.2');
    report();
    await window.witness.flush();
    const [fix] = window.sent;
    assert.ok(fix?.type === 'problem');
    assert.equal(fix.error, "Cannot find name 'standard'.");
    assert.deepEqual(
      [fix.before, fix.after],
      ['export const rate = standard;\n', 'export const rate = 0.2;\n'],
    );
  });
});
