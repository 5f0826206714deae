/** Telling the user's own words from what Claude Code puts into a user record. */
import { blocksIn, withoutBlocks } from '../blocks.ts';

/** Records that begin so were written by the program. */
const injectedStarts = [
  '<command-name>',
  '<command-message>',
  '<command-args>',
  '<local-command',
  '<bash-input>',
  '<bash-stdout>',
  '<bash-stderr>',
  '<task-notification',
  '<teammate-message',
  '<user-prompt-submit-hook>',
  '<tick>',
  'Caveat: The messages below were generated',
  'This session is being continued from a previous conversation',
  '[Image: source:',
  'Base directory for this skill:',
  'Stop hook feedback:',
];

/** True for words no person typed. */
export function isInjected(words: string): boolean {
  const start = words.trimStart();
  return injectedStarts.some((injected) => start.startsWith(injected));
}

const injectedBlock =
  /<(system-reminder|ide_selection|ide_opened_file|ide_diagnostics|post-tool-use-hook|new-diagnostics)>/;

/** The words without blocks that the editor or a reminder added; a `#` note to memory is unwrapped. */
export function withoutInjected(words: string): string {
  const [remembered] = blocksIn(words, /<(user-memory-input)>/);
  if (remembered !== undefined && words.slice(0, remembered.start).trim() === '') return remembered.inner;
  return withoutBlocks(words, injectedBlock);
}

/** Characters of a refusal that are looked at. */
const maxReason = 20_000;

/**
 * The reason a tool call was refused with, possibly empty; undefined if the output is no refusal. The note that
 * newer versions append for the model is cut off.
 */
export function rejectionReason(whole: string): string | undefined {
  const output = whole.slice(0, maxReason);
  if (
    !/^(?:Error: )?The user doesn't want to (?:proceed with this tool use|take this action)/.test(
      output.trimStart(),
    )
  ) {
    return undefined;
  }
  const said = /(?:the user said|reason for the rejection):\s*([\s\S]*)$/i.exec(output)?.[1] ?? '';
  return said.replace(/\n\s*Note: The user's next message may contain[\s\S]*$/, '').trim();
}

const planStart = 'Implement the following plan:';

/**
 * Accepting a plan starts a new session whose first message is the plan the assistant had written: the plan is the
 * assistant's, the wish to have it done the user's. Undefined for any other message.
 */
export function planRequest(
  words: string,
  planContent: string | undefined,
): { readonly request: string; readonly plan: string } | undefined {
  if (!words.startsWith(planStart)) return undefined;
  const rest = words.slice(planStart.length).trim();
  const plan = planContent?.trim() ?? rest;
  /* Without the field it may have been typed after all: a plan of the assistant's is a document with headings. */
  if (planContent === undefined && !/^#{1,3} /m.test(rest)) return undefined;
  return { request: planStart, plan };
}
