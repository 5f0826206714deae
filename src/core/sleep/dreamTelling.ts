/** How a dream is told and what is kept of it. */
import type { Memory, MemoryId } from '../memory.ts';
import { tunables } from '../tunables.ts';
import { contrastIn } from './dreamFrame.ts';
import { type DreamPair, homeOf, pairKey, sayingOf } from './dreamPairs.ts';
import { relationText } from './dreamStructure.ts';
import type { Change, PhaseContext } from './phase.ts';

/** The insight that a dream leaves, with links to both its sources. */
export function keepDream(pair: DreamPair, context: PhaseContext): Change[] {
  const { a, b, score } = pair;
  const id = context.ids.derive('i', pairKey(a.id, b.id)) as MemoryId;
  const text = dreamSentence(pair);
  const { problem, remedy } = relationText[pair.relation];
  const start = tunables.start.insight;
  const memory: Memory = {
    id,
    kind: 'insight',
    label: b.label,
    status: 'proposed',
    tier: 'mid',
    // An insight ties two projects: it is the owner's, and waits for the owner's verdict before anybody is told.
    scope: { level: 'user' },
    text,
    lesson: {
      statement: text,
      wrong: problem,
      right: remedy,
      why: `score ${score.total.toFixed(2)}: novelty ${score.novelty.toFixed(2)}, utility ${score.utility.toFixed(2)}, surprise ${score.surprise.toFixed(2)}`,
    },
    source: { assistant: 'dream' },
    strength: start.strength,
    rate: start.rate,
    salience: {
      surprise: score.surprise,
      novelty: score.novelty,
      arousal: 0,
      reward: score.utility,
      conflict: 0,
      total: score.total,
    },
    confidence: Math.min(0.6, score.total),
    alpha: 1,
    beta: 1,
    pinned: false,
    guard: false,
    standing: false,
    oneOff: false,
    topic: '',
    tags: [pair.relation],
    cues: [],
    citations: [],
    tokens: context.tokenizer.count(text),
    createdAt: context.now,
    lastAccessedAt: context.now,
    accessCount: 0,
  };
  const link = (to: Memory): Change => ({
    type: 'link',
    link: {
      from: id,
      to: to.id,
      kind: 'analogy',
      weight: tunables.dream.linkWeight,
      createdAt: context.now,
      usedAt: context.now,
    },
    why: 'A dream came from it.',
  });
  return [{ type: 'create', memory, evidence: [], why: whyKept(pair) }, link(a), link(b)];
}

function whyKept({ score, helps }: DreamPair): string {
  const tested =
    helps === undefined ? '' : ` It would have helped when you said: “${excerpt(helps.of.text, 80)}”.`;
  return `Two projects met in a dream (score ${score.total.toFixed(2)}).${tested}`;
}

/**
 * The dream as a person would tell it, naming both sources. Where both lessons set one thing against another, it says
 * what is to what; else both are quoted whole, so that nothing is bent to fit.
 */
export function dreamSentence({ a, b, relation }: Pick<DreamPair, 'a' | 'b' | 'relation'>): string {
  const { problem, remedy } = relationText[relation];
  const [home, other] = [nameOf(homeOf(a)), nameOf(homeOf(b))];
  const [one, two] = [contrastIn(sayingOf(a)), contrastIn(sayingOf(b))];
  if (one !== undefined && two !== undefined)
    return `What ${one.wanted} is to ${one.unwanted} in ${home}, ${two.wanted} is to ${two.unwanted} in ${other}: ${problem}. Perhaps it holds beyond the two: ${remedy}.`;
  return `In ${home} you said “${saying(a)}”, in ${other} “${saying(b)}”: both times ${problem}. Perhaps it holds beyond the two: ${remedy}.`;
}

const saying = (memory: Memory) => excerpt(sayingOf(memory), 110);

/** A project is told by its last folder. */
const nameOf = (home: string) =>
  home
    .split(/[\\/]/)
    .filter((part) => part !== '')
    .pop() ?? home;

function excerpt(text: string, most: number): string {
  const line = text
    .replace(/\s+/g, ' ')
    .replace(/[.\s]+$/, '')
    .trim();
  if (line.length <= most) return line;
  return `${line.slice(0, most).replace(/\s+\S*$/, '')} …`;
}
