/**
 * After the night, and only where its owner chose a language model: the lessons and dreams of this night are worded
 * by it, each from its own evidence. The night has settled by then and lacks nothing; whatever goes wrong here leaves
 * the words that were found without the model, and is told in the report.
 */
import { ReverieError } from '../../errors.ts';
import { isKnowledge, type Memory, type MemoryId } from '../../memory.ts';
import { ModelFailure, type ModelRefusal, refusals, refusalWords } from '../../model.ts';
import type { LanguageModel, Log, Tokenizer } from '../../ports.ts';
import { tunables } from '../../tunables.ts';
import { TimeUsedUp } from '../night/breath.ts';
import type { Change, ModelAccount, PhaseReport, SleepSnapshot } from '../phase.ts';
import { judgeDream, judgeRule, type RuleWords } from './modelAnswer.ts';
import { askAboutDream, askAboutRule, type ModelQuestion } from './modelPrompt.ts';

/** What a language model may cost in one night. */
export interface ModelBudget {
  readonly calls: number;
  readonly answerTokens: number;
  readonly callSeconds: number;
  readonly seconds: number;
}

export const usualModelBudget: ModelBudget = {
  calls: tunables.model.calls,
  answerTokens: tunables.model.answerTokens,
  callSeconds: tunables.model.callSeconds,
  seconds: tunables.model.seconds,
};

export interface WordingDeps {
  readonly model: LanguageModel;
  readonly budget: ModelBudget;
  readonly tokenizer: Tokenizer;
  readonly log: Log;
  /** Monotonic milliseconds of real time. */
  readonly elapsed: () => number;
  /** Keeps the lease; throws where the night was stopped or its time is used up. */
  readonly breathe: () => Promise<void>;
  readonly signal?: AbortSignal;
  /** Milliseconds left of the night. */
  readonly left: number;
}

export interface Worded {
  readonly changes: readonly Change[];
  readonly account: ModelAccount;
}

/** No sense in asking the next question after these. */
const final: ReadonlySet<ModelRefusal> = new Set([
  'not-set-up',
  'unauthorized',
  'no-consent',
  'cancelled',
  'budget',
]);
const unanswered: ReadonlySet<ModelRefusal> = new Set(['busy', 'unavailable', 'slow', 'cut']);

/** What of `born` can be worded: lessons that may be told, then dreams; the weightiest first. */
export function wordable(snapshot: SleepSnapshot, born: ReadonlySet<MemoryId>): readonly Memory[] {
  const rank = ({ kind }: Memory) => (kind === 'insight' ? 1 : 0);
  return snapshot.memories
    .filter(
      (memory) =>
        born.has(memory.id) &&
        isKnowledge(memory) &&
        (memory.status === 'active' || memory.status === 'proposed') &&
        memory.obsoleteAt === undefined &&
        memory.contradictedBy === undefined &&
        memory.restates === undefined,
    )
    .toSorted((a, b) => rank(a) - rank(b) || b.salience.total - a.salience.total || (a.id < b.id ? -1 : 1));
}

/** The account of a night whose time was used up before the model's turn came. */
export const notAsked = (name: string, candidates: number): ModelAccount => ({
  name: plainName(name),
  candidates,
  calls: 0,
  requests: 0,
  characters: 0,
  accepted: 0,
  refused: candidates === 0 ? {} : { budget: candidates },
  ms: 0,
});

/** The step in the night's hypnogram. */
export function wordingReport(account: ModelAccount, cycle: number, started: number): PhaseReport {
  const { candidates, calls, accepted, refused, ms } = account;
  const kept = Object.values(refused).reduce((sum, times) => sum + times, 0);
  return {
    stage: 'REM',
    phase: 'wording',
    cycle,
    started,
    ms,
    read: candidates,
    changed: accepted,
    detail: modelSentence(account),
    measures: { calls, worded: accepted, kept },
  };
}

/** What came of asking the model, and why where nothing did. */
export function modelSentence({ name, candidates, calls, accepted, refused }: ModelAccount): string {
  if (candidates === 0) return `${name} was not asked: there was nothing new to word.`;
  const asked = `${name} was asked ${calls === 1 ? 'once' : `${calls} times`} and worded ${accepted} of ${candidates} new lessons and dreams.`;
  const reasons = refusals
    .filter((why) => (refused[why] ?? 0) > 0)
    .map((why) => `${refused[why]}× ${refusalWords[why]}`);
  if (reasons.length === 0) return asked;
  return `${asked} The others keep the words found without it: ${reasons.join('; ')}.`;
}

/** Asks about each candidate in turn, within the budget. Rejects only where the lease was lost. */
export async function wordByModel(
  snapshot: SleepSnapshot,
  candidates: readonly Memory[],
  deps: WordingDeps,
): Promise<Worded> {
  const { model, budget } = deps;
  const began = deps.elapsed();
  const until = began + Math.min(budget.seconds * 1000, deps.left);
  const refused = new Map<ModelRefusal, number>();
  const count = (why: ModelRefusal, times = 1) => refused.set(why, (refused.get(why) ?? 0) + times);
  const changes: Change[] = [];
  let [calls, requests, characters, failures] = [0, 0, 0, 0];

  for (const [at, memory] of candidates.entries()) {
    const stop = await stopBefore(deps, calls, until);
    if (stop !== undefined) {
      count(stop, candidates.length - at);
      break;
    }
    const { question, judge } = questionAbout(memory, snapshot);
    calls += 1;
    const answer = await ask(
      question,
      deps,
      Math.min(budget.callSeconds * 1000, until - deps.elapsed()),
      () => {
        requests += 1;
        characters += question.system.length + question.prompt.length;
      },
    );
    const judged = answer.text === undefined ? undefined : judge(answer.text);
    if (judged?.accepted === true) {
      changes.push(rewording(memory, judged.words, deps));
      failures = 0;
      continue;
    }
    const why = judged?.why ?? answer.failed ?? 'unavailable';
    count(why);
    failures = unanswered.has(why) ? failures + 1 : 0;
    if (final.has(why) || failures >= tunables.model.mostFailures) {
      if (at + 1 < candidates.length) count(why, candidates.length - at - 1);
      break;
    }
  }
  return {
    changes,
    account: {
      name: plainName(model.name),
      candidates: candidates.length,
      calls,
      requests,
      characters,
      accepted: changes.length,
      refused: Object.fromEntries(refused),
      ms: Math.round(deps.elapsed() - began),
    },
  };
}

async function stopBefore(
  { breathe, budget, elapsed, signal }: WordingDeps,
  calls: number,
  until: number,
): Promise<ModelRefusal | undefined> {
  try {
    await breathe();
  } catch (error) {
    if (error instanceof TimeUsedUp) return 'budget';
    if (ReverieError.is(error, 'aborted')) return 'cancelled';
    throw error;
  }
  if (signal?.aborted === true) return 'cancelled';
  return calls >= budget.calls || elapsed() >= until ? 'budget' : undefined;
}

interface Question {
  readonly question: ModelQuestion;
  readonly judge: (answer: string) => ReturnType<typeof judgeRule>;
}

function questionAbout(memory: Memory, snapshot: SleepSnapshot): Question {
  const byId = (ids: ReadonlySet<MemoryId>) => snapshot.memories.filter(({ id }) => ids.has(id));
  if (memory.kind === 'insight') {
    const ends = snapshot.links.filter(({ from, kind }) => from === memory.id && kind === 'analogy');
    const question = askAboutDream(memory, byId(new Set(ends.map(({ to }) => to))));
    return { question, judge: (answer) => judgeDream(answer, memory, question.told) };
  }
  const proofs = snapshot.evidence.filter((one) => one.memory === memory.id);
  const question = askAboutRule(memory, byId(new Set(proofs.map(({ episode }) => episode))));
  return { question, judge: (answer) => judgeRule(answer, memory, question.told) };
}

/** One question. An answer that does not come in time is not waited for, whatever the adapter does. */
async function ask(
  { system, prompt, schema }: ModelQuestion,
  { model, budget, signal, log }: WordingDeps,
  ms: number,
  sent: () => void,
): Promise<{ readonly text?: string; readonly failed?: ModelRefusal }> {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let forget = () => {};
  const stopped = new Promise<never>((_, reject) => {
    const end = (kind: 'slow' | 'cancelled') => () => {
      reject(new ModelFailure(kind, 'The answer is no longer waited for.'));
      abort.abort();
    };
    timer = setTimeout(end('slow'), Math.max(0, ms));
    const onStop = end('cancelled');
    if (signal?.aborted === true) onStop();
    signal?.addEventListener('abort', onStop, { once: true });
    forget = () => signal?.removeEventListener('abort', onStop);
  });
  const answer = model.complete({
    system,
    prompt,
    schema,
    maxTokens: budget.answerTokens,
    signal: abort.signal,
    sent,
  });
  /* The loser of the race may still fail; nobody listens to it then. */
  answer.catch(() => undefined);
  try {
    return { text: await Promise.race([answer, stopped]) };
  } catch (error) {
    const failed = error instanceof ModelFailure ? error.kind : 'unavailable';
    if (failed !== 'cancelled')
      log.debug(
        `the model gave no answer: ${error instanceof ModelFailure ? error.message : 'an unforeseen error'}`,
      );
    return { failed };
  } finally {
    clearTimeout(timer);
    forget();
  }
}

function rewording(memory: Memory, words: RuleWords, { model, tokenizer }: WordingDeps): Change {
  const lesson = {
    ...memory.lesson,
    /* What a dream proposes stands apart from how it is told, and is not the model's to change. */
    ...(memory.kind === 'insight' ? {} : { statement: words.text }),
    ...(words.why === undefined ? {} : { why: words.why }),
    ...(words.when === undefined ? {} : { when: words.when }),
  };
  const told =
    memory.kind === 'insight' || lesson.why === undefined ? words.text : `${words.text} ${lesson.why}`;
  return {
    type: 'update',
    id: memory.id,
    patch: { text: words.text, lesson, tokens: tokenizer.count(told) },
    why: `The language model ${plainName(model.name)} worded it, from ${memory.kind === 'insight' ? 'the two lessons' : 'its evidence'}.`,
  };
}

const plainName = (name: string) =>
  name
    .replace(/[^\p{L}\p{N} ._:/@+-]/gu, '')
    .slice(0, 80)
    .trim() || 'a language model';
