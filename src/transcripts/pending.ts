/** Signals wait here for the next message the user types. */
import type { MessageSignal } from '../core/capture/message.ts';
import { createCommandWatch } from '../core/witness/commandWatch.ts';
import { signatureOf } from '../core/witness/failure.ts';

type CommandSignal = Extract<MessageSignal, { type: 'command' }>;

/** How much of a command's output is worth keeping: its end, where the error is. */
const outputTail = 2000;
const commandHead = 500;
/** Signals kept for one message; older ones are dropped. */
const maxSignals = 12;
/** Failed commands remembered for telling that one of them succeeded later. */
const maxFailures = 100;

export interface PendingSignals {
  add(signal: MessageSignal): void;
  /** A command ended. Success is only worth a signal if the same command had failed before. */
  command(failed: boolean, command: string | undefined, output?: string): void;
  /** Whether a success could still matter. */
  readonly hasFailures: boolean;
  /** Hands over what waited, oldest first. */
  take(): readonly MessageSignal[];
  readonly size: number;
}

export function createPendingSignals(): PendingSignals {
  let waiting: MessageSignal[] = [];
  const failures = new Set<string>();
  const watch = createCommandWatch();
  const add = (signal: MessageSignal): void => {
    waiting.push(signal);
    if (waiting.length > maxSignals) waiting.shift();
  };
  /** What made an error go away. A failure that printed nothing could not be told apart from another. */
  const fixes = (failed: boolean, command: string | undefined, output: string | undefined): void => {
    if (command === undefined || (failed && (output === undefined || signatureOf(output) === undefined)))
      return;
    const shown = output === undefined ? {} : { output: output.slice(-outputTail) };
    const recipe = watch.ran({ command, failed, place: '', at: 0, ...shown });
    if (recipe?.error === undefined) return;
    const { error, commands, instead } = recipe;
    add({
      type: 'fixed',
      command: recipe.command,
      error,
      commands,
      ...(instead === undefined ? {} : { instead }),
    });
  };
  return {
    add,
    command(failed, command, output) {
      const key = command?.replace(/\s+/g, ' ').trim().slice(0, commandHead);
      fixes(failed, key, output);
      if (!failed && (key === undefined || !failures.delete(key))) return;
      if (failed && key !== undefined && failures.size < maxFailures) failures.add(key);
      const signal: CommandSignal = {
        type: 'command',
        failed,
        ...(key !== undefined && { command: key }),
        ...(output !== undefined && output.length > 0 && { output: output.slice(-outputTail) }),
      };
      add(signal);
    },
    get hasFailures() {
      return failures.size > 0;
    },
    take() {
      const taken = waiting;
      waiting = [];
      return taken;
    },
    get size() {
      return waiting.length;
    },
  };
}
