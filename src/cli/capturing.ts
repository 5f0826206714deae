/** Transcripts into the memory: readers, redaction and capture put together for the command line. */
import type { Capture, CaptureDeps } from '../core/capture/capture.ts';
import { isExcluded } from '../core/capture/exclude.ts';
import { createCapture } from '../core/capture/ingest.ts';
import type { TranscriptEvent, TranscriptMessage } from '../core/capture/message.ts';
import { projectOfMessage, timeOf } from '../core/capture/origin.ts';
import { createSafeNames, type SafeNames } from '../core/capture/safeNames.ts';
import { createSilences } from '../core/capture/silence.ts';
import type { ProjectId } from '../core/memory.ts';
import type { CursorStore, ImportCursor } from '../core/ports.ts';
import { tunables } from '../core/tunables.ts';
import type { WitnessDraft } from '../core/witness/draft.ts';
import { draftOfFix } from '../core/witness/fixDraft.ts';
import { keepWitnessed, type WitnessedWhere } from '../core/witness/keep.ts';
import { loadTokenizer } from '../models/tokenizer.ts';
import { createRedactor } from '../redaction/secretlint.ts';
import { createIds } from '../sqlite/ids.ts';
import { fileBlob } from '../transcripts/fileBlob.ts';
import { type ReadOptions, readTranscripts } from '../transcripts/files.ts';
import type { CommandContext } from './context.ts';

/** What capture needs from outside. The detector and the tokenizer are loaded when first needed: not for the hook. */
export async function captureDepsFor(
  context: Pick<CommandContext, 'database' | 'clock' | 'log'>,
): Promise<CaptureDeps> {
  const { database, clock, log } = context;
  const redactor = await createRedactor();
  return {
    memories: database.memories,
    redactor,
    tokenizer: loadTokenizer,
    ids: createIds(),
    clock,
    log,
    fileBlob,
    getFact: (key) => database.getFact(key),
    setFact: (key, value) => database.setFact(key, value),
  };
}

export async function createCaptureFor(
  context: Pick<CommandContext, 'database' | 'clock' | 'log'>,
): Promise<Capture> {
  return createCapture(await captureDepsFor(context));
}

export interface TranscriptSource {
  readonly events: AsyncIterable<TranscriptEvent>;
  /**
   * Remembers how far each file was read. Call only when everything the events told so far was taken in: a place to
   * go on from must never be ahead of the memory. Read again without it, messages are known by their identity.
   */
  saveCursors(): Promise<void>;
}

/** Files up to which each is asked for by itself: a hook reads one, an import hundreds. */
const fewFiles = 8;

/**
 * Where the reading of a file stopped. A question to the database wakes its thread, which on a busy machine takes longer than
 * reading a file: who asks for many files is told of all at once.
 */
function createCursorLookup(
  cursors: Pick<CursorStore, 'cursor' | 'cursors'>,
): (file: string) => Promise<ImportCursor | undefined> {
  let asked = 0;
  let all: Promise<ReadonlyMap<string, ImportCursor>> | undefined;
  return async (file) => {
    asked += 1;
    if (asked <= fewFiles) return cursors.cursor(file);
    all ??= cursors.cursors();
    return (await all).get(file);
  };
}

/**
 * @param overrides what replaces the transcript's own word: the project its owner named, the session a hook told.
 */
export function openTranscripts(
  context: Pick<CommandContext, 'database' | 'signal'>,
  paths: readonly string[],
  options: Omit<ReadOptions, 'cursors' | 'signal'> & {
    readonly again?: boolean;
    /** Globs of folders of which nothing is taken in. */
    readonly exclude?: readonly string[];
  },
  overrides: { readonly project?: ProjectId; readonly session?: string } = {},
): TranscriptSource {
  const { cursors } = context.database;
  const cursorOf = createCursorLookup(cursors);
  const reached = new Map<string, ImportCursor>();
  /* A file's name can hold a secret, and a place to go on from is kept under it. */
  let safeNames: Promise<SafeNames> | undefined;
  const names = (): Promise<SafeNames> => {
    safeNames ??= createRedactor().then((redactor) => createSafeNames(redactor, createIds()));
    return safeNames;
  };
  const { again, exclude = [], ...reading } = options;
  const isOut = ({ cwd, project, path }: TranscriptMessage): boolean =>
    exclude.length > 0 &&
    isExcluded(
      [cwd, project, path].filter((one) => one !== undefined),
      exclude,
    );
  const silences = createSilences(context.database, createIds());
  /* A hook may call the conversation otherwise than its transcript does. */
  const isSilent = async (written: TranscriptMessage, told: TranscriptMessage): Promise<boolean> =>
    (await silences.covers(written)) || (told.session !== written.session && (await silences.covers(told)));
  async function* events(): AsyncGenerator<TranscriptEvent> {
    const read = readTranscripts(paths, {
      ...reading,
      signal: context.signal,
      ...(again
        ? {}
        : {
            cursors: async (file: string) => {
              const found = await cursorOf(await (await names()).name(file));
              return found === undefined ? undefined : { ...found, file };
            },
          }),
    });
    for await (const event of read) {
      if (event.type === 'cursor') reached.set(event.file, event.cursor);
      else if (event.type === 'skipped') yield event;
      else if (event.type === 'message') {
        const message = { ...event.message, ...overrides };
        if (!isOut(message) && !(await isSilent(event.message, message))) yield { type: 'message', message };
      }
    }
  }
  return {
    events: events(),
    async saveCursors() {
      const safe = await names();
      const all = await Promise.all(
        [...reached.values()].map(async (cursor) => ({ ...cursor, file: await safe.name(cursor.file) })),
      );
      reached.clear();
      await cursors.saveCursors(all);
    },
  };
}

/** The same events; what made errors go away in these conversations is noted down on the way, and kept by `keep`. */
export function fixesIn(
  source: AsyncIterable<TranscriptEvent>,
  context: CommandContext,
): {
  readonly events: AsyncIterable<TranscriptEvent>;
  keep(deps: CaptureDeps): Promise<void>;
  kept(): number;
} {
  let drafts: (WitnessDraft & { readonly where: WitnessedWhere })[] = [];
  let count = 0;
  const note = (message: TranscriptMessage) => {
    for (const signal of message.signals) {
      if (signal.type !== 'fixed') continue;
      const project = projectOfMessage(message, context.projectNamed ? context.project : undefined);
      const { session, format: assistant } = message;
      const at = timeOf(message, context.clock);
      const { command, error, commands, instead } = signal;
      const draft = draftOfFix({
        type: 'fix',
        project,
        session,
        at,
        command,
        error,
        commands: [...commands],
        edits: [],
        ...(instead === undefined ? {} : { instead }),
      });
      /* An assistant tried, not the user: salience decides. */
      const { agentFixConfidence: confidence } = tunables.witness;
      if (draft !== undefined) drafts.push({ ...draft, confidence, where: { project, session, assistant } });
    }
  };
  async function* events(): AsyncGenerator<TranscriptEvent> {
    for await (const event of source) {
      if (event.type === 'message') note(event.message);
      yield event;
    }
  }
  return {
    events: events(),
    async keep(deps) {
      const waiting = drafts;
      drafts = [];
      if (waiting.length > 0) count += (await keepWitnessed(waiting, deps)).kept.length;
    },
    kept: () => count,
  };
}
