/**
 * The redactor: secretlint's recommended preset and our own rules together. Loaded on first use; on any trouble it
 * throws, so that nothing is ever written that was not looked at.
 */
import { ReverieError } from '../core/errors.ts';
import type { RedactedText, Redactor } from '../core/ports.ts';
import { mayInterestDetector } from './detectorAnchors.ts';
import { mayHoldSecret, secretRules } from './rules.ts';
import { longWords, type SecretRule } from './secretRule.ts';

/** A stretch of text that is a secret. */
interface Finding {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/** Secretlint's own detection, as offsets into the text. */
type Lint = (text: string) => Promise<readonly Finding[]>;

let loading: Promise<Lint> | undefined;

async function loadLint(): Promise<Lint> {
  const { lintSource, creator, secretLintProfiler } = await import('./detector.ts');
  /* It leaves performance marks behind at each call, which would pile up in a long import. */
  secretLintProfiler.mark = () => undefined;
  const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] };
  return async (text) => {
    const result = await lintSource({
      source: {
        /* A text must not be able to switch its own detection off. */
        content: text.replace(/secretlint-disable/gi, 'secretlint_disable'),
        filePath: 'message.txt',
        ext: '.txt',
        contentType: 'text',
      },
      options: { config, noPhysicFilePath: true },
    });
    return result.messages.map((message) => ({
      start: message.range[0],
      end: message.range[1],
      name: nameOf(message.ruleId),
    }));
  };
}

const nameOf = (ruleId: string): string =>
  ruleId.replace(/^@secretlint\/secretlint-rule-/, '').replace(/^preset-recommend.*/, 'secret');

/** Patterns cost time by the square of an unbroken run, so texts are looked at in windows. */
const windowLength = 4000;
const windowOverlap = 800;

/** Overlapping windows, cut between words where there are words. */
function windowsOf(text: string): readonly { readonly start: number; readonly end: number }[] {
  const windows: { start: number; end: number }[] = [];
  let start = 0;
  while (start < text.length) {
    let end = Math.min(text.length, start + windowLength);
    if (end < text.length) {
      const gap = text.slice(end - windowOverlap, end).search(/\s\S*$/);
      if (gap >= 0) end = end - windowOverlap + gap + 1;
    }
    windows.push({ start, end });
    if (end >= text.length) break;
    start = Math.max(start + 1, end - windowOverlap);
  }
  return windows;
}

/** Finds in each window; a finding cut off by the end of its window reaches to the end of its word. */
function placed(
  text: string,
  window: { readonly start: number; readonly end: number },
  found: readonly Finding[],
): readonly Finding[] {
  return found.map(({ start, end, name }) => {
    let last = window.start + end;
    if (last === window.end) while (last < text.length && !/[\s"'<>]/.test(text.charAt(last))) last += 1;
    return { start: window.start + start, end: last, name };
  });
}

/** What our own rules find. */
export function findSecrets(text: string): readonly Finding[] {
  const lower = text.toLowerCase();
  const findings = wholeRules
    .filter((rule) => isNeeded(rule, lower))
    .flatMap((rule) => matchesOf(rule, text));
  for (const window of windowsOf(text)) {
    const part = text.slice(window.start, window.end);
    findings.push(
      ...placed(
        text,
        window,
        rulesFor(part).flatMap((rule) => matchesOf(rule, part)),
      ),
    );
  }
  return findings;
}

const wholeRules = secretRules.filter(({ whole }) => whole === true);
const windowRules = secretRules.filter(({ whole }) => whole !== true);

/** The rules that may find something in a window, in their order. */
function rulesFor(part: string): readonly SecretRule[] {
  const lower = part.toLowerCase();
  const words = longWords(part);
  const lowerWords = words.toLowerCase();
  return windowRules.filter((rule) =>
    rule.inOneWord === true
      ? isNeeded(rule, lowerWords) && words.search(rule.pattern) >= 0
      : isNeeded(rule, lower),
  );
}

const isNeeded = ({ needs }: SecretRule, lower: string): boolean =>
  needs === undefined || needs.some((need) => lower.includes(need));

function matchesOf(rule: SecretRule, text: string): readonly Finding[] {
  const findings: Finding[] = [];
  for (const match of text.matchAll(rule.pattern)) {
    const groups = match.groups;
    const value = groups?.['s'] ?? groups?.['a'] ?? groups?.['b'] ?? groups?.['c'] ?? match[0];
    if (/^\[redacted\b/.test(value)) continue;
    if (rule.accepts !== undefined && !rule.accepts(value, groups?.['k'] ?? '')) continue;
    const start = match.index + match[0].lastIndexOf(value);
    findings.push({ start, end: start + value.length, name: rule.name });
  }
  return findings;
}

/** Joins findings that touch, and puts a mark in place of each. */
function replaceFindings(text: string, findings: readonly Finding[]): RedactedText {
  const found = new Map<string, number>();
  const sorted = [...findings]
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  let result = '';
  let at = 0;
  for (let index = 0; index < sorted.length; index += 1) {
    const first = sorted[index];
    if (first === undefined) continue;
    let { end } = first;
    while (index + 1 < sorted.length && (sorted[index + 1]?.start ?? Number.POSITIVE_INFINITY) < end) {
      index += 1;
      end = Math.max(end, sorted[index]?.end ?? end);
    }
    result += `${text.slice(at, first.start)}[redacted: ${first.name}]`;
    at = end;
    found.set(first.name, (found.get(first.name) ?? 0) + 1);
  }
  return { text: result + text.slice(at), found };
}

/** Creates the redactor. Throws `redaction-failed`, at creation or use, rather than let anything through unseen. */
export async function createRedactor(): Promise<Redactor> {
  const lintOf = (): Promise<Lint> => {
    loading ??= loadLint().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  return {
    async redact(text) {
      if (!mayHoldSecret(text)) return { text, found: new Map() };
      try {
        const own = findSecrets(text);
        const theirs: Finding[] = [];
        for (const window of windowsOf(text)) {
          const part = text.slice(window.start, window.end);
          if (mayHoldSecret(part) && mayInterestDetector(part))
            theirs.push(...placed(text, window, await (await lintOf())(part)));
        }
        return replaceFindings(text, [...own, ...theirs]);
      } catch (error) {
        /* The cause is kept out: its message could quote the text. */
        const kind = error instanceof Error ? error.name : typeof error;
        throw new ReverieError('redaction-failed', `The text could not be checked for secrets (${kind}).`);
      }
    },
  };
}
