/** Which project a file or folder belongs to, and whether its owner wants nothing of it noticed. */
import { relative } from 'node:path';
import * as vscode from 'vscode';
import { isExcluded } from '../../core/capture/exclude.ts';
import type { ProjectId } from '../../core/memory.ts';
import { readExclude } from '../settings.ts';

export interface Place {
  readonly project: ProjectId;
  /** Relative to the project's root, forward slashes. */
  readonly path: string;
}

export interface Places {
  /** Absolute path of a document that may be watched; undefined for all else. Cheap: asked at every key stroke. */
  fileOf(document: vscode.TextDocument): string | undefined;
  /** Undefined for what is excluded. */
  placeOf(file: string): Place | undefined;
  forget(): void;
}

export function createPlaces(projectRoot: (directory: string) => ProjectId): Places {
  const files = new WeakMap<vscode.TextDocument, string | false>();
  let known = files;
  const placeOf = (file: string): Place | undefined => {
    const folder =
      vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file)) ?? vscode.workspace.workspaceFolders?.[0];
    if (folder === undefined) return undefined;
    const project = projectRoot(folder.uri.fsPath);
    if (isExcluded([file, project], readExclude())) return undefined;
    return { project, path: relative(project, file).replace(/\\/g, '/') };
  };
  return {
    fileOf(document) {
      const before = known.get(document);
      if (before !== undefined) return before === false ? undefined : before;
      const { scheme, fsPath } = document.uri;
      const file =
        scheme === 'file' &&
        vscode.workspace.getWorkspaceFolder(document.uri) !== undefined &&
        placeOf(fsPath) !== undefined
          ? fsPath
          : undefined;
      known.set(document, file ?? false);
      return file;
    },
    placeOf,
    forget() {
      known = new WeakMap();
    },
  };
}
