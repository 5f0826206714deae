/** Which of a message's features can be told as a reason to keep it. */
import { cues } from './cues.ts';

/** Cues that settle or doubt something only beside others. */
const weak: ReadonlySet<string> = new Set([
  'onlyIf',
  'allowed',
  'because',
  'locate',
  'nameIt',
  'universal',
  'reportNow',
  'noticed',
  'optionChoice',
]);
const strongEvidence: readonly string[] = [
  ...cues.flatMap(({ name, reason }) => (reason === undefined || weak.has(name) ? [] : [name])),
  'contrast',
  'forbids',
  'standingSaid',
  'terseReply',
  'failureAfterWork',
  'failsAfterClaim',
  'fixesFault',
  'errorAfterWork',
  'showsOutput',
  'settlesOption',
  'answersInTurn',
  'shouting',
  'toolRejected',
  'interrupted',
  'votedDown',
  'editUndone',
];

/**
 * False where the model is not asked at all: the message shows no reason, holds no word of the user's and no failure, or
 * is a brief that one assistant wrote for another.
 *
 * @param own the user's own words
 */
export const isJudged = (own: string, features: ReadonlyMap<string, number>): boolean =>
  hasEvidence(features) && !features.has('agentPrompt') && (own !== '' || features.has('pastedFailure'));

/**
 * False if nothing was found that could be told as a reason: such a message is a routine one, whatever its length or
 * what came before.
 */
export function hasEvidence(features: ReadonlyMap<string, number>): boolean {
  return strongEvidence.some((name) => features.has(name));
}
