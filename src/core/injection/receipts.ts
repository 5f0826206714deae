/**
 * Was it obeyed? What follows in a session judges what the session was told. Looks only at the receipts of that
 * session and the memories they name.
 */
import type { Memory, Receipt, Verdict } from '../memory.ts';
import type { Ids, MemoryStore, ReceiptStore } from '../ports.ts';
import { idf } from '../recall/scoring.ts';
import { actionsOf } from '../text/actions.ts';
import { termSetOf, termsOf } from '../text/terms.ts';
import { tunables } from '../tunables.ts';
import { type Act, isBrokenBy, keeps } from './breach.ts';

/** Something that happened after a rule was told. */
export type Event =
  /** What the user said; `corrective` where capture read it as a correction of the assistant. */
  | { readonly type: 'said'; readonly text: string; readonly at: number; readonly corrective: boolean }
  /** A command the assistant ran. */
  | { readonly type: 'done'; readonly text: string; readonly at: number };

export interface Judged {
  readonly receipt: Receipt;
  readonly verdict: Verdict;
  /** One sentence for the owner; no user text. */
  readonly why: string;
}

export interface ReceiptJudge {
  /**
   * Judges the receipts of `session` that are still unknown, or that were taken for obeyed and prove not to be, and
   * stores the verdicts. Answers those that changed.
   * @param events of this session, in any order. @param over the session has ended: what never came up was irrelevant.
   */
  judge(session: string, events: readonly Event[], over: boolean): Promise<readonly Judged[]>;
}

/** What follows can still change its verdict. */
export const isToBeJudged = ({ verdict, counted }: Receipt): boolean =>
  !counted && (verdict === 'unknown' || verdict === 'obeyed');

interface Rule {
  readonly memory: Memory;
  readonly terms: ReadonlySet<string>;
  readonly mass: number;
}

export function createReceiptJudge(deps: {
  readonly memories: MemoryStore;
  readonly receipts: ReceiptStore;
  readonly ids: Pick<Ids, 'derive'>;
}): ReceiptJudge {
  const { memories, receipts, ids } = deps;
  return {
    async judge(session, events, over) {
      const left = (await receipts.receiptsOfSession(session)).filter(isToBeJudged);
      if (left.length === 0) return [];
      const found = await memories.getMany([...new Set(left.map(({ memory }) => memory))]);
      const worth = await worthOf(memories, found);
      const rules = new Map(found.map((memory) => [memory.id, ruleOf(memory, worth)]));
      const heard = events.map((event) => ({
        event,
        act: event.type === 'done' ? { command: event.text } : {},
        terms: termSetOf(event.text),
        hash: promptHashOf(ids, event.text),
      }));
      const changed: Judged[] = [];
      for (const receipt of left) {
        const rule = rules.get(receipt.memory);
        const judged =
          rule === undefined
            ? { verdict: 'unknown' as const, why: 'The memory is gone.' }
            : verdictOf(
                rule,
                heard.filter(({ event }) => event.at >= receipt.at),
                receipt,
                worth,
                over,
              );
        if (judged.verdict === receipt.verdict || judged.verdict === 'unknown') continue;
        if (receipt.verdict === 'obeyed' && judged.verdict !== 'violated') continue;
        await receipts.setVerdict(receipt.id, judged.verdict);
        changed.push({ receipt, ...judged });
      }
      return changed;
    },
  };
}

type Worth = (term: string) => number;

async function worthOf(memories: MemoryStore, found: readonly Memory[]): Promise<Worth> {
  const terms = new Set(found.flatMap((memory) => [...lessonTerms(memory)]));
  const { total, counts } = await memories.termCounts([...terms], 'any');
  return (term) => idf(Math.max(total, tunables.injection.leastMemories), counts.get(term) ?? 0);
}

function lessonTerms({ text, lesson }: Memory): ReadonlySet<string> {
  return termSetOf([text, lesson.statement, lesson.wrong ?? '', lesson.right ?? ''].join('\n'));
}

function ruleOf(memory: Memory, worth: Worth): Rule {
  const terms = lessonTerms(memory);
  return { memory, terms, mass: [...terms].reduce((sum, term) => sum + worth(term), 0) };
}

interface Heard {
  readonly event: Event;
  readonly act: Act;
  readonly terms: ReadonlySet<string>;
  readonly hash: string;
}

/** What a receipt remembers of the prompt, command or path it was left at. */
export const promptHashOf = (ids: Pick<Ids, 'derive'>, text: string) => ids.derive('p', text);

function verdictOf(
  rule: Rule,
  heard: readonly Heard[],
  { promptHash }: Receipt,
  worth: Worth,
  over: boolean,
): { readonly verdict: Verdict; readonly why: string } {
  const { same, touched } = tunables.injection.judge;
  if (heard.some(({ act }) => isBrokenBy(rule.memory, act))) {
    return { verdict: 'violated', why: 'The assistant did what the rule says not to do.' };
  }
  /* The very words it was told with came before it. */
  const complaints = heard.filter(
    ({ event, hash }) => event.type === 'said' && event.corrective && hash !== promptHash,
  );
  if (complaints.some(({ terms }) => shareOf(rule, terms, worth) >= same)) {
    return { verdict: 'violated', why: 'The same thing had to be corrected again in this session.' };
  }
  const cameUp = heard.some(({ event, terms }) => {
    if (event.type === 'done') return keeps(rule.memory, terms) || shareOf(rule, terms, worth) >= same;
    return !event.corrective && (shareOf(rule, terms, worth) >= touched || sameStep(rule.memory, terms));
  });
  if (cameUp && over)
    return { verdict: 'obeyed', why: 'Its subject came up and nothing had to be corrected.' };
  if (over) return { verdict: 'irrelevant', why: 'Its subject did not come up in this session.' };
  return { verdict: 'unknown', why: 'The session goes on.' };
}

/** Share (0..1) of the rule's informative words, or of the message's that the rule knows, that the two share. */
function shareOf(rule: Rule, terms: ReadonlySet<string>, worth: Worth): number {
  let shared = 0;
  let count = 0;
  for (const term of rule.terms) {
    if (!terms.has(term)) continue;
    shared += worth(term);
    count += 1;
  }
  if (count < Math.min(2, rule.terms.size)) return 0;
  let other = 0;
  for (const term of terms) other += worth(term);
  return shared / Math.max(Number.EPSILON, Math.min(rule.mass, other));
}

/** Both are about the same step of work, where the rule names one situation. */
function sameStep({ lesson }: Memory, terms: ReadonlySet<string>): boolean {
  const steps = actionsOf(termsOf(lesson.when ?? ''));
  if (steps.size === 0) return false;
  const met = actionsOf(terms);
  return [...steps].some((step) => met.has(step));
}
