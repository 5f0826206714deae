/** What a cue is, and how its words are bounded. */
import { asciiOnly } from '../text/terms.ts';
import { spaceless } from '../text/tongues.ts';

/** A regular expression as far as cues use one. */
export type Pattern = Pick<RegExp, 'source' | 'flags' | 'test'>;

export interface Cue {
  readonly name: string;
  readonly pattern: Pattern;
  /** What the owner reads as the reason; absent for cues that only tell a routine message. */
  readonly reason?: string;
  /** Only looked for in texts of at most so many characters. */
  readonly within?: number;
  /** Most texts do not hold this; where it does not match, the pattern does not either. Cheap. */
  readonly hint?: RegExp;
}

/**
 * A pattern over all of Unicode that is made when a text is first held against it. To make one takes the engine 160 µs, and us
 * 70 to put its source together; there are a hundred, and most runs need none of them or only their twins.
 */
class LatePattern implements Pattern {
  readonly flags = 'u';
  private told: string | undefined;
  private made: RegExp | undefined;
  private readonly tell: () => string;
  constructor(tell: () => string) {
    this.tell = tell;
  }

  get source(): string {
    this.told ??= this.tell();
    return this.told;
  }

  test(text: string): boolean {
    this.made ??= new RegExp(this.source, this.flags);
    return this.made.test(text);
  }
}

/** The alternatives of a pattern, those of scripts that do not space their words apart: they have no bounds. */
function parted(alternatives: string): { readonly spaced: string; readonly spaceless: string } {
  if (!spaceless.test(alternatives)) return { spaced: alternatives, spaceless: '' };
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
export const word = (alternatives: string): Pattern =>
  new LatePattern(() => {
    const { spaced, spaceless: free } = parted(alternatives);
    const bounded = `(?<![\\p{L}\\p{N}_])(?:${spaced})(?![\\p{L}\\p{N}_])`;
    return free === '' ? bounded : `${bounded}|${free}`;
  });

export const start = (alternatives: string): Pattern =>
  new LatePattern(() => {
    const { spaced, spaceless: free } = parted(alternatives);
    const bounded = `(?:${spaced})(?![\\p{L}\\p{N}_])`;
    return `^[\\s"'(\\[*_-]*(?:${free === '' ? bounded : `${bounded}|${free}`})`;
  });

/** Letters and digits beyond ASCII, and what takes two code units: where these are, only a pattern over all of Unicode will do. */
const beyondAscii = /(?=[^\0-\x7f])[\p{L}\p{N}\p{Cs}\u{10000}-\u{10ffff}]/u;
export const isPlain = (text: string): boolean => asciiOnly.test(text) || !beyondAscii.test(text);

/**
 * The same pattern for plain texts. Over all of Unicode the engine takes three times as long to compile a pattern, and most
 * messages are plain.
 */
export function plainTwin(pattern: Pattern): Pattern {
  let inClass = false;
  const source = pattern.source.replace(/\\p\{([LN])\}|\\[\s\S]|[[\]]/g, (part, kind: string | undefined) => {
    if (kind === undefined) {
      if (part === '[') inClass = true;
      else if (part === ']') inClass = false;
      return part;
    }
    const range = kind === 'L' ? 'a-zA-Z' : '0-9';
    return inClass ? range : `[${range}]`;
  });
  return /\\[pPu]\{/.test(source) ? pattern : new RegExp(source, pattern.flags.replace('u', ''));
}

/**
 * False where a part of a text may match though the whole does not: a pattern that looks around, or at the ends, or back.
 * Bounds of words are no matter, for parts are cut where words end.
 */
export function holdsOfParts(pattern: Pick<Pattern, 'source'>): boolean {
  const bounds = /^\(\?<!\[\\p\{L\}\\p\{N\}_\]\)|\(\?!\[\\p\{L\}\\p\{N\}_\]\)(?=$|\|)/g;
  return !/\(\?(?:[=!]|<[=!])|(?<!\[)\^|\$|\\[1-9k]/.test(pattern.source.replace(bounds, ''));
}
