/** Makes the memory of an event from what capture found out about it. */
import type {
  Citation,
  Memory,
  MemoryId,
  MemoryLabel,
  ProjectId,
  Salience,
  Scope,
  Source,
} from '../memory.ts';
import type { FileBlob, Ids, Tokenizer } from '../ports.ts';
import { missingFile } from '../ports.ts';
import { tunables } from '../tunables.ts';
import type { Classification } from './classify.ts';
import { normalizeText } from './identity.ts';
import { lessonOf } from './lesson.ts';
import { pathsIn } from './scope.ts';
import { holdsForGood } from './standing.ts';
import { tagsOf } from './tags.ts';

/** Longest text of an episode, in characters. */
export const episodeTextLength = 2000;
/** Longest tail of the assistant's words kept beside it. */
export const contextLength = 600;
const mostCitations = 5;

export interface EpisodeParts {
  readonly text: string;
  readonly label: MemoryLabel;
  readonly scope: Scope;
  readonly lesson: Pick<Classification, 'statement' | 'wrong' | 'right' | 'why' | 'when'>;
  readonly context?: string | undefined;
  readonly source: Source;
  readonly salience: Salience;
  readonly confidence: number;
  readonly standing: boolean;
  readonly oneOff: boolean;
  readonly at: number;
}

/** Stored beside each episode; two sightings of one event share it. */
export function identityOf(text: string, ids: Ids): string {
  return ids.derive('x', normalizeText(text));
}

/**
 * The files that the words name, each as it is now where it is there. What holds for good ("always", "never") names a
 * file as a place; it does not become untrue because somebody worked in that file: no blob is kept for it.
 */
function citationsOf(
  { text, source: { project }, standing }: EpisodeParts,
  fileBlob: FileBlob | undefined,
): readonly Citation[] {
  const paths = pathsIn(text)
    .filter((path) => !/[*\\]|^\/|^~|\/$/.test(path))
    .slice(0, mostCitations)
    .map((path) => path.replace(/^\.\//, ''));
  const lasts = holdsForGood({ text, standing });
  return paths.map((path) => {
    const blob = lasts || project === undefined ? undefined : fileBlob?.(project, path);
    return blob === undefined || blob === missingFile ? { path } : { path, blob };
  });
}

/** An episode with the start values of its label. Its identity derives from its words and where they were said. */
export function episodeFrom(
  parts: EpisodeParts,
  deps: { readonly ids: Ids; readonly tokenizer: Tokenizer; readonly fileBlob?: FileBlob | undefined },
): Memory {
  const { source, lesson, at } = parts;
  const start = tunables.start[parts.label];
  const citations = citationsOf(parts, deps.fileBlob);
  return {
    id: deps.ids.derive(
      'e',
      normalizeText(parts.text),
      source.externalId ?? '',
      source.assistant,
      source.session ?? '',
      source.message ?? '',
      String(at),
    ) as MemoryId,
    kind: 'episode',
    label: parts.label,
    status: 'active',
    tier: 'fast',
    scope: parts.scope,
    text: parts.text,
    lesson: lessonOf(lesson),
    ...(parts.context === undefined || parts.context === '' ? {} : { context: parts.context }),
    source,
    strength: start.strength,
    rate: start.rate,
    salience: parts.salience,
    confidence: Math.max(tunables.propagation.confidenceFloor, Math.min(1, parts.confidence)),
    alpha: 1,
    beta: 1,
    pinned: false,
    guard: false,
    standing: parts.standing,
    oneOff: parts.oneOff,
    topic: '',
    tags: tagsOf(parts.text),
    cues: [],
    citations,
    tokens: deps.tokenizer.count(lesson.why === undefined ? parts.text : `${parts.text}\n${lesson.why}`),
    createdAt: at,
    lastAccessedAt: at,
    accessCount: 0,
  };
}

/** The scope a guess becomes. Without a known project nothing is guessed to hold in one. */
export function scopeFrom(guess: Pick<Classification, 'scope' | 'glob'>, project: ProjectId): Scope {
  if (guess.scope === 'user') return { level: 'user' };
  if (guess.scope === 'path' && guess.glob !== undefined) return { level: 'path', project, glob: guess.glob };
  return { level: 'project', project };
}
