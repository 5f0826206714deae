/** Offers the MCP server to the editor's agents, run by the editor's own runtime: no `node` on the PATH is needed. */
import * as vscode from 'vscode';
import type { MoodState } from './moodState.ts';

export const mcpProviderId = 'reverie';

/** What the editor is to start; the server itself says so while Reverie is paused. */
export function mcpServer(options: {
  readonly commandLine: string;
  readonly database: string;
  readonly version: string;
}): vscode.McpStdioServerDefinition {
  const server = new vscode.McpStdioServerDefinition(
    'Reverie',
    process.execPath,
    [options.commandLine, 'mcp', '--db', options.database],
    { ELECTRON_RUN_AS_NODE: '1' },
    options.version,
  );
  /* Where the editor tells no roots, the first folder is the project. */
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
  if (folder !== undefined) server.cwd = folder.uri;
  return server;
}

/** In an untrusted workspace nothing is kept, in a private session nothing is told either: there is no server then. */
export function registerMcpServer(
  options: Parameters<typeof mcpServer>[0] & { readonly moods: MoodState },
): vscode.Disposable {
  const { moods } = options;
  const changed = new vscode.EventEmitter<void>();
  const offered = () => vscode.workspace.isTrusted && !moods.privateSession;
  let before = offered();
  const look = () => {
    if (offered() === before) return;
    before = offered();
    changed.fire();
  };
  return vscode.Disposable.from(
    changed,
    moods.onDidChange(look),
    vscode.workspace.onDidGrantWorkspaceTrust(look),
    vscode.workspace.onDidChangeWorkspaceFolders(() => changed.fire()),
    vscode.lm.registerMcpServerDefinitionProvider(mcpProviderId, {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions: () => (offered() ? [mcpServer(options)] : []),
    }),
  );
}
