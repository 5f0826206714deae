/** The lines of the list of rules: rules under the place where they hold. */
import type { MemoryCard, ScopeCard } from '../../src/core/protocol.ts';
import type { ListLine } from '../parts/list.ts';
import { projectWords } from '../words.ts';

/** A rule, or the heading of a place with the number of its rules. */
export interface RuleLine extends ListLine {
  readonly card?: MemoryCard;
  readonly scope?: ScopeCard;
  readonly count?: number;
}

/** Open projects first, then what holds everywhere, then the other projects by name; pinned and strong ones on top. */
export function groupByScope(cards: readonly MemoryCard[], here: readonly string[]): readonly RuleLine[] {
  const groups = new Map<string, { readonly scope: ScopeCard; readonly cards: MemoryCard[] }>();
  for (const card of cards) {
    const scope: ScopeCard =
      card.scope.project === undefined
        ? { level: 'user' }
        : { level: 'project', project: card.scope.project };
    const key = scope.project ?? '';
    const group = groups.get(key) ?? { scope, cards: [] };
    group.cards.push(card);
    groups.set(key, group);
  }
  const rank = (key: string) => (here.includes(key) ? 0 : key === '' ? 1 : 2);
  const ordered = [...groups].sort(
    ([left, a], [right, b]) =>
      rank(left) - rank(right) || nameOf(a.scope).localeCompare(nameOf(b.scope)) || left.localeCompare(right),
  );
  return ordered.flatMap(([key, group]) => [
    { key: `scope:${key}`, heading: true, scope: group.scope, count: group.cards.length },
    ...group.cards
      .sort(
        (a, b) =>
          Number(b.pinned) - Number(a.pinned) || b.effective - a.effective || a.id.localeCompare(b.id),
      )
      .map((card) => ({ key: card.id, heading: false, card })),
  ]);
}

function nameOf(scope: ScopeCard): string {
  return scope.project === undefined ? '' : projectWords(scope.project);
}
