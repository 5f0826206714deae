/** Connect Assistants: who is on this machine, the exact change side by side, and writing it when the user says so. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { z } from 'zod/mini';
import type { Services } from './services.ts';

const listed = z.object({
  assistants: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      way: z.enum(['hears', 'asks']),
      file: z.string(),
      state: z.enum(['connected', 'outdated', 'not-connected', 'unreadable']),
      reason: z.optional(z.string()),
    }),
  ),
});
type Listed = z.infer<typeof listed>['assistants'][number];

const planned = z.object({
  changes: z.array(
    z.object({
      id: z.string(),
      file: z.string(),
      changed: z.boolean(),
      changedSince: z.boolean(),
      mark: z.string(),
      before: z.nullable(z.string()),
      after: z.nullable(z.string()),
    }),
  ),
});

const states = {
  connected: 'connected',
  outdated: 'connected to a Reverie that is elsewhere',
  'not-connected': 'not connected',
  unreadable: 'left alone',
} as const;

const ways = {
  hears: 'Hears your rules when they matter.',
  asks: 'Can ask your memory.',
} as const;

/** Two texts side by side that are in no file; they go with `dispose`. */
async function showChange(
  file: string,
  before: string,
  after: string,
  title: string,
): Promise<vscode.Disposable> {
  const scheme = 'reverie-connection';
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ query }) => (query === 'before' ? before : after),
  });
  const side = (query: string) =>
    vscode.Uri.from({ scheme, path: `/${Date.now()}/${basename(file)}`, query });
  await vscode.commands.executeCommand('vscode.diff', side('before'), side('after'), title, {
    preview: true,
  });
  return provider;
}

async function change(services: Services, assistant: Listed, remove: boolean): Promise<void> {
  const args = ['connect', assistant.id, ...(remove ? ['--remove'] : [])];
  const plan = planned.parse(await services.worker.run([...args, '--dry-run'])).changes[0];
  if (plan === undefined) return;
  if (!plan.changed) {
    void vscode.window.showInformationMessage(`Reverie: nothing to change for ${assistant.name}.`);
    return;
  }
  const shown = await showChange(
    plan.file,
    plan.before ?? '',
    plan.after ?? '',
    `Reverie: ${plan.file}${plan.before === null ? ' (new)' : plan.after === null ? ' (removed)' : ''}`,
  );
  try {
    const why = plan.changedSince ? " The file was changed since: only Reverie's entry is taken out." : '';
    const go = await vscode.window.showInformationMessage(
      `${remove ? 'Disconnect' : 'Connect'} ${assistant.name}? This is all that changes in ${plan.file}.${why}`,
      'Write',
      'Not Now',
    );
    if (go !== 'Write') return;
    await services.worker.run([...args, '--shown', plan.mark]);
  } finally {
    shown.dispose();
  }
  void vscode.window.showInformationMessage(
    remove
      ? `Reverie: ${assistant.name} is disconnected.`
      : `Reverie: ${assistant.name} is connected; it knows from its next start.`,
  );
}

/** Connects or disconnects one assistant of this machine, or goes on to `writeRules`. */
export async function connectAssistants(services: Services, writeRules: () => Promise<void>): Promise<void> {
  const { assistants } = listed.parse(await services.worker.run(['connect']));
  const chosen = await vscode.window.showQuickPick(
    [
      ...assistants.map((assistant) => ({
        label: assistant.name,
        description: states[assistant.state],
        detail: assistant.reason ?? `${ways[assistant.way]} ${assistant.file}`,
        assistant,
      })),
      {
        label: 'Write Rules to Instruction Files…',
        description: 'AGENTS.md, CLAUDE.md and others of this project',
        detail: 'GitHub Copilot in this editor needs neither: the extension brings its own agent plugin.',
        assistant: undefined,
      },
    ],
    { title: 'Connect which assistant?', placeHolder: 'You see the exact change before anything is written' },
  );
  if (chosen === undefined) return;
  const { assistant } = chosen;
  if (assistant === undefined) return writeRules();
  if (assistant.state === 'unreadable') {
    void vscode.window.showWarningMessage(`Reverie: ${assistant.reason ?? assistant.file}`);
    return;
  }
  if (assistant.state === 'not-connected') return change(services, assistant, false);
  const acts = [
    ...(assistant.state === 'outdated' ? [{ label: 'Connect to This Reverie…', remove: false }] : []),
    { label: 'Disconnect…', remove: true },
  ];
  const act = await vscode.window.showQuickPick(acts, { title: assistant.name });
  if (act !== undefined) await change(services, assistant, act.remove);
}
