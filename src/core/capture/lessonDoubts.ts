/** Doubts about what was done or not. */
import { pronoun } from './lessonPassive.ts';
import { adverb, instructs, past, type Shape, verbBase, verbPhraseBase, whyNot } from './lessonReading.ts';
import { isPlace, youDid } from './lessonReproaches.ts';
import { readsAsThing } from './nounPhrase.ts';
import { trimmed } from './sentences.ts';
import { baseOfGerund, baseOfPast } from './verbs.ts';

/** What was forgotten is wanted. */
const forgotten = (said: string, often = '') => {
  const act = trimmed(said.replace(/(?:,? (?:again|this time|please))?\s*[?!.]*$/i, ''));
  return { statement: `${often}${act}`, right: act, wrong: `not ${act}`, certainty: 0.93 };
};

/** Verbs that say of another that it was not done, in their forms. */
const left = '(?:forg[eo]t(?:ten|ting)?|neglect(?:ed|ing)?|fail(?:ed|ing)?|omit(?:ted|ting)?)';

export const doubtShapes: readonly Shape[] = [
  [
    /^(?:do not|don't|dont) (?:ever |you )?(?:forget|neglect|fail|omit) to (.{3,})$/i,
    (act) => forgotten(act),
  ],
  [/^never (?:ever |again )?(?:forget|neglect|fail|omit) to (.{3,})$/i, (act) => forgotten(act, 'always ')],
  [
    new RegExp(
      `^(?:why )?(?:did|do|have|had|are|were) (?:you|we) (?:just |also |maybe |again |really |still |always |perhaps )*${left} to (.{3,})$`,
      'i',
    ),
    (act) => forgotten(act),
  ],
  [
    new RegExp(
      `^(?:i think |i guess |it seems |looks like )?(?:you|we)(?:'ve|'re| have| are| had)? (?:still |also |just |always |again |often |keep |kept |constantly |repeatedly |once again )*(?:${left}|missed) to (.{3,})$`,
      'i',
    ),
    (act) => forgotten(act),
  ],
  /* Doubts about what was done or not. */
  [/^why (?:did|do|would) (?:you|we) (?:not|n't) (.{3,})$/i, (act) => whyNot(act)],
  [
    /^why (?:didn't|didnt|don't|dont|haven't|wouldn't|can't|couldn't) (?:you|we|i) (.{3,})$/i,
    (act) => whyNot(act),
  ],
  [/^why not (?:just )?(.{3,})$/i, (act) => whyNot(act)],
  [
    /^why (?:wasn't|wasnt|weren't|isn't|isnt|aren't) (.{3,80}?) (\w+ed|used|run|done|written|kept)\b(.*)$/i,
    (subject, verb, rest) => ({
      statement: `make sure ${subject} is ${verb}${rest}`,
      right: `${subject} is ${verb}`,
      certainty: 0.7,
      omitted: true,
    }),
  ],
  [
    /^why (?:did|do|would|have) (?:you|we) (?!(?:want|need|have|think|like|know|see|believe|care|expect|get|even)\b)(\w+)\b(.*)$/i,
    (verb, rest) => ({
      statement: `do not ${verbBase(verb)}${rest}`,
      wrong: `${verbBase(verb)}${rest}`.trim(),
      certainty: trimmed(rest).length > 4 ? 0.65 : 0.35,
      fault: true,
    }),
  ],
  [
    /^why (?:are|were) (?:you|we) (\w+ing)\b(.*)$/i,
    (gerund, rest) => ({
      statement: `do not ${baseOfGerund(gerund)}${rest}`,
      wrong: `${gerund}${rest}`,
      certainty: 0.68,
      fault: true,
    }),
  ],
  [
    /^(?:can't|cant|couldn't|shouldn't|can not|wouldn't it be better (?:to|if (?:we|you))|why don't) (?:we|you|it|i)?\s*(?:just |simply |also )*(.{3,})$/i,
    (act) =>
      instructs(act) || /^[a-z]+ /i.test(act)
        ? { statement: trimmed(act), right: trimmed(act), certainty: 0.72 }
        : undefined,
  ],
  /* "did you delete the lock file again?": nobody asks that of what was wanted. */
  [
    /^(?:did|have) you (?:just |really |accidentally |actually |also )*(?=(?:delet|remov|nuk|overwr|overwrit|dropp?|break|broke|br[oe]ak|wip|eras|revert|kill|ignor|skip|los[et]|clobber|truncat|disabl|reset|undo|undone|force.?push|hard.?code)\w*\b|.+\bagain$)(\w+)\b(.*)$/i,
    (verb, rest) => ({
      statement: `do not ${verbBase(/(?:ed|[^aeiou]t|n|e)$/i.test(verb) ? baseOfPast(verb) : verb)}${rest.replace(/ again$/i, '')}`,
      wrong: `${verb}${rest}`.trim(),
      certainty: 0.6,
      fault: true,
    }),
  ],
  [
    /^why (?:aren't|weren't|are not|were not) (?:you|we) (\w+ing)\b(.*)$/i,
    (gerund, rest) => ({
      statement: `${baseOfGerund(gerund)}${rest.replace(/ (?:right |just )?now$/i, '')}`,
      right: `${baseOfGerund(gerund)}${rest.replace(/ (?:right |just )?now$/i, '')}`,
      certainty: 0.7,
      omitted: true,
    }),
  ],
  [
    /^are you (?:sure )?(?:currently |now |still |actually |really )*((?:\w+ing|in|on|at|under|inside)\b.{3,})$/i,
    (state) => ({ statement: `check whether you are ${state}`, certainty: 0.42 }),
  ],
  [
    /^should (`[^`]+`|(?:the |our |these |those |this |that )?[\w./-]+(?: [\w./-]+){0,3}?) (?:really |even |still )*be (in|on|at|under|inside|part of|called|named|a|an)\b(.+)$/i,
    (subject, joint, rest) => ({
      statement: `check whether ${subject} should be ${joint}${rest}`,
      wrong: `${subject} ${joint}${rest}`,
      certainty: 0.45,
    }),
  ],
  [
    /^there already (?:is|are|was|were) (?:an? |some |the )?([^,;]{3,80})(?:,.*)?$/i,
    (thing) =>
      readsAsThing(thing)
        ? { statement: `use the existing ${thing}`, right: `the existing ${thing}`, certainty: 0.5 }
        : undefined,
  ],
  /* What is there already is to be used. */
  [
    /^there(?:'s| is|'re| are| was| were| (?:already )?(?:has|have) been| already (?:is|are|was|were)) (?:already )?(?:an? |some )?((?:existing|perfectly good) .{3,80}|(?=.*\balready\b).{3,80})$/i,
    (thing) => {
      const named = trimmed(
        thing
          .replace(/\balready\b ?/i, '')
          .replace(/^(?:an?|some) /i, '')
          .replace(/,.*$/, ''),
      );
      return { statement: `use the ${named}`, right: `the ${named}`, certainty: 0.5 };
    },
  ],
  [
    /^(?:we|i) already (?:have|made|wrote|built|created|defined|implemented) (?:an? |some |the )?(?!(?:it|that|this|them|those|these)\b)([^,;]{3,60})(?:[,;](?! [\w-]+(?:,| and)).*)?$/i,
    (thing) =>
      readsAsThing(thing)
        ? {
            statement: `use the ${/^existing\b/i.test(thing) ? '' : 'existing '}${trimmed(thing)}`,
            right: `the existing ${trimmed(thing)}`,
            certainty: 0.5,
          }
        : undefined,
  ],
  [
    /^(?:i|we) (?:specifically |really |only |actually |just )*(?:meant|mean|was referring to|was talking about|was asking (?:about|for)) (?!that\b|it\b|to\b)(.{4,})$/i,
    (thing) => {
      const act = trimmed(thing.replace(/^just /i, ''));
      return instructs(act)
        ? { statement: act, right: act, certainty: 0.6 }
        : { statement: `go by ${thing}`, right: trimmed(thing), certainty: 0.5 };
    },
  ],
  [
    /^(?:you|we) (?:seem|appear) to be (\w+ing)\b ?(.*)$/i,
    (gerund, rest) => youDid(baseOfGerund(gerund), trimmed(rest)),
  ],
  /* What is still so was to be otherwise. */
  [
    /^(?:it (?:looks|seems) (?:like|as if) |looks like |seems like )?((?:the|this|that|these|those|our|my|all|some) .{2,60}?|`[^`]+`|[A-Z@]\S+) (is|are) still (.{3,80}?)(?: (?:tho|though))?$/i,
    (subject, is, state) =>
      (pronoun.test(subject) || readsAsThing(subject)) &&
      !/^(?:something|anything|nothing|there)\b/i.test(subject)
        ? {
            statement: `make sure ${subject.charAt(0).toLowerCase()}${subject.slice(1)} ${is} no longer ${state}`,
            wrong: `${subject} ${is} still ${state}`,
            certainty: 0.5,
            taskBound: true,
          }
        : undefined,
  ],
  /* "The south door still has the old hinge". */
  [
    /^(?:it (?:looks|seems) (?:like|as if) |looks like |seems like )?((?:the|this|our|my) [^,;]{2,50}?|`[^`]+`|[\w/-]+\.[a-z]{1,4}) still (has|have|uses?|contains?|references?|mentions?|points? to|imports?|calls?) ([^,;]{3,90})$/i,
    (subject, verb, rest) =>
      readsAsThing(subject)
        ? {
            statement: `make sure ${/^[A-Z][a-z]+ /.test(subject) ? subject.charAt(0).toLowerCase() + subject.slice(1) : subject} no longer ${verb} ${rest}`,
            wrong: `${subject} still ${verb} ${rest}`,
            certainty: 0.5,
            taskBound: true,
          }
        : undefined,
  ],
  /* "The table is garbled near the end": what was handed over is not to be so. */
  [
    /^(?:it (?:looks|seems) (?:like|as if) |looks like )?(it|that|this|(?:the|that|this|your) [\w`'./-]+(?: [\w`'./-]+){0,3})(?:'s| is| are| looks?) (?:still |also |now |again )?((?:mal[a-z]{4,}|mis(?:aligned|formatted)|truncated|incomplete|duplicated|unreadable|garbled|cut off|outdated|out of date|badly formatted)\b[^,;]{0,50})$/i,
    (subject, how) => ({
      statement: `make sure ${/^(?:it|that|this)$/i.test(subject) ? 'the result' : subject.replace(/^(?:the|that|this|your) /i, 'the ')} ${/s$/i.test(subject) && !/^this$/i.test(subject) ? 'are' : 'is'} not ${how.replace(/ again$/i, '')}`,
      wrong: `${subject} is ${how}`,
      certainty: 0.5,
    }),
  ],
  /* "Did you just rename them or did you also move them?": what may be missing is wanted. */
  [
    /^did (?:you|we) (?:just|only) (\w+ .{3,80}?),? or (?:did|have) (?:you|we) (?:also |even |really |actually )*(\w+ .{3,})$/i,
    (done, act) => ({
      statement: trimmed(act.replace(/\?.*$/, '')),
      right: trimmed(act.replace(/\?.*$/, '')),
      wrong: `only ${trimmed(done)}`,
      certainty: 0.66,
    }),
  ],
  /* "Didn't that guide say to glaze twice?" */
  [
    /^(?:does|did|do)(?:n't| not) (?:the|that|this|those|these|our|your|my) (?:[\w-]+ ){0,2}?(?:rules?|docs?|documents?|documentation|guides?|guidelines?|specs?|readme|conventions?|instructions?|\S+\.mdc?) (?:say|tell (?:you|us)|specify|require|state|mention|ask)(?: (?:you|us))? to (.{4,})$/i,
    (act) => ({ statement: trimmed(act), right: trimmed(act), certainty: 0.75, omitted: true }),
  ],
  /* "Didn't you just copy the file?": what was done a moment ago, and should not have been. */
  [
    /^(?:did|didn't|didnt|have|haven't) (?:you|we) (?:not |really |seriously |actually )*just (\w+)\b(.{3,})$/i,
    (verb, rest) => youDid(verb, trimmed(rest.replace(/\?.*$| or (?:did|have|was) .*$/i, ''))),
  ],
  [
    /^(?:did|didn't|didnt) (?:you|we) (?:not |even |actually |already |also |remember to )*(?!(?:just|need|forget|know|mean|notice|get|see)\b)(.{3,})$/i,
    (act) => ({
      statement: trimmed(act.replace(/\banywhere\b/i, '').replace(/\?.*$/, '')),
      right: trimmed(act),
      certainty: 0.55,
      omitted: true,
    }),
  ],
  [
    /^(?:haven't (?:you|we)|havent (?:you|we)|have you) (?:not |even |actually |already |also )*(\w+)\b(.*)$/i,
    (verb, rest) => ({
      statement: `${baseOfPast(verb)}${rest.replace(/\?.*$/, '')}`,
      right: `${baseOfPast(verb)}${rest}`.trim(),
      certainty: 0.55,
      omitted: true,
    }),
  ],
  [
    /^you (?:still |also |just )*(?:didn't|didnt|did not|don't|haven't|never) (?!(?:need|have|know)\b)(.{3,})$/i,
    (act) => ({
      statement: verbPhraseBase(act),
      right: trimmed(verbPhraseBase(act)),
      certainty: 0.75,
      omitted: true,
    }),
  ],
  /* "You're not using the proxy", "you're on the main branch". */
  [
    /^you(?:'re| are) not (?:even |actually |really |currently |still )*(\w+ing) (.{3,})$/i,
    (gerund, rest) => ({
      statement: `${baseOfGerund(gerund)} ${trimmed(rest)}`,
      right: `${baseOfGerund(gerund)} ${trimmed(rest)}`,
      certainty: 0.65,
      omitted: true,
    }),
  ],
  [
    /^(?:you|we)(?:'re| are) (?:still |now |again |currently )*((?:in|on|inside|under) (?:the|my|our|an?|this) (?!(?:right|correct)\b)[^,;]{2,50}?)(?: again| now)?$/i,
    (where) =>
      isPlace(where)
        ? { statement: `do not work ${where}`, wrong: where, certainty: 0.6, fault: true }
        : undefined,
  ],
  [
    new RegExp(`^you(?:'ve| have)? (?:${adverb} )*(${past})\\b ?(.*)$`, 'i'),
    (verb, rest) => youDid(verb, rest),
  ],
  [
    new RegExp(`^you(?:'re| are|re)? (?!already\\b)(?:${adverb} )*(?!missing\\b)(\\w+ing)\\b(.*)$`, 'i'),
    (gerund, rest) => youDid(`${baseOfGerund(gerund)}`, trimmed(rest)),
  ],
];
