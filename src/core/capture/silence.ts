/**
 * Times of which nothing is kept, not even later. What is said while everything is paused, in a private session or before a
 * workspace is trusted stands in the assistants' own transcripts all the same, and those are read when a conversation is
 * over or is imported; commits stand in their repository. So the time is noted, and never a word.
 */
import type { Ids } from '../ports.ts';
import type { TranscriptMessage } from './message.ts';

/** Epoch ms; without `to` it lasts. */
export interface Silence {
  readonly from: number;
  readonly to?: number;
}

interface Facts {
  getFact(key: string): Promise<unknown>;
  setFact(key: string, value: unknown): Promise<void>;
}

/** Everything was paused. */
export const pausesFact = 'capture.silence';
/** Some window was private: what was committed meanwhile is nobody's business. */
export const privateCommitsFact = 'capture.silence.commits';
/** Whether there was ever a silence of one conversation: where there was none, nobody asks for each. */
const conversationsFact = 'capture.silence.conversations';
/** Of one conversation, by the hash of its session or of its transcript's file. */
const conversationFact = (name: string, ids: Ids) => `capture.silence.${ids.derive('s', name)}`;

const mostSilences = 500;
/** A message is written down up to this long before a hook hears of it, and a little after, ms. */
const early = 10_000;
const late = 1_000;

const isSilence = (value: unknown): value is Silence =>
  typeof value === 'object' &&
  value !== null &&
  'from' in value &&
  typeof value.from === 'number' &&
  (!('to' in value) || typeof value.to === 'number');

export const silencesFrom = (value: unknown): readonly Silence[] =>
  Array.isArray(value) ? value.filter(isSilence) : [];

const lasts = ({ to }: Silence, at: number): boolean => to === undefined || to > at;

export const isSilent = (silences: readonly Silence[], at: number): boolean =>
  silences.some(({ from, to }) => at >= from && (to === undefined || at < to));

/**
 * Begins or ends the time of which nothing is kept, under one of the facts above.
 * @param longest ends by itself after so long, ms: nobody may be left to end it.
 */
export async function noteSilence(
  facts: Facts,
  key: string,
  { on, at, longest }: { readonly on: boolean; readonly at: number; readonly longest?: number },
): Promise<void> {
  const before = silencesFrom(await facts.getFact(key));
  if (before.some((silence) => lasts(silence, at)) === on) return;
  const after = on
    ? [...before, { from: at, ...(longest === undefined ? {} : { to: at + longest }) }].slice(-mostSilences)
    : before.map((silence) =>
        lasts(silence, at) ? { ...silence, to: Math.max(silence.from, at) } : silence,
      );
  await facts.setFact(key, after);
}

/**
 * The same for one conversation, at the moment of a prompt.
 * @param names its session and the real path of its transcript
 */
export async function noteSilentPrompt(
  facts: Facts,
  ids: Ids,
  { names, silent, at }: { readonly names: readonly string[]; readonly silent: boolean; readonly at: number },
): Promise<void> {
  if (silent) await facts.setFact(conversationsFact, true);
  for (const name of names)
    await noteSilence(facts, conversationFact(name, ids), {
      on: silent,
      at: silent ? at - early : at - late,
    });
}

export interface Silences {
  covers(message: TranscriptMessage): Promise<boolean>;
}

/** Asks once for each conversation. A message without a time counts as said in any silence of its conversation. */
export function createSilences(facts: Pick<Facts, 'getFact'>, ids: Ids): Silences {
  const known = new Map<string, readonly Silence[]>();
  let any: Promise<boolean> | undefined;
  const of = async (key: string, fact: string): Promise<readonly Silence[]> => {
    const told = known.get(key) ?? silencesFrom(await facts.getFact(fact));
    known.set(key, told);
    return told;
  };
  return {
    async covers({ session, conversation, file, at }) {
      const pauses = await of('', pausesFact);
      if (at !== undefined && isSilent(pauses, at)) return true;
      any ??= facts.getFact(conversationsFact).then((told) => told === true);
      if (!(await any)) return false;
      for (const name of new Set([session, conversation, file])) {
        if (name === undefined) continue;
        const own = known.get(name) ?? (await of(name, conversationFact(name, ids)));
        if (own.length > 0 && (at === undefined || isSilent(own, at))) return true;
      }
      return false;
    },
  };
}
