/** Pause, Resume, Private Session, Delete Everything, Diagnose, Open Log, the status bar's menu. */
import * as vscode from 'vscode';
import { z } from 'zod/mini';
import { noteSilence, pausesFact, privateCommitsFact } from '../core/capture/silence.ts';
import { pausedFact } from '../core/injection/hookFacts.ts';
import type { CommandTable } from './commands.ts';
import type { Services } from './services.ts';
import type { Workload } from './witness/workload.ts';

const findings = z.object({
  findings: z.array(z.object({ check: z.string(), state: z.string(), detail: z.string() })),
});

async function setPaused(services: Services, paused: boolean): Promise<void> {
  const database = await services.access.open();
  await database.setFact(pausedFact, paused);
  await noteSilence(database, pausesFact, { on: paused, at: Date.now() });
  services.moods.setPaused(paused);
  if (paused) services.sleeping.stop();
}

/** A window that is closed takes its private session with it: what was noted of it ends by itself, ms. */
const longestPrivateSession = 12 * 3_600_000;

/** Hooks are children of this process and inherit its environment. */
async function setPrivateSession(services: Services, on: boolean): Promise<void> {
  if (on) process.env['REVERIE_PRIVATE'] = '1';
  else delete process.env['REVERIE_PRIVATE'];
  services.moods.setPrivateSession(on);
  const database = await services.access.open();
  await noteSilence(database, privateCommitsFact, { on, at: Date.now(), longest: longestPrivateSession });
}

interface Choice extends vscode.QuickPickItem {
  readonly command: string;
}

async function showMenu(services: Services): Promise<void> {
  const choice = (label: string, command: string): Choice => ({ label, command });
  const { state } = services.moods.current;
  const choices = [
    choice('$(layout-sidebar-left) Open the Memory', 'openSidebar'),
    state === 'asleep'
      ? choice('$(debug-stop) Stop Sleeping', 'stopSleeping')
      : choice('$(color-mode) Sleep Now', 'sleepNow'),
    choice('$(search) Recall…', 'recall'),
    choice('$(add) Record Decision…', 'recordDecision'),
    choice('$(history) Show Last Night', 'showLastNight'),
    services.moods.paused
      ? choice('$(debug-start) Resume', 'resume')
      : choice('$(debug-pause) Pause', 'pause'),
    choice(
      services.moods.privateSession ? '$(eye) End the Private Session' : '$(eye-closed) Private Session',
      'privateSession',
    ),
  ];
  const chosen = await vscode.window.showQuickPick(choices, { title: 'Reverie' });
  if (chosen !== undefined) await vscode.commands.executeCommand(`reverie.${chosen.command}`);
}

const disconnected = z.object({
  removed: z.array(z.object({ name: z.string() })),
  left: z.array(z.object({ reason: z.string() })),
});

/** What connected assistants' files held before is deleted too: they get it back first. */
async function disconnectAll(services: Services, dryRun: boolean): Promise<z.infer<typeof disconnected>> {
  const args = ['connect', '--remove', '--all', ...(dryRun ? ['--dry-run'] : [])];
  return disconnected.parse(await services.worker.run(args, { acceptFailure: true }));
}

async function deleteEverything(services: Services): Promise<void> {
  const word = 'delete everything';
  const connected = (await disconnectAll(services, true)).removed.map(({ name }) => name);
  const also =
    connected.length === 0
      ? ''
      : ` ${connected.join(', ')}: disconnected, and their files as they were before.`;
  const typed = await vscode.window.showInputBox({
    title: 'Delete everything Reverie remembers',
    prompt: `This cannot be undone. Type “${word}” to go on; “Reverie: Export…” keeps a copy.${also}`,
    ignoreFocusOut: true,
  });
  if (typed?.trim().toLowerCase() !== word) return;
  services.sleeping.stop();
  for (const { reason } of (await disconnectAll(services, false)).left)
    void vscode.window.showWarningMessage(`Reverie: ${reason}`);
  await (await services.access.open()).memories.forgetEverything();
  services.removeTraces();
  services.sidebar.refresh();
  void vscode.window.showInformationMessage('Reverie has forgotten everything.');
}

async function diagnose(services: Services, workload: Workload): Promise<void> {
  const parsed = findings.safeParse(await services.worker.run(['doctor'], { acceptFailure: true }));
  if (!parsed.success) return;
  const marks: Readonly<Record<string, string>> = { ok: '✓', warning: '!', problem: '✗' };
  const lines = parsed.data.findings.map(
    ({ check, state, detail }) => `- ${marks[state] ?? '·'} **${check}**: ${detail}`,
  );
  const { calls, p99, max } = workload.report();
  lines.push(
    `- · **cost while working**: listening to the editor held it up ${calls} times, 99 of 100 for less than ${p99.toFixed(2)} ms, ${max.toFixed(1)} ms at most`,
  );
  const content = ['# Reverie: diagnosis', '', ...lines, ''].join('\n');
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document, { preview: true });
}

export function lifecycleCommands(services: Services, workload: Workload): CommandTable {
  return {
    pause: () => setPaused(services, true),
    resume: () => setPaused(services, false),
    privateSession: () => setPrivateSession(services, !services.moods.privateSession),
    deleteEverything: () => deleteEverything(services),
    diagnose: () => diagnose(services, workload),
    openLog: () => services.showLog(),
    openSidebar: () => vscode.commands.executeCommand('reverie.memory.focus'),
    showMenu: () => showMenu(services),
  };
}
