/** Which language model a night may ask, by the settings: how its process is told, and who answers it. */
import type * as vscode from 'vscode';
import type { LanguageModel, Log } from '../core/ports.ts';
import { readSetting } from './settings.ts';
import type { AnswerQuestion } from './worker.ts';

/** Where the editor keeps the key of an endpoint: never in the settings, which are files and are synchronised. */
export const modelKeySecret = 'reverie.model.key';

/** How to start a night that may ask the chosen model. */
export interface ModelForNight {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly answer?: AnswerQuestion;
}

/** @param byUser the user is there and began the night: only then may the editor ask for consent. */
export type ChooseModel = (byUser: boolean) => Promise<ModelForNight>;

/** Seconds a user has to read the editor's question whether Reverie may ask the model. */
const consentSeconds = 60;

export function createModelChoice(deps: {
  readonly secrets: Pick<vscode.SecretStorage, 'get'>;
  /** A model of the editor's. Rejects with ModelFailure. */
  readonly editorModel: (wanted: string, mayAskConsent: boolean) => Promise<LanguageModel>;
  readonly log: Log;
}): ChooseModel {
  const limits = (waitForConsent: boolean): readonly string[] => {
    const callSeconds = Math.min(60, readSetting('model.callSeconds'));
    return [
      '--model-calls',
      String(readSetting('model.calls')),
      '--model-tokens',
      String(readSetting('model.answerTokens')),
      '--model-call-seconds',
      String(waitForConsent ? Math.max(callSeconds, consentSeconds) : callSeconds),
      '--model-seconds',
      String(readSetting('model.seconds')),
    ];
  };
  return async (byUser): Promise<ModelForNight> => {
    const provider = readSetting('model.provider');
    const name = readSetting('model.name').trim();
    switch (provider) {
      case 'none':
        return { args: ['--model', 'none'] };
      case 'openai': {
        const key = await deps.secrets.get(modelKeySecret);
        return {
          args: ['--model', 'openai', ...limits(false)],
          /* Also where empty: the editor's own environment must not decide where words go. */
          env: {
            REVERIE_MODEL_NAME: name,
            REVERIE_MODEL_ENDPOINT: readSetting('model.endpoint').trim(),
            REVERIE_MODEL_KEY: key ?? '',
          },
        };
      }
      case 'vscode': {
        let model: Promise<LanguageModel> | undefined;
        return {
          args: ['--model', 'parent', ...limits(byUser)],
          env: { REVERIE_MODEL_NAME: name },
          answer: async (question, signal) => {
            /* Looked for with the first question only: most nights have none. */
            model ??= deps.editorModel(name, byUser);
            const found = await model;
            return { text: await found.complete({ ...question, signal }), model: found.name };
          },
        };
      }
      default:
        deps.log.warn('reverie.model.provider is none of none, openai, vscode: the night asks nobody');
        return { args: ['--model', 'none'] };
    }
  };
}
