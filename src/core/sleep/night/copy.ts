/** A memory that lives in this process only: a copy to try nights on, of which nothing is kept. */
import { ReverieError } from '../../errors.ts';
import type { Memory, NightId } from '../../memory.ts';
import type { Change, PhaseReport, SleepSnapshot } from '../phase.ts';
import { digestOf } from './digest.ts';
import { canonicalSnapshot, createPicture } from './snapshot.ts';
import { type JournalEntry, type Night, nightBegun, type SleepStore } from './store.ts';

export interface MemoryCopy extends SleepStore {
  /** Waking life: memories come in. */
  take(memories: readonly Memory[]): Promise<void>;
  /** All there is, as of now. */
  readonly content: SleepSnapshot;
}

const atOnce = async (): Promise<void> => undefined;
const notHere = async (): Promise<never> => {
  throw new ReverieError('invalid-input', 'A copy keeps no journal to look back into.');
};
const mostPastNights = 30;

/** Never writes to what `start` came from. The journal keeps changes for a night that goes on, not what was before. */
export function createCopy(start: SleepSnapshot): MemoryCopy {
  const first = canonicalSnapshot({ ...start, pastNights: [] });
  const picture = createPicture(first);
  let content = first;
  const nights: { night: Night; readonly stages: PhaseReport[]; readonly journal: JournalEntry[] }[] = [];
  const asNight = ({ night, stages }: (typeof nights)[number]): Night =>
    night.state === 'running' ? { ...night, report: { ...night.report, stages: [...stages] } } : night;
  const place = (id: NightId) => {
    const found = nights.find(({ night }) => night.id === id);
    if (found === undefined) throw new ReverieError('not-found', `There is no night ${id}.`);
    return found;
  };
  return {
    get content() {
      return content;
    },
    async take(memories) {
      const changes = memories.map(
        (memory): Change => ({ type: 'create', memory, evidence: [], why: 'It happened.' }),
      );
      content = await picture.apply(changes, atOnce);
    },
    acquireLease: async () => ({ heartbeat: async () => true, release: atOnce }),
    snapshot: async () => ({
      ...content,
      pastNights: nights
        .filter(({ night }) => night.state === 'complete')
        .slice(0, mostPastNights)
        .map(({ night, stages }) => ({
          id: night.id,
          number: night.number,
          startedAt: night.startedAt,
          finishedAt: night.finishedAt ?? night.startedAt,
          state: night.state,
          stages,
        })),
    }),
    async beginNight(begun) {
      const night = nightBegun(nights.length + 1, begun);
      nights.unshift({ night, stages: [], journal: [] });
      return night;
    },
    async commitPhase(id, report, changes, at) {
      const { stages, journal } = place(id);
      content = await picture.apply(changes, atOnce);
      stages.push(report);
      for (const change of changes)
        journal.push({
          id: `${id} ${journal.length}`,
          night: id,
          act: report.phase,
          at,
          change,
          before: null,
          after: null,
          why: change.why,
          undone: false,
        });
    },
    async finishNight(id, state, report, finishedAt) {
      const found = place(id);
      found.night = { ...found.night, state, report, finishedAt };
    },
    settledNight: async () => undefined,
    nights: async (limit) => nights.slice(0, limit).map(asNight),
    async night(id) {
      const found = nights.find(({ night }) => night.id === id);
      return found === undefined ? undefined : asNight(found);
    },
    journal: async (id, offset = 0, limit = Number.POSITIVE_INFINITY) =>
      place(id).journal.slice(offset, offset + limit),
    journalDigest: async (id, after, limit) => {
      const page = place(id).journal.slice(after, after + limit);
      const digest = digestOf(
        page.map(({ change }) => change),
        picture.memory,
      );
      return page.length === 0 ? digest : { ...digest, last: after + page.length };
    },
    journalOf: notHere,
    letGo: async () => 0,
    forgetWords: async () => 0,
    undo: notHere,
  };
}
