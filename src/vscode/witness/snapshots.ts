/** Texts of open documents from the moment something failed: to tell afterwards which edit made it go away. */
import * as vscode from 'vscode';
import { tunables } from '../../core/tunables.ts';
import type { Workload } from './workload.ts';

export interface ChangedText {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

export interface Snapshots {
  /** Keeps the texts of the documents at hand, one at a time while nothing else is to be done. */
  take(): void;
  /** The text a document had when it was first changed after a failure is kept too. */
  opened(document: vscode.TextDocument): void;
  /** A document was changed, by whomever. */
  changed(file: string, at: number): void;
  /** True if any document was changed since. */
  changedSince(at: number): boolean;
  /** What was changed since the texts were kept; they are let go. */
  differences(): readonly ChangedText[];
  clear(): void;
}

/** Documents whose text is kept, and differences that are told. */
const mostDocuments = 12;
const mostDifferences = 5;

export function createSnapshots(
  fileOf: (document: vscode.TextDocument) => string | undefined,
  workload: Workload,
): Snapshots {
  const texts = new Map<string, { readonly text: string; readonly document: vscode.TextDocument }>();
  const changedAt = new Map<string, number>();
  let taking: readonly vscode.TextDocument[] = [];

  const keep = (document: vscode.TextDocument) => {
    const file = document.isClosed ? undefined : fileOf(document);
    if (file === undefined || texts.has(file) || texts.size >= mostDocuments) return;
    const end = document.offsetAt(new vscode.Position(document.lineCount, 0));
    if (end <= tunables.witness.longestCompared) texts.set(file, { text: document.getText(), document });
  };
  const next = () => {
    const [document, ...rest] = taking;
    taking = rest;
    if (document === undefined) return;
    workload.run('snapshot', () => keep(document));
    setImmediate(next);
  };

  return {
    take() {
      const shown = vscode.window.visibleTextEditors.map(({ document }) => document);
      const others = vscode.workspace.textDocuments.filter((document) => !shown.includes(document));
      taking = [...shown, ...others].slice(0, mostDocuments);
      setImmediate(next);
    },
    opened: keep,
    changed(file, at) {
      changedAt.delete(file);
      changedAt.set(file, at);
      const oldest = changedAt.keys().next().value;
      if (changedAt.size > 200 && oldest !== undefined) changedAt.delete(oldest);
    },
    changedSince: (at) => [...changedAt.values()].some((changed) => changed > at),
    differences() {
      const found = [...texts].flatMap(([file, { text, document }]) => {
        const after = document.isClosed ? text : document.getText();
        return after === text ? [] : [{ file, before: text, after }];
      });
      texts.clear();
      return found.slice(0, mostDifferences);
    },
    clear() {
      texts.clear();
      changedAt.clear();
      taking = [];
    },
  };
}
