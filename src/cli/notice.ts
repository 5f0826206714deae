/** What a hook was told becomes episodes: the prompt with what the assistant had said before, or a transcript's tail. */
import { existsSync, realpathSync } from 'node:fs';
import { setPriority } from 'node:os';
import { assistantOf, type HookInput, isHookEvent, transcriptBeside } from '../assistants/hook.ts';
import type { Capture, CaptureDeps } from '../core/capture/capture.ts';
import { isExcluded } from '../core/capture/exclude.ts';
import { createCapture } from '../core/capture/ingest.ts';
import type { TranscriptEvent, TranscriptMessage } from '../core/capture/message.ts';
import { createSilences, noteSilentPrompt } from '../core/capture/silence.ts';
import { heardIn } from '../core/injection/heard.ts';
import { readHookFacts } from '../core/injection/hookFacts.ts';
import { createReceiptJudge, isToBeJudged } from '../core/injection/receipts.ts';
import { createIds } from '../sqlite/ids.ts';
import { windowsFolder } from '../sqlite/location.ts';
import { readTranscripts } from '../transcripts/files.ts';
import { lastSaid } from '../transcripts/lastSaid.ts';
import { fixesIn, openTranscripts } from './capturing.ts';
import type { CommandContext } from './context.ts';
import { readStandardInput } from './standardInput.ts';
import { tellWindows } from './tellWindows.ts';

/** What the hook hands over; `silent` where nothing may be kept, and only that is told. */
export type NoticeInput = HookInput & { readonly silent?: boolean };

/** Only the hook itself starts this, with JSON it has parsed; still it is read with care. */
async function readInput(): Promise<NoticeInput | undefined> {
  const text = await readStandardInput();
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'event' in value && isHookEvent(String(value.event))
      ? (value as NoticeInput)
      : undefined;
  } catch {
    return undefined;
  }
}

function momentOf({ timestamp }: HookInput, context: CommandContext): number {
  const at = timestamp === undefined ? Number.NaN : Date.parse(timestamp);
  return Number.isNaN(at) ? context.clock.now() : at;
}

/** The transcript of the conversation is read when it is over: of what is said now, nothing may be kept then either. */
async function noteWhetherSilent(input: NoticeInput, context: CommandContext): Promise<void> {
  const { session, transcript } = input;
  const file = transcript !== undefined && existsSync(transcript) ? realpathSync(transcript) : transcript;
  await noteSilentPrompt(context.database, createIds(), {
    names: [session, file].filter((name) => name !== undefined),
    silent: input.silent === true,
    at: momentOf(input, context),
  });
}

async function* promptEvents(input: HookInput, context: CommandContext): AsyncGenerator<TranscriptEvent> {
  const format = assistantOf(input.transcript);
  const shared = {
    format,
    session: input.session ?? input.transcript ?? `${format} ${process.ppid}`,
    project: context.projectRoot(input.cwd ?? process.cwd()),
    signals: [],
    at: momentOf(input, context),
    ...(input.cwd === undefined ? {} : { cwd: input.cwd }),
    ...(input.transcript === undefined ? {} : { file: input.transcript }),
  } satisfies Partial<TranscriptMessage>;
  const before = input.transcript === undefined ? undefined : await lastSaid(input.transcript);
  const silences = createSilences(context.database, createIds());
  const isToldOf = async (answer: TranscriptMessage): Promise<boolean> =>
    !(await silences.covers(answer)) && !(await silences.covers({ ...answer, ...shared, at: answer.at }));
  if (before !== undefined && (await isToldOf(before)))
    yield { type: 'message', message: { ...before, ...shared, at: before.at ?? shared.at } };
  yield {
    type: 'message',
    message: { ...shared, role: 'user', text: input.prompt ?? '', message: `prompt ${shared.at}` },
  };
}

/** A window that does not answer is waited for no longer, ms. */
const windowPatienceMs = 300;

/** Nobody sleeps while an agent is at work on what it was asked. Of what was said the windows hear nothing. */
const tellTurn = (event: HookInput['event']): Promise<void> =>
  tellWindows(
    windowsFolder(),
    { writes: [], at: Date.now(), turn: event === 'UserPromptSubmit' ? 'asked' : 'answered' },
    windowPatienceMs,
  );

/** Takes in one hook event at low priority. */
export async function noticeHook(context: CommandContext, deps: CaptureDeps): Promise<void> {
  const capture = createCapture(deps);
  try {
    setPriority(15);
  } catch {
    /* The system does not allow it: then at normal priority. */
  }
  const input = await readInput();
  if (input === undefined) return;
  const project = context.projectRoot(input.cwd ?? process.cwd());
  /* Asked again, here: the hook that began this may have seen it before it was switched off, or not at all. */
  const { paused, capture: allowed, exclude } = await readHookFacts(context.database);
  const silent = input.silent === true || paused || !allowed;
  if (input.event === 'UserPromptSubmit') await noteWhetherSilent({ ...input, silent }, context);
  if (silent || isExcluded([input.cwd ?? '', project], exclude)) return;
  await tellTurn(input.event);
  const said: TranscriptMessage[] = [];
  if (input.event === 'UserPromptSubmit') {
    await capture.ingest(listening(promptEvents(input, context), said), { signal: context.signal });
  } else if (input.transcript !== undefined) {
    const overrides = { project, ...(input.session === undefined ? {} : { session: input.session }) };
    const source = openTranscripts(context, [input.transcript], { exclude }, overrides);
    const fixes = fixesIn(source.events, context);
    await capture.ingest(listening(fixes.events, said), {
      signal: context.signal,
      onStored: async () => {
        await fixes.keep(deps);
        await source.saveCursors();
      },
    });
  }
  if (input.session !== undefined)
    await judge(input.session, said, input.event === 'SessionEnd', context, capture);
  await closeSessions(input, context, capture);
}

/** A conversation that was told nothing for so long is taken to be over, ms. */
const quietMs = 6 * 3_600_000;
/** So many are looked for in one go, as most may be of other places; and so many are read, which can be megabytes. */
const mostSought = 200;
const mostClosed = 1;

/**
 * Most assistants never say that a conversation is over. Those whose transcripts lie beside this one and that have
 * been quiet for hours are read as a whole: what was told in them was obeyed, broken, or never came up.
 */
async function closeSessions(input: HookInput, context: CommandContext, capture: Capture): Promise<void> {
  if (input.transcript === undefined) return;
  const quiet = await context.database.receipts.openSessions(context.clock.now() - quietMs, mostSought);
  let closed = 0;
  for (const session of quiet) {
    const transcript = transcriptBeside(input.transcript, session);
    if (session === input.session || transcript === undefined || !existsSync(transcript)) continue;
    const said: TranscriptMessage[] = [];
    for await (const event of readTranscripts([transcript], {}))
      if (event.type === 'message') said.push(event.message);
    await judge(session, said, true, context, capture);
    closed += 1;
    if (closed === mostClosed) return;
  }
}

/** The same events; messages are noted down on their way. */
async function* listening(
  events: AsyncIterable<TranscriptEvent>,
  said: TranscriptMessage[],
): AsyncGenerator<TranscriptEvent> {
  for await (const event of events) {
    if (event.type === 'message') said.push(event.message);
    yield event;
  }
}

/** Was what the assistant had been told obeyed? What the user said after it tells. */
async function judge(
  session: string,
  messages: readonly TranscriptMessage[],
  over: boolean,
  context: CommandContext,
  capture: Capture,
): Promise<void> {
  const { memories, receipts } = context.database;
  const told = (await receipts.receiptsOfSession(session)).filter(isToBeJudged);
  if (told.length === 0) return;
  const since = Math.min(...told.map(({ at }) => at));
  const events = await heardIn(messages, capture.classifyOne, context.clock.now(), since);
  await createReceiptJudge({ memories, receipts, ids: createIds() }).judge(session, events, over);
}
