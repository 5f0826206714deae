/** Duties: how a thing, or whoever works, should be. */
import { isImperative, verbBase } from '../text/imperative.ts';
import { contrastIn, passiveOf, pronoun, sidesOf } from './lessonPassive.ts';
import { firstWord, instructs, type Reading } from './lessonReading.ts';
import { readsAsThing, withoutAdverbs } from './nounPhrase.ts';
import { lowered } from './nouns.ts';
import { coreOf, trimmed } from './sentences.ts';
import { baseOfGerund, baseOfPast, presentOf } from './verbs.ts';

/** The grammatical subject of the last clause, small letter at its head where it is a common word. */
export function subjectOf(phrase: string): string {
  const whole = trimmed(phrase);
  const shared = /^(it|this|that|these|those|they|we|you|i|there)\b.* (?:and|but|so)$/i.exec(whole);
  const last = shared?.[1] ?? trimmed(whole.split(/, |; | but | so | [-–—] /).at(-1) ?? whole);
  return lowered(
    coreOf(last).replace(/^(?:(?:that|perhaps|maybe|possibly|probably|or|and|also) )+(?=\S+ ?)/i, ''),
  );
}

/** Nothing of which anything could be demanded. */
const noSubject = /^(?:or|and|etc|or (?:we|you|i)|if|whether|so|than|then|else)\b/i;

/** The noun that the verb agrees with: "the buttons on the page" are many. */
const headOf = (subject: string): string =>
  (
    /^((?:the|all|any|both|these|those|our|your|my|some|its) .+?) (?:on|of|in|for|from|with|at|under|inside|between) /i.exec(
      subject,
    )?.[1] ?? subject
  ).replace(/["'`”’]+$/, '');

/** "The key should be ready now" tells what to expect. */
const expected =
  /^be (?:all |now |already )*(?:ready|fine|good|ok|okay|set|done|easy|straightforward|back|safe|enough|good to go)\b(?! (?:in|on|by|only)\b)|^work(?: (?:now|then|fine|again))?$/i;
/** Cut off before its list, or before what it is about. */
const dangling =
  /^be \w+ (?:is|are|was|were) |\b(?:of|for|to|with|from|by|about|as|if|and|or|the|an?|is|are|be)$/i;

/** "…, and be", "and then send the": a second verb in its plain form. */
const joinedVerb = (rest: string): boolean =>
  /(?:,|\band|\bor)(?: then| also)? (?:be|have) /i.test(rest) ||
  [
    ...rest.matchAll(
      /(?:, then|,? (?:and|or|but)(?: then| also)?|,) (?!(?:not|never|do|don't)\b)([a-z-]+)(?= (?:the|an?|to|it|its|in|on|them|that|my|our|your|up|as|brief|\w+ed)\b)/gi,
    ),
  ].some(([, verb = '']) => /^(?:be|have)$/i.test(verb) || verbBase(verb) === verb.toLowerCase());

/** "Make sure the X is …" out of "the X should be …". */
export function subjectShould(subject: string, negated: boolean, said: string): Reading | undefined {
  const how =
    /^(?:actually|really|properly|correctly|only|also|just|still|then|now|simply|ideally|probably|\w{3,}ly) (?=[a-z])/i.exec(
      said,
    )?.[0] ?? '';
  const rest = said.slice(how.length).replace(/^(double|re) (?=[a-z])/i, '$1-');
  const only = /^only/i.test(how) ? 'only ' : '';
  const verb = firstWord(rest);
  if (verb === '' || subject.split(/\s+/).length > 14) return undefined;
  const after = rest.slice(verb.length);
  const bare = withoutAdverbs(subjectOf(subject)).replace(/^them$/i, 'they');
  if (noSubject.test(bare)) return undefined;
  if (/^(?:you|we)$/i.test(bare) && /^be$/i.test(verb) && /^ able to \S/i.test(after)) {
    const act = after.slice(' able to '.length);
    return negated
      ? { statement: `do not ${act}`, wrong: act, certainty: 0.7 }
      : { statement: act, right: act, certainty: 0.7 };
  }
  if (/^(?:you|we|i)$/i.test(bare)) {
    const [, done, tail = ''] = /^have (?:first )?(\w+)\b(.*)$/i.exec(rest) ?? [];
    if (done !== undefined && baseOfPast(done) !== done.toLowerCase()) {
      const act = `${baseOfPast(done)}${tail.replace(/ me (?=(?:first|before)\b)/i, ' ')}`;
      return negated
        ? { statement: `do not ${act}`, wrong: act, certainty: 0.85 }
        : { statement: act, right: act, certainty: 0.85, omitted: true };
    }
    if (/^be$/i.test(verb) && /^ (\w+)ing\b/.test(after)) {
      const gerund = after.trim().split(' ')[0] ?? '';
      const tail = after.trim().slice(gerund.length);
      const act = `${baseOfGerund(gerund)}${tail}`;
      return negated
        ? { statement: `do not ${act}`, wrong: act, certainty: 0.9 }
        : { statement: act, right: act, certainty: 0.85 };
    }
    return negated
      ? { statement: `do not ${rest}`, wrong: rest, certainty: 0.9 }
      : { statement: rest, right: rest, certainty: 0.85 };
  }
  if (/^there$/i.test(bare)) {
    const be =
      /^(?: (?:only|just|at least|at most|exactly))* (?:multiple|several|many|more|few\w*|both|two|three|four|five|\d+)\b/i.test(
        after,
      )
        ? 'are'
        : 'is';
    return negated
      ? {
          statement: `make sure there is no${after.replace(/^ (?:an?|any)\b/, '')}`,
          wrong: trimmed(after),
          certainty: 0.75,
        }
      : { statement: `make sure there ${be} ${only}${after.trim()}`, right: trimmed(after), certainty: 0.7 };
  }
  if (
    !readsAsThing(bare) ||
    expected.test(rest) ||
    isImperative(bare) ||
    / no$/i.test(bare) ||
    dangling.test(trimmed(rest))
  )
    return undefined;
  const act = passiveOf(bare, rest);
  if (act !== undefined)
    return negated
      ? { statement: `do not ${act}`, wrong: act, certainty: 0.78 }
      : { statement: `${only}${act}`, ...sidesOf(act), certainty: 0.76 };
  /* Verbs joined to the first one are not bent with it: the sentence stays as it was said. */
  if (joinedVerb(after)) {
    const asSaid = `${pronoun.test(bare) ? bare.toLowerCase() : bare} should ${negated ? 'not ' : ''}${rest}`;
    return {
      statement: asSaid,
      ...(negated ? { wrong: `${bare} ${rest}` } : { right: asSaid }),
      certainty: pronoun.test(bare) ? 0.5 : 0.75,
    };
  }
  const contrast = contrastIn(rest);
  const plural =
    /(?:(?<!\bthi|\bi|statu|canva|[su])s|\bthey|\bthese|\bthose|\bthem)$/i.test(headOf(bare)) ||
    / and /.test(bare);
  const verbNow = presentOf(verb, plural);
  const what = negated
    ? `${/^be$/i.test(verb) ? (plural ? 'are not' : 'is not') : `${plural ? 'do' : 'does'} not ${verb}`}${after}`
    : `${/^be$/i.test(verb) ? `${verbNow} ${only}`.trim() : `${only}${verbNow}`}${after}`;
  return {
    statement: `make sure ${pronoun.test(bare) ? bare.toLowerCase() : bare} ${what}`,
    ...(contrast?.[1] !== undefined && contrast[2] !== undefined && !negated
      ? { wrong: trimmed(contrast[2]), right: trimmed(contrast[1].replace(/^be /i, '')) }
      : negated
        ? { wrong: `${bare} ${verbNow}${after}` }
        : { right: `${bare} ${what}` }),
    certainty: pronoun.test(bare) ? 0.5 : 0.75,
  };
}

const should =
  /^(.{1,110}?) (?:(should|must|ought to|has to|have to|needs to|need to)(n't| not)?|(shouldn't|shouldnt|mustn't|mustnt)) (?:probably |really |just |also |always |then |now )*(.{2,})$/i;

/** Whom the work is for: nobody who could be told what to do. */
const servedOnes =
  /^(?:the|an?|each|every|our|my|your|most|some|all)? ?(?:end )?(?:users?|visitors?|customers?|clients?|players?|people|readers?|guests?|one)$/i;

/** "X should (not) …" in any person. */
export function readShould(sentence: string): Reading | undefined {
  const match = should.exec(sentence);
  if (match === null) return undefined;
  const [, subject = '', modal = '', negation, negated, rest = ''] = match;
  /* "There must be another one" guesses. */
  if (
    /^there$/i.test(coreOf(subject)) &&
    /^(?:must|has to|have to)$/i.test(modal) &&
    !/^be (?:no|at least|exactly|only)\b/i.test(rest)
  )
    return undefined;
  if (/^(?:what|how|which|where|when|who|why|if)\b/i.test(subject) && !/,/.test(subject)) return undefined;
  /* "The visitor has to ring twice" tells how it works. */
  if (/^(?:has|have|needs?) to$/i.test(modal) && servedOnes.test(coreOf(subject))) return undefined;
  /* "It must be using the cache", too. */
  if (/^must$/i.test(modal) && pronoun.test(coreOf(subject)) && /^be \w+ing\b/i.test(rest)) return undefined;
  const clause =
    /^(?:(?:when|if|before|after|while|whenever|for|in|on|since|because|as)\b[^,]+, )(.+)$/i.exec(subject);
  /* What need not be done is turned down; what a thing need not be is not demanded. */
  if (/^(?:you|we) (?:do|does|did)(?:n't| not)$/i.test(clause?.[1] ?? subject))
    return { statement: `do not ${rest}`, wrong: rest, certainty: 0.6 };
  if (/\b(?:do|does|did|is|are|was|were)(?:n't| not)$/i.test(subject)) return undefined;
  const never = /\bnever$/i.test(subject) || /^never /i.test(rest);
  const always = / always$/i.test(subject) || /\b(?:should|must|shall|to) always /i.test(sentence);
  const reading = subjectShould(
    (clause?.[1] ?? subject).replace(/ (?:always|never|also)$/i, ''),
    (negation !== undefined && negation !== '') || negated !== undefined || never,
    rest.replace(/^never /i, ''),
  );
  if (reading === undefined) return undefined;
  if (never) return { ...reading, statement: reading.statement.replace(/^do not /, 'never ') };
  return always &&
    instructs(reading.statement) &&
    !/^(?:make sure|do not|always|never)\b/i.test(reading.statement)
    ? { ...reading, statement: `always ${reading.statement}` }
    : reading;
}
