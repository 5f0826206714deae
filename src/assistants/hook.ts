/**
 * The protocol of agent hooks (VS Code Copilot, Claude Code, Copilot CLI): what they send on standard input, and
 * what they understand on standard output. On the path of every prompt: guards by hand, no schema library.
 */
import { basename, dirname, extname, isAbsolute, join, relative } from 'node:path';
import type { InjectionAnswer } from '../core/injection/compose.ts';
import { isToolEvent } from '../core/injection/request.ts';
import { type AgentWrite, agentWrites } from './agentWrites.ts';

export const hookEvents = [
  'SessionStart',
  'UserPromptSubmit',
  'PreToolUse',
  'PostToolUse',
  /* Claude Code and Copilot CLI tell of a tool that failed apart. */
  'PostToolUseFailure',
  'Stop',
  'SessionEnd',
] as const;
export type HookEvent = (typeof hookEvents)[number];

/** What a hook was told; everything beyond the event may be missing. */
export interface HookInput {
  readonly event: HookEvent;
  readonly session?: string;
  readonly transcript?: string;
  readonly prompt?: string;
  readonly cwd?: string;
  /** ISO 8601. */
  readonly timestamp?: string;
  /** Why a session started: `startup`, `resume`, `clear`, `compact`. */
  readonly source?: string;
  readonly tool?: string;
  /** The file the tool is about, as it was given. */
  readonly file?: string;
  /** Further ones: a patch, or a list of edits, can be about several. */
  readonly otherFiles?: readonly string[];
  readonly command?: string;
  /** What the tool writes into files of code, its beginning. */
  readonly written?: string;
  /** What a tool that failed answered. */
  readonly error?: string;
  /** What an edit tool writes, or wrote. */
  readonly writes?: readonly AgentWrite[];
}

type Json = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first of `keys` that holds a non-empty string. */
function textOf(from: Json | undefined, ...keys: readonly string[]): string | undefined {
  if (from === undefined) return undefined;
  for (const key of keys) {
    const value = from[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

const fileKeys = ['filePath', 'file_path', 'path', 'notebook_path', 'absolute_path'] as const;

/** Words that make a tool's answer a failure. The answer is text in some assistants and an object in others. */
const failure = /\b(?:error|failed|failure|exception|exit code:? [1-9]|ENOENT|not found|traceback)\b/i;

function errorOf(response: unknown): string | undefined {
  if (isJson(response)) {
    const failed =
      response['is_error'] === true || response['isError'] === true || response['success'] === false;
    const forModel = textOf(response, 'text_result_for_llm', 'textResultForLlm');
    if (forModel !== undefined) return failure.test(forModel) ? forModel : undefined;
    const text = textOf(response, 'error', 'stderr', 'output', 'stdout');
    return failed ||
      (text !== undefined && textOf(response, 'error', 'stderr') !== undefined && failure.test(text))
      ? text
      : undefined;
  }
  return typeof response === 'string' && failure.test(response) ? response : undefined;
}

/** More of a file is not looked at. Characters. */
const longestWritten = 20_000;
/** Prose may name what a rule forbids. */
const prose = /\.(?:md|mdx|mdc|markdown|txt|rst|adoc)$/i;

function writtenBy(writes: readonly AgentWrite[]): string | undefined {
  const texts = writes.filter(({ file }) => !prose.test(file)).flatMap((write) => write.texts);
  return texts.length === 0 ? undefined : texts.join('\n').slice(0, longestWritten);
}

export function isHookEvent(event: string | undefined): event is HookEvent {
  return hookEvents.some((known) => known === event);
}

/** Reads what came on standard input; undefined where it is no JSON object. Never throws. */
export function parseHookInput(event: HookEvent, text: string): HookInput | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isJson(value)) return undefined;
  const given = value['tool_input'] ?? value['toolInput'];
  const toolInput = isJson(given) ? given : undefined;
  const tool = textOf(value, 'tool_name', 'toolName');
  const writes = isToolEvent(event) ? agentWrites(tool, given) : [];
  const [file, ...otherFiles] = new Set([
    ...[textOf(toolInput, ...fileKeys)].filter((one) => one !== undefined),
    ...writes.map((write) => write.file),
  ]);
  const fields = {
    session: textOf(value, 'session_id', 'sessionId'),
    transcript: textOf(value, 'transcript_path', 'transcriptPath'),
    prompt: textOf(value, 'prompt', 'user_prompt', 'userPrompt'),
    cwd: textOf(value, 'cwd'),
    timestamp: textOf(value, 'timestamp'),
    source: textOf(value, 'source'),
    tool,
    file,
    otherFiles: otherFiles.length === 0 ? undefined : otherFiles,
    command: textOf(toolInput, 'command', 'cmd'),
    written: writtenBy(writes),
    error:
      event === 'PostToolUse'
        ? errorOf(value['tool_response'] ?? value['toolResponse'] ?? value['tool_result'])
        : event === 'PostToolUseFailure'
          ? textOf(value, 'error', 'tool_error')
          : undefined,
    writes: writes.length === 0 ? undefined : writes,
  };
  return { event, ...Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== undefined)) };
}

/** A file as a project sees it: relative, forward slashes; undefined outside of the project. */
export function projectPath(file: string, project: string): string | undefined {
  const path = relative(project, file).replace(/\\/g, '/');
  return path === '' || path === '..' || path.startsWith('../') || isAbsolute(path) ? undefined : path;
}

/**
 * What to print; empty when there is nothing to say. VS Code and Claude Code read what belongs to the event, Copilot CLI
 * reads context at the top, but for what is said before a tool runs.
 */
export function hookOutput(
  event: Exclude<HookEvent, 'Stop' | 'SessionEnd'>,
  answer: Pick<InjectionAnswer, 'context' | 'ask'>,
  { atTop = false }: { readonly atTop?: boolean } = {},
): string {
  const context = answer.context === '' ? {} : { additionalContext: answer.context };
  const output = {
    hookEventName: event,
    ...context,
    ...(event === 'PreToolUse' && answer.ask !== undefined
      ? { permissionDecision: 'ask', permissionDecisionReason: answer.ask }
      : {}),
  };
  if (Object.keys(output).length === 1) return '';
  return JSON.stringify({
    ...(atTop && event !== 'PreToolUse' ? context : {}),
    hookSpecificOutput: output,
  });
}

/** In the environment of a window's hooks: the folders that are open in it, a JSON list; only where there are several. */
export const foldersVariable = 'REVERIE_FOLDERS';

export function openFolders(value: string | undefined): readonly string[] {
  try {
    const folders: unknown = JSON.parse(value ?? '[]');
    return Array.isArray(folders)
      ? folders.filter((folder): folder is string => typeof folder === 'string' && isAbsolute(folder))
      : [];
  } catch {
    return [];
  }
}

/** Copilot CLI keeps each conversation in a folder of its own. */
const copilotCliLog = 'events.jsonl';

/** Which assistant a transcript belongs to, by where it lies. */
export function assistantOf(transcript: string | undefined): 'copilot' | 'claude-code' | 'copilot-cli' {
  const path = transcript?.replace(/\\/g, '/') ?? '';
  if (/\/\.claude\//.test(path)) return 'claude-code';
  if (/\/\.copilot\//.test(path) || /\/session-state\/[^/]+\/events\.jsonl$/.test(path)) return 'copilot-cli';
  return 'copilot';
}

/** A conversation's name that is no path. */
const isPlainName = (session: string) => basename(session) === session && !/^\.*$/.test(session);

/**
 * Where Copilot CLI writes the conversation down, which its hooks do not say; undefined where it cannot be known.
 * @param folder its own folder, `~/.copilot` if not moved.
 */
export function copilotCliTranscript(folder: string, session: string | undefined): string | undefined {
  return session === undefined || !isPlainName(session)
    ? undefined
    : join(folder, 'session-state', session, copilotCliLog);
}

/** The transcript of another conversation of the same assistant in the same place; undefined for what is no name. */
export function transcriptBeside(transcript: string, session: string): string | undefined {
  if (!isPlainName(session)) return undefined;
  return basename(transcript) === copilotCliLog
    ? join(dirname(dirname(transcript)), session, copilotCliLog)
    : join(dirname(transcript), `${session}${extname(transcript)}`);
}
