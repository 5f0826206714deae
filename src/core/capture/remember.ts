/** What the user has remembered outright, and a single message judged. */
import { ReverieError } from '../errors.ts';
import type { Memory, ProjectId, Source } from '../memory.ts';
import { projectOf } from '../memory.ts';
import { scoreSalience } from '../salience/score.ts';
import { weightsFact, weightsFrom } from '../salience/weights.ts';
import { termsOf } from '../text/terms.ts';
import type { Capture, CaptureDeps, Judgement, RememberOptions } from './capture.ts';
import { classify } from './classify.ts';
import { episodeFrom, episodeTextLength, identityOf } from './episode.ts';
import { readFix } from './fixSides.ts';
import { isSameEvent } from './identity.ts';
import { knownTerms } from './knownTerms.ts';
import { dropPrivate, firstLine, sightingOf, unsortedProject } from './origin.ts';
import { guessScope } from './scope.ts';
import { isStanding, isStandingSentence } from './standing.ts';
import { extractLesson } from './statement.ts';
import { stripMessage } from './strip.ts';

/** The explicit ways in. */
export function createRemember(deps: CaptureDeps): Pick<Capture, 'remember' | 'classifyOne'> {
  const { memories, redactor, ids, clock } = deps;
  const countsFor = (terms: readonly string[], project: ProjectId | undefined) =>
    knownTerms(memories, terms, project);

  const weights = async () => weightsFrom(await deps.getFact(weightsFact));

  async function classifyOne(text: string, prev?: string): Promise<Judgement> {
    const { stripped, before, ...said } = classify({ text, prev });
    const wrong = said.wrong ?? before;
    const judged = { ...said, ...(wrong === undefined ? {} : { wrong }) };
    const terms = termsOf(stripped.own);
    const { salience } = scoreSalience(
      {
        text: stripped.own,
        kind: judged.label,
        memorable: judged.memorable,
        standing: judged.standing,
        signals: [],
        transitions: {},
        terms,
        known: await countsFor(terms, undefined),
        showsFailure: stripped.failure !== undefined,
      },
      await weights(),
    );
    return { ...judged, salience };
  }

  async function remember(text: string, options: RememberOptions = {}): Promise<Memory> {
    const { own } = stripMessage(text);
    const words = own === '' ? dropPrivate(text).trim() : own;
    if (words === '') throw new ReverieError('invalid-input', 'There is nothing to remember.');
    const safe = (await redactor.redact(words)).text.slice(0, episodeTextLength);
    const label = options.kind ?? 'decision';
    /* Who has an order remembered says "remember that …", and means it to last. What an assistant writes must say so. */
    const byOwner = options.source === undefined;
    const standing = isStanding(safe) || (byOwner && isStandingSentence(`Remember that ${firstLine(safe)}`));
    const read = extractLesson({ own: safe, quoted: '', prev: '', label });
    const isRead = read.certainty >= 0.7 || (read.alone && read.certainty >= 0.5);
    const inWords = isRead ? read : { ...read, statement: firstLine(safe) };
    const fix = label === 'fix' ? readFix(safe) : undefined;
    const guess = guessScope(safe, true);
    const project = options.project ?? unsortedProject;
    const scope =
      options.scope === 'user' || (options.scope === undefined && guess.level === 'user')
        ? ({ level: 'user' } as const)
        : options.glob !== undefined
          ? ({ level: 'path', project, glob: options.glob } as const)
          : ({ level: 'project', project } as const);
    const terms = termsOf(safe);
    const { salience } = scoreSalience(
      {
        text: safe,
        kind: label,
        memorable: 1,
        standing,
        signals: [],
        transitions: {},
        terms,
        known: await countsFor(terms, options.project),
        showsFailure: false,
      },
      await weights(),
    );
    const source: Source = {
      assistant: options.source ?? 'command',
      ...(options.project === undefined ? {} : { project: options.project }),
      ...(options.session === undefined ? {} : { session: options.session }),
    };
    const at = clock.now();
    const identity = identityOf(safe, ids);
    /* The same words for another project, or now for all of them, are another memory. */
    const isThis = (memory: Memory) =>
      isSameEvent({ at, session: options.session }, sightingOf(memory)) &&
      memory.scope.level === scope.level &&
      projectOf(memory) === (scope.level === 'user' ? undefined : project);
    const findKnown = async () => (await memories.findByIdentity(identity)).find(isThis);
    const known = await findKnown();
    if (known !== undefined) return known;
    const memory = episodeFrom(
      {
        text: safe,
        label,
        scope,
        /* Of a fix its writer says what failed and what helped; the rest of the reading is about corrections. */
        lesson:
          fix === undefined ? inWords : { ...fix, ...(read.why === undefined ? {} : { why: read.why }) },
        source,
        salience,
        confidence: 1,
        standing,
        oneOff: false,
        at,
      },
      { ids, tokenizer: await deps.tokenizer(), fileBlob: deps.fileBlob },
    );
    const added = await memories.add([{ memory, identity, unless: isThis }], 'remember');
    return added.length > 0 ? memory : ((await findKnown()) ?? memory);
  }

  return { remember, classifyOne };
}
