/** Set Model API Key…, Show Model Requests. */
import * as vscode from 'vscode';
import type { CommandTable } from './commands.ts';
import { modelKeySecret } from './modelChoice.ts';
import type { Services } from './services.ts';

async function setModelApiKey(secrets: vscode.SecretStorage): Promise<void> {
  const key = await vscode.window.showInputBox({
    title: 'API key of the language model',
    prompt: 'Kept in the editor’s secret storage, told only to the process of a night. Empty removes it.',
    password: true,
    ignoreFocusOut: true,
  });
  if (key === undefined) return;
  if (key.trim() === '') await secrets.delete(modelKeySecret);
  else await secrets.store(modelKeySecret, key.trim());
  void vscode.window.showInformationMessage(
    key.trim() === '' ? 'Reverie: the key is removed.' : 'Reverie: the key is kept.',
  );
}

async function showModelRequests(services: Services, file: string): Promise<void> {
  const uri = vscode.Uri.file(file);
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    void vscode.window.showInformationMessage('Reverie: nothing was sent to a language model.');
    return;
  }
  services.log.info(`showing what was sent to the language model: ${file}`);
  await vscode.window.showTextDocument(uri, { preview: true });
}

export function modelCommands(
  services: Services,
  deps: { readonly secrets: vscode.SecretStorage; readonly requestsFile: string },
): CommandTable {
  return {
    setModelApiKey: () => setModelApiKey(deps.secrets),
    showModelRequests: () => showModelRequests(services, deps.requestsFile),
  };
}
