/** The frame of all readers whose files hold one JSON record a line. */
import type { TranscriptEvent, TranscriptFormat, TranscriptMessage } from '../core/capture/message.ts';
import { isBlank, textOf, withoutMark } from './lines.ts';
import { type ReadContext, reasons, skipped, type TranscriptInput, type TranscriptReader } from './reader.ts';

/** What one format does with its records, for one file. */
export interface RecordReader {
  /** A cheap look at the raw bytes before they are parsed: false if the record cannot matter. */
  wants(line: Buffer): boolean;
  /**
   * The messages a record gives; undefined for one that lacks what every such record has, which is counted.
   * `offset` is where its line begins.
   */
  accept(record: unknown, offset: number): readonly TranscriptMessage[] | undefined;
  /**
   * Whether what the assistant said in the record accepted last would be the same, but for `cwd` and `branch`, if all
   * lines before `from` had been read, and not only those at the beginning of the file. Absent where that cannot be known.
   */
  standsAlone?(from: number): boolean;
}

export interface LineFormat {
  readonly format: TranscriptFormat;
  readonly detect: TranscriptReader['detect'];
  open(input: TranscriptInput, context: ReadContext): Promise<RecordReader>;
}

/** A reader of an append-only file with one JSON record a line. A half-written last line is left for next time. */
export function createLineReader(format: LineFormat): TranscriptReader {
  return {
    format: format.format,
    appendOnly: true,
    detect: format.detect,
    read: async function* (input, context) {
      yield* readRecords(input, await format.open(input, context));
    },
    lastSaid: async (input, from) => lastSaidIn(input, from, await format.open(input, nowhere)),
  };
}

const nowhere: ReadContext = { workspaceFolder: async () => undefined };

async function lastSaidIn(
  input: TranscriptInput,
  from: number,
  records: RecordReader,
): Promise<TranscriptMessage | undefined> {
  if (records.standsAlone === undefined) return undefined;
  let last: TranscriptMessage | undefined;
  let alone = false;
  const listening: RecordReader = {
    wants: records.wants,
    accept(record, offset) {
      const messages = records.accept(record, offset);
      const said = messages?.findLast(({ role }) => role === 'assistant');
      if (said !== undefined && offset >= from) {
        last = said;
        alone = records.standsAlone?.(from) === true;
      }
      return messages;
    },
  };
  for await (const _ of readRecords(input, listening));
  return alone ? last : undefined;
}

async function* readRecords(
  input: TranscriptInput,
  records: RecordReader,
): AsyncGenerator<readonly TranscriptEvent[]> {
  let consumed = 0;
  for await (const batch of input.lines()) {
    const events: TranscriptEvent[] = [];
    for (const line of batch) {
      if (line.bytes === undefined) {
        events.push(skipped(input.path, reasons.tooLong, line.offset));
        consumed = line.end;
        continue;
      }
      const bytes = line.offset === 0 ? withoutMark(line.bytes) : line.bytes;
      if (isBlank(bytes)) {
        consumed = line.end;
        continue;
      }
      /*
       * What cannot matter is not parsed; only whether it was cut off is looked at. An unfinished line is always
       * parsed: only that tells whether it is whole.
       */
      const wanted = records.wants(bytes);
      if (!wanted && line.finished && isBraced(bytes)) {
        consumed = line.end;
        continue;
      }
      let record: unknown;
      try {
        record = JSON.parse(textOf(bytes));
      } catch {
        if (!line.finished) {
          events.push(skipped(input.path, reasons.unfinished, line.offset));
          break;
        }
        events.push(skipped(input.path, reasons.notJson, line.offset));
        consumed = line.end;
        continue;
      }
      if (wanted) {
        const messages = records.accept(record, line.offset);
        if (messages === undefined) events.push(skipped(input.path, reasons.unknownShape, line.offset));
        for (const message of messages ?? []) {
          events.push({ type: 'message', message, offset: line.offset });
        }
      }
      consumed = line.end;
    }
    events.push({ type: 'cursor', offset: consumed });
    yield events;
  }
}

/** Begins and ends as an object does. */
function isBraced(bytes: Buffer): boolean {
  let end = bytes.length - 1;
  while (end > 0 && (bytes[end] === 0x20 || bytes[end] === 0x09)) end--;
  return bytes[0] === 0x7b && bytes[end] === 0x7d;
}
