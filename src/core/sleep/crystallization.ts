/**
 * Phase 4, N3: episodes that say the same thing become one rule, a repeated error → fix becomes a skill. One-offs and
 * what was repeated in one sitting about one artefact stay episodes. A rule that exists gains evidence instead of a
 * twin. Goes on until nothing is left to do, so that a second night finds nothing.
 */
import type { Memory, MemoryId } from '../memory.ts';
import { eachOf } from '../steps.ts';
import { readCorpus } from '../text/similarity.ts';
import { wordVectors } from '../text/wordVectors.ts';
import { bear, type Work } from './crystallization/crystalBirth.ts';
import { mayCrystallize, originalsAmong } from './crystallization/crystalEvidence.ts';
import { type KnownInstructions, readInstructions } from './crystallization/crystalInstructions.ts';
import { crystallizationTable } from './crystallization/crystalLesson.ts';
import { fingerprintAfter, fingerprintOf, settledFact } from './crystallization/crystalSettled.ts';
import { attach, type Standing, standingIn } from './crystallization/crystalStanding.ts';
import { type Kind, kindsIn } from './crystallization/kinds.ts';
import { createPage } from './crystallization/pages.ts';
import { utterancesOf } from './crystallization/utterances.ts';
import { isSlowDue, slowWritten } from './night/clocks.ts';
import { count } from './night/counting.ts';
import { numberFact } from './night/living.ts';
import type { Change, PhaseContext, PhaseResult, SleepPhase } from './phase.ts';

/**
 * Utterances up to which it is looked at what words mean, too. Among more, hardly anything hangs on it any more, and each
 * comparison costs half as much again.
 */
const mostCompared = 1500;

/** Fact: how many groups wait until the slow tier is due. */
const waitingFact = 'crystallization.waiting';

export const crystallization: SleepPhase = {
  name: 'crystallization',
  stage: 'N3',
  async run(snapshot, context) {
    const before = await fingerprintOf(snapshot, context);
    const slowDue = isSlowDue(snapshot, context);
    const waiting = numberFact(snapshot, waitingFact) ?? 0;
    if (snapshot.facts.get(settledFact) === before && !(slowDue && waiting > 0)) return nothingNew;
    const episodes: Memory[] = [];
    const said: Memory[] = [];
    for (const episode of snapshot.memories) {
      await context.breathe();
      if (!mayCrystallize(episode) || !context.inScope(episode)) continue;
      episodes.push(episode);
      said.push(...utterancesOf(episode));
    }
    const words = said.length <= mostCompared ? await wordVectors() : undefined;
    const corpus = await readCorpus(said, () => context.breathe(), words);
    const changes: Change[] = [];
    const counts = { rules: 0, skills: 0, evidence: 0, restated: 0, weak: 0, waiting: 0 };
    const { standing, covered } = await standingIn(snapshot, corpus, context);
    const instructions = await readInstructions(corpus, context);
    const kinds = await kindsIn(corpus, covered, context.breathe);
    const born = new Set<MemoryId>();
    const byId = new Map<MemoryId, Memory>();
    await eachOf(snapshot.memories, context.breathe, (memory) => {
      born.add(memory.id);
      byId.set(memory.id, memory);
    });
    const work: Work = {
      corpus,
      originals: await originalsAmong(episodes, context.breathe),
      instructions,
      standing,
      born,
      slowDue,
      loose: new Set(),
      untold: new Set(),
      compared: new Map(),
      context,
      counts,
    };
    /* A kind in which a round found nothing stays as it is: what the next would find weak or waiting is known. */
    const still = new Map<Kind, Pick<Work['counts'], 'weak' | 'waiting'>>();
    for (let round = 0; round < crystallizationTable.rounds; round += 1) {
      counts.waiting = 0;
      const [gained, grown, again] = [createPage(), createPage(), createPage()];
      let found = 0;
      for (const kind of kinds) {
        const known = still.get(kind);
        if (known !== undefined) {
          counts.weak += known.weak;
          counts.waiting += known.waiting;
          continue;
        }
        const { weak, waiting } = counts;
        const free = kind.free.size;
        const attached = await attach(corpus, standing, kind, context, gained);
        counts.evidence += attached;
        found += attached + (await bear(work, kind, grown));
        if (kind.free.size === free)
          still.set(kind, { weak: counts.weak - weak, waiting: counts.waiting - waiting });
      }
      /* Only when no group has a claim on what is left. */
      if (found === 0)
        for (const kind of kinds) {
          const attached = await attach(corpus, standing, kind, context, again, 'second');
          if (attached > 0) still.delete(kind);
          counts.evidence += attached;
          found += attached;
        }
      for (const page of [gained, grown, again])
        await eachOf(await page.inOrder(context.breathe), context.breathe, (change) => {
          changes.push(change);
        });
      if (found === 0) break;
    }
    counts.restated = await restate(standing.all, instructions, context, changes);
    const settled = await fingerprintAfter(before, changes, (id) => byId.get(id), context.breathe);
    if (episodes.length > 0)
      changes.push({
        type: 'fact',
        key: settledFact,
        value: settled,
        why: 'So that nothing is looked through again before something was said or decided.',
      });
    if (counts.waiting !== waiting)
      changes.push({
        type: 'fact',
        key: waitingFact,
        value: counts.waiting,
        why: 'What was said in one conversation only waits until the slow memory is due.',
      });
    if (slowDue && episodes.length > 0) changes.push(...slowWritten(snapshot, context));
    return {
      changes,
      report: {
        read: episodes.length,
        detail: sentenceOf(counts, episodes.length),
        measures: {
          rules: counts.rules,
          skills: counts.skills,
          evidence: counts.evidence,
          restated: counts.restated,
          weak: counts.weak,
          waiting: counts.waiting,
        },
      },
    };
  },
};

const nothingNew: PhaseResult = {
  changes: [],
  report: {
    read: 0,
    detail: 'Nothing was said or decided since rules were last looked for.',
    measures: { rules: 0, skills: 0, evidence: 0, restated: 0, weak: 0, waiting: 0 },
  },
};

function sentenceOf(
  counts: { rules: number; skills: number; evidence: number; restated: number },
  read: number,
): string {
  const written =
    counts.restated === 0
      ? ''
      : ` What your instruction files say already had to be said ${count(counts.restated, 'time')} all the same.`;
  if (counts.rules + counts.skills + counts.evidence === 0)
    return `Nothing new was said often enough among ${count(read, 'episode')}.${written}`;
  const came = `${count(counts.rules, 'rule')} and ${count(counts.skills, 'skill')} came out of ${count(read, 'episode')}`;
  const supported =
    counts.evidence === 0
      ? ''
      : `; ${counts.evidence} more ${counts.evidence === 1 ? 'says' : 'say'} what was known`;
  return `${came}${supported}.${written}`;
}

/** Rules that the team's own files say, also where the files came later. Answers how often what they say was said. */
async function restate(
  standing: readonly Standing[],
  instructions: KnownInstructions,
  context: PhaseContext,
  changes: Change[],
): Promise<number> {
  const births = new Map<Change, number>();
  await eachOf(changes, context.breathe, (change, at) => {
    births.set(change, at);
  });
  const placeOf = ({ born }: Standing) => (born === undefined ? -1 : (births.get(born) ?? 0));
  let times = 0;
  for (const { memory, episodes, utterances, born } of [...standing].sort(
    (a, b) => placeOf(a) - placeOf(b),
  )) {
    await context.breathe();
    const isNew = born !== undefined;
    const restates =
      memory.restates ?? (isNew ? undefined : instructions.restatedBy(memory, memory.scope, [...utterances]));
    if (restates === undefined) continue;
    times += episodes.size;
    if (memory.restates !== undefined) continue;
    changes.push({
      type: 'update',
      id: memory.id,
      patch: { restates },
      why: `${restates} says it already, and it had to be said ${episodes.size === 1 ? 'once' : `${episodes.size} times`}.`,
    });
  }
  return times;
}
