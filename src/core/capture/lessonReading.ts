/** What a sentence is read into, and the small turns of phrase by which people say how it should have been. */

import { isImperative } from '../text/imperative.ts';
import { contrastIn, passiveOf, pronoun, sidesOf } from './lessonPassive.ts';
import { readsAsThing, withoutAdverbs } from './nounPhrase.ts';
import { lowered } from './nouns.ts';
import { coreOf, trimmed } from './sentences.ts';
import { baseOfGerund, baseOfPast, isImperativeVerb, presentOf } from './verbs.ts';

export interface Reading {
  /** Imperative, without closing dot. */
  readonly statement: string;
  readonly wrong?: string | undefined;
  readonly right?: string | undefined;
  /** 0..1. */
  readonly certainty: number;
  /** About the state of this task only. */
  readonly taskBound?: boolean;
  /** The words say outright that the right thing was left undone. */
  readonly omitted?: boolean;
  /** Tells what was done amiss: what is asked for next to it is the point. */
  readonly fault?: boolean;
}

export type Shape = readonly [pattern: RegExp, read: (...groups: readonly string[]) => Reading | undefined];

export const past =
  '(?:(?!need\\b|feed\\b|seed\\b|speed\\b|proceed\\b|exceed\\b|succeed\\b|embed\\b|shed\\b)[a-z-]+ed|did|made|put|ran|wrote|broke|forgot|left|lost|built|took|gave|went|got|set|kept|sent|chose|began|overwrote|rewrote|undid|threw|hid|brought|cut|split|reset|mixed|read|found|showed|told)';
export const adverb =
  '(?:just|also|still|again|only|now|already|always|never|keep|actually|really|even|simply|accidentally|apparently|wrongly|probably|maybe)';

/** What follows as an instruction: "you should use X" and "we use X" and "to use X" become "use X". */
export function imperative(phrase: string): string {
  const text = coreOf(trimmed(phrase));
  const direct = text
    .replace(
      /^(?:that )?(?:you|we|i)(?:'ll|'d)? (?:should |must |need to |have to |has to |ought to |want (?:you )?to |would like (?:you )?to |will |can |could |are (?:supposed|expected) to |might want to |may )+(?:just |also |please |really )*/i,
      '',
    )
    .replace(/^(?:that )?(?:you|we) (?:should|must)(?:n't| not) /i, 'do not ')
    .replace(/^(?:that )?(?:you|we) (?:don't|do not|dont) /i, 'do not ')
    .replace(/^(?:that )?(?:you|we) (always|never) /i, '$1 ')
    .replace(/^(?:please |just |to |lets |let's |let us |go ahead and )+/i, '')
    .replace(/^be able to /i, '')
    .replace(/^not to /i, 'do not ')
    .replace(/^not (?=[a-z]+ )/i, 'do not ')
    .replace(/^(always|never) (?:to )/i, '$1 ')
    .replace(/^(?:don't|dont|do n't) /i, 'do not ');
  const ours = /^(?:that )?(?:we|you) ([a-z]+)\b(.*)$/i.exec(direct);
  if (ours?.[1] !== undefined && isImperativeVerb(ours[1])) return `${ours[1]}${ours[2] ?? ''}`;
  return direct;
}

export function firstWord(text: string): string {
  return /^[\p{L}'-]+/u.exec(text)?.[0] ?? '';
}

/** Already an instruction as it stands. */
export const instructs = (text: string): boolean => isImperativeVerb(firstWord(text));

/** "when fixing a bug to first always write a test" → "when fixing a bug, first always write a test". */
export function orderedCondition(phrase: string): string {
  const match =
    /^((?:when(?:ever)?|if|before|after|while) [^,]{3,80}?),? (?:to|you should|always) (.{4,})$/i.exec(
      phrase,
    );
  if (match?.[1] === undefined || match[2] === undefined) return imperative(phrase);
  return `${match[1]}, ${imperative(match[2]).replace(/^(?:first always|always first) /i, 'always first ')}`;
}

/** An order, possibly behind its condition. */
export const instructsAtLast = (text: string): boolean =>
  instructs(text) ||
  /^(?:when(?:ever)?|if|before|after|while) [^,]+, (?:first |always |never )*[a-z]+ /i.test(text);

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

/** "Make sure the X is …" out of "the X should be …". */
export function subjectShould(subject: string, negated: boolean, said: string): Reading | undefined {
  const how =
    /^(?:actually|really|properly|correctly|only|also|just|still|then|now|simply|ideally|probably|\w{3,}ly|double|re)[ -](?=[a-z])/i.exec(
      said,
    )?.[0] ?? '';
  const rest = said.slice(how.length);
  const only = /^only/i.test(how) ? 'only ' : '';
  const verb = firstWord(rest);
  if (verb === '' || subject.split(/\s+/).length > 14) return undefined;
  const after = rest.slice(verb.length);
  const bare = withoutAdverbs(subjectOf(subject));
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
      : { statement: `make sure there ${be}${after}`, right: trimmed(after), certainty: 0.7 };
  }
  if (!readsAsThing(bare)) return undefined;
  const act = passiveOf(bare, rest);
  if (act !== undefined)
    return negated
      ? { statement: `do not ${act}`, wrong: act, certainty: 0.78 }
      : { statement: `${only}${act}`, ...sidesOf(act), certainty: 0.76 };
  const contrast = contrastIn(rest);
  const plural =
    /(?:(?<!\bthi|\bi|statu|[su])s|\bthey|\bthese|\bthose|\bthem)$/i.test(bare.replace(/["'`”’]+$/, '')) ||
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

/** "X instead of Y", with X the right one. */
export function replacement(right: string, wrong: string, joint: string): Reading | undefined {
  /* "you used X instead of Y": then X is the wrong one, and another shape reads it. */
  if (
    new RegExp(`^(?:you(?:'ve| have)? )?(?:${adverb} )*${past}\\b`, 'i').test(right) &&
    !isImperativeVerb(firstWord(right))
  )
    return undefined;
  const good = imperative(right);
  /* A heading, or a whole report before "rather than", is nothing that could be used. */
  if (!instructs(good) && (/:\s/.test(good) || good.split(/\s+/).length > 10)) return undefined;
  const bad = trimmed(wrong).replace(/ (?:here|please|instead|now|everywhere|next time)$/i, '');
  if (good === '' || bad === '' || bad.split(/\s+/).length > 14) return undefined;
  const act = instructs(good)
    ? good
    : isImperative(good)
      ? good
      : /^(?:it|this|that|they|these|those|he|which|there|i)\b|^\S+(?: \S+){0,4} (?:is|are|was|were|has|have|did|does|says?|shows?)\b/i.test(
            good,
          ) || !mayBeUsed(good)
        ? undefined
        : `use ${good}`;
  if (act === undefined) return undefined;
  return { statement: `${act}${joint}${bad}`, wrong: bad, right: withoutVerb(good), certainty: 0.9 };
}

/** What stands where the thing to use should: a name, or at least no clause. */
export const mayBeUsed = (words: string): boolean =>
  !/^(?:no|nothing|something|anything|both|stuck)\b/i.test(words) &&
  readsAsThing(words.split(/[,;:]/)[0]?.split(/\s+/).slice(0, 4).join(' ') ?? '');

/** "use pnpm" → "pnpm": what is right, as a thing where it is one. */
export const withoutVerb = (act: string): string =>
  trimmed(act.replace(/^(?:use|go with|prefer|stick (?:to|with)|keep to)\s+/i, ''));

/**
 * "edit X, not Y" said of what was done: X is wrong, Y is right. Where the two differ in place only, the thing stays:
 * "edited files in the copy, not the original" → "edit files in the original, not in the copy".
 */
export function turned(verb: string, did: string, meant: string): Reading | undefined {
  const right = trimmed(meant);
  const wrong = trimmed(did);
  if (right === '' || wrong === '' || /^(?:even|only|just|yet|sure)\b/i.test(right)) return undefined;
  const place =
    /^(?!.*\b(?:the|my|our|your)\b.* (?:in|on|to|from|at|into|under|inside) )(.*?)\b(in|on|to|from|at|into|under|inside|within) (.+)$/i.exec(
      wrong,
    );
  const [, thing = '', preposition, where] = place ?? [];
  if (preposition !== undefined && where !== undefined) {
    const there = right.replace(/^(?:in|on|to|from|at|into|under|inside|within) /i, '');
    if (there !== right || /^(?:the|a|an|my|our|your)\b|^[`/@]/i.test(right))
      return {
        statement: `${verb} ${thing}${preposition} ${there}, not ${preposition} ${where}`,
        wrong: `${preposition} ${where}`,
        right: `${preposition} ${there}`,
        certainty: 0.85,
      };
  }
  const gerund = /^(\w+)ing\b(.*)$/.exec(right);
  const act = gerund === null ? `${verb} ${right}` : `${baseOfGerund(`${gerund[1]}ing`)}${gerund[2]}`;
  return { statement: `${act}, not ${wrong}`, wrong, right, certainty: 0.85 };
}

/** Then the "not" after it denies a verb of its own: "never move the seeds and do not run them". */
const auxiliaryAtEnd =
  /\b(?:do|does|did|is|are|was|were|should|must|shall|may|can|could|will|would|have|has|had)$/i;

/** "do not edit X, not Y" holds both: what was read as forbidden as a whole is turned. */
export function untangled(reading: Reading): Reading | undefined {
  const match =
    /^(?:do not|never) (\w+) (.+?)(?:,? (?:and |but )?not(?: in(?:to)?)?|,? instead of|,? rather than) (.+)$/i.exec(
      reading.statement,
    );
  const [, verb, did, meant] = match ?? [];
  if (verb === undefined || did === undefined || meant === undefined || /[;,]/.test(did)) return reading;
  if (auxiliaryAtEnd.test(did)) return reading;
  return turned(verb, did, meant);
}

const helpful =
  /^(?:convinc\w*|fix|attempt|try|improve|finish|complete|manage|debug|investigate|suggest|propos\w*|recommend|mention|describe|say|said|find|identif\w*|notice|solve|explain|help|list|show|provide|give|agree|answer|see|point|advise|tell|know|understand|want|need|think|like)$/;

/** What nobody does on purpose: forbidding it teaches nothing. */
const mishap =
  /^(?:break|ruin|mess|screw|botch|butcher|mangle|garble|corrupt|wreck|confuse|mis(?!s$|s\b|take$)[a-z]{3,})$/;
/** The act itself was asked for; how it was done, or that it was done once, is all that is told. */
const inManner =
  /\b(?:somehow|incorrectly|wrongly|badly|poorly|improperly|by (?:mistake|accident)|ago|yesterday|last (?:week|month|time)|earlier)\b/i;

/** Reads a sentence about what the assistant did: wrong is what it did. */
export function youDid(verbText: string, rest: string): Reading | undefined {
  const verb = baseOfPast(verbText);
  const contrast =
    /^(.*?),? (?:instead of|rather than|and not|but not) (.+)$/i.exec(rest) ??
    /^(.*?), not (.+)$/i.exec(rest);
  if (contrast?.[1] !== undefined && contrast[2] !== undefined) {
    const reading = turned(verb, contrast[1], contrast[2]);
    if (reading !== undefined) return reading;
  }
  /* What helped is no misdeed. */
  if (helpful.test(verb) || mishap.test(verb)) return undefined;
  const what = trimmed(rest.replace(/,? (?:but|and|so|which|why)\b.*$/i, ''));
  if (/^forget$/.test(verb))
    return { statement: `do not forget ${what}`, wrong: `forgot ${what}`, certainty: 0.75 };
  if (/^(?:miss|skip|omit|ignore|overlook)$/.test(verb))
    return { statement: `do not ${verb} ${what}`, wrong: `${verbText} ${what}`, certainty: 0.7 };
  if (/^only ./i.test(what) || inManner.test(what)) return undefined;
  const amiss =
    /^(?:at |in |to |from |with )?(?:the|an?|some) (?:completely |totally )?(?:wrong|incorrect) (.+)$/i.exec(
      what,
    );
  if (amiss?.[1] !== undefined)
    return {
      statement: `make sure to ${verb} ${what.replace(/\b(?:an?|the|some) (?:completely |totally )?(?:wrong|incorrect)\b/i, 'the right')}`,
      wrong: `${verbText} ${what}`,
      right: what.replace(/\b(?:an?|the|some) (?:completely |totally )?(?:wrong|incorrect)\b/i, 'the right'),
      certainty: 0.6,
      fault: true,
    };
  return {
    statement: `do not ${verb}${what === '' ? '' : ` ${what}`}`,
    wrong: `${verbText} ${what}`.trim(),
    certainty: what.length < 3 ? 0.35 : 0.65,
    fault: true,
  };
}

/** "to test X" is an act, "X" a thing to use; a reason is neither. */
export function useNot(right: string, wrong: string): Reading | undefined {
  const good = trimmed(right);
  if (auxiliaryAtEnd.test(good)) return undefined;
  if (/^(?:because|that|what|how|why|just|really|actually|still|clear|possible|a bit)\b/i.test(good))
    return undefined;
  const act = good.replace(/^to /i, '');
  return {
    statement: `${act === good && !instructs(good) ? `use ${good}` : act}, not ${trimmed(wrong).replace(/^to /i, '')}`,
    wrong: trimmed(wrong),
    right: act,
    certainty: 0.9,
  };
}

export const whyNot = (rest: string): Reading | undefined => {
  const act = trimmed(rest.replace(/^(?:just|simply|you|we) /i, ''));
  if (/^(?:if|because|when|then|though)\b/i.test(act)) return undefined;
  return { statement: act, right: act, certainty: 0.75, omitted: true };
};
export const verbBase = (verb: string): string =>
  /ing$/.test(verb) ? baseOfGerund(verb) : verb.toLowerCase();
export const verbPhraseBase = (act: string): string => {
  const verb = firstWord(act);
  return `${/ed$/.test(verb) ? baseOfPast(verb) : /ing$/.test(verb) ? baseOfGerund(verb) : verb}${act.slice(verb.length)}`;
};

const should =
  /^(.{1,110}?) (?:(should|must|ought to|has to|have to|needs to|need to)(n't| not)?|(shouldn't|shouldnt|mustn't|mustnt)) (?:probably |really |just |also |always |then |now )*(.{2,})$/i;

/** "X should (not) …" in any person. */
export function readShould(sentence: string): Reading | undefined {
  const match = should.exec(sentence);
  if (match === null) return undefined;
  const [, subject = '', , negation, negated, rest = ''] = match;
  if (/^(?:what|how|which|where|when|who|why|if)\b/i.test(subject) && !/,/.test(subject)) return undefined;
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
