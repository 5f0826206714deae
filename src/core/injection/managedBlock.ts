/**
 * Rules inside an instruction file of an assistant: between two markers, everything else kept byte for byte, and
 * taken back without a trace.
 */
import { type Memory, toldWords } from '../memory.ts';
import { plainLine } from './wording.ts';

/**
 * What was there before, written into the first marker so that taking back restores it exactly: no file (`new`), an
 * empty one (`empty`), or text after which two line ends of one kind were added (`lf`, `crlf`).
 */
type Before = 'new' | 'empty' | 'lf' | 'crlf';
const beginOf = (before: Before) =>
  `<!-- reverie:begin ${before} (written by Reverie; changes inside are overwritten) -->`;
const end = '<!-- reverie:end -->';
const block = /<!-- reverie:begin (?:(new|empty|lf|crlf) )?[^\n]*-->[\s\S]*?<!-- reverie:end -->(?:\r?\n)?/;
const separators: Readonly<Record<Before, string>> = {
  new: '',
  empty: '',
  lf: '\n\n',
  crlf: '\r\n\r\n',
};

/** A rule as one line: comments, markers and markup in its text stay text. Characters. */
const longestRule = 500;
const inert = (text: string) => plainLine(text, longestRule);

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

/**
 * `content` with the block holding `lines`: in its place where there was one, else at the end. Line ends follow the
 * file's. `undefined` = there is no file; `header` begins the one that is made.
 */
export function withManagedBlock(content: string | undefined, lines: readonly string[], header = ''): string {
  const newline = content?.includes('\r\n') ? '\r\n' : '\n';
  const inner = (before: Before) => [beginOf(before), ...lines, end].join(newline) + newline;
  if (content === undefined) return header + inner('new');
  const found = block.exec(content);
  if (found !== null) {
    const before = (found[1] as Before | undefined) ?? (newline === '\n' ? 'lf' : 'crlf');
    return content.slice(0, found.index) + inner(before) + content.slice(found.index + found[0].length);
  }
  if (content === '') return inner('empty');
  const before = newline === '\n' ? 'lf' : 'crlf';
  return content + separators[before] + inner(before);
}

/** `content` as it was before the block came; undefined where there was no file and nothing was added since. */
export function withoutManagedBlock(content: string, header = ''): string | undefined {
  const found = block.exec(content);
  if (found === null) return content;
  const before = (found[1] as Before | undefined) ?? 'lf';
  const head = content.slice(0, found.index);
  const tail = content.slice(found.index + found[0].length);
  const separator = separators[before];
  /* Text that was added behind the block keeps the line to itself that it was given. */
  const bare = tail === '' && head.endsWith(separator) ? head.slice(0, head.length - separator.length) : head;
  const rest = bare + tail;
  return before === 'new' && (rest === header || rest === '') ? undefined : rest;
}

export function hasManagedBlock(content: string): boolean {
  return block.test(content);
}
