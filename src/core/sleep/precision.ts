/**
 * N2, with the other two: how reliable has each rule proved? Beta counts grow by what receipts say (was the rule
 * obeyed or broken?) and by contradictions, and stay as they were where the new counts would have foretold the
 * held-out uses worse than the old.
 */
import { append } from '../lists.ts';
import { isKnowledge, type Link, type Memory, type MemoryId, type Receipt, type Verdict } from '../memory.ts';
import type { MemoryPatch } from '../ports.ts';
import { reinforced } from '../reinforcement.ts';
import { eachOf } from '../steps.ts';
import { tunables } from '../tunables.ts';
import { numberFact } from './night/living.ts';
import type { Change, SleepPhase } from './phase.ts';
import { learnWeights } from './salienceLearning.ts';

const factKey = 'precision.through';

/** One use of a rule: did it hold? */
interface Outcome {
  readonly held: boolean;
}

/**
 * Do the outcomes help to foretell each other? Leave-one-out log score with all other outcomes counted, against the
 * score of the counts as they were. Too few outcomes hold nothing out: a Beta count of one is the least step there is.
 */
export function foretellsBetter(alpha: number, beta: number, outcomes: readonly Outcome[]): boolean {
  if (outcomes.length < tunables.precision.testFrom) return true;
  const held = outcomes.filter((outcome) => outcome.held).length;
  const broken = outcomes.length - held;
  const total = alpha + beta;
  const before = held * Math.log(alpha / total) + broken * Math.log(beta / total);
  const rest = total + outcomes.length - 1;
  const after =
    (held === 0 ? 0 : held * Math.log((alpha + held - 1) / rest)) +
    (broken === 0 ? 0 : broken * Math.log((beta + broken - 1) / rest));
  return after >= before;
}

/**
 * A rule whose subject came up where it was told was in use, kept or broken: strength grows with use. Each conversation
 * counts once; what never came up counts for nothing.
 */
function usedIn(uses: readonly Receipt[], rule: Memory): MemoryPatch {
  if (!isKnowledge(rule)) return {};
  const cameUp = new Map<string, number>();
  for (const { verdict, session, at } of uses)
    if (verdict === 'obeyed' || verdict === 'violated')
      cameUp.set(session, Math.max(at, cameUp.get(session) ?? at));
  if (cameUp.size === 0) return {};
  const { pinned } = rule;
  let { strength, rate, lastAccessedAt, accessCount } = rule;
  for (const at of [...cameUp.values()].sort((one, other) => one - other))
    ({ strength, rate, lastAccessedAt, accessCount } = reinforced(
      { pinned, strength, rate, lastAccessedAt, accessCount },
      at,
    ));
  return { strength, rate, lastAccessedAt, accessCount };
}

/** A conversation that was told a rule twice kept or broke it once. */
const conversationsThat = (uses: readonly Receipt[], verdict: Verdict): number =>
  new Set(uses.filter((use) => use.verdict === verdict).map(({ session, id }) => session || id)).size;

export const precision: SleepPhase = {
  name: 'precision',
  stage: 'N2',
  async run(snapshot, context) {
    const told = snapshot.receipts.filter(({ counted, verdict }) => !counted && verdict !== 'unknown');
    const through = numberFact(snapshot, factKey) ?? Number.NEGATIVE_INFINITY;
    const against: Link[] = [];
    await eachOf(snapshot.links, context.breathe, (link) => {
      if (link.kind === 'contradicts' && link.createdAt > through) against.push(link);
    });
    /* Of all memories only those that anything was told about. */
    const named = new Set([...told.map(({ memory }) => memory), ...against.map(({ to }) => to)]);
    const memories = new Map<MemoryId, Memory>();
    await eachOf(snapshot.memories, context.breathe, (memory) => {
      if (named.has(memory.id) && context.inScope(memory)) memories.set(memory.id, memory);
    });
    const receipts = new Map<MemoryId, Receipt[]>();
    for (const receipt of told) if (memories.has(receipt.memory)) append(receipts, receipt.memory, receipt);
    const contradictions = new Map<MemoryId, number>();
    let latest = through;
    for (const { to, createdAt } of against) {
      const target = memories.get(to);
      if (target === undefined || !isKnowledge(target)) continue;
      contradictions.set(to, (contradictions.get(to) ?? 0) + 1);
      latest = Math.max(latest, createdAt);
    }

    const changes: Change[] = [];
    let counted = 0;
    let withheld = 0;
    const rules = new Set([...receipts.keys(), ...contradictions.keys()]);
    for (const id of [...rules].sort()) {
      await context.breathe();
      const rule = memories.get(id);
      if (rule === undefined) continue;
      const uses = receipts.get(id) ?? [];
      const obeyed = conversationsThat(uses, 'obeyed');
      const violated = conversationsThat(uses, 'violated');
      const opposed = contradictions.get(id) ?? 0;
      const outcomes = [
        ...Array<Outcome>(obeyed).fill({ held: true }),
        ...Array<Outcome>(violated + opposed).fill({ held: false }),
      ];
      /* A contradiction is weighed at once: its mark moves on and it would not be seen again. */
      if (opposed === 0 && !foretellsBetter(rule.alpha, rule.beta, outcomes)) {
        withheld += uses.length;
        continue;
      }
      if (outcomes.length > 0) {
        changes.push({
          type: 'update',
          id,
          patch: { alpha: rule.alpha + obeyed, beta: rule.beta + violated + opposed, ...usedIn(uses, rule) },
          why: `Since the last sleep obeyed ${obeyed}×, broken ${violated}×, contradicted ${opposed}×.`,
        });
      }
      for (const receipt of uses) {
        changes.push({ type: 'receipt-counted', receipt: receipt.id, why: `Weighed as ${receipt.verdict}.` });
        counted++;
      }
    }
    if (latest > through) {
      changes.push({
        type: 'fact',
        key: factKey,
        value: latest,
        why: 'Contradictions found until here are weighed.',
      });
    }
    const learnt = await learnWeights(snapshot, context);
    changes.push(...learnt);
    const weighed =
      counted + contradictions.size === 0
        ? 'No new uses of rules to weigh.'
        : `Weighed ${counted} uses of ${receipts.size} rules and contradictions of ${contradictions.size}${withheld > 0 ? `; ${withheld} uses told nothing yet and wait` : ''}.`;
    return {
      changes,
      report: {
        read: snapshot.receipts.length,
        detail: [weighed, ...learnt.map(({ why }) => why)].join(' '),
        measures: {
          receipts: counted,
          contradictions: [...contradictions.values()].reduce((sum, times) => sum + times, 0),
          withheld,
          rules: rules.size,
          weights: learnt.length,
        },
      },
    };
  },
};
