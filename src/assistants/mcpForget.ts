/** Forgetting through an assistant: never on its word alone. Its user is asked, through the client, with the words. */
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { plainLine } from '../core/injection/wording.ts';
import type { Memory } from '../core/memory.ts';
import { tunables } from '../core/tunables.ts';

/** A question that nobody answers for so long counts as a no, ms. */
const patienceMs = 300_000;

export type Consent = 'yes' | 'no' | 'cannot-ask';

/** Asks the user through the client whether this very memory may go. */
export async function askToForget(server: McpServer, memory: Memory, signal: AbortSignal): Promise<Consent> {
  if (server.server.getClientCapabilities()?.elicitation?.form === undefined) return 'cannot-ask';
  const words = plainLine(memory.text, tunables.injection.textLength);
  try {
    const reply = await server.server.elicitInput(
      {
        message: `Forget this ${memory.kind} for good? It cannot be undone.\n\n“${words}” (${memory.id})`,
        /* No fields: accepting is the confirmation, and every client can show that. */
        requestedSchema: { type: 'object', properties: {} },
      },
      { timeout: patienceMs, signal },
    );
    const denied = Object.values(reply.content ?? {}).includes(false);
    return reply.action === 'accept' && !denied ? 'yes' : 'no';
  } catch {
    /* No answer, or one that says neither yes nor no: then nothing is deleted. */
    return 'no';
  }
}

/** How else it can be done. */
export const forgetElsewhere = (id: string): string =>
  `Nothing was forgotten: this client cannot ask its user to confirm. The user can do it in Reverie's sidebar in VS Code, or with “reverie forget ${id}” in a terminal.`;
