import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { defaultSettings } from '../../src/vscode/settings.ts';
import { findExtension, manifest, reverieApi } from './extension.ts';

/** What scripts and other extensions rely on; commands may be added, none may go. */
const promisedCommands = [
  'reverie.sleepNow',
  'reverie.stopSleeping',
  'reverie.rememberSelection',
  'reverie.recordDecision',
  'reverie.recall',
  'reverie.showLastNight',
  'reverie.undoLastNight',
  'reverie.pause',
  'reverie.resume',
  'reverie.importConversations',
  'reverie.connectAssistants',
  'reverie.writeRules',
  'reverie.export',
  'reverie.restore',
  'reverie.deleteEverything',
  'reverie.diagnose',
];

suite('contributions', () => {
  suiteSetup(() => reverieApi());

  test('every promised command is registered', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      promisedCommands.filter((command) => !registered.has(command)),
      [],
    );
  });

  test('every command of the manifest has a handler, and reads as one of ours in the palette', async () => {
    await reverieApi();
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const { command, category } of manifest().commands) {
      assert.ok(registered.has(command), `${command} is in the palette but does nothing`);
      assert.equal(category, 'Reverie', command);
    }
  });

  test('the manifest repeats the defaults of the code, setting by setting', () => {
    const declared = Object.fromEntries(
      Object.entries(manifest().configuration.properties).map(([key, property]) => [key, property.default]),
    );
    const coded = Object.fromEntries(
      Object.entries(defaultSettings).map(([key, value]) => [`reverie.${key}`, value]),
    );
    assert.deepEqual(declared, coded);
  });

  test('the editor knows each setting with its default, and each is explained', () => {
    const configuration = vscode.workspace.getConfiguration();
    for (const [key, property] of Object.entries(manifest().configuration.properties)) {
      assert.deepEqual(configuration.inspect(key)?.defaultValue, property.default, key);
      assert.ok(
        (property.description ?? property.markdownDescription ?? '') !== '',
        `${key} has no description`,
      );
    }
  });

  test('the sidebar is contributed, and its view can be asked for', async () => {
    assert.deepEqual(
      manifest().views.reverie.map(({ id, type }) => ({ id, type })),
      [{ id: 'reverie.memory', type: 'webview' }],
    );
    await vscode.commands.executeCommand('reverie.memory.focus');
  });

  test('the walkthrough leads to commands that are there and shows pictures that are in the package', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    const [walkthrough] = manifest().walkthroughs;
    assert.ok(walkthrough !== undefined && walkthrough.steps.length === 4);
    for (const { id, description, media } of walkthrough.steps) {
      const command = description.match(/\(command:([\w.]+)\)/)?.[1];
      assert.ok(command !== undefined && registered.has(command), `${id} leads to ${command}`);
      for (const file of media.markdown === undefined ? Object.values(media.image ?? {}) : [media.markdown]) {
        assert.ok(existsSync(join(findExtension().extensionPath, file)), `${id} shows ${file}`);
      }
    }
  });

  test('the agent plugin is in the package, with its hooks', () => {
    for (const { path } of manifest().chatPlugins) {
      const plugin = join(findExtension().extensionPath, path);
      assert.ok(existsSync(join(plugin, '.claude-plugin', 'plugin.json')), 'plugin.json');
      assert.ok(existsSync(join(plugin, 'hooks', 'hooks.json')), 'hooks.json');
    }
    assert.equal(manifest().chatPlugins.length, 1);
  });
});
