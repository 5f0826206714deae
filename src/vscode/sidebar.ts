/** The webview view `reverie.memory`: a locked-down page around the sidebar application, and its post office. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Log } from '../core/ports.ts';
import type { Mood, SidebarView } from '../core/protocol.ts';
import { sidebarPage } from './sidebarPage.ts';
import { createSidebarResponder, type SidebarHost, type SidebarResponder } from './sidebarResponder.ts';

export const sidebarViewId = 'reverie.memory';

export interface Sidebar extends vscode.WebviewViewProvider, vscode.Disposable {
  /** The memory changed: a visible sidebar is given a new snapshot, a hidden one when it becomes visible. */
  refresh(): void;
  /** Cheap: only the header changes. */
  mood(mood: Mood): void;
  /** Brings a view to the front, opening the sidebar where it is closed. */
  show(view: SidebarView): Promise<void>;
}

/** @param extensionUri the extension's folder, which holds `dist/webview.js`. Register under {@link sidebarViewId}, without
 * `retainContextWhenHidden`: a hidden sidebar costs nothing, and remembers where its user was. */
export function createSidebar(deps: {
  readonly extensionUri: vscode.Uri;
  readonly host: SidebarHost;
  readonly log: Log;
}): Sidebar {
  const dist = vscode.Uri.joinPath(deps.extensionUri, 'dist');
  let current: { readonly view: vscode.WebviewView; readonly responder: SidebarResponder } | undefined;
  let wanted: SidebarView | undefined;

  const close = () => {
    current?.responder.dispose();
    current = undefined;
  };

  return {
    resolveWebviewView(view) {
      close();
      const { webview } = view;
      webview.options = { enableScripts: true, localResourceRoots: [dist], enableForms: false };
      const responder = createSidebarResponder({
        host: deps.host,
        log: deps.log,
        /* A command may take a night; its own progress shows how it goes, so the button does not wait. */
        run: async (command) => void vscode.commands.executeCommand(`reverie.${command}`),
        post: (message) => void webview.postMessage(message),
      });
      const mine = { view, responder };
      current = mine;
      const listeners = [
        webview.onDidReceiveMessage((message: unknown) => responder.receive(message)),
        view.onDidChangeVisibility(() => {
          /* Becoming visible needs nothing: the new page says ready and is sent a whole snapshot. */
          if (!view.visible) responder.rest();
        }),
      ];
      view.onDidDispose(() => {
        for (const listener of listeners) listener.dispose();
        responder.dispose();
        if (current === mine) current = undefined;
      });
      if (wanted !== undefined) responder.show(wanted);
      wanted = undefined;
      webview.html = sidebarPage({
        nonce: randomBytes(18).toString('base64url'),
        script: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'webview.js')).toString(),
      });
    },
    refresh() {
      if (current?.view.visible === true) current.responder.refresh();
    },
    mood(mood) {
      current?.responder.mood(mood);
    },
    async show(view) {
      if (current === undefined) wanted = view;
      else current.responder.show(view);
      await vscode.commands.executeCommand(`${sidebarViewId}.focus`);
    },
    dispose: close,
  };
}
