/** A conversation as the judge of receipts hears it: what its user said, and what the assistant did. */
import type { Classification } from '../capture/classify.ts';
import type { TranscriptMessage } from '../capture/message.ts';
import type { Event } from './receipts.ts';

/**
 * Events of one conversation's messages, which come in their order.
 * @param now stands in for a time that a message does not tell, epoch ms.
 * @param since what was said before is not judged, which takes long: nothing had been told then, epoch ms.
 */
export async function heardIn(
  messages: readonly TranscriptMessage[],
  classify: (text: string, before: string) => Promise<Pick<Classification, 'label'>>,
  now: number,
  since = Number.NEGATIVE_INFINITY,
): Promise<readonly Event[]> {
  const events: Event[] = [];
  let before = '';
  for (const { role, text, at = now, signals } of messages) {
    if (role === 'assistant') {
      before = text;
      continue;
    }
    if (at < since) continue;
    for (const signal of signals)
      if (signal.type === 'command' && signal.command !== undefined)
        events.push({ type: 'done', text: signal.command, at });
    const { label } = await classify(text, before);
    /* What an assistant was told and its user has to state again was not heeded, however mildly it is said. */
    const corrective = label === 'correction' || label === 'decision' || label === 'preference';
    events.push({ type: 'said', text, at, corrective });
  }
  return events;
}
