/** The lightbulb on a person's rewriting of an assistant's text, and what it does. */
import * as vscode from 'vscode';
import { ReverieError } from '../../core/errors.ts';
import { draftOfRewrite } from '../../core/witness/rewriteDraft.ts';
import type { Worker } from '../worker.ts';
import type { Witness } from './witness.ts';
import type { Workload } from './workload.ts';

const kind = vscode.CodeActionKind.QuickFix.append('reverie.rememberChange');

/** Offered only where the user changed what an assistant wrote. */
export function registerRememberAction(witness: Witness, workload: Workload): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { scheme: 'file' },
    {
      provideCodeActions: workload.timed(
        'lightbulb',
        (document: vscode.TextDocument, range: vscode.Range) => {
          if (witness.rewriteAt(document, range) === undefined) return [];
          const action = new vscode.CodeAction('Reverie: remember this change', kind);
          action.command = {
            command: 'reverie.rememberChange',
            title: action.title,
            arguments: [document.uri, range],
          };
          return [action];
        },
      ),
    },
    { providedCodeActionKinds: [kind] },
  );
}

/**
 * Asks in which words the change shall be remembered, and keeps it. Without arguments it is about the selection.
 * @param words what to say, for callers that ask nobody.
 */
export async function rememberChange(
  deps: {
    readonly witness: Witness;
    readonly worker: Worker;
    readonly kept: () => void;
    readonly mayKeep: () => string | undefined;
  },
  uri: unknown,
  range: unknown,
  words: unknown,
): Promise<void> {
  const refusal = deps.mayKeep();
  if (refusal !== undefined) throw new ReverieError('invalid-input', refusal);
  const editor = vscode.window.activeTextEditor;
  const document =
    uri instanceof vscode.Uri
      ? vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString())
      : editor?.document;
  const place = range instanceof vscode.Range ? range : editor?.selection;
  const rewrite =
    document === undefined || place === undefined ? undefined : deps.witness.rewriteAt(document, place);
  if (rewrite === undefined)
    throw new ReverieError('invalid-input', 'Here you changed nothing that an assistant wrote.');
  const proposal = draftOfRewrite(rewrite)?.lesson.statement ?? '';
  const said =
    typeof words === 'string'
      ? words
      : await vscode.window.showInputBox({
          title: 'Remember this change',
          placeHolder: 'What should assistants know? Use … instead of …',
          value: proposal,
          ignoreFocusOut: true,
        });
  if (said === undefined || said.trim() === '') return;
  await deps.worker.run(['observe'], { input: JSON.stringify({ ...rewrite, words: said.trim() }) });
  deps.kept();
  vscode.window.setStatusBarMessage(`$(check) Reverie will remember: ${said.trim().slice(0, 60)}`, 4000);
}
