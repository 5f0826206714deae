/** How asking a language model can go wrong. Nothing here knows a provider; adapters translate their errors into these. */
import { ReverieError } from './errors.ts';

/** Why no answer came. */
export const modelFailures = [
  /** Chosen, but without a name or an address that will do. */
  'not-set-up',
  /** It wants a key, or another one. */
  'unauthorized',
  /** Its owner has not agreed, in the editor, that Reverie asks it. */
  'no-consent',
  /** Too many requests, or its quota is used up. */
  'busy',
  /** It does not exist, cannot be reached or is broken. */
  'unavailable',
  'slow',
  /** The connection broke before the answer was whole. */
  'cut',
  'cancelled',
  /** More than anybody asked for. */
  'too-long',
  /** It answered, but declined. */
  'declined',
] as const;
export type ModelFailureKind = (typeof modelFailures)[number];

/** Why a lesson kept the wording that was found without the model. */
export type ModelRefusal =
  | ModelFailureKind
  /** No whole JSON document. */
  | 'malformed'
  /** JSON, but not what was asked for. */
  | 'wrong-form'
  /** Control characters, invisible ones, fences. */
  | 'unsafe'
  /** Not one order in one sentence. */
  | 'not-an-order'
  /** Names, paths, commands or too many words that the evidence does not have. */
  | 'invented'
  | 'opposite'
  /** It says something else than the lesson. */
  | 'unlike'
  /** It said what was there already. */
  | 'unchanged'
  /** The night's calls or seconds were used up. */
  | 'budget';

const answered: ReadonlySet<ModelFailureKind> = new Set(['cut', 'too-long', 'declined']);

/** No usable answer came. The message is for the log: one line, never words of a request or an answer. */
export class ModelFailure extends ReverieError {
  constructor(
    readonly kind: ModelFailureKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(answered.has(kind) ? 'model-answer' : 'model-unavailable', message, options);
  }
}

/** What each reason means to a person, after “kept the wording found without it: ”. */
export const refusalWords: Readonly<Record<ModelRefusal, string>> = {
  'not-set-up': 'the model is not set up; see its settings',
  unauthorized: 'the model wants a valid key',
  'no-consent': 'the editor was not allowed to ask the model',
  busy: 'the model had too many requests',
  unavailable: 'the model could not be reached',
  slow: 'the answer took too long',
  cut: 'the answer broke off',
  cancelled: 'it was stopped',
  'too-long': 'the answer was far too long',
  declined: 'the model declined',
  malformed: 'the answer was no JSON',
  'wrong-form': 'the answer had another form',
  unsafe: 'the answer held signs that do not belong into a sentence',
  'not-an-order': 'the answer was not one order in one sentence',
  invented: 'the answer named what you never said',
  opposite: 'the answer said the opposite',
  unlike: 'the answer said something else',
  unchanged: 'the answer said the same',
  budget: "the night's budget for the model was used up",
};

/** All of them, in the order in which they are told. */
export const refusals = Object.keys(refusalWords) as readonly ModelRefusal[];
