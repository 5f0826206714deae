/** Words an error and what made it go away. */
import { clip, compactDiff, firstOf, quoteCode, type WitnessDraft } from './draft.ts';
import type { FixObservation, ProblemObservation } from './observation.ts';

/** More changed lines than this were not one remedy. */
const remedyLines = 12;

function remedyOf(
  commands: readonly string[],
  edits: readonly { readonly path: string; readonly before: string; readonly after: string }[],
): { readonly what: string; readonly lines: readonly string[] } | undefined {
  const run = commands.length === 0 ? undefined : `run ${commands.map(quoteCode).join(', then ')}`;
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
        ? `remove ${quoteCode(clip(old ?? '', 80))} from ${only.path}`
        : old === undefined
          ? `add ${quoteCode(clip(now, 80))} to ${only.path}`
          : `in ${only.path}, write ${quoteCode(clip(now, 80))} instead of ${quoteCode(clip(old, 80))}`;
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
    instead === undefined ? remedyOf(commands, edits) : { what: `run ${quoteCode(instead)}`, lines: [] };
  if (remedy === undefined) return undefined;
  const failing = observation.type === 'fix' ? observation.command : undefined;
  const when =
    failing === undefined
      ? `When the editor reports “${error}”`
      : `When ${quoteCode(failing)} fails${error === undefined ? '' : ` with “${error}”`}`;
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
    /* A command fails for more than one reason: without the error it is less sure that this helps again. */
    confidence: error === undefined ? 0.5 : instead !== undefined || commands.length > 0 ? 0.75 : 0.6,
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
