/**
 * What the team's own instruction files say already: such a rule is not told again, but its owner is shown that it
 * stands there and was not obeyed. Lines are read once a night and found by their heaviest features.
 */
import type { Memory, Scope } from '../memory.ts';
import { areOpposite } from '../text/opposition.ts';
import type { Corpus } from '../text/similarity.ts';
import { dot, emptyVector, heaviest, likenessOf, plainAt, plus, type Vector } from '../text/vector.ts';
import type { InstructionLine, PhaseContext } from './phase.ts';

export const instructionTable = {
  /** Likeness of a line to the rule's sentence, or to the theme of what was said, at which it says the same. */
  same: 0.42,
  theme: 0.34,
  features: 12,
  /** Lines compared with one rule. */
  candidates: 24,
  /** Shorter lines are headings and list marks. */
  leastLength: 12,
} as const;

export interface KnownInstructions {
  /** `file:line` of the line that says what the rule says. */
  restatedBy(
    rule: Pick<Memory, 'text' | 'lesson'>,
    scope: Scope,
    members: readonly number[],
  ): string | undefined;
}

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
    if (line.text.length < instructionTable.leastLength) continue;
    const text = line.text.replace(/[*_#>]+/g, ' ').trim();
    const vector = corpus.vectorOf({ text, lesson: { statement: '' }, label: 'decision' });
    const entry = { line, vector };
    for (const id of heaviest(vector, instructionTable.features)) {
      const list = postings.get(id);
      if (list === undefined) postings.set(id, [entry]);
      else list.push(entry);
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
  return {
    restatedBy(rule, scope, members) {
      if (postings.size === 0) return undefined;
      const project = scope.level === 'user' ? undefined : scope.project;
      const said = corpus.vectorOf({ text: rule.text, lesson: rule.lesson, label: 'decision' });
      const theme = members.reduce((sum, at) => plus(sum, corpus.vectors[at] ?? emptyVector), emptyVector);
      let best: { place: string; likeness: number } | undefined;
      for (const { line, vector } of near(plus(said, theme), project)) {
        const likeness = Math.max(
          dot(said, vector) / instructionTable.same,
          members.length < 2 ? 0 : likenessOf(theme, vector) / instructionTable.theme,
        );
        if (likeness < 1 || (best !== undefined && likeness <= best.likeness)) continue;
        if (areOpposite(said, vector, corpus.background.poles)) continue;
        best = { place: `${line.file}:${line.line}`, likeness };
      }
      return best?.place;
    },
  };
}
