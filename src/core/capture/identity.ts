/** When two sightings of a message are the same event: seen by a hook and in the transcript, or imported twice. */

/** Two sightings further apart than this are two events. */
const sameEventMs = 120_000;
/** Ordinals ("12") are unique only within their session; identities this long are unique everywhere. */
const globalIdLength = 16;

/** Where and when one sighting of a text was made. */
export interface Sighting {
  readonly session?: string | undefined;
  /** The conversation's own identity, where `session` names a copy. */
  readonly conversation?: string | undefined;
  readonly message?: string | undefined;
  /** Epoch ms; undefined where the source does not say. */
  readonly at?: number | undefined;
  readonly externalId?: string | undefined;
}

/** The text as it counts for identity: case, spacing, typographic quotes and outer punctuation do not matter. */
export function normalizeText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘ʼ]/g, "'")
    .replace(/[“”«»]/g, '"')
    .replace(/\s+/g, ' ')
    .replace(/^[\s"'.,;:!?…-]+|[\s"'.,;:!?…-]+$/g, '');
}

/**
 * True if two sightings of the same normalised text are one event: the same message id, or the same session (or
 * one of them without a session) within two minutes. The same words said again later are a new event.
 */
export function isSameEvent(a: Sighting, b: Sighting): boolean {
  if (a.externalId !== undefined || b.externalId !== undefined) {
    if (a.externalId !== undefined && b.externalId !== undefined) return a.externalId === b.externalId;
  }
  const sessionsAgree =
    a.session === undefined ||
    b.session === undefined ||
    a.session === b.session ||
    a.session === b.conversation ||
    a.conversation === b.session;
  if (a.message !== undefined && a.message === b.message) {
    if (a.message.length >= globalIdLength) return true;
    if (a.session !== undefined && a.session === b.session) return true;
  }
  if (!sessionsAgree) return false;
  if (a.at === undefined || b.at === undefined) {
    /* Without times only the absence of anything that tells them apart makes them one. */
    return a.message === undefined || b.message === undefined;
  }
  return Math.abs(a.at - b.at) <= sameEventMs;
}
