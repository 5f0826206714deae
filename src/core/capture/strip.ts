/**
 * Separates the user's own words from everything else a message carries: injected blocks, pasted code, logs and
 * diffs, quoted assistant text, command expansions, private spans. Only what is left may ever become a memory.
 */

import { isProgramText, withoutButtons, withoutHostText } from './hostText.ts';
import { shownLines } from './shownBlock.ts';

export type PasteKind = 'code' | 'log' | 'error' | 'diff' | 'document' | 'console';

export interface StrippedMessage {
  /** The user's own words, paragraphs kept; empty if nothing was theirs. */
  readonly own: string;
  /** What the user quoted, usually the assistant's words that they answer. */
  readonly quoted: string;
  /** Kinds of pasted material that were taken out. */
  readonly pasted: ReadonlySet<PasteKind>;
  /** First line of the pasted material that tells of a failure, ≤ 200 characters. */
  readonly failure?: string;
  /** True if a private span was dropped. */
  readonly hadPrivate: boolean;
  /** True if the user stopped the assistant just before. */
  readonly interrupted: boolean;
  /** True for messages that a program wrote: summaries of compaction, output of local commands. */
  readonly machine: boolean;
}

const privateSpan = /<private\b[^>]*>[\s\S]*?(?:<\/private\s*>|$)/gi;
const interruption = /\[Request (?:interrupted|cancelled) by (?:the )?user[^\]]*\]/gi;
const rejection =
  /^\s*The user doesn't want to (?:proceed with this tool use|take this action)[\s\S]*?(?:the user said:|reason:)\s*/i;
const bareRejection = /^\s*The user doesn't want to (?:proceed with this tool use|take this action)[\s\S]*$/i;
const fence = /^[ \t]*(`{3,}|~{3,})([^\n]*)\n([\s\S]*?)(?:^[ \t]*\1[`~]*[ \t]*$|(?![\s\S]))/gm;
const inlineFence = /`{3,}([^\n`]{1,120})`{3,}/g;
const dataUri = /(?:data:[a-z]+\/[\w.+-]+;base64,|[A-Za-z0-9+/]{120,}={0,2})[A-Za-z0-9+/=]*/g;

const failureWords =
  /\b(?:\w*(?:error|exception)|failed|failure|FAIL|fatal|panic|cannot|could(?: not|n't)|unable to|not found|no (?:\w+ ){1,2}found|undefined|denied|refused|traceback|ERR!)\b|✗|✖|×/i;

/** A moment to the second at its head: no person writes that before a sentence, whatever the sentence is. */
const stamped = /^\s*\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/;
/** A place to the column, as compilers print it. */
const located = /^\s*[\w./\\@-]+\.\w{1,5}:\d+:\d+: /;
/** How a step came out and how long it took, as programs print it. */
const timedStep =
  /^\s*[A-Z][\w .,'/-]{2,60}\b(?:completed?|succeeded|finished|done|failed|built|restored)\b[^.!?\n]{0,30}?\(?\d+(?:\.\d+)? ?(?:ms|s|secs?|seconds|min(?:utes)?)\)?\.?$/;
/** The level in brackets, with or without its source. */
const levelled =
  /^\s*\[(?:info|warn(?:ing)?|error|debug|message|fatal|trace|verbose)\s*(?::[^\]\n]{0,60})?\]/i;
/** A place in the stack as the consoles of browsers print it: `name @ file.js:1`. */
const browserFrame =
  /^\s*(?:await in )?\S[^@\n]{0,90} @ (?:\S+\.\w{1,4}|VM\d+[^:\n]*|\S+):\d+(?:Understand this (?:error|warning))?\s*$/;
/** Headings of an error overlay, and the place that it names: `file.tsx (142:7) @ name`. */
const overlayLine =
  /^\s*(?:(?:Unhandled Runtime|Build|Console|Runtime) Error|Call Stack|(?:Show|Hide) (?:\d+ )?(?:ignored )?(?:frames|ignore-listed frame\(s\))|\d+ of \d+ (?:unhandled )?errors?|\S+\.\w{2,4} \(\d+:\d+\) @ .+)\s*$/;
/** What the error overlay of a framework copies: its kind, its message, the place. */
const errorReport = /^## Error Type[^\S\n]*\n[\s\S]*?(?:^Next\.js version:[^\n]*$|(?![\s\S]))/m;
const errorMessage = /^## Error Message[^\S\n]*\n([^\n]+)/m;

/** A program that could not, and guesses why. */
const guesses =
  /^\s*(?:\[[^\]]*\]\s*)*(?:Could not|Couldn't|Cannot|Can't|Unable to|Unknown|Unrecognized|Invalid|Missing|No such|Failed to|Module not found|Unexpected)\b.*\b(?:Did|Have) you (?:forget|mean|forgotten)\b/i;

/** Source code that raises, catches or writes down a fault: it tells of none that came. */
const sourceOfFault =
  /^\s*(?:raise|throw|except|rescue)\b|^\s*\}?\s*catch\s*[({]|\b(?:console|log|logger|logging|Log)\.\w+\(|\$\{[^}\n]*(?:exception|error)/i;

/** Forms in which no person begins or writes a line, whatever else it says. */
const printedForms = [stamped, located, guesses, timedStep, levelled, browserFrame, overlayLine];

/** Of these the ones that name no cause. */
const withoutCause = [browserFrame, overlayLine];

/** What one line looks like; `undefined` = the user's own words as far as its form tells. */
function kindOfLine(line: string): PasteKind | undefined {
  const text = line.trimEnd();
  if (text.trim() === '') return undefined;
  if (guesses.test(text) || browserFrame.test(text) || overlayLine.test(text)) return 'error';
  if (timedStep.test(text) || levelled.test(text)) return 'log';
  if (
    /^(?:\+[-#*_]|diff --git |index [0-9a-f]{6,}|@@ -\d|--- a\/|\+\+\+ b\/|<<<<<<< |>>>>>>> |=======$)/.test(
      text,
    )
  )
    return 'diff';
  if (
    /^\s*(?:at \S.*[(:]\S*:\d+|at (?:async )?[\w.$<>[\] ]+ ?\(|File ".*", line \d+|Traceback \(most recent|Caused by:|\.{3} \d+ more|from .+:\d+:in|goroutine \d+|thread '.*' panicked)/.test(
      text,
    )
  )
    return 'error';
  if (
    /^\s*(?:[\w./@-]*(?:Uncaught )?(?:[A-Z]\w*)?(?:Error|Exception)\b(?: \[\w+\])?:|(?:npm|yarn|pnpm)\s+(?:ERR!|error|warn)|error(?:\[\w+\]| TS\d+|:)|ERROR in |FAIL\s|\S+\(\d+,\d+\): error|\S+:\d+:\d+[: ]|✗|✖|×|❯|⎯{3,}|\d+\s+(?:passing|failing|pending)\b|Failed to (?:compile|load))/.test(
      text,
    )
  )
    return 'error';
  if (
    /^\s*(?:[$%❯➜»]\s+\S|\[[^\]\n]{0,160}(?:~|(?<=\s)|:)\/[\w.~/-]+\]\s+\S|\(base\)\s|(?:PS )?[A-Z]:\\[^<>\n]*>|PS [A-Z]:\\|[\w.-]+@[\w.-]+[:~ ].*[$#%]\s|>>> )/.test(
      text,
    )
  )
    return 'console';
  if (
    /^\s*(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\[?\d\d:\d\d:\d\d|\[[\w ./:-]{2,40}\]\s+\S|(?:INFO|WARN(?:ING)?|DEBUG|ERROR|TRACE|FATAL|PASS|ok|not ok)\b[\s:]|\S+\.\w{1,4}:\d+(?::\d+)?\b|<anonymous>|={2,} |--- (?:PASS|FAIL|SKIP)\b|[a-z][\w -]{1,24}:\t|\d+\s*\|\s|[│├└┌╭╰┃|]\s*[─│├└┃\w]|[─━═┏┓┗┛┡┩╇┳┻╔╗╚╝]{2}|✓|√|✔|⚠|ℹ)/.test(
      text,
    )
  )
    return 'log';
  if (
    /^\s*(?:modified|deleted|new file|renamed|Untracked files|Changes (?:not staged|to be committed)|On branch|Your branch is):?\s/.test(
      text,
    )
  )
    return 'console';
  if (looksLikeCode(text)) return 'code';
  return undefined;
}

function looksLikeCode(line: string): boolean {
  const text = line.trim();
  if (
    /^(?:import .* from |export (?:const|function|class|default)|(?:const|let|var) \w+ ?=|function \w*\(|class \w+ ?[{(:]|def \w+\(|#include|package \w|public |private |return\b.*;|if ?\(.*\) ?\{?$|\} ?else|for ?\(|while ?\(|try ?\{|\} ?catch|<\/?[A-Za-z][\w-]*(?:\s[^>]*)?\/?>$|[}\])];?,?$|[{[(]$|\/\/ |\/\*|\*\/|"\w[\w-]*":\s)/.test(
      text,
    )
  )
    return true;
  const marks = (text.match(/[{}()[\];=<>|&$\\]/g) ?? []).length;
  return text.length >= 12 && marks / text.length > 0.14 && marks >= 4;
}

/** Most of its lines are code, whatever they are marked as. */
const looksLikeProgram = (lines: readonly string[]): boolean =>
  lines.filter((line) => kindOfLine(line) === 'code').length > lines.length / 3;

/** Reads as a sentence a person typed, whatever its form suggests. */
function looksTyped(line: string): boolean {
  const words = line.match(/[\p{L}']{2,}/gu) ?? [];
  if (words.length < 5) return false;
  return /\b(?:I|you|we|it's|please|should|don't|dont|let's|lets|why|can|this is|instead)\b/i.test(line);
}

/**
 * Takes a message apart. `prev` is what the assistant had said just before: lines copied from it count as quoted.
 */
export function stripMessage(text: string, prev = ''): StrippedMessage {
  const pasted = new Set<PasteKind>();
  let failure: string | undefined;
  const noteFailure = (line: string) => {
    if (
      failure === undefined &&
      failureWords.test(line) &&
      !sourceOfFault.test(line) &&
      !withoutCause.some((form) => form.test(line))
    )
      failure = line.trim().slice(0, 200);
  };
  const hadPrivate = /<private\b/i.test(text);
  let rest = text.replace(/\r\n?/g, '\n');
  if (hadPrivate) rest = rest.replace(privateSpan, ' ');
  const interrupted = interruption.test(rest);
  interruption.lastIndex = 0;
  rest = rest.replace(interruption, '');
  const ofProgram = { own: '', quoted: '', pasted, hadPrivate, interrupted, machine: true };
  if (isProgramText(rest)) return ofProgram;
  rest = withoutHostText(rest).replace(rejection, '').replace(bareRejection, '');
  const typed = withoutButtons(rest);
  if (typed === undefined) return ofProgram;
  rest = typed;
  if (rest.includes('```') || rest.includes('~~~')) {
    rest = rest
      .replace(inlineFence, '`$1`')
      .replace(fence, (_whole, _mark, language: string, body: string) => {
        const lines = body.split('\n');
        /* Source code is full of the word “error”: there only what a program printed tells of a failure. */
        const printed =
          /^\s*(?:|te?xt|plaintext|log|console|output|(?:ba|z)?sh|shell(?:session)?|powershell|terminal)\s*$/i.test(
            language,
          );
        const line =
          lines.find((candidate) => kindOfLine(candidate) === 'error') ??
          (printed && !looksLikeProgram(lines)
            ? lines.find((candidate) => failureWords.test(candidate))
            : undefined);
        pasted.add(/diff|patch/.test(language) ? 'diff' : line === undefined ? 'code' : 'error');
        if (line !== undefined) noteFailure(line);
        return '\n';
      });
  }
  rest = rest.replace(dataUri, ' ');
  const report = errorReport.exec(rest)?.[0];
  if (report !== undefined) {
    pasted.add('error');
    failure ??= (errorMessage.exec(report)?.[1] ?? '').trim().slice(0, 200) || undefined;
    rest = rest.replace(report, '');
  }
  const cut = documentStart(rest);
  if (cut !== undefined) {
    pasted.add('document');
    rest = rest.slice(0, cut).trim() === '' && prev !== '' ? openingOf(rest) : rest.slice(0, cut);
  }

  const own: string[] = [];
  const quoted: string[] = [];
  const lines = rest.split('\n');
  const shown = shownLines(lines, looksTyped);
  const kinds = lines.map((line, index) => kindOfLine(line) ?? (shown.has(index) ? 'console' : undefined));
  const printedLines = new Set<string>();
  let inPaste = false;
  lines.forEach((line, index) => {
    const quote = /^\s*>\s?(.*)$/.exec(line);
    if (quote !== null) {
      quoted.push(quote[1] ?? '');
      return;
    }
    if (line.trim() === '') {
      own.push('');
      return;
    }
    if (line.trim().length >= 40 && prev.includes(line.trim())) {
      quoted.push(line.trim());
      return;
    }
    const kind = kinds[index];
    const typed = looksTyped(line);
    const printed = shown.has(index) || (kind !== undefined && printedForms.some((form) => form.test(line)));
    const strong = printed || kind === 'error' || kind === 'diff' || kind === 'console';
    const between = kind === undefined && inPaste && !typed && nearPaste(lines, kinds, index);
    if (printed || (kind !== undefined && (!typed || (strong && inPaste))) || between) {
      /* A lone line of code or log in the middle of prose stays: it names what the sentence is about. */
      const alone = !strong && !inPaste && kinds[index + 1] === undefined && lines.length <= 3;
      if (!alone) {
        pasted.add(kind ?? 'log');
        printedLines.add(line.trim());
        noteFailure(line);
        inPaste = true;
        return;
      }
    }
    inPaste = false;
    own.push(line);
  });
  return {
    own: own
      /* A log that begins before it looks like one says the same lines again. */
      .filter((line) => line === '' || !printedLines.has(line.trim()))
      .map((line) => line.trimEnd())
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    quoted: quoted.join('\n').trim(),
    pasted,
    ...(failure === undefined ? {} : { failure }),
    hadPrivate,
    interrupted,
    machine: false,
  };
}

/** A line without form of its own inside a paste: pasted matter within two lines after it, or at its very end just before. */
function nearPaste(
  lines: readonly string[],
  kinds: readonly (PasteKind | undefined)[],
  index: number,
): boolean {
  const after = kinds.slice(index + 1, index + 3).some((kind) => kind !== undefined);
  /* What stands apart after a paste was said about it. */
  if (!after && lines[index - 1]?.trim() === '') return false;
  const before = kinds.slice(Math.max(0, index - 2), index).some((kind) => kind !== undefined);
  return after || (before && kinds.length - index <= 2);
}

/** So much of a document is read where nothing was said before it, characters. */
const openingLength = 500;

/** The first words of a document without its headings: who sends nothing else says there what it is for. */
const openingOf = (text: string): string =>
  text
    .replace(/^#{1,4} .*$/gm, '')
    .trim()
    .slice(0, openingLength)
    .replace(/\S*$/, '');

/** Where a long pasted document (a plan, a spec) begins: its first heading, if it has several. */
function documentStart(text: string): number | undefined {
  if (text.length < 1200) return undefined;
  const headings = [...text.matchAll(/^#{1,4} \S.*$/gm)];
  if (headings.length < 3) return undefined;
  return headings[0]?.index;
}
