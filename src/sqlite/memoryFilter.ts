/** A filter of memories as SQL: which, and in what order. */
import type { MemoryFilter } from '../core/ports.ts';
import { keys } from './bulk.ts';
import type { SqlValue } from './connection.ts';

/** More stretches of an index are not asked for one by one. */
const mostStretches = 64;

export interface Conditions {
  readonly where: string;
  readonly parameters: readonly SqlValue[];
}

export function conditions(filter: MemoryFilter): Conditions {
  const parts: string[] = [];
  const parameters: SqlValue[] = [];
  const put = (condition: string, ...values: readonly SqlValue[]) => {
    parts.push(condition);
    parameters.push(...values);
  };
  if (filter.kinds !== undefined) put('kind IN (SELECT value FROM json_each(?))', keys(filter.kinds));
  if (filter.statuses !== undefined) put('status IN (SELECT value FROM json_each(?))', keys(filter.statuses));
  if (filter.project !== undefined) put('(scope_project IS NULL OR scope_project = ?)', filter.project);
  if (filter.since !== undefined) put('created_at >= ?', filter.since);
  if (filter.until !== undefined) put('created_at <= ?', filter.until);
  if (filter.guards) put('guard = 1');
  return { where: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`, parameters };
}

/**
 * Those of a project, of certain kinds and statuses: each place, kind and status by itself is a stretch of the index in
 * the order of time, of which no more is read than is wanted. Asked in one condition, SQLite looks at every entry of the
 * project, which a hook feels in a large memory.
 */
export function narrowed(filter: MemoryFilter): Conditions | undefined {
  const { project, kinds, statuses, limit, since, until, guards } = filter;
  if (project === undefined || kinds === undefined || statuses === undefined) return undefined;
  const order = filter.order ?? 'newest';
  const most =
    order === 'strongest' || limit === undefined ? -1 : Math.floor(limit) + Math.floor(filter.offset ?? 0);
  const direction = order === 'oldest' ? 'ASC' : 'DESC';
  const parameters: SqlValue[] = [];
  const stretches = [null, project].flatMap((place) =>
    [...new Set(kinds)].flatMap((kind) =>
      [...new Set(statuses)].map((status) => {
        parameters.push(
          ...(place === null ? [] : [place]),
          kind,
          status,
          ...(since === undefined ? [] : [since]),
          ...(until === undefined ? [] : [until]),
          most,
        );
        return `SELECT seq FROM (SELECT seq FROM memories
          WHERE scope_project ${place === null ? 'IS NULL' : '= ?'} AND kind = ? AND status = ?
          ${since === undefined ? '' : 'AND created_at >= ?'} ${until === undefined ? '' : 'AND created_at <= ?'}
          ${guards ? 'AND guard = 1' : ''}
          ORDER BY created_at ${direction}, seq ${direction} LIMIT ?)`;
      }),
    ),
  );
  if (stretches.length === 0 || stretches.length > mostStretches) return undefined;
  return { where: `WHERE seq IN (${stretches.join(' UNION ALL ')})`, parameters };
}

export function orderOf(filter: MemoryFilter): string {
  switch (filter.order ?? 'newest') {
    case 'newest':
      /* Within a project its own index narrows more than that of time: the plus keeps the planner off that one. */
      return filter.project === undefined ? 'created_at DESC, seq DESC' : '+created_at DESC, seq DESC';
    case 'oldest':
      return 'created_at, seq';
    case 'strongest':
      /* The effective strength, as in core: pinned memories do not decay. */
      return `CASE WHEN pinned THEN strength
        ELSE strength * pow(rate, max(0, ? - last_accessed_at) / 86400000.0) END DESC, seq DESC`;
  }
}
