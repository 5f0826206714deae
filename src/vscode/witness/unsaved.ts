/**
 * Whether the file on disk made a change. A document without unsaved changes after a change was read again from disk,
 * or has just been changed for the first time: the editor tells of the change first, and that the document is unsaved
 * only afterwards, in an event without changes. Such a change waits for that word, all others go on at once.
 */
import type * as vscode from 'vscode';
import type { EditEvent } from '../../core/witness/edit.ts';

/** The word comes with the next message of the editor; without it the file did it. Milliseconds. */
const patienceMs = 250;

type Told = Omit<EditEvent, 'fromDisk'>;

export interface UnsavedWatch {
  /** A document was changed. */
  changed(document: vscode.TextDocument, event: Told): void;
  /** The document's state was told anew, without a change. */
  stateTold(document: vscode.TextDocument): void;
  /** Hands on whatever waits. */
  release(): void;
  /** Drops whatever waits. */
  clear(): void;
}

export function createUnsavedWatch(handOn: (event: EditEvent) => void): UnsavedWatch {
  const waiting = new Map<vscode.TextDocument, Told>();
  let timer: NodeJS.Timeout | undefined;

  function letGo(document: vscode.TextDocument): void {
    const event = waiting.get(document);
    if (event === undefined) return;
    waiting.delete(document);
    handOn({ ...event, fromDisk: !document.isDirty });
  }
  function release(): void {
    clearTimeout(timer);
    for (const document of [...waiting.keys()]) letGo(document);
  }
  return {
    changed(document, event) {
      letGo(document);
      if (event.reason !== undefined || document.isDirty) {
        handOn({ ...event, fromDisk: false });
        return;
      }
      waiting.set(document, event);
      clearTimeout(timer);
      timer = setTimeout(release, patienceMs);
    },
    stateTold: letGo,
    release,
    clear() {
      clearTimeout(timer);
      waiting.clear();
    },
  };
}
