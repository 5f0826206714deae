/** Code read as tokens, whatever the language: enough to tell a change of meaning from one of spacing. */

export interface Token {
  readonly text: string;
  readonly kind: 'name' | 'string' | 'number' | 'sign';
  /** Ordinal of the line it stands in. */
  readonly line: number;
}

export interface Code {
  readonly tokens: readonly Token[];
  /** Words of each comment line, in order. */
  readonly comments: readonly string[];
}

/** Where `#` or `--` begins a comment, by file ending. */
const hashComments =
  /^(?:py|pyi|rb|sh|bash|zsh|fish|yml|yaml|toml|r|jl|ex|exs|pl|tf|dockerfile|mk|ps1|nix|gd)$/i;
const dashComments = /^(?:sql|lua|hs|elm|adb|ads)$/i;

const common = String.raw`//[^\n]*|/\*[\s\S]*?(?:\*/|$)|<!--[\s\S]*?(?:-->|$)`;
const rest =
  String.raw`"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|` +
  '`(?:\\\\.|[^`\\\\])*`?' +
  String.raw`|[\p{L}_$@][\p{L}\p{N}_$]*|\d[\w.]*|=>|->|::|[=!<>]==?|&&|\|\||\?\?|\?\.|\S`;

const patterns = {
  plain: new RegExp(`(${common})|${rest}`, 'gu'),
  hash: new RegExp(String.raw`(${common}|#(?!!)[^\n]*)|${rest}`, 'gu'),
  dash: new RegExp(String.raw`(${common}|--[^\n]*)|${rest}`, 'gu'),
} as const;

export const endingOf = (file: string): string => /\.([^./\\]+)$/.exec(file)?.[1] ?? '';

/** Longest code that is read, in characters. */
const longest = 131_072;

/** @param file decides only what a comment is. */
export function readCode(text: string, file: string): Code {
  const ending = endingOf(file);
  const pattern = hashComments.test(ending)
    ? patterns.hash
    : dashComments.test(ending)
      ? patterns.dash
      : patterns.plain;
  const tokens: Token[] = [];
  const comments: string[] = [];
  let line = 0;
  let read = 0;
  const source = text.slice(0, longest);
  for (const match of source.matchAll(pattern)) {
    for (; read < match.index; read += 1) if (source.charCodeAt(read) === 10) line += 1;
    const [found, comment] = match;
    if (comment !== undefined) {
      for (const one of comment.split('\n')) {
        const words = one.replace(/^[\s/*#<!-]+|[\s*/>-]+$/g, '');
        if (words !== '') comments.push(words);
      }
    } else tokens.push(tokenFrom(found, line));
  }
  return { tokens: tokens.filter((token, at) => !isOptional(token, tokens[at + 1])), comments };
}

function tokenFrom(text: string, line: number): Token {
  const first = text[0] ?? '';
  if (/["'`]/.test(first))
    /* Which quotes are used is a matter of formatting. */
    return { text: `'${text.replace(/^["'`]+|["'`]+$/g, '')}'`, kind: 'string', line };
  if (/[\p{L}_$@]/u.test(first)) return { text, kind: 'name', line };
  return { text, kind: /\d/.test(first) ? 'number' : 'sign', line };
}

/** Signs that a formatter adds and takes away. */
const isOptional = ({ text }: Token, next: Token | undefined): boolean =>
  text === ';' || (text === ',' && next !== undefined && /^[)\]}]$/.test(next.text));

const declaration =
  /(?:^|[^\p{L}\p{N}_$])(?:function\*?|class|interface|type|enum|struct|trait|impl|def|fn|func|fun|sub|module|namespace|record|object|protocol)\s+(?:\([^)]*\)\s*)?([\p{L}_$][\p{L}\p{N}_$]*)|(?:^|\n)[ \t]*(?:export\s+|pub\s+|public\s+|private\s+|static\s+)*(?:const|let|var|val)\s+([\p{L}_$][\p{L}\p{N}_$]*)\s*[:=]/u;
const method =
  /(?:^|\n)[ \t]*(?:(?:public|private|protected|static|async|override|final|virtual)\s+)*(?!(?:if|for|while|switch|catch|return|else|with)\b)([\p{L}_$][\p{L}\p{N}_$]*)\s*\([^()\n]*\)\s*(?::\s*[^{\n]+)?\{/u;

/** The first thing that is declared in `text`: a function, a class, a constant. */
export function declaredIn(text: string): string | undefined {
  const found = declaration.exec(text);
  return found?.[1] ?? found?.[2] ?? method.exec(text)?.[1];
}

/** All names that are given a meaning within `text`. */
export function namesGiven(tokens: readonly Token[]): ReadonlySet<string> {
  const given = new Set<string>();
  tokens.forEach((token, at) => {
    if (token.kind !== 'name') return;
    const before = tokens[at - 1]?.text ?? '';
    const after = tokens[at + 1]?.text ?? '';
    if (
      /^(?:const|let|var|val|function|class|interface|type|enum|def|fn|func|fun|struct|trait|for|auto|mut|record)$/.test(
        before,
      ) ||
      ((after === '=' || after === ':=' || after === ':' || after === '=>') && before !== '.') ||
      ((before === '(' || before === ',') && (after === ')' || after === ','))
    )
      given.add(token.text);
  });
  return given;
}

/** The declaration around the end of `above`: the last one that is less indented than what follows it. */
export function enclosing(above: string, below: string): string | undefined {
  const depthOf = (line: string) => /^[ \t]*/.exec(line)?.[0].replace(/\t/g, '  ').length ?? 0;
  const first = below.split('\n').find((line) => line.trim() !== '') ?? '';
  let depth = depthOf(first);
  for (const line of above.split('\n').reverse()) {
    if (line.trim() === '' || depthOf(line) >= depth) continue;
    const name = declaredIn(line);
    if (name !== undefined) return name;
    depth = depthOf(line);
    if (depth === 0) return undefined;
  }
  return undefined;
}
