/** Keeps what was witnessed: redacted before anything else, scored, gated, known again where it was kept before. */

import type { CaptureDeps } from '../capture/capture.ts';
import { episodeFrom, episodeTextLength, identityOf } from '../capture/episode.ts';
import { isSameEvent, type Sighting } from '../capture/identity.ts';
import { knownTerms } from '../capture/knownTerms.ts';
import { dropPrivate, sightingOf, timeOf } from '../capture/origin.ts';
import { createSafeNames } from '../capture/safeNames.ts';
import { gateFact } from '../capture/streams.ts';
import type { Lesson, Memory, ProjectId, Source } from '../memory.ts';
import { gateFrom, passes, withEvent } from '../salience/gate.ts';
import { scoreSalience } from '../salience/score.ts';
import { weightsFact, weightsFrom } from '../salience/weights.ts';
import { termsOf } from '../text/terms.ts';
import { tunables } from '../tunables.ts';
import type { WitnessDraft } from './draft.ts';

export interface WitnessedWhere {
  readonly project: ProjectId;
  readonly session: string;
  /** `editor`, `terminal`, `git`. */
  readonly assistant: string;
}

export interface KeepSummary {
  readonly kept: readonly Memory[];
  readonly duplicates: number;
  readonly belowGate: number;
}

/** Episodes not slept on yet that are counted for the gate. */
const mostUnslept = 400;

export async function keepWitnessed(
  drafts: readonly (WitnessDraft & { readonly where: WitnessedWhere })[],
  deps: CaptureDeps,
): Promise<KeepSummary> {
  const { memories, redactor, ids, clock } = deps;
  let gate = gateFrom(await deps.getFact(gateFact));
  const weights = weightsFrom(await deps.getFact(weightsFact));
  const newest = await memories.list({ kinds: ['episode'], order: 'newest', limit: mostUnslept });
  let unslept = newest.filter((memory) => memory.sleptAt === undefined).length;
  const redact = async (text: string) =>
    text === '' ? '' : (await redactor.redact(dropPrivate(text))).text.trim();
  const names = createSafeNames(redactor, ids);
  const kept: Memory[] = [];
  let duplicates = 0;
  let belowGate = 0;

  for (const draft of drafts) {
    const text = (await redact(draft.text)).slice(0, episodeTextLength);
    const lesson = await redactedLesson(draft.lesson, redact);
    if (text === '' || lesson.statement === '') continue;
    const at = timeOf({ at: draft.at }, clock);
    const { assistant } = draft.where;
    const project = (await names.name(draft.where.project)) as ProjectId;
    const session = draft.where.session === undefined ? undefined : await names.name(draft.where.session);
    const identity = identityOf(text, ids);
    const sighting: Sighting = { session, message: draft.message, at };
    const twin = kept.find((memory) => identityOf(memory.text, ids) === identity);
    const known = twin === undefined ? await memories.findByIdentity(identity) : [twin];
    const isThis = (memory: Memory) => isSameEvent(sightingOf(memory), sighting);
    if (known.some(isThis)) {
      duplicates += 1;
      continue;
    }
    const terms = termsOf(lesson.statement);
    const { salience } = scoreSalience(
      {
        text: lesson.statement,
        kind: draft.label,
        memorable: draft.confidence,
        standing: draft.standing,
        signals: draft.signals,
        transitions: {},
        terms,
        known: await knownTerms(memories, terms, project),
        showsFailure: false,
      },
      weights,
    );
    const certain = draft.explicit || draft.confidence >= tunables.capture.certain;
    const open = passes(gate, salience.total, unslept, certain);
    gate = withEvent(gate, salience.total);
    if (!open) {
      belowGate += 1;
      continue;
    }
    const source: Source = { assistant, project, session, message: await redact(draft.message) };
    const memory = episodeFrom(
      {
        text,
        label: draft.label,
        scope: { level: 'project', project },
        lesson,
        source,
        salience,
        confidence: draft.confidence,
        standing: draft.standing,
        oneOff: draft.oneOff,
        at,
      },
      { ids, tokenizer: await deps.tokenizer(), fileBlob: deps.fileBlob },
    );
    /* Another window may have said the same meanwhile. */
    if ((await memories.add([{ memory, identity, unless: isThis }], 'witness')).length === 0) {
      duplicates += 1;
      continue;
    }
    kept.push(memory);
    unslept += 1;
  }
  await deps.setFact(gateFact, gate);
  deps.log.info(`witnessed: ${kept.length} kept, ${duplicates} known, ${belowGate} below the gate`);
  return { kept, duplicates, belowGate };
}

async function redactedLesson(lesson: Lesson, redact: (text: string) => Promise<string>): Promise<Lesson> {
  const { statement, wrong, right, why, when } = lesson;
  const part = async <Key extends string>(key: Key, text: string | undefined) =>
    text === undefined ? {} : { [key]: await redact(text) };
  return {
    statement: await redact(statement),
    ...(await part('wrong', wrong)),
    ...(await part('right', right)),
    ...(await part('why', why)),
    ...(await part('when', when)),
  };
}
