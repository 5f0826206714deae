/** Copilot CLI: `~/.copilot/session-state/<id>/events.jsonl`. */
import { createLineReader } from '../lineReader.ts';
import { isEventLog, isFromVsCode, openEventLog } from './copilotEvents.ts';

export const copilotCliReader = createLineReader({
  format: 'copilot-cli',
  detect: (head, path) => isEventLog(head) && !isFromVsCode(head, path),
  open: (input, context) => openEventLog('copilot-cli', input, context),
});
