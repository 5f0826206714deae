/**
 * The hook process: started at every prompt, answers within milliseconds or says nothing. Whatever goes wrong, the
 * assistant is not blocked: exit code 0, no output, one line in `$REVERIE_HOME/hook.log`.
 */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  realpathSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import {
  copilotCliTranscript,
  foldersVariable,
  type HookEvent,
  type HookInput,
  hookOutput,
  isHookEvent,
  openFolders,
  parseHookInput,
  projectPath,
} from '../assistants/hook.ts';
import type { Database } from '../core/database.ts';
import type { ErrorReason } from '../core/errors.ts';
import { createInjection } from '../core/injection/compose.ts';
import { type HookFacts, readHookFacts } from '../core/injection/hookFacts.ts';
import type { InjectionEvent } from '../core/injection/request.ts';
import type { ProjectId } from '../core/memory.ts';
import { createIds } from '../sqlite/ids.ts';
import { databaseFile, reverieHome, windowsFolder } from '../sqlite/location.ts';
import { openDatabase } from '../sqlite/open.ts';
import { fileBlob } from '../transcripts/fileBlob.ts';
import { createProjectRoots } from '../transcripts/projectRoot.ts';
import { noticeLater, prepareToNotice } from './noticeLater.ts';
import { readStandardInput } from './standardInput.ts';

/** The assistant waits no longer than this, ms; on a slow machine its owner may give more. */
const patienceMs = patienceGiven(process.env['REVERIE_HOOK_MS'], 1_500);
/** What was said is handed on all the same, for which so long is left, ms. */
const farewellMs = 300;
/** A locked database is waited for no longer than this, ms. */
const busyMs = 800;
/** A log that has grown larger begins anew. Bytes. */
const maxLog = 256 * 1024;

/** Between a tenth of a second and a minute. */
function patienceGiven(value: string | undefined, usual: number): number {
  const given = Number(value);
  return value !== undefined && given >= 100 && given <= 60_000 ? given : usual;
}

const silentLog = { debug: () => undefined, info: () => undefined, warn: logLine, error: logLine };

/** Never the user's text: only what went wrong. */
function logLine(message: string): void {
  try {
    const file = join(reverieHome(), 'hook.log');
    mkdirSync(reverieHome(), { recursive: true, mode: 0o700 });
    const line = `${new Date().toISOString()} ${message}\n`;
    if (existsSync(file) && statSync(file).size > maxLog) writeFileSync(file, line, { mode: 0o600 });
    else appendFileSync(file, line, { mode: 0o600 });
  } catch {
    /* Nowhere to write: then nothing is written. */
  }
}

/** A tool that failed is an occasion like one that ran. */
const occasions = {
  SessionStart: 'SessionStart',
  UserPromptSubmit: 'UserPromptSubmit',
  PreToolUse: 'PreToolUse',
  PostToolUse: 'PostToolUse',
  PostToolUseFailure: 'PostToolUse',
} as const satisfies Partial<Record<HookEvent, InjectionEvent>>;

const hasOccasion = (event: HookEvent): event is keyof typeof occasions => Object.hasOwn(occasions, event);

/** Without links in its folders' path: projects are known by their real paths. It may be still to come, with its folder. */
function realFile(file: string): string {
  for (
    let [at, rest] = [dirname(file), basename(file)];
    ;
    [at, rest] = [dirname(at), join(basename(at), rest)]
  ) {
    try {
      return join(realpathSync(at), rest);
    } catch {
      if (dirname(at) === at) return file;
    }
  }
}

/** Where the hook's assistant works. */
interface Workplace {
  readonly project: ProjectId;
  /** The tool's file, relative to the project; undefined outside of it. */
  readonly path?: string;
  /** Further ones in the same project. */
  readonly otherPaths?: readonly string[];
  /** The window's other projects, where nothing says which is meant. */
  readonly beside: readonly ProjectId[];
}

/**
 * A window can have several folders: a tool's file says which of them is meant. Only a folder that is open in the
 * window counts; a file elsewhere brings nothing of the project it belongs to.
 */
function workplaceOf({ cwd = process.cwd(), file, otherFiles = [], event }: HookInput): Workplace {
  const rootOf = createProjectRoots();
  const project = rootOf(cwd);
  const open = openFolders(process.env[foldersVariable]).map(rootOf);
  const folders = open.includes(project) ? open : [project];
  if (file !== undefined) {
    const real = realFile(resolve(cwd, file));
    const [own] = folders
      .map((folder) => ({ project: folder, path: projectPath(real, folder) ?? '' }))
      .filter(({ path }) => path !== '')
      .sort((one, other) => one.path.length - other.path.length);
    const otherPaths = otherFiles
      .map((one) => projectPath(realFile(resolve(cwd, one)), own?.project ?? project))
      .filter((path) => path !== undefined);
    return { ...(own ?? { project }), ...(own === undefined ? {} : { otherPaths }), beside: [] };
  }
  const asks = event === 'SessionStart' || event === 'UserPromptSubmit';
  return { project, beside: asks ? [...new Set(folders)].filter((folder) => folder !== project) : [] };
}

async function answer(
  input: HookInput,
  database: Database,
  { project, beside, path, otherPaths = [] }: Workplace,
  { injection: allowed, paused, budget, recollections }: HookFacts,
): Promise<string> {
  if (!hasOccasion(input.event) || paused || !allowed) return '';
  const event = occasions[input.event];
  const ids = createIds();
  /* What names are made with is loaded while another thread looks for what is to be told. */
  setTimeout(() => ids.derive('t'));
  const injection = createInjection({
    memories: database.memories,
    receipts: database.receipts,
    clock: { now: () => Date.now() },
    ids,
    log: silentLog,
    fileBlob,
  });
  const occasion =
    event === 'SessionStart' ? budget.session : event === 'UserPromptSubmit' ? budget.prompt : budget.tool;
  const composed = await injection.compose({
    event,
    project,
    beside,
    budget: occasion,
    recollections,
    leaveReceipt: database.writable === true,
    fresh: input.source === 'clear' || input.source === 'compact',
    ...(input.prompt === undefined ? {} : { prompt: input.prompt }),
    ...(input.session === undefined ? {} : { session: input.session }),
    ...(input.tool === undefined ? {} : { tool: input.tool }),
    ...(input.command === undefined ? {} : { command: input.command }),
    ...(input.written === undefined ? {} : { written: input.written }),
    ...(input.error === undefined ? {} : { error: input.error }),
    ...(path === undefined ? {} : { path, otherPaths }),
    writes: input.writes !== undefined,
  });
  return hookOutput(input.event, composed, { atTop: inCopilotCli() });
}

/**
 * What is said where nothing may be kept stands in a transcript that is read later: the conversation and the moment are
 * noted, and not a word.
 */
async function noticeSilence(input: HookInput, file: string): Promise<void> {
  const { event, session, transcript, timestamp } = withTranscript(input);
  if (event !== 'UserPromptSubmit' || !existsSync(file)) return;
  await noticeLater(
    {
      event,
      silent: true,
      ...(session === undefined ? {} : { session }),
      ...(transcript === undefined ? {} : { transcript }),
      ...(timestamp === undefined ? {} : { timestamp }),
    },
    file,
  );
}

/** Copilot CLI says of itself that it is there, but not where it writes a conversation down. */
const inCopilotCli = () => process.env['COPILOT_CLI'] !== undefined;

function withTranscript(input: HookInput): HookInput {
  if (input.transcript !== undefined || !inCopilotCli()) return input;
  const folder = process.env['COPILOT_HOME'] || join(homedir(), '.copilot');
  const transcript = copilotCliTranscript(folder, input.session);
  return transcript === undefined || !existsSync(transcript) ? input : { ...input, transcript };
}

/** The windows of this machine watch what becomes of what an agent wrote. */
async function tellEditors({ writes = [], cwd }: HookInput): Promise<void> {
  const { tellWindows } = await import('./tellWindows.ts');
  const message = { writes, at: Date.now(), ...(cwd === undefined ? {} : { cwd }) };
  await tellWindows(windowsFolder(), message, patienceMs / 5);
}

/**
 * Resolves once the assistant has it, or is not there any more. A few hundred bytes fit into any pipe: a stream is made only
 * where they do not.
 */
function say(output: string): Promise<void> {
  const bytes = Buffer.from(output);
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(1, bytes, written);
    return Promise.resolve();
  } catch {
    return new Promise((resolve) => {
      /* An assistant that went away closes its end of the pipe: no reason to end in anything but silence. */
      process.stdout.on('error', () => resolve());
      process.stdout.write(bytes.subarray(written), () => resolve());
    });
  }
}

/** What is still to be done with what was said, should there be no answer. */
let handOn: (() => Promise<void>) | undefined;

let told = false;
/** A run that told nothing went only a part of the way: what was compiled for it is not worth keeping. */
export const isWorthKeeping = (): boolean => told;

/** Whatever is ready to run has run. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** `hook EVENT [--db FILE]`. */
async function main(): Promise<void> {
  const event = process.argv[3];
  if (!isHookEvent(event)) return logLine('unknown hook event');
  const at = process.argv.indexOf('--db');
  const file = (at > 0 ? process.argv[at + 1] : undefined) ?? databaseFile();
  const silent = process.env['REVERIE_PRIVATE'] === '1';
  /* Another thread opens it while this one reads what was said. Never closed: the last to close brings the log into the
     file, which waits for the disk. What is in the log is safe when this process ends; whoever closes next (the process that
     notices the prompt, a window) brings it in. */
  const opening =
    silent || !existsSync(file) ? undefined : openDatabase({ file, mode: 'write', log: silentLog, busyMs });
  opening?.catch(() => undefined);
  await turn();
  const text = await readStandardInput();
  const input = parseHookInput(event, text);
  if (input === undefined) return logLine(`${event}: no JSON object on standard input`);
  if (silent) return noticeSilence(input, file);
  const heard = event === 'UserPromptSubmit' || event === 'Stop' || event === 'SessionEnd';
  /* Whether it may be noticed is asked once more by the process that notices. */
  const untrusted = process.env['REVERIE_UNTRUSTED'] === '1';
  if (heard)
    handOn = () => {
      handOn = undefined;
      return untrusted ? noticeSilence(input, file) : noticeLater(withTranscript(input), file);
    };
  let capture = true;
  const database = await opening;
  if (database !== undefined) {
    const facts = await readHookFacts(database);
    capture = facts.capture && !facts.paused;
    if (heard && !untrusted && capture) prepareToNotice();
    const output = await answer(input, database, workplaceOf(input), facts);
    told = output !== '';
    if (told) await say(output);
  }
  if (untrusted || !capture) {
    handOn = undefined;
    return noticeSilence(input, file);
  }
  if (event === 'PostToolUse' && input.writes !== undefined && input.error === undefined)
    await tellEditors(input);
  await handOn?.();
}

/** Without an answer. A memory that is busy, or a slow machine, is no reason to lose what was said. */
function leave(): void {
  const end = () => process.exit(0);
  setTimeout(end, farewellMs);
  void (handOn?.() ?? Promise.resolve()).then(end, end);
}

setTimeout(() => {
  logLine(`${process.argv[3]}: no answer within ${patienceMs} ms`);
  leave();
}, patienceMs);

main()
  .catch((error: unknown) => {
    const reason = error instanceof Error && 'reason' in error ? String(error.reason) : '';
    logLine(`${process.argv[3]}: ${error instanceof Error ? `${error.name} ${reason}` : 'unknown trouble'}`);
    /* A memory that is damaged, or from the future, is its owner's to mend: nothing is to be written to it unseen. */
    if (reason !== ('database-busy' satisfies ErrorReason)) handOn = undefined;
  })
  .finally(leave);
