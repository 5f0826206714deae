/** When the editor is left alone: what counts as somebody being there, with a stand-in for the editor. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createIdleWatch } from '../../src/vscode/idle.ts';
import { noon } from '../support/builders.ts';
import { debug, edit, fire, StandInDocument, Uri } from '../support/vscodeStandIn.ts';

const minute = 60_000;

function watching(context: TestContext) {
  let now = noon;
  let returns = 0;
  const idle = createIdleWatch(() => now);
  const subscription = idle.onDidReturn(() => {
    returns += 1;
  });
  context.after(() => {
    subscription.dispose();
    idle.dispose();
    debug.activeDebugSession = undefined;
  });
  return {
    idle,
    pass: (ms: number) => {
      now += ms;
    },
    returns: () => returns,
  };
}
const task = (isBackground: boolean) => ({ execution: { task: { isBackground } } });

test('typing, moving and coming back to the window end the quiet; what the editor writes by itself does not', (context) => {
  const { idle, pass, returns } = watching(context);
  const document = new StandInDocument(Uri.file('/p/a.ts'), 'const a = 1;\n');
  for (const act of [
    () => edit(document, 0, 0, 'x'),
    () => fire.selection.fire({}),
    () => fire.windowState.fire({ focused: true }),
    () => fire.start.fire({}),
  ]) {
    pass(20 * minute);
    assert.equal(idle.idleMs(), 20 * minute);
    act();
    assert.equal(idle.idleMs(), 0);
  }
  assert.equal(returns(), 4, 'who comes back is heard once each time');
  pass(10_000);
  fire.selection.fire({});
  assert.equal(returns(), 4, 'ten seconds are no absence');
  pass(minute);
  fire.windowState.fire({ focused: false });
  fire.change.fire({ document: { uri: { scheme: 'output' } }, contentChanges: [{}] });
  fire.change.fire({ document: { uri: { scheme: 'file' } }, contentChanges: [] });
  assert.equal(idle.idleMs(), minute);
});

test('while a task or a debug session runs there is no quiet, but for a watcher in the background', (context) => {
  const { idle, pass } = watching(context);
  const [build, watcher] = [task(false), task(true)];
  fire.taskStart.fire(build);
  pass(20 * minute);
  assert.equal(idle.idleMs(), 0);
  fire.taskEnd.fire(build);
  pass(minute);
  assert.equal(idle.idleMs(), minute);
  fire.taskStart.fire(watcher);
  pass(20 * minute);
  assert.equal(idle.idleMs(), 20 * minute);
  debug.activeDebugSession = {};
  assert.equal(idle.idleMs(), 0);
});

test('there is no quiet from a question to an agent until its answer, and none while it works', (context) => {
  const { idle, pass, returns } = watching(context);
  pass(20 * minute);
  idle.heardAgent('asked');
  assert.equal(returns(), 1, 'who asks is there');
  pass(9 * minute);
  assert.equal(idle.idleMs(), 0);
  idle.heardAgent(undefined);
  pass(9 * minute);
  assert.equal(idle.idleMs(), 0, 'it was heard of meanwhile');
  idle.heardAgent('answered');
  pass(2 * minute);
  assert.equal(idle.idleMs(), 2 * minute, 'quiet begins with the answer');
  idle.heardAgent(undefined);
  pass(11 * minute);
  assert.equal(idle.idleMs(), 11 * minute, 'nothing was heard of it for long');
  assert.equal(returns(), 1, 'an agent at work is nobody who comes back');
});
