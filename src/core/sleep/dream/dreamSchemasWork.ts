/** Lesson schemas about where work goes, with what, in which order, and how far. */
import { cues as c } from './dreamCueWords.ts';
import type { LessonSchema } from './dreamSchema.ts';

export const workSchemas: readonly LessonSchema[] = [
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
    problems: [
      c`(?:put|placed|created|saved|added) (?:it|this|that|them|\S+) in the (?:root|wrong)`,
      c`(?:be )?(?:put|placed|moved|kept) (?:somewhere|anywhere) (?:else|other than)`,
    ],
    remedies: [
      c`(?:move|put|place) .{1,60}\b(?:with|beside|next to) (?:the |its )?(?:other|rest)`,
      c`(?:should|must|always) (?:be|go|live|sit|stay) (?:created |placed |put |stored |kept )?(?:in|into|under|inside) (?:the |a |its |their )?\S+`,
      c`belongs? (?:in|into|under|to) (?:the |a |its |their )?\S+`,
      c`(?:put|place|store|keep|organi[sz]e|split|move|group|create|write|save) .{1,60}\b(?:in|into|under|to) (?:the |a |its |their |per-\w+ |own |separate |dedicated )*(?:[^\s,;]+ )?(?:director(?:y|ies)|folders?|modules?|packages?|subfolders?)`,
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
      c`(?:use|run|call|prefer) \S+(?: \S+){0,3},? (?:instead of|rather than|(?<!\b(?:is|are|was|were|does|do|did) )(?:and )?not|over|never)\b`,
      c`(?:never|don't|do not) (?:use|run|call) \S+(?: \S+){0,3},? (?:but |use |prefer |;)`,
      c`we (?:should be|are) (?:using|running|on) \S+`,
      c`instead of (?:with|by|through|via|over) (?:the |an? )?\S+`,
      c`why not (?:just |simply )?(?:use|run|call|edit|read|ask)\b`,
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
      c`(?:versions?|packages?|dependenc\w+|engines?|node|python|sdk)\b.{0,30}\b(?:mismatch\w*|incompatib\w+|too old|too new)`,
      c`(?:incompatible|mismatched|deprecated|outdated|unsupported) (?:\w+ )?(?:versions?|packages?|dependenc\w+|librar\w+|apis?|modules?|releases?|images?|methods?)`,
      c`(?:is|are) (?:now |already )?(?:deprecated|end[- ]of[- ]life)`,
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
      c`(?<!\b(?:i|we|you)(?: will| can| should|'ll)? )still (?:uses?|contains?|references?|refers?|points?|mentions?(?! that)|has (?:a |an |the |some )?(?!error|issue|problem|bug|fail)\w+)`,
      c`what about the (?:other|rest|remaining)`,
      c`(?:hasn't|haven't|wasn't|weren't|not) been (?:updated|changed|renamed|migrated|moved|converted)`,
      c`there (?:are|is|were) (?:still |multiple |other |more |several )+(?:instances?|places?|occurrences?|usages?|references?|copies)`,
    ],
    remedies: [
      c`(?:updat|chang|fix|renam|replac|check|appl|remov|convert|migrat|search|find|grep|look|edit|adjust|cover|handl)\w* .{0,40}\b(?:all|every|each)(?: of)?(?: the)? (?:other|extant|existing|remaining|occurrences?|instances?|places?|usages?|callers?|references?)`,
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
      /* "Update the form to simplify it" tells what one errand is for. */
      c`(?<!\bto )simplify (?:it|this|that|the)`,
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
      c`(?:domain|core|business) (?:module|logic|layer|code|model),? (?:and )?(?:not|rather than|instead of) (?:through |by )?(?:the )?(?:\w+ )?(?:cli|command|ui|view|controller|handler|route|page)s?`,
      c`(?:always|must|should(?: be)?) pass(?:ed)? (?:\w+ ){0,4}(?:in )?as (?:an? )?(?:parameters?|arguments?|dependenc\w+)`,
      c`(?:injected|passed in|inject|pass (?:it|them|the \w+) in) (?:as )?(?:dependenc\w+|parameters?|arguments?)?`,
      c`(?:decouple|separate|extract|isolate) .{2,50} (?:from|into|to)\b`,
    ],
  },
];
