/**
 * Judges messages, and remembers the last ones it judged. A conversation that is exported twice, or goes on in a new file
 * that begins with a copy of the old one, says the same again: in histories of real people one message in seven to
 * twenty-five is word for word one that came shortly before, with the same answer before it (decision 178). Judging is
 * a function of the words, so that what it said the first time is what it would say again.
 */
import type { Ids } from '../ports.ts';
import { type Classification, classifyStripped } from './classify.ts';
import type { MessageSignal } from './message.ts';
import { type StrippedMessage, stripMessage } from './strip.ts';

/** What a message is made of for judging: all that the verdict depends on. */
export interface JudgedMessage {
  readonly text: string;
  readonly signals: readonly MessageSignal[];
}

/** A message taken apart, and the verdict; undefined where a program wrote it. */
export interface Judged {
  readonly stripped: StrippedMessage;
  readonly verdict: Classification;
}

export interface Judging {
  /** @param prev what the assistant had said; empty before a first message, undefined where nobody knows */
  of(message: JudgedMessage, prev: string | undefined): Judged | undefined;
}

/** Copies follow each other closely: twice as many find no more of them. */
const mostRemembered = 500;
/** Longer messages are pastes, which hold much memory and seldom come again. In characters. */
const longestRemembered = 4000;

export function createJudging(ids: Ids): Judging {
  const remembered = new Map<string, Judged>();
  return {
    of({ text, signals }, prev) {
      if (text.length > longestRemembered) return judge(text, prev, signals);
      const key = ids.derive('j', text, JSON.stringify(signals), ...(prev === undefined ? [] : [prev]));
      const before = remembered.get(key);
      const judged = before ?? judge(text, prev, signals);
      if (judged === undefined) return undefined;
      /* Put at the end: what comes again may come once more. */
      remembered.delete(key);
      remembered.set(key, judged);
      if (remembered.size > mostRemembered) remembered.delete(remembered.keys().next().value ?? '');
      return judged;
    },
  };
}

function judge(
  text: string,
  prev: string | undefined,
  signals: readonly MessageSignal[],
): Judged | undefined {
  const stripped = stripMessage(text, prev ?? '');
  return stripped.machine ? undefined : { stripped, verdict: classifyStripped(stripped, prev, signals) };
}
