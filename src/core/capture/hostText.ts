/** What hosts put around or into a message: it is not the user's. */

/** Blocks that hosts put around or into a message; their content is not the user's. */
const injectedTags = [
  'reverie-memory',
  'system-reminder',
  'system_notification',
  'system-notification',
  'system_reminder',
  'system',
  'context',
  'attachments?',
  'environment_context',
  'environment_details',
  'environment_info',
  'env',
  'workspace_info',
  'user_instructions',
  'user_info',
  'rules',
  'cursor_rules_context',
  'manually_attached_skills',
  'additional_data',
  'current_file',
  'attached_files',
  'file_contents?',
  'file_content',
  'open_and_recently_viewed_files',
  'editorContext',
  'editor_context',
  'reminderInstructions',
  'reminder',
  'instructions',
  'ide_selection',
  'ide_opened_file',
  'ide_diagnostics',
  'selection',
  'git_status',
  'project_layout',
  'tool-use',
  'tool_use',
  'tool_result',
  'function_results',
  'task-notification',
  'local-command-stdout',
  'local-command-stderr',
  'local-command-caveat',
  'bash-input',
  'bash-stdout',
  'bash-stderr',
  'command-name',
  'command-message',
  'command-contents',
  'user-prompt-submit-hook',
  'post-tool-use-hook',
  'session-start-hook',
  'persisted-output',
  'conversation-summary',
  'summary',
  'details',
  'think(?:ing)?',
  'repomap',
  'turn_aborted',
  'skill',
  'INSTRUCTIONS',
].join('|');

const injectedBlock = new RegExp(
  `<(${injectedTags})(?=[\\s>])(?![^>]*\\/>)[^>]*>[\\s\\S]*?(?:<\\/\\1\\s*>|$)`,
  'gi',
);
const selfClosed = new RegExp(`<(?:${injectedTags})\\b[^>]*\\/>`, 'gi');
/** Tags around the user's own words: the tag goes, the words stay. */
const wrapper =
  /<\/?(?:task|feedback|user_message|userRequest|user_query|user_request|user-request|prompt|command-args|answer|question|user|msg|message)(?:\s[^>]*)?>/g;
const compaction =
  /^\s*(?:This session is being continued from a previous conversation|Please continue the conversation from where we left|The conversation so far has been summarized|Another language model started to solve this problem|# (?:Conversation )?Summary\b|Caveat: The messages below were generated)/i;
const programText =
  /^\s*(?:\[Image: source:|Base directory for this skill:|Stop hook feedback:|# AGENTS\.md instructions|The following is the \w+ agent history (?:added since|whose request action)|<system[_-]notification>[\s\S]{0,60}\btask has (?:finished|ended|completed|failed))/;
/** Where a picture was pasted. */
const picture = /\[Image(?: #\d+)?\]|^[^\n]*provided an image \(image\/\w+\)\.[^\S\n]*$/gm;
const htmlComment = /<!--[\s\S]*?(?:-->|$)/g;
/** What an editor tells of its tabs and selection before the request. */
const editorContext = /^\s*# Context from my IDE setup:/;
const requestMark = /(?:^|\n)## My request for \w+:/;
/** What the transcript of a terminal writes for an input of nothing. */
const blankInput = /^\s*<blank>[^\S\n]*(?:\n|$)/;
/** A question of the host's in the terminal, with the key that answered it. */
const confirmation = /^[^\n]*\(Y\)es\/\(N\)o[^\n]*\[\w+\]:[^\n]*$/gm;

/** What a button of the editor says in the user's name: to carry out a plan, to go on after a subagent, to fix what it found. */
const saidByButton =
  /(?:^|\n)[ \t]*(?:For the code present, we get this error:[\s\S]*?(?:Fix it, verify, and then give a concise explanation\.|If you propose a fix, please make it concise\.|$)(?:[ \t]*@\S+)*|Verify (?:this issue exists|these issues exist) and fix (?:it|them):[\s\S]*$|Implement the (?:plan as specified|following to-?dos? from the plan)\b[\s\S]*?(?:Don't stop until you have completed all the (?:assigned )?to-?dos?\.?|$)|The beginning of the above subagent result is already visible to the user\.[\s\S]*$|Perform any necessary follow-up actions in response to the subagent completion[\s\S]*$|(?:The issue has been fixed\. Please clean up the instrumentation|Issue reproduced, please proceed)\.?[ \t]*$|Request ID: [0-9a-f]{8}-[0-9a-f-]{27}\s*\n[\s\S]{0,400}?(?:\n[ \t]+at [^\n]*)+)/g;
const timestamp = /^\s*<timestamp>.*?<\/timestamp>\s*$/gm;

/** True for what a program wrote: summaries of compaction, notes that a task has ended. */
export const isProgramText = (text: string): boolean => compaction.test(text) || programText.test(text);

/** The request of a message that begins with what the editor tells of itself. */
export function withoutEditorContext(text: string): string {
  const mark = editorContext.test(text) ? requestMark.exec(text) : null;
  return mark === null ? text : text.slice(mark.index + mark[0].length).trim();
}

/** The text without what hosts put into it. */
export function withoutHostText(text: string): string {
  let rest = withoutEditorContext(text);
  if (rest.includes('[Image') || rest.includes('(image/')) rest = rest.replace(picture, ' ');
  if (rest.includes('(Y)es/')) rest = rest.replace(confirmation, '');
  if (!rest.includes('<')) return rest;
  rest = rest.replace(blankInput, '');
  return rest
    .replace(htmlComment, ' ')
    .replace(selfClosed, ' ')
    .replace(injectedBlock, '\n')
    .replace(wrapper, '\n');
}

/** The text without what buttons of the editor said; undefined where they said all of it. */
export function withoutButtons(text: string): string | undefined {
  const rest = text.replace(saidByButton, '\n');
  return rest !== text && rest.replace(timestamp, '').trim() === '' ? undefined : rest;
}
