/**
 * Names beside the words: folders, files, branches and sessions can hold a secret, too. Such a name is redacted and
 * told apart from others by a hash, so that it stays one name wherever it is met again.
 */
import type { Memory, ProjectId } from '../memory.ts';
import type { Ids, Redactor } from '../ports.ts';
import type { TranscriptMessage } from './message.ts';

/** Identities as programs make them, which hide nothing: numbers, offsets, hashes, UUIDs with or without a prefix. */
const identity =
  /^(?:@?\d{1,16}|prompt \d+|(?:[a-z]{1,12}[_:-])?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?::\w{1,8})?|[0-9a-f]{7,64})$/i;

/** Names remembered; each session and folder comes with every message. */
const mostNames = 2000;

export interface SafeNames {
  name(value: string): Promise<string>;
  /** The message with safe names; the same object where there was nothing to hide. Its text stays as it is. */
  message(message: TranscriptMessage): Promise<TranscriptMessage>;
}

export function createSafeNames(redactor: Redactor, ids: Ids): SafeNames {
  const known = new Map<string, string>();

  /** What is known of a name without looking at it; undefined = it is to be looked at. */
  const knownOf = (value: string): string | undefined =>
    known.get(value) ?? (identity.test(value) ? value : undefined);

  async function name(value: string): Promise<string> {
    const before = knownOf(value);
    if (before !== undefined) return before;
    const { text } = await redactor.redact(value);
    const safe = text === value ? value : `${text}~${ids.derive('n', value)}`;
    if (known.size >= mostNames) known.delete(known.keys().next().value ?? '');
    known.set(value, safe);
    return safe;
  }

  const named = [
    'session',
    'conversation',
    'message',
    'cwd',
    'project',
    'path',
    'file',
    'branch',
    'externalId',
  ] as const;

  async function message(raw: TranscriptMessage): Promise<TranscriptMessage> {
    const changed: Partial<Record<(typeof named)[number], string>> = {};
    for (const key of named) {
      const value = raw[key];
      /* Nine names with every message, nearly all of them known: only for others is anything waited for. */
      const safe = value === undefined ? undefined : (knownOf(value) ?? (await name(value)));
      if (safe !== undefined && safe !== value) changed[key] = safe;
    }
    return Object.keys(changed).length === 0 ? raw : ({ ...raw, ...changed } as TranscriptMessage);
  }

  return { name, message };
}

/** A memory from a file that somebody else may have written, looked at before it is kept. */
export async function withoutSecrets(memory: Memory, redactor: Redactor, ids: Ids): Promise<Memory> {
  const { name } = createSafeNames(redactor, ids);
  const safe = async (text: string) => (await redactor.redact(text)).text;
  const { lesson, source, scope } = memory;
  const all = <T>(values: readonly T[], make: (value: T) => Promise<T>) => Promise.all(values.map(make));
  const parts = async <Part extends object>(
    part: Part,
    make: (text: string) => Promise<string>,
  ): Promise<Part> =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(part).map(async ([key, value]) => [
          key,
          typeof value === 'string' ? await make(value) : value,
        ]),
      ),
    ) as Part;
  return {
    ...memory,
    text: await safe(memory.text),
    lesson: await parts(lesson, safe),
    ...(memory.context === undefined ? {} : { context: await safe(memory.context) }),
    source: await parts(source, name),
    scope: 'project' in scope ? { ...scope, project: (await name(scope.project)) as ProjectId } : scope,
    topic: await safe(memory.topic),
    tags: await all(memory.tags, safe),
    cues: await all(memory.cues, safe),
    citations: await all(memory.citations, async (citation) => ({
      ...citation,
      path: await name(citation.path),
    })),
  };
}
