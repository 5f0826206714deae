/** The SDK, set up to do what it is told and nothing else. A bundle of its own: it is large, and most nights need none. */
import { OpenAI } from 'openai';

/** Every option the SDK would else read from its environment is given here. */
export function createClient(baseURL: string, apiKey: string | undefined, request: typeof fetch): OpenAI {
  return new OpenAI({
    baseURL,
    /* A server of one's own wants no key; the SDK wants a word. */
    apiKey: apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    /* The night has its own budget: a question is asked once. */
    maxRetries: 0,
    logLevel: 'off',
    fetch: request,
  });
}
