/** Remembers, for each conversation, the end of what the assistant said since the user last spoke. */

/** Enough to see what an answer refers to, and for secrets to be recognised before the context is cut from it. */
const keptLength = 3000;
const mostConversations = 500;

export interface PrecedingText {
  said(conversation: string, text: string): void;
  /**
   * What was said before the message at hand. It stays known until the assistant speaks again. Empty before the
   * first message of a conversation; undefined where nobody knows: later ones in which no assistant was heard, and
   * all of them where the transcript may leave the assistant's part out.
   */
  take(conversation: string, complete: boolean): string | undefined;
}

export function createPrecedingText(): PrecedingText {
  const kept = new Map<string, { text: string; answered: boolean }>();
  const begun = new Set<string>();
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
    take(conversation, complete) {
      const entry = kept.get(conversation);
      const first = !begun.has(conversation);
      begun.add(conversation);
      if (begun.size > mostConversations) begun.delete([...begun][0] ?? '');
      if (entry === undefined) return first && complete ? '' : undefined;
      entry.answered = true;
      return entry.text;
    },
  };
}
