/**
 * The language models that VS Code has (Copilot's, or another extension's). VS Code itself asks the user before the
 * first question; a night that began by itself does not make it ask, for nobody would be there to answer.
 */
import * as vscode from 'vscode';
import { ModelFailure, type ModelFailureKind } from '../core/model.ts';
import type { LanguageModel } from '../core/ports.ts';

export interface VscodeModelOptions {
  /** `vendor/family`, `family`, an id; empty = the first there is. */
  readonly wanted: string;
  readonly access: vscode.LanguageModelAccessInformation;
  /** May VS Code ask the user for consent now? */
  readonly mayAskConsent: boolean;
}

/** Longer answers are of no use. */
const longest = 64 * 1024;
const justification =
  'Reverie lets the model word the rules that a night found in your own corrections. It sends their words.';

/** Rejects with ModelFailure where there is no such model, or no consent. The name is the model's own. */
export async function createVscodeModel(options: VscodeModelOptions): Promise<LanguageModel> {
  const chat = await selectModel(options.wanted);
  const allowed = options.access.canSendRequest(chat);
  if (allowed === false || (allowed === undefined && !options.mayAskConsent))
    throw new ModelFailure('no-consent', 'VS Code has not been allowed to let Reverie ask this model.');
  return {
    name: `${chat.vendor}/${chat.family}`,
    async complete({ system, prompt, signal, maxTokens, sent }) {
      const cancel = new vscode.CancellationTokenSource();
      const onAbort = () => cancel.cancel();
      if (signal.aborted) throw new ModelFailure('cancelled', 'Nobody waits for the answer.');
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        sent?.();
        /* VS Code knows no system message: the instructions come first. */
        const messages = [vscode.LanguageModelChatMessage.User(`${system}\n\n${prompt}`)];
        const response = await chat.sendRequest(
          messages,
          { justification, modelOptions: { max_tokens: maxTokens, temperature: 0 } },
          cancel.token,
        );
        let text = '';
        for await (const piece of response.text) {
          text += piece;
          if (text.length > longest) throw new ModelFailure('too-long', 'The answer was far too long.');
        }
        return text;
      } catch (error) {
        throw failureFrom(error, signal);
      } finally {
        signal.removeEventListener('abort', onAbort);
        /* Also ends a stream nobody reads to its end. */
        cancel.cancel();
        cancel.dispose();
      }
    },
  };
}

async function selectModel(wanted: string): Promise<vscode.LanguageModelChat> {
  const models = await vscode.lm.selectChatModels();
  const named = wanted.trim().toLowerCase();
  const found =
    named === ''
      ? models[0]
      : models.find(({ id, family, vendor, name }) =>
          [id, family, name, `${vendor}/${family}`, `${vendor}/${id}`].some(
            (one) => one.toLowerCase() === named,
          ),
        );
  if (found === undefined)
    throw new ModelFailure('unavailable', 'VS Code has no such language model at the moment.');
  return found;
}

/** Only kinds are told: messages of a provider may quote the request. */
function failureFrom(error: unknown, signal: AbortSignal): ModelFailure {
  if (error instanceof ModelFailure) return error;
  if (signal.aborted) return new ModelFailure('cancelled', 'Nobody waits for the answer.');
  if (error instanceof vscode.CancellationError)
    return new ModelFailure('no-consent', 'The question was not allowed.');
  if (error instanceof vscode.LanguageModelError) {
    const kinds: Readonly<Record<string, ModelFailureKind>> = {
      [vscode.LanguageModelError.NoPermissions.name]: 'no-consent',
      [vscode.LanguageModelError.Blocked.name]: 'busy',
      [vscode.LanguageModelError.NotFound.name]: 'unavailable',
    };
    return new ModelFailure(kinds[error.code] ?? 'unavailable', `VS Code answered ${error.code}.`);
  }
  return new ModelFailure('unavailable', 'The model failed.');
}
