/** Words a person's rewriting of an assistant's text. */
import { enclosing } from './code.ts';
import { clip, compactDiff, firstOf, quoteCode, type WitnessDraft } from './draft.ts';
import type { RewriteObservation } from './observation.ts';
import { judgeRewrite, type RewriteLesson } from './rewrite.ts';

function rewriteStatement(lesson: RewriteLesson, path: string, changed: readonly string[]): string {
  const { wrong = '', right = '', symbol } = lesson;
  const what = symbol === undefined ? 'what was added' : quoteCode(symbol);
  switch (lesson.kind) {
    case 'swapped':
      return `Use ${quoteCode(right)} instead of ${quoteCode(wrong)}.`;
    case 'left-out':
      return `Leave out ${quoteCode(wrong)}.`;
    case 'uncommented':
      return 'Leave out comments that the code does not need.';
    case 'renamed':
      return `In ${path}, name it ${quoteCode(right)}, not ${quoteCode(wrong)}.`;
    case 'deleted':
      return `Leave ${what} out of ${path}.`;
    case 'undone':
      return `Do not write ${what} in ${path} like this: it was undone.`;
    case 'rewritten': {
      const old = changed.find((line) => line.startsWith('- '))?.slice(2);
      const now = changed.find((line) => line.startsWith('+ '))?.slice(2);
      return old === undefined || now === undefined
        ? `Write ${what} in ${path} as it was rewritten.`
        : `In ${path}, write ${quoteCode(clip(now, 80))} rather than ${quoteCode(clip(old, 80))}.`;
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
  const place = symbol === undefined ? path : `${path}, ${quoteCode(symbol)}`;
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
