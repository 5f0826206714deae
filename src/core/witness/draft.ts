/** Words what was witnessed: the episode with its lesson, and a diff of a few lines, never whole files. */
import { diffLines } from 'diff';
import type { MessageSignal } from '../capture/message.ts';
import type { Lesson, MemoryLabel } from '../memory.ts';
import { enclosing } from './code.ts';
import type { Commit } from './commit.ts';
import { judgeCommit } from './commit.ts';
import type { FixObservation, ProblemObservation, RewriteObservation } from './observation.ts';
import { judgeRewrite, type RewriteLesson } from './rewrite.ts';

/** An episode before it is redacted, scored and gated. */
export interface WitnessDraft {
  readonly label: MemoryLabel;
  readonly text: string;
  readonly lesson: Lesson;
  readonly confidence: number;
  readonly standing: boolean;
  readonly oneOff: boolean;
  readonly signals: readonly MessageSignal[];
  /** Tells this event from every other of its session. */
  readonly message: string;
  /** The file it is about, relative to the project's root. */
  readonly path?: string;
  /** The user asked for it: no gate. */
  readonly explicit: boolean;
  readonly at: number;
}

const lineLength = 120;
const mostLines = 8;

const clip = (line: string, length = lineLength): string =>
  line.length <= length ? line : `${line.slice(0, length - 1)}…`;

/** Changed lines as `- old` and `+ new`, at most eight of each. Spacing is no change. */
export function compactDiff(
  before: string,
  after: string,
): { readonly lines: readonly string[]; readonly changed: number } {
  const removed: string[] = [];
  const added: string[] = [];
  for (const part of diffLines(before, after, { ignoreWhitespace: true })) {
    if (!part.added && !part.removed) continue;
    const lines = part.value.split('\n').filter((line) => line.trim() !== '');
    (part.added ? added : removed).push(...lines.map((line) => clip(line.trim())));
  }
  return {
    lines: [
      ...removed.slice(0, mostLines).map((line) => `- ${line}`),
      ...(removed.length > mostLines ? [`- … ${removed.length - mostLines} more lines`] : []),
      ...added.slice(0, mostLines).map((line) => `+ ${line}`),
      ...(added.length > mostLines ? [`+ … ${added.length - mostLines} more lines`] : []),
    ],
    changed: removed.length + added.length,
  };
}

const code = (text: string): string => (text.includes('`') ? `“${text}”` : `\`${text}\``);

function rewriteStatement(lesson: RewriteLesson, path: string, changed: readonly string[]): string {
  const { wrong = '', right = '', symbol } = lesson;
  const what = symbol === undefined ? 'what was added' : code(symbol);
  switch (lesson.kind) {
    case 'swapped':
      return `Use ${code(right)} instead of ${code(wrong)}.`;
    case 'left-out':
      return `Leave out ${code(wrong)}.`;
    case 'uncommented':
      return 'Leave out comments that the code does not need.';
    case 'renamed':
      return `In ${path}, name it ${code(right)}, not ${code(wrong)}.`;
    case 'deleted':
      return `Leave ${what} out of ${path}.`;
    case 'undone':
      return `Do not write ${what} in ${path} like this: it was undone.`;
    case 'rewritten': {
      const old = changed.find((line) => line.startsWith('- '))?.slice(2);
      const now = changed.find((line) => line.startsWith('+ '))?.slice(2);
      return old === undefined || now === undefined
        ? `Write ${what} in ${path} as it was rewritten.`
        : `In ${path}, write ${code(clip(now, 80))} rather than ${code(clip(old, 80))}.`;
    }
  }
}

const acts: Readonly<Record<RewriteLesson['kind'], string>> = {
  swapped: 'Changed',
  'left-out': 'Cleaned',
  uncommented: 'Took the comments out of',
  renamed: 'Renamed in',
  deleted: 'Deleted',
  undone: 'Undid',
  rewritten: 'Rewrote',
};

/** What is wrong and right in one line each, for a rewrite that names no choice. */
const firstOf = (lines: readonly string[], mark: string): string | undefined =>
  lines.find((line) => line.startsWith(mark))?.slice(2);

/** Undefined where the change says nothing about how the assistant should work. */
export function draftOfRewrite(observation: RewriteObservation): WitnessDraft | undefined {
  const { path, pieces, above = '', words, at } = observation;
  const judged = judgeRewrite(pieces, path);
  if (judged === undefined && words === undefined) return undefined;
  const changed = pieces.filter(({ before, after }) => before.trim() !== after.trim());
  const first = changed[0]?.before ?? '';
  const symbol = judged?.symbol ?? enclosing(above, first);
  const lesson: RewriteLesson = {
    ...(judged ?? { kind: 'rewritten', lasting: true, confidence: 0.6 }),
    ...(symbol === undefined ? {} : { symbol }),
  };
  const { lines } = compactDiff(
    changed.map(({ before }) => before).join('\n'),
    changed.map(({ after }) => after).join('\n'),
  );
  const statement = words ?? rewriteStatement(lesson, path, lines);
  const wrong = lesson.wrong ?? (lesson.kind === 'rewritten' ? firstOf(lines, '- ') : undefined);
  const right = lesson.right ?? (lesson.kind === 'rewritten' ? firstOf(lines, '+ ') : undefined);
  const place = symbol === undefined ? path : `${path}, ${code(symbol)}`;
  return {
    label: 'correction',
    text: [`${statement}`, `${acts[lesson.kind]} what the assistant had written in ${place}:`, ...lines].join(
      '\n',
    ),
    lesson: {
      statement,
      ...(wrong === undefined ? {} : { wrong }),
      ...(right === undefined ? {} : { right }),
    },
    confidence: words === undefined ? lesson.confidence : 1,
    standing: false,
    oneOff: words === undefined && !lesson.lasting,
    signals: [{ type: 'edit', outcome: lesson.kind === 'undone' ? 'undone' : 'modified', path }],
    message: `rewrite ${path} ${at}`,
    path,
    explicit: words !== undefined,
    at,
  };
}

/** More changed lines than this were not one remedy. */
const remedyLines = 12;

function remedyOf(
  commands: readonly string[],
  edits: readonly { readonly path: string; readonly before: string; readonly after: string }[],
): { readonly what: string; readonly lines: readonly string[] } | undefined {
  const run = commands.length === 0 ? undefined : `run ${commands.map(code).join(', then ')}`;
  const changed = edits
    .map(({ path, before, after }) => ({ path, ...compactDiff(before, after) }))
    .filter((edit) => edit.changed > 0 && edit.changed <= remedyLines);
  const [only] = changed;
  const old = only === undefined ? undefined : firstOf(only.lines, '- ');
  const now = only === undefined ? undefined : firstOf(only.lines, '+ ');
  const change =
    only === undefined
      ? undefined
      : now === undefined
        ? `remove ${code(clip(old ?? '', 80))} from ${only.path}`
        : old === undefined
          ? `add ${code(clip(now, 80))} to ${only.path}`
          : `in ${only.path}, write ${code(clip(now, 80))} instead of ${code(clip(old, 80))}`;
  /* A command between failure and success is the likelier remedy than an edit that may be the work itself. */
  const what = run ?? change;
  if (what === undefined) return undefined;
  return {
    what,
    lines:
      run === undefined || changed.length <= 2
        ? changed.slice(0, 2).flatMap(({ path, lines }) => [`${path}:`, ...lines])
        : [],
  };
}

/** Undefined where nobody can tell what made the error go away. */
export function draftOfFix(observation: FixObservation | ProblemObservation): WitnessDraft | undefined {
  const { error, commands, at } = observation;
  const instead = observation.type === 'fix' ? observation.instead : undefined;
  const edits =
    observation.type === 'fix'
      ? observation.edits
      : [{ path: observation.path, before: observation.before, after: observation.after }];
  const remedy =
    instead === undefined ? remedyOf(commands, edits) : { what: `run ${code(instead)}`, lines: [] };
  if (remedy === undefined) return undefined;
  const failing = observation.type === 'fix' ? observation.command : undefined;
  const when =
    failing === undefined
      ? `When the editor reports “${error}”`
      : `When ${code(failing)} fails with “${error}”`;
  const statement = `${when}, ${remedy.what}.`;
  return {
    label: 'fix',
    text: [statement, ...remedy.lines].join('\n'),
    lesson: {
      statement,
      ...(instead !== undefined && failing !== undefined
        ? { wrong: failing, right: instead }
        : { right: remedy.what }),
      when: when.charAt(0).toLowerCase() + when.slice(1),
    },
    confidence: instead !== undefined || commands.length > 0 ? 0.75 : 0.6,
    standing: false,
    oneOff: false,
    signals: [
      { type: 'command', failed: true, ...(failing === undefined ? {} : { command: failing }) },
      { type: 'command', failed: false, ...(failing === undefined ? {} : { command: instead ?? failing }) },
    ],
    message: `fix ${failing ?? error} ${at}`,
    ...(observation.type === 'problem' ? { path: observation.path } : {}),
    explicit: false,
    at,
  };
}

export function draftsOfCommit(commit: Commit): readonly WitnessDraft[] {
  return judgeCommit(commit).map((lesson) => ({
    label: lesson.label,
    text: lesson.text,
    lesson: {
      statement: lesson.statement,
      ...(lesson.wrong === undefined ? {} : { wrong: lesson.wrong }),
      ...(lesson.right === undefined ? {} : { right: lesson.right }),
      ...(lesson.why === undefined ? {} : { why: lesson.why }),
    },
    confidence: lesson.confidence,
    standing: lesson.standing,
    oneOff: !lesson.lasting,
    signals: [],
    message: lesson.kind === 'record' ? `${commit.hash} record` : commit.hash,
    explicit: lesson.kind === 'record',
    at: commit.at,
  }));
}
