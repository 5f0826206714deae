/** What a cue is, and how its words are bounded. */

export interface Cue {
  readonly name: string;
  readonly pattern: RegExp;
  /** What the owner reads as the reason; absent for cues that only tell a routine message. */
  readonly reason?: string;
}

/** Letters only count as word characters in ASCII for `\b`; other alphabets are bounded by non-letters. */
export const word = (alternatives: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}_])(?:${alternatives})(?![\\p{L}\\p{N}_])`, 'u');
export const start = (alternatives: string): RegExp =>
  new RegExp(`^[\\s"'(\\[*_-]*(?:${alternatives})(?![\\p{L}\\p{N}_])`, 'u');
