/** Remember Selection, Record Decision, Correct the Assistant, Recall. */
import * as vscode from 'vscode';
import type { Memory } from '../core/memory.ts';
import { createRecall } from '../core/recall/recall.ts';
import type { CommandTable } from './commands.ts';
import type { RememberOptions, Services } from './services.ts';

/** Asks for one line; undefined if the user thought better of it. */
async function ask(title: string, placeHolder: string, value = ''): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({ title, placeHolder, value, ignoreFocusOut: true });
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}

async function keep(services: Services, text: string | undefined, options: RememberOptions): Promise<void> {
  if (text === undefined) return;
  const remembered = await services.remember(text, options);
  vscode.window.setStatusBarMessage(`$(check) Reverie will remember: ${remembered.text.slice(0, 60)}`, 4000);
}

interface Found extends vscode.QuickPickItem {
  readonly memory: Memory;
}

/** Search as you type over the memory; choosing one shows it in the sidebar. */
async function recall(services: Services): Promise<void> {
  const database = await services.access.open();
  const { recall: ask } = createRecall({ memories: database.memories, clock: { now: () => Date.now() } });
  const picker = vscode.window.createQuickPick<Found>();
  picker.title = 'Recall';
  picker.placeholder = 'What do you want to know?';
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  let question = 0;
  picker.onDidChangeValue(async (text) => {
    const mine = ++question;
    if (text.trim().length < 2) {
      picker.items = [];
      return;
    }
    picker.busy = true;
    const answer = await ask({ text, project: services.project() ?? 'any', k: 12 });
    /* Answers that were overtaken by more typing are dropped. */
    if (mine !== question) return;
    picker.busy = false;
    picker.items = answer.results.map(({ memory, why }) => ({
      label: memory.text.replace(/\s+/g, ' ').slice(0, 120),
      description: memory.kind,
      detail: why,
      alwaysShow: true,
      memory,
    }));
  });
  picker.onDidAccept(() => {
    const chosen = picker.selectedItems[0];
    picker.hide();
    if (chosen !== undefined)
      void services.sidebar.show(chosen.memory.kind === 'episode' ? 'episodes' : 'rules');
  });
  picker.onDidHide(() => picker.dispose());
  picker.show();
}

export function memoryCommands(services: Services): CommandTable {
  return {
    async rememberSelection() {
      const editor = vscode.window.activeTextEditor;
      const selected = editor === undefined ? '' : editor.document.getText(editor.selection).trim();
      const glob =
        editor === undefined ? undefined : vscode.workspace.asRelativePath(editor.document.uri, false);
      const text = await ask(
        'Remember',
        'What should assistants know?',
        selected.replace(/\s+/g, ' ').slice(0, 500),
      );
      await keep(services, text, {
        kind: 'decision',
        ...(selected === '' || glob === undefined ? {} : { glob }),
      });
    },
    async recordDecision() {
      await keep(services, await ask('Record a decision', 'We use … here, because …'), { kind: 'decision' });
    },
    async correctAssistant() {
      await keep(services, await ask('Correct the assistant', 'Use … instead of …'), { kind: 'correction' });
    },
    recall: () => recall(services),
  };
}
