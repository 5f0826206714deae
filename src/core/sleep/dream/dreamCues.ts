/**
 * Generative replay: the words in which a lesson may be asked for, beyond its own. Three sources, nothing invented:
 * the other wordings among its own evidence, the contrasts its owner draws ("A, not B" elsewhere), and everyday
 * variations of its verbs.
 */
import { isLesson, type Memory, type MemoryId } from '../../memory.ts';
import { eachOf } from '../../steps.ts';
import { type Background, learnBackground } from '../../text/background.ts';
import { verbBase } from '../../text/imperative.ts';
import { profileOf } from '../../text/profile.ts';
import { createReadings } from '../../text/reading.ts';
import { clausesOf, wordsOf } from '../../text/stance.ts';
import { termsOf } from '../../text/terms.ts';
import { episodesBehind } from '../night/living.ts';
import { ration } from '../night/rations.ts';
import type { PhaseContext, SleepSnapshot } from '../phase.ts';

export const cueTable = {
  /** Cues kept for one lesson. */
  most: 12,
  /** Words of one cue. */
  words: 6,
  /** Rules looked at in one night; the newest first. */
  rules: 2000,
} as const;

/** Everyday verbs by which the same request is made. */
const variations: readonly (readonly string[])[] = [
  ['edit', 'change', 'modify', 'update', 'rewrite'],
  ['create', 'add', 'make', 'write', 'generate', 'new'],
  ['remove', 'delete', 'drop', 'clean up'],
  ['use', 'run', 'call', 'install', 'switch to'],
  ['fix', 'repair', 'debug', 'resolve'],
  ['check', 'verify', 'test', 'validate', 'review'],
  ['commit', 'push', 'merge', 'pull request', 'PR'],
  ['document', 'describe', 'explain', 'README'],
  ['move', 'rename', 'refactor', 'restructure'],
  ['format', 'style', 'lint'],
  ['deploy', 'release', 'publish', 'ship'],
  ['ask', 'confirm', 'permission', 'question'],
];

/** Lessons whose cues are not what they could be, with the cues they should have. */
export async function cuesFor(
  snapshot: SleepSnapshot,
  context: PhaseContext,
): Promise<readonly { readonly memory: Memory; readonly cues: readonly string[] }[]> {
  const byId = new Map<MemoryId, Memory>();
  await eachOf(snapshot.memories, context.breathe, (memory) => {
    byId.set(memory.id, memory);
  });
  const behind = await episodesBehind(snapshot.evidence, context.breathe);
  const lessons = snapshot.memories
    .filter(
      (memory) =>
        isLesson(memory) &&
        (memory.status === 'active' || memory.status === 'proposed') &&
        context.inScope(memory),
    )
    .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
    .slice(0, cueTable.rules);
  if (lessons.length === 0) return [];
  const known = rememberedIn(context);
  const due = lessons.filter((memory) => !isAsBefore(memory, behind.get(memory.id)?.length ?? 0, known));
  if (due.length === 0) return [];
  const episodes = snapshot.memories.filter(({ kind }) => kind === 'episode');
  /* What was said does not change while it sleeps. */
  if (known.background === undefined || known.episodes !== episodes.length)
    known.background = await backgroundOf(episodes, () => context.breathe());
  known.episodes = episodes.length;
  const { background } = known;
  const answer: { memory: Memory; cues: readonly string[] }[] = [];
  for (const memory of due) {
    await context.breathe();
    const evidence = (behind.get(memory.id) ?? []).flatMap((id) => byId.get(id) ?? []);
    const cues = cuesOf(memory, evidence, background);
    known.cued.set(memory.id, { text: memory.text, lesson: memory.lesson, evidence: evidence.length });
    if (cues.length > 0 && cues.join('\n') !== memory.cues.join('\n')) answer.push({ memory, cues });
  }
  /* REM grows towards the morning: what is beyond this cycle's share waits for a later one. */
  const share = ration('REM', context.cycle, answer.length);
  for (const { memory } of answer.slice(share)) known.cued.delete(memory.id);
  return answer.slice(0, share);
}

/** What an earlier cycle of the same night found out. */
interface Remembered {
  background?: Background;
  episodes: number;
  readonly cued: Map<MemoryId, Pick<Memory, 'text' | 'lesson'> & { readonly evidence: number }>;
}

const remembered = new WeakMap<object, Remembered>();

function rememberedIn({ nightLong }: PhaseContext): Remembered {
  const known = nightLong === undefined ? undefined : remembered.get(nightLong);
  if (known !== undefined) return known;
  const blank: Remembered = { episodes: 0, cued: new Map() };
  if (nightLong !== undefined) remembered.set(nightLong, blank);
  return blank;
}

/** Its cues were made of the same words, and of the same evidence, earlier this night. */
function isAsBefore({ id, text, lesson }: Memory, evidence: number, { cued }: Remembered): boolean {
  const before = cued.get(id);
  return before?.text === text && before.lesson === lesson && before.evidence === evidence;
}

export async function backgroundOf(
  episodes: readonly Memory[],
  breathe: () => Promise<void>,
): Promise<Background> {
  const learner = learnBackground(episodes.length);
  const readings = createReadings();
  for (const memory of episodes) {
    await breathe();
    readings.add(learner.read(profileOf(memory)));
  }
  for (let at = 0; at < readings.size(); at += 1) {
    await breathe();
    learner.contrast(readings.at(at));
  }
  return learner.learned();
}

/** The cues of one lesson, most telling first. Pure; the lesson's own words are never among them. */
export function cuesOf(
  memory: Memory,
  evidence: readonly Memory[],
  background: Background,
): readonly string[] {
  const known = new Set(termsOf(`${memory.text} ${memory.lesson.why ?? ''} ${memory.lesson.when ?? ''}`));
  const cues: string[] = [];
  const offer = (cue: string) => {
    const terms = termsOf(cue);
    if (terms.length === 0 || terms.every((term) => known.has(term))) return;
    for (const term of terms) known.add(term);
    cues.push(cue);
  };
  for (const phrase of otherWordings(evidence, background)) offer(phrase);
  for (const [feature, { sign }] of profileOf(memory).stance) {
    for (const { feature: other } of background.implied(feature, sign)) offer(other);
  }
  for (const word of wordsOf(memory.text)) {
    const base = verbBase(word);
    const row = base === undefined ? undefined : variations.find((words) => words.includes(base));
    if (row !== undefined) offer(row.filter((other) => other !== base).join(' '));
  }
  return cues.slice(0, cueTable.most);
}

/** Phrases of the evidence, those with the rarest words first. */
function otherWordings(evidence: readonly Memory[], background: Background): readonly string[] {
  const phrases = new Map<string, number>();
  for (const episode of evidence) {
    for (const clause of clausesOf(episode.text).slice(0, 4)) {
      const words = wordsOf(clause)
        .filter((word) => word !== ',' && termsOf(word).length > 0)
        .map((word) => word.replace(/^@/, ''));
      if (words.length === 0) continue;
      const phrase = words.slice(0, cueTable.words).join(' ');
      const weight =
        words.reduce((sum, word) => sum + background.rarity(termsOf(word)[0] ?? word), 0) /
        Math.sqrt(words.length);
      phrases.set(phrase, Math.max(weight, phrases.get(phrase) ?? 0));
    }
  }
  return [...phrases]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, cueTable.most)
    .map(([phrase]) => phrase);
}
