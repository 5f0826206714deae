/**
 * Capture: from transcript events to episodes. Strips, judges, redacts, scores, gates, recognises what it has seen
 * before, and writes in batches. Nothing is written that was not redacted first.
 */
import { ReverieError } from '../errors.ts';
import type { MemoryLabel, Salience, Source } from '../memory.ts';
import { memoryLabels } from '../memory.ts';
import type { AddedMemory } from '../ports.ts';
import { gateFrom, passes, withEvent } from '../salience/gate.ts';
import { scoreSalience } from '../salience/score.ts';
import type { EventKind } from '../salience/signals.ts';
import { withTransition } from '../salience/surprise.ts';
import { weightsFact, weightsFrom } from '../salience/weights.ts';
import { termsOf } from '../text/terms.ts';
import { tunables } from '../tunables.ts';
import type { Capture, CaptureDeps, CaptureSummary, IngestOptions } from './capture.ts';
import { type Classification, classify, classifyStripped, relabelled } from './classify.ts';
import { createConversations } from './conversations.ts';
import { contextLength, episodeFrom, episodeTextLength, identityOf, scopeFrom } from './episode.ts';
import { companionOf, createHabits, habitsFact } from './habits.ts';
import { isSameEvent, type Sighting } from './identity.ts';
import { createJudging } from './judging.ts';
import { createKnownTerms, noCounts } from './knownTerms.ts';
import type { TranscriptEvent, TranscriptMessage } from './message.ts';
import { dropPrivate, firstLine, projectOfMessage, sightingOf, timeOf } from './origin.ts';
import { createPrecedingText } from './preceding.ts';
import { createRemember } from './remember.ts';
import { createSafeNames } from './safeNames.ts';
import { createSeen } from './seen.ts';
import { createStreams, gateFact, streamsFact } from './streams.ts';
import { type StrippedMessage, stripMessage } from './strip.ts';
import { createTally } from './tally.ts';

const batchSize = 200;
/** How much of a message is looked at for verbatim rows. */
const verbatimLength = 16_000;
/** Longer raw messages are stripped before they are redacted, not after: pastes need not be searched. */
const redactWholeLength = 50_000;
/** Between places to go on from, in messages of users: few enough to lose little time, many enough to cost little. */
const storeEvery = 1000;
/** And in events of any kind: an assistant can talk for long. */
const storeEveryEvents = 20_000;
/** Messages between two words about how far it is. */
const tellEvery = 100;

export function createCapture(deps: CaptureDeps): Capture {
  const { memories, redactor, ids, clock } = deps;

  async function ingest(
    events: AsyncIterable<TranscriptEvent>,
    options: IngestOptions = {},
  ): Promise<CaptureSummary> {
    const tally = createTally();
    const known = createKnownTerms(memories);
    const preceding = createPrecedingText();
    const judging = createJudging(ids);
    const streams = createStreams(await deps.getFact(streamsFact));
    const habits = createHabits(await deps.getFact(habitsFact), ids);
    let gate = gateFrom(await deps.getFact(gateFact));
    const weights = weightsFrom(await deps.getFact(weightsFact));
    const newest = await memories.list({ kinds: ['episode'], order: 'newest', limit: 400 });
    let unslept = newest.filter((memory) => memory.sleptAt === undefined).length;

    let batch: AddedMemory[] = [];
    /* A memory that was empty holds only what this ingest kept; what others keep meanwhile, `add` finds. */
    const seen = createSeen(memories, newest.length > 0);
    const flush = async () => {
      if (batch.length === 0) return;
      const added = new Set(await memories.add(batch, 'capture'));
      for (const { memory } of batch) if (!added.has(memory.id)) tally.keptElsewhere(memory);
      batch = [];
      seen.stored();
      known.forget();
    };
    /* In this order: what was learnt of the stream before the place to go on from. */
    const store = async () => {
      await flush();
      await deps.setFact(gateFact, gate);
      await deps.setFact(streamsFact, streams.state());
      await deps.setFact(habitsFact, habits.state());
      await options.onStored?.();
    };
    const redact = async (text: string): Promise<string> => {
      if (text === '') return text;
      const { text: safe, found } = await redactor.redact(text);
      for (const count of found.values()) tally.redacted += count;
      return safe;
    };

    const names = createSafeNames(redactor, ids);
    const conversations = createConversations(deps);

    async function keep(message: TranscriptMessage, parts: KeptParts, context: string): Promise<void> {
      const at = timeOf(message, clock);
      const identity = identityOf(parts.text, ids);
      const sighting: Sighting = {
        session: message.session,
        conversation: message.conversation,
        message: message.message,
        at: message.at === undefined ? undefined : at,
        externalId: message.externalId,
      };
      if (await seen.before(identity, sighting)) {
        tally.duplicates += 1;
        return;
      }
      const project = projectOfMessage(message, options.project);
      const source: Source = {
        assistant: options.source ?? message.format,
        project,
        session: message.session,
        message: message.message,
        ...(message.file === undefined ? {} : { file: message.file }),
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
        { ids, tokenizer: await deps.tokenizer(), fileBlob: deps.fileBlob },
      );
      batch.push({ memory, identity, unless: (stored) => isSameEvent(sightingOf(stored), sighting) });
      seen.keep(identity, sighting);
      tally.kept(memory, message);
      unslept += 1;
      if (batch.length >= batchSize) await flush();
    }

    async function takeVerbatim(message: TranscriptMessage, prev: string | undefined): Promise<void> {
      tally.heard(message);
      const text = (await redact(dropPrivate(message.text))).slice(0, verbatimLength).trim();
      if (text === '') return;
      const context = (await redact(dropPrivate(prev ?? ''))).slice(-contextLength);
      const judged = classify({ text, prev: context === '' ? undefined : context, signals: message.signals });
      const given = memoryLabels.find((label) => label === message.givenKind);
      const label = given ?? (judged.label === 'neither' ? 'decision' : judged.label);
      const described = judged.label === 'neither' ? { ...judged, statement: firstLine(text) } : judged;
      const guess =
        message.path === undefined ? described : { ...described, scope: 'path' as const, glob: message.path };
      const terms = termsOf(text);
      const { salience } = scoreSalience(
        {
          text,
          kind: label,
          memorable: Math.max(0.5, judged.memorable),
          standing: judged.standing,
          signals: message.signals,
          transitions: {},
          terms,
          known: noCounts,
          showsFailure: false,
        },
        weights,
      );
      const { standing, oneOff } = judged;
      const confidence = Math.max(0.5, judged.label === 'neither' ? 0.5 : judged.confidence);
      await keep(
        message,
        { text, label, guess, lesson: described, salience, confidence, standing, oneOff },
        context,
      );
    }

    async function take(message: TranscriptMessage, prev: string | undefined): Promise<void> {
      const judged = judging.of(message, prev);
      if (judged === undefined) return;
      const { stripped, verdict: first } = judged;
      tally.heard(message);
      const project = projectOfMessage(message, options.project);
      const stream = streams.of(project);
      const terms = first.label === 'neither' ? [] : termsOf(stripped.own);
      const { salience } = scoreSalience(
        {
          text: stripped.own,
          kind: first.label,
          memorable: first.memorable,
          standing: first.standing,
          signals: message.signals,
          previousKind: stream.last,
          transitions: stream.transitions,
          terms,
          known: await known.of(terms, project),
          showsFailure: stripped.failure !== undefined,
        },
        weights,
      );
      const before: EventKind | undefined = stream.last;
      streams.set(project, {
        last: first.label,
        transitions: withTransition(stream.transitions, before, first.label),
      });
      const open = passes(
        gate,
        salience.total,
        unslept,
        first.standing || first.memorable >= tunables.capture.certain,
      );
      gate = withEvent(gate, salience.total);
      if (first.label === 'neither') {
        await takeHabit(message, stripped, first, salience, prev);
        return;
      }
      if (!open) {
        tally.belowGate += 1;
        return;
      }
      /* From here on only redacted words are used: where something was taken out, the lesson is read again. */
      const safePrev = prev === undefined ? undefined : await redact(dropPrivate(prev));
      const context = (safePrev ?? '').slice(-contextLength);
      const safe = await safelyStripped(message, stripped, context);
      const untouched = safe === stripped && safePrev === prev;
      const again = untouched
        ? first
        : relabelled(
            classifyStripped(safe, safePrev === undefined ? undefined : context, message.signals),
            first,
            safe,
            context,
          );
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

    /** A request is nothing to keep, unless it comes again and again. */
    async function takeHabit(
      message: TranscriptMessage,
      stripped: StrippedMessage,
      judged: Classification,
      salience: Salience,
      prev: string | undefined,
    ): Promise<void> {
      const asked = companionOf(stripped.own);
      const project = projectOfMessage(message, options.project);
      if (asked === undefined || !habits.isHabit(asked, project, message.session)) return;
      const text = await redact(stripped.own);
      const safe = companionOf(text);
      if (safe === undefined) return;
      const context = (await redact(dropPrivate(prev ?? ''))).slice(-contextLength);
      const { habitConfidence: confidence } = tunables.capture;
      const parts = { text, label: 'preference', guess: judged, lesson: safe, salience, confidence } as const;
      await keep(message, { ...parts, standing: false, oneOff: false }, context);
    }

    /** The same object where nothing had to be taken out. */
    async function safelyStripped(
      message: TranscriptMessage,
      stripped: StrippedMessage,
      context: string,
    ): Promise<StrippedMessage> {
      if (message.text.length > redactWholeLength) {
        const { failure } = stripped;
        return {
          ...stripped,
          own: await redact(stripped.own),
          quoted: await redact(stripped.quoted),
          ...(failure === undefined ? {} : { failure: await redact(failure) }),
        };
      }
      const safe = await redact(dropPrivate(message.text));
      return safe === message.text ? stripped : stripMessage(safe, context);
    }

    let told = 0;
    let stored = 0;
    let since = 0;
    try {
      for await (const event of events) {
        if (options.signal?.aborted) break;
        if (event.type === 'skipped') {
          tally.skip(await redact(event.part.path), event.part.reason, event.part.count ?? 1);
          continue;
        }
        since += 1;
        if (tally.messages - stored >= storeEvery || since >= storeEveryEvents) {
          stored = tally.messages;
          since = 0;
          await store();
        }
        if (event.type === 'cursor') continue;
        let { message } = event;
        try {
          message = await conversations.known(await names.message(message));
        } catch (error) {
          if (!ReverieError.is(error, 'redaction-failed')) throw error;
          tally.skip(message.format, 'could not be checked for secrets', 1);
          continue;
        }
        const key = tally.saw(message);
        try {
          const before =
            message.role === 'user' || options.verbatim === true
              ? preceding.take(key, message.format !== 'jsonl')
              : undefined;
          if (options.verbatim === true) {
            if (!message.message.endsWith(':prev')) await takeVerbatim(message, before);
          } else if (message.role === 'user') {
            await take(message, before);
          }
        } catch (error) {
          /* What cannot be checked for secrets is not written; all else goes on. */
          if (!ReverieError.is(error, 'redaction-failed')) throw error;
          tally.skip(message.format, 'could not be checked for secrets', 1);
        }
        if (message.role === 'assistant') preceding.said(key, message.text);
        if (tally.messages - told >= tellEvery) {
          told = tally.messages;
          options.onProgress?.({ stage: 'import', done: told, kept: tally.episodes });
        }
      }
    } finally {
      /* Also after a failure of the source: what was read is not lost. */
      await store();
    }
    deps.log.info(
      `captured ${tally.episodes} episodes of ${tally.messages} messages; ${tally.duplicates} known, ${tally.belowGate} below the gate, ${tally.redacted} secrets redacted`,
    );
    return tally.summary();
  }

  return { ingest, ...createRemember(deps) };
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
