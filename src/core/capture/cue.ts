/** What a cue is, and how its words are bounded. */

export interface Cue {
  readonly name: string;
  readonly pattern: RegExp;
  /** What the owner reads as the reason; absent for cues that only tell a routine message. */
  readonly reason?: string;
}

const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** The alternatives of a pattern, those of scripts that do not space their words apart: they have no bounds. */
function parted(alternatives: string): { readonly spaced: string; readonly spaceless: string } {
  const parts: string[] = [];
  let depth = 0;
  let current = '';
  for (const [index, char] of [...alternatives].entries()) {
    const escaped = index > 0 && current.endsWith('\\') && !current.endsWith('\\\\');
    if (!escaped && (char === '(' || char === '[')) depth += 1;
    if (!escaped && (char === ')' || char === ']')) depth -= 1;
    if (char === '|' && depth === 0) {
      parts.push(current);
      current = '';
    } else current += char;
  }
  parts.push(current);
  return {
    spaced: parts.filter((part) => !spaceless.test(part)).join('|'),
    spaceless: parts.filter((part) => spaceless.test(part)).join('|'),
  };
}

/** Letters only count as word characters in ASCII for `\b`; other alphabets are bounded by non-letters. */
export const word = (alternatives: string): RegExp => {
  const { spaced, spaceless: free } = parted(alternatives);
  const bounded = `(?<![\\p{L}\\p{N}_])(?:${spaced})(?![\\p{L}\\p{N}_])`;
  return new RegExp(free === '' ? bounded : `${bounded}|${free}`, 'u');
};

export const start = (alternatives: string): RegExp => {
  const { spaced, spaceless: free } = parted(alternatives);
  const bounded = `(?:${spaced})(?![\\p{L}\\p{N}_])`;
  return new RegExp(`^[\\s"'(\\[*_-]*(?:${free === '' ? bounded : `${bounded}|${free}`})`, 'u');
};
