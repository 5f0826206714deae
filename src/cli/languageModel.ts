/** The language model that a night may ask, from the command's words and its environment; none where none was named. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod/mini';
import { ReverieError } from '../core/errors.ts';
import { ModelFailure } from '../core/model.ts';
import type { LanguageModel, Log } from '../core/ports.ts';
import { type ModelBudget, usualModelBudget } from '../core/sleep/words/wording.ts';
import { createOpenAiModel, openAiEndpoint } from '../models/openai.ts';
import { createParentModel } from '../models/parent.ts';
import { modelRequestsFile } from '../sqlite/location.ts';

export interface ModelWords {
  readonly model?: string;
  readonly modelCalls?: string;
  readonly modelTokens?: string;
  readonly modelCallSeconds?: string;
  readonly modelSeconds?: string;
}

export interface ChosenModel {
  /** Absent for `none`. */
  readonly model?: LanguageModel;
  readonly budget: ModelBudget;
  /** Lets go of what would keep the process alive. */
  close(): void;
}

/**
 * `none`; `parent` asks the process that started this one; `openai` asks the model `$REVERIE_MODEL_NAME` at
 * `$REVERIE_MODEL_ENDPOINT` (OpenAI where there is none) with `$REVERIE_MODEL_KEY`; anything else is a model's name
 * there. Every request is written beside the database before it leaves. Throws `usage` for a wrong budget,
 * `model-unavailable` for a name without an address.
 */
export function chooseModel(
  words: ModelWords,
  context: { readonly file: string; readonly log: Log },
  env: Readonly<Record<string, string | undefined>> = process.env,
): ChosenModel {
  const budget = budgetFrom(words);
  const wanted = words.model ?? 'none';
  const { file, log } = context;
  const recorded = (model: LanguageModel) => recordRequests(model, modelRequestsFile(file));
  switch (wanted) {
    case 'none':
      return { budget, close: () => undefined };
    case 'parent': {
      const model = createParentModel({
        input: process.stdin,
        output: process.stderr,
        name: env['REVERIE_MODEL_NAME'] || "the editor's model",
      });
      return { model: recorded(model), budget, close: () => model.close() };
    }
    case 'openai':
      return { model: recorded(openAiFrom(env, log)), budget, close: () => undefined };
    default: {
      const endpoint = env['REVERIE_MODEL_ENDPOINT'];
      /* A name alone does not choose anybody's servers: words leave this machine only where that was said. */
      if (!endpoint)
        throw new ReverieError(
          'model-unavailable',
          `No language model named “${wanted}” is set up: REVERIE_MODEL_ENDPOINT says where it is; --model none sleeps without.`,
        );
      return {
        model: recorded(openAiFrom({ ...env, REVERIE_MODEL_NAME: wanted }, log)),
        budget,
        close: () => undefined,
      };
    }
  }
}

/** What is missing or wrong must not cost the night: then a model that answers nothing, and the report says why. */
function openAiFrom(env: Readonly<Record<string, string | undefined>>, log: Log): LanguageModel {
  const [name, endpoint, apiKey] = [
    env['REVERIE_MODEL_NAME'],
    env['REVERIE_MODEL_ENDPOINT'],
    env['REVERIE_MODEL_KEY'],
  ];
  try {
    if (!name) throw new ReverieError('usage', 'The language model has no name: REVERIE_MODEL_NAME.');
    if (!endpoint && !apiKey)
      throw new ReverieError(
        'usage',
        'The language model has no address and no key: REVERIE_MODEL_ENDPOINT, REVERIE_MODEL_KEY.',
      );
    return createOpenAiModel({
      endpoint: endpoint || openAiEndpoint,
      model: name,
      log,
      ...(apiKey ? { apiKey } : {}),
    });
  } catch (error) {
    if (!ReverieError.is(error)) throw error;
    log.warn(error.message);
    const failure = new ModelFailure('not-set-up', error.message);
    return { name: name || 'a language model', complete: () => Promise.reject(failure) };
  }
}

const requestLine = z.object({
  model: z.string(),
  characters: z.number(),
  maxTokens: z.number(),
  system: z.string(),
  prompt: z.string(),
});
type RecordedRequest = z.infer<typeof requestLine>;

/** The requests of the last night that asked a model, as they left; none where none ever did. */
export function readModelRequests(database: string): readonly RecordedRequest[] {
  const file = modelRequestsFile(database);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => requestLine.parse(JSON.parse(line)));
}

export function requestLines(requests: readonly RecordedRequest[]): string {
  if (requests.length === 0) return 'Nothing was sent to a language model.\n';
  const characters = requests.reduce((sum, request) => sum + request.characters, 0);
  const head = `${requests.length} ${requests.length === 1 ? 'request' : 'requests'}, ${characters} characters.`;
  const each = requests.map(
    ({ model, system, prompt }, at) => `── ${at + 1}, to ${model}\n${system}\n\n${prompt}`,
  );
  return `${[head, ...each].join('\n\n')}\n`;
}

/** Writes each request down before it leaves; the requests of the night before go with the first of this one. */
function recordRequests(model: LanguageModel, file: string): LanguageModel {
  let first = true;
  return {
    get name() {
      return model.name;
    },
    complete: (request) =>
      model.complete({
        ...request,
        sent: () => {
          if (first) {
            rmSync(file, { force: true });
            mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
          }
          first = false;
          const { system, prompt, maxTokens } = request;
          const line = {
            model: model.name,
            characters: system.length + prompt.length,
            maxTokens,
            system,
            prompt,
          };
          appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
          request.sent?.();
        },
      }),
  };
}

function budgetFrom(words: ModelWords): ModelBudget {
  const read = (option: string, word: string | undefined, usual: number, most: number) => {
    if (word === undefined) return usual;
    const value = Number(word);
    if (!(value > 0) || value > most)
      throw new ReverieError('usage', `--${option} wants a number above 0, at most ${most}.`);
    return value;
  };
  return {
    calls: read('model-calls', words.modelCalls, usualModelBudget.calls, 1000),
    answerTokens: Math.ceil(read('model-tokens', words.modelTokens, usualModelBudget.answerTokens, 4000)),
    callSeconds: read('model-call-seconds', words.modelCallSeconds, usualModelBudget.callSeconds, 60),
    seconds: read('model-seconds', words.modelSeconds, usualModelBudget.seconds, 3600),
  };
}
