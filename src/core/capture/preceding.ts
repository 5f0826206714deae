/** Remembers, for each conversation, the end of what the assistant said since the user last spoke. */

/** Enough to see what an answer refers to, and for secrets to be recognised before the context is cut from it. */
const keptLength = 3000;
const mostConversations = 500;

export interface PrecedingText {
  said(conversation: string, text: string): void;
  /** What was said before the message at hand. It stays known until the assistant speaks again. */
  take(conversation: string): string;
}

export function createPrecedingText(): PrecedingText {
  const kept = new Map<string, { text: string; answered: boolean }>();
  return {
    said(conversation, text) {
      const entry = kept.get(conversation);
      const before = entry === undefined || entry.answered ? '' : `${entry.text}\n\n`;
      kept.delete(conversation);
      kept.set(conversation, { text: `${before}${text}`.slice(-keptLength), answered: false });
      if (kept.size > mostConversations) {
        const oldest = kept.keys().next().value;
        if (oldest !== undefined) kept.delete(oldest);
      }
    },
    take(conversation) {
      const entry = kept.get(conversation);
      if (entry === undefined) return '';
      entry.answered = true;
      return entry.text;
    },
  };
}
