/**
 * Rules inside an instruction file of an assistant: between two markers, everything else kept byte for byte, and
 * taken back without a trace.
 */
import { type Memory, toldWords } from '../memory.ts';
import { plainLine } from './wording.ts';

const begin = '<!-- reverie:begin (written by Reverie; changes inside are overwritten) -->';
const end = '<!-- reverie:end -->';
const block = /(\r?\n)?(\r?\n)?<!-- reverie:begin[^\n]*-->[\s\S]*?<!-- reverie:end -->(\r?\n)?/;

/** A rule as one line: comments, markers and markup in its text stay text. Characters. */
const longestRule = 500;
const inert = (text: string) => plainLine(text, longestRule).text;

/** The lines of the block, one rule each. */
export function managedLines(
  rules: readonly Pick<Memory, 'kind' | 'text' | 'lesson' | 'scope'>[],
): readonly string[] {
  return rules.map((rule) => {
    const { lesson, scope } = rule;
    const where = scope.level === 'path' ? ` (in ${inert(scope.glob)})` : '';
    const why = lesson.why === undefined ? '' : ` Because ${inert(lesson.why)}`;
    return `- ${inert(toldWords(rule))}${where}${why}`;
  });
}

/** `content` with the block holding `lines`, appended at the end where there was none. Line ends follow the file's. */
export function withManagedBlock(content: string, lines: readonly string[]): string {
  const newline = content.includes('\r\n') ? '\r\n' : '\n';
  const inner = [begin, ...lines, end].join(newline);
  const bare = withoutManagedBlock(content);
  if (bare === '') return `${inner}${newline}`;
  /* An empty line before; what the file ended with is kept, so that taking back restores it exactly. */
  return `${bare}${newline}${newline}${inner}${newline}`;
}

/** `content` as it was before the block came. */
export function withoutManagedBlock(content: string): string {
  return content.replace(block, '');
}

export function hasManagedBlock(content: string): boolean {
  return block.test(content);
}
