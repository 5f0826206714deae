/**
 * Cline and Roo Code: `api_conversation_history.json`, a list of `{role,content,ts}`. What a person wrote stands in
 * tags inside the user blocks, between tool output and a description of the environment.
 */
import { basename, dirname } from 'node:path';
import type { TranscriptEvent, TranscriptMessage } from '../../core/capture/message.ts';
import { blocksIn, withoutBlocks } from '../blocks.ts';
import { isFields, textAt, timeOf, wordsOf } from '../fields.ts';
import { jsonElements } from '../jsonElements.ts';
import { maxLineBytes } from '../lines.ts';
import { createPendingSignals } from '../pending.ts';
import {
  reasons,
  skipped,
  type TranscriptInput,
  type TranscriptReader,
  unreadableReason,
} from '../reader.ts';

export const clineReader: TranscriptReader = {
  format: 'cline',
  appendOnly: false,
  detect: (head, path) =>
    /\/api_conversation_history\.json$/.test(path) ||
    /^\s*\[\s*\{\s*"role"\s*:\s*"(user|assistant)"\s*,\s*"content"\s*:/.test(head),
  read,
};

const humanTag = /<(task|feedback|answer|user_message)>/;
const environment =
  /<(environment_details|file_content|folder_content|url_content|final_file_content)\b[^<>]*>/;
/** Tool calls written as tags, but for those whose content is said to the user. */
const toolCall =
  /<(?!attempt_completion|ask_followup_question|plan_mode_respond)([a-z]+(?:_[a-z]+)+|thinking)>/;
const workingFolder = /# Current (?:Working|Workspace) Directory \(([^)\n]+)\)/;
const denied = /The user denied this operation|The user rejected this operation/;
const toolResult = /^\[(\w+)(?: for '([\s\S]*?)')?\] Result:/;

async function* read(input: TranscriptInput): AsyncGenerator<readonly TranscriptEvent[]> {
  const name = basename(input.path);
  const session =
    name === 'api_conversation_history.json' ? basename(dirname(input.path)) : name.replace(/\.json$/, '');
  const pending = createPendingSignals();
  let cwd: string | undefined;

  for await (const element of jsonElements(input.chunks(), [], maxLineBytes)) {
    if (element.type === 'unreadable') yield [skipped(input.path, unreadableReason[element.why], element.at)];
    if (element.type !== 'element') continue;
    const entry = element.value;
    if (!isFields(entry) || (entry['role'] !== 'user' && entry['role'] !== 'assistant')) {
      yield [skipped(input.path, reasons.unknownShape)];
      continue;
    }
    /* A summary that replaces older turns, or a copy of one: written by the program. */
    if (entry['isSummary'] === true) continue;
    const at = timeOf(entry['ts']);
    const message = (role: 'user' | 'assistant', text: string, part: number): TranscriptMessage => ({
      format: 'cline',
      role,
      text,
      session,
      message: part === 0 ? String(element.index + 1) : `${element.index + 1}.${part}`,
      ...(at !== undefined && { at }),
      ...(cwd !== undefined && { cwd }),
      signals: role === 'user' ? pending.take() : [],
    });
    if (entry['role'] === 'assistant') {
      const text = spokenWords(wordsOf(entry['content']));
      if (text.length > 0) yield [{ type: 'message', message: message('assistant', text, 0) }];
      continue;
    }
    const texts = textsOf(entry['content']);
    for (const text of texts) cwd ??= workingFolder.exec(text)?.[1];
    let part = 0;
    for (const text of texts) {
      const result = toolResult.exec(text);
      if (denied.test(text.slice(0, 2000))) {
        const tool = result?.[1];
        pending.add(tool === undefined ? { type: 'tool-rejected' } : { type: 'tool-rejected', tool });
      } else if (result?.[1] === 'execute_command') {
        const failed =
          /Command (?:failed|execution (?:was )?not successful)|exit(?:ed with)? code:? ?[1-9]|Exit code: [1-9]/i.test(
            text.slice(0, 4000),
          );
        pending.command(failed, result[2], failed ? text : undefined);
      }
      /* Files and web pages named in a message are put behind it in tags of their own, outside of these. */
      for (const { inner } of blocksIn(withoutBlocks(text, environment), humanTag)) {
        const words = inner.trim();
        if (words.length > 0) yield [{ type: 'message', message: message('user', words, part++) }];
      }
    }
  }
}

/** The text blocks, also those inside tool results. */
function textsOf(content: unknown): readonly string[] {
  if (typeof content === 'string') return [content];
  const texts: string[] = [];
  for (const block of Array.isArray(content) ? content : []) {
    if (!isFields(block)) continue;
    const text = block['type'] === 'tool_result' ? wordsOf(block['content']) : textAt(block, 'text');
    if (text !== undefined && text.length > 0) texts.push(text);
  }
  return texts;
}

/** The assistant's words without its thoughts and tool calls written as tags. */
function spokenWords(text: string): string {
  return withoutBlocks(text, toolCall)
    .replace(
      /<\/?(?:attempt_completion|ask_followup_question|plan_mode_respond|result|question|response)>/g,
      '',
    )
    .trim();
}
