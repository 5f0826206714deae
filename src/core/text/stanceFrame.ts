/**
 * Where the clause proper begins, whether what it names is wanted, and how much it is meant: what stance.ts reads first of a
 * clause. An order, a complaint ("you did …"), a question, a condition, or only a statement.
 */
import { inverting } from './questions.ts';

export const setOf = (words: string): ReadonlySet<string> =>
  new Set(words.split(/\s+/).filter((word) => word !== ''));

export const fillers = setOf(
  `no nope nah hey hi ok okay so also and but again actually please pls well wait still hmm oh yes yeah sorry , then
  just now instead nein non nej stop`,
);
export const negations = setOf(
  `not never no dont doesnt didnt isnt arent wasnt werent wont wouldnt shouldnt mustnt cant cannot couldnt havent hasnt
  hadnt neednt aint avoid without nicht kein keine keinen nie niemals pas jamais nunca não nao nunca не никогда non ne mai nigdy nie nikdy
  ніколи ikke aldri aldrig inte geen niet nooit 不要 不用 别 別 禁止 而不是 不要用 别用`,
);
const complaintVerbs = setOf('are were re did do have had keep kept still ve went always just also again');
const missing = setOf('forgot forget missed miss skipped skip ignored omitted failed neglected');
const duties = setOf('should must need needs have supposed ought could can better');

/** With what is left of "n't" once apostrophes are gone. */
const questionStart: ReadonlySet<string> = new Set([
  ...inverting,
  ...setOf('didnt isnt arent dont havent shouldnt'),
]);

/** "Do it", "have a look", "don't touch it" are orders; "do you …?", "have we …?" are not. */
const maybeOrder = setOf('do dont have');
const subjects = setOf('you we they i these those');

export interface Frame {
  readonly start: number;
  readonly sign: number;
  readonly force: number;
}

/** "Fix it", "add a button": rather today's task than a lesson. */
export const plainOrder = 0.55;
const markers = setOf(
  'not never always instead rather dont only must should yourself without before first every',
);
const marked = (words: readonly string[]) => words.some((word) => markers.has(word));

/** Where the clause proper begins, and whether what it names is wanted. */
export function frameOf(words: readonly string[], complaint: boolean): Frame {
  let at = 0;
  while (at < words.length && fillers.has(words[at] ?? '')) at += 1;
  const opened = at;
  at = skipOpinion(words, at);
  const [first = '', second = '', third = ''] = [words[at], words[at + 1], words[at + 2]];
  if (first === 'why' || first === 'how' || first === 'warum' || first === 'pourquoi') {
    const negated = negations.has(second) || negations.has(words[at + 3] ?? '') || negations.has(third);
    const start = negated
      ? Math.max(...[1, 2, 3].filter((step) => negations.has(words[at + step] ?? ''))) + at + 1
      : at + (first === 'why' ? 3 : 1);
    if (first === 'how') return { start: at + 1, sign: 0, force: 0.3 };
    return { start, sign: negated ? 1 : -1, force: 0.9 };
  }
  if (first === 'you' || first === 'youre' || first === 'youve') {
    const next = first === 'you' ? second : 'are';
    const after = first === 'you' ? third : second;
    const step = first === 'you' ? 2 : 1;
    if (next === 'need' || next === 'have' ? after === 'to' : duties.has(next)) {
      const turned = negations.has(after);
      return { start: at + step + (turned ? 1 : 0), sign: turned ? -1 : 1, force: 1 };
    }
    if (next === 'shouldnt' || next === 'mustnt' || next === 'cant' || next === 'dont')
      return { start: at + step, sign: -1, force: 1 };
    if (negations.has(next)) return { start: at + step, sign: 1, force: 1 };
    if (negations.has(after) && complaintVerbs.has(next)) return { start: at + step + 1, sign: 1, force: 1 };
    if (missing.has(next) || (next === 'left' && after === 'out'))
      return { start: at + step, sign: 1, force: 1 };
    if (complaint) return { start: at + step - (complaintVerbs.has(next) ? 0 : 1), sign: -1, force: 1 };
    return { start: at + 1, sign: 0, force: 0.5 };
  }
  if (first === 'i' || first === 'id' || first === 'im' || first === 'we' || first === 'lets') {
    const turned = negations.has(second) ? 1 : negations.has(third) && second === 'do' ? 2 : 0;
    if (first !== 'im' && turned > 0) return { start: at + 1 + turned, sign: -1, force: 1 };
    return { start: at + 1, sign: 1, force: first === 'i' || first === 'im' ? 0.8 : 1 };
  }
  if (
    first === 'this' ||
    first === 'that' ||
    first === 'it' ||
    first === 'its' ||
    first === 'thats' ||
    first === 'there'
  ) {
    const turned = negations.has(second) ? 2 : negations.has(third) ? 3 : 0;
    if (turned > 0) return { start: at + turned, sign: 0.6, force: 0.7 };
    if (duties.has(second)) return { start: at + 2, sign: 1, force: 1 };
    return { start: at + 1, sign: complaint ? -0.3 : 0, force: 0.5 };
  }
  if (questionStart.has(first) && (!maybeOrder.has(first) || subjects.has(second))) {
    const either = words.includes('or');
    const turned = negations.has(first);
    return { start: at + 1, sign: either ? 0 : turned || second === 'you' ? 0.6 : 0.3, force: 0.5 };
  }
  if (negations.has(first)) return { start: at, sign: 1, force: 1 };
  if (complaint && thereAgain(words.slice(at))) return { start: at, sign: -1, force: 1 };
  return { start: at, sign: 1, force: at > opened || marked(words) ? 1 : plainOrder };
}

/** "Inline styles again": what is there again is complained of; "try it again" is an order. */
export const thereAgain = (words: readonly string[]) => {
  const end = words.indexOf('again');
  const rest = words[end + 1];
  return end > 0 && end <= 4 && (rest === undefined || rest === ',') && !repeated.has(words[0] ?? '');
};
const repeated = setOf(
  'try run fix check read look test build start restart use make do go open generate upload push pull send load say write come once over then and see me do',
);

/** "I think …", "looks like …", "make sure (that) …": what follows is the clause. */
function skipOpinion(words: readonly string[], from: number): number {
  let at = from;
  for (let turn = 0; turn < 3; turn += 1) {
    const [first = '', second = ''] = [words[at], words[at + 1]];
    if (
      first === 'i' &&
      (second === 'think' ||
        second === 'see' ||
        second === 'notice' ||
        second === 'noticed' ||
        second === 'guess')
    )
      at += 2;
    else if ((first === 'looks' || first === 'seems') && (second === 'like' || second === 'that')) at += 2;
    else if (first === 'it' && (second === 'looks' || second === 'seems'))
      at += words[at + 2] === 'like' ? 3 : 2;
    else if ((first === 'make' || first === 'be' || first === 'making') && second === 'sure') at += 2;
    else if (first === 'note' || first === 'notice' || first === 'remember' || first === 'ensure') at += 1;
    else break;
    while (words[at] === 'that' || words[at] === 'to' || (words[at] === 'you' && isMakeSure(words, at)))
      at += 1;
  }
  return Math.min(at, Math.max(0, words.length - 1));
}

const isMakeSure = (words: readonly string[], at: number) =>
  words[at - 1] === 'sure' || words[at - 2] === 'sure';
