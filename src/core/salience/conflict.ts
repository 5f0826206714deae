/** Conflict: it negates what the assistant just did or said, or a memory that exists. */
import { clamp01, type Dimension, type SalienceInput } from './signals.ts';

const negation =
  /(?:^|[.!?]\s+)(?:no|nope|nein|non|não|нет)\b|\b(?:wrong|incorrect|not right|isn't right|that's not|thats not|shouldn't|should not|don't|do not|dont|never|stop \w+ing|revert|undo|falsch|incorrecto|faux|errado|неправильно)\b|不对|错了|違う|아니/iu;
const replacement =
  /\b(?:instead(?: of)?|rather than|in place of|not just|statt|en vez de|au lieu de|em vez de|вместо)\b|[,;–—-] ?not \w|じゃなくて|ではなく|而不是|말고|대신/i;
const asked =
  /^\s*(?:why (?:did|do|are|were|have|not|didn'?t|don'?t|aren'?t|haven'?t|wasn'?t|isn'?t)|did(?:n'?t)? (?:you|we)|can'?t (?:we|you)|shouldn'?t|isn'?t)\b/i;

/** A correction stands at .55 + .35 × its likelihood; words of negation, replacement and doubt add to it. */
export function conflictOf(
  input: Pick<SalienceInput, 'text' | 'kind' | 'memorable' | 'signals' | 'contradictsMemory'>,
): Dimension {
  const reasons: string[] = [];
  let value = 0;
  const at = (least: number, reason: string) => {
    value = Math.max(value, least);
    reasons.push(reason);
  };
  if (input.kind === 'correction') at(0.55 + 0.35 * input.memorable, 'corrects the assistant');
  const worth = input.kind === 'neither' ? 0.35 : 1;
  if (input.contradictsMemory === true) at(0.9, 'contradicts a memory');
  if (input.signals.some((signal) => signal.type === 'tool-rejected')) at(0.8, 'rejects a tool call');
  if (input.signals.some((signal) => signal.type === 'edit' && signal.outcome !== 'kept'))
    at(0.7, 'rewrites the assistant’s edit');
  if (negation.test(input.text)) at(0.6 * worth, 'negates');
  if (replacement.test(input.text)) at(0.6 * worth, 'puts one thing for another');
  if (asked.test(input.text)) at(0.4 * worth, 'doubts what was done');
  if (reasons.length > 1) value += 0.05 * (reasons.length - 1) * worth;
  return reasons.length === 0
    ? { value: 0 }
    : { value: clamp01(value), reason: reasons.slice(0, 3).join(', ') };
}
