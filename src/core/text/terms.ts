/**
 * From text to index terms: one function for the index, for questions and for comparing memories, so that all
 * three agree in every process.
 *
 * A term holds only letters, digits and `_`. Words are lower-cased, freed of diacritics and stemmed (Snowball
 * English); stop words go. A compound gives its whole and its parts: `getUserName`, `get_user_name` and
 * `get-user-name` all give `getusernam get user name`; `src/core/memory.ts` gives `src_core_memory_ts`, `memory_ts`
 * and the parts; `v1.2.3` gives `1_2_3` and `1_2`, `3.0.0-rc.2` also `rc_2`; `TS2304` gives `ts2304 ts 2304`. Scripts written without spaces
 * give overlapping pairs of characters.
 */
import { stem } from 'porter2';
import { later } from './later.ts';
import { stopWords } from './stopWords.ts';

/** Longer runs without a separator are hashes, keys or encoded data: nobody asks for them. */
const longestPart = 64;
/** Bounds the terms of one unbroken run of characters (a minified line, a data URL). */
const mostTermsPerChunk = 32;
/** The same words come again and again: what a chunk gives is remembered, up to this many chunks. */
const rememberedChunks = 20_000;
const longestRemembered = 48;

export const asciiOnly = /^[\0-\x7f]*$/;
const chunkPattern = /[a-z0-9_][a-z0-9_'.:/\\@#+-]*/gi;
const unicodeChunkPattern = later(() => /[\p{L}\p{N}_][\p{L}\p{N}_'.:/\\@#+-]*/gu);
const plainWord = /^[a-z]+$/;
const spaceless = later(
  () =>
    /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}|\p{Script=Lao}|\p{Script=Khmer}/u,
);
/** Languages whose names end in a sign. */
const signedNames: ReadonlyMap<string, string> = new Map([
  ['c++', 'cplusplus'],
  ['c#', 'csharp'],
  ['f#', 'fsharp'],
]);

const remembered = new Map<string, readonly string[]>();

/**
 * The index terms of `text`, in order, repetitions kept (they carry frequency). Pure: depends on nothing but `text`.
 */
export function termsOf(text: string): string[] {
  const ascii = asciiOnly.test(text);
  const plain = ascii
    ? text
    : text
        .normalize('NFKD')
        .replace(/[^\P{M}\u3099\u309a]+/gu, '')
        .normalize('NFC')
        .replace(/[’‘ʼ]/g, "'");
  const terms: string[] = [];
  for (const chunk of plain.match(ascii ? chunkPattern : unicodeChunkPattern()) ?? []) {
    for (const term of chunkTerms(chunk)) terms.push(term);
  }
  return terms;
}

/** The distinct terms of `text`, in order of first appearance. */
export function termSetOf(text: string): ReadonlySet<string> {
  return new Set(termsOf(text));
}

/** Share of the terms of `wanted` that `said` has, 0..1; 0 where `wanted` has none. */
export function shareOfTerms(wanted: string, said: string): number {
  const terms = termSetOf(wanted);
  if (terms.size === 0) return 0;
  const spoken = termSetOf(said);
  return [...terms].filter((term) => spoken.has(term)).length / terms.size;
}

function chunkTerms(chunk: string): readonly string[] {
  if (chunk.length > longestRemembered) return analyse(chunk);
  const known = remembered.get(chunk);
  if (known !== undefined) return known;
  const terms = analyse(chunk);
  if (remembered.size >= rememberedChunks) remembered.clear();
  remembered.set(apart(chunk), terms);
  return terms;
}

/** Engines keep longer parts of a text as views of it, which hold all of it in memory as long as the part is remembered. */
const apart = (part: string): string => (part.length < shortestView ? part : part.split('').join(''));

/** What is shorter is copied by V8 itself (`SlicedString::kMinLength`), characters. */
const shortestView = 13;

function analyse(chunk: string): readonly string[] {
  const lower = chunk.toLowerCase();
  if (plainWord.test(lower) && lower === chunk) return wordTerms(lower);
  const signed = signedNames.get(lower.replace(/[.:'/\\@-]+$/, ''));
  if (signed !== undefined) return [signed];
  const bare = withoutApostrophes(chunk).replace(/[.:/\\@#+_-]+$/, '');
  const segments = bare.split(/[/\\:@#+]+/).filter((segment) => segment !== '');
  const terms: string[] = [];
  const isPath =
    /[/\\]/.test(bare) && (segments.length > 2 || segments.some((segment) => segment.includes('.')));
  if (isPath) pushWhole(terms, segments.flatMap(namesIn).join('_'));
  for (const segment of segments) {
    terms.push(...segmentTerms(segment));
    if (terms.length > mostTermsPerChunk) break;
  }
  return terms.slice(0, mostTermsPerChunk);
}

/** "user's" → "user"; "you're" → "you"; "don't" → "dont"; quotes at the ends go. */
function withoutApostrophes(chunk: string): string {
  return chunk.includes("'")
    ? chunk.replace(/'(?:s|re|ve|ll|d|m)?(?![\p{L}\p{N}])/giu, '').replace(/'/g, '')
    : chunk;
}

const namesIn = (segment: string) =>
  segment
    .toLowerCase()
    .split(asciiOnly.test(segment) ? /[^a-z0-9]+/ : /[^\p{L}\p{N}]+/u)
    .filter((name) => name !== '');

/** A segment holds names joined by dots; a name is an identifier in any case style. */
function segmentTerms(segment: string): readonly string[] {
  const [told, version] = /^v?(\d+(?:\.\d+)+)/i.exec(segment) ?? [];
  if (told !== undefined && version !== undefined) {
    const numbers = version.split('.');
    const whole =
      numbers.length > 2 ? [numbers.join('_'), numbers.slice(0, 2).join('_')] : [numbers.join('_')];
    /* `3.0.0-rc.2` is also asked for as `rc.2`, and `gpt-3.5-turbo` as turbo. */
    const rest = segment.slice(told.length).replace(/^[-+._]+/, '');
    return rest === '' ? whole : [...whole, ...segmentTerms(rest)];
  }
  const names = segment.split('.').filter((name) => name !== '');
  const terms: string[] = [];
  if (names.length > 1) pushWhole(terms, names.flatMap(namesIn).join('_'));
  for (const name of names) terms.push(...nameTerms(name));
  return terms;
}

function nameTerms(name: string): readonly string[] {
  const parts = (asciiOnly.test(name) ? spacedAscii(name) : spaced(name))
    .toLowerCase()
    .split(/[\s_-]+/)
    .filter((part) => part !== '');
  const [first] = parts;
  if (first === undefined) return [];
  if (parts.length === 1) return wordTerms(first);
  const terms: string[] = [];
  pushWhole(terms, parts.join(''));
  for (const part of parts) {
    if (part.length > 1) terms.push(...wordTerms(part));
  }
  return terms;
}

/** `getUserName` → `get User Name`, `HTMLParser` → `HTML Parser`, `utf8` → `utf 8`. */
function spaced(name: string): string {
  return name
    .replace(/(\p{Ll}|\p{N})(?=\p{Lu})/gu, '$1 ')
    .replace(/(\p{Lu})(?=\p{Lu}\p{Ll}{2})/gu, '$1 ')
    .replace(/(\p{L})(?=\p{N})|(\p{N})(?=\p{L})/gu, '$1$2 ');
}

/** The same for ASCII: patterns over all of Unicode take milliseconds to compile, which a hook does not have. */
function spacedAscii(name: string): string {
  return name
    .replace(/([a-z0-9])(?=[A-Z])/g, '$1 ')
    .replace(/([A-Z])(?=[A-Z][a-z]{2})/g, '$1 ')
    .replace(/([a-z])(?=[0-9])|([0-9])(?=[a-z])/gi, '$1$2 ');
}

function pushWhole(terms: string[], whole: string): void {
  if (whole.length > 1 && whole.length <= longestPart)
    terms.push(/^[a-z]+$/.test(whole) ? stem(whole) : whole);
}

/** A single word without case or separators. */
function wordTerms(word: string): readonly string[] {
  if (stopWords.has(word) || word.length > longestPart) return [];
  if (plainWord.test(word)) return word.length === 1 ? [] : [stem(word)];
  if (!asciiOnly.test(word) && spaceless().test(word)) return pairsOf(word);
  return [word];
}

function pairsOf(word: string): readonly string[] {
  const characters = [...word];
  if (characters.length < 3) return [word];
  return characters.slice(0, mostTermsPerChunk).flatMap((character, index) => {
    const next = characters[index + 1];
    return next === undefined ? [] : [character + next];
  });
}
