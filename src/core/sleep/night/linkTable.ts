/** Links by where they run from: found without a key of text for each, and always in one order. */
import { type Link, type LinkKind, linkKinds, type MemoryId } from '../../memory.ts';
import { eachStep, type Steps, sortSteps } from '../../steps.ts';

export interface LinkTable {
  get(from: MemoryId, to: MemoryId, kind: LinkKind): Link | undefined;
  /** Puts it in the place of one with the same ends and kind. */
  set(link: Link): void;
  delete(from: MemoryId, to: MemoryId, kind: LinkKind): void;
  /** Does any link run between the two, whichever way? */
  joins(a: MemoryId, b: MemoryId): boolean;
  /** By `from`, then `to`, then kind. */
  inOrder(): Steps<readonly Link[]>;
}

const isBefore = (a: Link, to: MemoryId, kind: LinkKind) => a.to < to || (a.to === to && a.kind < kind);
const isAt = (a: Link | undefined, to: MemoryId, kind: LinkKind): a is Link =>
  a?.to === to && a.kind === kind;

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Fast where links come in order. */
export function createLinkTable(): LinkTable {
  const rows = new Map<MemoryId, Link[]>();
  let size = 0;
  const placeIn = (row: readonly Link[], to: MemoryId, kind: LinkKind) => {
    let at = row.length;
    while (at > 0 && !isBefore(row[at - 1] as Link, to, kind)) at--;
    return at;
  };
  const table: LinkTable = {
    get(from, to, kind) {
      const row = rows.get(from);
      if (row === undefined) return undefined;
      const found = row[placeIn(row, to, kind)];
      return isAt(found, to, kind) ? found : undefined;
    },
    set(link) {
      const row = rows.get(link.from);
      if (row === undefined) {
        rows.set(link.from, [link]);
        size++;
        return;
      }
      const at = placeIn(row, link.to, link.kind);
      if (isAt(row[at], link.to, link.kind)) row[at] = link;
      else {
        /* Of just the length it needs: a list that grows keeps room for a dozen more, in tens of thousands of rows. */
        rows.set(link.from, [...row.slice(0, at), link, ...row.slice(at)]);
        size++;
      }
    },
    delete(from, to, kind) {
      const row = rows.get(from);
      if (row === undefined) return;
      const at = placeIn(row, to, kind);
      if (!isAt(row[at], to, kind)) return;
      row.splice(at, 1);
      size--;
      if (row.length === 0) rows.delete(from);
    },
    joins: (a, b) =>
      linkKinds.some((kind) => table.get(a, b, kind) !== undefined || table.get(b, a, kind) !== undefined),
    *inOrder() {
      const all = new Array<Link>(size);
      let at = 0;
      yield* eachStep(yield* sortSteps([...rows.keys()], byText), (from) => {
        for (const link of rows.get(from) ?? []) all[at++] = link;
      });
      return all;
    },
  };
  return table;
}
