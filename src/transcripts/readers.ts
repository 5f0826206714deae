/** Every reader, in the order in which a file is offered to them: the most telling shape first. */
import type { TranscriptFormat } from '../core/capture/message.ts';
import { aiderReader } from './formats/aider.ts';
import { claudeCodeReader } from './formats/claudeCode.ts';
import { clineReader } from './formats/cline.ts';
import { codexReader } from './formats/codex.ts';
import { continueReader } from './formats/continue.ts';
import { copilotEventsReader, copilotReader } from './formats/copilot.ts';
import { copilotCliReader } from './formats/copilotCli.ts';
import { cursorReader } from './formats/cursor.ts';
import { geminiReader } from './formats/gemini.ts';
import { opencodeDatabaseReader, opencodeReader, opencodeTreeReader } from './formats/opencode.ts';
import { rowsReader } from './formats/rows.ts';
import { specstoryReader } from './formats/specstory.ts';
import type { TranscriptReader } from './reader.ts';

export const transcriptReaders: readonly TranscriptReader[] = [
  cursorReader,
  opencodeDatabaseReader,
  copilotEventsReader,
  copilotReader,
  copilotCliReader,
  codexReader,
  geminiReader,
  clineReader,
  continueReader,
  opencodeTreeReader,
  opencodeReader,
  claudeCodeReader,
  aiderReader,
  specstoryReader,
  rowsReader,
];

/**
 * The reader for a file that begins with `head`, or undefined. With `format` only that format's readers are asked,
 * and its last one is taken if none of them recognises the file.
 */
export function readerFor(
  head: string,
  path: string,
  format?: TranscriptFormat,
): TranscriptReader | undefined {
  const forward = path.replace(/\\/g, '/');
  const offered =
    format === undefined ? transcriptReaders : transcriptReaders.filter((reader) => reader.format === format);
  const found = offered.find((reader) => reader.detect(head, forward));
  return found ?? (format === undefined ? undefined : offered[offered.length - 1]);
}
