/** The log channel "Reverie" behind core's Log port. No text of the user's is ever written to it. */
import type * as vscode from 'vscode';
import type { Log } from '../core/ports.ts';

/** A channel that was closed at shutdown is no reason to fail. */
export function createChannelLog(channel: vscode.LogOutputChannel): Log {
  const write = (level: 'debug' | 'info' | 'warn' | 'error') => (message: string) => {
    try {
      channel[level](message);
    } catch {
      /* The window is closing: nobody reads it any more. */
    }
  };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
