/**
 * Any endpoint that speaks OpenAI's chat completions: OpenAI itself, a gateway, or a server on this machine. The SDK
 * is loaded with the first question. Nothing of the environment steers it: where the words of a memory go is said by
 * the caller alone.
 */
import type { OpenAI } from 'openai';
import { ReverieError } from '../core/errors.ts';
import { ModelFailure, type ModelFailureKind } from '../core/model.ts';
import type { LanguageModel, Log } from '../core/ports.ts';
import { limitedFetch } from './limitedFetch.ts';

export interface OpenAiOptions {
  /** The base address, for example `http://127.0.0.1:11434/v1`. */
  readonly endpoint: string;
  readonly model: string;
  readonly apiKey?: string;
  readonly log: Log;
}

/** OpenAI's own address. */
export const openAiEndpoint = 'https://api.openai.com/v1';

/** The form of an answer, from what holds a model best to what every endpoint takes. */
const forms = ['json_schema', 'json_object', 'plain'] as const;
type Form = (typeof forms)[number];

/** What endpoints answer that do not know a form; 404 is also a model that does not exist. */
const formRefused: ReadonlySet<number> = new Set([400, 404, 415, 422, 501]);

/** Throws `usage` for an address that is none, or one that would carry a key in the clear over a network. */
export function createOpenAiModel({ endpoint, model, apiKey, log }: OpenAiOptions): LanguageModel {
  const baseURL = addressFrom(endpoint, apiKey !== undefined);
  let form: Form = forms[0];
  let client: Promise<OpenAI> | undefined;
  const load = async () => {
    const { createClient } = await import('./openaiClient.ts');
    /* That bundle has classes of its own: what must be known again here is made here. */
    return createClient(baseURL, apiKey, limitedFetch);
  };

  return {
    name: model,
    async complete(request) {
      client ??= load();
      const loaded = await client;
      for (;;) {
        try {
          return await askOnce(loaded, model, form, request);
        } catch (error) {
          const next = forms[forms.indexOf(form) + 1];
          if (next === undefined || !formRefused.has(statusOf(error) ?? 0))
            throw failureFrom(error, request.signal);
          log.debug(`the endpoint refused the form ${form}; trying ${next}`);
          form = next;
        }
      }
    },
  };
}

function addressFrom(endpoint: string, withKey: boolean): string {
  const address = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (address === undefined || !/^https?:$/.test(address.protocol) || address.username !== '')
    throw new ReverieError('usage', 'The address of the language model must be an http or https URL.');
  const near = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(address.hostname);
  if (withKey && address.protocol === 'http:' && !near)
    throw new ReverieError('usage', 'A key is sent over https only, or to this machine.');
  return address.href.replace(/\/+$/, '').replace(/\/chat\/completions$/, '');
}

type Question = Parameters<LanguageModel['complete']>[0];

async function askOnce(client: OpenAI, model: string, form: Form, question: Question): Promise<string> {
  const { system, prompt, maxTokens, signal, schema = {}, sent } = question;
  if (signal.aborted) throw new ModelFailure('cancelled', 'Nobody waits for the answer.');
  sent?.();
  const answer = await client.chat.completions.create(
    {
      model,
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: prompt },
      ],
      /* Old and small servers know only this name of it; new models at OpenAI know only the other. */
      ...(new URL(client.baseURL).hostname === 'api.openai.com'
        ? { max_completion_tokens: maxTokens }
        : { max_tokens: maxTokens, temperature: 0 }),
      ...(form === 'json_schema'
        ? {
            response_format: {
              type: 'json_schema' as const,
              json_schema: { name: 'wording', strict: true, schema },
            },
          }
        : form === 'json_object'
          ? { response_format: { type: 'json_object' as const } }
          : {}),
    },
    { signal },
  );
  return contentOf(answer);
}

/** The SDK's types are a promise the endpoint did not make. */
function contentOf(answer: unknown): string {
  const choices = fieldOf(answer, 'choices');
  const first: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const message = fieldOf(first, 'message');
  if (typeof fieldOf(message, 'refusal') === 'string')
    throw new ModelFailure('declined', 'The model declined.');
  const content = fieldOf(message, 'content');
  if (typeof content === 'string') {
    if (fieldOf(first, 'finish_reason') === 'length' && !content.trimEnd().endsWith('}'))
      throw new ModelFailure('cut', 'The answer was cut at the limit of tokens.');
    return content;
  }
  throw new ModelFailure('cut', 'The endpoint answered without a message.');
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? (Object.getOwnPropertyDescriptor(value, name)?.value as unknown)
    : undefined;

function statusOf(error: unknown): number | undefined {
  const status = fieldOf(error, 'status');
  return typeof status === 'number' ? status : undefined;
}

/** Only status and kind of an error are told: its message may quote the request. */
function failureFrom(error: unknown, signal: AbortSignal): ModelFailure {
  for (let cause = error; cause !== undefined && cause !== null; cause = fieldOf(cause, 'cause'))
    if (cause instanceof ModelFailure) return cause;
  if (signal.aborted) return new ModelFailure('cancelled', 'Nobody waits for the answer.');
  const status = statusOf(error);
  if (status !== undefined) {
    const kind: ModelFailureKind =
      status === 401 || status === 403
        ? 'unauthorized'
        : status === 429
          ? 'busy'
          : status === 408 || status === 504
            ? 'slow'
            : 'unavailable';
    return new ModelFailure(kind, `The endpoint answered ${status}.`);
  }
  const name = error instanceof Error ? error.constructor.name : typeof error;
  if (name === 'APIConnectionError') return new ModelFailure('unavailable', 'The endpoint was not reached.');
  /* What is left: the connection ended within the body, or the body was no JSON. */
  return new ModelFailure('cut', `The answer broke off (${name}).`);
}
