/**
 * Does a model's wording ask for what the lesson asks for? The reading of a sentence (`core/text/stance.ts`) is
 * shallow, so several plain questions are put to it: is what the lesson sets against each other still on its side, are
 * its verbs still wanted or unwanted as they were, does before still come before after, is the condition still there?
 */
import { noBackground } from '../../text/background.ts';
import { ordersIn, verbBase } from '../../text/imperative.ts';
import { areOpposite } from '../../text/opposition.ts';
import { profileOf } from '../../text/profile.ts';
import { similarityOf, vectorOf } from '../../text/similarity.ts';
import { termSetOf, termsOf } from '../../text/terms.ts';
import { tunables } from '../../tunables.ts';
import { plainTerms } from '../crystallization/plainWords.ts';

const { model: limits } = tunables;

/** A sign is taken for one from here on. */
const clear = 0.45;
/** Verbs that say only that something is wanted: every lesson can be said with them. */
const neutral: ReadonlySet<string> = new Set(
  termsOf('use prefer keep avoid choose follow ensure').concat('make'),
);

/** "Do not" is read as the one word it is. */
const read = (text: string) => text.replace(/\bdo not\b/gi, "don't");
const asSaid = (text: string, label: 'decision' | 'correction') => ({
  text: read(text),
  lesson: { statement: '' },
  label,
});

/** Sign by term, where it is clear: > 0 wanted, < 0 unwanted. */
function signsOf(text: string, label: 'decision' | 'correction' = 'decision'): ReadonlyMap<string, number> {
  const { stance } = profileOf(asSaid(text, label));
  const signs = [...stance].filter(
    ([term, { sign }]) => !term.includes(' ') && !neutral.has(term) && Math.abs(sign) >= clear,
  );
  return new Map(signs.map(([term, { sign }]) => [term, sign]));
}

const opening = /^(?:always|never|do not|don'?t|only|first|please|just|instead)\s+/i;
const condition = /^(?:before|after|when|whenever|if|while|for|in|on|once)\b[^,]*,\s*(?:then\s+)?/i;

interface Leading {
  /** As `termsOf` makes it. */
  readonly term: string;
  readonly wanted: boolean;
}

/** The verb a sentence orders or forbids; undefined where it begins with none we know. */
function leadingOf(sentence: string): Leading | undefined {
  let rest = sentence.trim().replace(condition, '');
  let wanted = true;
  for (let turn = 0; turn < 2; turn += 1) {
    if (/^(?:never|do not|don'?t)\b/i.test(rest)) wanted = false;
    rest = rest.replace(opening, '');
  }
  const verb = verbBase(rest.split(/[\s,.;:]+/)[0] ?? '');
  return verb === undefined ? undefined : { term: termsOf(verb)[0] ?? verb, wanted };
}

/** Its verb must be the lesson's or one the user ordered, and as wanted as it was there. */
function ordersOtherwise(
  text: string,
  lesson: string,
  told: readonly string[],
): 'opposite' | 'unlike' | undefined {
  const known = [lesson, ...told.flatMap((one) => ordersIn(one).map((order) => order.text))].flatMap(
    (sentence) => leadingOf(sentence) ?? [],
  );
  const [signs, ours] = [signsOf(text), signsOf(lesson)];
  for (const { term, wanted } of known) {
    const sign = signs.get(term);
    /* Read alike in the lesson itself, a sign that seems wrong is the reading's mistake, not the wording's. */
    if (sign === undefined || sign * (ours.get(term) ?? 0) > 0) continue;
    const sure = known.every((other) => other.term !== term || other.wanted === wanted);
    if (sure && sign > 0 !== wanted) return 'opposite';
  }
  const own = leadingOf(text);
  if (own === undefined || known.length === 0) return undefined;
  const same = known.filter(({ term }) => term === own.term);
  if (neutral.has(own.term)) {
    /* "Never use A, use B": a neutral verb may change its sign only together with what it stands for. */
    const turned = same.length > 0 && same.every(({ wanted }) => wanted !== own.wanted);
    return turned && !isContrast(signsOf(lesson)) ? 'opposite' : undefined;
  }
  return same.length === 0 ? 'unlike' : undefined;
}

const isContrast = (signs: ReadonlyMap<string, number>) =>
  [...signs.values()].some((sign) => sign > 0) && [...signs.values()].some((sign) => sign < 0);

/** Where the lesson sets one thing against another, each must stay on its side. */
function swapsSides(text: string, lesson: string): boolean {
  const [theirs, ours] = [signsOf(text), signsOf(lesson)];
  if (!isContrast(ours)) return false;
  return [...theirs].some(([term, sign]) => sign * (ours.get(term) ?? 0) < 0);
}

/** A word with a clear sign that nobody gave it, while the lesson or the user gave it the other one. */
function signsAgainst(text: string, lesson: string, told: readonly string[]): boolean {
  const sources = [signsOf(lesson), ...told.map((one) => signsOf(one, 'correction'))];
  return [...signsOf(text)].some(([term, sign]) => {
    const known = sources.flatMap((signs) => signs.get(term) ?? []);
    return known.length > 0 && known.every((other) => other * sign < 0);
  });
}

/** Opposite to the lesson, and to half of what was said at least: one shallow reading may err. */
function contradicts(text: string, lesson: string, told: readonly string[]): boolean {
  const vector = (one: string, label: 'decision' | 'correction') =>
    vectorOf(profileOf(asSaid(one, label)), noBackground);
  const own = vector(text, 'decision');
  if (!areOpposite(own, vector(lesson, 'decision'))) return false;
  const against = told.filter((one) => areOpposite(own, vector(one, 'correction')));
  return against.length * 2 >= told.length;
}

interface Sequence {
  readonly first: ReadonlySet<string>;
  readonly next: ReadonlySet<string>;
}

/** What "A before B", "after A, B", "A first, then B" and "never B before A" put first. */
function sequenceOf(sentence: string): Sequence | undefined {
  const then = /^(.+?),?\s(?:and\s)?then\s(.+)$/i.exec(sentence);
  if (then !== null) return { first: termSetOf(then[1] ?? ''), next: termSetOf(then[2] ?? '') };
  const fronted = /^(before|after)\s+(.+?),\s*(.+)$/i.exec(sentence);
  const plain = /^(.+?)\s(before|after)\s(.+)$/i.exec(sentence);
  const [word, main, side] = fronted
    ? [fronted[1], fronted[3], fronted[2]]
    : [plain?.[2], plain?.[1], plain?.[3]];
  if (word === undefined || main === undefined || side === undefined) return undefined;
  const forbidden = /^(?:never|do not|don'?t)\b/i.test(main);
  const [ours, theirs] = [termSetOf(main), termSetOf(side)];
  return (word.toLowerCase() === 'before') !== forbidden
    ? { first: ours, next: theirs }
    : { first: theirs, next: ours };
}

function turnsOrderRound(text: string, lesson: string): boolean {
  const [own, known] = [sequenceOf(text), sequenceOf(lesson)];
  if (own === undefined || known === undefined) return false;
  const only = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
    [...one].filter((term) => !other.has(term) && !neutral.has(term));
  return (
    only(own.first, own.next).some((term) => known.next.has(term) && !known.first.has(term)) ||
    only(own.next, own.first).some((term) => known.first.has(term) && !known.next.has(term))
  );
}

/** "… without asking", "… unless told": without its condition a lesson is another one. */
function losesCondition(text: string, lesson: string): boolean {
  const parts = lesson.split(
    /\s(?:before|after|without|unless|until|except|except for|only if|only when)\s/i,
  );
  if (parts.length < 2) return false;
  const terms = termSetOf(text);
  return parts.some((one) => {
    const own = [...termSetOf(one)].filter((term) => !neutral.has(term));
    return own.length > 0 && !own.some((term) => terms.has(term));
  });
}

/** A condition where the lesson has none makes an exception of it. */
const conditions =
  /\b(?:unless|except|until|till|apart from|other than|only|if|when|whenever|where|wherever|while|once|before|after|without|needed|possible|optionally)\b/i;

/** A short lesson has no word to spare: the particular ones stay, and nearly as many words as it has. */
function losesWords(text: string, lesson: string): boolean {
  const count = (one: string) => one.split(/\s+/).length;
  if (count(lesson) > limits.shortLesson) return false;
  const terms = termSetOf(text);
  const particular = [...termSetOf(lesson)].filter((term) => !plainTerms.has(term));
  return count(text) < count(lesson) * limits.shortLessonKept || particular.some((term) => !terms.has(term));
}

/** Undefined where `text` means what `lesson` means, which rests on what was `told`; else what is wrong. */
export function changedMeaning(
  text: string,
  lesson: string,
  told: readonly string[],
): 'opposite' | 'unlike' | undefined {
  if (
    swapsSides(text, lesson) ||
    signsAgainst(text, lesson, told) ||
    contradicts(text, lesson, told) ||
    turnsOrderRound(text, lesson)
  )
    return 'opposite';
  const otherwise = ordersOtherwise(text, lesson, told);
  if (otherwise !== undefined) return otherwise;
  if (losesCondition(text, lesson) || losesWords(text, lesson)) return 'unlike';
  if (conditions.test(text) && ![lesson, ...told].some((one) => conditions.test(one))) return 'unlike';
  const own = termSetOf(lesson);
  const kept = [...termSetOf(text)].filter((term) => own.has(term)).length;
  const near = [asSaid(lesson, 'decision'), ...told.map((one) => asSaid(one, 'correction'))].some(
    (one) => similarityOf(asSaid(text, 'decision'), one) >= limits.likeness,
  );
  const alike = near && kept / Math.max(1, own.size) >= limits.kept;
  return alike ? undefined : 'unlike';
}

/** Does `text` turn round one of the two lessons that a dream ties? */
export const turnsRound = (text: string, lesson: string): boolean =>
  swapsSides(text, lesson) || contradicts(text, lesson, []) || turnsOrderRound(text, lesson);
