/** What could be told at an occasion, best first: a few questions to the store, then how well each applies. */
import type { Memory, MemoryId, ProjectId } from '../memory.ts';
import type { Candidate, Clock, MemoryFilter, MemoryStore, ReceiptStore } from '../ports.ts';
import { loadGlobTest } from '../recall/globs.ts';
import { actionsOf, termsOfAction } from '../text/actions.ts';
import { termsOf } from '../text/terms.ts';
import { tunables } from '../tunables.ts';
import { fitsPrompt, fitsTool, type Occasion, occasionOf } from './applies.ts';
import { wouldBreak } from './breach.ts';
import { mayBeTold } from './eligible.ts';
import { isWornOut, mayBeRecalled, overlap, recollect, wordsOf } from './recollections.ts';
import type { InjectionRequest } from './request.ts';
import { gainForRoom, isPressing, valuesAtStart } from './worth.ts';

export interface Choice {
  readonly memory: Memory;
  readonly score: number;
  /** Conversations that said it, where no rule says it yet; absent for what is told as a rule. */
  readonly said?: number;
  /** How often it was broken although told, where that is more often than it was kept. */
  readonly broken?: number;
}

export interface Found {
  /** All of them may be told; rules before recollections, each best first. */
  readonly choices: readonly Choice[];
  /** Recollections to come after them, best first: found only where the others leave room. */
  readonly more: () => Promise<readonly Choice[]>;
  /** Rules marked as guards that the tool call would break. */
  readonly guards: readonly Memory[];
}

export interface Candidates {
  find(request: InjectionRequest): Promise<Found>;
}

/** A memory that may fit, with its terms where the index told them. */
type Looked = Pick<Candidate, 'memory' | 'terms'>;

/** What one place brings, in any order. */
interface Unsorted {
  readonly choices: readonly Choice[];
  readonly more?: () => Promise<readonly Choice[]>;
  readonly guards?: readonly Memory[];
}

const knowledge = ['rule', 'skill', 'insight'] as const;
const toldKinds = [...knowledge, 'episode'] as const;
/** A prompt can be a pasted log: its beginning and end say what is wanted. */
const promptLength = 4000;

const shortened = (text: string) =>
  text.length <= promptLength ? text : `${text.slice(0, promptLength / 2)}\n${text.slice(-promptLength / 2)}`;

export function createCandidates(deps: {
  readonly memories: MemoryStore;
  readonly receipts: ReceiptStore;
  readonly clock: Clock;
}): Candidates {
  const { memories, receipts, clock } = deps;

  async function atStart(request: InjectionRequest): Promise<Unsorted> {
    const limit = tunables.injection.sessionCandidates;
    const scope = request.project === undefined ? {} : { project: request.project };
    const episodes = { ...scope, kinds: ['episode'], statuses: ['active'], order: 'newest' } as const;
    const [lasting, fresh] = await Promise.all([
      memories.list({ ...scope, kinds: knowledge, statuses: ['active'], order: 'strongest', limit }),
      memories.list({ ...episodes, limit, fresh: true }),
    ]);
    const now = clock.now();
    const fit = [...lasting, ...fresh].filter((memory) => tellable(memory, request));
    const rules = await valuesAtStart(memories, fit, now);
    return {
      choices: rules.map(({ memory, value }) => ({ memory, score: gainForRoom(value, memory) })),
      async more() {
        const proposed = {
          ...scope,
          kinds: ['rule', 'skill'],
          statuses: ['proposed'],
          order: 'newest',
        } as const;
        return recollected(await free([proposed, episodes], limit, request), now);
      },
    };
  }

  /**
   * What no rule says yet among the first `limit` of each list, as many as are compared. Read in pages: whole memories
   * are most of what the start of a session reads, and the first page nearly always has enough.
   */
  async function free(
    lists: readonly MemoryFilter[],
    limit: number,
    request: InjectionRequest,
  ): Promise<readonly Memory[]> {
    const most = tunables.injection.recollection.compared;
    const found = new Map<MemoryId, Memory>();
    for (const list of lists) {
      for (let offset = 0; offset < limit && found.size < most; offset += most) {
        const size = Math.min(most, limit - offset);
        const page = await memories.list({ ...list, limit: size, offset });
        const said = page.filter((memory) => !tellable(memory, request) && recallable(memory, request));
        for (const memory of await withoutRule(said)) found.set(memory.id, memory);
        if (page.length < size) break;
      }
    }
    return [...found.values()].slice(0, most);
  }

  /** Grouped; what was told often and never needed again stays silent. */
  async function recollected(free: readonly Memory[], now: number): Promise<readonly Choice[]> {
    if (free.length === 0) return [];
    const [told, evidence] = await Promise.all([
      receipts.receiptCounts(free.map(({ id }) => id)),
      evidenceOf(free),
    ]);
    return recollect(free, evidence, now)
      .filter(({ memory, sessions }) => !isWornOut(told.get(memory.id), sessions))
      .map(({ memory, sessions, value }) => ({ memory, score: gainForRoom(value, memory), said: sessions }));
  }

  async function withoutRule(found: readonly Memory[]): Promise<readonly Memory[]> {
    if (found.length === 0) return [];
    const behind = await memories.behindRules(found.map(({ id }) => id));
    return found.filter(({ id }) => !behind.has(id));
  }

  /** Of the proposed rules among them. */
  async function evidenceOf(found: readonly Memory[]): Promise<ReadonlyMap<MemoryId, readonly Memory[]>> {
    const proposed = found.filter(({ kind }) => kind !== 'episode').map(({ id }) => id);
    return proposed.length === 0 ? new Map() : memories.evidenceOf(proposed);
  }

  /**
   * Memories that share a term or a step of work with the text, and what each term is worth. The rarest terms are
   * looked for until so many entries are looked at that more would only cost time: in a large memory a word that
   * stands everywhere finds everything.
   */
  async function near(
    request: InjectionRequest,
    text: string,
  ): Promise<{ readonly found: readonly Candidate[]; readonly occasion: Occasion }> {
    const own = [...new Set(termsOf(text))];
    const steps = [...actionsOf(own)].flatMap(termsOfAction);
    const all = [...new Set([...own, ...steps])];
    const counted = await memories.termCounts(all, 'any');
    const occasion = occasionOf(text, counted);
    const count = (term: string) => counted.counts.get(term) ?? 0;
    const met = all.filter((term) => count(term) > 0).sort((one, other) => count(one) - count(other));
    let entries = 0;
    const terms = met.filter((term) => {
      const take = entries < tunables.injection.mostEntries;
      entries += count(term);
      return take;
    });
    if (terms.length === 0) return { found: [], occasion };
    const found = await memories.search({
      terms,
      project: request.project,
      statuses: request.recollections === false ? ['active'] : ['active', 'proposed'],
      kinds: toldKinds,
      limit: tunables.injection.candidates,
    });
    return { found, occasion };
  }

  async function atPrompt(request: InjectionRequest): Promise<Unsorted> {
    const { found, occasion } = await near(request, shortened(request.prompt ?? ''));
    const fitness = (candidate: Looked) => fitsPrompt(candidate.memory, occasion, candidate.terms);
    return sorted(found, fitness, tunables.injection.promptScore, request);
  }

  async function atTool(request: InjectionRequest): Promise<Unsorted> {
    const text = shortened(
      [request.command, request.written, request.error].filter((part) => part !== undefined).join('\n'),
    );
    const [{ found, occasion }, ruled, guarding] = await Promise.all([
      near(request, text),
      request.path === undefined ? [] : pathRules(request.project),
      request.event === 'PreToolUse' ? guardRules(request.project) : [],
    ]);
    const { path, otherPaths = [], command, written } = request;
    const act = { command, written };
    const globTest = path === undefined ? undefined : await loadGlobTest();
    const places =
      path === undefined || globTest === undefined
        ? []
        : [path, ...otherPaths].map((one) => ({ path: one, globTest }));
    const looked: readonly Looked[] = [...ruled.map((memory) => ({ memory })), ...found];
    const pool = new Map(looked.map((one) => [one.memory.id, one]));
    const fitness = ({ memory, terms }: Looked) => fitsTool(memory, { occasion, act, places }, terms);
    const guards = guarding.filter(
      (memory) =>
        tellable(memory, request) &&
        wouldBreak(memory, act, { fit: fitness({ memory }), writes: request.writes === true }),
    );
    return { ...(await sorted([...pool.values()], fitness, tunables.injection.toolScore, request)), guards };
  }

  /** Those that fit well enough, rules and recollections. */
  async function sorted(
    found: readonly Looked[],
    fitness: (looked: Looked) => number,
    least: number,
    request: InjectionRequest,
  ): Promise<Unsorted> {
    /* Of the many that share a word few fit, and whether one may be told is longer to read. */
    const fitting = found
      .map((looked) => ({ memory: looked.memory, score: fitness(looked) }))
      .filter(({ score }) => score >= least);
    const rules = fitting.filter(({ memory }) => tellable(memory, request));
    const said = fitting.filter(({ memory }) => !tellable(memory, request) && recallable(memory, request));
    const free = new Set(await withoutRule(said.map(({ memory }) => memory)));
    const evidence = await evidenceOf([...free]);
    const sessionsOf = ({ id }: Memory) =>
      new Set(evidence.get(id)?.map(({ source, id: episode }) => source.session ?? episode)).size;
    return {
      choices: [
        ...rules,
        ...said
          .filter(({ memory }) => free.has(memory))
          .map((choice) => ({ ...choice, said: Math.max(1, sessionsOf(choice.memory)) })),
      ],
    };
  }

  async function withBreaches(choices: readonly Choice[]): Promise<Choice[]> {
    const pressing = choices.filter(({ memory }) => isPressing(memory)).map(({ memory }) => memory.id);
    if (pressing.length === 0) return [...choices];
    const counts = await receipts.receiptCounts(pressing);
    return choices.map((choice) => {
      const broken = counts.get(choice.memory.id)?.violated ?? 0;
      return broken === 0 ? choice : { ...choice, broken };
    });
  }

  /** Not looked for by words: in a large memory something else may fit them better, and a guard is to be relied on. */
  const guardRules = (project: ProjectId | undefined): Promise<readonly Memory[]> =>
    memories.list({
      ...(project === undefined ? {} : { project }),
      kinds: knowledge,
      statuses: ['active'],
      guards: true,
      limit: tunables.injection.sessionCandidates,
    });

  async function pathRules(project: ProjectId | undefined): Promise<readonly Memory[]> {
    if (project === undefined) return [];
    const limit = tunables.injection.sessionCandidates;
    const rules = await memories.list({
      project,
      kinds: knowledge,
      statuses: ['active'],
      order: 'strongest',
      limit,
    });
    return rules.filter((memory) => memory.scope.level === 'path' || memory.citations.length > 0);
  }

  return {
    async find(request) {
      const ask = {
        SessionStart: atStart,
        UserPromptSubmit: atPrompt,
        PreToolUse: atTool,
        PostToolUse: atTool,
      }[request.event];
      const places = [request.project, ...(request.beside ?? [])];
      const found = await Promise.all(places.map((project) => ask({ ...request, project })));
      /* Before an error's eyes what helped against it comes first, rule or not: the budget of a tool holds one line. */
      const tier = ({ said, memory }: Choice) =>
        request.error !== undefined && memory.label === 'fix' ? -1 : said === undefined ? 0 : 1;
      const inOrder = async (unsorted: readonly Choice[]) => {
        /* The user's own fit every place alike. */
        const choices = new Map(unsorted.map((choice) => [choice.memory.id, choice]));
        return (await withBreaches([...choices.values()])).sort(
          (one, other) =>
            tier(one) - tier(other) || other.score - one.score || (one.memory.id < other.memory.id ? -1 : 1),
        );
      };
      return {
        choices: await inOrder(found.flatMap(({ choices }) => choices)),
        more: async () => inOrder((await Promise.all(found.map(({ more }) => more?.() ?? []))).flat()),
        guards: found.flatMap(({ guards }) => guards ?? []),
      };
    },
  };
}

function tellable(memory: Memory, { project, session }: InjectionRequest): boolean {
  /* What was said a moment ago in this very conversation need not be said again. */
  if (memory.kind === 'episode' && session !== undefined && memory.source.session === session) return false;
  return mayBeTold(memory, project);
}

const recallable = (memory: Memory, { project, session, recollections }: InjectionRequest) =>
  recollections !== false && mayBeRecalled(memory, project, session);

/** Leaves out recollections that say what one of the others says that is told or was told. */
export function withoutEchoes(choices: readonly Choice[], told: readonly Memory[]): readonly Choice[] {
  if (!choices.some(({ said }) => said !== undefined)) return choices;
  const heard = told.map((memory) => wordsOf(memory));
  return choices.filter(({ memory, said }) => {
    const words = wordsOf(memory);
    if (
      said !== undefined &&
      heard.some((one) => overlap(one, words) >= tunables.injection.recollection.same)
    )
      return false;
    heard.push(words);
    return true;
  });
}
