/** Lesson schemas about what is kept in one place, what is checked, and what is shared. */
import { cues as c } from './dreamCueWords.ts';
import type { LessonSchema } from './dreamSchema.ts';

export const truthSchemas: readonly LessonSchema[] = [
  {
    name: 'one-source-of-truth',
    class: 'source of truth',
    problem: 'one fact was kept in several places',
    remedy: 'Keep each fact in one place, and let everything else refer to it.',
    problems: [
      c`duplicat(?:es?|ed|ing|ive) (?:\S+ ){0,2}(?:information|info|logic|code|content|definitions?|declarations?|rules?|sections?|constants?|docs?|text|steps?|implementations?)`,
      c`duplicat(?:ion|ed|es) (?:across|between|from|in|of|and)\b`,
      c`(?:instead of|rather than|without|avoid) duplicating`,
      c`(?:defin\w+|kept?|keep|stor\w+|writ\w+|maintain\w*|specif\w+|list\w*|set|copi\w+|document\w*|configur\w*|repeat\w*) (?:\S+ ){0,2}(?:in|across) (?:multiple|several|many|two|both|different|so many) (?:files|places|modules|spots|locations)`,
      c`(?:magic (?:numbers?|strings?|values?))`,
      c`hard-?cod(?:e|ed|ing)`,
      c`(?:repeat|copy|copies|copied|copying|repeated|repeating) (?:the same|(?:this|that) (?:code|logic|check|value|list|function)|code|logic)`,
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
      c`(?:we|you|i|they|there|it|that|this)(?:'ve|'s| have| has| had| is| are| was| were)? already (?:have|has|had|exists?|existed|defined|created|made|making|implemented|wrote|written|did|done|doing|there)`,
      c`(?:we|you|i) (?:now )?(?:have|see) (?:now )?two\b|two (?:copies|versions|duplicates|definitions)`,
      c`(?<!ing and )re-?(?:implement|invent|creat|writ)(?:ing|ed|es) (?:it|this|that|the|what)`,
      c`there(?:'s| is| are| seems? to be)(?: now)? (?:two|2|another|a second) (?:\S+ )?(?:\S+ )?(?:implementation|definition|version|copy|copies|instances?|files?|functions?|tasks?|rules?|class(?:es)?|modules?)`,
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
      c`are you (?:really |absolutely )?sure (?:about|it|this|that|you|they|these|those|the \w+)\b.{0,40}\?`,
      c`(?<!\b(?:why|what|how|where|when)\b.{0,20})did you (?:actually |even |really |properly )?(?:check|test|run|verify|review|look|try|apply|read|use|do|change|commit)`,
      c`you (?:made|did|applied) (?:no|nothing|none|any) ?(?:changes?|edits?)?`,
      c`you (?:just |also )?(?:said|claimed|told me|reported) .{2,60} (?:but|yet|and (?:it|i))\b`,
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
      c`(?:not|isn't|(?:don't|do not) (?:think|believe)(?: that)? (?:it|this|that)(?:'s| is)) (?:a |an )?(?:real|valid|proper|meaningful) (?:test|check)`,
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
      c`(?:look up|check|read|consult|refer to|search|see|use) (?:the )?(?:\S+ )?(?:docs|documentation|source(?: code)?|manual|reference|api docs|web|internet)\b`,
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
      c`(?:never|(?:does|did)(?: not|n't)) (?:finish\w*|return(?!\w* \S*[:/])\w*|end\w*|terminat\w*|exit\w*)`,
      c`(?<!\b(?:use|set|add|have|need) (?:a|any|some|the) )tim(?:e|ed|es|ing)[ -]?outs?`,
      c`(?<!\b(?:none|nothing|no one)\b.{0,30})still (?:running|going|loading|waiting)`,
      c`(?:with no|without(?: any)?) (?:feedback|progress|sign of life|response)`,
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
      c`(?:some ?(?:one|body) else|another (?:agent|process|instance|person|session|window)|others) (?:is |are |also |has |was )*(?:edit|work|us|writ|chang|runn|touch)\w*`,
      c`(?:system-?wide|globally) .{0,40}(?:not|don't)|(?:race condition|deadlock)`,
    ],
    remedies: [c`(?:random|free|other|another|different|own) port`],
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
];
