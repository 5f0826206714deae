/**
 * The border of the MCP server: a request that is not what its method asks for, or calls a tool that does not exist, is
 * answered with the protocol's own code for wrong parameters. (The library would call the first an internal error, and
 * the second a tool that failed.)
 */
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  CallToolRequestSchema,
  ErrorCode,
  GetPromptRequestSchema,
  InitializeRequestSchema,
  isJSONRPCRequest,
  type JSONRPCMessage,
  type JSONRPCRequest,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';

const shapes = {
  initialize: InitializeRequestSchema,
  'prompts/get': GetPromptRequestSchema,
  'resources/read': ReadResourceRequestSchema,
} as const;

/** What is wrong with a request, in one line without its contents; undefined where nothing is. */
function wrongWith(request: JSONRPCRequest, tools: ReadonlySet<string>): string | undefined {
  const { method } = request;
  const misshapen = `The parameters of ${method} are not what the protocol asks for.`;
  switch (method) {
    case 'initialize':
    case 'prompts/get':
    case 'resources/read':
      return shapes[method].safeParse(request).success ? undefined : misshapen;
    case 'tools/call': {
      const call = CallToolRequestSchema.safeParse(request);
      if (!call.success) return misshapen;
      return tools.has(call.data.params.name)
        ? undefined
        : `There is no such tool; there are ${[...tools].join(', ')}.`;
    }
    default:
      return undefined;
  }
}

/** The same transport; wrong requests are answered here and go no further. */
export function withBorder(inner: Transport, tools: ReadonlySet<string>): Transport {
  const receive = (message: JSONRPCMessage): void => {
    const wrong = isJSONRPCRequest(message) ? wrongWith(message, tools) : undefined;
    if (wrong === undefined || !isJSONRPCRequest(message)) {
      outer.onmessage?.(message);
      return;
    }
    const error = { code: ErrorCode.InvalidParams, message: wrong };
    inner
      .send({ jsonrpc: '2.0', id: message.id, error })
      .catch(() => outer.onerror?.(new Error('a wrong request could not be answered')));
  };
  const outer: Transport = {
    start() {
      inner.onmessage = receive;
      inner.onclose = () => outer.onclose?.();
      inner.onerror = (error) => outer.onerror?.(error);
      return inner.start();
    },
    send: (message, options) => inner.send(message, options),
    close: () => inner.close(),
  };
  return outer;
}
