/**
 * Blocks between an opening and a closing tag, found in one pass over the text. A regular expression with a
 * back-reference would do the same in quadratic time where tags are left open, and transcripts are full of those.
 */

export interface Block {
  readonly name: string;
  readonly inner: string;
  readonly start: number;
  readonly end: number;
}

/** Names without a closing tag that are tried before giving up. */
const maxUnclosed = 50;

/**
 * @param opening a global expression for an opening tag, whose first group is the tag's name; it must not run over
 * `<` or `>`.
 */
export function blocksIn(text: string, opening: RegExp): readonly Block[] {
  const blocks: Block[] = [];
  const unclosed = new Set<string>();
  const open = new RegExp(opening.source, 'g');
  for (let found = open.exec(text); found !== null; found = open.exec(text)) {
    const name = found[1] ?? '';
    if (unclosed.has(name)) continue;
    const from = found.index + found[0].length;
    const close = text.indexOf(`</${name}>`, from);
    if (close < 0) {
      unclosed.add(name);
      if (unclosed.size > maxUnclosed) break;
      continue;
    }
    const end = close + name.length + 3;
    blocks.push({ name, inner: text.slice(from, close), start: found.index, end });
    open.lastIndex = end;
  }
  return blocks;
}

/** The text without such blocks. */
export function withoutBlocks(text: string, opening: RegExp): string {
  if (!text.includes('</')) return text;
  let rest = '';
  let at = 0;
  for (const { start, end } of blocksIn(text, opening)) {
    rest += text.slice(at, start);
    at = end;
  }
  return at === 0 ? text : rest + text.slice(at);
}
