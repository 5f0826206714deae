/** Every setting of Reverie, typed, with the default that package.json must repeat (a test holds them together). */
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { tunables } from '../core/tunables.ts';

export interface Settings {
  readonly 'capture.enabled': boolean;
  /** Also watch what becomes of assistants' text, what made errors go away, and the user's own commits. */
  readonly 'capture.editor': boolean;
  /** Globs of folders and files of which nothing is noticed. */
  readonly 'capture.exclude': readonly string[];
  readonly 'injection.enabled': boolean;
  /** Tell what was said once or twice, as such, before a rule is made of it. */
  readonly 'injection.recollections': boolean;
  /** Tokens (o200k_base) a conversation's start may cost. */
  readonly 'injection.sessionTokens': number;
  readonly 'injection.promptTokens': number;
  readonly 'injection.toolTokens': number;
  readonly 'rules.approval': 'auto' | 'balanced' | 'manual';
  readonly 'sleep.automatic': boolean;
  readonly 'sleep.idleMinutes': number;
  /** Times of day, `HH:MM`, at which a short pause is enough. */
  readonly 'sleep.times': readonly string[];
  readonly 'sleep.budgetSeconds': number;
  /** Keep only the lesson of episodes whose rule stands. */
  readonly 'sleep.forgetWords': boolean;
  /** Nights that can be taken back. */
  readonly 'sleep.undoableNights': number;
  /** Who words rules and dreams; `none` asks nobody. */
  readonly 'model.provider': 'none' | 'openai' | 'vscode';
  /** Base address of an OpenAI-compatible endpoint; empty = OpenAI's own. */
  readonly 'model.endpoint': string;
  readonly 'model.name': string;
  readonly 'model.calls': number;
  readonly 'model.answerTokens': number;
  readonly 'model.callSeconds': number;
  readonly 'model.seconds': number;
}

export const defaultSettings: Settings = {
  'capture.enabled': true,
  'capture.editor': true,
  'capture.exclude': [],
  'injection.enabled': true,
  'injection.recollections': true,
  'injection.sessionTokens': tunables.budget.session,
  'injection.promptTokens': tunables.budget.prompt,
  'injection.toolTokens': tunables.budget.tool,
  'rules.approval': 'balanced',
  'sleep.automatic': true,
  'sleep.idleMinutes': tunables.drive.idleMinutes,
  'sleep.times': [],
  'sleep.budgetSeconds': 300,
  'sleep.forgetWords': false,
  'sleep.undoableNights': tunables.journal.keepNights,
  'model.provider': 'none',
  'model.endpoint': '',
  'model.name': '',
  'model.calls': tunables.model.calls,
  'model.answerTokens': tunables.model.answerTokens,
  'model.callSeconds': tunables.model.callSeconds,
  'model.seconds': tunables.model.seconds,
};

/** The setting now; a value of the wrong type (a hand-edited file) counts as unset. */
export function readSetting<K extends keyof Settings>(key: K): Settings[K] {
  const fallback = defaultSettings[key];
  const value: unknown = vscode.workspace.getConfiguration('reverie').get(key);
  return typeof value === typeof fallback ? (value as Settings[K]) : fallback;
}

/** Times of day at which it may sleep in a short pause. */
export function readSleepTimes(): readonly string[] {
  const times: readonly unknown[] = readSetting('sleep.times');
  return (Array.isArray(times) ? times : []).filter((time): time is string => typeof time === 'string');
}

/** The globs of `capture.exclude`, with `~` as the home it stands for. */
export function readExclude(): readonly string[] {
  const globs: readonly unknown[] = readSetting('capture.exclude');
  return (Array.isArray(globs) ? globs : [])
    .filter((glob): glob is string => typeof glob === 'string')
    .map((glob) => glob.replace(/^~(?=[\\/]|$)/, homedir()));
}

/** What hooks take for granted where nothing was left for them. */
export const untouchedHookSettings: ReturnType<typeof hookSettings> = {
  capture: true,
  exclude: [],
  injection: true,
  recollections: true,
  budget: tunables.budget,
};

/** What a hook needs to know, in the form in which it is left in the database: hooks cannot read editor settings. */
export function hookSettings(): {
  readonly capture: boolean;
  readonly exclude: readonly string[];
  readonly injection: boolean;
  readonly recollections: boolean;
  readonly budget: { readonly session: number; readonly prompt: number; readonly tool: number };
} {
  return {
    capture: readSetting('capture.enabled'),
    exclude: readExclude(),
    injection: readSetting('injection.enabled'),
    /* Who wants to be asked about every rule wants nothing told that no rule says. */
    recollections: readSetting('injection.recollections') && readSetting('rules.approval') !== 'manual',
    budget: {
      session: readSetting('injection.sessionTokens'),
      prompt: readSetting('injection.promptTokens'),
      tool: readSetting('injection.toolTokens'),
    },
  };
}
