/**
 * An OpenAI-compatible endpoint on loopback that answers as a test tells it to, and keeps what it was asked: the
 * prompt that arrives here is exactly what a real assistant is told.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';

const contentPart = z.looseObject({ type: z.string(), text: z.string().optional() });
const content = z.union([z.string(), z.array(contentPart), z.null()]).optional();
const message = z.looseObject({ role: z.string(), content });
const requestBody = z.looseObject({
  messages: z.array(message),
  stream: z.boolean().optional(),
  tools: z.array(z.looseObject({ function: z.looseObject({ name: z.string() }).optional() })).optional(),
});

export interface AskedMessage {
  readonly role: string;
  readonly text: string;
}

/** One request, as far as tests look at it. */
export interface AskedRequest {
  readonly messages: readonly AskedMessage[];
  readonly tools: readonly string[];
  /** True for the agent itself; false for the small requests that title a conversation and the like. */
  readonly agent: boolean;
  /** Every message's text, joined. */
  readonly text: string;
}

export interface ToolCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export type ScriptedAnswer = string | { readonly toolCalls: readonly ToolCall[] };

export interface ScriptedModel {
  /** The endpoint's whole address, for `chatLanguageModels.json`. */
  readonly url: string;
  readonly requests: readonly AskedRequest[];
  /** What to answer the agent from now on; other requests are answered with two words. */
  answerWith(script: (request: AskedRequest) => ScriptedAnswer): void;
  /** The first agent request that satisfies `wanted`, among those that came and those that will come. */
  waitFor(wanted: (request: AskedRequest) => boolean, timeoutMs?: number): Promise<AskedRequest>;
  close(): Promise<void>;
}

function textOf(value: z.infer<typeof content>): string {
  if (typeof value === 'string') return value;
  return (value ?? []).map((part) => part.text ?? '').join('\n');
}

function parseRequest(body: string): AskedRequest & { readonly stream: boolean } {
  const parsed = requestBody.parse(JSON.parse(body));
  const messages = parsed.messages.map(({ role, content: value }) => ({ role, text: textOf(value) }));
  const tools = (parsed.tools ?? []).map((tool) => tool.function?.name ?? '');
  return {
    messages,
    tools,
    /* The agent is offered dozens of tools; nothing else is. */
    agent: tools.length > 10,
    text: messages.map((one) => one.text).join('\n\n'),
    stream: parsed.stream === true,
  };
}

function completion(answer: ScriptedAnswer, ordinal: number) {
  const calls =
    typeof answer === 'string'
      ? []
      : answer.toolCalls.map((call, index) => ({
          index,
          id: `call_${ordinal}_${index}`,
          type: 'function',
          function: { name: call.name, arguments: JSON.stringify(call.arguments) },
        }));
  return {
    message: {
      role: 'assistant',
      content: typeof answer === 'string' ? answer : null,
      ...(calls.length > 0 ? { tool_calls: calls } : {}),
    },
    finish: calls.length > 0 ? 'tool_calls' : 'stop',
  };
}

function reply(response: ServerResponse, answer: ScriptedAnswer, stream: boolean, ordinal: number): void {
  const { message: said, finish } = completion(answer, ordinal);
  const head = { id: `chatcmpl-${ordinal}`, created: 0, model: 'scripted-1' };
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
  if (!stream) {
    const body = {
      ...head,
      object: 'chat.completion',
      usage,
      choices: [{ index: 0, message: said, finish_reason: finish }],
    };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const send = (choice: object, extra: object = {}) => {
    const chunk = { ...head, object: 'chat.completion.chunk', choices: [{ index: 0, ...choice }], ...extra };
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  };
  send({ delta: said, finish_reason: null });
  send({ delta: {}, finish_reason: finish }, { usage });
  response.end('data: [DONE]\n\n');
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

export async function startScriptedModel(): Promise<ScriptedModel> {
  const requests: AskedRequest[] = [];
  const waiting = new Set<() => void>();
  let script: (request: AskedRequest) => ScriptedAnswer = () => 'Understood.';

  const server = createServer(async (incoming, response) => {
    try {
      const asked = parseRequest(await readBody(incoming));
      requests.push(asked);
      reply(response, asked.agent ? script(asked) : 'Scripted answer', asked.stream, requests.length);
    } catch (error) {
      response.writeHead(400).end(JSON.stringify({ error: { message: String(error) } }));
    }
    for (const wake of waiting) wake();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The endpoint has no port.');

  return {
    url: `http://127.0.0.1:${address.port}/v1/chat/completions`,
    requests,
    answerWith(next) {
      script = next;
    },
    waitFor(wanted, timeoutMs = 60_000) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const found = requests.find((request) => request.agent && wanted(request));
          if (found === undefined) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          const seen = `${requests.length} requests came, ${requests.filter((request) => request.agent).length} of the agent`;
          reject(new Error(`The awaited request did not come within ${timeoutMs / 1000} s; ${seen}.`));
        }, timeoutMs);
        waiting.add(look);
        look();
      });
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
