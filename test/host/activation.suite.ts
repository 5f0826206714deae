import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { findExtension, reverieApi } from './extension.ts';
import { notes } from './notes.ts';

suite('activation', () => {
  test('the installed package is under test, not the source folder', () => {
    const extension = findExtension();
    assert.match(extension.extensionPath, /extensions[\\/]reverie\.reverie-/);
  });

  test('activates without error and offers version 1 of its API', async () => {
    const extension = findExtension();
    const already = extension.isActive;
    const started = performance.now();
    const api = await reverieApi();
    const took = performance.now() - started;
    notes.push(
      already
        ? 'already active when the tests began'
        : `activate() took ${took.toFixed(0)} ms from the test's side`,
    );
    assert.equal(api.version, 1);
    assert.ok(extension.isActive);
  });

  test('it runs where the folder is, also when the window is somewhere else', async () => {
    const extension = findExtension();
    await reverieApi();
    assert.equal(extension.extensionKind, vscode.ExtensionKind.Workspace);
    const remote = vscode.env.remoteName;
    /* In a page the extension host is another machine's: what is remote for it is at home for us. */
    if (vscode.env.uiKind === vscode.UIKind.Web)
      assert.notEqual(remote, undefined, 'a page has no host of its own');
    notes.push(remote === undefined ? 'a local extension host' : `a remote extension host (${remote})`);
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder && existsSync(folder.uri.fsPath), 'the folder is on the disk that this host sees');
    assert.equal(
      process.env['REVERIE_RUNTIME'],
      process.execPath,
      'hooks are started by the runtime of this host',
    );
  });

  test('the main bundle is reported', () => {
    const extension = findExtension();
    const main = `${extension.extensionPath}${sep}dist${sep}extension.js`;
    const kilobytes = statSync(main).size / 1024;
    notes.push(`${relative(extension.extensionPath, main)} has ${kilobytes.toFixed(0)} kB`);
    assert.ok(kilobytes > 0);
  });
});
