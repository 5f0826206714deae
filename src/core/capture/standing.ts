/**
 * Whether something was said outright as lasting: a rule of how work is to be done, not "always" in the description
 * of a bug, not an order about the task at hand, not a bare "make a rule for it". Precision leads: what is taken for
 * standing may become an active rule at once.
 */
import { lastsInTongue, ordersInTongue } from '../text/tongues.ts';
import { plainLower } from './plainText.ts';
import { coreOf, sentencesOf, withApostrophes } from './sentences.ts';
import { holdsForKind } from './standingKinds.ts';
import { baseOfPast, isImperativeVerb } from './verbs.ts';

/** A long specification is full of "always" and "must" about the thing to be built. */
const longestMessage = 1500;
const longestSentence = 320;

/** Words that make an instruction last. */
const lasting =
  /\b(?:from now on|from here on|going forward|in (?:the )?future(?! (?:days?|dates?|weeks?|months?|years?|events?|appointments?|bookings?|entries|rows?|cells?|items?|games?|matches|orders?|versions?|releases?)\b)|next time|as a (?:general |matter of )?rule|by convention|in all cases|at all times|in general(?= *(?:[,;:.!]|$))|without exception|under no circumstances)\b/;
/** "Every time you push": lasting only where the user speaks of what the assistant or the team does. */
const recurring =
  /\b(?:every time|each time|whenever|any ?time) (?:you|we|someone|anyone|a (?:new )?(?:pr|commit|branch|task|test|feature|bug|release)|\w+ing)\b/;
const alwaysNever = /\b(?:always|never)\b/;
/** "always" and "never" that tell what happened, or how things stand. */
const told =
  /\b(?:it|this|that|he|she|they|which|there|nothing|you|i've|i|\w+s)(?:'s|'ve| has| have| had| is| was| were| are| will| would| almost| just| seems? to)? (?:always|never) (?!be\b|use\b|do\b|run\b|commit|push|write\b|edit\b|add\b|create\b|mock|ask\b)|\b(?:always|never) (?:been|seen|worked|loaded|works|fails?|failed|happens?|happened|had|got|gets|was|is|are|seems?|recalculated|called|used|anything|visible|shown|displayed|hidden|rendered|the case|obvious|true|clear|sure|ends?|ended|returns?|returned|shows?|stays?|comes?|finish\w*)\b|\b(?:as|not|almost|nearly|isn't|aren't|doesn't|don't|didn't|why|it's|is|are|was|were) (?:always|never)\b|\bnever ?mind\b|\b(?:is|are|was|were|gets?|got) \w+(?:ed|en|wn|t)\b[^.;]{0,80}\bbut (?:is |are |was |were )?(?:never|always)\b/;
/** The speaker orders: nobody describes a program with these. */
const ordered =
  /\b(?:you|we)(?: all)? (?:should|must|need to|have to|has to|ought to|shall|are to)\b|\b(?:i want|i'd like|i need|i expect) you to\b|\bmake sure (?:to|you|we|that you|that we)\b|\b(?:be sure|remember) to\b|\b(?:please|let's)\b|\b(?:don't|do not|never|always) (?:\w+)/;
/** "we use X here", "this repo follows Y": a custom, said as the sentence's point. */
const custom =
  /^(?:(?:in|for|on|at) [^,]{2,40}, )?(?:we|this (?:project|repo|repository|codebase|team)|our (?:team|project|repo))(?: all| only| exclusively| strictly| consistently| generally)* (?:(?:only|exclusively)(?! (?:want|need|have|had|see|saw|get|got|did|changed|care|know|think|just|to|the|a|an|for)\b)|use|uses|don't use|do not use|doesn't use|never use|prefer|prefers|follow|follows|require|requires|(?:don't|do not) (?!need|want|have|see|know|get|think|care|support)\w+) \S/;
const customHolds =
  /\b(?:here|only|exclusively|never|everywhere|throughout|for (?:all|every|everything|any)|in (?:this|our|the) (?:project|repo|repository|codebase|team|company)|(?:don't|do not|doesn't))\b|, not\b|instead of|rather than/;
const customOfPast =
  /\b(?:currently|already|now|at the moment|yet|when (?:i|the user)|to (?:load|render|show|draw|get|find))\b/;
/** "add a rule that …", "record as a convention: …"; a rule of the product (“redirect rules”) is none of how work is done. */
const ruleAsked =
  /\b(?:make|add|create|write|record|save|update|need|improve|mention|extend|change) (?:\S+ ){0,6}?(?:(?<!\b(?:redirect|rewrite|firewall|rout(?:e|ing)|validation|security|proxy|cors|ingress|css|styl(?:e|ing)|business|pricing|scoring|game|matching|alert(?:ing)?|cach(?:e|ing)|retention|access|database|storage|transition) )rules?|convention|guidelines?|instructions?|memory)\b(?:(?! way )[^.:]){0,20}?(?:(?<!\bway )\b(that|to|which|so that|says?|saying|specif(?:y|ies|ying)|stat(?:e|es|ing)|mention)\b|:)\s*(.+)$/;
const aboutRules = /\b(?:mention|note|specify|state|record|document) (?:also )?that (.+)$/;
const rememberThat =
  /^(?:please )?remember (?:(?:that|:|always|never)\s*|to (?=.*\b(?:always|never|every|each|any|before|after|when|whenever|all)\b))(.+)$/;
/** The rule would only point at what was said elsewhere. */
const pointing =
  /^(?:(?:that|to|you|we|make sure|ensure|enforce|take|include|do|cover|reflect|record|prevent|avoid|follow|handle|apply|use|account for|capture|incorporate|what|it|this|that|these|those)\s+)*(?:this|that|these|those|it|them|the above|what (?:we|i|you)|all (?:of )?(?:this|that|these))\b/;
const preference =
  /\bi (?:always|generally|usually|strongly|much) prefer\b|\bmy (?:general )?preference is\b/;
/** What an order is good for says nothing of how long it holds: "move it to the environment, so that in the future …". */
const purpose =
  /(?:,? (?:so that|such that|in case|because|in order to|so (?=(?:we|i|you|they|it|one|people|users?)\b)|in (?:a|the|such a) way (?:that|so)|to make (?:sure|it|this|that)\b)).*$/;
/** Answers to what the assistant asked, one by one: they settle the task at hand. */
const answered = /(?:^|\n)\s*\d{1,2}[.)] \S.*\n(?:.*\n)*?\s*\d{1,2}[.)] \S/;
/** What is listed as cases, examples or options is looked at one by one, and none of it is ordered. */
const listed =
  /\b(?:cases|examples|scenarios|options|possibilities|alternatives|situations|combinations)\b[^.?!\n]{0,40}:[ \t]*\n(?:[ \t]*\n|[ \t]*(?:[-*•]|\d{1,2}[.)])[ \t].*(?:\n|$))+/gi;
const forGood = /\b(?:always|never|from now on|going forward|in the future|next time|rule|convention)\b/i;
/** Holds for what is at hand, whatever else is said. */
const atHand =
  /\b(?:for now|for the moment|this (?:time|once|task|pr|commit|branch|session|file|function|button|page|issue|bug|error|line|change|step|test)|right now|today|that (?:bug|error|line|button|function|commit|branch|pr|task))\b|#\d{2,}/;

/** "Remove the field from the form and always read it from the account": what the changed thing is to do. */
const taskWithAlways =
  /^(?:(?:please|also|now|then|and|can you|could you) )*(?:remove|add|update|fix|change|create|implement|rename|move|refactor|replace|build|extend|modify|convert)\b[^.;]{3,}? (?:and|but) (?:always|never) /;

/** "Make sure all refunds always go through the till". */
const ofAll = /^(?:make sure|ensure)(?: that)? (?:all|every|each) [^,;]{2,60}? (?:always|never) \p{L}{2,}/u;

/** Most sentences hold none of these: looked for first, because it is cheap. */
const hint =
  /always|never|from now|from here|forward|future|next time|rule|convention|in all cases|at all times|general|exception|circumstances|time|whenever|\bwe\b|\bthis (?:proj|repo|code|team)|\bour\b|guideline|instruction|memory|remember|prefer|every|each|\ball\b|any|throughout|exception|banned|forbidden|frozen|read.only|off.limits|allowed|immutable|must|should|ha(?:s|ve) to|needs?|gets?|goes|belongs?|lives?|comes? from|stays?|ab jetzt|ab sofort|künftig|zukunft|immer|niemals|partir|en adelante|siempre|nunca|désormais|dorénavant|toujours|jamais|diante|sempre|in poi|всегда|никогда|впредь|отныне|с этого|stets|grundsätz|\bnie\b|\bmai\b|завжди|ніколи|zawsze|nigdy|teraz|vždy|nikdy|odteď|altijd|nooit|voortaan|alltid|aldri|altid|her zaman|daima|asla|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/i;

/** True if this one sentence is an instruction that holds for good. */
export function isStandingSentence(sentence: string): boolean {
  if (!hint.test(sentence)) return false;
  const whole = plainLower(withApostrophes(sentence)).trim();
  const text = withoutAsides(coreOf(whole)).replace(/^(?:and|also|then|but|so|please) /, '');
  if (text === '' || text.length > longestSentence) return false;
  const asks = /[?？]\s*$/.test(whole);
  const rule = ruleContent(text) ?? rememberThat.exec(whole)?.[1];
  if (rule !== undefined) return holdsContent(rule);
  if (asks) return false;
  if (lastsInTongue(text)) return ordersInTongue(text);
  if (preference.test(text)) return true;
  if (taskWithAlways.test(text)) return false;
  if (holdsForKind(text)) return true;
  if (text.split(/[,;]\s+/).some((clause) => custom.test(clause)))
    return customHolds.test(text) && !customOfPast.test(text) && !atHand.test(text);
  if (lasting.test(text.replace(purpose, '')))
    return isDirective(text.replace(lasting, '').replace(/^[\s,:;-]+/, ''));
  if (atHand.test(text)) return false;
  if (recurring.test(text)) return isDirective(afterCondition(text)) || ordered.test(afterCondition(text));
  return alwaysNever.test(text) && (ofAll.test(text) || (!told.test(text) && demandsAlways(text)));
}

/** True if the words say outright that they hold for good. */
export function isStanding(own: string): boolean {
  return (
    own.length <= longestMessage &&
    hint.test(own) &&
    sentencesOf(withApostrophes(own.replace(listed, '\n'))).some(
      (sentence) => isStandingSentence(sentence) && (forGood.test(sentence) || !answered.test(own)),
    )
  );
}

/**
 * True for what lasts and says so itself. A note that its owner has remembered lasts as well, but what it says of a file
 * goes out of date with that file.
 */
export const holdsForGood = ({
  standing,
  text,
}: {
  readonly standing: boolean;
  readonly text: string;
}): boolean => standing && isStanding(text);

const tells = /^(?:say|state|mention|specify|require|cover|demand|forbid)$/;

/** What a rule that is asked for shall say; undefined if none is asked for. */
function ruleContent(text: string): string | undefined {
  if (/\b(?:didn't|doesn't|isn't|wasn't|did|does|why|which|what) (?:\w+ ){0,3}rules?\b/.test(text))
    return undefined;
  const asked = ruleAsked.exec(text);
  const content = asked?.[2] ?? ruleStated(text);
  /* "add this rule to notes.md" tells where it goes, not what it says. */
  const act = /^\p{L}+/u.exec(content ?? '')?.[0] ?? '';
  if (asked?.[1] === 'to' && !isImperativeVerb(act) && !tells.test(act)) return undefined;
  return content?.trim();
}

const ruleStated = (text: string): string | undefined =>
  alwaysNever.test(text) ? aboutRules.exec(text)?.[1] : undefined;

const holdsContent = (content: string): boolean =>
  content.split(/\s+/).length >= 3 &&
  !pointing.test(content) &&
  !/\b(?:this|that|these|those) (?:again|too|way)\b/.test(content);

/** "always" or "never" where an order has them: before the verb at the head of a clause, or after "must". */
function demandsAlways(text: string): boolean {
  const clauses = text.split(/[,;:]\s+|\s[-–—]\s|\b(?:and|but|so) (?=always|never|please|you|we)/);
  return (
    clauses.some((clause) => {
      const part = afterCondition(clause.trim());
      const head =
        /^(?:(?:please|also|just|you|we|i want you to|make sure (?:to|you|we)|be sure to|you (?:should|must|need to|have to)|we (?:should|must|need to|have to))\s+)*(?:always|never)(?:\s+(?:ever|again|just))?\s+[`"*_]?(\p{L}[\p{L}-]*)/u.exec(
          part,
        );
      if (head?.[1] !== undefined) return isBase(head[1]);
      if (/\bmake sure (?:that )?(?:you|we) (?:always|never) \p{L}/u.test(part)) return true;
      /* "rules must always be created in …": an act of whoever works, not a state of the product. */
      const passive =
        /\b(?:should|must|shall|need to|have to|has to|needs to) (?:always|never) be (\p{L}+)\b/u.exec(part);
      if (passive?.[1] !== undefined) return isWork(baseOfPast(passive[1]));
      const active = /\b(?:should|must|shall) (?:always|never) (use|follow|go through|live|have)\b/.exec(
        part,
      );
      return active !== null && !/^(?:it|this|that|there|they)\b/.test(part);
    }) ||
    (/[\w)],? always[.!]*$/.test(text) && isDirective(text))
  );
}

/** After "always" an order has a plain verb; a description has "is", "fails", "visible". */
const isBase = (word: string): boolean =>
  isImperativeVerb(word) ||
  (!/(?:ed|ing|s|ly|ble|ous|ful)$/.test(word) &&
    !/^(?:the|a|an|in|on|at|with|for|from|been|seen|had|got|was|were|will|would|true|clear|there|that|this|it)$/.test(
      word,
    ));

/** Acts of somebody who works on software, as against what a program shows. */
const isWork = (verb: string): boolean =>
  isImperativeVerb(verb) &&
  !/^(?:show|display|render|hide|print|return|center|align|open|load|save|draw|enable|disable|call|cache|focus|limit|expand)$/.test(
    verb,
  );

function isDirective(clause: string): boolean {
  const part = coreOf(afterCondition(clause));
  const first = /^[\p{L}']+/u.exec(part)?.[0] ?? '';
  if (/^(?:don't|do)$/.test(first)) return /^(?:don't|do not) \p{L}/u.test(part);
  if (isImperativeVerb(first)) return !/^\p{L}+(?:\.|$)/u.test(part);
  return ordered.test(part) || (/^we \p{L}+/u.test(part) && isImperativeVerb(part.split(' ')[1] ?? ''));
}

const afterCondition = (clause: string): string =>
  clause.replace(
    /^(?:when(?:ever)?|if|before|after|while|for|in|on|during|as|every time|each time|any ?time)\b[^,]{2,120}, /,
    '',
  );

/** Without what stands in brackets or in quotes. */
const withoutAsides = (text: string): string =>
  text
    .replace(/\([^()]*\)/g, ' ')
    .replace(/"[^"]*"/g, '"…"')
    .replace(/\s+/g, ' ')
    .trim();
