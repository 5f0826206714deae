/**
 * Lesson schemas: the kinds of trouble that people correct assistants for, each as problem → remedy with its things
 * abstracted away. "You edited the main copy, not the branch" and "that path is on my machine, not in the container"
 * share no word; both are *work in the wrong place*. Two lessons of one schema are analogous, whatever they are about.
 *
 * The table is a small typed ontology in the sense of structure mapping (Gentner 1983: relations count, not the things
 * related). A schema is recognised by general cues in one sentence; English only, and silent where in doubt.
 */
import { cues as c } from './dreamCueWords.ts';

export const schemaClasses = [
  'place',
  'choice',
  'sequence',
  'scope',
  'source of truth',
  'verification',
  'autonomy',
  'form',
  'instruction',
  'resource',
] as const;
export type SchemaClass = (typeof schemaClasses)[number];

export interface LessonSchema {
  readonly name: string;
  readonly class: SchemaClass;
  /** What went wrong, as a clause in the past: "work went to the wrong copy of a place". */
  readonly problem: string;
  /** The lesson as one order for any project; told to assistants only once its owner kept the dream. */
  readonly remedy: string;
  /** The trouble itself, or that it is to be avoided. */
  readonly problems: readonly RegExp[];
  /** What mends it is asked for. */
  readonly remedies: readonly RegExp[];
  /** The reverse is asked for, or allowed: for dreams of contrast. */
  readonly reverses?: readonly RegExp[];
  /** The schema is so wide that its two lessons must also be about one kind of thing. */
  readonly wide?: true;
}

export const lessonSchemas: readonly LessonSchema[] = [
  {
    name: 'wrong-place',
    class: 'place',
    problem: 'work went to the wrong copy of a place',
    remedy: 'Before changing anything, make sure which copy it belongs to, and say which.',
    problems: [
      c`you(?:'re| are| were|'ve| have)?(?: just| again| still)* {working} .{0,50}\b(?:in|to|into|on|from|onto) (?:the|a|my|our) (?:[\w-]+ ){0,2}{place}`,
      c`why (?:did|are|were|do) (?:you|we) .{0,50}\b(?:in|to|into|on|from|onto) (?:the|a|my|our) (?:[\w-]+ ){0,2}{place}`,
      c`(?:wrong|other) {place}`,
      c`(?:is|are|was|runs?|lives?) (?:on|in) (?:my|the|a) (?:[\w-]+ ){0,2}{place},? (?:and )?not\b`,
    ],
    remedies: [
      c`(?:in|to|into|on|from|use|edit|update) (?:the|a|my|our)? ?(?:[\w-]+ ){0,2}{place},? (?:(?:and|but) )?(?:not|never|instead of|rather than) (?:in |to |into |on |from )?(?:the|a|my|our)\b`,
      c`(?:not|never|instead of|rather than) (?:in|to|into|on|from|onto) (?:the|a|my|our)? ?(?:[\w-]+ ){0,2}{place}`,
      c`(?:switch|go|move|get) back (?:in)?to (?:the|a|my|our) (?:[\w-]+ ){0,2}{place}`,
      c`(?:always|must|should) .{0,40}\b(?:in|on|from) (?:the|a) (?:main|same|right|correct|own|original|feature|session|staging|local|test) (?:[\w-]+ )?{place}`,
      c`path (?:differences?|mappings?)|(?:different|other|mapped|mounted) paths?`,
    ],
  },
  {
    name: 'home-of-a-file',
    class: 'place',
    wide: true,
    problem: 'something was put where its kind does not belong',
    remedy: 'Before creating a file, look where the project keeps others of its kind, and put it there.',
    problems: [c`(?:put|placed|created|saved|added) (?:it|this|that|them|\S+) in the (?:root|wrong)`],
    remedies: [
      c`(?:should|must|always) (?:be|go|live|sit|stay) (?:created |placed |put |stored |kept )?(?:in|into|under|inside) (?:the |a |its |their )?\S+`,
      c`belongs? (?:in|into|under|to) (?:the |a |its |their )?\S+`,
      c`(?:put|place|store|keep|organi[sz]e|split|move|group) .{1,60}\b(?:in|into|under|to) (?:the |a |its |their |per-\w+ |own |separate |dedicated )*(?:[\w./-]+ )?(?:director(?:y|ies)|folders?|modules?|packages?|subfolders?)`,
    ],
  },
  {
    name: 'chosen-tool',
    class: 'choice',
    wide: true,
    problem: 'a habit stood in for the tool that had been chosen',
    remedy: 'Use the tool the project has chosen for a step; look for it before reaching for the usual one.',
    problems: [
      c`why (?:are|do|did) (?:you|we) (?:using|use|still using|run|running|calling|call)\b`,
      c`you(?:'re| are)? (?:used|using|ran|running|installed|called) .{1,40}\b(?:instead of|not|again)\b`,
      c`(?:you )?(?:do not|don't) need (?:the |an? )?\S+ .{0,20}\b(?:to|for)\b`,
    ],
    remedies: [
      c`(?:use|run|call|prefer) \S+(?: \S+){0,3},? (?:instead of|rather than|(?:and )?not|over|never)\b`,
      c`(?:never|don't|do not) (?:use|run|call) \S+(?: \S+){0,3},? (?:but |use |prefer |;)`,
      c`we (?:should be|are) (?:using|running|on) \S+`,
      c`(?:switch|migrate|change) (?:over )?(?:from \S+ )?to (?:using )?\S+ (?:instead|for)`,
    ],
  },
  {
    name: 'runtime-version',
    class: 'choice',
    problem: 'a version was taken that the project cannot run on',
    remedy: 'Check which versions the project runs on before choosing or installing one.',
    problems: [
      c`(?:no longer|not|isn't|un)[- ]?(?:supported|compatible|available) (?:with|on|in|by|for)`,
      c`(?:version )?(?:mismatch|incompatib\w+)`,
      c`(?:deprecated|outdated|too old|too new|end[- ]of[- ]life)`,
    ],
    remedies: [
      c`(?:should|must) (?:be )?(?:run(?:ning)?|us(?:e|ing)|target|stay on|be on) (?:on )?(?:the )?(?:latest )?\w+ v?\d+`,
      c`(?:pin|lock|bump|upgrade|downgrade) (?:the |your |our |its )?(?:\w+ ){0,2}(?:versions?|dependenc\w+|to v?\d)`,
    ],
  },
  {
    name: 'companion-step',
    class: 'sequence',
    wide: true,
    problem: 'one step was taken and its companion was not',
    remedy: 'Treat steps that belong together as one, and finish all of them before calling it done.',
    problems: [
      c`(?:you )?(?:forgot|missed|skipped) to (?:also )?\w+`,
      c`why (?:didn't|did not|haven't) you (?:also )?(?:commit|push|update|run|add|open|tag|bump|release|publish|close)`,
    ],
    remedies: [
      c`(?:when(?:ever)?|each time|every time) you (?!did|were|had|have)\w+.{0,40}, (?:also |always |then |please )*(?:commit|push|update|run|add|open|tag|bump|release|publish|close|write|create|check|make|delete|regenerate|format|lint|test|restart|rebuild)`,
      c`always .{2,40} (?:after|when(?:ever)?|alongside|together with)\b`,
      c`(?:commit|push|merge|release|tag|deploy|publish)(?: it| that| this)?,? (?:and|then)(?: then| also)? (?:commit|push|update|bump|tag|publish|close|run)`,
      c`update .{2,40} (?:as well|too|with (?:the|each|every) commit|along with)`,
    ],
  },
  {
    name: 'order-of-steps',
    class: 'sequence',
    wide: true,
    problem: 'a step came before the one it depends on',
    remedy: 'Do first what the next step rests on, and do not begin the next before it is done.',
    problems: [
      c`why (?:did|are|were) you .{2,60} (?:before|prior to|without (?:first|having))\b`,
      c`you .{2,40} before (?:you |i |we |doing|running|asking|checking|reading)`,
    ],
    remedies: [
      c`(?:first|always) .{2,60} (?:before|prior to) \w+ing\b`,
      c`(?:make sure|be sure|remember) to .{2,60} (?:before|prior to|first)\b`,
      c`(?:make|do|run|write|create|pull|merge|commit|read|check) .{2,40} before (?:moving|starting|working|fixing|implementing|merging|pushing|committing|creating|you|making|releasing)`,
      c`before (?:you )?(?:start|begin|implement|mov|work|merg|commit|releas|creat)\w*.{0,30}, (?:first |please )*(?:make|do|run|write|create|pull|merge|commit|read|check|update)\b`,
    ],
  },
  {
    name: 'more-than-asked',
    class: 'scope',
    problem: 'more was done than was asked for',
    remedy: 'Do what was asked and nothing beside it; offer the rest in a sentence.',
    problems: [
      c`(?:didn't|did not|never) (?:ask|want|tell|request)(?:ed)? (?:you |for |anyone )?(?:to|for|any|that)`,
      c`(?:nobody|no one) asked`,
      c`(?:unrelated|irrelevant|unnecessary|unwanted|extra) (?:code|changes?|edits?|files?|things?|stuff|refactor\w*|work)`,
      c`(?:out of|outside (?:the|of)) scope`,
      c`(?:asked|wanted|told) you to .{2,60},? (?:and )?not to\b`,
    ],
    remedies: [
      c`(?:only|just) (?:wanted|asked|want) (?:you )?(?:to|for)`,
      c`(?:don't|do not|never) (?:touch|change|modify|refactor|edit|reformat) (?:any(?:thing)?|other|unrelated|the rest|what|code)`,
      c`(?:leave|keep) (?:the rest|everything else|other \w+|unrelated \w+) (?:alone|untouched|as)`,
      c`nothing (?:else|more|beyond)`,
      c`(?:focus|limit yourself|stick) (?:only )?(?:on|to) (?:what|the task|only)`,
      c`(?:create|write|make|describe|plan) .{2,40},? (?:don't|do not|not) (?:start )?(?:implement|work|code|coding|do)\w*`,
    ],
  },
  {
    name: 'removed-what-was-needed',
    class: 'scope',
    problem: 'something was removed that was still needed',
    remedy: 'Remove nothing without having looked who still needs it; say what would be lost.',
    problems: [
      c`you(?:'re| are|'ve| have)?(?: just| also| accidentally)* (?:delet|remov|nuk|wip|dropp|los|overwr|eras|discard)\w+`,
      c`you(?:'ve| have)? (?:just )?(?:got|gotten) rid of`,
      c`(?:removed|deleted|lost|dropped|stripped|cut) (?:too much|a lot of|all (?:of )?(?:my|the|our)|my|our)`,
    ],
    remedies: [
      c`(?:they|it|these|those|\w+) (?:must|should|has to|have to|needs? to) (?:remain|stay|be kept|be preserved)`,
      c`(?:don't|do not|never|without|not) (?:delet|remov|overwrit|drop|discard|eras|wip)\w*`,
      c`(?:put|bring|add) (?:it|them|that|those|this) back`,
      c`(?:is|are) still (?:needed|used|in use|referenced|imported)`,
    ],
  },
  {
    name: 'every-place-of-a-change',
    class: 'scope',
    problem: 'a change reached some of its places and missed the others',
    remedy: 'Search for every place a change concerns, change all of them, and name those left out.',
    problems: [
      c`you (?:skipped|missed|forgot|left out|omitted|overlooked) (?:the|some|a|an|all|one|\w+ of|\S+[./])`,
      c`(?<!\b(?:i|we|you) )still (?:uses?|contains?|references?|refers?|points?|mentions?|has (?:a |an |the |some )?(?!error|issue|problem|bug|fail)\w+)`,
      c`what about the (?:other|rest|remaining)`,
      c`(?:hasn't|haven't|wasn't|weren't|not) been (?:updated|changed|renamed|migrated|moved|converted)`,
      c`there (?:are|is|were) (?:still |multiple |other |more |several )+(?:instances?|places?|occurrences?|usages?|references?|copies)`,
    ],
    remedies: [
      c`(?:all|every|each)(?: of)?(?: the)? (?:other|extant|existing|remaining|occurrences?|instances?|places?|usages?|callers?|references?)`,
      c`(?:everywhere|throughout (?:the|our))`,
    ],
  },
  {
    name: 'bigger-than-needed',
    class: 'scope',
    problem: 'it was built bigger than the need',
    remedy: 'Build the simplest thing that works here, and nothing for later.',
    problems: [
      c`over-?(?:kill|engineer\w*|complicat\w*)`,
      c`too (?:complex|complicated|clever|generic|abstract|many (?:layers|options|abstractions|files))`,
    ],
    remedies: [
      c`(?:keep (?:it|this|things) )?(?:simple|small|minimal)(?:st|er)? (?:version|solution|approach|thing|implementation|possible|change)`,
      c`keep (?:it|this|things|the \w+) (?:simple|minimal|small)`,
      c`(?:don't|do not|no) (?:need|want|care|worry)(?: (?:for|to|about))?(?: \w+)? (?:backwards?|legacy)[- ]?compat\w*`,
      c`simplify (?:it|this|that|the)`,
      c`yagni`,
    ],
    reverses: [c`(?:keep|need|must|maintain|preserve) (?:\w+ )?backwards?[- ]compat\w*`],
  },
  {
    name: 'one-thing-at-a-time',
    class: 'scope',
    problem: 'several matters were mixed into one',
    remedy: 'Work on one matter at a time, and finish it before the next.',
    problems: [
      c`(?:too many|several|different|unrelated) (?:things|changes|concerns|issues) (?:at once|in one|in a single|together)`,
    ],
    remedies: [
      c`one (?:issue|thing|step|change|task|problem|question|file|bug|test) at (?:a|the) time`,
      c`(?:separate|own|individual|different|another|small|smaller|atomic) (?:commits?|prs?|pull requests?|changes?|steps?|branch(?:es)?)`,
      c`split (?:it|this|that|them|the \w+) (?:up |in)?(?:in)?to`,
    ],
  },
  {
    name: 'one-source-of-truth',
    class: 'source of truth',
    problem: 'one fact was kept in several places',
    remedy: 'Keep each fact in one place, and let everything else refer to it.',
    problems: [
      c`duplicat(?:es?|ed|ing|ion)\b`,
      c`(?:in|across) (?:multiple|several|many|two|both|different|so many) (?:files|places|modules|spots|locations)`,
      c`(?:magic (?:numbers?|strings?|values?))`,
      c`hard-?cod(?:e|ed|ing)`,
      c`(?:repeat|copy|copies|copied|copying|repeated|repeating) (?:the same|this|that|code|logic)`,
    ],
    remedies: [
      c`single source of truth`,
      c`(?:common|shared|one|single|central) (?:function|helper|module|constant|config\w*|place|utility|file|definition)`,
      c`(?:into|from|in) (?:a |the |one )?(?:config\w*|constants?|settings?|env\w*)(?: file| variable)?,? (?:instead|rather|so)`,
      c`(?:there )?should (?:only )?be (?:only )?one\b`,
    ],
  },
  {
    name: 'made-twice',
    class: 'source of truth',
    problem: 'something was made anew that was there already',
    remedy: 'Search for an existing one before making another.',
    problems: [
      c`already (?:have|has|had|exists?|existed|defined|created|made|making|implemented|wrote|written|did|done|doing|there)`,
      c`(?:we|you|i) (?:now )?(?:have|see) (?:now )?two\b|two (?:copies|versions|duplicates|definitions)`,
      c`re-?(?:implement|invent|creat|writ)(?:ing|ed|es) (?:it|this|that|the|what)`,
    ],
    remedies: [
      c`re-?us(?:e|ing) (?:the |an |our |that |what )`,
      c`(?:use|extend|look (?:for|at)) (?:the|an|our|that|any) existing`,
      c`(?:instead of|rather than) (?:re-?implementing|re-?inventing|re-?creating|re-?writing|making (?:a new|another)|creating (?:a new|another))`,
    ],
  },
  {
    name: 'record-kept-up',
    class: 'source of truth',
    wide: true,
    problem: 'the work moved on and its record did not',
    remedy: 'Update the record of the work (changelog, docs, plan, status) in the same step as the work.',
    problems: [
      c`{record} (?:is|are|was|were|still|seems?|looks?) (?:still |now )?(?:out of date|outdated|stale|old|missing|wrong|not up to date)`,
      c`{record} (?:wasn't|isn't|aren't|weren't|hasn't been|haven't been|doesn't|don't|does not|do not|not) (?:updated|mention|reflect|match|say|cover|list)`,
      c`(?:missing|absent) (?:\w+ )?(?:from|in) (?:the |our )?@?{record}`,
      c`(?:forgot|didn't|did not|without|never) .{0,20}\b(?:updat\w+|mention\w*) .{0,20}{record}`,
    ],
    remedies: [
      c`(?:update|add|write|amend|refresh|append) .{0,30}\b{record}`,
      c`{record} .{0,20}\b(?:must|should|needs? to|has to) .{0,20}\b(?:update|current|reflect|mention|marked|kept)`,
      c`(?:mark|tick|check off|strike|note)\w* .{0,20}\btasks? .{0,30}\b(?:done|complete|completed|finished)`,
    ],
  },
  {
    name: 'claimed-unchecked',
    class: 'verification',
    problem: 'something was called done that nobody had looked at',
    remedy: 'Look at the real result before saying that it works, and say what you looked at.',
    problems: [
      c`(?:are you|you) (?:really |absolutely )?sure\b.{0,40}\?`,
      c`(?<!why )did you (?:actually |even |really |properly )?(?:check|test|run|verify|review|look|try|apply|read|use|do|change|commit)`,
      c`you (?:made|did|applied) (?:no|nothing|none|any) ?(?:changes?|edits?)?`,
      c`(?:you )?(?:said|claimed|told me|reported) .{2,60} (?:but|yet|and (?:it|i))\b`,
      c`i (?:just |have |'ve )?(?:checked|looked|tested|tried) .{0,40}\b(?:and|but)\b.{0,40}\b(?:not|isn't|no|doesn't|still|wrong)\b`,
    ],
    remedies: [
      c`(?:actually|manually|really) (?:verify|check|test|run|try|look)`,
      c`(?<!\b(?:a|an|the|failing|new|unit|this|that) )(?:verify|check|test|confirm|demonstrate|prove|make sure)(?: for me)? (?:that|it|whether|if|this) .{0,60}\b(?:works?|correct|right|passes|renders|loads|appl(?:y|ied)|in place|there|present|changed)`,
      c`(?:before|until) (?:you )?(?:say|claim|report|call|tell)\w*`,
    ],
  },
  {
    name: 'failure-not-reproduced',
    class: 'verification',
    problem: 'a failure was called mended and came back',
    remedy:
      'Make the failure happen on purpose before mending it, best in a test, and see it gone afterwards.',
    problems: [
      c`still (?:failing|fails?|broken|crash\w*|an? (?:issue|error|problem)|not working|doesn't work|does not work|getting|seeing|happening|no|the same)`,
      c`(?:same|another|different) (?:error|failure|problem|issue)(?: again| this time| as before)?`,
      c`(?:used to|had (?:\w+ )?) ?(?:work|working|pass)\b`,
      c`(?:broke|breaks|breaking|regress\w+) (?:again|it|the|my|our|something)`,
      c`(?:failing|fails|broken|crashes|hanging) again`,
    ],
    remedies: [
      c`(?:write|writing|create|creating|make|making|add|start with|with|first) .{0,25}failing test`,
      c`test (?:that|which) (?:fails|reproduces|covers (?:the|that|this) (?:bug|failure|behaviou?r))`,
      c`reproduc\w+`,
      c`(?:find|understand|explain|what(?:'s| is)) (?:the )?(?:root )?cause`,
    ],
  },
  {
    name: 'change-without-a-test',
    class: 'verification',
    problem: 'a change came without a test for it',
    remedy: 'Add or change a test with every change of behaviour.',
    problems: [
      c`(?:where (?:are|is)|why (?:are|is)(?: there|n't there)?|without|missing|forgot|no) (?:the |any |an? )?(?:new )?{tests}\b`,
      c`(?:didn't|did not|doesn't|don't|haven't) (?:\w+ ){0,5}(?:add|write|include|introduce|have|cover|update) (?:\w+ ){0,3}{tests}\b`,
    ],
    remedies: [
      c`cover .{1,60} (?:with|by|in) (?:an? |some |the )?{tests}\b`,
      c`(?:write|add|include|create|extend|update) (?:some |new |more |a |an |the |unit |e2e )*{tests}\b`,
      c`{tests} (?:that |to |which )cover`,
    ],
    reverses: [c`(?:no|skip|don't (?:need|write|add)|without|not need) (?:any |the |more |new )?{tests}\b`],
  },
  {
    name: 'stand-in-for-the-real-thing',
    class: 'verification',
    problem: 'a stand-in was tested in place of the real thing',
    remedy: 'Test against the real thing; a check that cannot fail proves nothing.',
    problems: [
      c`(?:trivial|meaningless|fake|dummy|placeholder|tautolog\w+|useless) (?:test|check|value|data|result|implementation|assert\w*)s?`,
      c`(?:mock|stub|fak)(?:s|ed|ing)? (?:out )?(?:the |everything|away|all)`,
      c`(?:not|isn't) (?:a |an )?(?:real|valid|proper) (?:test|check)`,
    ],
    remedies: [
      c`(?:never|don't|do not|no|avoid|without|stop) (?:mock|stub|fak)(?:s|ed|ing)?\b`,
      c`real (?:test|database|db|data|api|thing|server|browser|service|file)s?`,
      c`(?:test|call|exercise) .{2,40},? (?:not|rather than|instead of) (?:the |through )(?:\w+ )?(?:mock|stub|cli|ui|wrapper|interface)\w*`,
    ],
    reverses: [
      c`mock(?:s|ing)? (?:is|are) (?:a |probably a )?(?:good|fine|ok|okay|fast|better|allowed)`,
      c`(?:use|prefer|add) (?:a )?(?:mock|stub|fake)s?\b`,
      c`(?:should|must|please|always) (?:be )?(?:mock|stub)(?:ed)?\b`,
    ],
  },
  {
    name: 'guessed-not-looked-up',
    class: 'verification',
    problem: 'something was assumed that could have been looked up',
    remedy:
      'Look it up in the documentation or the source before using it; never guess a name or an interface.',
    problems: [
      c`(?:does not|doesn't|do not|don't) (?:actually )?(?:have|support|provide|accept|take) .{0,30}\b(?:method|option|flag|function|property|command|field|parameter|argument|attribute|api|hook|event)s?`,
      c`(?:method|option|flag|function|property|command|field|parameter|argument|attribute|api|package|module) .{0,30}(?:does not|doesn't|don't) (?:actually )?exist`,
      c`(?:no such|non-?existent|there is no|there's no) (?:method|option|flag|function|property|command|field|file|parameter|package)`,
      c`(?:made|making|make|inventing|invented) (?:it|that|this|things|stuff) up`,
      c`hallucinat\w+`,
      c`where did you (?:get|find|see) `,
      c`you(?:'re| are)? (?:just )?(?:assum|guess)\w+`,
    ],
    remedies: [
      c`(?:look|check) (?:it |this |that |them |the \w+ )?up\b`,
      c`(?:look up|check|read|consult|refer to|search|see|use) (?:the )?(?:\S+ )?(?:docs|documentation|source(?: code)?|manual|reference|api docs|web|internet|context7)\b`,
      c`look at (?:the )?(?:\S+ )?(?:source|docs|documentation|code|logs|implementation)`,
      c`(?:don't|do not|never|rather than|instead of) (?:assum|guess)\w*`,
    ],
  },
  {
    name: 'error-passed-over',
    class: 'verification',
    problem: 'a failing check was stepped around',
    remedy: 'Treat a failing check as work: mend it, or say why not, but never step around it.',
    problems: [
      c`ignor(?:e|es|ed|ing) (?:the |these |those |that |this |all |any )?(?:\w+ )?(?:errors?|warnings?|fail\w*)`,
      c`(?:swallow|suppress|silenc|hid)(?:e|es|ed|ing)? (?:the |all |any )?(?:errors?|exceptions?|warnings?)`,
      c`what about the (?:other )?(?:failing|failures?|errors?|warnings?)`,
      c`(?:plenty|lots|a lot|many|tons) of (?:warnings?|errors?)`,
    ],
    remedies: [
      c`(?:don't|do not|never|stop) (?:ignor|skip|suppress|swallow|silenc|hid|disabl|bypass)\w* (?:the |any |a |failing )?(?:errors?|warnings?|fail\w*|tests?|checks?|hooks?|lint\w*|exceptions?)`,
      c`(?:fix|resolve|address) (?:all |the |these |those |any )+(?:\w+ )?(?:warnings?|errors?|failing|failures|lint\w*)`,
      c`failing (?:tests?|checks?) .{0,60}(?:priority|must|first|before)`,
    ],
    reverses: [
      c`(?:used|use|with|allow\w*|can|may) .{0,30}--no-verify`,
      c`(?:allow you to|you (?:can|may)|just|i'll|let's|ok to) (?:skip|bypass|disable|ignore) .{0,30}(?:hooks?|tests?|checks?|lint\w*|errors?|warnings?)`,
    ],
  },
  {
    name: 'command-that-hung',
    class: 'resource',
    problem: 'a command hung and nobody noticed in time',
    remedy: 'Give every command that may hang a time limit, and say so when it runs longer than it should.',
    problems: [
      c`(?:hangs?|hanging|hung)\b`,
      c`(?:got|gets|is|are|was|you(?:'re| are)) stuck\b`,
      c`(?:never|not) (?:finish\w*|return\w*|end\w*|terminat\w*|exit\w*)`,
      c`(?<!\b(?:use|set|add|have|need) (?:a|any|some|the) )tim(?:e|ed|es|ing)[ -]?outs?`,
      c`still (?:running|going|loading|waiting)`,
      c`(?:infinite|endless) loop`,
      c`(?:runs?|running|hangs?|going|waits?) forever`,
    ],
    remedies: [
      c`(?:set|add|use|have|need|with|shorter|lower) (?:a |any |some sort of |the )?time-?outs?`,
      c`(?:in|as a) (?:the )?background(?: process| job)?`,
    ],
  },
  {
    name: 'shared-resource',
    class: 'resource',
    problem: 'two users of one shared thing got in each other’s way',
    remedy: 'Before taking something shared (a port, a link, a file that others edit), look who holds it.',
    problems: [
      c`ports? (?:\d+ )?(?:is |are )?(?:already )?(?:in use|busy|taken|occupied|used)`,
      c`(?:using|uses|on|occupies) port \d+`,
      c`interfer\w+ with`,
      c`(?:some ?(?:one|body) else|another (?:agent|process|instance|person|session|window)|others?) (?:is |are |also |has |was )*(?:edit|work|us|writ|chang|runn|touch)\w*`,
      c`(?:system-?wide|globally) .{0,40}(?:not|don't)|(?:race condition|deadlock)`,
    ],
    remedies: [c`(?:random|free|other|another|different|own) port`],
  },
  {
    name: 'asked-instead-of-acting',
    class: 'autonomy',
    problem: 'it asked or advised where it could have acted',
    remedy: 'Take the obvious next step yourself; ask only where the answer changes what is done.',
    problems: [
      c`(?:why (?:are|do|did) you|stop|quit) (?:keep )?ask(?:ing)?\b`,
      c`(?:don't|do not|never|stop) (?:just )?(?:ask|tell|telling) (?:me|us)`,
    ],
    remedies: [
      c`(?:do|apply|run|write|make|create|fix|request|check|execute|try) (?:it|that|this|them|the [\w ]{2,20}) yourself`,
      c`(?:without|no need to|don't need to|needn't) ask(?:ing)?(?: me| for)?`,
      c`just do (?:it|that|this)\b`,
    ],
    reverses: [
      c`(?:ask|check with|confirm with|consult) (?:me|us|the user)(?: first| before|,? (?:and|then))`,
      c`(?:wait for|get|need) (?:my|our|the user's|explicit) (?:approval|confirmation|ok|permission|go-ahead|answer)`,
      c`(?:before|until) i (?:approve|confirm|say|agree|answer)`,
    ],
  },
  {
    name: 'acted-instead-of-asking',
    class: 'autonomy',
    problem: 'it acted where the owner wanted a say',
    remedy: 'Where there is more than one way, say what you would do and why, and wait for a yes.',
    problems: [
      c`you .{2,60} without (?:my|our|asking|permission|telling|consult\w*|confirm\w*|approval)`,
      c`(?:why (?:did|are|were) you|you) (?:already |just |immediately )*(?:start\w*|began|begin\w*|went ahead|jump\w*) .{0,30}(?:without|before)`,
    ],
    remedies: [
      c`(?:ask|check with|confirm with|consult) (?:me|us|the user)(?: first| before)`,
      c`(?:wait for|get|need) (?:my|our|the user's|explicit) (?:approval|confirmation|ok|permission|go-ahead|answer)`,
      c`(?:explain|discuss|propose|describe|list|present|give me|show me) .{2,60} before (?:you |any |making |doing |implement|chang|start|act|we )`,
      c`before (?:we|you|any|making|doing|start|begin|implement)\w*.{0,40}, (?:please |also |first )*(?:explain|discuss|propose|describe|list|present|give me|show me|ask)`,
      c`(?:don't|do not) (?:do any|start|begin|implement|change|write|make)\b.{0,30}\b(?:yet|until)\b`,
      c`(?:never|don't|do not) \w+[^,;]{0,50} without (?:my|our|asking|permission|telling|consult\w*|confirm\w*|approval)`,
      c`without making any changes`,
      c`pros and cons`,
    ],
    reverses: [
      c`(?:without|no need to|don't need to|needn't|never|don't|stop) ask(?:ing)?(?: me| for)?\b`,
      c`(?:do|apply|run|make) (?:it|that|this|the changes) yourself`,
    ],
  },
  {
    name: 'form-of-an-answer',
    class: 'form',
    wide: true,
    problem: 'the content was right and its form was not',
    remedy: 'Give an answer whole and in the form that was asked for, ready to be copied.',
    problems: [
      c`(?:this|that|it) (?:is not|isn't|wasn't|is|was) (?:in )?(?:valid |proper |mal)?(?:markdown|json|yaml|csv|html|formatted|malformed|malformatted)`,
      c`(?:mal-?format\w*|malformed|mis-?format\w*)`,
    ],
    remedies: [
      c`(?:in|as|into|use|be) (?:a |an |one |single |raw |valid |proper |plain |github )*(?:markdown|code[- ]?blocks?|json|yaml|csv|bullet (?:points|list)|a table)\b`,
      c`(?:markdown|json|yaml|csv|code[- ]?block)[- ](?:format\w*|block|source)`,
      c`(?:format|style) (?:it|this|that|them|the \w+) (?:as|like|in)`,
    ],
  },
  {
    name: 'words-about-a-change',
    class: 'form',
    problem: 'what was written about a change did not have the project’s form',
    remedy: 'Write commit messages and descriptions of changes in the form the project uses.',
    problems: [
      c`(?:commit|pr|pull request) (?:message|title|description|body)s? .{0,30}\b(?:wrong|not|isn't|doesn't|too|missing|only)\b`,
    ],
    remedies: [
      c`conventional[- ]commits?`,
      c`(?:commit|pr|pull request|merge request)(?:'s)? (?:message|title|description|body)s? .{0,30}\b(?:should|must|in (?:the|a|one)|with (?:the|a)|like|format|into|single|template)\b`,
      c`(?:for|in) (?:the |a )?(?:commit|pr|pull request)(?:'s)? (?:message|title|description)s?`,
    ],
  },
  {
    name: 'name-against-the-custom',
    class: 'form',
    wide: true,
    problem: 'a name did not follow the custom around it',
    remedy: 'Look at how its neighbours are named before naming anything.',
    problems: [
      c`why did you (?:pick|choose|use|name|call) .{1,30}\b(?:as|for) (?:the |a )?(?:name|prefix|suffix|title|number)?`,
      c`(?:naming|name) (?:convention|scheme)s?\b`,
      c`(?:bad|confusing|misleading|better|wrong|unclear|inconsistent) (?:name|title|term|label|wording|terminology)`,
    ],
    remedies: [
      c`(?:rename|call|name) (?:it|this|that|them|those|the \w+|\S+) (?:to |as |after )?\S+`,
      c`(?:prefix|suffix)(?:ed|es)? (?:it |them |with |by )`,
      c`(?:align|unify|use consistent|keep) the (?:terminology|naming|names|wording)`,
    ],
  },
  {
    name: 'too-many-words',
    class: 'form',
    problem: 'it said more than anybody reads',
    remedy: 'Say it shorter: the result first, then only what is needed to judge it.',
    problems: [c`too (?:long|verbose|wordy|much (?:text|detail|information|prose))`],
    remedies: [
      c`(?:be|keep (?:it|this|answers?|them)|more|stay) (?:\w+ )?(?:concise|brief|short|shorter|terse|succinct)`,
      c`(?:make|write) (?:it|this|that|them|the \w+) (?:much |more |a bit )?(?:concise|brief|short|shorter|simpler)`,
      c`(?:small|short|one|single) sentences?\b`,
    ],
    reverses: [c`(?:in |with |add |need |include )?(?:more|all levels of|full|every|greater) details?\b`],
  },
  {
    name: 'instruction-not-followed',
    class: 'instruction',
    problem: 'what the written instructions say was not done',
    remedy: 'Read the project’s instructions again before each kind of step they speak about.',
    problems: [
      c`(?:didn't|did not|aren't|are not|not|haven't|wasn't|weren't|don't) .{0,20}\bfollow(?:ed|ing)? `,
      c`(?:{rules}) .{0,40}\b(?:not|n't) (?:being )?(?:followed|obeyed|applied|respected)`,
      c`(?:there(?:'s| is)|we have|you have) (?:already )?(?:a|an) {rules} .{0,60}(?:but|yet|for|about)`,
      c`do you (?:always |even |actually )?(?:use|read|see|follow|respect) (?:the )?(?:context of )?.{0,20}{rules}`,
      c`(?:violat|break|broke)\w* .{0,30}{rules}`,
    ],
    remedies: [
      c`follow (?:all |the |this |that |your |our |every )*(?:\S+ )?(?:{rules}|steps)`,
      c`(?:as|like) (?:it )?(?:is )?(?:specified|stated|described|defined|written|required) (?:in|by) \S+`,
      c`(?:according to|as per|per) (?:the |our |your )?\S*(?:{rules}|\.mdc?)\b`,
      c`(?:re-?read|read|check|see) (?:the |our |your )?\S*{rules}`,
    ],
  },
  {
    name: 'lesson-not-written-down',
    class: 'instruction',
    problem: 'something was learned and written down nowhere',
    remedy: 'Write down what was learned where the next conversation will read it.',
    problems: [c`(?:won't|will not|don't|didn't) (?:be able to )?remember`],
    remedies: [
      c`(?:record|write down|note|document|save|capture) .{0,20}(?:what (?:we|you)(?:'ve| have| just)? (?:just )?learn\w*|this (?:decision|lesson|somewhere)|that somewhere|it somewhere|somewhere)`,
      c`(?:make|create|add|write) (?:a |an |new |another |cursor )+(?:rule|instruction|guideline)s?\b`,
      c`(?:update|extend|improve|enhance|add (?:it|this|that) to) (?:the |our |your |my )?\S*(?:instructions|guidelines|rules?|agents\.md|claude\.md)\b`,
    ],
  },
  {
    name: 'secret-in-the-open',
    class: 'resource',
    problem: 'a secret came where others could read it',
    remedy: 'Keep secrets out of code, logs and commits; read them from where the project keeps them.',
    problems: [
      c`(?:hard-?coded|committed|pushed|logged|printed|exposed|leaked?|leaking|showing) .{0,30}{secrets}`,
      c`{secrets} .{0,30}\b(?:in (?:the )?(?:code|logs?|repo|commit|git|history|source|url)|exposed|leaked?|visible|hard-?coded)`,
    ],
    remedies: [
      c`(?:never|don't|do not) (?:commit|log|print|push|hard-?code|expose|store|show) .{0,30}{secrets}`,
    ],
  },
  {
    name: 'tangled-layers',
    class: 'place',
    problem: 'logic was tied to the layer that only shows or calls it',
    remedy: 'Keep the logic apart from what calls and shows it, so that it can be used and tested alone.',
    problems: [
      c`(?:business|domain|core) logic .{0,40}\b(?:in|inside) (?:the )?(?:\w+ )?(?:command|cli|ui|view|component|controller|handler|page)`,
      c`(?:tightly coupled|tangled|circular (?:dependency|import)|god (?:class|object))`,
    ],
    remedies: [
      c`(?:business|domain|core) logic (?:in|into|to|out of|from)\b`,
      c`(?:injected|passed in|inject|pass (?:it|them|the \w+) in) (?:as )?(?:dependenc\w+|parameters?|arguments?)?`,
      c`(?:decouple|separate|extract|isolate) .{2,50} (?:from|into|to)\b`,
    ],
  },
  {
    name: 'failure-hard-to-read',
    class: 'form',
    problem: 'a failure was told in words nobody could act on',
    remedy: 'Let an error say what happened and what to do about it, and keep diagnostics out of the output.',
    problems: [c`(?:cryptic|unhelpful|ugly|confusing|raw|unclear) (?:error|message|stack ?trace|output)s?`],
    remedies: [
      c`(?:user-?friendly|friendly|friendlier|clear(?:er)?|helpful|better|meaningful|nicer) (?:error|warning)s?(?: messages?)?`,
      c`(?:debug|diagnostic|log(?:s|ging)?)\b.{0,30}\b(?:to|on) (?:std ?err|a file|the log)`,
    ],
  },
];
