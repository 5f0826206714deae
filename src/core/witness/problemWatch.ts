/**
 * Errors that the editor shows under a file's text, and the edit or command that made them go away. Errors come and
 * go with every word that is typed: only one that stood for a while had to be thought about.
 */
import { tunables } from '../tunables.ts';
import { general } from './failure.ts';

/** An error as the editor reports it. */
export interface Problem {
  readonly message: string;
  /** Who found it, and its code there: `ts`, `2339`. */
  readonly source?: string;
  readonly code?: string;
}

export interface ProblemFix {
  readonly file: string;
  readonly error: string;
  readonly at: number;
  /** The file's text while the error stood, and without it. */
  readonly before: string;
  readonly after: string;
}

export interface ProblemWatch {
  /** The errors of a file now. `text` is asked for only when one that stood for long has gone. */
  seen(
    file: string,
    problems: readonly Problem[],
    at: number,
    text: () => string | undefined,
  ): ProblemFix | undefined;
  /** When the text of a file with an error is to be looked at, epoch ms. */
  dueAt(): number | undefined;
  /** Looks at the texts that are due. */
  look(now: number, text: (file: string) => string | undefined): void;
  clear(): void;
}

interface Open {
  readonly since: number;
  /** Text of the file some seconds after the error came. */
  text?: string;
}

/** What is the same each time this error comes. */
export function signatureOfProblem({ message, source, code }: Problem): string {
  const name = [source, code].filter((part) => part !== undefined && part !== '').join(' ');
  const [first = ''] = message.split('\n');
  return `${name === '' ? '' : `${name}: `}${general(first)}`;
}

export function createProblemWatch(): ProblemWatch {
  const table = tunables.witness;
  const files = new Map<string, Map<string, Open>>();
  /** One edit makes one fix, also where several tools had reported the error. */
  let told: ProblemFix | undefined;
  /** The same errors are reported with every word that is typed. */
  const signatures = new Map<string, string>();
  const signatureOf = (problem: Problem): string => {
    const key = JSON.stringify([problem.source, problem.code, problem.message]);
    const known = signatures.get(key);
    if (known !== undefined) return known;
    const signature = signatureOfProblem(problem);
    if (signatures.size >= table.files * table.problemsPerFile) signatures.clear();
    signatures.set(key, signature);
    return signature;
  };
  const isTold = ({ file, before, after }: ProblemFix): boolean =>
    told?.file === file && told.before === before && told.after === after;

  return {
    seen(file, problems, at, text) {
      const open = files.get(file);
      if (open === undefined && problems.length === 0) return undefined;
      const now = new Set(problems.slice(0, table.problemsPerFile).map(signatureOf));
      const kept = new Map<string, Open>();
      let gone: readonly [string, Open] | undefined;
      for (const [error, one] of open ?? []) {
        if (now.has(error)) kept.set(error, one);
        else if (at - one.since >= table.problemMs && one.text !== undefined) gone ??= [error, one];
      }
      for (const error of now) if (!kept.has(error)) kept.set(error, { since: at });
      files.delete(file);
      if (kept.size > 0) files.set(file, kept);
      const oldest = files.keys().next().value;
      if (files.size > table.files && oldest !== undefined) files.delete(oldest);
      const [error, { text: before }] = gone ?? ['', { text: undefined }];
      const after = before === undefined ? undefined : text();
      if (before === undefined || after === undefined) return undefined;
      const fix = { file, error, at, before, after };
      if (isTold(fix)) return undefined;
      told = fix;
      return fix;
    },
    dueAt() {
      let due: number | undefined;
      for (const open of files.values()) {
        for (const { since, text } of open.values()) {
          const at = since + table.problemLookMs;
          if (text === undefined && (due === undefined || at < due)) due = at;
        }
      }
      return due;
    },
    look(now, text) {
      for (const [file, open] of files) {
        const ripe = [...open.values()].filter(
          (one) => one.text === undefined && now - one.since >= table.problemLookMs,
        );
        if (ripe.length === 0) continue;
        const found = text(file) ?? '';
        for (const one of ripe) one.text = found;
      }
    },
    clear() {
      files.clear();
      signatures.clear();
      told = undefined;
    },
  };
}
