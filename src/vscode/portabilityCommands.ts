/** Import Past Conversations, Connect Assistants, Write Rules, Export, Restore. */
import * as vscode from 'vscode';
import { z } from 'zod/mini';
import { ReverieError } from '../core/errors.ts';
import type { CommandTable } from './commands.ts';
import { connectAssistants } from './connectCommand.ts';
import { importConversations } from './importCommand.ts';
import type { Services } from './services.ts';

const written = z.object({ file: z.string(), changed: z.boolean(), rules: z.number(), diff: z.string() });

/** Runs a long job with a cancellable notification; undefined if it was stopped. */
async function withProgress(services: Services, title: string, args: readonly string[]): Promise<unknown> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      return services.worker.run(args, {
        signal: abort.signal,
        onProgress: ({ stage, done, total, detail }) =>
          progress.report({
            message: `${stage} ${total === undefined ? done : `${done} of ${total}`} ${detail ?? ''}`,
          }),
      });
    },
  );
}

const targets = [
  { label: 'AGENTS.md', description: 'Codex, Copilot, Cursor, Zed and others', target: 'agents-md' },
  { label: 'CLAUDE.md', description: 'Claude Code', target: 'claude-md' },
  { label: '.github/instructions/reverie.instructions.md', description: 'GitHub Copilot', target: 'copilot' },
  { label: '.cursor/rules/reverie.mdc', description: 'Cursor', target: 'cursor' },
  { label: '.clinerules/reverie.md', description: 'Cline, Roo', target: 'cline' },
  { label: 'GEMINI.md', description: 'Gemini CLI', target: 'gemini' },
  { label: '.windsurfrules', description: 'Windsurf', target: 'windsurf' },
] as const;

/** Shows the difference first; writes only when the user says so. */
async function writeRules(services: Services): Promise<void> {
  const project = services.project();
  if (project === undefined)
    throw new ReverieError('usage', 'Open a folder first: rules are written into its files.');
  if (!vscode.workspace.isTrusted)
    throw new ReverieError('usage', 'This workspace is not trusted: Reverie writes no files here.');
  const chosen = await vscode.window.showQuickPick(targets, { title: 'Write rules to which file?' });
  if (chosen === undefined) return;
  const args = ['write-rules', '--to', chosen.target, '--dir', project];
  const plan = written.parse(await services.worker.run([...args, '--dry-run']));
  const takeOut = 'Take Our Block Out';
  const remove = () => services.worker.run([...args, '--remove']);
  if (!plan.changed) {
    const told =
      plan.rules === 0
        ? 'Reverie: no rule of this project is in use yet, so there is nothing to write.'
        : `Reverie: ${chosen.label} is up to date.`;
    const choice = await vscode.window.showInformationMessage(told, ...(plan.rules === 0 ? [] : [takeOut]));
    if (choice === takeOut) await remove();
    return;
  }
  const document = await vscode.workspace.openTextDocument({ language: 'diff', content: plan.diff });
  await vscode.window.showTextDocument(document, { preview: true });
  const count = plan.rules === 1 ? '1 rule' : `${plan.rules} rules`;
  const go = await vscode.window.showInformationMessage(
    plan.rules === 0
      ? `No rule of this project is in use any more. Take our block out of ${chosen.label}?`
      : `Write ${count} to ${chosen.label}?`,
    ...(plan.rules === 0 ? [] : ['Write']),
    takeOut,
  );
  if (go === 'Write') {
    await services.worker.run(args);
    void vscode.window.showInformationMessage(`Reverie: ${count} written to ${chosen.label}.`);
  }
  if (go === takeOut) await remove();
}

async function exportMemories(services: Services): Promise<void> {
  const target = await vscode.window.showSaveDialog({
    title: 'Export everything Reverie remembers',
    saveLabel: 'Export',
    filters: { 'JSON Lines': ['jsonl'], Markdown: ['md'] },
  });
  if (target === undefined) return;
  /* The dialog asked about replacing; the command line never overwrites. */
  await vscode.workspace.fs.delete(target).then(undefined, () => undefined);
  const format = target.fsPath.endsWith('.md') ? 'markdown' : 'jsonl';
  await withProgress(services, 'Reverie exports', ['export', '--format', format, '--output', target.fsPath]);
  void vscode.window.showInformationMessage(`Reverie exported to ${target.fsPath}.`);
}

async function restore(services: Services): Promise<void> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: 'Restore an export',
      filters: { 'JSON Lines': ['jsonl'] },
    })) ?? [];
  if (file === undefined) return;
  const counts = z
    .object({ added: z.number(), known: z.number() })
    .parse(await withProgress(services, 'Reverie restores', ['restore', file.fsPath]));
  services.sidebar.refresh();
  void vscode.window.showInformationMessage(
    `Reverie restored ${counts.added} memories; ${counts.known} were here already.`,
  );
}

export function portabilityCommands(services: Services): CommandTable {
  return {
    importConversations: (given) => importConversations(services, given),
    connectAssistants: () => connectAssistants(services, () => writeRules(services)),
    writeRules: () => writeRules(services),
    export: () => exportMemories(services),
    restore: () => restore(services),
  };
}
