/** What a detector of secrets is. */

export interface SecretRule {
  readonly name: string;
  /** Global. The secret is the named group `s`, else the whole match. */
  readonly pattern: RegExp;
  /** Lower-case strings one of which must occur for the pattern to be tried; absent = always. */
  readonly needs?: readonly string[];
  /** What it finds stands in one {@link longWords long word}: the rule is tried only where one of a text's may match. */
  readonly inOneWord?: boolean;
  /** Looked for in the whole text, not in windows of it: it may be long. Must be linear in time. */
  readonly whole?: boolean;
  /** Says of a candidate value whether it is one; absent = always. `key` is the named group `k`, if any. */
  readonly accepts?: (value: string, key: string) => boolean;
}

/** Characters between white space without which no rule with `inOneWord` can match. */
const longWord = /(?<!\S)\S{13,}/g;

/** The long words of a text, apart from each other: mostly a small part of it. */
export const longWords = (text: string): string => (text.match(longWord) ?? []).join(' ');
