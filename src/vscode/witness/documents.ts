/** Change events of documents, as the editor's witness wants them. On the path of every key stroke. */
import * as vscode from 'vscode';
import type { EditEvent, TextChange } from '../../core/witness/edit.ts';

/** Lines around a caret that still count as being there: moving a line, a comment sign at its beginning. */
const nearLines = 1;
/** A change from the very beginning that takes out less is not looked at as a replacement of the whole. Characters. */
const leastReplaced = 200;

function isAtCaret(range: vscode.Range, selections: readonly vscode.Selection[]): boolean {
  return selections.some(
    ({ start, end }) => range.start.line - nearLines <= end.line && range.end.line + nearLines >= start.line,
  );
}

const reasons: Readonly<Record<number, 'undo' | 'redo'>> = {
  [vscode.TextDocumentChangeReason.Undo]: 'undo',
  [vscode.TextDocumentChangeReason.Redo]: 'redo',
};

export function editEventFrom(
  event: vscode.TextDocumentChangeEvent,
  file: string,
  at: number,
): Omit<EditEvent, 'fromDisk'> {
  const { document, contentChanges, reason } = event;
  const editor = vscode.window.activeTextEditor;
  const active = editor?.document === document;
  /* The selections are still those from before the change: the editor tells of new ones afterwards. */
  const selections = active ? editor.selections : [];
  const changes: readonly TextChange[] = contentChanges.map(({ range, rangeOffset, rangeLength, text }) => ({
    offset: rangeOffset,
    length: rangeLength,
    text,
    atCaret: isAtCaret(range, selections),
  }));
  const [first] = contentChanges;
  const maybeWhole =
    contentChanges.length === 1 &&
    first !== undefined &&
    first.rangeOffset === 0 &&
    first.rangeLength >= leastReplaced;
  const act = reason === undefined ? undefined : reasons[reason];
  return {
    file,
    at,
    changes,
    active,
    size: maybeWhole
      ? document.offsetAt(new vscode.Position(document.lineCount, 0))
      : Number.POSITIVE_INFINITY,
    ...(act === undefined ? {} : { reason: act }),
  };
}
