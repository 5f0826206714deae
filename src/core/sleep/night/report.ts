/** The morning's account of a night: what a person reads in a minute, and the whole hypnogram. */
import { isLesson, type Memory, type MemoryId, type NightId } from '../../memory.ts';
import type { ModelAccount, NightMeasures, NightReport, PhaseReport } from '../phase.ts';
import { modelSentence } from '../words/wording.ts';
import { beforeIn, hypnogramOf, learnedIn } from './account.ts';
import { count } from './counting.ts';
import type { NightDigest } from './digest.ts';
import { byAge } from './snapshot.ts';

export interface Morning {
  addStage(report: PhaseReport): void;
  add(digest: NightDigest): void;
  setModel(account: ModelAccount): void;
  /** Rules, skills and dreams that came into being this night. */
  born(): ReadonlySet<MemoryId>;
  /** Rules are told as `memoryOf` knows them at the end of the night; `after` is what was measured then. */
  report(
    state: NightReport['state'],
    finishedAt: number,
    memoryOf: (id: MemoryId) => Memory | undefined,
    after: NightMeasures | undefined,
  ): NightReport;
}

/** Collects a night as it goes. */
export function createMorning(night: {
  readonly id: NightId;
  readonly number: number;
  readonly startedAt: number;
}): Morning {
  const stages: PhaseReport[] = [];
  const rules = new Map<MemoryId, 'new' | 'changed'>();
  const dreams = new Map<MemoryId, number>();
  const known = new Set<MemoryId>();
  let changes = 0;
  let telling = 0;
  let model: ModelAccount | undefined;

  return {
    addStage(report) {
      stages.push(report);
    },
    add(more) {
      changes += more.changes;
      /* Facts are the engine's own notes. */
      telling += more.changes - more.facts;
      for (const memory of more.born) {
        if (isLesson(memory)) rules.set(memory.id, 'new');
        else dreams.set(memory.id, memory.salience.total);
      }
      for (const id of more.changed) known.add(id);
    },
    setModel(account) {
      model = account;
    },
    born() {
      const lessons = [...rules].filter(([, change]) => change === 'new').map(([id]) => id);
      return new Set([...lessons, ...dreams.keys()]);
    },
    report(state, finishedAt, memoryOf, after) {
      for (const id of known) {
        const memory = memoryOf(id);
        if (memory !== undefined && !rules.has(id)) rules.set(id, 'changed');
      }
      const touched = [...rules.keys(), ...dreams.keys()].flatMap((id) => memoryOf(id) ?? []).sort(byAge);
      const toldRules = touched.filter(isLesson).map((memory) => ({
        id: memory.id,
        text: memory.text,
        status: memory.status,
        change: rules.get(memory.id) ?? ('changed' as const),
      }));
      const toldDreams = touched
        .filter((memory) => dreams.has(memory.id))
        .map((memory) => ({ id: memory.id, text: memory.text, score: dreams.get(memory.id) ?? 0 }));
      /* What is gone on with must know all that was done. */
      const told = state === 'complete' ? withoutQuietEnd(stages) : [...stages];
      const before = beforeIn(stages);
      return {
        ...night,
        finishedAt,
        state,
        stages: told,
        rules: toldRules,
        dreams: toldDreams,
        changes,
        hypnogram: hypnogramOf(told),
        learned: learnedIn(stages),
        ...(before === undefined || after === undefined ? {} : { history: { before, after } }),
        summary: summaryOf({
          state,
          stages: told,
          rules: toldRules,
          dreams: toldDreams,
          changes: telling,
          ...(model === undefined ? {} : { model }),
        }),
        ...(model === undefined ? {} : { model }),
      };
    },
  };
}

/** The last cycle of a night that settled only found that nothing is left to do: it is not worth a column. */
function withoutQuietEnd(stages: readonly PhaseReport[]): readonly PhaseReport[] {
  const last = stages.reduce((most, stage) => Math.max(most, stage.cycle), 0);
  const quiet = last > 0 && stages.every((stage) => stage.cycle < last || stage.changed === 0);
  return quiet ? stages.filter((stage) => stage.cycle < last) : stages;
}

function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

function summaryOf(
  night: Pick<NightReport, 'state' | 'stages' | 'rules' | 'dreams' | 'changes' | 'model'>,
): string {
  const total = (measure: string) =>
    night.stages.reduce((sum, stage) => sum + (stage.measures[measure] ?? 0), 0);
  const read = night.stages.reduce((most, stage) => Math.max(most, stage.read), 0);
  const cycles = new Set(night.stages.map((stage) => stage.cycle)).size;
  const sentences: string[] = [];
  const opening =
    night.state === 'interrupted' ? 'The sleep was interrupted; it goes on from there next time. ' : '';
  if (total('settled') > 0 && night.changes === 0) {
    return `${opening}A quiet night: nothing has happened since the last one.`;
  }
  if (night.changes === 0) {
    return `${opening}A quiet night: ${count(read, 'memory', 'memories')} looked at, nothing new to learn and nothing changed.`;
  }
  const done: string[] = [];
  if (total('replayed') > 0) done.push(`replayed ${count(total('replayed'), 'new memory', 'new memories')}`);
  if (total('merged') > 0) done.push(`merged ${total('mergedFrom')} weak ones into ${total('merged')}`);
  if (total('archived') > 0)
    done.push(`archived ${count(total('archived'), 'faded one')} (they can be restored)`);
  if (total('moved') > 0) done.push(`sorted ${total('moved')} under topics`);
  if (done.length === 0) done.push('put small things in order');
  sentences.push(
    `In ${count(cycles, 'cycle')} over ${count(read, 'memory', 'memories')} the night ${listed(done)}.`,
  );

  const born = night.rules.filter((rule) => rule.change === 'new');
  const proposed = born.filter((rule) => rule.status === 'proposed').length;
  if (born.length > 0) {
    sentences.push(
      `${count(born.length, 'rule or skill was', 'rules and skills were')} learned${proposed === 0 ? '' : `, ${proposed} of them waiting for your word`}.`,
    );
  }
  const fresh: string[] = [];
  if (total('repeated') > 0) fresh.push(`${count(total('repeated'), 'thing was', 'things were')} said again`);
  if (total('overtaken') > 0) fresh.push(`${total('overtaken')} overtaken by what came later`);
  if (fresh.length > 0) sentences.push(`Of what was new, ${listed(fresh)}.`);
  const known: string[] = [];
  const confirmed = total('validated') - total('repeated');
  const outdated = total('obsolete') - total('overtaken');
  if (confirmed > 0) known.push(`${count(confirmed, 'thing was', 'things were')} confirmed`);
  if (total('enriched') > 0) known.push(`${total('enriched')} gained details`);
  if (outdated > 0) known.push(`${outdated} became outdated`);
  if (known.length > 0) sentences.push(`Of the older knowledge, ${listed(known)}.`);
  if (total('contradicted') > 0)
    sentences.push(`${count(total('contradicted'), 'contradiction')} found: please look which holds.`);
  if (total('receipts') > 0)
    sentences.push(`${count(total('receipts'), 'rule use was', 'rule uses were')} weighed.`);
  if (night.dreams.length > 0)
    sentences.push(`${count(night.dreams.length, 'dream')} kept for you to judge.`);
  if (night.model !== undefined && night.model.candidates > 0) sentences.push(modelSentence(night.model));
  if (total('crashed') > 0)
    sentences.push(`${count(total('crashed'), 'phase')} failed and changed nothing; see the log.`);
  return opening + sentences.join(' ');
}
