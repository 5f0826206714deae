/** Lesson schemas about who decides, in which form something is said, and what the instructions say. */
import { cues as c } from './dreamCueWords.ts';
import type { LessonSchema } from './dreamSchema.ts';

export const conductSchemas: readonly LessonSchema[] = [
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
      c`naming (?:convention|scheme|pattern)s?\b`,
      c`(?:bad|confusing|misleading|unclear|inconsistent) (?:name|title|term|label|wording|terminology)s?\b`,
      c`(?:better|wrong) name for\b`,
    ],
    remedies: [
      c`(?:re)?nam(?:e|ed|ing) (?:\S+ ){0,4}(?:like|as) (?:the |all )?others?\b`,
      c`(?:with|to|follow\w*) (?:the |our |a |proper |standard )*(?:naming )?conventions? (?:such as|like|of|for)\b`,
      c`(?:should|must|always|needs? to) (?:be )?(?:prefix|suffix)(?:ed)? (?:it |them )?(?:with|by)\b`,
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
