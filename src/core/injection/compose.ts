/**
 * What an assistant is told at one moment, within a budget, and nothing at all where nothing applies. On the path
 * of a hook that starts with every prompt: no tokenizer, no schema library, no more than a handful of questions to
 * the store.
 */
import { type Memory, type MemoryId, projectOf, type Receipt } from '../memory.ts';
import type { Clock, FileBlob, Ids, Log, MemoryStore, ReceiptStore } from '../ports.ts';
import { termsOf } from '../text/terms.ts';
import { tunables } from '../tunables.ts';
import { isBrokenBy } from './breach.ts';
import { type Choice, createCandidates, withoutEchoes } from './candidates.ts';
import { toldAlready, toldOnlyBefore } from './eligible.ts';
import { promptHashOf } from './receipts.ts';
import { type InjectionEvent, type InjectionRequest, isToolEvent } from './request.ts';
import { staleCitation } from './staleness.ts';
import { fenced, type Line, type LineForm, type LineHistory, lineOf, type Preface } from './wording.ts';

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

const silence: InjectionAnswer = { context: '', rules: [], tokens: 0 };

interface Chosen {
  readonly memory: Memory;
  readonly form: LineForm;
  readonly line: Line;
  readonly history: LineHistory;
}

/** What room is left is for the further orders of what is told, the best first: they put out nothing else. */
function inFull(chosen: readonly Chosen[], left: number): readonly Chosen[] {
  let room = left;
  return chosen.map((one) => {
    if (one.memory.kind !== 'episode' || one.form !== 'point') return one;
    const full = lineOf(one.memory, 'full', one.history);
    const more = full.tokens - one.line.tokens;
    if (full.text === one.line.text || more > room) return one;
    room -= more;
    return { ...one, form: 'full', line: full };
  });
}

export function createInjection(deps: {
  readonly memories: MemoryStore;
  readonly receipts: ReceiptStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly fileBlob?: FileBlob;
}): Injection {
  const { memories, receipts, clock, ids, log } = deps;

  const candidates = createCandidates({ memories, receipts, clock });

  /** What fits into the budget, best first; those in `before` have their places. */
  function chosenWithin(
    choices: readonly Choice[],
    request: InjectionRequest,
    before: readonly Chosen[] = [],
  ): readonly Chosen[] {
    const chosen = [...before];
    const sameAs = ({ text }: Line, folder: string | undefined) =>
      [folder ?? '', ...termsOf(text.replace(/\[[^\]]*\]$/, '')).sort()].join(' ');
    const said = new Set(before.map(({ memory, line }) => sameAs(line, folderOf(memory, request))));
    let room = roomIn(request, before);
    for (const choice of choices) {
      if (room < tunables.injection.lineTokens) break;
      const { memory } = choice;
      const folder = folderOf(memory, request);
      const history = folder === undefined ? choice : { ...choice, folder };
      const fitting = formsFor(memory, request)
        .map((form) => ({ form, line: lineOf(memory, form, history) }))
        .find(({ line }) => line.tokens <= room);
      if (fitting === undefined) continue;
      const { form, line } = fitting;
      const same = sameAs(line, folder);
      if (said.has(same) || staleCitation(memory, deps.fileBlob) !== undefined) continue;
      said.add(same);
      chosen.push({ memory, form, line, history });
      room -= line.tokens;
    }
    return chosen;
  }

  return {
    async compose(request) {
      const [{ choices, more, guards }, earlier] = await Promise.all([
        candidates.find(request),
        request.session === undefined || request.fresh === true
          ? []
          : receipts.receiptsOfSession(request.session),
      ]);
      const told = new Set(toldAlready(earlier));
      for (const broken of await brokenBy(request, earlier)) told.delete(broken);
      const inTime = isToolEvent(request.event) ? toldOnlyBefore(earlier) : undefined;
      const untold = ({ memory, broken }: Choice) =>
        !told.has(memory.id) || (broken !== undefined && inTime?.has(memory.id) === true);
      const withoutHeard = async (fresh: readonly Choice[]) => {
        const recalls = fresh.some(({ said }) => said !== undefined);
        return withoutEchoes(fresh, recalls ? await memories.getMany([...told]) : []);
      };
      const fresh = choices.filter(untold);
      let chosen = chosenWithin(await withoutHeard(fresh), request);
      const room = roomIn(request, chosen) > tunables.injection.lineTokens;
      const recalled = room ? (await more()).filter(untold) : [];
      if (recalled.length > 0) {
        const heard = (await withoutHeard([...fresh, ...recalled])).filter(({ said }) => said !== undefined);
        chosen = chosenWithin(heard, request, chosen);
      }
      chosen = inFull(chosen, roomIn(request, chosen));
      const ask =
        request.event === 'PreToolUse'
          ? guardReason(guards.find((guard) => staleCitation(guard, deps.fileBlob) === undefined))
          : undefined;
      const known =
        request.session === undefined || request.fresh === true
          ? undefined
          : new Set(earlier.map(({ id }) => id));
      const telling = request.leaveReceipt ? await leaveReceipts(request, chosen, known) : chosen;
      const { context, tokens } = fenced(
        telling.map(({ line }) => line),
        prefaceOf(request),
      );
      const answer: InjectionAnswer = {
        context,
        rules: telling.map(({ memory }) => memory.id),
        tokens,
        ...(ask === undefined ? {} : { ask }),
      };
      return telling.length === 0 && ask === undefined ? silence : answer;
    },
  };

  /** Rules told in this session that what a tool just did breaks: their receipts say so, and they are told again. */
  async function brokenBy(
    request: InjectionRequest,
    earlier: readonly Receipt[],
  ): Promise<readonly MemoryId[]> {
    const { event, command, written } = request;
    if (event !== 'PostToolUse' || (command === undefined && written === undefined)) return [];
    const open = earlier.filter(
      ({ verdict, counted }) => !counted && (verdict === 'unknown' || verdict === 'obeyed'),
    );
    const act = { command, written };
    const rules = await memories.getMany([...new Set(open.map(({ memory }) => memory))]);
    const broken = rules.filter((rule) => isBrokenBy(rule, act)).map(({ id }) => id);
    if (request.leaveReceipt) {
      for (const { id, memory } of open)
        if (broken.includes(memory)) await receipts.setVerdict(id, 'violated');
    }
    return broken;
  }

  /** Answers what is still to be told: all of it, but what another process told the session at the same time. */
  async function leaveReceipts(
    request: InjectionRequest,
    chosen: readonly Chosen[],
    known: ReadonlySet<string> | undefined,
  ): Promise<readonly Chosen[]> {
    if (chosen.length === 0) return chosen;
    const at = clock.now();
    const session = request.session ?? '';
    const promptHash = promptHashOf(ids, request.prompt ?? request.command ?? request.path ?? '');
    const left = chosen.map(
      ({ memory, line }): Receipt => ({
        id: ids.derive('t', memory.id, session, request.event, promptHash, String(at)),
        memory: memory.id,
        event: request.event,
        session,
        ...placeOf(memory, request),
        promptHash,
        tokens: line.tokens,
        at,
        verdict: 'unknown',
        counted: false,
      }),
    );
    try {
      const kept = new Set((await receipts.addReceipts(left, known)).map(({ memory }) => memory));
      return chosen.filter(({ memory }) => kept.has(memory.id));
    } catch (error) {
      log.warn(`Receipts were not written: ${error instanceof Error ? error.name : 'unknown trouble'}.`);
      return chosen;
    }
  }
}

/** Tokens of the budget that are left beside what was chosen. */
const roomIn = (request: InjectionRequest, chosen: readonly Chosen[]): number =>
  chosen.reduce(
    (room, { line }) => room - line.tokens,
    (request.budget ?? budgetOf(request.event)) - tunables.injection.fenceTokens[prefaceOf(request)],
  );

/** Where it was told: in the project it is of, if that is open beside the one in hand. */
function placeOf(memory: Memory, { project, beside }: InjectionRequest): Pick<Receipt, 'project'> {
  const own = projectOf(memory);
  const place = own !== undefined && beside?.includes(own) ? own : project;
  return place === undefined ? {} : { project: place };
}

/** The name of its folder, where the assistant works in several. */
function folderOf(memory: Memory, { beside }: InjectionRequest): string | undefined {
  return beside === undefined || beside.length === 0 ? undefined : projectOf(memory)?.split('/').at(-1);
}

/** In the order in which they are tried. */
const formsFor = ({ label, lesson }: Memory, { error }: InjectionRequest): readonly LineForm[] =>
  label === 'fix' && error !== undefined && lesson.right !== undefined
    ? ['point', 'short', 'remedy']
    : ['point', 'short'];

/** The reason to ask before a tool runs. */
const guardReason = (guard: Memory | undefined): string | undefined =>
  guard === undefined ? undefined : `A rule you marked as a guard: ${lineOf(guard).text.replace(/^- /, '')}`;

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
