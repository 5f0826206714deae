/**
 * Phase 1, N1: what happened is lived through again. New memories are chosen by how much they mattered and how badly
 * the rules predicted them, replayed in short sequences in the order they happened, mixed with old strong memories so
 * that the new do not overwrite the old (interleaved learning: McClelland, McNaughton & O'Reilly 1995).
 */
import { effectiveStrength, isKnowledge, type Memory, type MemoryId, type Salience } from '../memory.ts';
import type { SalienceWeights } from '../salience/score.ts';
import { shareOf, weightsFact, weightsFrom } from '../salience/weights.ts';
import { eachOf } from '../steps.ts';
import { tunables } from '../tunables.ts';
import { sleepCounted } from './night/clocks.ts';
import { count } from './night/counting.ts';
import { bandOf, clamp01, createLinkWriter, isUnslept, livingIn, numberFact } from './night/living.ts';
import { createNeighbourhood, type Neighbourhood } from './night/neighbourhood.ts';
import { sample } from './night/random.ts';
import { ration } from './night/rations.ts';
import type { Change, PhaseContext, SleepPhase } from './phase.ts';

/** What replay found about one memory. */
interface Echo {
  readonly memory: Memory;
  /** 0 = the rules said so already, 1 = nothing known, or the opposite known. */
  readonly error: number;
  /** What was known says the opposite. */
  readonly opposed: boolean;
  readonly priority: number;
}

export const replay: SleepPhase = {
  name: 'replay',
  stage: 'N1',
  async run(snapshot, context) {
    const living = await livingIn(snapshot, context);
    const bands = { strong: 0, moderate: 0, weak: 0, fading: 0 };
    const unslept: Memory[] = [];
    for (const memory of living) {
      await context.breathe();
      bands[bandOf(memory, context.now)]++;
      if (isUnslept(memory)) unslept.push(memory);
    }
    if (unslept.length === 0) {
      const detail = `${count(living.length, 'memory', 'memories')} looked at; none is new since the last sleep.`;
      return {
        changes: [],
        report: { read: living.length, detail, measures: { ...bands, unslept: 0, replayed: 0 } },
      };
    }

    const rules = living.filter((memory) => isKnowledge(memory) && memory.status === 'active');
    const knowledge = await createNeighbourhood(rules, context.breathe);
    const echoes: Echo[] = [];
    for (const memory of unslept) {
      await context.breathe();
      const foretold = predictionError(memory, rules, knowledge);
      const { salienceWeight, errorWeight } = tunables.replay;
      const priority = salienceWeight * memory.salience.total + errorWeight * foretold.error;
      echoes.push({ memory, ...foretold, priority });
    }
    /* Where the time is limited, what matters most goes through the whole cycle before the rest begins. */
    const quota = context.limited === true ? ration('N1', context.cycle, unslept.length) : unslept.length;
    const chosen = foremost(echoes, quota);
    await context.breathe();
    const sequences = await sequencesOf(chosen, unslept, context.breathe);
    const old = oldOnes(living, chosen.length, context);

    /* A stamp later than any before it, even under a clock that stands still: propagation works through what was stamped since. */
    const stamp = Math.max(
      context.now,
      (numberFact(snapshot, 'propagation.through') ?? Number.NEGATIVE_INFINITY) + 1,
    );
    const links = await createLinkWriter(snapshot, context.breathe);
    const weights = weightsFrom(snapshot.facts.get(weightsFact));
    const changes: Change[] = [];
    let relations = 0;
    for (const sequence of sequences) {
      for (const [index, { memory, error, opposed }] of sequence.entries()) {
        await context.breathe();
        relations += relationsIn(memory);
        const salience = refined(memory.salience, error, opposed, weights);
        changes.push({
          type: 'update',
          id: memory.id,
          patch: salience === memory.salience ? { sleptAt: stamp } : { sleptAt: stamp, salience },
          why: `Replayed for the first time; ${opposed ? 'a rule had said the opposite' : error > 0.5 ? 'no rule had foretold it' : 'the rules had foretold it'}.`,
        });
        const previous = sequence[index - 1]?.memory;
        if (previous !== undefined) {
          links.strengthen(
            previous.id,
            memory.id,
            'follows',
            context.now,
            'They happened one after the other and were replayed together.',
          );
        }
      }
    }
    const gain = tunables.replay.oldGain;
    for (const memory of old) {
      changes.push({
        type: 'update',
        id: memory.id,
        patch: { strength: clamp01(memory.strength + gain * (1 - memory.strength)) },
        why: 'An old strong memory, replayed among the new ones so that they do not overwrite it.',
      });
    }
    for (const change of links.changes) changes.push(change);
    changes.push(...sleepCounted(snapshot, context));
    return {
      changes,
      report: {
        read: living.length,
        detail:
          `Replayed ${chosen.length} of ${count(unslept.length, 'new memory', 'new memories')} in ${count(sequences.length, 'short sequence')}, ` +
          `mixed with ${count(old.length, 'old strong one')}.`,
        measures: {
          ...bands,
          unslept: unslept.length - chosen.length,
          replayed: chosen.length,
          decisions: chosen.filter(({ memory }) => memory.label === 'decision').length,
          sequences: sequences.length,
          old: old.length,
          relations,
          links: links.changes.length,
          error:
            chosen.length === 0
              ? 0
              : round(chosen.reduce((sum, { error }) => sum + error, 0) / chosen.length),
        },
      },
    };
  },
};

const round = (value: number) => Math.round(value * 1000) / 1000;

/** 1 − likeness to the nearest of the rules that was there before; 1 where that one says the opposite. */
function predictionError(
  memory: Memory,
  rules: readonly Memory[],
  knowledge: Neighbourhood,
): Pick<Echo, 'error' | 'opposed'> {
  const [nearest] = knowledge.near(memory, {
    atLeast: 0.1,
    limit: 1,
    may: (rule) => (rules[rule] as Memory).createdAt <= memory.createdAt,
  });
  if (nearest === undefined) return { error: 1, opposed: false };
  return { error: nearest.opposite ? 1 : clamp01(1 - nearest.likeness), opposed: nearest.opposite };
}

/**
 * Surprise moves towards the prediction error, and what goes against a rule that was there is a conflict, which nobody
 * could know when it happened; the total moves by the share that each has in it.
 */
function refined(salience: Salience, error: number, opposed: boolean, weights: SalienceWeights): Salience {
  const surprise = clamp01(salience.surprise + tunables.replay.refine * (error - salience.surprise));
  const conflict = opposed ? Math.max(salience.conflict, tunables.replay.opposed) : salience.conflict;
  const step =
    (surprise - salience.surprise) * shareOf(weights, 'surprise') +
    (conflict - salience.conflict) * shareOf(weights, 'conflict');
  if (Math.abs(step) < 1e-9) return salience;
  return { ...salience, surprise, conflict, total: clamp01(salience.total + step) };
}

/** How many of what was wrong → what is right → why → where a memory is compressed to. */
function relationsIn({ lesson, scope }: Memory): number {
  return (
    [lesson.wrong, lesson.right, lesson.why, lesson.when].filter((part) => part !== undefined).length +
    (scope.level === 'path' ? 1 : 0)
  );
}

/**
 * The `quota` of highest priority, those of equal priority by identity. Only the numbers are sorted: sorting a hundred
 * thousand echoes would hold the thread for too long.
 */
function foremost(echoes: readonly Echo[], quota: number): readonly Echo[] {
  if (quota >= echoes.length) return echoes;
  const bound = Float64Array.from(echoes, ({ priority }) => priority).sort()[echoes.length - quota] ?? 0;
  const above = echoes.filter(({ priority }) => priority > bound);
  const level = echoes
    .filter(({ priority }) => priority === bound)
    .sort((a, b) => (a.memory.id < b.memory.id ? -1 : 1));
  return [...above, ...level.slice(0, quota - above.length)];
}

/**
 * Runs of what happened close together in one session, in order, each at most `replay.sequence` long. `unslept` gives
 * the order: oldest first, as in every snapshot.
 */
async function sequencesOf(
  chosen: readonly Echo[],
  unslept: readonly Memory[],
  breathe: () => Promise<void>,
): Promise<readonly (readonly Echo[])[]> {
  const echoes = new Map<MemoryId, Echo>();
  await eachOf(chosen, breathe, (echo) => {
    echoes.set(echo.memory.id, echo);
  });
  const current = new Map<string, Echo[]>();
  const sequences: Echo[][] = [];
  for (const { id, source, scope, createdAt } of unslept) {
    await breathe();
    const echo = echoes.get(id);
    if (echo === undefined) continue;
    const project = scope.level === 'user' ? '' : scope.project;
    const place = [source.assistant, source.session ?? '', project].join(' ');
    const sequence = current.get(place);
    const last = sequence?.at(-1)?.memory.createdAt ?? Number.NEGATIVE_INFINITY;
    const goesOn = createdAt - last <= tunables.replay.pauseMinutes * 60_000;
    if (sequence !== undefined && goesOn && sequence.length < tunables.replay.sequence) {
      sequence.push(echo);
    } else {
      const next = [echo];
      current.set(place, next);
      sequences.push(next);
    }
  }
  return sequences;
}

/** A seeded draw of what was strong before this night. */
function oldOnes(living: readonly Memory[], fresh: number, context: PhaseContext): readonly Memory[] {
  const { oldShare, mostOld } = tunables.replay;
  const strong = living.filter(
    (memory) =>
      !isUnslept(memory) &&
      !memory.pinned &&
      memory.strength < 1 &&
      (memory.sleptAt ?? memory.createdAt) < context.now &&
      effectiveStrength(memory, context.now) > tunables.bands.strong,
  );
  return sample(strong, Math.min(mostOld, Math.ceil(fresh * oldShare)), context.random);
}
