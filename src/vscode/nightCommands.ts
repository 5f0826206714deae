/** Sleep Now, Sleep on This Project, Stop Sleeping, Show Last Night, Undo Last Night. */
import * as vscode from 'vscode';
import { ReverieError } from '../core/errors.ts';
import type { CommandTable } from './commands.ts';
import type { Services } from './services.ts';
import type { NightSummary } from './sleeping.ts';
import { takeBackNight } from './takeBack.ts';

/** What a night brought, quietly. */
async function tellNight(night: NightSummary, services: Services): Promise<void> {
  const fresh = night.rules.filter((rule) => rule.change === 'new');
  const proposed = fresh.filter((rule) => rule.status === 'proposed').length;
  const words =
    fresh.length === 0
      ? `Night ${night.number}: ${night.changes === 0 ? 'nothing new to learn' : `${night.changes} changes, no new rule`}.`
      : `Night ${night.number}: ${fresh.length} new ${fresh.length === 1 ? 'rule' : 'rules'}${proposed > 0 ? `, ${proposed} waiting for you` : ''}.`;
  const choice = await vscode.window.showInformationMessage(
    words,
    fresh.length > 0 ? 'Show Rules' : 'Show Night',
  );
  if (choice !== undefined) await services.sidebar.show(fresh.length > 0 ? 'rules' : 'nights');
}

async function sleep(services: Services, scope?: string): Promise<NightSummary | undefined> {
  const night = await services.sleeping.sleepNow(scope);
  /* Not awaited: a notification may stay open for as long as the user likes. */
  if (night !== undefined) void tellNight(night, services);
  return night;
}

/** Some of a night was changed since: whether the rest is to be taken back. */
export async function askToKeepChanged(): Promise<boolean> {
  const rest = 'Take Back the Rest';
  const answer = await vscode.window.showWarningMessage(
    'Some of what this night did was changed since, by you or by a later night.',
    {
      modal: true,
      detail:
        'What was changed stays, with the moments behind it. Everything else the night did is taken back.',
    },
    rest,
  );
  return answer === rest;
}

export function nightCommands(services: Services): CommandTable {
  return {
    sleepNow: () => sleep(services),
    async sleepOnThisProject() {
      const project = services.project();
      if (project === undefined)
        throw new ReverieError('usage', 'Open a folder first: there is no project here.');
      return sleep(services, project);
    },
    stopSleeping: () => services.sleeping.stop(),
    showLastNight: () => services.sidebar.show('nights'),
    async undoLastNight() {
      const database = await services.access.open();
      const night = (await database.sleep.nights(50)).find(
        (one) => one.state === 'complete' || one.state === 'interrupted',
      );
      if (night === undefined) {
        void vscode.window.showInformationMessage('Reverie: there is no night to take back.');
        return;
      }
      const undone = await takeBackNight(database.sleep, night.id, askToKeepChanged);
      services.sidebar.refresh();
      if (undone === 0) return;
      void vscode.window.showInformationMessage(
        `Reverie took back night ${night.number}: ${undone === 1 ? 'one change' : `${undone} changes`}.`,
      );
    },
  };
}
