/**
 * The structure of a lesson: what went wrong and what mends it, with the things in it abstracted to their roles.
 * "Edit the branch, not the main copy" and "write to staging, never to production" share no word; both are *the right
 * act in the wrong place*. Two lessons are analogous where their structures are alike and their words are not.
 */
import type { Memory } from '../memory.ts';
import { stancesOf } from '../text/stance.ts';
import { termsOf } from '../text/terms.ts';
import { contrastIn } from './dreamFrame.ts';

export const relations = [
  'place',
  'substitute',
  'companion',
  'order',
  'restraint',
  'omission',
  'check',
  'autonomy',
  'form',
  'duplicate',
  'relapse',
  'silence',
] as const;
export type Relation = (typeof relations)[number];

/** What each relation says of problem and remedy, for the sentence of a dream. */
export const relationText: Readonly<Record<Relation, { readonly problem: string; readonly remedy: string }>> =
  {
    place: {
      problem: 'the right thing was done in the wrong place',
      remedy: 'name the place before the work begins',
    },
    substitute: {
      problem: 'a habit stood in for the tool that was chosen',
      remedy: 'name the chosen tool and the one it replaces',
    },
    companion: {
      problem: 'one step was taken and its companion was not',
      remedy: 'tie the two steps together, so that neither goes alone',
    },
    order: { problem: 'a step came before the one it depends on', remedy: 'say what has to come first' },
    restraint: { problem: 'more was done than was asked for', remedy: 'say where to stop' },
    omission: {
      problem: 'a step that belongs to the work was left out',
      remedy: 'make the step part of being done',
    },
    check: {
      problem: 'something was claimed before it was looked at',
      remedy: 'look at the real thing before saying so',
    },
    autonomy: {
      problem: 'it was unclear who acts and who asks',
      remedy: 'settle what may be done without asking',
    },
    form: {
      problem: 'the content was right and its form was not',
      remedy: 'show the form once as a pattern',
    },
    duplicate: {
      problem: 'something was made anew that existed already',
      remedy: 'search for it before making it',
    },
    relapse: { problem: 'what had been mended broke again', remedy: 'pin the mended state with a check' },
    silence: { problem: 'a warning was passed over', remedy: 'treat the warning as work' },
  };

const signs: Readonly<Record<Relation, readonly RegExp[]>> = {
  place: [
    /\b(?:in|into|on|to|from|under|inside|within)\s+(?:the|a|an|your|our|its)?\s*(?:[\w-]+\s+){0,2}(?:branch|workspace|worktree|directory|folder|dir|repo|repository|module|package|environment|server|container|database|staging|production|root|component|layer)\b/i,
  ],
  substitute: [
    /\b(?:instead of|rather than|in place of|not with|replace|switch to)\b/i,
    /\buse\b.{1,60}\b(?:not|never|instead)\b/i,
    /\b(?:not|never|don'?t use)\b.{1,40}\buse\b/i,
  ],
  companion: [
    /^(?:when|whenever|after|every time|each time)\b[^,]+,/i,
    /\b(?:always|every|each)\b.+\b(?:after|when|whenever|alongside|together with)\b/i,
  ],
  order: [
    /\b(?:before|prior to|first,? (?:and )?then|first (?:make|write|create|pull|check|read|run)|only after|not until|ahead of)\b/i,
  ],
  restraint: [
    /\b(?:only the|nothing but|just the|too much|too many|unrelated|didn'?t ask|did not ask|not asked|minimal|don'?t (?:touch|change|remove|add|refactor)|leave .{1,30} alone|keep (?:it )?(?:simple|small|short)|unnecessar\w*|overkill|concise)\b/i,
  ],
  omission: [
    /\b(?:forgot|missed|missing|left out|not included|why didn'?t|(?:you )?(?:didn'?t|did not) (?:add|include|update|run|write|push|commit|follow|use|do)|omitted|skipped)\b/i,
  ],
  check: [/\b(?:check|verify|confirm|look at|inspect|run the|test it|are you sure|actually works?|prove)\b/i],
  autonomy: [
    /\b(?:yourself|ask(?:ing)? (?:me|for|before)|without asking|permission|confirmation|don'?t ask|on your own|tell me what to do)\b/i,
  ],
  form: [
    /\b(?:format\w*|style|markdown|title|naming|named?|prefix|concise|wording|indent\w*|convention\w*|readable|layout|template|language|header|heading)\b/i,
  ],
  duplicate: [
    /\b(?:duplicat\w*|already (?:exists?|have|has|there|defined|did)|reuse|re-use|same thing twice)\b/i,
  ],
  relapse: [/\b(?:again|regress\w*|broke|used to work|keep(?:s)? (?:happening|failing|breaking))\b/i],
  silence: [
    /\b(?:ignor\w*|silent\w*|swallow\w*|suppress\w*|warning|hide|hidden|skip(?:ped|ping)?|disable[ds]?|catch)\b/i,
  ],
};

/** Roles that things of programming play; stems as `termsOf` makes them. */
const roles: ReadonlyMap<string, string> = new Map(
  Object.entries({
    place:
      'branch workspac worktre directori dir folder repo repositori server contain stage product root path modul packag environ env layer session sandbox fork',
    check: 'test lint linter type typecheck assert coverag build ci valid check verifi review qa snapshot',
    record:
      'changelog doc document readm commit log histori comment note spec task ticket issu plan rule adr descript',
    tool: 'cli command tool npm pnpm yarn bun make script librari lib framework plugin sdk client driver docker git runner compil',
    data: 'databas db row tabl column schema migrat json yaml csv record cach file state storag fixtur',
    surface:
      'ui button page screen dialog menu css layout icon color colour font view compon modal canva panel',
    fault: 'error bug warn except failur crash fail broken wrong malform issu',
    name: 'name titl prefix label identifi variabl constant type',
    person: 'user me ask question confirm permiss approv reader custom',
    secret: 'secret token password key credenti env auth',
    flow: 'pr merg push pull releas deploy commit rebas publish version',
    code: 'code function method class api endpoint interfac helper logic hook handler',
  }).flatMap(([role, words]) => words.split(' ').map((word): [string, string] => [word, role])),
);

/** Relation and role features with weights; of length 1 where there is any. */
export interface Structure {
  readonly features: ReadonlyMap<string, number>;
  readonly relations: readonly Relation[];
  /** The lesson itself tells the relations, not only the message around it. */
  readonly told: boolean;
}

export function structureOf(memory: Pick<Memory, 'text' | 'lesson' | 'label'>): Structure {
  const { statement, why, when } = memory.lesson;
  // The lesson tells its own structure; the message around it is asked only where the lesson tells none.
  const told = [statement, why ?? '', when ?? ''].join('\n');
  const isTold = relations.some((relation) => signs[relation].some((sign) => sign.test(told)));
  const words = isTold ? told : memory.text.slice(0, 400);
  const features = new Map<string, number>();
  const add = (feature: string, weight: number) =>
    features.set(feature, (features.get(feature) ?? 0) + weight);
  const found: { relation: Relation; hits: number }[] = [];
  for (const relation of relations) {
    const hits = signs[relation].filter((sign) => sign.test(words)).length;
    if (hits > 0) found.push({ relation, hits });
  }
  for (const { relation, hits } of found) add(`=${relation}`, 1.5 * Math.sqrt(hits));
  /* Two things plainly set against each other: that is its structure, whatever else is said. */
  const contrast = contrastIn(statement);
  if (contrast !== undefined) {
    const relation = contrast.kind === 'place' ? 'place' : 'substitute';
    found.unshift({ relation, hits: 9 });
    add('=contrast', 1.5);
  }
  const complaint = memory.label === 'correction';
  for (const stance of [...stancesOf(memory.text.slice(0, 600), complaint), ...stancesOf(statement, false)]) {
    for (const { word, sign } of stance.words) {
      for (const term of termsOf(word)) {
        const role = roles.get(term);
        if (role === undefined) continue;
        add(role, 0.5 * stance.force);
        if (Math.abs(sign) >= 0.45) add(`${sign > 0 ? '+' : '-'}${role}`, 0.5 * stance.force);
      }
    }
  }
  const length = Math.sqrt([...features.values()].reduce((sum, weight) => sum + weight * weight, 0));
  return {
    told: isTold,
    features: new Map(
      [...features].map(([feature, weight]) => [feature, length === 0 ? 0 : weight / length]),
    ),
    relations: found
      .sort((a, b) => b.hits - a.hits || relations.indexOf(a.relation) - relations.indexOf(b.relation))
      .map(({ relation }) => relation),
  };
}
