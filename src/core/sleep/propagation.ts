/**
 * Phase 3, N2: what is new meets what is known (reconsolidation: Nader, Schafe & LeDoux 2000). Five outcomes:
 * enrichment, contradiction, validation, obsolescence, cross-reference. A single contradicting episode never rewrites
 * a rule: it costs confidence and flags it for the owner.
 */
import { dayMs, isKnowledge, type Memory, type MemoryId } from '../memory.ts';
import type { MemoryPatch } from '../ports.ts';
import { eachOf } from '../steps.ts';
import { tunables } from '../tunables.ts';
import { count } from './night/counting.ts';
import { clamp01, createLinkWriter, type LinkWriter, livingIn, numberFact } from './night/living.ts';
import { byHome, createNeighbourhood, homeOf, type Neighbour } from './night/neighbourhood.ts';
import { patched } from './night/snapshot.ts';
import type { Change, PhaseContext, SleepPhase } from './phase.ts';

export const throughFact = 'propagation.through';

/** `repeated` and `overtaken` are those of `validated` and `obsolete` whose known side was itself new. */
type Effect =
  | 'enriched'
  | 'contradicted'
  | 'validated'
  | 'obsolete'
  | 'linked'
  | 'exceptions'
  | 'repeated'
  | 'overtaken';

/** What one run has decided so far: later decisions see earlier ones. */
interface Desk {
  readonly stamp: number;
  readonly links: LinkWriter;
  readonly evidence: Set<string>;
  readonly now: Map<MemoryId, Memory>;
  readonly patches: Map<MemoryId, { patch: MemoryPatch; why: string[] }>;
  readonly supports: Change[];
  /** When a memory was made, if it is there. */
  readonly born: (id: MemoryId) => number | undefined;
  /** Is what is known itself new since the last propagation? */
  readonly isNew: (known: Memory) => boolean;
  readonly counts: Record<Effect, number>;
}

export const propagation: SleepPhase = {
  name: 'propagation',
  stage: 'N2',
  async run(snapshot, context) {
    const living = await livingIn(snapshot, context);
    const through = numberFact(snapshot, throughFact) ?? Number.NEGATIVE_INFINITY;
    const recent = await byHome(
      living.filter((memory) => isRecent(memory, through, context.now)),
      context.breathe,
    );
    const counts: Record<Effect, number> = {
      enriched: 0,
      contradicted: 0,
      validated: 0,
      obsolete: 0,
      linked: 0,
      exceptions: 0,
      repeated: 0,
      overtaken: 0,
    };
    if (recent.length === 0) {
      return {
        changes: [],
        report: { read: 0, detail: 'Nothing new to hold against what is known.', measures: counts },
      };
    }
    const stamp = recent.reduce((latest, memory) => Math.max(latest, memory.sleptAt ?? 0), 0);
    const evidence = new Set<string>();
    await eachOf(snapshot.evidence, context.breathe, ({ memory, episode }) => {
      evidence.add(`${memory} ${episode}`);
    });
    const births = new Map<MemoryId, number>();
    await eachOf(snapshot.memories, context.breathe, ({ id, createdAt }) => {
      births.set(id, createdAt);
    });
    const desk: Desk = {
      stamp,
      links: await createLinkWriter(snapshot, context.breathe),
      evidence,
      now: new Map(),
      patches: new Map(),
      supports: [],
      born: (id) => births.get(id),
      isNew: (known) => isRecent(known, through, context.now),
      counts,
    };
    const neighbourhood = await createNeighbourhood(living, context.breathe);
    const metBy = new Uint8Array(living.length);
    await eachOf(living, context.breathe, (memory, place) => {
      metBy[place] = metByOf(memory);
    });
    const { related, mostPerMemory } = tunables.propagation;
    for (const memory of recent) {
      await context.breathe();
      const known = neighbourhood.near(memory, {
        atLeast: related,
        limit: mostPerMemory,
        /* What lives stands in the order of age. */
        may: (other, own) => metBy[other] === by.all || (metBy[other] === by.later && other < own),
      });
      for (const neighbour of known) weigh(memory, neighbour, desk, context);
    }

    const changes: Change[] = [];
    await eachOf([...desk.patches], context.breathe, ([id, { patch, why }]) => {
      changes.push({ type: 'update', id, patch, why: why.join(' ') });
    });
    for (const more of [desk.supports, desk.links.changes])
      await eachOf(more, context.breathe, (change) => {
        changes.push(change);
      });
    changes.push({
      type: 'fact',
      key: throughFact,
      value: stamp,
      why: 'What was replayed until here has met what is known.',
    });
    return {
      changes,
      report: {
        read: recent.length,
        detail:
          `${count(recent.length, 'recent memory', 'recent memories')} met what is known: ${counts.validated} confirmed it, ${counts.enriched} added details, ` +
          `${counts.contradicted} contradicted it, ${counts.obsolete} replaced something older, ${count(counts.linked, 'new link')}.`,
        measures: counts,
      },
    };
  },
};

/** First slept on since the last propagation, and within the window. An imported past is new to the memory too. */
function isRecent(memory: Memory, through: number, now: number): boolean {
  const { sleptAt } = memory;
  return (
    memory.kind === 'episode' &&
    memory.status === 'active' &&
    sleptAt !== undefined &&
    sleptAt > through &&
    now - sleptAt <= tunables.propagation.windowDays * dayMs
  );
}

/** Which recent memories a memory is held against. */
const by = { none: 0, later: 1, all: 2 } as const;

/** What was concluded is known to all, what happened to what came later; what was already replaced is left alone. */
function metByOf(memory: Memory): (typeof by)[keyof typeof by] {
  if (memory.replacedBy !== undefined || memory.obsoleteAt !== undefined) return by.none;
  /* A dream quotes what it came from; to say that again neither confirms nor contradicts it. */
  if (memory.kind === 'insight') return by.none;
  return isKnowledge(memory) ? by.all : by.later;
}

/** One recent memory against one known: decides which of the five it is. */
function weigh(recent: Memory, neighbour: Neighbour, desk: Desk, context: PhaseContext): void {
  const known = desk.now.get(neighbour.memory.id) ?? neighbour.memory;
  const { same, shared, agreed, reversed, swapped } = tunables.propagation;
  const close = neighbour.shared >= shared;
  const sameHold = sharesScope(recent, known);
  if (neighbour.opposite) {
    if (!close || (neighbour.agreed > reversed && neighbour.swapped < swapped)) return;
    /* The same words in two scopes, or said for this one time, are an exception and no contradiction. */
    if (!sameHold || recent.oneOff || known.oneOff) {
      if (!desk.links.joined(recent.id, known.id)) {
        desk.links.strengthen(
          recent.id,
          known.id,
          'related',
          desk.stamp,
          'The opposite, but for another scope or for one time only.',
        );
        desk.counts.exceptions++;
      }
      return;
    }
    contradict(recent, known, desk);
    return;
  }
  if (neighbour.likeness >= same && close && neighbour.agreed >= agreed && sameHold) {
    validate(recent, known, desk, context);
    return;
  }
  if (!desk.links.joined(recent.id, known.id)) {
    desk.links.strengthen(recent.id, known.id, 'related', desk.stamp, 'They speak of the same thing.');
    desk.counts.linked++;
  }
}

/** Two memories hold for the same place: the same level, project and glob. */
function sharesScope(a: Memory, b: Memory): boolean {
  if (homeOf(a) !== homeOf(b)) return false;
  const glob = (memory: Memory) => (memory.scope.level === 'path' ? memory.scope.glob : '');
  return glob(a) === glob(b);
}

function contradict(recent: Memory, known: Memory, desk: Desk): void {
  if (desk.links.has(recent.id, known.id, 'contradicts') || desk.links.has(recent.id, known.id, 'supersedes'))
    return;
  const { contradiction, confidenceFloor, obsoleteRate } = tunables.propagation;
  const confidence = Math.max(confidenceFloor, known.confidence + contradiction);
  if (isKnowledge(known)) {
    write(
      desk,
      known,
      { confidence, contradictedBy: recent.id },
      'A newer episode says the opposite: less sure, and yours to decide.',
    );
    desk.links.strengthen(recent.id, known.id, 'contradicts', desk.stamp, 'They ask for opposite things.');
    desk.counts.contradicted++;
    return;
  }
  /* Of two things the user said, the later holds, if it was meant to last or the earlier was no rule of theirs. */
  if (known.standing && !recent.standing) {
    write(
      desk,
      known,
      { confidence, contradictedBy: recent.id },
      'A newer episode says the opposite, but not as something lasting: yours to decide.',
    );
    desk.links.strengthen(recent.id, known.id, 'contradicts', desk.stamp, 'They ask for opposite things.');
    desk.counts.contradicted++;
    return;
  }
  write(
    desk,
    known,
    { confidence, obsoleteAt: desk.stamp, rate: Math.min(known.rate, obsoleteRate) },
    'You said the opposite later: outdated, fades faster.',
  );
  desk.links.strengthen(recent.id, known.id, 'supersedes', desk.stamp, 'The later word on the same thing.');
  desk.counts.obsolete++;
  if (desk.isNew(known)) desk.counts.overtaken++;
}

function validate(recent: Memory, known: Memory, desk: Desk, context: PhaseContext): void {
  const { validation, validationStrength } = tunables.propagation;
  const key = `${known.id} ${recent.id}`;
  if (desk.evidence.has(key) || desk.links.has(recent.id, known.id, 'enriches')) return;
  const confirmed: MemoryPatch = {
    confidence: clamp01(known.confidence + validation),
    strength: clamp01(known.strength + validationStrength),
    ...(saidAfterAll(recent, known, desk) ? { contradictedBy: null } : {}),
  };
  desk.counts.validated++;
  if (desk.isNew(known)) desk.counts.repeated++;
  if (!isKnowledge(known) && known.kind !== 'merged') {
    write(desk, known, confirmed, 'The same was said again.');
    desk.links.strengthen(recent.id, known.id, 'related', desk.stamp, 'They say the same.');
    return;
  }
  /* What stands behind rules and skills is Crystallization's to decide: status and confidence hang on it. */
  if (known.kind === 'merged') {
    desk.evidence.add(key);
    const why = 'The same was said again.';
    desk.supports.push({ type: 'evidence', memory: known.id, episode: recent.id, why });
  }
  const details = detailsFrom(recent, known, context);
  if (details === undefined) {
    write(desk, known, confirmed, 'Confirmed by a newer episode.');
    desk.links.strengthen(recent.id, known.id, 'related', desk.stamp, 'They say the same.');
  } else {
    const why = 'Confirmed by a newer episode, which adds why or when.';
    write(desk, known, { ...confirmed, ...details }, why);
    desk.links.strengthen(recent.id, known.id, 'enriches', desk.stamp, 'It added details.');
    desk.counts.enriched++;
  }
}

/** The known one was contradicted, but its owner came back to it later: the latest word stands. */
function saidAfterAll(recent: Memory, known: Memory, desk: Desk): boolean {
  const against = known.contradictedBy === undefined ? undefined : desk.born(known.contradictedBy);
  return against !== undefined && against < recent.createdAt;
}

/** What the recent one knows and the known one lacks: a why, a when, cited files. Nothing known is overwritten. */
function detailsFrom(recent: Memory, known: Memory, context: PhaseContext): MemoryPatch | undefined {
  const why = known.lesson.why === undefined ? recent.lesson.why : undefined;
  const when = known.lesson.when === undefined ? recent.lesson.when : undefined;
  const cited = new Set(known.citations.map((citation) => citation.path));
  const citations = recent.citations.filter((citation) => !cited.has(citation.path));
  if (why === undefined && when === undefined && citations.length === 0) return undefined;
  const lesson = {
    ...known.lesson,
    ...(why === undefined ? {} : { why }),
    ...(when === undefined ? {} : { when }),
  };
  return {
    lesson,
    ...(citations.length === 0 ? {} : { citations: [...known.citations, ...citations].slice(0, 8) }),
    ...(why === undefined ? {} : { tokens: context.tokenizer.count(`${known.text}\n${why}`) }),
  };
}

function write(desk: Desk, known: Memory, patch: MemoryPatch, why: string): void {
  const before = desk.patches.get(known.id);
  desk.now.set(known.id, patched(known, patch));
  if (before === undefined) desk.patches.set(known.id, { patch, why: [why] });
  else
    desk.patches.set(known.id, {
      patch: { ...before.patch, ...patch },
      why: before.why.includes(why) ? before.why : [...before.why, why],
    });
}
