/**
 * Whether a sentence can be told to somebody who was not there: it has a verb and says what the verb is about, points
 * at nothing outside itself, and is whole.
 */
import { isImperative } from '../text/imperative.ts';
import { pointsInTongue } from '../text/tonguePointing.ts';
import { ordersInTongue, spaceless } from '../text/tongues.ts';
import { saysHowToServe } from './scope.ts';
import { eachNeeds, holdsForKind } from './standingKinds.ts';
import { isImperativeVerb } from './verbs.ts';

/** Fewer words say too little, longer ones are a paragraph or were cut. */
const leastWords = 3;
const longest = 185;

/** Ends in the middle, or leans on what was said before. */
const danglingEnd =
  /(?:^|[\s,])(?:too|as well|either|again|instead|etc|anymore|yet|still|then|the|an?|and|or|but|of|to|for|with|by|from|in|on|at|into|as|than|that|which|is|are|was|were|be|not|if|when|so|because|my|our|your|its|their|some|any|these|those|this|he|she|they|way|same|other|others|now|here and there|above|below|earlier|previously|mentioned|described|though|however|maybe)$/i;
const allowedEnd =
  /\b(?:checked in|logged in|opt(?:ed)? in|turned? (?:on|off)|at all|as it is|as is|what it is|on and off)$/i;
const danglingStart =
  /^(?:if (?:not|so)|and|but|or|so|then|also|because|which|fix:|same|too|instead of (?:this|that|it)|like (?:this|that)|(?:make sure|ensure)(?: that)? (?:it|this|that(?= (?:is|was|has|works?|does|never|always)\b)|these|those|they|there|etc|he|she|both|one|all(?= (?:of (?:it|them|this|that)|is|are|was|were|works?)\b|$))(?: |'|$)(?!project|repo|repository|codebase|is no\b|are no\b|is an?\b|are\b))/i;
/** A pronoun where a thing should be named. */
const bareObject =
  /\b(?:do|use|fix|remove|delete|make|put|keep|try|run|add|change|move|leave|see|get|have|like|want|need|call|name|revert|undo|repeat|miss|forget|ignore|skip|include|apply|handle|update|check|create|write|read|show|document|record|commit|push|merge|edit|address|mention|follow|rename|start|stop|finish|continue|implement|test|verify|on|in|with|to|for|of|from|into|at|by|about|like|than|under|without) (?:(?:it|them|so|him|her)(?=$|[\s,;.:)])|(?:this|that|these|those)(?=$|[,;.:)]|\s(?:in|on|for|with|to|and|or|but|when|if|again|too|instead|at|from|before|after|now|here|also|yourself|first|by|as)\b))/i;
/** "that part", "these changes", "the above": a thing only those present can see. */
const pointedThing =
  /\b(?:this|these|those) (?!(?:project|repo|repository|codebase|team|package|monorepo|workspace|extension|app)\b)\p{L}+|\b(?:do|use|fix|remove|on|in|with|to|for|of|from|at|by|add|not|miss|keep|follow|move|delete|change|make|all|and|about|read|check|update|run|call|execute|revert|undo|open|merge|push|commit|edit|copy|install|rename|extract|reuse|link|apply|skip) that (?!(?:is|are|was|were|has|have|had|can|could|should|must|will|would|may|does|do|you|we|i|they|it|the|an?|each|every|all|any|no|there)\b)\p{L}+|\b(?:the (?:above|below|following|former|latter|other (?:one|ones|two)|rest|previous|last (?:one|message|step|change)|mentioned|whole thing|thing)|my (?:last|previous|original|earlier) \p{L}+|as (?:above|before|i said|mentioned|described|discussed)|(?:what )?(?:i|you|we)(?:'ve| have)? (?:just|said|did|asked|learned|discussed|described|mentioned|suggested|proposed|made|will create|created|wrote|recommended)|all of (?:this|that|it|them|these|those)|your (?:re\w*com\w*|suggest\w*|propos\w*|approach|answers?|previous|earlier|last|latest)|we just|you just|i just|just now)\b/iu;
const speaker = /(?:^|[\s(])(?:i|i'm|i've|i'd|i'll|im|ive)(?=\s)/i;
/** Verbs nobody can order: what follows was said about something seen. */
const notAnAct =
  /^(?:do not|don't|never|always)? ?(?:see|get|have|know|find out|notice|understand|think|want|need|like|hear|seem|feel|believe|mean|exist|appear|look like|happen|matter|sure|fuck|suck|damn|shit|screw|let me (?!know|decide|choose|review|approve|see it first)|forget about (?:it|that)|tell you|know why)\b/i;
const emptyAct =
  /^(?:please )?(?:do not |don't |never |always |just |only )*(?:do|make|get|have|start|stop|continue|proceed|try|go|work|change|be|say|come|give|take) ?(?:any|some|all|more|the|no|a|an|for|on|with|my|your|much)? ?(?:work|working|anything|something|everything|nothing|things?|stuff|changes?|so|ahead|over|back|better|sure|again|more|one|it all|task|job|try|look|way)?$/i;
/** Forbids two opposites at once. */
const bothForbidden =
  /^(?:do not|don't|never) [^;,]+,? (?:and |but )?(?:not|instead of|rather than) (?!even|only|just)/i;
/** "in", "on", … of the second half has no like in the first: "Edit session, not in the main workspace". */
const lopsided = /^([^,;]+), not (in|on|to|into|from|at|under) \S/i;
const brokenUse =
  /^(?:always |never |do not |don't )?(?:use|add|prefer|edit|make sure) (?:it|(?<!sure )that|this|there|he|she|they|i|we|you|what|how|why)(?:'(?:s|re|ve|m|ll|d))?\s/i;
/** A question, a list of names, a line of a log, or a sentence that only begins with what could be a verb. */
const notAnOrder =
  /^(?:(?:should|could|would|is|are|was|were|can|has|have|did|does|possibly|perhaps|maybe)\b|(?:make sure|ensure) (?:possibly|perhaps|maybe|something|probably)\b|do (?:you|we|i|they|the|these|it|any)\b|use the (?:in|on|at|to|for|from|with)\b|be able\b|.*, (?:was|is|isn't|wasn't|are|did|didn't|does|doesn't|right|correct)\b(?: \S+){0,2}$|(?:do not|don't) (?:the|these|you|we|they|it|i|there|a|an)\b|(?!always|never|first|please|whenever|when)\S+,|\S+ (?:is|are|was|were|has|have|will|does|can|should)\b(?! not)|\S+, \S+(?:, \S+)* (?:is|are)\b)|^(?!.*\b(?:that|which|who|where|what|how|if|when)\b)(?:use|run|do) .{1,60}\b(?:may|might) (?:is|be)\b| > | => /i;
const logWord = /\b(?:FAIL|ERR|WARN)\b/;
/** Names what only this task has. */
const taskOnly =
  /\b(?:task|issue|pr|pull request|ticket|step|option|commit|item)s? #?\d+\b|(?:^|\s)#\d+\b|\b[0-9a-f]{7,40}\b(?=.*\d)|\b(?:switch|go) (?:back|over) to\b|\bmove on\b|\bfor now\b|^before (?:we|you) (?:begin|start|continue|go on|proceed|move)\b/i;
const duty = new RegExp(
  `${/\b(?:must|should|shall|needs? to|has to|have to|is (?:required|mandatory|forbidden|not allowed)|are (?:required|forbidden|not allowed))\b/.source}|${eachNeeds.source}`,
  'i',
);
const verbAfterSubject =
  /\b(?:is|are|has|have|does|do|can|must|should|shall|need|needs|will|be|(?:always|never)(?= \p{L})|comes?|goes?|lives?|stays?|uses?|runs?|passes|pass|works?|contains?|includes?|follows?|keeps?|shows?|gets?|takes?|reads?|writes?|returns?|matches|match|\p{L}{3,}(?:s|es))\b/iu;

/** True if the sentence can stand in a list of rules as it is. */
export function standsAlone(statement: string): boolean {
  const text = statement.replace(/[’‘ʼ]/g, "'").trim();
  const bare = text.replace(/[.!。！\s]+$/u, '');
  if (bare === '' || text.length > longest || /[?？…]/u.test(bare.slice(-2)) || !isWhole(text)) return false;
  if (spaceless.test(bare)) return bare.length >= 4 && ordersInTongue(bare) && !pointsInTongue(bare);
  const plain = bare.replace(/`[^`]*`|"[^"]*"|“[^”]*”/g, 'x');
  const words = bare.split(/\s+/);
  if (words.length < leastWords) return false;
  if (danglingEnd.test(plain) && !allowedEnd.test(plain)) return false;
  if (danglingStart.test(plain) || brokenUse.test(plain) || speaker.test(plain)) return false;
  const act = plain.replace(
    /^(?:when(?:ever)?|if|before|after|while|for|in|on|once|during)\b[^,]{2,120}, /i,
    '',
  );
  if (
    logWord.test(plain) ||
    notAnOrder.test(act) ||
    notAnAct.test(act) ||
    emptyAct.test(act) ||
    taskOnly.test(plain)
  )
    return false;
  if ((pointedThing.test(plain) && !saysHowToServe(plain)) || pointsNowhere(plain)) return false;
  if (bothForbidden.test(act)) return false;
  const sides = lopsided.exec(act);
  if (sides !== null && !/\b(?:in|on|to|into|from|at|under)\b/i.test(sides[1] ?? '')) return false;
  return saysWhatToDo(act);
}

/** An order, or a duty of something named; other tongues are taken at their word. */
function saysWhatToDo(act: string): boolean {
  const body = act.replace(/^(?:please |also |just |only )+/i, '');
  const sure = /^(?:make sure|ensure)(?: that| to| you| we)* (.+)$/i.exec(body);
  if (sure?.[1] !== undefined)
    return sure[1].split(/\s+/).length >= 2 && (verbAfterSubject.test(sure[1]) || isImperative(sure[1]));
  const first = /^[\p{L}-]+/u.exec(body.replace(/^(?:always |never |do not |don't )+/i, ''))?.[0] ?? '';
  if (/^(?:always|never|do not|don't) /i.test(body))
    return !/(?:ed|ing)$/i.test(first) || isImperativeVerb(first) || isImperative(first);
  /* "Name and email": two things, as "commit and push" are two acts. */
  const [, joined] = /^\p{L}+ (?:and|or) (\p{L}+)$/iu.exec(body) ?? [];
  if (joined !== undefined && !isImperativeVerb(joined)) return false;
  if (isImperativeVerb(first) || isImperative(body)) return /^\S+ \S/.test(body);
  if (ordersInTongue(body)) return !pointsInTongue(body);
  return (
    (duty.test(body) || holdsForKind(body)) &&
    !/^(?:it|this|that|they|these|those|there|he|she)\b/i.test(body)
  );
}

/** "it" is fine where the sentence itself named the thing before: "Run the linter and fix what it finds". */
function pointsNowhere(text: string): boolean {
  if (/^(?:it|this|that|they|these|those|there|he|she)\b/i.test(text)) return true;
  const pointed = bareObject.exec(text);
  if (pointed !== null && /(?:this|that|these|those|so)$/i.test(pointed[0])) return true;
  const pronoun = /(?<![\w'])(?:it|it's|its|them|they|they're)(?![\w])/i.exec(text);
  if (pronoun === null) return false;
  const before = text.slice(0, pronoun.index).match(/[\p{L}\p{N}_./@-]{3,}/gu) ?? [];
  return !before
    .slice(1)
    .some(
      (word) =>
        !/^(?:\w{1,2}|sure|that|not|never|always|when|before|after|please|just|only|also|with|from|into|your|have|has|had|does|did|the|and|but|for|you|are|will|can|all|make|let|use|using|allow\w*|it's)$/i.test(
          word,
        ),
    );
}

/** Brackets and quotes are closed, nothing is cut. */
function isWhole(text: string): boolean {
  const count = (mark: string) => text.split(mark).length - 1;
  if (count('(') !== count(')') || count('[') !== count(']') || count('{') !== count('}')) return false;
  return count('"') % 2 === 0 && count('`') % 2 === 0 && count('“') === count('”');
}
