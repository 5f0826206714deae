/** The memory in plain words: strengths, receipts, ages, places. */
import type { MemoryLabel, ProjectId } from '../src/core/memory.ts';
import type { AreaCard, MemoryCard, ScopeCard } from '../src/core/protocol.ts';
import type { PhaseName, Stage } from '../src/core/sleep/phase.ts';

/** Characters that could make text run backwards, hide, or break out of its line; shown as a replacement mark. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be made harmless
const unruly = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g;

/** Longest text that a row shows; more would only slow the sidebar down. */
export const longestShown = 4_000;

/** Text as it may be shown: harmless, and cut to `max` characters with an ellipsis. */
export function plain(text: string, max = longestShown): string {
  const cut = text.length > max ? `${text.slice(0, max).trimEnd()}…` : text;
  return cut.replace(unruly, '\uFFFD');
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString()} ${count === 1 ? one : many}`;
}

export type Band = MemoryCard['band'];
export const bandWords: Readonly<Record<Band, string>> = {
  strong: 'firm',
  moderate: 'steady',
  weak: 'faint',
  fading: 'fading',
};

export const knowledgeWords: Readonly<Record<AreaCard['band'], string>> = {
  none: 'hardly known',
  awareness: 'aware',
  working: 'working knowledge',
  deep: 'deep',
  expert: 'expert',
};

/** "told 14×, obeyed 12, broken 1". */
export function receiptWords({ receipts }: Pick<MemoryCard, 'receipts'>): string {
  if (receipts.injected === 0) return 'not told yet';
  const parts = [`told ${receipts.injected.toLocaleString()}×`];
  if (receipts.obeyed > 0) parts.push(`obeyed ${receipts.obeyed.toLocaleString()}`);
  if (receipts.violated > 0) parts.push(`broken ${receipts.violated.toLocaleString()}`);
  return parts.join(', ');
}

/** "7 moments in 3 sessions". */
export function originWords(card: Pick<MemoryCard, 'episodes' | 'sessions'>): string {
  const moments = plural(card.episodes, 'moment');
  return card.sessions > 1 ? `${moments} in ${plural(card.sessions, 'session')}` : moments;
}

export const labelWords: Readonly<Record<MemoryLabel, string>> = {
  correction: 'Correction',
  decision: 'Decision',
  preference: 'Preference',
  fix: 'Fix',
  outcome: 'Outcome',
};

export const stageWords: Readonly<Record<Stage, string>> = {
  N1: 'falling asleep',
  N2: 'light sleep',
  N3: 'deep sleep',
  REM: 'dreaming',
};

export const phaseWords: Readonly<Record<PhaseName, string>> = {
  replay: 'replaying the day',
  homeostasis: 'levelling strengths',
  propagation: 'comparing with what is known',
  precision: 'weighing what was obeyed',
  crystallization: 'finding rules',
  reorganize: 'sorting topics',
  consolidate: 'merging faint memories',
  prune: 'letting go',
  dream: 'looking for analogies',
  expertise: 'taking stock',
  wording: 'finding better words',
};

const assistants: Readonly<Record<string, string>> = {
  'claude-code': 'Claude Code',
  copilot: 'Copilot',
  'copilot-cli': 'Copilot CLI',
  codex: 'Codex',
  cursor: 'Cursor',
  gemini: 'Gemini',
  cline: 'Cline',
  continue: 'Continue',
  opencode: 'OpenCode',
  aider: 'Aider',
  specstory: 'SpecStory',
  jsonl: 'Imported',
  command: 'By hand',
  editor: 'Editor',
  mcp: 'MCP',
  hook: 'Hook',
};

export function assistantWords(assistant: string): string {
  return assistants[assistant] ?? plain(assistant, 40);
}

const projectNames = new Map<ProjectId, string>();

/** The last part of a project's path. Asked for with every episode, so remembered. */
export function projectWords(project: ProjectId): string {
  const known = projectNames.get(project);
  if (known !== undefined) return known;
  const name = lastPart(project);
  projectNames.set(project, name);
  return name;
}

function lastPart(project: ProjectId): string {
  const parts = project.split(/[\\/]/).filter((part) => part !== '');
  return plain(parts.at(-1) ?? project, 60);
}

export function scopeWords(scope: ScopeCard): string {
  if (scope.project === undefined) return 'Everywhere';
  return scope.glob === undefined
    ? projectWords(scope.project)
    : `${projectWords(scope.project)} › ${plain(scope.glob, 60)}`;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const full = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);
/** Calendar days from `at` to `now`, by the local clock. */
function daysBetween(at: number, now: number): number {
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}

export const timeWords = (at: number): string => clock.format(at);

export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** Heading of a day: "Today", "Yesterday", "Monday 16 November", "3 Feb 2025". */
export function dayWords(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days === 0 || days === 1) return capital(relative.format(-days, 'day'));
  return days > 0 && days < 300 ? weekday.format(at) : full.format(at);
}

/** "today", "yesterday", "5 days ago", "16 Nov", "3 Feb 2025". */
export function ageWords(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days >= 0 && days < 7) return relative.format(-days, 'day');
  return days > 0 && days < 300 ? short.format(at) : full.format(at);
}

/** "12 s", "4 min", "1 h 20 min". */
export function durationWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 1) return 'a moment';
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
