/**
 * How many tokens a line costs at most, without a tokenizer: its table takes longer to load than a hook may take. Two
 * things are known. How many tokens a memory's text and reason have was counted when it was kept; and the encoding splits a
 * text into pieces before it merges anything, so that no token spans two of them. A sentence out of a text costs one token a
 * piece, and at most as many more as all of the text does. See docs/decisions/121.
 */
import type { Memory } from '../memory.ts';

/** The words of a memory that were counted, and their number of tokens. */
export type Counted = Pick<Memory, 'text' | 'lesson' | 'tokens'>;

/** o200k_base's own pattern for pieces; for ASCII, which needs no tables of Unicode. */
const asciiPieces =
  /[^\r\nA-Za-z0-9]?(?:[A-Z]*[a-z]+|[A-Z]+[a-z]*)(?:'(?:[sdmtSDMT]|[lL][lL]|[vV][eE]|[rR][eE]))?|\d{1,3}| ?[^\sA-Za-z0-9]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+/g;
const isAscii = (text: string) => /^[\t\n\r -~]*$/.test(text);

let anyPieces: RegExp | undefined;

function piecesOf(text: string): readonly string[] {
  if (isAscii(text)) return text.match(asciiPieces) ?? [];
  /* Made where a text needs it: the tables cost a hook some milliseconds. */
  anyPieces ??=
    /[^\r\n\p{L}\p{N}]?(?:[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*)(?:'(?:[sdmtSDMT]|[lL][lL]|[vV][eE]|[rR][eE]))?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu;
  return text.match(anyPieces) ?? [];
}

/** Longer texts are not taken apart on the path of a hook, characters. */
const longest = 4_000;

/** Words of ours, and those that lessons are made anew with: a token each, after a space and with a capital, too. */
const single = new Set(
  'although always before broken do doubtful helped in instead make never not of once only project said sure the times to told use user what when why yourself'.split(
    ' ',
  ),
);

/**
 * Tokens of so many letters that are no word; less than one run in a hundred has more. Over a million identities no sum
 * fell short by more than three, which the bound of the fence has room for.
 */
const ofLetters = [0, 1, 1, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7] as const;

/** Of a piece of which nothing is known. */
function mostOf(piece: string): number {
  const bare = piece.trimStart();
  if (single.has(bare.toLowerCase()) || /^\d{1,3}$/.test(piece)) return 1;
  const [, before = '', letters = '', after] = /^([^A-Za-z0-9]?)([A-Z]?[a-z]+)('[a-z]+)?$/.exec(bare) ?? [];
  const most = ofLetters[letters.length];
  if (letters === '' || most === undefined) return Math.max(1, bytesOf(bare));
  return most + bytesOf(before) + (after === undefined ? 0 : 1);
}

/**
 * Upper bound of the tokens of `part`.
 * @param counted the memory that most of its words are of.
 */
export function tokensOf(part: string, counted?: Counted): number {
  const { left, beyond } = countedPieces(counted);
  let bound = beyond;
  for (const piece of piecesOf(part)) {
    const known = left.get(piece) ?? 0;
    if (known > 0) left.set(piece, known - 1);
    bound += known > 0 ? 1 : mostOf(piece);
  }
  return Math.min(bound, bytesOf(part));
}

/** How often each piece was counted, and how many tokens there are beyond one a piece. */
function countedPieces(counted: Counted | undefined): {
  readonly left: Map<string, number>;
  readonly beyond: number;
} {
  const left = new Map<string, number>();
  if (counted === undefined) return { left, beyond: 0 };
  const { text, lesson, tokens } = counted;
  const whole = lesson.why === undefined ? text : `${text}\n${lesson.why}`;
  if (whole.length > longest) return { left, beyond: 0 };
  const pieces = piecesOf(whole);
  for (const piece of pieces) left.set(piece, (left.get(piece) ?? 0) + 1);
  return { left, beyond: Math.max(0, tokens - pieces.length) };
}

/** UTF-8 bytes: no byte-pair encoding makes more tokens than bytes. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
