/** A memory as columns, and back. Each field that may change knows its own columns. */
import {
  type Citation,
  type Lesson,
  type Memory,
  type MemoryId,
  memoryKinds,
  memoryLabels,
  memoryStatuses,
  type ProjectId,
  type Salience,
  type Scope,
  type Source,
} from '../core/memory.ts';
import {
  flag,
  flagAt,
  jsonAt,
  numberAt,
  oneOfAt,
  optionalNumberAt,
  optionalTextAt,
  storable,
  storableOrNull,
  textAt,
  textsAt,
} from './columns.ts';
import type { Row, SqlValue } from './connection.ts';

/** The fields of a memory that may change after birth. */
export type Field = keyof Omit<Memory, 'id' | 'createdAt' | 'source'>;

interface FieldCodec<T> {
  readonly columns: readonly string[];
  encode(value: T): readonly SqlValue[];
  decode(row: Row): T;
}

const text = (column: string): FieldCodec<string> => ({
  columns: [column],
  encode: (value) => [storable(value)],
  decode: (row) => textAt(row, column),
});
const number = (column: string): FieldCodec<number> => ({
  columns: [column],
  encode: (value) => [value],
  decode: (row) => numberAt(row, column),
});
const boolean = (column: string): FieldCodec<boolean> => ({
  columns: [column],
  encode: (value) => [flag(value)],
  decode: (row) => flagAt(row, column),
});
const optionalText = (column: string): FieldCodec<string | undefined> => ({
  columns: [column],
  encode: (value) => [storableOrNull(value)],
  decode: (row) => optionalTextAt(row, column),
});
const optionalNumber = (column: string): FieldCodec<number | undefined> => ({
  columns: [column],
  encode: (value) => [value ?? null],
  decode: (row) => optionalNumberAt(row, column),
});
const oneOf = <T extends string>(column: string, allowed: readonly T[]): FieldCodec<T> => ({
  columns: [column],
  encode: (value) => [value],
  decode: (row) => oneOfAt(row, column, allowed),
});
const optionalId = (column: string): FieldCodec<MemoryId | undefined> => ({
  columns: [column],
  encode: (value) => [value ?? null],
  decode: (row) => optionalTextAt(row, column) as MemoryId | undefined,
});
const texts = (column: string): FieldCodec<readonly string[]> => ({
  columns: [column],
  encode: (value) => [value.length === 0 ? '[]' : JSON.stringify(value.map(storable))],
  decode: (row) => textsAt(row, column),
});

const noCitations: readonly Citation[] = [];

const codecs: { readonly [F in Field]: FieldCodec<Memory[F]> } = {
  kind: oneOf('kind', memoryKinds),
  label: oneOf('label', memoryLabels),
  status: oneOf('status', memoryStatuses),
  tier: oneOf('tier', ['fast', 'mid', 'slow']),
  scope: {
    columns: ['scope_level', 'scope_project', 'scope_glob'],
    encode: (scope) => [
      scope.level,
      scope.level === 'user' ? null : storable(scope.project),
      scope.level === 'path' ? storable(scope.glob) : null,
    ],
    decode: scopeOf,
  },
  text: text('text'),
  lesson: {
    columns: ['statement', 'wrong', 'right', 'why', 'applies_when'],
    encode: (lesson) => [
      storable(lesson.statement),
      storableOrNull(lesson.wrong),
      storableOrNull(lesson.right),
      storableOrNull(lesson.why),
      storableOrNull(lesson.when),
    ],
    decode: lessonOf,
  },
  context: optionalText('context'),
  strength: number('strength'),
  rate: number('rate'),
  salience: {
    columns: ['surprise', 'novelty', 'arousal', 'reward', 'conflict', 'salience'],
    encode: (parts) => [
      parts.surprise,
      parts.novelty,
      parts.arousal,
      parts.reward,
      parts.conflict,
      parts.total,
    ],
    decode: salienceOf,
  },
  confidence: number('confidence'),
  alpha: number('alpha'),
  beta: number('beta'),
  pinned: boolean('pinned'),
  guard: boolean('guard'),
  standing: boolean('standing'),
  oneOff: boolean('one_off'),
  topic: text('topic'),
  tags: texts('tags'),
  cues: texts('cues'),
  citations: {
    columns: ['citations'],
    encode: (citations) => [
      citations.length === 0
        ? '[]'
        : JSON.stringify(
            citations.map(({ path, blob }) => ({ path: storable(path), ...(blob && { blob }) })),
          ),
    ],
    decode: (row) =>
      row['citations'] === '[]'
        ? noCitations
        : (jsonAt(row, 'citations') as readonly unknown[]).map(citationOf),
  },
  tokens: number('tokens'),
  lastAccessedAt: number('last_accessed_at'),
  accessCount: number('access_count'),
  sleptAt: optionalNumber('slept_at'),
  replacedBy: optionalId('replaced_by'),
  contradictedBy: optionalId('contradicted_by'),
  obsoleteAt: optionalNumber('obsolete_at'),
  restates: optionalText('restates'),
};

export const fields = Object.keys(codecs) as readonly Field[];

export const columnsOf = (field: Field): readonly string[] => codecs[field].columns;

/** The column values of one field; `null` and `undefined` clear an optional one. */
export function encodeField<F extends Field>(field: F, value: Memory[F] | null): readonly SqlValue[] {
  const codec: FieldCodec<Memory[F]> = codecs[field];
  return codec.encode((value ?? undefined) as Memory[F]);
}

/** The value of one field; undefined for an optional one that is not set. */
export function decodeField<F extends Field>(field: F, row: Row): Memory[F] {
  const codec: FieldCodec<Memory[F]> = codecs[field];
  return codec.decode(row);
}

const birthColumns = [
  'id',
  'created_at',
  'source_assistant',
  'source_project',
  'source_session',
  'source_message',
  'source_file',
  'external_id',
] as const;

/** All columns of a memory but `seq` and `identity`, in the order of {@link encodeMemory}. */
export const memoryColumns: readonly string[] = [...birthColumns, ...fields.flatMap(columnsOf)];

const quotedColumns = (prefix: string) => memoryColumns.map((column) => `${prefix}"${column}"`).join(', ');

/** For `SELECT … FROM memories`, and for a join in which the table is called `m`. */
export const selectMemory = quotedColumns('');
export const selectMemoryOfM = quotedColumns('m.');

/** A memory as a row. */
export function encodeMemory(memory: Memory): Record<string, SqlValue> {
  const { source } = memory;
  const row: Record<string, SqlValue> = {
    id: memory.id,
    created_at: memory.createdAt,
    source_assistant: storable(source.assistant),
    source_project: storableOrNull(source.project),
    source_session: storableOrNull(source.session),
    source_message: storableOrNull(source.message),
    source_file: storableOrNull(source.file),
    external_id: storableOrNull(source.externalId),
  };
  for (const field of fields) setField(row, field, memory[field]);
  return row;
}

/** Puts the columns of one field into `row`. */
export function setField<F extends Field>(
  row: Record<string, SqlValue>,
  field: F,
  value: Memory[F] | null,
): void {
  const values = encodeField(field, value);
  columnsOf(field).forEach((column, index) => {
    row[column] = values[index] ?? null;
  });
}

/** Optional fields that are not set are absent, not undefined. Throws `unreadable` for a row that cannot be. */
export function decodeMemory(row: Row): Memory {
  const context = optionalTextAt(row, 'context');
  const sleptAt = optionalNumberAt(row, 'slept_at');
  const replacedBy = codecs.replacedBy.decode(row);
  const contradictedBy = codecs.contradictedBy.decode(row);
  const obsoleteAt = optionalNumberAt(row, 'obsolete_at');
  const restates = optionalTextAt(row, 'restates');
  return {
    id: textAt(row, 'id') as MemoryId,
    kind: codecs.kind.decode(row),
    label: codecs.label.decode(row),
    status: codecs.status.decode(row),
    tier: codecs.tier.decode(row),
    scope: scopeOf(row),
    text: textAt(row, 'text'),
    lesson: lessonOf(row),
    ...(context !== undefined && { context }),
    source: sourceOf(row),
    strength: numberAt(row, 'strength'),
    rate: numberAt(row, 'rate'),
    salience: salienceOf(row),
    confidence: numberAt(row, 'confidence'),
    alpha: numberAt(row, 'alpha'),
    beta: numberAt(row, 'beta'),
    pinned: flagAt(row, 'pinned'),
    guard: flagAt(row, 'guard'),
    standing: flagAt(row, 'standing'),
    oneOff: flagAt(row, 'one_off'),
    topic: textAt(row, 'topic'),
    tags: textsAt(row, 'tags'),
    cues: textsAt(row, 'cues'),
    citations: codecs.citations.decode(row),
    tokens: numberAt(row, 'tokens'),
    createdAt: numberAt(row, 'created_at'),
    lastAccessedAt: numberAt(row, 'last_accessed_at'),
    accessCount: numberAt(row, 'access_count'),
    ...(sleptAt !== undefined && { sleptAt }),
    ...(replacedBy !== undefined && { replacedBy }),
    ...(contradictedBy !== undefined && { contradictedBy }),
    ...(obsoleteAt !== undefined && { obsoleteAt }),
    ...(restates !== undefined && { restates }),
  };
}

function scopeOf(row: Row): Scope {
  const level = oneOfAt(row, 'scope_level', ['user', 'project', 'path'] as const);
  if (level === 'user') return { level };
  const project = textAt(row, 'scope_project') as ProjectId;
  return level === 'project' ? { level, project } : { level, project, glob: textAt(row, 'scope_glob') };
}

function lessonOf(row: Row): Lesson {
  const wrong = optionalTextAt(row, 'wrong');
  const right = optionalTextAt(row, 'right');
  const why = optionalTextAt(row, 'why');
  const when = optionalTextAt(row, 'applies_when');
  return {
    statement: textAt(row, 'statement'),
    ...(wrong !== undefined && { wrong }),
    ...(right !== undefined && { right }),
    ...(why !== undefined && { why }),
    ...(when !== undefined && { when }),
  };
}

function salienceOf(row: Row): Salience {
  return {
    surprise: numberAt(row, 'surprise'),
    novelty: numberAt(row, 'novelty'),
    arousal: numberAt(row, 'arousal'),
    reward: numberAt(row, 'reward'),
    conflict: numberAt(row, 'conflict'),
    total: numberAt(row, 'salience'),
  };
}

function sourceOf(row: Row): Source {
  const project = optionalTextAt(row, 'source_project') as ProjectId | undefined;
  const session = optionalTextAt(row, 'source_session');
  const message = optionalTextAt(row, 'source_message');
  const file = optionalTextAt(row, 'source_file');
  const externalId = optionalTextAt(row, 'external_id');
  return {
    assistant: textAt(row, 'source_assistant'),
    ...(project !== undefined && { project }),
    ...(session !== undefined && { session }),
    ...(message !== undefined && { message }),
    ...(file !== undefined && { file }),
    ...(externalId !== undefined && { externalId }),
  };
}

function citationOf(value: unknown): Citation {
  const { path, blob } = Object(value) as { path?: unknown; blob?: unknown };
  return { path: String(path), ...(typeof blob === 'string' && { blob }) };
}
