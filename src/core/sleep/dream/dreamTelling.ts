/** How a dream is told and what is kept of it. */
import { isLesson, type Memory, type MemoryId } from '../../memory.ts';
import { tunables } from '../../tunables.ts';
import type { Change, PhaseContext } from '../phase.ts';
import { type DreamPair, type DreamSide, dreamKey, everywhereHome } from './dreamPair.ts';

/** Episodes behind each side that stand as evidence. */
const mostEvidence = 3;

/** The insight that a dream leaves, with links to both its sources. */
export function keepDream(
  pair: DreamPair,
  behind: ReadonlyMap<MemoryId, ReadonlySet<MemoryId>>,
  context: Pick<PhaseContext, 'ids' | 'now' | 'tokenizer'>,
): Change[] {
  const { a, b, score, kind, schema } = pair;
  const id = context.ids.derive('i', `${kind} ${a.memory.id} ${b.memory.id}`) as MemoryId;
  const text = dreamSentence(pair);
  const statement = proposalOf(pair);
  const start = tunables.start.insight;
  const project = b.memory.scope.level === 'user' ? undefined : b.memory.scope.project;
  const memory: Memory = {
    id,
    kind: 'insight',
    label: b.memory.label,
    status: 'proposed',
    tier: 'mid',
    /* What one project may learn from another holds there; what both have in common is the owner's. */
    scope: kind === 'transfer' && project !== undefined ? { level: 'project', project } : { level: 'user' },
    text,
    lesson: {
      statement,
      ...(schema === undefined ? {} : { wrong: schema.problem, right: schema.remedy }),
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
    tags: [schema?.name ?? kind, kind],
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
  const evidence = [a, b].flatMap(({ memory: source }) =>
    source.kind === 'episode' ? [source.id] : [...(behind.get(source.id) ?? [])].slice(-mostEvidence),
  );
  return [
    { type: 'create', memory, evidence: [...new Set(evidence)], why: whyKept(pair) },
    link(a.memory),
    link(b.memory),
  ];
}

/** What was dreamt, so that it is not dreamt again. */
export const keyOfDream = ({ kind, schema, a, b }: DreamPair) =>
  dreamKey(schema?.name ?? kind, a.home, b.home);

function whyKept({ score, helps, a, b }: DreamPair): string {
  const [first] = helps;
  const { novelty, utility, surprise, total } = score;
  const parts = `novelty ${novelty.toFixed(2)}, utility ${utility.toFixed(2)}, surprise ${surprise.toFixed(2)}`;
  const tested =
    first === undefined
      ? ''
      : ` Tested on ${helps.length === 1 ? 'one moment' : `${helps.length} moments`} of ${nameOf((b.home === everywhereHome ? a : b).home)} and its like that it did not come from; it would have helped at “${excerpt(first.text, 80)}”.`;
  return `Two projects met in a dream (score ${total.toFixed(2)}: ${parts}).${tested}`;
}

/** What an assistant is told once the owner kept the dream; empty for a question, which is the owner's alone. */
export function proposalOf({ kind, schema, a }: Pick<DreamPair, 'kind' | 'schema' | 'a'>): string {
  if (kind === 'contrast') return '';
  if (kind === 'same') return `${a.quote}.`;
  return schema?.remedy ?? '';
}

/** The dream as a person would tell it: both sources in the owner's words, what they share, and what may follow. */
export function dreamSentence({
  kind,
  schema,
  a,
  b,
}: Pick<DreamPair, 'kind' | 'schema' | 'a' | 'b'>): string {
  const [here, there] = [nameOf(a.home), nameOf(b.home)];
  const remedy = lowerFirst(schema?.remedy ?? '');
  const problem = schema?.problem ?? '';
  const shared = a.hurt || b.hurt ? `Both times ${problem}.` : `Both guard against one trouble: ${problem}.`;
  switch (kind) {
    case 'transfer':
      return `In ${here} it is a rule: “${a.quote}”${behindOf(a)}. In ${there} you said “${b.quote}”${timesOf(b)}, and no rule there speaks of it. ${shared} Perhaps it holds in ${there} too: ${remedy}`;
    case 'common':
      return `In ${here} you said “${a.quote}”${timesOf(a)}, in ${there} “${b.quote}”${timesOf(b)}. ${shared} Perhaps one rule for everywhere: ${remedy}`;
    case 'same':
      return `You say the same in two projects: “${a.quote}” in ${here}, “${b.quote}” in ${there}. Perhaps it holds everywhere.`;
    case 'contrast':
      if (b.home === everywhereHome)
        return `In ${here} you said “${a.quote}”${timesOf(a)}. A rule that holds everywhere says “${b.quote}”, and is told there, too. Is that meant, or should the rule hold elsewhere only?`;
      return `In ${here} you said “${a.quote}”${timesOf(a)}, in ${there} “${b.quote}”. The one asks for what the other turns down. Is that meant, or should one of them give way?`;
  }
}

const isRule = ({ memory }: DreamSide) => isLesson(memory);
const behindOf = ({ times }: DreamSide) => (times > 1 ? ` (${times} remarks stand behind it)` : '');
const timesOf = (side: DreamSide) =>
  isRule(side) ? behindOf(side) : side.times > 1 ? ` (one of ${side.times} such remarks)` : '';
const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

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
