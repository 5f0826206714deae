/** What a failing command, task, test or diagnosis said, without what is different each time. */

/** Longest signature, in characters. */
const longest = 200;
/** Only the end of an output is looked at; the error is there. Characters. */
const longestOutput = 16_384;

/** Escape sequences of a terminal (titles, colours, cursor) and other control characters but tab and line ends. */
const terminalCodes = new RegExp(
  [
    String.raw`\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)`,
    String.raw`\u001b[[(][0-?]*[ -/]*[@-~]`,
    String.raw`\u001b[@-Z\\-_=>]`,
    String.raw`[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]`,
  ].join('|'),
  'g',
);

/** Plain lines of what a terminal showed; a line written over itself counts as it stood last. */
export function plainOutput(output: string): string {
  return output
    .slice(-longestOutput)
    .replace(/\r\n/g, '\n')
    .replace(terminalCodes, '')
    .split('\n')
    .map((line) => line.slice(line.lastIndexOf('\r') + 1).trimEnd())
    .join('\n');
}

/** From the surest sign of an error's own line to the weakest. */
const signs: readonly RegExp[] = [
  /^\s*(?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception|Warning|Panic)\b(?:\s*\[[\w-]+\])?: \S/,
  /\berror(?:\[\w+\]|\s+[A-Z]{1,5}\d+)?: \S/i,
  /\b(?:Error|Exception): \S|\bpanicked at\b|^\s*fatal: |^\s*E {2,}\S|\b[A-Z]{2,}\d{3,}\b: \S/,
  /\b(?:cannot|can't|could not|couldn't|unable to|no such|not found|not recognized|permission denied|undefined|unresolved|missing|refused|denied|invalid|unexpected|unknown)\b/i,
  /\b(?:errors?|fail(?:ed|s|ure)?|exception|fatal|abort(?:ed|ing)?)\b/i,
];
/** Lines that only say that something failed, or where; excerpts of source; the command itself. */
const frame =
  /^\s*(?:at |File "|\^+|~+|[>❯]?\s*\d+\s+(?:\d+\s+)?[│|]|-->|[│|┃]|\$ |<\w+>|npm (?:ERR!|error) (?:code|errno|syscall|path|A complete log|Lifecycle|command|workspace|location)|exit (?:code|status)|error: (?:script|command|recipe|process) .*(?:exited|failed)|ELIFECYCLE|make: \*\*\*|(?:found|✖|×|total:?)?\s*\d+ (?:errors?|problems?|warnings?|failed|failures?)\b)/i;

/**
 * The line that tells what went wrong, made general: paths, numbers and addresses are taken out, names stay. Undefined
 * where the output says nothing.
 */
export function signatureOf(output: string): string | undefined {
  const lines = plainOutput(output)
    .split('\n')
    .filter((line) => /\p{L}{3}/u.test(line));
  for (const sign of signs) {
    const found = lines.find((line) => sign.test(line) && !frame.test(line));
    if (found !== undefined) return general(found);
  }
  const last = lines.findLast((line) => !frame.test(line));
  return last === undefined ? undefined : general(last);
}

/** Where in the source something is, at the head of a message: `src/a.ts(3,5): `, `a.py:12:1 - `. */
const place =
  /^\s*(?:\[[^\]]{1,20}\]\s*)?(?:[\w@./\\:~+-]+\.\w{1,8}|[\w./\\-]+\/[\w./\\-]+)[(:]\d+(?:[,:]\d+)?\)?\s*[:\s-]+\s*/;

/** A message without what differs from one occurrence to the next. */
export function general(message: string): string {
  return message
    .replace(/^[\s>❯✖✗×●■*•|E]+(?=\s|$)\s*/u, '')
    .replace(place, '')
    .replace(/^npm (?:ERR!|error)\s+(?:\d+\s+)?/i, '')
    .replace(/\b(?:[a-z]+:\/\/)[^\s'"`)]+/gi, '<address>')
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>')
    .replace(/\b0x[0-9a-f]+\b/gi, '<address>')
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b|\blocalhost:\d+|:::\d+/g, '<address>')
    .replace(/\b\d{4}-\d\d-\d\d(?:[T ][\d:.]+Z?)?\b|\b\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?\b/g, '<time>')
    .replace(/(?:~|\.{1,2}|\b[A-Za-z]:)?(?:[\\/][\w@.+~-]+){2,}[\\/]?(?::\d+(?::\d+)?)?/g, '<path>')
    .replace(/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,}\b/gi, '<id>')
    .replace(/(?<![\w.<-])\d+(?:\.\d+)?(?:ms|s|kB|MB|%)?(?![\w.])/g, '<n>')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longest);
}
