/**
 * What an assistant is told at one moment, within a budget, and nothing at all where nothing applies. On the path
 * of a hook that starts with every prompt: no tokenizer, no schema library, no more than a handful of questions to
 * the store.
 */
import {
  type Citation,
  type Memory,
  type MemoryId,
  type ProjectId,
  precisionOf,
  type Receipt,
} from '../memory.ts';
import type { Clock, Ids, Log, MemoryStore, ReceiptStore } from '../ports.ts';
import { loadGlobTest } from '../recall/globs.ts';
import { termsOf } from '../text/terms.ts';
import { tunables } from '../tunables.ts';
import { actionsOf, termsOfAction } from './actions.ts';
import { fitsPrompt, fitsTool, occasionOf, valueAtStart } from './applies.ts';
import { mayBeTold, toldAlready } from './eligible.ts';
import { fenced, type Line, lineOf, type Preface } from './wording.ts';

export const injectionEvents = ['SessionStart', 'UserPromptSubmit', 'PreToolUse', 'PostToolUse'] as const;
export type InjectionEvent = (typeof injectionEvents)[number];

export interface InjectionRequest {
  readonly event: InjectionEvent;
  readonly prompt?: string;
  /** The file a tool is about, relative to the project, forward slashes. */
  readonly path?: string;
  readonly tool?: string;
  readonly command?: string;
  /** What a failed tool said. */
  readonly error?: string;
  readonly project: ProjectId | undefined;
  readonly session?: string;
  /** The assistant's context starts anew in this session (after `clear` or `compact`): what was told is gone. */
  readonly fresh?: boolean;
  /** Tokens; by default those of the event. */
  readonly budget?: number;
  readonly leaveReceipt: boolean;
}

export interface InjectionAnswer {
  /** Fenced lines; empty when there is nothing to say. */
  readonly context: string;
  readonly rules: readonly MemoryId[];
  /** Upper bound of the context's tokens, ≤ the budget. */
  readonly tokens: number;
  /** Before a tool runs: the reason to ask its user first, from a rule marked as a guard. */
  readonly ask?: string;
}

export interface Injection {
  compose(request: InjectionRequest): Promise<InjectionAnswer>;
}

interface Choice {
  readonly memory: Memory;
  readonly score: number;
}

const silence: InjectionAnswer = { context: '', rules: [], tokens: 0 };
const toldKinds = ['rule', 'skill', 'insight', 'episode'] as const;
/** A prompt can be a pasted log: its beginning and end say what is wanted. */
const promptLength = 4000;

export function createInjection(deps: {
  readonly memories: MemoryStore;
  readonly receipts: ReceiptStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** The git blob id that a project's file has now, 'missing', or undefined where that cannot be told. */
  readonly fileBlob?: (project: ProjectId, path: string) => Promise<string | undefined>;
}): Injection {
  const { memories, receipts, clock, ids, log } = deps;

  async function atStart(request: InjectionRequest): Promise<readonly Choice[]> {
    const limit = tunables.injection.sessionCandidates;
    const scope = request.project === undefined ? {} : { project: request.project };
    const [rules, recent] = await Promise.all([
      memories.list({
        ...scope,
        kinds: ['rule', 'skill', 'insight'],
        statuses: ['active'],
        order: 'strongest',
        limit,
      }),
      memories.list({ ...scope, kinds: ['episode'], statuses: ['active'], order: 'newest', limit: 50 }),
    ]);
    return [...rules, ...recent].map((memory) => ({ memory, score: valueAtStart(memory, clock.now()) }));
  }

  /** Rules that share a term or a step of work with the text. */
  async function near(
    request: InjectionRequest,
    text: string,
  ): Promise<{ found: readonly Memory[]; text: string }> {
    const own = [...new Set(termsOf(text))];
    const steps = [...actionsOf(own)].flatMap(termsOfAction);
    const terms = [...new Set([...own, ...steps])];
    if (terms.length === 0) return { found: [], text };
    const found = await memories.search({
      terms,
      project: request.project,
      statuses: ['active'],
      kinds: toldKinds,
      limit: tunables.injection.candidates,
    });
    return { found: found.map(({ memory }) => memory), text };
  }

  async function atPrompt(request: InjectionRequest): Promise<readonly Choice[]> {
    const text = shortened(request.prompt ?? '');
    const [{ found }, counted] = await Promise.all([
      near(request, text),
      memories.termCounts([...new Set(termsOf(text))], request.project),
    ]);
    const occasion = occasionOf(text, counted);
    return found
      .map((memory) => ({ memory, score: fitsPrompt(memory, occasion) * trustOf(memory) }))
      .filter(({ score }) => score >= tunables.injection.promptScore);
  }

  async function atTool(request: InjectionRequest): Promise<readonly Choice[]> {
    const text = shortened([request.command, request.error].filter((part) => part !== undefined).join('\n'));
    const [{ found }, counted, ruled] = await Promise.all([
      near(request, text),
      memories.termCounts([...new Set(termsOf(text))], request.project),
      request.path === undefined ? [] : pathRules(request.project),
    ]);
    const occasion = occasionOf(text, counted);
    const command = new Set(termsOf(request.command ?? ''));
    const { path } = request;
    const place = path === undefined ? {} : { place: { path, globTest: await loadGlobTest() } };
    const pool = new Map([...ruled, ...found].map((memory) => [memory.id, memory]));
    return [...pool.values()]
      .map((memory) => ({
        memory,
        score: fitsTool(memory, { occasion, command, ...place }),
      }))
      .filter(({ score }) => score >= tunables.injection.toolScore);
  }

  async function pathRules(project: ProjectId | undefined): Promise<readonly Memory[]> {
    if (project === undefined) return [];
    const limit = tunables.injection.sessionCandidates;
    const kinds = ['rule', 'skill', 'insight'] as const;
    const rules = await memories.list({ project, kinds, statuses: ['active'], order: 'strongest', limit });
    return rules.filter((memory) => memory.scope.level === 'path' || memory.citations.length > 0);
  }

  async function isStale(memory: Memory, project: ProjectId | undefined): Promise<boolean> {
    const { fileBlob } = deps;
    if (fileBlob === undefined || project === undefined) return false;
    const changed = async ({ path, blob }: Citation) => {
      if (blob === undefined) return false;
      const present = await fileBlob(project, path);
      return present !== undefined && present !== blob;
    };
    for (const citation of memory.citations) if (await changed(citation)) return true;
    return false;
  }

  async function chosenWithin(
    choices: readonly Choice[],
    request: InjectionRequest,
  ): Promise<readonly { readonly memory: Memory; readonly line: Line }[]> {
    const budget =
      (request.budget ?? budgetOf(request.event)) - tunables.injection.fenceTokens[prefaceOf(request)];
    const chosen: { memory: Memory; line: Line }[] = [];
    const said = new Set<string>();
    let tokens = 0;
    for (const { memory } of choices) {
      const line = [lineOf(memory), lineOf(memory, 'short')].find((form) => tokens + form.tokens <= budget);
      if (line === undefined) continue;
      const same = termsOf(line.text.replace(/\[[^\]]*\]$/, ''))
        .sort()
        .join(' ');
      if (said.has(same) || (await isStale(memory, request.project))) continue;
      said.add(same);
      chosen.push({ memory, line });
      tokens += line.tokens;
    }
    return chosen;
  }

  return {
    async compose(request) {
      const [choices, earlier] = await Promise.all([
        choicesFor(request),
        request.session === undefined || request.fresh === true
          ? []
          : receipts.receiptsOfSession(request.session),
      ]);
      const told = toldAlready(earlier);
      const eligible = choices
        .filter(({ memory }) => mayBeTold(memory, request.project))
        .sort((one, other) => other.score - one.score || (one.memory.id < other.memory.id ? -1 : 1));
      const chosen = await chosenWithin(
        eligible.filter(({ memory }) => !told.has(memory.id)),
        request,
      );
      const ask = request.event === 'PreToolUse' ? guardReason(eligible) : undefined;
      const { context, tokens } = fenced(
        chosen.map(({ line }) => line),
        prefaceOf(request),
      );
      const answer: InjectionAnswer = {
        context,
        rules: chosen.map(({ memory }) => memory.id),
        tokens,
        ...(ask === undefined ? {} : { ask }),
      };
      if (chosen.length === 0) return ask === undefined ? silence : answer;
      if (request.leaveReceipt) await leaveReceipts(request, chosen);
      return answer;
    },
  };

  function choicesFor(request: InjectionRequest): Promise<readonly Choice[]> {
    switch (request.event) {
      case 'SessionStart':
        return atStart(request);
      case 'UserPromptSubmit':
        return atPrompt(request);
      case 'PreToolUse':
      case 'PostToolUse':
        return atTool(request);
    }
  }

  async function leaveReceipts(
    request: InjectionRequest,
    chosen: readonly { readonly memory: Memory; readonly line: Line }[],
  ): Promise<void> {
    const at = clock.now();
    const session = request.session ?? '';
    const promptHash = ids.derive('p', request.prompt ?? request.command ?? request.path ?? '');
    const left = chosen.map(
      ({ memory, line }): Receipt => ({
        id: ids.derive('t', memory.id, session, request.event, promptHash, String(at)),
        memory: memory.id,
        event: request.event,
        session,
        ...(request.project === undefined ? {} : { project: request.project }),
        promptHash,
        tokens: line.tokens,
        at,
        verdict: 'unknown',
        counted: false,
      }),
    );
    try {
      await receipts.addReceipts(left);
    } catch (error) {
      log.warn(`Receipts were not written: ${error instanceof Error ? error.name : 'unknown trouble'}.`);
    }
  }
}

/** The reason to ask before a tool runs, from the guard that fits best. */
function guardReason(choices: readonly Choice[]): string | undefined {
  const guard = choices.find(({ memory }) => memory.guard);
  return guard === undefined
    ? undefined
    : `A rule you marked as a guard: ${lineOf(guard.memory).text.replace(/^- /, '')}`;
}

/** A rule that has proved itself needs a little less fit to be told, one that failed more. */
const trustOf = (memory: Memory) => 1 + tunables.injection.trust * (precisionOf(memory) - 0.5);

const prefaceOf = ({ event }: InjectionRequest): Preface => (event === 'SessionStart' ? 'full' : 'short');

function budgetOf(event: InjectionEvent): number {
  const { session, prompt, tool } = tunables.budget;
  switch (event) {
    case 'SessionStart':
      return session;
    case 'UserPromptSubmit':
      return prompt;
    case 'PreToolUse':
    case 'PostToolUse':
      return tool;
  }
}

const shortened = (text: string) =>
  text.length <= promptLength ? text : `${text.slice(0, promptLength / 2)}\n${text.slice(-promptLength / 2)}`;
