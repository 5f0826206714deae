/** Lives through real conversations message by message: told, then listened to, and asleep each night. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCapture } from '../../src/core/capture/ingest.ts';
import type { TranscriptEvent, TranscriptMessage } from '../../src/core/capture/message.ts';
import { createInjection } from '../../src/core/injection/compose.ts';
import { heardIn } from '../../src/core/injection/heard.ts';
import { createReceiptJudge } from '../../src/core/injection/receipts.ts';
import { dayMs, type Memory, type MemoryId, type ProjectId } from '../../src/core/memory.ts';
import { sleepOneNight } from '../../src/core/sleep/cycle.ts';
import { loadTokenizer } from '../../src/models/tokenizer.ts';
import { createRedactor } from '../../src/redaction/secretlint.ts';
import { createIds } from '../../src/sqlite/ids.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { readTranscripts } from '../../src/transcripts/files.ts';
import { silentLog } from '../support/builders.ts';
import { createTestClock } from '../support/clock.ts';
import { type Gold, readGold } from './nightsGold.ts';
import { type Cause, causeOf } from './preventionCause.ts';

export interface Life {
  readonly name: string;
  readonly remembers: boolean;
  readonly sleeps: boolean;
  /** Whether the owner accepts each proposal the next morning. */
  readonly accepts: boolean;
}

export const lives: readonly Life[] = [
  { name: 'no memory', remembers: false, sleeps: false, accepts: false },
  { name: 'episodes without sleep', remembers: true, sleeps: false, accepts: false },
  { name: 'Reverie', remembers: true, sleeps: true, accepts: false },
  { name: 'Reverie, proposals accepted', remembers: true, sleeps: true, accepts: true },
];

/** A repeat and what became of it. */
export interface Repeat {
  readonly cluster: string;
  readonly session: string;
  readonly told: boolean;
  /** If not told. */
  readonly cause?: Cause;
  /** If not told: what there was of the lesson. */
  readonly status: string;
}

export interface Lived {
  repeats: number;
  prevented: number;
  /** Of these, those on a later day than the first of the cluster. */
  repeatsLater: number;
  preventedLater: number;
  /** Requests with nothing to learn from, and those of them that got an injection. */
  quiet: number;
  noisy: number;
  leaks: number;
  /** Memories told, and those of them whose evidence the annotators found not worth keeping. */
  told: number;
  junk: number;
  readonly startTokens: number[];
  /** Of every request, 0 where nothing was told. */
  readonly promptTokens: number[];
}

const nothing = (): Lived => ({
  repeats: 0,
  prevented: 0,
  repeatsLater: 0,
  preventedLater: 0,
  quiet: 0,
  noisy: 0,
  leaks: 0,
  told: 0,
  junk: 0,
  startTokens: [],
  promptTokens: [],
});

function added(one: Lived, other: Lived): Lived {
  return {
    repeats: one.repeats + other.repeats,
    prevented: one.prevented + other.prevented,
    repeatsLater: one.repeatsLater + other.repeatsLater,
    preventedLater: one.preventedLater + other.preventedLater,
    quiet: one.quiet + other.quiet,
    noisy: one.noisy + other.noisy,
    leaks: one.leaks + other.leaks,
    told: one.told + other.told,
    junk: one.junk + other.junk,
    startTokens: [...one.startTokens, ...other.startTokens],
    promptTokens: [...one.promptTokens, ...other.promptTokens],
  };
}

/** One request of the user with what the assistant had said since the last. */
interface Turn {
  readonly repo: string;
  readonly at: number;
  readonly said: readonly TranscriptMessage[];
  readonly request: TranscriptMessage;
}

async function turnsOf(folder: string, repo: string): Promise<Turn[]> {
  const turns: Turn[] = [];
  let said: TranscriptMessage[] = [];
  for await (const event of readTranscripts([folder])) {
    if (event.type !== 'message' || event.message.at === undefined) continue;
    const { message } = event;
    if (said[0]?.session !== message.session) said = [];
    said.push(message);
    if (message.role !== 'user') continue;
    turns.push({ repo, at: event.message.at, said, request: message });
    said = [];
  }
  return turns;
}

async function* asEvents(messages: readonly TranscriptMessage[]): AsyncGenerator<TranscriptEvent> {
  for (const message of messages) yield { type: 'message', message };
}

const dayOf = (at: number) => Math.floor(at / dayMs);

/** Which clusters a memory speaks for: those that most of its evidence belongs to. */
function spokenFor(evidence: readonly Memory[], gold: Gold): readonly string[] {
  const counts = new Map<string, number>();
  for (const episode of evidence)
    for (const name of gold.of(episode)?.clusters ?? []) counts.set(name, (counts.get(name) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  return [...counts].filter(([, count]) => count === most).map(([name]) => name);
}

export async function live(
  data: string,
  repos: readonly string[],
  life: Life,
): Promise<{
  readonly byRepo: ReadonlyMap<string, Lived>;
  readonly whole: Lived;
  readonly listed: readonly Repeat[];
}> {
  const gold = readGold(data);
  const turns = (await Promise.all(repos.map((repo) => turnsOf(join(data, 'transcripts', repo), repo))))
    .flat()
    .sort((one, other) => one.at - other.at);
  const folder = mkdtempSync(join(tmpdir(), 'reverie-prevention-'));
  const clock = createTestClock(0);
  const setClock = (to: number) => clock.advance(to - clock.now());
  const database = await openDatabase({ file: join(folder, 'memory.db'), log: silentLog, clock });
  const { memories, receipts } = database;
  const ids = createIds();
  const tokenizer = await loadTokenizer();
  const capture = createCapture({
    memories,
    redactor: await createRedactor(),
    tokenizer: loadTokenizer,
    ids,
    clock,
    log: silentLog,
    getFact: (key) => database.getFact(key),
    setFact: (key, value) => database.setFact(key, value),
  });
  const injection = createInjection({ memories, receipts, clock, ids, log: silentLog });
  const judge = createReceiptJudge({ memories, receipts, ids });
  const byRepo = new Map(repos.map((repo) => [repo, nothing()]));
  const listed: Repeat[] = [];
  /** Of each cluster the first day and the conversations that said it. */
  const seen = new Map<string, { readonly day: number; readonly sessions: Set<string> }>();
  const toldIn = new Map<string, Set<string>>();

  const hear = async (session: string, told: readonly MemoryId[], project: ProjectId, lived: Lived) => {
    const evidence = await memories.evidenceOf(told);
    const heard = toldIn.get(session) ?? new Set();
    toldIn.set(session, heard);
    for (const memory of await memories.getMany(told)) {
      if (memory.scope.level !== 'user' && memory.scope.project !== project) lived.leaks++;
      const behind = evidence.get(memory.id) ?? [memory];
      lived.told++;
      if (!behind.some((episode) => gold.of(episode)?.durable === true)) lived.junk++;
      for (const name of spokenFor(behind, gold)) heard.add(name);
    }
  };

  /** The night after the last conversation, and the one before the next: those between find nothing new. */
  const sleepUntil = async (day: number, from: number) => {
    for (const night of new Set([from, day - 1])) {
      setClock((night + 1) * dayMs - 1);
      await sleepOneNight(
        { sleep: database.sleep, clock, ids, tokenizer, log: silentLog },
        { owner: 'bench', fixedClock: true, seed: `night of ${night}` },
      );
      if (!life.accepts) continue;
      for (const { id } of await memories.list({ kinds: ['rule', 'skill'], statuses: ['proposed'] }))
        await memories.update(id, { status: 'active' }, 'accept');
    }
  };

  /** Conversations that are over are judged as a whole, as the product does once they were quiet for hours. */
  const open = new Map<string, TranscriptMessage[]>();
  const closeConversations = async () => {
    for (const [session, messages] of open)
      await judge.judge(session, await heardIn(messages, capture.classifyOne, clock.now()), true);
    open.clear();
  };

  const missed = async (name: string, project: ProjectId, session: string) => {
    const all = await memories.list({ statuses: ['active', 'proposed', 'retired', 'archived'] });
    const evidence = await memories.evidenceOf(all.map(({ id }) => id));
    const of = all.filter(({ id }) => spokenFor(evidence.get(id) ?? [], gold).includes(name));
    const behind = await memories.behindRules(of.map(({ id }) => id));
    return {
      cause: causeOf(of, behind, { project, session }),
      status: of
        .map(({ kind, status, confidence, label }) => `${kind}/${status}/${label} ${confidence.toFixed(2)}`)
        .join(', '),
    };
  };

  try {
    let day = dayOf(turns[0]?.at ?? 0);
    for (const { repo, at, said, request } of turns) {
      const lived = byRepo.get(repo) ?? nothing();
      if (dayOf(at) > day) await closeConversations();
      if (life.sleeps && dayOf(at) > day) await sleepUntil(dayOf(at), day);
      day = Math.max(day, dayOf(at));
      setClock(at);
      const { session } = request;
      const project = (request.project ?? repo) as ProjectId;
      const truth = gold.ofMessage(session, request.text);
      if (!toldIn.has(session)) {
        toldIn.set(session, new Set());
        if (life.remembers) {
          const start = await injection.compose({
            event: 'SessionStart',
            project,
            session,
            leaveReceipt: true,
          });
          lived.startTokens.push(start.tokens);
          await hear(session, start.rules, project, lived);
        }
      }
      for (const name of truth?.clusters ?? []) {
        const before = seen.get(name);
        if (before === undefined) {
          seen.set(name, { day: dayOf(at), sessions: new Set([session]) });
          continue;
        }
        const later = [...before.sessions].some((other) => other !== session);
        before.sessions.add(session);
        if (!later) continue;
        const told = toldIn.get(session)?.has(name) === true;
        lived.repeats++;
        if (told) lived.prevented++;
        if (dayOf(at) > before.day) {
          lived.repeatsLater++;
          if (told) lived.preventedLater++;
        }
        listed.push({
          cluster: name,
          session,
          told,
          ...(told ? { status: '' } : await missed(name, project, session)),
        });
      }
      if (!life.remembers) {
        if (truth?.label === 'neither') lived.quiet++;
        continue;
      }
      const composed = await injection.compose({
        event: 'UserPromptSubmit',
        prompt: request.text,
        project,
        session,
        leaveReceipt: true,
      });
      lived.promptTokens.push(composed.tokens);
      await hear(session, composed.rules, project, lived);
      if (truth?.label === 'neither') {
        lived.quiet++;
        if (composed.rules.length > 0) lived.noisy++;
      }
      await capture.ingest(asEvents(said), { project });
      open.set(session, [...(open.get(session) ?? []), ...said]);
      await judge.judge(session, await heardIn(said, capture.classifyOne, clock.now()), false);
    }
    return { byRepo, whole: [...byRepo.values()].reduce(added, nothing()), listed };
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
