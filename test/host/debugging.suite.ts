import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type ReverieApi, reverieApi } from './extension.ts';
import { keptBecause, retype, show, untilKeptAbout } from './witnessWorld.ts';

/** A program that knows no tides of Kiel. */
const tides = `const port = 'Kiel';
const tables = { Husum: '05:12' };
if (tables[port] === undefined) throw new Error(\`no tide table for \${port}\`);
console.log(tables[port]);
`;

/* With the debugger for JavaScript that comes with the editor, and a program that really runs. */
suite('debug runs', function () {
  this.timeout(120_000);
  let api: ReverieApi;

  suiteSetup(async () => {
    api = await reverieApi();
  });

  /** Runs a program under the debugger that comes with the editor, until the session is over. */
  const debug = async (name: string, program: string) => {
    const ended = new Promise<void>((resolve) => {
      const subscription = vscode.debug.onDidTerminateDebugSession((session) => {
        if (session.name !== name) return;
        subscription.dispose();
        resolve();
      });
    });
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(
      await vscode.debug.startDebugging(folder, {
        type: 'node',
        request: 'launch',
        name,
        program,
        runtimeExecutable: process.execPath,
        env: { ELECTRON_RUN_AS_NODE: '1' },
        console: 'internalConsole',
      }),
      'the session begins',
    );
    await ended;
  };

  test('a program that fails while it is debugged, and ends well after an edit, leaves the fix', async () => {
    const kept = await keptBecause(api, async () => {
      const editor = await show('src/tides.js', tides);
      const program = editor.document.uri.fsPath;
      await debug('Tides', program);
      await vscode.window.showTextDocument(editor.document);
      await retype(editor, 'Kiel', 'Husum');
      await editor.document.save();
      await debug('Tides', program);
      await untilKeptAbout(api, /Tides/);
    });
    assert.equal(kept.length, 1, kept.map(({ text }) => text).join('\n\n'));
    assert.equal(kept[0]?.label, 'fix');
    assert.match(kept[0]?.statement ?? '', /When `debug Tides` fails with .*no tide table for Kiel.*Husum/);
  });
});
