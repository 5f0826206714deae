/**
 * Finds the transcripts on this machine by their places and names alone; no transcript is opened. Of databases the
 * conversations are counted, not read.
 */
import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { TranscriptFormat } from '../core/capture/message.ts';
import { countDatabase, isDatabase } from './databases.ts';
import { workspaceFolderOf } from './workspaceFolder.ts';

export interface DiscoveryRoots {
  readonly home?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
  /** Folders to look in for transcripts kept beside the code, beside those the editors have had open. */
  readonly workspaces?: readonly string[];
  readonly signal?: AbortSignal;
}

export interface FoundFile {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** One assistant in one place. */
export interface FoundTranscripts {
  /**
   * `claude-code`, `copilot`, `codex`, `copilot-cli`, `gemini`, `cline`, `roo`, `kilo`, `continue`, `cursor`, `opencode`,
   * `aider`, `specstory`.
   */
  readonly assistant: string;
  readonly format: TranscriptFormat;
  /** For people: "Claude Code", "Copilot Chat in VS Code Insiders". */
  readonly name: string;
  /** Newest first, never empty. */
  readonly files: readonly FoundFile[];
  /** How many conversations there are: files, or what a database counts. */
  readonly conversations: number;
  /** Epoch ms of the oldest and the newest conversation, as far as files tell without being read. */
  readonly from: number;
  readonly to: number;
}

/** A pattern of path parts: text, or a test of a name; `deep` descends any number of folders. */
type Step = string | RegExp | 'deep';
const any = /./;

interface Place {
  readonly assistant: string;
  readonly format: TranscriptFormat;
  readonly name: string;
  readonly root: string;
  readonly steps: readonly (readonly Step[])[];
}

const editors = [
  ['Code', 'VS Code'],
  ['Code - Insiders', 'VS Code Insiders'],
  ['VSCodium', 'VSCodium'],
  ['VSCodium - Insiders', 'VSCodium Insiders'],
  ['Code - OSS', 'Code OSS'],
  ['Cursor', 'Cursor'],
  ['Windsurf', 'Windsurf'],
] as const;

const servers = [
  ['.vscode-server', 'VS Code Server'],
  ['.vscode-server-insiders', 'VS Code Server Insiders'],
  ['.vscodium-server', 'VSCodium Server'],
  ['.cursor-server', 'Cursor Server'],
  ['.windsurf-server', 'Windsurf Server'],
] as const;

/** Extensions that keep Cline's files. */
const clineLike = [
  ['saoudrizwan.claude-dev', 'cline', 'Cline'],
  ['rooveterinaryinc.roo-cline', 'roo', 'Roo Code'],
  ['kilocode.kilo-code', 'kilo', 'Kilo Code'],
] as const;

/** The editors' user folders that may exist, with their names. */
export function editorUserFolders(
  roots: DiscoveryRoots = {},
): readonly { readonly path: string; readonly editor: string }[] {
  const { home = homedir(), env = process.env, platform = process.platform } = roots;
  const applications =
    platform === 'darwin'
      ? join(home, 'Library', 'Application Support')
      : platform === 'win32'
        ? (env['APPDATA'] ?? join(home, 'AppData', 'Roaming'))
        : (env['XDG_CONFIG_HOME'] ?? join(home, '.config'));
  const data = env['XDG_DATA_HOME'] ?? join(home, '.local', 'share');
  const portable = env['VSCODE_PORTABLE'];
  return [
    ...editors.map(([folder, editor]) => ({ path: join(applications, folder, 'User'), editor })),
    ...(portable === undefined
      ? []
      : [{ path: join(portable, 'user-data', 'User'), editor: 'VS Code (portable)' }]),
    ...servers.map(([folder, editor]) => ({ path: join(home, folder, 'data', 'User'), editor })),
    { path: join(data, 'code-server', 'User'), editor: 'code-server' },
  ];
}

function places(roots: DiscoveryRoots): readonly Place[] {
  const { home = homedir(), env = process.env } = roots;
  const place = (
    assistant: string,
    format: TranscriptFormat,
    name: string,
    root: string,
    ...steps: readonly Step[][]
  ): Place => ({
    assistant,
    format,
    name,
    root,
    steps,
  });
  const claude = env['CLAUDE_CONFIG_DIR']?.split(',') ?? [
    join(home, '.claude'),
    join(home, '.config', 'claude'),
  ];
  const gemini = join(env['GEMINI_CLI_HOME'] ?? home, '.gemini');
  const openCode = join(env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'opencode');
  const inEditors = editorUserFolders(roots).flatMap(({ path, editor }) => [
    place(
      'copilot',
      'copilot',
      `Copilot Chat in ${editor}`,
      path,
      ['workspaceStorage', any, 'chatSessions', /\.jsonl?$/],
      ['workspaceStorage', any, /^github\.copilot-chat$/i, 'transcripts', /\.jsonl$/],
      ['globalStorage', 'emptyWindowChatSessions', /\.jsonl?$/],
      ['globalStorage', /^github\.copilot-chat$/i, 'transcripts', /\.jsonl$/],
    ),
    ...(editor.startsWith('Cursor')
      ? [place('cursor', 'cursor', editor, path, ['globalStorage', 'state.vscdb'])]
      : []),
    ...clineLike.map(([extension, assistant, name]) =>
      place(assistant, 'cline', `${name} in ${editor}`, path, [
        'globalStorage',
        extension,
        'tasks',
        any,
        'api_conversation_history.json',
      ]),
    ),
  ]);
  return [
    ...claude.map((root) =>
      place('claude-code', 'claude-code', 'Claude Code', root.trim(), ['projects', any, /\.jsonl$/]),
    ),
    ...inEditors,
    place(
      'codex',
      'codex',
      'Codex',
      env['CODEX_HOME'] ?? join(home, '.codex'),
      ['sessions', 'deep', /^rollout-.*\.jsonl(\.zst)?$/],
      ['archived_sessions', 'deep', /^rollout-.*\.jsonl(\.zst)?$/],
    ),
    place(
      'copilot-cli',
      'copilot-cli',
      'Copilot CLI',
      env['COPILOT_HOME'] ?? join(home, '.copilot'),
      ['session-state', any, 'events.jsonl'],
      ['session-state', /\.jsonl$/],
    ),
    place('gemini', 'gemini', 'Gemini CLI', gemini, ['tmp', any, 'chats', /\.jsonl?$/]),
    place('continue', 'continue', 'Continue', env['CONTINUE_GLOBAL_DIR'] ?? join(home, '.continue'), [
      'sessions',
      /^(?!sessions\.json$).*\.json$/,
    ]),
    place(
      'opencode',
      'opencode',
      'OpenCode',
      openCode,
      [/^opencode[^/]*\.db$/],
      ['storage', 'session', any, /^ses_.*\.json$/],
    ),
  ];
}

/** Every assistant that has transcripts here. What cannot be listed counts as not there. */
export async function discoverTranscripts(roots: DiscoveryRoots = {}): Promise<readonly FoundTranscripts[]> {
  const found: FoundTranscripts[] = [];
  for (const place of places(roots)) {
    if (roots.signal?.aborted) return found;
    const paths: string[] = [];
    for (const steps of place.steps) {
      await match(place.root, steps, paths, 0);
      /* Its database has taken in what the older tree of files beside it holds. */
      if (place.assistant === 'opencode' && paths.length > 0) break;
    }
    await add(found, place, paths);
  }
  const workspaces = new Set([...(roots.workspaces ?? []), ...(await openedFolders(roots))]);
  const specstory: string[] = [];
  const aider: string[] = [];
  for (const folder of workspaces) {
    if (roots.signal?.aborted) return found;
    await match(folder, ['.specstory', 'history', /\.md$/], specstory, 0);
    await match(folder, ['.aider.chat.history.md'], aider, 0);
  }
  await add(found, { assistant: 'specstory', format: 'specstory', name: 'SpecStory' }, specstory);
  await add(found, { assistant: 'aider', format: 'aider', name: 'aider' }, aider);
  return found;
}

/** The folders that the editors keep a storage for: those that were open once. */
async function openedFolders(roots: DiscoveryRoots): Promise<readonly string[]> {
  const folders: string[] = [];
  for (const { path } of editorUserFolders(roots)) {
    const stored: string[] = [];
    await match(path, ['workspaceStorage', any, 'workspace.json'], stored, 0);
    for (const file of stored) {
      const folder = await workspaceFolderOf(file);
      if (folder !== undefined) folders.push(folder);
    }
  }
  return folders;
}

async function match(folder: string, steps: readonly Step[], paths: string[], depth: number): Promise<void> {
  const [step, ...rest] = steps;
  if (step === undefined) {
    paths.push(folder);
    return;
  }
  if (step === 'deep') {
    await match(folder, rest, paths, depth);
    if (depth > 6) return;
    for (const name of await foldersIn(folder)) await match(join(folder, name), steps, paths, depth + 1);
    return;
  }
  if (typeof step === 'string') {
    await match(join(folder, step), rest, paths, depth);
    return;
  }
  const names = rest.length > 0 ? await foldersIn(folder) : await namesIn(folder);
  for (const name of names) if (step.test(name)) await match(join(folder, name), rest, paths, depth);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink()).map((entry) => entry.name);
}

async function add(
  found: FoundTranscripts[],
  { assistant, format, name }: Pick<FoundTranscripts, 'assistant' | 'format' | 'name'>,
  paths: readonly string[],
): Promise<void> {
  const known = new Set(paths);
  const files: FoundFile[] = [];
  for (const path of known) {
    /* The same session in an older form beside the newer one. */
    if (path.endsWith('.zst') && known.has(path.slice(0, -4))) continue;
    if (path.endsWith('.json') && known.has(`${path}l`)) continue;
    const status = await stat(path).catch(() => undefined);
    if (status?.isFile() && status.size > 0) files.push({ path, size: status.size, mtimeMs: status.mtimeMs });
  }
  if (files.length === 0) return;
  files.sort((a, b) => b.mtimeMs - a.mtimeMs || (a.path < b.path ? -1 : 1));
  let conversations = 0;
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (const file of files) {
    const counted = isDatabase(file.path) ? await countDatabase(file.path, assistant) : undefined;
    conversations += counted?.conversations ?? 1;
    from = Math.min(from, counted?.from ?? file.mtimeMs);
    to = Math.max(to, counted?.to ?? file.mtimeMs);
  }
  if (conversations > 0) found.push({ assistant, format, name, files, conversations, from, to });
}
