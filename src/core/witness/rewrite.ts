/**
 * What a person's rewriting of an assistant's text says. Going on with the code, formatting it, filling in values say
 * nothing; taking it out, choosing another library or call for it, leaving out what it had again and again do.
 */
import { diffArrays } from 'diff';
import { tunables } from '../tunables.ts';
import { type Code, declaredIn, namesGiven, readCode, type Token } from './code.ts';

/** `lasting` lessons hold beyond the place; the others tell of this place only. */
export interface RewriteLesson {
  readonly kind: 'swapped' | 'left-out' | 'uncommented' | 'renamed' | 'deleted' | 'undone' | 'rewritten';
  readonly lasting: boolean;
  /** 0..1: how sure it is that this was meant. */
  readonly confidence: number;
  readonly wrong?: string;
  readonly right?: string;
  /** What is declared in the text that was changed. */
  readonly symbol?: string;
}

export interface JudgedPiece {
  readonly before: string;
  readonly after: string;
  readonly undone: boolean;
}

interface Hunk {
  readonly removed: readonly Token[];
  readonly added: readonly Token[];
  /** What stands after it in the old text, and before it. */
  readonly next: string;
  readonly previous: string;
}

interface Comparison {
  readonly hunks: readonly Hunk[];
  readonly kept: number;
  readonly before: Code;
  readonly after: Code;
}

function compare(before: string, after: string, file: string): Comparison {
  const old = readCode(before, file);
  const now = readCode(after, file);
  const hunks: Hunk[] = [];
  let kept = 0;
  let at = 0;
  let removed: readonly Token[] = [];
  const parts = diffArrays([...old.tokens], [...now.tokens], { comparator: (a, b) => a.text === b.text });
  for (const [index, part] of parts.entries()) {
    if (part.removed) {
      removed = part.value;
      at += part.value.length;
      if (!parts[index + 1]?.added) {
        hunks.push(hunkAt(old.tokens, at, removed, []));
        removed = [];
      }
    } else if (part.added) {
      hunks.push(hunkAt(old.tokens, at, removed, part.value));
      removed = [];
    } else {
      kept += part.value.length;
      at += part.value.length;
    }
  }
  return { hunks, kept, before: old, after: now };
}

const hunkAt = (
  tokens: readonly Token[],
  end: number,
  removed: readonly Token[],
  added: readonly Token[],
): Hunk => ({
  removed,
  added,
  next: tokens[end]?.text ?? '',
  previous: tokens[end - removed.length - 1]?.text ?? '',
});

/** Code that brings something in from elsewhere. */
const importing = /^(?:import|from|require|use|using|include|require_once|require_relative|load|library)$/;
function isImportLine(tokens: readonly Token[], line: number): boolean {
  const words = tokens.filter((token) => token.line === line).map(({ text }) => text);
  const [first = ''] = words;
  if (importing.test(first)) return true;
  /* `export … from`, and the last line of an import of several lines. */
  if ((first === 'export' || first === '}' || first === ')') && words.includes('from')) return true;
  return words.some((word, at) => (word === 'require' || word === 'import') && words[at + 1] === '(');
}

/** Names and modules that may stand for a choice: not keywords, not one letter. */
const keyword =
  /^(?:const|let|var|val|if|else|for|while|return|function|class|def|fn|func|async|await|new|this|self|true|false|null|None|nil|undefined|import|from|export|default|public|private|static|void|int|string|number|boolean|bool|any|unknown|type|interface|extends|implements|try|catch|finally|throw|in|of|not|and|or|is|as|with|do|end|then|pass|break|continue|switch|case|yield|lambda|super|object|str|float|double|char|long)$/;
const isName = ({ kind, text }: Token): boolean => kind === 'name' && text.length > 1 && !keyword.test(text);
const isModule = ({ kind, text }: Token): boolean => kind === 'string' && /^'[@\w][\w@./:-]*'$/.test(text);
const bare = (text: string): string => text.replace(/^'|'$/g, '');

/** A qualified name in a hunk: `console.log`, `fs.readFileSync`; undefined where there is more than that. */
function pathOf(tokens: readonly Token[]): string | undefined {
  if (tokens.length === 0 || tokens.length % 2 === 0) return undefined;
  const fits = tokens.every((token, at) =>
    at % 2 === 0
      ? isName(token) || token.text === 'this' || token.text === 'self'
      : /^(?:\.|::|->)$/.test(token.text),
  );
  return fits ? tokens.map(({ text }) => text).join('') : undefined;
}

const contains = (tokens: readonly Token[], path: string): boolean => {
  const [first] = path.split(/\.|::|->/);
  return (
    tokens.some(({ text }) => text === path) ||
    (path !== first && joined(tokens).includes(` ${path.replace(/(\.|::|->)/g, ' $1 ')} `))
  );
};
const joined = (tokens: readonly Token[]): string => ` ${tokens.map(({ text }) => text).join(' ')} `;

interface Swap {
  readonly wrong: string;
  readonly right: string;
  readonly times: number;
  readonly imported: boolean;
  readonly called: boolean;
}

/** Names put in the place of names, one for one. */
function swapsIn({ hunks, before, after }: Comparison): readonly Swap[] {
  const swaps = new Map<string, Swap>();
  const count = (wrong: string, right: string, imported: boolean, called: boolean) => {
    const key = `${wrong}\n${right}`;
    const known = swaps.get(key);
    swaps.set(key, {
      wrong,
      right,
      times: (known?.times ?? 0) + 1,
      imported: imported || known?.imported === true,
      called: called || known?.called === true,
    });
  };
  for (const { removed, added, next } of hunks) {
    const [from] = removed;
    const [to] = added;
    if (from === undefined || to === undefined) continue;
    const modules = [removed.find(isModule), added.find(isModule)];
    const imported = isImportLine(before.tokens, from.line) && isImportLine(after.tokens, to.line);
    if (imported && modules[0] !== undefined && modules[1] !== undefined) {
      count(bare(modules[0].text), bare(modules[1].text), true, false);
      continue;
    }
    const wrong = pathOf(removed);
    const right = pathOf(added);
    if (wrong !== undefined && right !== undefined) count(wrong, right, imported, next === '(');
  }
  return [...swaps.values()]
    .filter(
      ({ wrong, right }) =>
        wrong !== right && !contains(after.tokens, wrong) && !contains(before.tokens, right),
    )
    .sort(
      (a, b) =>
        Number(b.imported) - Number(a.imported) || Number(b.called) - Number(a.called) || b.times - a.times,
    );
}

/** A module by its package: `lodash/merge` → `lodash`; a file of the project stays what it is. */
const packageOf = (module: string): string =>
  module.startsWith('.')
    ? module
    : module
        .split('/')
        .slice(0, module.startsWith('@') ? 2 : 1)
        .join('/');

function swapLesson(comparison: Comparison): RewriteLesson | undefined {
  const table = tunables.witness;
  const swaps = swapsIn(comparison);
  /* Where many different names changed it is another program, not a choice. */
  if (swaps.length > table.mostSwaps) return undefined;
  const given = namesGiven(comparison.before.tokens);
  for (const { wrong, right, times, imported, called } of swaps) {
    const local = given.has(wrong) || given.has(wrong.split(/\.|::|->/)[0] ?? '');
    if (imported && !wrong.startsWith('.') && packageOf(wrong) !== packageOf(right))
      return {
        kind: 'swapped',
        lasting: true,
        confidence: 0.8,
        wrong: packageOf(wrong),
        right: packageOf(right),
      };
    if (called && !local && (times >= 2 || wrong.length > 3))
      return { kind: 'swapped', lasting: true, confidence: times >= 2 ? 0.75 : 0.6, wrong, right };
    if (!local && times >= 2) return { kind: 'swapped', lasting: true, confidence: 0.65, wrong, right };
    if (local && times >= 2) return { kind: 'renamed', lasting: false, confidence: 0.5, wrong, right };
  }
  return undefined;
}

/** Calls that the old text had at least twice and the new one not at all, with nothing in their place. */
function leftOut({ hunks, before, after }: Comparison): RewriteLesson | undefined {
  const counts = new Map<string, number>();
  const given = namesGiven(before.tokens);
  for (const { removed, added } of hunks) {
    if (added.some(isName)) continue;
    for (const path of callsIn(removed)) counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  const all = callsIn(before.tokens);
  const [best] = [...counts]
    .filter(
      ([path, times]) =>
        times >= 2 &&
        !given.has(path) &&
        !contains(after.tokens, path) &&
        all.filter((one) => one === path).length === times,
    )
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return best === undefined
    ? undefined
    : { kind: 'left-out', lasting: true, confidence: 0.65, wrong: best[0] };
}

/** Qualified names that are called, in order. */
function callsIn(tokens: readonly Token[]): readonly string[] {
  const calls: string[] = [];
  tokens.forEach((token, at) => {
    if (token.text !== '(') return;
    let from = at;
    while (from >= 1 && (from === at || /^(?:\.|::|->)$/.test(tokens[from - 1]?.text ?? ''))) {
      if (from !== at) from -= 1;
      if (tokens[from - 1]?.kind !== 'name') break;
      from -= 1;
    }
    const path = pathOf(tokens.slice(from, at));
    if (path !== undefined) calls.push(path);
  });
  return calls;
}

const lineCount = (text: string): number => text.split('\n').filter((line) => line.trim() !== '').length;

/** What one person's changes to one file's pieces say; undefined where they only go on with the work. */
export function judgeRewrite(pieces: readonly JudgedPiece[], file: string): RewriteLesson | undefined {
  const table = tunables.witness;
  const changed = pieces.filter(({ before, after }) => before.trim() !== after.trim());
  if (changed.length === 0) return undefined;
  const whole = compare(
    changed.map(({ before }) => before).join('\n'),
    changed.map(({ after }) => after).join('\n'),
    file,
  );
  const { before, after, kept } = whole;
  const share = before.tokens.length === 0 ? 1 : kept / before.tokens.length;
  if (
    before.comments.length >= 2 &&
    after.comments.length * 4 <= before.comments.length &&
    share >= table.sameCode
  )
    return { kind: 'uncommented', lasting: true, confidence: 0.65 };
  if (share >= table.keptForSwap) {
    const lesson = swapLesson(whole) ?? leftOut(whole);
    if (lesson !== undefined) return withSymbol(lesson, changed);
  }
  for (const piece of [...changed].sort((a, b) => b.before.length - a.before.length)) {
    const lesson = judgePiece(piece, file);
    if (lesson !== undefined) return lesson;
  }
  return undefined;
}

function judgePiece({ before, after, undone }: JudgedPiece, file: string): RewriteLesson | undefined {
  const table = tunables.witness;
  const { kept, hunks, before: old, after: now } = compare(before, after, file);
  const size = old.tokens.length;
  if (size < table.leastTokens) return undefined;
  const share = kept / size;
  const symbol = declaredIn(before);
  const named = symbol === undefined ? {} : { symbol };
  const large = lineCount(before) >= 2;
  if (now.tokens.length <= size * table.goneShare)
    return large
      ? { kind: undone ? 'undone' : 'deleted', lasting: false, confidence: 0.6, ...named }
      : undefined;
  if (share >= table.rewrittenShare || !large) return undefined;
  /* Most of it was taken out, and nothing written for it. */
  if (hunks.every(({ added }) => added.length === 0)) {
    const gone = declaredIn(removedLines(before, hunks));
    return {
      kind: 'deleted',
      lasting: false,
      confidence: 0.6,
      ...(gone === undefined ? {} : { symbol: gone }),
    };
  }
  return { kind: 'rewritten', lasting: false, confidence: 0.6, ...named };
}

/** The lines of the old text from which something was taken out. */
function removedLines(before: string, hunks: readonly Hunk[]): string {
  const lines = new Set(hunks.flatMap(({ removed }) => removed.map(({ line }) => line)));
  return before
    .split('\n')
    .filter((_, line) => lines.has(line))
    .join('\n');
}

function withSymbol(lesson: RewriteLesson, pieces: readonly JudgedPiece[]): RewriteLesson {
  const symbol = pieces.map(({ before }) => declaredIn(before)).find((name) => name !== undefined);
  return symbol === undefined ? lesson : { ...lesson, symbol };
}
