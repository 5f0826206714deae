/** Reverie's place in the status bar: awake, drowsy, asleep with the stage, or paused. */
import * as vscode from 'vscode';
import type { Mood } from '../core/protocol.ts';
import type { MoodState } from './moodState.ts';

const percent = (share: number) => `${Math.round(100 * Math.min(1, share))} %`;

function appearance(mood: Mood): { readonly text: string; readonly tooltip: string } {
  switch (mood.state) {
    case 'awake':
      return { text: '$(color-mode) awake', tooltip: `Reverie is awake, ${percent(mood.pressure)} sleepy` };
    case 'drowsy':
      return {
        text: `$(color-mode) drowsy ${percent(mood.pressure)}`,
        tooltip: `Reverie is drowsy, ${percent(mood.pressure)} sleepy: it sleeps when the editor is idle`,
      };
    case 'asleep':
      return {
        text: `$(sync~spin) asleep ${mood.stage}`,
        tooltip: `Reverie sleeps: ${mood.phase ?? mood.stage}`,
      };
    case 'paused':
      return mood.where === 'everywhere'
        ? {
            text: '$(debug-pause) Reverie',
            tooltip: 'Reverie is paused: nothing is noticed, nothing is told',
          }
        : {
            text: '$(eye-closed) Reverie',
            tooltip: 'Private session: nothing of this window is kept or told',
          };
  }
}

export function createStatusBar(moods: MoodState): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('reverie.status', vscode.StatusBarAlignment.Right, 90);
  item.name = 'Reverie';
  item.command = 'reverie.showMenu';
  const show = (mood: Mood) => {
    const { text, tooltip } = appearance(mood);
    item.text = text;
    item.tooltip = tooltip;
    item.accessibilityInformation = { label: tooltip, role: 'button' };
  };
  show(moods.current);
  item.show();
  return vscode.Disposable.from(item, moods.onDidChange(show));
}
