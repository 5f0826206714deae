/**
 * Capture: from transcript events to episodes. Strips, judges, redacts, scores, gates, recognises what it has seen
 * before, and writes in batches. Nothing is written that was not redacted first.
 */
import { ReverieError } from '../errors.ts';
import type { Memory, MemoryLabel, ProjectId, Salience, Source } from '../memory.ts';
import { memoryLabels, projectOf } from '../memory.ts';
import type { Clock, Ids, Log, MemoryStore, Redactor, Tokenizer } from '../ports.ts';
import { gateFrom, passes, withEvent } from '../salience/gate.ts';
import { scoreSalience } from '../salience/score.ts';
import type { EventKind } from '../salience/signals.ts';
import { withTransition } from '../salience/surprise.ts';
import { termsOf } from '../text/terms.ts';
import { type Classification, classify, classifyStripped, relabelled } from './classify.ts';
import { contextLength, episodeFrom, episodeTextLength, identityOf, scopeFrom } from './episode.ts';
import { isSameEvent, type Sighting } from './identity.ts';
import type { TranscriptEvent, TranscriptMessage } from './message.ts';
import { createPrecedingText } from './preceding.ts';
import { guessScope } from './scope.ts';
import { isStanding } from './standing.ts';
import { extractLesson } from './statement.ts';
import { createStreams, gateFact, streamsFact } from './streams.ts';
import { stripMessage } from './strip.ts';

export interface CaptureDeps {
  readonly memories: Pick<MemoryStore, 'add' | 'list' | 'termCounts' | 'findByIdentity' | 'findByExternalId'>;
  readonly redactor: Redactor;
  readonly tokenizer: Tokenizer;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly log: Log;
  getFact(key: string): Promise<unknown>;
  setFact(key: string, value: unknown): Promise<void>;
}

export interface IngestProgress {
  readonly stage: string;
  /** Messages so far. */
  readonly done: number;
  readonly detail?: string;
}

export interface IngestOptions {
  /** Each message becomes an episode as it is (still redacted), whatever it says. */
  readonly verbatim?: boolean;
  /** The project of messages that name none. */
  readonly project?: ProjectId;
  /** Overrides the `assistant` of the source. */
  readonly source?: string;
  /** Stops at a safe point: what was taken in stays. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: IngestProgress) => void;
}

export interface CaptureSummary {
  readonly files: number;
  readonly sessions: number;
  /** Messages of users looked at; in verbatim mode, rows. */
  readonly messages: number;
  readonly episodes: number;
  readonly duplicates: number;
  readonly skipped: readonly { readonly path: string; readonly reason: string; readonly count?: number }[];
  /** Secrets that were replaced. */
  readonly redacted: number;
  /** Counted and forgotten. */
  readonly belowGate: number;
  /** Lessons of the most salient new episodes, at most five. */
  readonly examples: readonly string[];
}

export interface RememberOptions {
  readonly kind?: MemoryLabel;
  /** A path scope, relative to the project's root. */
  readonly glob?: string;
  readonly scope?: 'user' | 'project';
  readonly project?: ProjectId;
  /** Where it was said; `command` by default. */
  readonly source?: string;
  readonly session?: string;
}

/** A single message judged, as `reverie classify` prints it. */
export type Judgement = Omit<Classification, 'stripped'> & { readonly salience: Salience };

export interface Capture {
  ingest(events: AsyncIterable<TranscriptEvent>, options?: IngestOptions): Promise<CaptureSummary>;
  /** Throws `invalid-input` for text that is empty, or is private as a whole. */
  remember(text: string, options?: RememberOptions): Promise<Memory>;
  classifyOne(text: string, prev?: string): Promise<Judgement>;
}

const batchSize = 200;
/** How much of a message is looked at for verbatim rows. */
const verbatimLength = 16_000;
/** Longer raw messages are stripped before they are redacted, not after: pastes need not be searched. */
const redactWholeLength = 50_000;
const exampleCount = 5;
/** From this likelihood on the gate does not ask for salience. */
const certainlyMemorable = 0.6;
const unknownProject = 'unsorted' as ProjectId;
/** Times further ahead of the clock than this are a wrong clock, not the future. */
const futureMs = 86_400_000;

export function createCapture(deps: CaptureDeps): Capture {
  const { memories, redactor, ids, tokenizer, clock } = deps;

  async function countsFor(terms: readonly string[], project: ProjectId | undefined) {
    const distinct = [...new Set(terms)].slice(0, 200);
    return distinct.length === 0 ? noCounts : memories.termCounts(distinct, project);
  }

  async function classifyOne(text: string, prev?: string): Promise<Judgement> {
    const { stripped, ...judged } = classify({ text, prev });
    const terms = termsOf(stripped.own);
    const { salience } = scoreSalience({
      text: stripped.own,
      kind: judged.label,
      memorable: judged.memorable,
      standing: judged.standing,
      signals: [],
      transitions: {},
      terms,
      known: await countsFor(terms, undefined),
      showsFailure: stripped.failure !== undefined,
    });
    return { ...judged, salience };
  }

  async function remember(text: string, options: RememberOptions = {}): Promise<Memory> {
    const { own } = stripMessage(text);
    const words = own === '' ? text.replace(/<private\b[\s\S]*?(?:<\/private>|$)/gi, '').trim() : own;
    if (words === '') throw new ReverieError('invalid-input', 'There is nothing to remember.');
    const safe = (await redactor.redact(words)).text.slice(0, episodeTextLength);
    const label = options.kind ?? 'decision';
    const standing = isStanding(safe);
    const lesson = extractLesson({ own: safe, quoted: '', prev: '', label });
    const guess = guessScope(safe, true);
    const project = options.project ?? unknownProject;
    const scope =
      options.scope === 'user' || (options.scope === undefined && guess.level === 'user')
        ? ({ level: 'user' } as const)
        : options.glob !== undefined
          ? ({ level: 'path', project, glob: options.glob } as const)
          : ({ level: 'project', project } as const);
    const terms = termsOf(safe);
    const { salience } = scoreSalience({
      text: safe,
      kind: label,
      memorable: 1,
      standing,
      signals: [],
      transitions: {},
      terms,
      known: await countsFor(terms, options.project),
      showsFailure: false,
    });
    const source: Source = {
      assistant: options.source ?? 'command',
      ...(options.project === undefined ? {} : { project: options.project }),
      ...(options.session === undefined ? {} : { session: options.session }),
    };
    const at = clock.now();
    const identity = identityOf(safe, ids);
    /* The same words for another project, or now for all of them, are another memory. */
    const known = (await memories.findByIdentity(identity)).find(
      (memory) =>
        isSameEvent({ at, session: options.session }, sightingOf(memory)) &&
        memory.scope.level === scope.level &&
        projectOf(memory) === (scope.level === 'user' ? undefined : project),
    );
    if (known !== undefined) return known;
    const memory = episodeFrom(
      {
        text: safe,
        label,
        scope,
        lesson: lesson.certainty >= 0.7 ? lesson : { ...lesson, statement: asSentence(safe) },
        source,
        salience,
        confidence: 1,
        standing,
        oneOff: false,
        at,
      },
      { ids, tokenizer },
    );
    await memories.add([{ memory, identity }], 'remember');
    return memory;
  }

  async function ingest(
    events: AsyncIterable<TranscriptEvent>,
    options: IngestOptions = {},
  ): Promise<CaptureSummary> {
    const files = new Set<string>();
    const sessions = new Set<string>();
    const skipped = new Map<string, { path: string; reason: string; count: number }>();
    const counts = { messages: 0, episodes: 0, duplicates: 0, redacted: 0, belowGate: 0 };
    let examples: readonly { readonly text: string; readonly salience: number }[] = [];
    const preceding = createPrecedingText();
    const streams = createStreams(await deps.getFact(streamsFact));
    let gate = gateFrom(await deps.getFact(gateFact));
    const newest = await memories.list({ kinds: ['episode'], order: 'newest', limit: 400 });
    let unslept = newest.filter((memory) => memory.sleptAt === undefined).length;

    let batch: { readonly memory: Memory; readonly identity: string }[] = [];
    /** Sightings of this ingest whose batch may not be written yet. */
    const pending = new Map<string, Sighting[]>();
    const flush = async () => {
      if (batch.length === 0) return;
      await memories.add(batch, 'capture');
      batch = [];
      pending.clear();
    };
    const skip = (path: string, reason: string, count: number) => {
      const key = `${path}\n${reason}`;
      skipped.set(key, { path, reason, count: (skipped.get(key)?.count ?? 0) + count });
    };
    const redact = async (text: string): Promise<string> => {
      if (text === '') return text;
      const { text: safe, found } = await redactor.redact(text);
      for (const count of found.values()) counts.redacted += count;
      return safe;
    };

    async function seenBefore(identity: string, sighting: Sighting): Promise<boolean> {
      const { externalId } = sighting;
      if (externalId !== undefined && (await memories.findByExternalId(externalId)).length > 0) return true;
      if (pending.get(identity)?.some((other) => isSameEvent(other, sighting))) return true;
      return (await memories.findByIdentity(identity)).some((memory) =>
        isSameEvent(sightingOf(memory), sighting),
      );
    }

    async function keep(message: TranscriptMessage, parts: KeptParts, context: string): Promise<void> {
      const at = timeOf(message, clock);
      const identity = identityOf(parts.text, ids);
      const sighting: Sighting = {
        session: message.session,
        message: message.message,
        at: message.at === undefined ? undefined : at,
        externalId: message.externalId,
      };
      if (await seenBefore(identity, sighting)) {
        counts.duplicates += 1;
        return;
      }
      const project = projectOfMessage(message, options.project);
      const source: Source = {
        assistant: options.source ?? message.format,
        project,
        session: message.session,
        message: message.message,
        ...(message.file === undefined ? {} : { file: await redact(message.file) }),
        ...(message.externalId === undefined ? {} : { externalId: message.externalId }),
      };
      const memory = episodeFrom(
        {
          ...parts,
          scope: scopeFrom(parts.guess, project),
          source,
          at,
          ...(context === '' ? {} : { context }),
        },
        { ids, tokenizer },
      );
      batch.push({ memory, identity });
      pending.set(identity, [...(pending.get(identity) ?? []), sighting]);
      counts.episodes += 1;
      unslept += 1;
      examples = [...examples, { text: memory.lesson.statement, salience: memory.salience.total }]
        .sort((a, b) => b.salience - a.salience)
        .slice(0, exampleCount);
      if (batch.length >= batchSize) await flush();
    }

    async function takeVerbatim(message: TranscriptMessage, prev: string): Promise<void> {
      counts.messages += 1;
      const text = (await redact(dropPrivate(message.text))).slice(0, verbatimLength).trim();
      if (text === '') return;
      const context = (await redact(dropPrivate(prev))).slice(-contextLength);
      const judged = classify({ text, prev: context === '' ? undefined : context, signals: message.signals });
      const given = memoryLabels.find((label) => label === message.givenKind);
      const label = given ?? (judged.label === 'neither' ? 'decision' : judged.label);
      const described = judged.label === 'neither' ? { ...judged, statement: asSentence(text) } : judged;
      const guess =
        message.path === undefined ? described : { ...described, scope: 'path' as const, glob: message.path };
      const terms = termsOf(text);
      const { salience } = scoreSalience({
        text,
        kind: label,
        memorable: Math.max(0.5, judged.memorable),
        standing: judged.standing,
        signals: message.signals,
        transitions: {},
        terms,
        known: noCounts,
        showsFailure: false,
      });
      const { standing, oneOff } = judged;
      const confidence = Math.max(0.5, judged.label === 'neither' ? 0.5 : judged.confidence);
      await keep(
        message,
        { text, label, guess, lesson: described, salience, confidence, standing, oneOff },
        context,
      );
    }

    async function take(message: TranscriptMessage, prev: string): Promise<void> {
      const stripped = stripMessage(message.text, prev);
      if (stripped.machine) return;
      counts.messages += 1;
      const first = classifyStripped(stripped, prev, message.signals);
      const project = projectOfMessage(message, options.project);
      const stream = streams.of(project);
      const terms = first.label === 'neither' ? [] : termsOf(stripped.own);
      const { salience } = scoreSalience({
        text: stripped.own,
        kind: first.label,
        memorable: first.memorable,
        standing: first.standing,
        signals: message.signals,
        previousKind: stream.last,
        transitions: stream.transitions,
        terms,
        known: await countsFor(terms, project),
        showsFailure: stripped.failure !== undefined,
      });
      const before: EventKind | undefined = stream.last;
      streams.set(project, {
        last: first.label,
        transitions: withTransition(stream.transitions, before, first.label),
      });
      const open = passes(
        gate,
        salience.total,
        unslept,
        first.standing || first.memorable >= certainlyMemorable,
      );
      gate = withEvent(gate, salience.total);
      if (first.label === 'neither') return;
      if (!open) {
        counts.belowGate += 1;
        return;
      }
      /* From here on only redacted words are used: the lesson is read again out of them. */
      const long = message.text.length > redactWholeLength;
      const context = (await redact(dropPrivate(prev))).slice(-contextLength);
      const safe = long
        ? {
            ...stripped,
            own: await redact(stripped.own),
            quoted: await redact(stripped.quoted),
            ...(await safeFailure(stripped.failure)),
          }
        : stripMessage(await redact(dropPrivate(message.text)), context);
      const again = relabelled(classifyStripped(safe, context, message.signals), first, safe, context);
      const text = (safe.own === '' ? (safe.failure ?? '') : safe.own).slice(0, episodeTextLength);
      if (text === '') return;
      const { confidence, standing, oneOff } = again;
      const label = again.label === 'neither' ? first.label : again.label;
      await keep(
        message,
        { text, label, guess: again, lesson: again, salience, confidence, standing, oneOff },
        context,
      );
    }

    const safeFailure = async (failure: string | undefined) =>
      failure === undefined ? {} : { failure: await redact(failure) };

    try {
      for await (const event of events) {
        if (options.signal?.aborted) break;
        if (event.type === 'skipped') {
          skip(await redact(event.part.path), event.part.reason, event.part.count ?? 1);
          continue;
        }
        if (event.type === 'cursor') {
          await flush();
          continue;
        }
        const { message } = event;
        const key = `${message.format}\n${message.session}`;
        if (message.file !== undefined) files.add(message.file);
        sessions.add(key);
        try {
          if (options.verbatim === true) {
            if (!message.message.endsWith(':prev')) await takeVerbatim(message, preceding.take(key));
          } else if (message.role === 'user') {
            await take(message, preceding.take(key));
          }
        } catch (error) {
          /* What cannot be checked for secrets is not written; all else goes on. */
          if (!ReverieError.is(error, 'redaction-failed')) throw error;
          skip(message.format, 'could not be checked for secrets', 1);
        }
        if (message.role === 'assistant') preceding.said(key, message.text);
        if (counts.messages % 100 === 0) {
          options.onProgress?.({
            stage: 'import',
            done: counts.messages,
            detail: `${counts.episodes} episodes`,
          });
        }
      }
    } finally {
      /* Also after a failure of the source: what was read is not lost. */
      await flush();
      await deps.setFact(gateFact, gate);
      await deps.setFact(streamsFact, streams.state());
    }
    deps.log.info(
      `captured ${counts.episodes} episodes of ${counts.messages} messages; ${counts.duplicates} known, ${counts.belowGate} below the gate, ${counts.redacted} secrets redacted`,
    );
    return {
      files: files.size,
      sessions: sessions.size,
      ...counts,
      skipped: [...skipped.values()].map(({ path, reason, count }) => ({
        path,
        reason,
        ...(count > 1 ? { count } : {}),
      })),
      examples: examples.map((example) => example.text),
    };
  }

  return { ingest, remember, classifyOne };
}

interface KeptParts {
  readonly text: string;
  readonly label: MemoryLabel;
  readonly guess: Pick<Classification, 'scope' | 'glob'>;
  readonly lesson: Pick<Classification, 'statement' | 'wrong' | 'right' | 'why' | 'when'>;
  readonly salience: Salience;
  readonly confidence: number;
  readonly standing: boolean;
  readonly oneOff: boolean;
}

const noCounts = { total: 0, counts: new Map<string, number>() } as const;

const dropPrivate = (text: string): string =>
  text.replace(/<private\b[^>]*>[\s\S]*?(?:<\/private\s*>|$)/gi, ' ');

/** Words as they are, closed as a sentence. */
function asSentence(text: string): string {
  const first =
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? '';
  return first.slice(0, 300);
}

function sightingOf(memory: Memory): Sighting {
  const { session, message, externalId } = memory.source;
  return { session, message, externalId, at: memory.createdAt };
}

function timeOf(message: TranscriptMessage, clock: Clock): number {
  const now = clock.now();
  if (message.at === undefined || !Number.isFinite(message.at) || message.at <= 0) return now;
  return message.at > now + futureMs ? now : message.at;
}

/** The project of a message: its own, the one given, its directory, or the folder of its transcript. */
function projectOfMessage(message: TranscriptMessage, given: ProjectId | undefined): ProjectId {
  if (message.project !== undefined) return message.project;
  if (given !== undefined) return given;
  if (message.cwd !== undefined && message.cwd !== '') return message.cwd.replace(/\\/g, '/') as ProjectId;
  const folder = message.file?.replace(/\\/g, '/').split('/').slice(0, -1).at(-1);
  return folder === undefined || folder === '' ? unknownProject : (folder as ProjectId);
}
