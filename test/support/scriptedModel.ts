/**
 * An endpoint on loopback that answers as a test tells it to, in whichever protocol it is asked, and keeps what it was
 * asked: the prompt that arrives here is exactly what a real assistant is told.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { dialectOf } from './modelDialects.ts';

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

export type Script = (request: AskedRequest) => ScriptedAnswer | Promise<ScriptedAnswer>;

export interface ScriptedModel {
  /** The endpoint's whole address, for `chatLanguageModels.json`. */
  readonly url: string;
  /** The address before any path. */
  readonly origin: string;
  readonly requests: readonly AskedRequest[];
  /** What to answer the agent from now on; other requests are answered with two words. */
  answerWith(script: Script): void;
  /** The first agent request that satisfies `wanted`, among those that came and those that will come. */
  waitFor(wanted: (request: AskedRequest) => boolean, timeoutMs?: number): Promise<AskedRequest>;
  close(): Promise<void>;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

export async function startScriptedModel(): Promise<ScriptedModel> {
  const requests: AskedRequest[] = [];
  const waiting = new Set<() => void>();
  let script: Script = () => 'Understood.';

  const server = createServer(async (incoming, response) => {
    try {
      const dialect = dialectOf(incoming.url ?? '');
      const asked = dialect.read(JSON.parse(await readBody(incoming)));
      requests.push(asked);
      const answer = asked.agent ? await script(asked) : (asked.fitting ?? 'Scripted answer');
      dialect.reply(response, { answer, stream: asked.stream, ordinal: requests.length });
    } catch (error) {
      response.writeHead(400).end(JSON.stringify({ error: { message: String(error) } }));
    }
    for (const wake of waiting) wake();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The endpoint has no port.');

  const origin = `http://127.0.0.1:${address.port}`;
  return {
    url: `${origin}/v1/chat/completions`,
    origin,
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
