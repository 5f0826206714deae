/** Which memories may be told at all, whatever the occasion. */
import { type Memory, type MemoryId, type ProjectId, type Receipt, toldWords } from '../memory.ts';
import { tunables } from '../tunables.ts';
import { isToolEvent } from './request.ts';
import { plainLine } from './wording.ts';

/**
 * A rule, skill or accepted insight in use; or, so that a lesson counts before its first night, an episode that
 * its owner said outright as lasting, or wrote down by hand as a decision, and that no night has looked at yet.
 * Superseded, contradicted and outdated ones never, nor what the team's own instruction file says already.
 */
export function mayBeTold(memory: Memory, project: ProjectId | undefined): boolean {
  if (memory.status !== 'active' || memory.oneOff) return false;
  if (memory.replacedBy !== undefined || memory.contradictedBy !== undefined) return false;
  if (memory.obsoleteAt !== undefined || memory.restates !== undefined) return false;
  if (memory.scope.level !== 'user' && memory.scope.project !== project) return false;
  switch (memory.kind) {
    case 'rule':
    case 'skill':
    case 'insight':
      return saysSomething(toldWords(memory));
    case 'episode':
      return isFresh(memory);
    case 'merged':
      return false;
  }
}

/** Anything is left once hidden characters are gone. */
const saysSomething = (text: string) => plainLine(text, 8) !== '';

/** Ways in by which a person records something on purpose. */
const byHand: ReadonlySet<string> = new Set(['command', 'mcp', 'tool', 'cli', 'chat']);

function isFresh(memory: Memory): boolean {
  const lasting = memory.standing || (memory.label === 'decision' && byHand.has(memory.source.assistant));
  return (
    lasting &&
    memory.sleptAt === undefined &&
    memory.confidence >= tunables.injection.freshConfidence &&
    saysSomething(memory.lesson.statement)
  );
}

/** What a session was told already and has not broken since. */
export function toldAlready(receipts: readonly Receipt[]): ReadonlySet<MemoryId> {
  const latest = new Map<MemoryId, Receipt>();
  for (const receipt of receipts) {
    const known = latest.get(receipt.memory);
    if (known === undefined || receipt.at >= known.at) latest.set(receipt.memory, receipt);
  }
  return new Set(
    [...latest.values()].filter(({ verdict }) => verdict !== 'violated').map(({ memory }) => memory),
  );
}

/**
 * What a session was told with its start or a prompt, not with a tool: a rule that was broken more often than kept is told
 * once more, just in time.
 */
export function toldOnlyBefore(receipts: readonly Receipt[]): ReadonlySet<MemoryId> {
  const inTime = new Set(receipts.filter(({ event }) => isToolEvent(event)).map(({ memory }) => memory));
  return new Set(receipts.map(({ memory }) => memory).filter((memory) => !inTime.has(memory)));
}
