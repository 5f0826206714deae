/**
 * Links found by their ends. Those of a snapshot stay in its one list, which is in order, and are found by halving; only the
 * rows that change (all links from one memory) are copied out of it. Of many links a list for each row took as much as
 * the links themselves.
 */
import { type Link, type LinkKind, linkKinds, type MemoryId } from '../../memory.ts';
import { eachStep, type Steps, sortSteps } from '../../steps.ts';

export interface LinkTable {
  get(from: MemoryId, to: MemoryId, kind: LinkKind): Link | undefined;
  /** Puts it in the place of one with the same ends and kind. */
  set(link: Link): void;
  delete(from: MemoryId, to: MemoryId, kind: LinkKind): void;
  /** Does any link run between the two, whichever way? */
  joins(a: MemoryId, b: MemoryId): boolean;
  /** By `from`, then `to`, then kind. What was handed out stays as it is. */
  inOrder(): Steps<readonly Link[]>;
}

export const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
/** By `from`, then `to`, then kind. */
export const byEnds = (a: Link, b: Link) =>
  byText(a.from, b.from) || byText(a.to, b.to) || byText(a.kind, b.kind);

/** Before all others in the order of texts. */
const firstKind = linkKinds.toSorted()[0] as LinkKind;

/** Among links in order, the place of the first that is not before these ends. */
function placeIn(links: readonly Link[], from: MemoryId, to: MemoryId | '', kind: LinkKind): number {
  let [low, high] = [0, links.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const here = links[middle] as Link;
    const isBefore =
      here.from < from || (here.from === from && (here.to < to || (here.to === to && here.kind < kind)));
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The links from one memory, which lie one after the other. */
function rowIn(links: readonly Link[], from: MemoryId): Link[] {
  const start = placeIn(links, from, '', firstKind);
  let end = start;
  while (links[end]?.from === from) end++;
  return links.slice(start, end);
}

/** @param start best in order ({@link byEnds}): otherwise it is sorted. */
export function* linkTableSteps(start: readonly Link[]): Steps<LinkTable> {
  let base = yield* sortSteps(start, byEnds);
  /* Rows that changed; they count instead of those in `base`. */
  const rows = new Map<MemoryId, Link[]>();
  let size = base.length;
  const linksWith = (from: MemoryId): readonly Link[] => rows.get(from) ?? base;
  const changing = (from: MemoryId): Link[] => {
    let row = rows.get(from);
    if (row === undefined) {
      row = rowIn(base, from);
      rows.set(from, row);
    }
    return row;
  };
  const isAt = (link: Link | undefined, from: MemoryId, to: MemoryId) =>
    link?.from === from && link.to === to;
  const get = (from: MemoryId, to: MemoryId, kind: LinkKind) => {
    const links = linksWith(from);
    const found = links[placeIn(links, from, to, kind)];
    return isAt(found, from, to) && found?.kind === kind ? found : undefined;
  };
  const runs = (from: MemoryId, to: MemoryId) => {
    const links = linksWith(from);
    return isAt(links[placeIn(links, from, to, firstKind)], from, to);
  };
  return {
    get,
    set(link) {
      const { from, to, kind } = link;
      const isThere = get(from, to, kind) !== undefined;
      const row = changing(from);
      const at = placeIn(row, from, to, kind);
      if (isThere) row[at] = link;
      else {
        /* Of just the length it needs: a list that grows keeps room for a dozen more, in tens of thousands of rows. */
        rows.set(from, [...row.slice(0, at), link, ...row.slice(at)]);
        size++;
      }
    },
    delete(from, to, kind) {
      if (get(from, to, kind) === undefined) return;
      const row = changing(from);
      row.splice(placeIn(row, from, to, kind), 1);
      size--;
    },
    joins: (a, b) => runs(a, b) || runs(b, a),
    *inOrder() {
      if (rows.size === 0) return base;
      const all = new Array<Link>(size);
      let [read, written] = [0, 0];
      const write = (link: Link) => {
        all[written++] = link;
      };
      /* What lies before a changed row is taken as it is, and of its own place there nothing. */
      for (const from of yield* sortSteps([...rows.keys()], byText)) {
        yield;
        const place = placeIn(base, from, '', firstKind);
        yield* eachStep(base.slice(read, place), write);
        yield* eachStep(rows.get(from) ?? [], write);
        read = place;
        while (base[read]?.from === from) read++;
      }
      yield* eachStep(base.slice(read), write);
      base = all;
      rows.clear();
      return all;
    },
  };
}
