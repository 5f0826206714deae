/**
 * What the team's own instruction files say already: such a rule is not told again, but its owner is shown that it
 * stands there and was not obeyed. Lines are read once a night and found by their heaviest features.
 */
import { append } from '../../lists.ts';
import type { Memory, Scope } from '../../memory.ts';
import { areOpposite } from '../../text/opposition.ts';
import { profileOf } from '../../text/profile.ts';
import type { Corpus } from '../../text/similarity.ts';
import { dot, emptyVector, heaviest, likenessOf, plainAt, plus, type Vector } from '../../text/vector.ts';
import type { InstructionLine, PhaseContext } from '../phase.ts';

export const instructionTable = {
  /** Likeness of a line to the rule's sentence, or to the theme of what was said, at which it says the same. */
  same: 0.42,
  theme: 0.34,
  features: 12,
  /** Members of a group whose words are compared. */
  speakers: 60,
  /** Lines compared with one rule. */
  candidates: 24,
  /** The line must say this share of the rule's own words, by rarity: to speak of the same is not to say the same. */
  covered: 0.6,
  /** Shorter lines are headings and list marks. */
  leastWords: 4,
} as const;

export interface KnownInstructions {
  /** `file:line` of the line that says what the rule says. */
  restatedBy(
    rule: Pick<Memory, 'text' | 'lesson'>,
    scope: Scope,
    members: readonly number[],
  ): string | undefined;
}

/** The single terms of a text, in their common form. */
const wordsIn = (text: string): ReadonlySet<string> =>
  new Set(
    [...profileOf({ text, lesson: { statement: '' }, label: 'decision' }).stance.keys()].filter(
      (term) => !term.includes(' '),
    ),
  );

interface Line {
  readonly line: InstructionLine;
  readonly vector: Vector;
}

export async function readInstructions(
  corpus: Corpus<Memory>,
  context: PhaseContext,
): Promise<KnownInstructions> {
  const postings = new Map<number, Line[]>();
  for (const line of context.instructions) {
    await context.breathe();
    const text = line.text.replace(/[*_#>]+/g, ' ').trim();
    if (text.split(/\s+/).length < instructionTable.leastWords || text.endsWith(':')) continue;
    const vector = corpus.vectorOf({ text, lesson: { statement: '' }, label: 'decision' });
    const entry = { line, vector };
    for (const id of heaviest(vector, instructionTable.features)) {
      append(postings, id, entry);
    }
  }
  const near = (vector: Vector, project: string | undefined): readonly Line[] => {
    const scores = new Map<Line, number>();
    for (const id of heaviest(vector, instructionTable.features * 2)) {
      const own = plainAt(vector, id);
      for (const entry of postings.get(id) ?? []) {
        if (project !== undefined && entry.line.project !== project) continue;
        scores.set(entry, (scores.get(entry) ?? 0) + own * plainAt(entry.vector, id));
      }
    }
    return [...scores]
      .sort((a, b) => b[1] - a[1])
      .slice(0, instructionTable.candidates)
      .map(([entry]) => entry);
  };
  /** Share of the words of a sentence that a line says too, each counted by its rarity. */
  const coverage = (sentence: string, line: string): number => {
    const known = wordsIn(line);
    let [all, both] = [0, 0];
    for (const term of wordsIn(sentence)) {
      const rarity = corpus.background.rarity(term);
      all += rarity;
      if (known.has(term)) both += rarity;
    }
    return all === 0 ? 0 : both / all;
  };
  return {
    restatedBy(rule, scope, members) {
      if (postings.size === 0) return undefined;
      const project = scope.level === 'user' ? undefined : scope.project;
      const said = corpus.vectorOf({ text: rule.text, lesson: rule.lesson, label: 'decision' });
      const theme = members
        .slice(0, instructionTable.speakers)
        .reduce((sum, at) => plus(sum, corpus.vectors.at(at)), emptyVector);
      let best: { place: string; likeness: number } | undefined;
      for (const { line, vector } of near(plus(said, theme), project)) {
        const likeness = Math.max(
          dot(said, vector) / instructionTable.same,
          members.length < 2 ? 0 : likenessOf(theme, vector) / instructionTable.theme,
        );
        if (likeness < 1 || (best !== undefined && likeness <= best.likeness)) continue;
        if (areOpposite(said, vector, corpus.background.poles)) continue;
        if (coverage(rule.text, line.text) < instructionTable.covered) continue;
        best = { place: `${line.file}:${line.line}`, likeness };
      }
      return best?.place;
    },
  };
}
