/** The full-text index: what of a memory is found by which words, and how much each place of the words counts. */
import { createHash } from 'node:crypto';
import { indexedText } from '../core/indexedTexts.ts';
import type { ProjectId } from '../core/memory.ts';
import type { Candidate, IndexedTerms, IndexQuery } from '../core/ports.ts';
import { termsOf } from '../core/text/terms.ts';
import { numberAt, storable, textAt } from './columns.ts';
import type { Row, Session, SqlValue } from './connection.ts';
import { decodeField, decodeMemory, type Field, selectMemoryOfM } from './memoryRow.ts';

/**
 * Weights of the index's columns in BM25, ≥ 0, in the order of the table. `place` only restricts. The lesson's why
 * and when, and the cues, say when a memory applies; the context is what the assistant said, not what was learnt.
 */
const weights = { place: 0, words: 3, lesson: 1.5, cues: 2, tags: 1.5, citations: 1, context: 0.5 } as const;
const textColumns = '{words lesson cues tags citations context}';

/** A question with more distinct terms (a pasted log) is cut here: the rest would cost more than it tells. */
const mostTerms = 256;

/** What each column of the index is made of. */
const madeOf = {
  place: ['scope'],
  words: ['text', 'lesson'],
  lesson: ['lesson'],
  cues: ['cues'],
  tags: ['tags', 'topic'],
  citations: ['citations'],
  context: ['context'],
} as const satisfies Record<keyof typeof weights, readonly Field[]>;

export type TermColumn = keyof typeof weights;
export const termColumns = Object.keys(weights) as readonly TermColumn[];

/** The fields that columns of the index are made of. */
export const fieldsOfTerms = (columns: readonly TermColumn[]): readonly Field[] => [
  ...new Set(columns.flatMap((column) => madeOf[column])),
];

/** The columns of the index that change with `changed` fields. */
export const termColumnsOf = (changed: ReadonlySet<Field>): readonly TermColumn[] =>
  termColumns.filter((column) => madeOf[column].some((field) => changed.has(field)));

const terms = (text: string) => termsOf(text).join(' ');

const termsIn: { readonly [C in TermColumn]: (row: Row) => string } = {
  place: (row) => {
    const scope = decodeField('scope', row);
    return placeOf(scope.level === 'user' ? undefined : scope.project);
  },
  words: (row) =>
    terms(indexedText.words({ text: decodeField('text', row), lesson: decodeField('lesson', row) })),
  lesson: (row) => terms(indexedText.lesson({ lesson: decodeField('lesson', row) })),
  cues: (row) => terms(indexedText.cues({ cues: decodeField('cues', row) })),
  tags: (row) =>
    terms(indexedText.tags({ tags: decodeField('tags', row), topic: decodeField('topic', row) })),
  citations: (row) => terms(indexedText.citations({ citations: decodeField('citations', row) })),
  context: (row) => {
    const context = decodeField('context', row);
    return terms(indexedText.context(context === undefined ? {} : { context }));
  },
};

/** Columns of the row of `memory_terms` for the row of a memory, in the order asked for. */
export const indexTerms = (row: Row, columns: readonly TermColumn[]): readonly SqlValue[] =>
  columns.map((column) => termsIn[column](row));

/** A term for "of this project" that no text can contain: `$` is never part of a term. */
function placeOf(project: ProjectId | undefined): string {
  if (project === undefined) return '$user';
  const known = places.get(project);
  if (known !== undefined) return known;
  const place = `$${createHash('sha256').update(storable(project)).digest('hex').slice(0, 16)}`;
  if (places.size >= mostPlaces) places.clear();
  places.set(project, place);
  return place;
}

/** Every memory of a project asks for the same. */
const places = new Map<ProjectId, string>();
const mostPlaces = 1000;

const quoted = (term: string) => `"${term.replace(/"/g, '""')}"`;

function placeFilter(project: ProjectId | 'any' | undefined): string {
  if (project === 'any') return '';
  const places = project === undefined ? [placeOf(undefined)] : [placeOf(undefined), placeOf(project)];
  return `place : (${places.map(quoted).join(' OR ')}) AND `;
}

/** What the index can hold: letters, digits, `_`. Anything else in a question is no term. */
const usable = (terms: readonly string[]) =>
  [...new Set(terms)]
    .filter((term) => /^\w+$/.test(term) || /^[\p{L}\p{N}_]+$/u.test(term))
    .slice(0, mostTerms);

const list = (count: number) => Array.from({ length: count }, () => '?').join(', ');

/** Best first; ties by age of the entry, so that the same database gives the same answer. */
export async function search(sql: Session, query: IndexQuery): Promise<readonly Candidate[]> {
  const terms = usable(query.terms);
  if (terms.length === 0 || query.statuses.length === 0 || query.limit <= 0) return [];
  const match = `${placeFilter(query.project)}${textColumns} : (${terms.map(quoted).join(' OR ')})`;
  const kinds = query.kinds;
  const rows = await sql.all(
    `SELECT found.relevance, t.words AS words_terms, t.cues AS cues_terms, t.tags AS tags_terms, ${selectMemoryOfM}
     FROM (
       SELECT i.rowid AS seq, -bm25(memory_index, ${Object.values(weights).join(', ')}) AS relevance
       FROM memory_index i CROSS JOIN memories c INDEXED BY memories_narrow ON c.seq = i.rowid
       WHERE memory_index MATCH ? AND c.status IN (${list(query.statuses.length)})
         ${kinds === undefined ? '' : `AND c.kind IN (${list(kinds.length)})`}
       ORDER BY relevance DESC, i.rowid LIMIT ?
     ) found CROSS JOIN memories m ON m.seq = found.seq CROSS JOIN memory_terms t ON t.seq = found.seq
     ORDER BY found.relevance DESC, found.seq`,
    [match, ...query.statuses, ...(kinds ?? []), Math.floor(query.limit)],
  );
  return rows.map((row) => ({
    memory: decodeMemory(row),
    terms: termsAt(row),
    relevance: Math.max(0, numberAt(row, 'relevance')),
  }));
}

const termsAt = (row: Row): IndexedTerms => ({
  words: termsInColumn(row, 'words_terms'),
  cues: termsInColumn(row, 'cues_terms'),
  tags: termsInColumn(row, 'tags_terms'),
});

function termsInColumn(row: Row, column: string): readonly string[] {
  const joined = textAt(row, column);
  return joined === '' ? [] : joined.split(' ');
}

const countOfProject = `SELECT (SELECT count(*) FROM memories WHERE scope_project IS NULL)
  + (SELECT count(*) FROM memories WHERE scope_project = ?) AS n`;

/**
 * Counts each of a list of searches, and last, without a place in the list, the memories of a project and the user's own;
 * in one question: crossing to the native side costs more than counting.
 */
const countEach = `SELECT asked.key AS at, (SELECT count(*) FROM memory_index WHERE memory_index MATCH asked.value) AS n
  FROM json_each(?) asked UNION ALL SELECT -1 AS at, n FROM (${countOfProject})`;

/** In how many memories of `project` and the user's own each term stands, and how many memories there are. */
export async function termCounts(
  sql: Session,
  terms: readonly string[],
  project: ProjectId | 'any' | undefined,
): Promise<{ readonly total: number; readonly counts: ReadonlyMap<string, number> }> {
  const counts = new Map(terms.map((term) => [term, 0]));
  const place = placeFilter(project);
  const asked = usable(terms);
  /* Over everything, the index's own vocabulary knows: a walk along one list instead of a question. */
  if (project === 'any') {
    const rows = await sql.all(
      'SELECT term, doc AS n FROM memory_vocabulary WHERE term IN (SELECT value FROM json_each(?))',
      [JSON.stringify(asked)],
    );
    for (const row of rows) counts.set(textAt(row, 'term'), numberAt(row, 'n'));
    const [all] = await sql.all('SELECT count(*) AS n FROM memories');
    return { total: all === undefined ? 0 : numberAt(all, 'n'), counts };
  }
  const searches = asked.map((term) => `${place}${textColumns} : ${quoted(term)}`);
  let total = 0;
  for (const row of await sql.all(countEach, [JSON.stringify(searches), project ?? null])) {
    const term = asked[numberAt(row, 'at')];
    if (term !== undefined) counts.set(term, numberAt(row, 'n'));
    else total = numberAt(row, 'n');
  }
  return { total, counts };
}
