/**
 * The cues of a correction or decision: what people say, in several languages, when an assistant got it wrong or
 * when they settle something. Each is a named pattern over the user's own words in lower case with plain
 * apostrophes. Cues only say what is there; how much each counts is learned (`weights.ts`).
 */

import { correctionCues } from './correctionCues.ts';
import type { Cue } from './cue.ts';
import { decisionCues } from './decisionCues.ts';
import { foreignCues } from './foreignCues.ts';
import { routineCues } from './routineCues.ts';
import { terseCues } from './terseCues.ts';

export const cues: readonly Cue[] = [
  ...correctionCues,
  ...decisionCues,
  ...terseCues,
  ...routineCues,
  ...foreignCues,
];

/**
 * Closed-class and other topic-free words whose presence is a feature of its own. No nouns of any trade: what the
 * project is about must not tell.
 */
export const functionWords: ReadonlySet<string> = new Set(
  `i you we it this that they there he your my our its not no never always should must can could would will shall may
   might need needs want wants wanted only just also too again still already yet even but however though although
   instead rather because since so if when unless until before after then than what why how where which who did does
   do is are was were be been being have has had made make using use used without with for from into same other
   another different both each every all any some none nothing something anything one ones actually really exactly
   specifically currently now later first last next please thanks yes ok maybe perhaps probably seems looks think
   thought believe guess sure wrong right correct better best good bad weird missing existing real whole more less
   much many few most least here there's like about really up out off back`.split(/\s+/),
);
