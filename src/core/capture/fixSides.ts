/**
 * What failed and what helped, in a fix that somebody writes down: "When the tests fail with X, run Y first", "X → Y",
 * "Y solved X", "X failed, Y worked". People put it in few ways; what fits none stays as it was said.
 */
import { instructs } from './lessonReading.ts';
import { asSentence, trimmed } from './sentences.ts';
import { isCommandLine } from './tags.ts';

export interface FixSides {
  /** To be told to whoever has the trouble. */
  readonly statement: string;
  /** The trouble. */
  readonly when: string;
  /** What was tried and did not work, where something else was done instead. */
  readonly wrong?: string;
  /** What helped. */
  readonly right: string;
}

/** Words of a part, in characters. */
const shortest = 3;
const longest = 240;

const failed = String.raw`(?:fail(?:s|ed)?|broke|breaks|crash(?:es|ed)|hang(?:s|ed)?|hung|timed out|times out|(?:does|did|do|is|was)(?:n't|n’t| not) (?:work|help|run|start|compile|build|enough)\w*)`;
const helped = `(?:work(?:s|ed)|help(?:s|ed)|(?:fix|solv|resolv|cur)(?:es|ed|s|d) (?:it|this|that|the (?:problem|issue|error))|did (?:it|the trick)|does (?:it|the trick)|(?:was|is) the (?:fix|solution|answer|remedy|cure))`;
const cures = `(?:fix(?:es|ed)|solv(?:es|ed)|resolv(?:es|ed)|cur(?:es|ed)|gets? rid of|got rid of|works? around|worked around|help(?:s|ed) (?:against|with)|makes? go away)`;

type Part = string | undefined;
type Shape = readonly [RegExp, (...parts: readonly string[]) => readonly [trouble: Part, remedy: Part]];

/** In this order: what says outright which part is which comes first. */
const shapes: readonly Shape[] = [
  [
    /^((?:when(?:ever)?|if|once|as soon as|in case|after|on|upon|against) .{3,}?), (?:then )?(.+)$/i,
    (trouble, remedy) => [trouble, remedy],
  ],
  [
    /^to (?:fix|solve|resolve|cure|avoid|get rid of|work around|get past|get around) (.{3,}?), (.+)$/i,
    (trouble, remedy) => [trouble, remedy],
  ],
  [/^(.+?)\s*(?:→|=>|->|⇒)\s*(.+)$/, (trouble, remedy) => [trouble, remedy]],
  [
    /^(?:the )?(?:fix|solution|remedy|cure|workaround) (?:for|to|of|against) (.{3,}?) (?:is|was)(?: to)? (.+)$/i,
    (trouble, remedy) => [trouble, remedy],
  ],
  [
    /^(?:i |we )?(?:fixed|solved|resolved|cured|avoided|got rid of|got past|worked around) (.{3,}?) (?:by|with|through|using) (.+)$/i,
    (trouble, remedy) => [trouble, remedy],
  ],
  [
    /^(.{3,}?) (?:is|was|are|were|can be|gets?) (?:fixed|solved|resolved|cured|avoided) (?:by|with|through) (.+)$/i,
    (trouble, remedy) => [trouble, remedy],
  ],
  [
    new RegExp(
      String.raw`^(.{3,}?)(?:[,;.] |\n| [-–—] )\s*(?:but |and |instead |then |only )?(.{3,}?) ${helped}\W*$`,
      'i',
    ),
    (trouble, remedy) => [trouble, remedy],
  ],
  [new RegExp(`^(.{3,}?) ${cures} (.{3,})$`, 'i'), (remedy, trouble) => [trouble, remedy]],
  [
    /^(.{3,}) ((?:when(?:ever)?|if|once|in case|as soon as) .{3,})$/i,
    (remedy, trouble) => (instructs(remedy) ? [trouble, remedy] : [undefined, undefined]),
  ],
  [
    /^(.{3,})(?::| [-–—]) (.{3,})$/,
    (trouble, remedy) => (instructs(remedy) ? [trouble, remedy] : [undefined, undefined]),
  ],
  [
    /^(.{3,}?)[.!;]? (?:\n|(?<=[.!;] ))\s*(.{3,})$/,
    (trouble, remedy) =>
      instructs(remedy) && !instructs(trouble) ? [trouble, remedy] : [undefined, undefined],
  ],
];

const onlyFailed = new RegExp(`^(.{3,}?) ${failed}$`, 'i');

/** Undefined where nobody can tell which part is the trouble. */
export function readFix(text: string): FixSides | undefined {
  const whole = text.trim();
  if (whole.length > 2 * longest) return undefined;
  /* Trouble on one line and what helped on the next: a pasted error and the command. */
  const lines = whole.split(/\s*\n\s*/).filter((line) => line !== '');
  const [first, second] = lines;
  if (lines.length === 2 && first !== undefined && second !== undefined) {
    const sides = sidesOf(first) ?? told(first, second, asSentence(`${trimmed(first)}: ${trimmed(second)}`));
    if (sides !== undefined) return sides;
  }
  return lines.length === 1 ? sidesOf(whole) : undefined;
}

function sidesOf(line: string): FixSides | undefined {
  for (const [shape, read] of shapes) {
    const match = shape.exec(line);
    if (match === null) continue;
    const [trouble, remedy] = read(...match.slice(1));
    if (trouble === undefined || remedy === undefined) continue;
    const sides = told(trouble, remedy, line);
    if (sides !== undefined) return sides;
  }
  return undefined;
}

function told(trouble: string, remedy: string, statement: string): FixSides | undefined {
  const [what, right] = [trimmed(trouble), trimmed(remedy)];
  if ([what, right].some(({ length }) => length < shortest || length > longest)) return undefined;
  /* "npm ci failed, pnpm install worked": one means stands for the other, as in "pnpm install, not npm ci". */
  const tried = onlyFailed.exec(what)?.[1]?.replace(/^`([^`]+)`$/, '$1');
  return {
    statement,
    right,
    ...(tried === undefined || !isCommandLine(tried) ? {} : { wrong: tried }),
    when: what,
  };
}
