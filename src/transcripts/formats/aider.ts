/**
 * aider: `.aider.chat.history.md`. `# aider chat started at …` begins a session, lines with `#### ` were typed, lines
 * with `> ` are the program's, the rest is the assistant's.
 */
import { basename, dirname } from 'node:path';
import type { TranscriptEvent, TranscriptMessage } from '../../core/capture/message.ts';
import { withoutBlocks } from '../blocks.ts';
import { timeOf } from '../fields.ts';
import { textOf, withoutMark } from '../lines.ts';
import { createPendingSignals } from '../pending.ts';
import { reasons, skipped, type TranscriptInput, type TranscriptReader } from '../reader.ts';

const start = /^# aider chat started at (\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})/;
/** Answers to the program's yes-or-no questions. */
const confirmation = /^(y|n|yes|no|a|all|s|skip|skip all|d|don't ask again|none)$/i;
/** Commands whose argument is a message to the assistant. */
const talking = /^\/(ask|code|architect|context)\s+/;

/** Two spaces at the end of a line, as Markdown breaks lines. */
const hardBreak = / {2}\r?$/;

/** Longest text kept of one message, in characters. */
const maxText = 256 * 1024;

export const aiderReader: TranscriptReader = {
  format: 'aider',
  appendOnly: false,
  detect: (head, path) =>
    /\.aider\.chat\.history\.md$/.test(path) || /^# aider chat started at \d{4}-/m.test(head.slice(0, 4000)),
  read,
};

async function* read(input: TranscriptInput): AsyncGenerator<readonly TranscriptEvent[]> {
  const folder = dirname(input.path).replace(/\\/g, '/');
  const isAtHome = basename(input.path) === '.aider.chat.history.md';
  const pending = createPendingSignals();
  let started = 'start';
  let at: number | undefined;
  let ordinal = 0;
  let role: 'user' | 'assistant' | undefined;
  let lines: string[] = [];
  let length = 0;
  let asked = false;
  let saidBefore = '';
  /** Whether typed lines end in a hard line break, as aider writes them; an editor may have taken those off. */
  let breaks: boolean | undefined;

  const close = (): TranscriptMessage | undefined => {
    const text = lines.join('\n').trim();
    const owner = role;
    role = undefined;
    lines = [];
    length = 0;
    if (owner === undefined || text.length === 0) return undefined;
    const words = owner === 'user' ? typedWords(text, saidBefore, asked) : withoutThoughts(text);
    saidBefore = owner === 'assistant' ? text : saidBefore;
    if (owner === 'user') asked = false;
    if (words.length === 0) return undefined;
    ordinal++;
    return {
      format: 'aider',
      role: owner,
      text: words,
      session: `${basename(folder)}:${started}`,
      message: String(ordinal),
      ...(at !== undefined && { at }),
      ...(isAtHome && { cwd: folder }),
      signals: owner === 'user' ? pending.take() : [],
    };
  };

  for await (const batch of input.lines()) {
    const events: TranscriptEvent[] = [];
    for (const line of batch) {
      if (line.bytes === undefined) {
        events.push(skipped(input.path, reasons.tooLong, line.offset));
        continue;
      }
      const text = textOf(line.offset === 0 ? withoutMark(line.bytes) : line.bytes);
      const begun = start.exec(text);
      const marked = text.startsWith('#### ') || text === '####';
      /* What follows the program's own lines was typed: it shows how typed lines end here. */
      if (marked && role === undefined) breaks ??= hardBreak.test(text);
      /* Amid an answer a heading of the fourth level looks the same, but for its end. */
      const typed = marked && (role !== 'assistant' || breaks !== true || hardBreak.test(text));
      const next = begun !== null || text.startsWith('> ') ? undefined : typed ? 'user' : 'assistant';
      if (next !== role && !(next === 'assistant' && text.trim().length === 0)) {
        const message = close();
        if (message !== undefined) events.push({ type: 'message', message });
        role = next;
      }
      if (begun !== null) {
        started = `${begun[1]}T${begun[2]}`;
        /* aider writes the local time and no zone; UTC keeps the order. */
        at = timeOf(`${started}Z`);
        ordinal = 0;
        saidBefore = '';
        pending.take();
      } else if (next === undefined) {
        if (/\? \(Y\)es\/\(N\)o/.test(text)) asked = true;
        if (/^> \^C|^> KeyboardInterrupt/.test(text)) pending.add({ type: 'interrupted' });
      } else if (length < maxText) {
        const words = next === 'user' ? text.slice(5).trimEnd() : text;
        lines.push(words);
        length += words.length + 1;
      }
    }
    yield events;
  }
  const last = close();
  if (last !== undefined) yield [{ type: 'message', message: last }];
}

/** What of a `####` block the user meant for the assistant; empty if nothing. */
function typedWords(block: string, saidBefore: string, asked: boolean): string {
  const lines = block.split('\n');
  /* Nothing but a line break stands between an answer or a command and what was typed next. */
  const [first] = lines;
  if (first !== undefined && ((asked && confirmation.test(first)) || /^(all|skip all)$/i.test(first)))
    lines.shift();
  const text = lines
    .filter((line) => talking.test(line) || !/^(?:\/[a-z][a-z-]*(?:\s|$)|!)/.test(line))
    .map((line) => line.replace(talking, ''))
    .join('\n')
    .trim();
  /* In architect mode the architect's answer is handed to the editor as if it had been typed. */
  const once = saidOnce(text);
  const isHandedOver = text.length > 40 && squeezed(saidBefore).includes(squeezed(text));
  return isHandedOver ? '' : once;
}

/** Some versions write what was typed twice. */
function saidOnce(text: string): string {
  const [first = '', ...rest] = text.split(/\n{2,}/);
  return rest.length === 1 && rest[0] === first ? first : text;
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

const thought = /<(think|thinking|thinking-content-[0-9a-f]{1,64})>/;
const answerMark = '► **ANSWER**';

function withoutThoughts(text: string): string {
  const answer = text.includes('► **THINKING**') ? text.lastIndexOf(answerMark) : -1;
  const said = answer < 0 ? text : text.slice(answer + answerMark.length);
  return withoutBlocks(said, thought).trim();
}
