/** An OpenAI-compatible endpoint on loopback for the wording of rules: each test says what becomes of a request. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { z } from 'zod';

const body = z.looseObject({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  response_format: z.looseObject({ type: z.string() }).optional(),
  max_tokens: z.number().optional(),
});

export interface WordingRequest {
  readonly system: string;
  readonly prompt: string;
  /** `json_schema`, `json_object`; undefined for none. */
  readonly format: string | undefined;
  readonly maxTokens: number | undefined;
  readonly authorization: string | undefined;
}

export type Handler = (request: WordingRequest, response: ServerResponse) => void;

/** A completion with this content. */
export const say =
  (content: string, finish = 'stop'): Handler =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(completion(content, finish));
  };

export const completion = (content: string, finish = 'stop') =>
  JSON.stringify({
    id: 'c1',
    object: 'chat.completion',
    created: 0,
    model: 'scripted',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: finish }],
  });

export const fail =
  (status: number): Handler =>
  (_request, response) => {
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ error: { message: 'scripted refusal', type: 'scripted' } }));
  };

/** Never answers. */
export const hang: Handler = () => undefined;

export interface WordingEndpoint {
  /** Up to and with `/v1`. */
  readonly url: string;
  readonly requests: readonly WordingRequest[];
  /** Resolves when the nth request (from 1) has come. */
  arrived(nth: number): Promise<void>;
  close(): Promise<void>;
}

export async function startWordingEndpoint(handler: Handler): Promise<WordingEndpoint> {
  const requests: WordingRequest[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
    const asked = body.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    const by = (role: string) => asked.messages.find((one) => one.role === role)?.content ?? '';
    const request: WordingRequest = {
      system: by('system'),
      prompt: by('user'),
      format: asked.response_format?.type,
      maxTokens: asked.max_tokens,
      authorization: incoming.headers.authorization,
    };
    requests.push(request);
    for (const look of waiting) look();
    handler(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The endpoint has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    arrived: (nth) =>
      new Promise((resolve) => {
        const look = () => {
          if (requests.length >= nth) resolve();
        };
        waiting.push(look);
        look();
      }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const promptData = z.looseObject({
  evidence: z.array(z.string()).optional(),
  rule: z.string().optional(),
  lessons: z.array(z.string()).optional(),
});

/** The data of a prompt, from between its markers. */
export function dataOf(prompt: string): z.infer<typeof promptData> {
  const lines = prompt.split('\n');
  return promptData.parse(JSON.parse(lines.slice(1, -1).join('\n')));
}
