/**
 * What people say around an order: asides, emphasis, "for the third time", "please add a rule that says". Taken off,
 * the order itself is left, in the same words. Nothing is taken away where no sentence would be left.
 */

type Turn = readonly [pattern: RegExp, plain: string | ((all: string, ...groups: string[]) => string)];

/** "Handlers, like the billing ones, should …": examples between a subject and what is demanded of it. */
const examples =
  /^([^,;:.!?\n]{3,80}?)(?:,| -| –| —) (?:like|such as|e\.?g\.?|for (?:example|instance)|including|especially|particularly|in particular|be it|whether|say) [^;:.!?\n]{2,120}?(?:,| -| –| —) (?=(?:also |just |really )?(?:must|should|shall|always|never|ha(?:s|ve) to|needs? to|ought to|can(?:not|'t)?|may|is|are|do(?:es)?(?:n't| not)|goes?|go|live|lives|belongs?|stays?)\b)/i;

const emphasis: readonly Turn[] = [
  [
    /\b(always|never|only|all|every|no|not)(?:,| -| –| —)? (?:and )?(?:(?:(?:i|we) )?(?:really |do )?(?:mean|repeat)(?: it)?,?|really,?|like,?) \1\b(?:,| -| –| —)?/gi,
    '$1',
  ],
  [/\b(never|always),? (?:ever|ever ever|at all|under any circumstances)(?:,| -)? (?=[a-z])/gi, '$1 '],
  [
    /\b(why|what|how) (?:on earth|in the world|in god's name|the (?:hell|heck|fuck|f\*+k?|devil|deuce|dickens))(?= (?:are|were|is|did|do|would|have))/gi,
    '$1',
  ],
  [/\bdon't you (?:dare|ever)(?: to)? (?=[a-z])|\b(?:do not|don't) ever (?=[a-z])/gi, 'never '],
];

const ending =
  /(?:(?:,| -| –| —|\.)\s*(?:ok(?:ay)?|alright|all right|yeah|got it|get it|understood|understand|capisce|period|full stop|end of story|(?:with )?no (?:exceptions?|excuses|ifs|buts|discussion)|without exceptions?|like,? ever|ever|thank you(?: very much)?|man|dude|mate|buddy|folks|guys|people|everyone|team|lol|haha|seriously|for real|thanks?|thx|cheers|please|pls|plz|(?:no|yes|huh|eh)(?=\s*\?))|\s+(?:ffs|fgs|dammit|damn it|goddamn ?it|for (?:god|christ|heaven|pete|fuck)'?s sake|pls|plz|please|thx|thanks))+\s*[?!.…]*$/i;

const times = '(?:before|already|earlier|above|again|now|many times|countless times|(?:a |an )?\\w+ times)';
const opening = new RegExp(
  `^(?:(?:hey|hi|ugh|argh|no+|nope|ok(?:ay)?|so|well|and|but|also|again|please|wait|come on)[\\s,.!?–—-]+)*(?:${[
    'for the (?:[\\w-]+(?:st|nd|rd|th)|last|umpteenth) time',
    `(?:like|as) (?:i|we)(?:'ve| have)? (?:already )?(?:said|told you|mentioned|explained|agreed|discussed)(?: ${times})*(?=\\s*[,:;—–-])`,
    `(?:i|we)(?:'ve| have)? (?:already |just |also )*(?:told you|asked you|said (?:so|it|this)|talked about (?:this|that|it)|been (?:over|through) (?:this|that|it)|discussed (?:this|that|it)|agreed on (?:this|that|it))(?: ${times})*(?=\\s*[:;—–-])`,
    '(?:(?:a|friendly|quick|just|small|tiny|another|new|house|ground|general|important|one|more|last)\\s+)*(?:reminder|heads.?up|rule|thing|attention|correction|nit|nitpick|fyi|ps|tip|remark|request|convention|policy|remember)(?=\\s*[:—–])',
  ].join('|')})\\s*[,:;—–-]*\\s*`,
  'i',
);

const polite =
  "(?:(?:please|also|and|then|now|ok(?:ay)?|so|just|maybe|(?:can|could|would|will) you|you (?:should|can|could)|we (?:should|need to|have to)|i(?:'d| would)? (?:like|want|need) (?:you )?to|let's|lets|go ahead and)[\\s,]+)*";
const kept =
  '(?:rules?|notes?|guidelines?|conventions?|policy|instructions?|memory|memories|reminder|requirement|line|entry|bullet|item|sentence)';
/** After a bare "that" a clause must begin, else it tells what the rule does: "a rule that prevents …". */
const clauseAhead =
  '(?=(?:we|you|i|it|they|the|an?|all|every|each|no|any|our|your|my|when(?:ever)?|if|before|after|always|never|in|for|on|only|from now on)\\b|[\\w`"\'-]+(?: [\\w`"\'-]+){0,4} (?:must|should|shall|always|never|needs?|has|have|is|are|may|can|ought)\\b)';
const saying =
  '(?:(?:that|which|to) (?:says?|states?|specif(?:y|ies)|requires?|ensures?|tells? (?:you|us|the \\w+)|mentions?|makes? sure|enforces?|demands?|dictates?)(?:,? that)?(?: you| we)?|(?:saying|stating|requiring|specifying)(?: that)?)';
const asked = new RegExp(
  `^${polite}(?:(?:add|make|create|write|put|record|save|store|keep|document|include|define|establish|introduce|have|need|set up)\\b(?: [\\w@./'-]+){0,6}? ${kept}\\b(?: for (?:me|us|yourself)| about (?:this|that|it)| (?:in|to|into) (?:(?:the|our|your|my) )?[\\w@./-]+(?: (?!that|saying|which)[\\w.-]+){0,2})?|(?:write|note|jot|put|record) (?:it |this |that )?down(?: somewhere)?|(?:put|add|write|note|record|save|include) (?:it|this|that)(?: down)? (?:in|into|to|as) (?:[\\w@./'-]+ ){0,3}[\\w@./'-]+(?=:)|(?:keep|bear) in mind|let(?:'s| us)?(?: all)? agree|(?:the team|the whole team|everyone|everybody|we)(?:'ve| has| have)?(?: all)? (?:agreed|decided)|mention|specify|note)(?:\\s*:|,? ${saying}|,? that ${clauseAhead}| (?=to (?!(?:the|our|your|my|an?|this|that|it)\\b)\\w+ \\S))\\s*`,
  'i',
);

/** "Create a task to ensure that …": what shall be ensured is the point. */
const ensuring = new RegExp(
  `^${polite}(?:create|add|open|file|make|write) an? (?:new )?(?:task|ticket|issue|todo|story|card) (?:to|that|which) (?:ensures?|makes? sure|enforces?|guarantees?)(?: that)?\\s+`,
  'i',
);

/** Begins no name of a thing: a verb, a pronoun, an answer. */
const noName =
  '(?!(?:use|write|put|add|make|keep|do|run|try|let|go|call|move|remove|delete|fix|change|rename|return|check|see|look|tell|show|give|take|get|start|stop|wait|ask|leave|revert|undo|continue|proceed|commit|push|we|you|i|it|he|they|this|that|these|those|the|an?|my|your|please|pls|just|only|always|never|all|not|no|yes|ok|okay|and|but|so|then|there|here|nothing|something|thanks?|problems?|worries|way|idea|need|doubt|matter|longer|wonder|sorry|again|more|less|now|next|one|same|luck|good|great|fine|sure|like|ever|man|dude|mate|buddy|folks|guys|people|everyone|team|lol|haha|seriously|period|understood|understand|capisce|got|get|for|because|since|as|if|unless|until|when|otherwise|instead|without|at|in|on|by|per|from|with|except|which|who|what|why|how)\\b)';
const namePart = '[^\\s,;:.!?\'"]+(?:[.:][^\\s,;:.!?\'"]+)*';
const isSaid =
  '\\b(?:is|are|was|were|has|have|had|do|does|did|can|could|will|would|should|must|needs?|works?|looks?|fails?|found|handles?|it|me|you|them|us|here|there)\\b';

/** Signs that no plain word has mark a piece of code; a rule shows it as one. */
const asCode = (name: string): string => name.replace(/(?<![`\w])[^\s`]*[{}()<>=$][^\s`]*(?![`\w])/g, '`$&`');

const told: readonly Turn[] = [
  /* "No inline styles pls, utility classes", "we don't use cranes, lifts": what is turned down, and what instead. */
  [
    new RegExp(
      `^(?:no (?:more )?(?!(?:\\w+ )?(?:errors?|warnings?|changes|issues?|results?|questions|failures|updates)\\b)|(?:please |we )?(?:don't|do not|dont|never) use )(${noName}${namePart}(?: (?!${isSaid})${namePart}){0,5}?)(?:,? (?:please|pls|plz))?, ((?!\\w+ing\\b)${noName}${namePart}(?: (?!${isSaid})${namePart}){0,2}?)(?: (?:please|pls|plz|only))?[.!]*$`,
      'gi',
    ),
    (_, refused: string, wanted: string) => `use ${asCode(wanted)}, not ${asCode(refused)}`,
  ],
  /* "Metres please, the whole map is in metres". */
  [
    new RegExp(
      `^(${noName}${namePart}(?: ${noName}${namePart})?) (?:please|pls|plz)[,;] (?=(?:(?:the|our|this) )?(?:whole|entire|rest|other|others|everything)\\b).+$`,
      'gi',
    ),
    'use $1',
  ],
  /* "Undo it, I told you not to touch the schema": what was told is the point. */
  [/^.*\bi(?:'ve| have)? (?:already |clearly )?told you (?:not to|never to) (?=[a-z])/gi, 'do not '],
  [
    /^(?:(?:and|but|wait|no|hey|oh|ugh|hm+),? )*(?!(?:try|run|do|fix|check|read|look|test|build|use|make|say|you|i|we)\b)[^,.!?;\n]{2,60}? again[,;:–—-]+ (?=(?:please|use|keep|put|don'?t|do not|never|no|we (?:have|use|want))\b)/gi,
    '',
  ],
  /* "No redux, we have a store of our own". */
  [
    /^no ([\w.@/-]+(?: [\w.@/-]+)?), we (?:only )?(?:have|use|run|are on) (?=[\w`@]+(?: [\w.@/-]+){0,3}[.!]*$)(.+)$/gi,
    'use $2 instead of $1',
  ],
  [/^again (?:so|too) (?:many|much) [\w-]+(?: [\w-]+)?[,;–—-]+ (?=\w)/gi, ''],
  [
    /^((?:please )?(?:use|follow|keep|prefer|stick) .+?) again(?=,? (?:not|instead of|rather than)\b)/gi,
    '$1',
  ],
  [/\byou(?:'re| are) (not )?(?:supposed|expected|meant) to (?=[a-z])/gi, 'you should $1'],
  [
    /\b(unless|until) i (?:say|tell you|specify|ask|state)(?: you)?(?: so)? otherwise\b/gi,
    '$1 told otherwise',
  ],
  [/\b(unless|until|before) i (?:say|tell you|ask)(?: you)?(?: to| so| for it)?(?=[,.;!?]|$)/gi, '$1 asked'],
  [/\b(when(?:ever)?|if|once) i (?:say|write|type|tell you) (?=["'`“])/gi, '$1 told '],
  [/\b(when(?:ever)?|if|once|unless|until|before|after) i ask (?:you )?(?=(?:to|for) \w)/gi, '$1 asked '],
  [/\bwithout (?:first )?asking me(?: first| before(?:hand)?)?\b/gi, 'without asking'],
  [/\bask me (?=(?:first|before|when|whenever|if|whether)\b)/gi, 'ask '],
];

/** "No emojis in commit messages", but not what is reported: "no errors in the console". */
const none =
  /^no (?:more )?(?!(?:exceptions?|excuses?|discussions?|compromises?)\W*(?:please|pls)?\W*$)(?!(?:\w+ )?(?:errors?|warnings?|changes|issues?|results?|logs?|differences|effects|questions|problems|failures|updates|worries|matches|files|ideas|need|longer|one|way)\b)((?:(?!(?:the|an?|my|our|your|this|that)\b)[\w`'"/-]+ ){0,2}?(?!(?:the|an?|my|our|your)\b)[\w`'"/-]*(?:[a-rt-z]s|[`"]))(?= (?:in|on|at|inside|within|for|outside|without|anywhere|from|please)\b|[.!,;:]|$)(?!.*\b(?:is|are|was|were|has|have|had|do|does|did|found|but|so)\b)/i;

/** "For charts use Vega": a condition without its comma. */
const condition =
  /^((?:for|in|on|with|inside) (?:(?:the|our|all|any|every|each|new) )?[\w`-]+(?: [\w`-]+){0,2})(?<! (?:we|you|i|they|it)) (?=(?:always |never |only |please )?(?:use|prefer|write|put|call|name|keep|avoid|choose|pick|take|don't|do not)\b)/i;

/** "Flags like the beta ones should …". */
const likeOnes = / like (?:the|our|those|these) [\w-]+(?: [\w-]+)? ones(?= )/gi;

/** "Don't use npm, this repo uses pnpm": how it is done here is what is right. */
const customBeside =
  /^(?:please )?(?:don't|do not|dont|never|stop|quit) (?:use|using) ([^,;]{2,60}?)[,;]? (?:we|this (?:project|repo|repository|codebase|team|package)|(?:our|the) (?:team|project|repo|repository|codebase|company))(?:'re| are| is)? (?:all |only |always |already |all on |on )*(?:use|uses|using|have|has|prefer|prefers|on) ([^,;]{2,80}?)[.!]*$/i;

const besides =
  /^((?:please |we )?(?:don't|do not|never|stop|avoid) (?!(?:use|using) )[^,;]{4,90}), ((?:it's|that's|they're|(?:this|that|these|those|it|they|we|our|the) [^,;]*?\b(?:is|are|was|has|have|will|would|can|cannot|can't|depend|rely|generate|need|run|use|live|belong|work|\p{L}{3,}s)\b).{3,})$/iu;

/** A clause that tells how something is, after a comma: "log the size only, responses hold personal data". */
const state =
  /^((?:please |always |only )*\p{L}+ (?![^,;]*\b(?:if|when|because|since|while|that|which)\b)[^,;:?]{6,100}), ((?:it|that|they|we|otherwise (?:it|they|we)|(?:the|our|its|their|this|those|these|some|most|all) [\w-]+(?: [\w-]+)?|[\w-]*[a-rt-z]s) (?:(?:only|already|also|often|sometimes|always) )?(?:(?:hold|contain|carry|leak|break|cause|need|expect|depend|rely|block|hide|fail|belong|cost|clash|conflict|lack|include|read|live|come|run|take)(?:e?s)?|carries|relies|is|are|was|were|has|have|can|cannot|can't|don't|doesn't|won't|will|would)\b(?! (?:fine|good|great|ok|okay|correct|right|perfect)\b)[^,;?]{3,})$/iu;

/**
 * "Don't touch the vendor folder, this repository generates it": what is forbidden or asked for, and why.
 * @param isOrder whether a sentence orders something.
 */
export function reasonBeside(
  text: string,
  isOrder: (sentence: string) => boolean,
): { readonly order: string; readonly reason: string } | undefined {
  const [, order, reason] = besides.exec(text) ?? (isOrder(text) ? state.exec(text) : undefined) ?? [];
  return order === undefined || reason === undefined ? undefined : { order, reason };
}

/** The text without examples between a subject and its verb, sentence by sentence. */
export const withoutExamples = (text: string): string =>
  text.replace(/[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*/g, (sentence) => sentence.replace(examples, '$1 '));

/** One sentence without what is said around its point. Ends as it ended, but a request for a rule is no question. */
export function plainly(sentence: string): string {
  let text = sentence
    .trim()
    .replace(/^(?:look|listen|see|hey|hi|ugh|argh|man|dude|folks|guys|team)\s*,\s+/i, '');
  for (const [pattern, plain] of [...emphasis, ...told])
    text = typeof plain === 'string' ? text.replace(pattern, plain) : text.replace(pattern, plain);
  text = less(text, opening);
  text = (requestedRule(text) ?? text).replace(ensuring, 'make sure ');
  text = less(text, ending, 2);
  if (none.test(text))
    text = text.replace(none, 'do not use $1').replace(/(?:,? please)?(?: ?:| [–—-]) (?=[a-z])/i, '; ');
  return text
    .replace(customBeside, 'use $2 instead of $1')
    .replace(likeOnes, '')
    .replace(examples, '$1 ')
    .replace(condition, '$1, ')
    .trim();
}

/** What a rule shall say that is asked for ("please add a rule that says …"); undefined where none is. */
export function requestedRule(sentence: string): string | undefined {
  const text = sentence.trim();
  const order = less(text, asked);
  return order === text ? undefined : order.replace(/^to (?=[a-z]+ )/i, '').replace(/\s*\?+$/, '.');
}

/** Without the match, where at least `words` are left. */
function less(text: string, pattern: RegExp, words = 3): string {
  const rest = text.replace(pattern, '').trim();
  return rest.split(/\s+/).length >= words || rest === text ? rest : text;
}
