/**
 * The protocols in which assistants ask their models: OpenAI's chat completions and responses, Anthropic's messages,
 * Google's contents. Each reads a request into what tests look at, and writes an answer as that protocol does.
 */
import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import type { AskedMessage, AskedRequest, ScriptedAnswer, ToolCall } from './scriptedModel.ts';

export interface Reply {
  readonly answer: ScriptedAnswer;
  readonly stream: boolean;
  /** Makes identities unique. */
  readonly ordinal: number;
}
export interface Asked extends AskedRequest {
  readonly stream: boolean;
  /** An answer of the shape that the request prescribes, where it prescribes one. */
  readonly fitting?: string;
}
export interface Dialect {
  /** Throws for what is no request of this protocol. */
  read(body: unknown): Asked;
  reply(response: ServerResponse, reply: Reply): void;
}

const part = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  content: z.unknown().optional(),
});
const content = z.union([z.string(), z.array(part), z.null()]).optional();
const stream = z.boolean().optional();

/** The text of a message's content, whatever its parts are called. */
function textOf(value: z.infer<typeof content>): string {
  if (typeof value === 'string') return value;
  return (value ?? []).map(({ text }) => text ?? '').join('\n');
}

/** An agent is offered tools; the small requests that title a conversation and the like are offered none or two. */
const agentTools = 3;

function asked(
  messages: readonly AskedMessage[],
  tools: readonly string[],
  streamed: boolean | undefined,
): Asked {
  return {
    messages,
    tools,
    agent: tools.length >= agentTools,
    text: messages.map(({ text }) => text).join('\n\n'),
    stream: streamed === true,
  };
}

const callsOf = (answer: ScriptedAnswer): readonly ToolCall[] =>
  typeof answer === 'string' ? [] : answer.toolCalls;
const wordsOf = (answer: ScriptedAnswer): string => (typeof answer === 'string' ? answer : '');
const callId = (ordinal: number, index: number) => `call_${ordinal}_${index}`;

function sendJson(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Server-sent events; those of a named type carry their name. */
function sendEvents(response: ServerResponse, events: readonly object[], last = ''): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  for (const event of events) {
    const name = 'type' in event ? `event: ${String(event.type)}\n` : '';
    response.write(`${name}data: ${JSON.stringify(event)}\n\n`);
  }
  response.end(last);
}

const chatRequest = z.looseObject({
  messages: z.array(z.looseObject({ role: z.string(), content })),
  stream,
  tools: z.array(z.looseObject({ function: z.looseObject({ name: z.string() }).optional() })).optional(),
});

const chat: Dialect = {
  read(body) {
    const parsed = chatRequest.parse(body);
    const messages = parsed.messages.map((message) => ({
      role: message.role,
      text: textOf(message.content),
    }));
    return asked(
      messages,
      (parsed.tools ?? []).map((tool) => tool.function?.name ?? ''),
      parsed.stream,
    );
  },
  reply(response, { answer, stream: streamed, ordinal }) {
    const calls = callsOf(answer).map((call, index) => ({
      index,
      id: callId(ordinal, index),
      type: 'function',
      function: { name: call.name, arguments: JSON.stringify(call.arguments) },
    }));
    const message = {
      role: 'assistant',
      content: calls.length > 0 ? null : wordsOf(answer),
      ...(calls.length > 0 ? { tool_calls: calls } : {}),
    };
    const finish = calls.length > 0 ? 'tool_calls' : 'stop';
    const head = { id: `chatcmpl-${ordinal}`, created: 0, model: 'scripted-1' };
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
    if (!streamed) {
      const choices = [{ index: 0, message, finish_reason: finish }];
      return sendJson(response, { ...head, object: 'chat.completion', usage, choices });
    }
    const chunk = (choice: object) => ({
      ...head,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, ...choice }],
    });
    const first = chunk({ delta: message, finish_reason: null });
    const second = { ...chunk({ delta: {}, finish_reason: finish }), usage };
    sendEvents(response, [first, second], 'data: [DONE]\n\n');
  },
};

const messagesRequest = z.looseObject({
  system: content,
  messages: z.array(z.looseObject({ role: z.string(), content })),
  stream,
  tools: z.array(z.looseObject({ name: z.string() })).optional(),
});

const messages: Dialect = {
  read(body) {
    const parsed = messagesRequest.parse(body);
    const said = parsed.messages.flatMap(({ role, content: parts }): readonly AskedMessage[] => {
      if (!Array.isArray(parts)) return [{ role, text: textOf(parts) }];
      const results = parts
        .filter(({ type }) => type === 'tool_result')
        .map((result) => ({ role: 'tool', text: textOf(content.parse(result.content)) }));
      return [...results, { role, text: textOf(parts) }];
    });
    const system = { role: 'system', text: textOf(parsed.system) };
    return asked(
      [system, ...said],
      (parsed.tools ?? []).map(({ name }) => name),
      parsed.stream,
    );
  },
  reply(response, { answer, stream: streamed, ordinal }) {
    const calls = callsOf(answer);
    const blocks =
      calls.length === 0
        ? [{ type: 'text' as const, text: wordsOf(answer) }]
        : calls.map((call, index) => ({
            type: 'tool_use' as const,
            id: `toolu_${ordinal}_${index}`,
            name: call.name,
            input: call.arguments,
          }));
    const stop = calls.length > 0 ? 'tool_use' : 'end_turn';
    const head = {
      id: `msg_${ordinal}`,
      type: 'message',
      role: 'assistant',
      model: 'scripted-1',
      stop_sequence: null,
      usage: { input_tokens: 1, output_tokens: 1 },
    };
    if (!streamed) return sendJson(response, { ...head, content: blocks, stop_reason: stop });
    sendEvents(response, [
      { type: 'message_start', message: { ...head, content: [], stop_reason: null } },
      ...blocks.flatMap((block, index) => [
        {
          type: 'content_block_start',
          index,
          content_block: block.type === 'text' ? { ...block, text: '' } : { ...block, input: {} },
        },
        {
          type: 'content_block_delta',
          index,
          delta:
            block.type === 'text'
              ? { type: 'text_delta', text: block.text }
              : { type: 'input_json_delta', partial_json: JSON.stringify(block.input) },
        },
        { type: 'content_block_stop', index },
      ]),
      {
        type: 'message_delta',
        delta: { stop_reason: stop, stop_sequence: null },
        usage: { output_tokens: 1 },
      },
      { type: 'message_stop' },
    ]);
  },
};

const responsesRequest = z.looseObject({
  instructions: z.string().nullish(),
  input: z.union([
    z.string(),
    z.array(
      z.looseObject({
        type: z.string().optional(),
        role: z.string().optional(),
        content,
        output: z.unknown().optional(),
      }),
    ),
  ]),
  tools: z.array(z.looseObject({ type: z.string(), name: z.string().optional() })).optional(),
});

const responses: Dialect = {
  read(body) {
    const { instructions, input, tools = [] } = responsesRequest.parse(body);
    const items: readonly AskedMessage[] =
      typeof input === 'string'
        ? [{ role: 'user', text: input }]
        : input.map((item) =>
            item.type === 'function_call_output'
              ? {
                  role: 'tool',
                  text: typeof item.output === 'string' ? item.output : JSON.stringify(item.output),
                }
              : { role: item.role ?? '', text: textOf(item.content) },
          );
    const system = { role: 'system', text: instructions ?? '' };
    return asked(
      [system, ...items],
      tools.map(({ name, type }) => name ?? type),
      true,
    );
  },
  reply(response, { answer, ordinal }) {
    const calls = callsOf(answer);
    const output =
      calls.length === 0
        ? [
            {
              id: `msg_${ordinal}`,
              type: 'message',
              role: 'assistant',
              status: 'completed',
              content: [{ type: 'output_text', text: wordsOf(answer), annotations: [] }],
            },
          ]
        : calls.map((call, index) => ({
            id: `fc_${ordinal}_${index}`,
            type: 'function_call',
            status: 'completed',
            call_id: callId(ordinal, index),
            name: call.name,
            arguments: JSON.stringify(call.arguments),
          }));
    const whole = { id: `resp_${ordinal}`, object: 'response', created_at: 0, model: 'scripted-1' };
    const usage = {
      input_tokens: 1,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 1,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 2,
    };
    sendEvents(response, [
      { type: 'response.created', response: { ...whole, status: 'in_progress', output: [] } },
      ...output.map((item, index) => ({ type: 'response.output_item.done', output_index: index, item })),
      { type: 'response.completed', response: { ...whole, status: 'completed', output, usage } },
    ]);
  },
};

const contentParts = z
  .array(
    z.looseObject({
      text: z.string().optional(),
      functionResponse: z.looseObject({ response: z.unknown() }).optional(),
    }),
  )
  .optional();
const schema = z.looseObject({
  properties: z.record(z.string(), z.looseObject({ type: z.string() })),
});
const contentsRequest = z.looseObject({
  systemInstruction: z.looseObject({ parts: contentParts }).optional(),
  contents: z.array(z.looseObject({ role: z.string().optional(), parts: contentParts })),
  tools: z
    .array(z.looseObject({ functionDeclarations: z.array(z.looseObject({ name: z.string() })).optional() }))
    .optional(),
  generationConfig: z.looseObject({ responseJsonSchema: schema.optional() }).optional(),
});

/** What a question about the request (which model is to have it, and the like) is content with. */
function fitting({ properties }: z.infer<typeof schema>): string {
  const fields = Object.entries(properties).map(([name, { type }]) => [
    name,
    /^(?:integer|number)$/i.test(type) ? 1 : 'Scripted',
  ]);
  return JSON.stringify(Object.fromEntries(fields));
}

/** The address says whether the answer is to come in a stream. */
const contents = (streamed: boolean): Dialect => ({
  read(body) {
    const parsed = contentsRequest.parse(body);
    const words = (parts: z.infer<typeof contentParts> = []) =>
      parts.flatMap(({ text }) => text ?? []).join('\n');
    const said = parsed.contents.flatMap(({ role = 'user', parts = [] }): readonly AskedMessage[] => [
      ...parts.flatMap(({ functionResponse }) =>
        functionResponse === undefined
          ? []
          : [{ role: 'tool', text: JSON.stringify(functionResponse.response) }],
      ),
      { role, text: words(parts) },
    ]);
    const shape = parsed.generationConfig?.responseJsonSchema;
    return {
      ...asked(
        [{ role: 'system', text: words(parsed.systemInstruction?.parts) }, ...said],
        (parsed.tools ?? []).flatMap(({ functionDeclarations = [] }) =>
          functionDeclarations.map(({ name }) => name),
        ),
        streamed,
      ),
      ...(shape === undefined ? {} : { fitting: fitting(shape) }),
    };
  },
  reply(response, { answer, ordinal }) {
    const calls = callsOf(answer);
    const parts =
      calls.length === 0
        ? [{ text: wordsOf(answer) }]
        : calls.map((call, index) => ({
            functionCall: { id: callId(ordinal, index), name: call.name, args: call.arguments },
          }));
    const whole = {
      candidates: [{ index: 0, content: { role: 'model', parts }, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
      modelVersion: 'scripted-1',
    };
    if (streamed) sendEvents(response, [whole]);
    else sendJson(response, whole);
  },
});

/** By the address that was asked. */
export function dialectOf(url: string): Dialect {
  if (/:generateContent(?:\?|$)/.test(url)) return contents(false);
  if (/:streamGenerateContent(?:\?|$)/.test(url)) return contents(true);
  if (/\/messages(?:\?|$)/.test(url)) return messages;
  if (/\/responses(?:\?|$)/.test(url)) return responses;
  return chat;
}
