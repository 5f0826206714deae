/**
 * What is shown in the middle of a message without any mark: "we don't want this", a blank line, and what a program
 * printed.
 */

/** The line before promises to show something. */
const promises =
  /(?::|\b(?:this|these|following|below|like|says?|said|shows?|showed|shown|reads?|prints?|printed|see|saw|sees|gets?|got|getting|output|outputs|message|error|warning|is|are|was|have))\s*[:.]?\s*$/i;

/** No person begins a line so: with a picture, or away from the margin. */
const pictured = /^\p{Extended_Pictographic}(?!\p{N})/u;
const indented = /^(?: {2,}|\t)\S/;

const listed = /^\s*(?:[-*•+]|\d+[.)]|[a-z][.)])\s/i;

/**
 * Indices of the lines that are such a block's: it stands between blank lines, or at an end, and looks printed.
 * @param typed whether a line reads as a sentence that somebody typed.
 */
export function shownLines(lines: readonly string[], typed: (line: string) => boolean): ReadonlySet<number> {
  const shown = new Set<number>();
  const blank = (at: number) => (lines[at] ?? '').trim() === '';
  let introduction = '';
  for (let from = 0; from < lines.length; from += 1) {
    if (blank(from)) continue;
    let to = from;
    while (to < lines.length && !blank(to)) to += 1;
    const block = lines.slice(from, to);
    const withPicture = pictured.test(block[0] ?? '');
    const withMargin = block.some((line) => indented.test(line));
    const promised = from > 0 && promises.test(introduction);
    const printed = promised ? withPicture || withMargin : withPicture && withMargin;
    if (printed && !block.some((line) => listed.test(line) || typed(line)))
      for (let at = from; at < to; at += 1) shown.add(at);
    else introduction = lines[to - 1] ?? '';
    from = to;
  }
  return shown;
}
