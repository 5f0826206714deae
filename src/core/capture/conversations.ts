/**
 * One conversation under several names: exported twice, or read from its assistant and from an export. What comes later
 * is told under the name by which the conversation was met first.
 */
import type { CaptureDeps } from './capture.ts';
import type { TranscriptMessage } from './message.ts';

const factOf = (conversation: string) => `capture.conversation.${conversation}`;

export interface Conversations {
  /** The message under the first name of its conversation; the same object where there is but one. */
  known(message: TranscriptMessage): Promise<TranscriptMessage>;
}

export function createConversations({
  getFact,
  setFact,
}: Pick<CaptureDeps, 'getFact' | 'setFact'>): Conversations {
  const names = new Map<string, string>();

  async function nameOf(conversation: string, session: string): Promise<string> {
    const known = names.get(conversation);
    if (known !== undefined) return known;
    const stored = await getFact(factOf(conversation));
    const name = typeof stored === 'string' ? stored : session;
    names.set(conversation, name);
    if (stored === undefined && name !== conversation) await setFact(factOf(conversation), name);
    return name;
  }

  return {
    async known(message) {
      const { session, conversation = session } = message;
      const name = await nameOf(conversation, session);
      return name === session ? message : { ...message, session: name, conversation };
    },
  };
}
