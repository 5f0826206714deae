/**
 * The language model of the process that started this one: an editor, whose models only its own extension host can
 * ask. Questions go out as lines, answers come in as lines (`core/modelBridge.ts`).
 */
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { ModelFailure } from '../core/model.ts';
import { type AskLine, type CancelLine, parseAnswerLine } from '../core/modelBridge.ts';
import type { LanguageModel } from '../core/ports.ts';

export interface ParentModel extends LanguageModel {
  /** Stops listening, so that the process can end. */
  close(): void;
}

interface Waiting {
  readonly resolve: (text: string) => void;
  readonly reject: (failure: ModelFailure) => void;
}

/** `name` until an answer says who gave it. */
export function createParentModel(options: {
  readonly input: Readable;
  readonly output: Writable;
  readonly name: string;
}): ParentModel {
  const { input, output } = options;
  const waiting = new Map<number, Waiting>();
  let [name, last, open] = [options.name, 0, true];

  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on('line', (line) => {
    const answer = parseAnswerLine(line);
    const one = answer === undefined ? undefined : waiting.get(answer.id);
    if (answer === undefined || one === undefined) return;
    waiting.delete(answer.id);
    if (answer.model !== undefined) name = answer.model;
    if (answer.text !== undefined) one.resolve(answer.text);
    else one.reject(new ModelFailure(answer.error ?? 'unavailable', 'The editor could not ask the model.'));
  });
  lines.on('close', () => {
    open = false;
    for (const { reject } of waiting.values())
      reject(new ModelFailure('unavailable', 'The editor no longer answers.'));
    waiting.clear();
  });
  const write = (line: AskLine | CancelLine) => output.write(`${JSON.stringify(line)}\n`);

  return {
    get name() {
      return name;
    },
    complete({ system, prompt, maxTokens, signal, sent }) {
      return new Promise((resolve, reject) => {
        if (!open) return reject(new ModelFailure('unavailable', 'The editor no longer answers.'));
        if (signal.aborted) return reject(new ModelFailure('cancelled', 'Nobody waits for the answer.'));
        last += 1;
        const id = last;
        const settle = () => signal.removeEventListener('abort', onAbort);
        const onAbort = () => {
          waiting.delete(id);
          settle();
          write({ cancel: { id } });
          reject(new ModelFailure('cancelled', 'Nobody waits for the answer.'));
        };
        signal.addEventListener('abort', onAbort);
        waiting.set(id, {
          resolve: (text) => {
            settle();
            resolve(text);
          },
          reject: (failure) => {
            settle();
            reject(failure);
          },
        });
        sent?.();
        write({ ask: { id, system, prompt, maxTokens } });
      });
    },
    close() {
      lines.close();
      input.destroy();
    },
  };
}
