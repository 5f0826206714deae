/** What a hook was told becomes episodes: the prompt with what the assistant had said before, or a transcript's tail. */
import { setPriority } from 'node:os';
import { assistantOf, type HookInput, isHookEvent } from '../assistants/hook.ts';
import type { Capture } from '../core/capture/ingest.ts';
import type { TranscriptEvent, TranscriptMessage } from '../core/capture/message.ts';
import { readTranscripts } from '../transcripts/files.ts';
import { openTranscripts } from './capturing.ts';
import type { CommandContext } from './context.ts';

/** Only the hook itself starts this, with JSON it has parsed; still it is read with care. */
async function readInput(): Promise<HookInput | undefined> {
  let text = '';
  for await (const chunk of process.stdin) text += String(chunk);
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'event' in value && isHookEvent(String(value.event))
      ? (value as HookInput)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The last thing the assistant said in the transcript so far. */
async function lastAnswer(transcript: string | undefined): Promise<TranscriptMessage | undefined> {
  if (transcript === undefined) return undefined;
  let last: TranscriptMessage | undefined;
  for await (const event of readTranscripts([transcript], {})) {
    if (event.type === 'message' && event.message.role === 'assistant') last = event.message;
  }
  return last;
}

async function* promptEvents(input: HookInput, context: CommandContext): AsyncGenerator<TranscriptEvent> {
  const format = assistantOf(input.transcript);
  const at = input.timestamp === undefined ? Number.NaN : Date.parse(input.timestamp);
  const shared = {
    format,
    session: input.session ?? input.transcript ?? `${format} ${process.ppid}`,
    project: context.projectRoot(input.cwd ?? process.cwd()),
    signals: [],
    at: Number.isNaN(at) ? context.clock.now() : at,
    ...(input.cwd === undefined ? {} : { cwd: input.cwd }),
    ...(input.transcript === undefined ? {} : { file: input.transcript }),
  } satisfies Partial<TranscriptMessage>;
  const before = await lastAnswer(input.transcript);
  if (before !== undefined)
    yield { type: 'message', message: { ...before, ...shared, at: before.at ?? shared.at } };
  yield {
    type: 'message',
    message: { ...shared, role: 'user', text: input.prompt ?? '', message: `prompt ${shared.at}` },
  };
}

/** Takes in one hook event at low priority. */
export async function noticeHook(context: CommandContext, capture: Capture): Promise<void> {
  try {
    setPriority(15);
  } catch {
    /* The system does not allow it: then at normal priority. */
  }
  const input = await readInput();
  if (input === undefined) return;
  if (input.event === 'UserPromptSubmit') {
    await capture.ingest(promptEvents(input, context), { signal: context.signal });
    return;
  }
  if (input.transcript === undefined) return;
  const project = context.projectRoot(input.cwd ?? process.cwd());
  const source = openTranscripts(
    context,
    [input.transcript],
    {},
    { project, ...(input.session === undefined ? {} : { session: input.session }) },
  );
  await capture.ingest(source.events, { signal: context.signal });
  await source.saveCursors();
}
