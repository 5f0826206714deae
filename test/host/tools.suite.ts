import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { manifest, reverieApi } from './extension.ts';

async function invoke(name: string, input: object): Promise<string> {
  const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  return result.content
    .map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : ''))
    .join('\n');
}

suite('tools', () => {
  suiteSetup(() => reverieApi());

  test('the model is offered both tools, described and with a schema', () => {
    for (const name of ['reverie_recall', 'reverie_remember']) {
      const tool = vscode.lm.tools.find((offered) => offered.name === name);
      assert.ok(tool, `${name} is not registered`);
      assert.ok(tool.description.length > 40, `${name} is hardly described`);
      assert.ok(tool.inputSchema, `${name} has no schema`);
    }
    assert.ok(manifest().languageModelTools.length >= 2);
  });

  test('what the remember tool keeps, the recall tool finds', async () => {
    await invoke('reverie_remember', { text: 'Deploy the harbour service with blue-green, never in place.' });
    const found = await invoke('reverie_recall', { query: 'how to deploy the harbour service' });
    assert.match(found, /blue-green/);
  });

  test('the recall tool says so where nothing is known', async () => {
    const found = await invoke('reverie_recall', { query: 'xylophone tuning temperature' });
    assert.doesNotMatch(found, /blue-green/);
    assert.ok(found.trim() !== '', 'an empty answer leaves the model guessing');
  });

  test('a call without its words is refused, and the next call works', async () => {
    await assert.rejects(invoke('reverie_remember', {}));
    assert.match(await invoke('reverie_recall', { query: 'harbour deploy' }), /blue-green/);
  });
});
